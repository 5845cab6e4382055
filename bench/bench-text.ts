import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { ROOT } from "../scripts/run-command.ts"
import { seededRandom } from "../tests/support/fake-token.ts"
import { logText } from "./synthetic-text.ts"

/** Packages whose installed files stand for source code: types, plain and compiled JavaScript, Markdown, JSON. */
const PACKAGES = [
  "@modelcontextprotocol/sdk",
  "@types/node",
  "jsonc-parser",
  "knip",
  "re2js",
  "typescript",
  "vitest",
  "zod",
]
const SOURCE = /\.(?:[cm]?[jt]s|md|json)$/
/** Larger files are bundles, which nobody reads. */
const MAX_FILE_BYTES = 64 * 1024
/** So that no package decides alone. */
const MAX_PACKAGE_BYTES = 1.5e6
const SOURCE_SHARE = 0.69
const BLOCK = 64 * 1024

export interface BenchText {
  readonly name: string
  readonly text: string
}

/**
 * What an agent reads: source code of the packages that this project is built with, in the versions of the lock file,
 * with the lock file itself, and made-up logs; 69 and 31 parts of 100, in blocks of 64 KiB in seeded order.
 * `AIRLOCK_BENCH_TEXT` names a file, gzipped or not, to read in place of it.
 */
export function benchText(bytes: number): BenchText {
  const path = process.env.AIRLOCK_BENCH_TEXT
  if (path !== undefined && path !== "") return { name: "given text", text: givenText(path) }
  const source = sourceText().slice(0, Math.floor(bytes * SOURCE_SHARE))
  return { name: "source code and logs", text: shuffled(source + logText(bytes - source.length)) }
}

function givenText(path: string): string {
  const bytes = readFileSync(path)
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")
}

function sourceText(): string {
  const packages = PACKAGES.map((name) => packageText(join(ROOT, "node_modules", name)))
  return [readFileSync(join(ROOT, "package-lock.json"), "utf8"), ...packages].join("\n")
}

function packageText(directory: string): string {
  let text = ""
  for (const file of readdirSync(directory, { recursive: true, encoding: "utf8" }).toSorted()) {
    const path = join(directory, file)
    if (!SOURCE.test(file) || file.includes("node_modules")) continue
    const { size } = statSync(path)
    if (size <= MAX_FILE_BYTES && text.length + size <= MAX_PACKAGE_BYTES) text += readFileSync(path, "utf8")
  }
  return text
}

function shuffled(text: string): string {
  const random = seededRandom(1)
  const blocks: { readonly key: number; readonly block: string }[] = []
  for (let from = 0; from < text.length; from += BLOCK)
    blocks.push({ key: random(), block: text.slice(from, from + BLOCK) })
  return blocks
    .toSorted((a, b) => a.key - b.key)
    .map(({ block }) => block)
    .join("")
}
