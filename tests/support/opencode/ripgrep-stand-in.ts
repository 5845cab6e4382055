import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

// OpenCode's grep and glob tools start ripgrep, and download it where the machine has none. This stands in for it
// in isolated homes without network: the two calls OpenCode 1.18 makes, `rg --files` and `rg --json -- <pattern> <path>`.

const args = process.argv.slice(2)
const [pattern = "", target = "."] = args.slice(args.indexOf("--") + 1)

if (args.includes("--files")) for (const file of filesUnder(".")) process.stdout.write(`${file}\n`)
if (args.includes("--json")) for (const file of filesUnder(target)) searchFile(file)

function filesUnder(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => (name === ".git" ? [] : filesUnder(join(path, name))))
}

function searchFile(file: string): void {
  const expression = new RegExp(pattern)
  let offset = 0
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    const match = expression.exec(line)
    if (match !== null) printMatch({ file, line, number: index + 1, offset, match })
    offset += Buffer.byteLength(line) + 1
  }
}

interface LineMatch {
  readonly file: string
  readonly line: string
  readonly number: number
  readonly offset: number
  readonly match: RegExpExecArray
}

/** One `match` record of ripgrep's JSON Lines format (grep_printer::JSON). */
function printMatch({ file, line, number, offset, match }: LineMatch): void {
  const submatch = { match: { text: match[0] }, start: match.index, end: match.index + match[0].length }
  const data = {
    path: { text: file },
    lines: { text: `${line}\n` },
    line_number: number,
    absolute_offset: offset,
    submatches: [submatch],
  }
  process.stdout.write(`${JSON.stringify({ type: "match", data })}\n`)
}
