/** Where a row of a block stands. */
interface Span {
  readonly start: number
  readonly end: number
}

/** The longest prefix of a line, and how far a line is read. */
const MAX_PREFIX = 160
const MAX_LINE = 400
const MIN_ROWS = 2
/** What a row holds, and what may follow it in a box or a listing. */
const CONTENT =
  /^(?:-----END [\w ]{1,40}-----|={0,2}[A-Za-z0-9+/]{1,128}={0,2}|[A-Za-z][A-Za-z-]{1,30}: [^\n"\\]{0,200}|)(?=[ \t]{0,80}[│┃|║]?[ \t\r]{0,4}$)/

/**
 * The rows below the line of `text[start, headerEnd)` that stand behind the same prefix as it, numbers apart: stamps of
 * logs (`May 01 10:00:00 host app[1]: `), sides of a box. None where fewer than two do.
 */
export function rowsBehindPrefix(text: string, start: number, headerEnd: number, stop: number): Span[] {
  const floor = Math.max(0, start - MAX_PREFIX)
  const lineStart = text.slice(floor, start).lastIndexOf("\n") + 1 + floor
  const prefix = text.slice(lineStart, start)
  if (prefix.trim() === "" || (lineStart === floor && floor > 0)) return []
  const shape = shapeOf(prefix)
  const rows: Span[] = []
  let at = nextLine(text, headerEnd)
  while (at !== -1 && at < stop) {
    const line = text.slice(at, at + MAX_LINE).split("\n", 1)[0] ?? ""
    const content = contentStart(line, prefix.length, shape)
    const row = content === -1 ? undefined : CONTENT.exec(line.slice(content))?.[0]
    if (row === undefined) break
    if (row !== "") rows.push({ start: at + content, end: at + content + row.length })
    if (row.startsWith("-----END")) break
    at = nextLine(text, at)
  }
  return rows.length >= MIN_ROWS ? rows : []
}

function nextLine(text: string, from: number): number {
  const at = text.slice(from, from + MAX_LINE).indexOf("\n")
  return at === -1 ? -1 : from + at + 1
}

/** Where what follows a prefix of that shape begins; numbers may be longer or shorter than in the first line. */
function contentStart(line: string, length: number, shape: string): number {
  for (const difference of [0, 1, -1, 2, -2, 3, -3]) {
    const end = length + difference
    if (end > 0 && end <= line.length && shapeOf(line.slice(0, end)) === shape) return end
  }
  return -1
}

function shapeOf(prefix: string): string {
  return prefix.replace(/\d+/g, "0")
}
