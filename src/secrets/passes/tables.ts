import { judgeKey, type KeyName } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { acceptsValue } from "../value-filter.ts"

/** How far a statement or a header line is read. */
const WINDOW = 2000
const MAX_ROWS = 200
const MAX_LINE = 2000
/** Most lines are short. */
const REACHES = [100, MAX_LINE] as const

/** Where a column's value stands. */
interface Cell {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
}

const INSERT =
  /^(?:ignore[ \t]+)?into[ \t\n]+[\w.`"[\]]{1,100}[ \t\n]{0,8}\(([^()]{1,1000})\)[ \t\r\n]{0,20}values[ \t\r\n]{0,20}(?=\()/i
/** The line below the header of a Markdown table (GFM 0.29, section 4.10). */
const RULE_LINE = /^[ \t]{0,8}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+(?:\|[ \t]*)?\r?$/
/** The line below the header of a table of psql, `-----+-----`; the first line of a box of mysql, `+-----+-----+`. */
const PLUS_LINE = /^[ \t]{0,8}-+(?:\+-+)+[ \t]*\r?$/
const BOX_LINE = /^[ \t]{0,8}\+(?:(?:-+|=+)\+)+[ \t]*\r?$/
/** Names of columns with tabs between, or two blanks and more, and nothing else on the line. */
const TAB_HEADER = /^"?[A-Za-z_][\w .-]{0,40}"?(?:\t"?[A-Za-z_][\w .-]{0,40}"?){1,40}\r?$/
const ALIGNED_HEADER =
  /^[ ]{0,4}[A-Za-z_][\w()-]{0,40}(?: [\w()-]{1,20}){0,2}(?: {2,60}[A-Za-z_][\w()-]{0,40}(?: [\w()-]{1,20}){0,2}){1,20} {0,60}\r?$/
/** What may stand between an aligned header and its rows. */
const UNDERLINE = /^[- =]{3,2000}\r?$/
/** Names of columns with commas between, and nothing else on the line. */
const CSV_HEADER = /^"?[A-Za-z_][\w .-]{0,40}"?(?:,"?[A-Za-z_][\w .-]{0,40}"?){1,40}\r?$/

/** -1 where the line is too long to be a header. */
function lineStart(text: string, at: number): number {
  for (const reach of REACHES) {
    const from = Math.max(0, at - reach)
    const found = text.slice(from, at).lastIndexOf("\n")
    if (found !== -1) return from + found + 1
    if (from === 0) return 0
  }
  return -1
}

function lineEnd(text: string, at: number): number {
  for (const reach of REACHES) {
    const found = text.slice(at, at + reach).indexOf("\n")
    if (found !== -1) return at + found
  }
  return Math.min(text.length, at + MAX_LINE)
}

/** Cells between bars, without the blanks and code marks around them. */
function barCells(text: string, from: number, to: number): Cell[] {
  const cells: Cell[] = []
  let start = from
  while (start < to && /[ \t]/.test(text.charAt(start))) start++
  if (text.charAt(start) === "|") start++
  for (let i = start; i <= to; i++) {
    const isBar = text.charAt(i) === "|" && text.charAt(i - 1) !== "\\"
    if (i < to && !isBar) continue
    if (i > start || isBar) cells.push(inner(text, start, i))
    start = i + 1
  }
  return cells
}

/** Fields between tabs. */
function tabCells(text: string, from: number, to: number): Cell[] {
  const cells: Cell[] = []
  let start = from
  for (let i = from; i <= to; i++) {
    if (i < to && text.charCodeAt(i) !== TAB) continue
    cells.push(inner(text, start, i))
    start = i + 1
  }
  return cells
}
const TAB = 9

/** Where the columns of an aligned header begin; the names in it hold one blank at most between words. */
function columnStarts(line: string): number[] {
  return [...line.matchAll(/(?:^ {0,4}| {2,60})(?=\S)/g)].map((blanks) => blanks.index + blanks[0].length)
}

/** The word below each column; undefined where one of them does not begin where its column does. */
function alignedCells(
  text: string,
  from: number,
  to: number,
  columns: readonly number[],
): Cell[] | undefined {
  const line = text.slice(from, to).trimEnd()
  const cells: Cell[] = []
  for (const [i, column] of columns.entries()) {
    const next = columns[i + 1] ?? line.length
    if (column > 0 && column < line.length && line.charAt(column - 1) !== " ") return undefined
    if (/^ +\S/.test(line.slice(column, next))) return undefined
    cells.push(inner(text, from + Math.min(column, line.length), from + Math.min(next, line.length)))
  }
  return cells
}

/** Fields between commas; quoted ones may hold commas (RFC 4180). */
function commaCells(text: string, from: number, to: number, close = ""): Cell[] {
  const cells: Cell[] = []
  let start = from
  let quote = ""
  for (let i = from; i <= to; i++) {
    const char = i === to ? "," : text.charAt(i)
    if (quote !== "") {
      if (char === quote && text.charAt(i - 1) !== "\\") quote = ""
      if (i < to) continue
    }
    if (char === '"' || char === "'") quote = char
    const isEnd = char === close && close !== ""
    if (char !== "," && !isEnd) continue
    cells.push(inner(text, start, i))
    if (isEnd) break
    start = i + 1
  }
  return cells
}

function inner(text: string, from: number, to: number): Cell {
  let start = from
  let end = to
  while (start < end && /\s/.test(text.charAt(start))) start++
  while (end > start && /\s/.test(text.charAt(end - 1))) end--
  if (end - start > 4 && text.startsWith("**", start) && text.startsWith("**", end - 2)) {
    start += 2
    end -= 2
  }
  if (/[NE]/.test(text.charAt(start)) && text.charAt(start + 1) === "'") start++
  const quote = text.charAt(start)
  const quoted = end - start > 2 && /["'`]/.test(quote) && text.charAt(end - 1) === quote
  return quoted ? { start: start + 1, end: end - 1, quoted } : { start, end, quoted }
}

