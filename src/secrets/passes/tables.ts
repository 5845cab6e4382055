import { judgeKey, type KeyName } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { acceptsValue } from "../value-filter.ts"

/** How far a statement or a header line is read. */
const WINDOW = 2000
const MAX_ROWS = 200
const MAX_LINE = 2000

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
/** Names of columns with commas between, and nothing else on the line. */
const CSV_HEADER = /^"?[A-Za-z_][\w .-]{0,40}"?(?:,"?[A-Za-z_][\w .-]{0,40}"?){1,40}\r?$/

/** -1 where the line is too long to be a header. */
function lineStart(text: string, at: number): number {
  const from = Math.max(0, at - MAX_LINE)
  const found = text.slice(from, at).lastIndexOf("\n")
  if (found === -1) return from === 0 ? 0 : -1
  return from + found + 1
}

function lineEnd(text: string, at: number): number {
  const found = text.slice(at, at + MAX_LINE).indexOf("\n")
  return found === -1 ? Math.min(text.length, at + MAX_LINE) : at + found
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
    if (first === "|" || first === "-") this.#markdown(start)
    else if (first === "i" || first === "I") this.#insert(end - 4)
    else this.#csv(start)
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

  #markdown(at: number): void {
    const text = this.#text
    const ruleAt = lineStart(text, at)
    const ruleEnd = lineEnd(text, at)
    this.#doneTo = ruleEnd
    if (ruleAt < 1 || !RULE_LINE.test(text.slice(ruleAt, ruleEnd))) return
    const headAt = lineStart(text, ruleAt - 1)
    if (headAt === -1) return
    const names = barCells(text, headAt, ruleAt - 1).map(({ start, end }) =>
      judgeKey(text.slice(start, end).replace(/\*\*/g, "")),
    )
    if (names.every(({ strength }) => strength === 0)) return
    let rowAt = ruleEnd + 1
    for (let row = 0; row < MAX_ROWS && rowAt < text.length; row++) {
      const rowEnd = lineEnd(text, rowAt)
      const cells = barCells(text, rowAt, rowEnd)
      if (cells.length < 2 || !text.slice(rowAt, rowEnd).includes("|")) break
      this.#row(names, cells, false)
      rowAt = rowEnd + 1
    }
    this.#doneTo = Math.max(this.#doneTo, Math.min(rowAt, text.length))
  }

  #csv(at: number): void {
    const text = this.#text
    const headAt = lineStart(text, at)
    const headEnd = lineEnd(text, at)
    this.#doneTo = headEnd
    if (headAt === -1 || !CSV_HEADER.test(text.slice(headAt, headEnd))) return
    const names = commaCells(text, headAt, headEnd).map(({ start, end }) => judgeKey(text.slice(start, end)))
    let rowAt = headEnd + 1
    for (let row = 0; row < MAX_ROWS && rowAt < text.length; row++) {
      const rowEnd = lineEnd(text, rowAt)
      const cells = commaCells(text, rowAt, rowEnd)
      if (cells.length !== names.length) break
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

/** Values whose column says that they are secret: SQL inserts, Markdown tables, CSV. */
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
    ...["password", "passwd", "secret", "api_key", "apikey", "token"].flatMap((name) => [
      `,${name}`,
      `${name},`,
    ]),
  ],
  begin: (text, emit) => new TablesRun(text, emit),
}
