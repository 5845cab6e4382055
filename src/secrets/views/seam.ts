import { hasClass, TOKEN } from "../charset.ts"
import { readLinePrefix } from "../line-prefix.ts"
import type { Span } from "./view.ts"

/** Where a value goes on after it was broken, and how it was broken. */
export interface Seam {
  readonly next: number
  readonly kind: "line" | "escape" | "concat"
}

/** Blanks, a continuation sign (shell, quoted-printable, YAML) and the end of a line. */
const LINE_END = /[ \t]{0,8}(?:\\|=|`|\^|\u21b5|\u23ce)?[ \t]{0,8}\r?\n/y
const ESCAPED_END = /(?:\\{1,4}[rn]){1,4}[ \t]{0,40}/y
/** The end of a string, an operator that joins strings, or none, and the start of the next string. */
const CONCAT =
  /\\{0,3}(["'`])[ \t]{0,20}(?:\+|\.{1,2}|&|<>|~|\|\||\\)?\s{0,80}(?:(?:\+|\.{1,2}|&|\d{1,6}[:|\t]|\|)[ \t]{0,40})?[fru]?\\{0,3}\1/y
const INDENT = /[ \t]{0,80}/y
/** How far back a line's start is looked for. */
const MAX_LEAD = 300
const MARKS = /^[+\-> |*#%;/\t]+$/

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** What stands on a line before `at`; undefined where the line begins further back. */
function leadOf(text: string, at: number): string | undefined {
  const floor = Math.max(0, at - MAX_LEAD)
  const before = text.slice(floor, at)
  const newline = before.lastIndexOf("\n")
  if (newline !== -1) return before.slice(newline + 1)
  return floor === 0 ? before : undefined
}

/** Reads values that were broken into pieces: by a terminal, an e-mail, a listing or a programmer. */
export class SeamReader {
  readonly #text: string
  /** What stood before the first piece on its line: marks that the lines after it share. */
  readonly #lead: string

  /** @param start where the first piece begins */
  constructor(text: string, start: number) {
    this.#text = text
    this.#lead = leadOf(text, start) ?? ""
  }

  /** The seam at `end`, where a piece ends; undefined where the value ends. */
  at(end: number): Seam | undefined {
    const text = this.#text
    const code = text.charCodeAt(end)
    if (code === 34 || code === 39 || code === 96) return this.#concat(end)
    if (code === 92) {
      const escaped = matchEnd(ESCAPED_END, text, end)
      if (escaped !== -1) return { next: escaped, kind: "escape" }
      const joined = this.#concat(end)
      if (joined !== undefined) return joined
    }
    const lineEnd = matchEnd(LINE_END, text, end)
    return lineEnd === -1 ? undefined : { next: this.#contentOf(lineEnd), kind: "line" }
  }

  #concat(end: number): Seam | undefined {
    const next = matchEnd(CONCAT, this.#text, end)
    return next === -1 ? undefined : { next, kind: "concat" }
  }

  /** Where the content of the line that begins at `from` begins. */
  #contentOf(from: number): number {
    const text = this.#text
    const lead = this.#lead
    const bare = matchEnd(INDENT, text, from)
    if (lead.trim() === "") return bare
    if (MARKS.test(lead)) return text.startsWith(lead.trimEnd(), from) ? from + lead.length : bare
    const run = tokenEnd(text, bare)
    if (run > bare && (run === text.length || /[\r\n"'`=]/.test(text.charAt(run)))) return bare
    return readLinePrefix(text, from).end
  }
}

/** End of the token characters at `from`, with full stops and tildes inside them. */
export function tokenEnd(text: string, from: number): number {
  let i = from
  while (hasClass(text, i, TOKEN) || ((text.charAt(i) === "." || text.charAt(i) === "~") && i > from)) i++
  while (i > from && text.charAt(i - 1) === ".") i--
  return i
}

/** The pieces as one text. */
export function joined(text: string, pieces: readonly Span[]): string {
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined) return text.slice(only.start, only.end)
  return pieces.map(({ start, end }) => text.slice(start, end)).join("")
}