/** The cells of the line from `from` to `to`; undefined where it is no row. */
type CellsOf = (text: string, from: number, to: number) => Cell[] | undefined

class TablesRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    const first = this.#text.charAt(start)
    if (first === "|" || first === "-" || first === "+") this.#ruled(start)
    else if (/^(?:insert )/i.test(this.#text.slice(start, start + 7))) this.#insert(end - 4)
    else this.#listed(start)
  }

  #insert(at: number): void {
    const text = this.#text
    const match = INSERT.exec(text.slice(at, at + WINDOW))
    const columns = match?.[1]
    if (match === null || columns === undefined) return
    const names = columns.split(",").map((name) => judgeKey(name.replace(/[\s`"'[\]]/g, "")))
    let open = at + match[0].length
    for (let row = 0; row < MAX_ROWS && text.charAt(open) === "("; row++) {
      const to = Math.min(text.length, open + WINDOW)
      const cells = commaCells(text, open + 1, to, ")")
      this.#row(names, cells, true)
      const last = cells.at(-1)?.end ?? to
      open =
        last + (/^["'`]?[ \t]*\)[ \t\r\n]*,[ \t\r\n]*/.exec(text.slice(last, last + 40))?.[0].length ?? 0)
    }
    this.#doneTo = Math.max(this.#doneTo, open)
  }

  /** A table with a line of dashes below its header, and perhaps another above. */
  #ruled(at: number): void {
    const text = this.#text
    const ruleAt = lineStart(text, at)
    const ruleEnd = lineEnd(text, at)
    this.#doneTo = ruleEnd
    const rule = text.slice(ruleAt, ruleEnd)
    if (ruleAt !== -1 && BOX_LINE.test(rule)) return this.#box(ruleEnd + 1)
    if (ruleAt < 1 || !(RULE_LINE.test(rule) || PLUS_LINE.test(rule))) return
    const headAt = lineStart(text, ruleAt - 1)
    if (headAt !== -1) this.#barRows(headAt, ruleAt - 1, ruleEnd + 1)
  }

  /** The header of a box stands at `headAt`, with another line of dashes below. */
  #box(headAt: number): void {
    const text = this.#text
    if (!/^[ \t]{0,8}\|/.test(text.slice(headAt, headAt + 10))) return
    const headEnd = lineEnd(text, headAt)
    const ruleEnd = lineEnd(text, headEnd + 1)
    if (BOX_LINE.test(text.slice(headEnd + 1, ruleEnd))) this.#barRows(headAt, headEnd, ruleEnd + 1)
  }

  #barRows(headAt: number, headEnd: number, firstRow: number): void {
    const text = this.#text
    const names = barCells(text, headAt, headEnd).map(({ start, end }) =>
      judgeKey(text.slice(start, end).replace(/\*\*/g, "")),
    )
    if (names.every(({ strength }) => strength === 0)) return
    let rowAt = firstRow
    for (let row = 0; row < MAX_ROWS && rowAt < text.length; row++) {
      const rowEnd = lineEnd(text, rowAt)
      if (BOX_LINE.test(text.slice(rowAt, rowEnd))) {
        rowAt = rowEnd + 1
        continue
      }
      const cells = barCells(text, rowAt, rowEnd)
      if (cells.length === 0 || !text.slice(rowAt, rowEnd).includes("|")) break
      this.#row(names, cells, false)
      rowAt = rowEnd + 1
    }
    this.#doneTo = Math.max(this.#doneTo, Math.min(rowAt, text.length))
  }

  /** A table whose header is a line of names with commas, tabs or blanks between. */
  #listed(at: number): void {
    const text = this.#text
    const headAt = lineStart(text, at)
    const headEnd = lineEnd(text, at)
    this.#doneTo = headEnd
    if (headAt === -1) return
    const head = text.slice(headAt, headEnd)
    if (CSV_HEADER.test(head)) return this.#rows(headAt, headEnd, headEnd + 1, commaCells)
    if (TAB_HEADER.test(head)) return this.#rows(headAt, headEnd, headEnd + 1, tabCells)
    if (!ALIGNED_HEADER.test(head)) return
    const columns = columnStarts(head)
    const underEnd = lineEnd(text, headEnd + 1)
    const isUnderlined = UNDERLINE.test(text.slice(headEnd + 1, underEnd))
    this.#rows(headAt, headEnd, (isUnderlined ? underEnd : headEnd) + 1, (_, from, to) =>
      alignedCells(text, from, to, columns),
    )
  }

  #rows(headAt: number, headEnd: number, firstRow: number, cellsOf: CellsOf): void {
    const text = this.#text
    const names = (cellsOf(text, headAt, headEnd) ?? []).map(({ start, end }) =>
      judgeKey(text.slice(start, end)),
    )
    if (names.every(({ strength }) => strength === 0)) return
    let rowAt = firstRow
    for (let row = 0; row < MAX_ROWS && rowAt < text.length; row++) {
      const rowEnd = lineEnd(text, rowAt)
      const cells = cellsOf(text, rowAt, rowEnd)
      if (cells === undefined || cells.length !== names.length) break
      this.#row(names, cells, false)
      rowAt = rowEnd + 1
    }
    this.#doneTo = Math.max(this.#doneTo, Math.min(rowAt, text.length))
  }

  #row(names: readonly KeyName[], cells: readonly Cell[], literal: boolean): void {
    names.forEach((name, column) => {
      const cell = cells[column]
      if (name.strength === 0 || cell === undefined) return
      const quoted = literal && cell.quoted
      const style = { quoted, line: false, loose: !quoted, exact: false }
      const value = this.#text.slice(cell.start, cell.end)
      if (literal && !cell.quoted) return
      if (acceptsValue(value, name, style)) this.#emit("table-column", cell.start, cell.end)
    })
  }
}

/** Values whose column says that they are secret: SQL inserts, Markdown, CSV, what databases and commands print. */
export const tablesPass: Pass = {
  detectors: [
    {
      id: "table-column",
      title: "Value in a column that is named for secrets",
      source: "https://github.github.com/gfm/#tables-extension-",
      label: "KeywordDetector",
    },
  ],
  keywords: [
    "insert into",
    "insert ignore into",
    "|--",
    "| --",
    "|:-",
    "| :-",
    "--|",
    "-- |",
    "-+-",
    "+--",
    ...["password", "passwd", "secret", "api_key", "apikey", "token"].flatMap((name) => [
      `,${name}`,
      `${name},`,
      `\t${name}`,
      `${name}\t`,
      `  ${name}`,
      `${name}  `,
    ]),
    // Every name that ends in them, at the end of a header too.
    ...["_key", "_pat"].flatMap((end) => [",", "\t", "  ", "\n", "\r\n"].map((sign) => end + sign)),
  ],
  begin: (text, emit) => new TablesRun(text, emit),
}
