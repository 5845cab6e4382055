import { hasClass, LETTER, SPACE, TOKEN } from "../charset.ts"
import { readLinePrefix, skipColour } from "../line-prefix.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { rowsBehindPrefix } from "./prefixed-rows.ts"

/** A 16384-bit RSA key in PEM has 12.7 kB; PGP blocks with certificates reach more. */
const MAX_BLOCK = 64 * 1024
const MAX_PUTTY = 16 * 1024
/** With plus signs for blanks, as forms write them (application/x-www-form-urlencoded). */
const HEADER =
  /-----BEGIN[ +](?:(?:[A-Z0-9]{1,12}[ +]){0,3}PRIVATE[ +]KEY(?:[ +]BLOCK)?|OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key))-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----/y
const FOOTER =
  /-----END[ +](?:(?:[A-Z0-9]{1,12}[ +]){0,3}PRIVATE[ +]KEY(?:[ +]BLOCK)?|OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key))-----|---- END SSH2 ENCRYPTED PRIVATE KEY ----/y
const PUTTY_HEADER = /PuTTY-User-Key-File-[1-3]: [^\r\n\\"]{0,100}/y
/** Armour headers inside a block (RFC 1421 section 4.6, RFC 9580 section 6.2.2) and PuTTY's fields. */
const FIELD = /[A-Za-z][A-Za-z-]{1,30}: [^\r\n\\"]{0,200}/y
/** The end of an armour, perhaps behind its checksum (RFC 9580 section 6.1). */
const CLOSING = /[ \t\r\n]{0,4}(?:=[A-Za-z0-9+/]{4}[ \t\r\n]{1,4})?-----END /y
/** What stands for the rest of a key that is not shown. */
const OMISSION = /[ \t]{0,4}(?:\u2026|\.{3}|\*{3}|[[(<]{1,2} ?(?:\.{3}|\u2026|snip|cut|truncated|redacted))/iy
/** A line break of HTML. */
const BREAK_TAG = /<br ?\/?>/iy
const BACKSLASH = 92
const LESS_THAN = 60
const DASH = 45

/**
 * Characters between the base64 lines of a block: white space, the escapes that stand for it, and the quotes,
 * commas and plus signs of a string that is concatenated over lines.
 */
function skipFiller(text: string, from: number, stop: number): number {
  let i = from
  while (i < stop) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i += hasClass(text, i + 1, SPACE) ? 1 : 2
    else if (hasClass(text, i, SPACE) || "\"'`+,|>#*=".includes(text.charAt(i))) i++
    else if (skipColour(text, i) > i) i = skipColour(text, i)
    else if (code === LESS_THAN && matchAt(BREAK_TAG, text, i) !== -1) i = BREAK_TAG.lastIndex
    else break
  }
  return Math.min(i, stop)
}

/** A line number where the line break before it is escaped and its listing is one string. */
const LINE_NUMBER = /\d{1,6}(?:[|:→\t]|\. )[ \t]?/y
/** How far back a line's start is looked for, to read its prefix. */
const MAX_PREFIX = 300

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

interface Span {
  readonly start: number
  readonly end: number
}

/** The base64 lines and fields of a block. */
interface Body {
  readonly end: number
  readonly rows: readonly Span[]
  /** Whether a listing's or a diff's prefix stands before every row. */
  readonly isMarked: boolean
}

/** Where the last line break in `text[from, to)`, written out or escaped, ends; -1 without one. */
function afterLastBreak(text: string, from: number, to: number): number {
  const filler = text.slice(from, to)
  const real = filler.lastIndexOf("\n")
  const escaped = filler.lastIndexOf("\\n")
  if (real === -1 && escaped === -1) return -1
  return from + (real > escaped ? real + 1 : escaped + 2)
}

/** Skips filler and, where that leads into another line, the prefix of the line. */
function nextContent(text: string, from: number, stop: number): { at: number; marked: boolean } {
  const at = skipFiller(text, from, stop)
  const lineStart = afterLastBreak(text, from, at)
  if (matchAt(FIELD, text, at) !== -1) return { at, marked: isMarkedAt(text, lineStart) }
  if (lineStart === -1) {
    const numbered = matchAt(LINE_NUMBER, text, at)
    return { at: numbered === -1 ? at : numbered, marked: false }
  }
  const prefix = readLinePrefix(text, lineStart)
  return { at: skipFiller(text, Math.min(Math.max(at, prefix.end), stop), stop), marked: prefix.marked }
}

/** For a line that begins with a mark and goes on with a field. */
function isMarkedAt(text: string, lineStart: number): boolean {
  return lineStart !== -1 && !hasClass(text, lineStart, LETTER) && readLinePrefix(text, lineStart).marked
}

/** Reads the body that begins at `from`: base64 runs and armour headers; prose or an END line stops it. */
function readBody(text: string, from: number, stop: number): Body {
  const rows: Span[] = []
  let end = from
  let isMarked = true
  while (end < stop) {
    const { at, marked } = nextContent(text, end, stop)
    const rowEnd = readRow(text, at, from, end, stop)
    if (rowEnd === -1) break
    rows.push({ start: at, end: rowEnd })
    isMarked &&= marked
    end = rowEnd
  }
  return { end, rows, isMarked: isMarked && rows.length > 0 }
}

/** End of the field or of the base64 line at `at`, or -1; `end` is where the line before it ended. */
function readRow(text: string, at: number, from: number, end: number, stop: number): number {
  const field = matchAt(FIELD, text, at)
  // Where blanks stand for line breaks, it goes on into the first row.
  let run = field === -1 ? at : field
  while (run < stop && hasClass(text, run, TOKEN) && text.charCodeAt(run) !== DASH) run++
  while (run < stop && text.charAt(run) === "=") run++
  if (field !== -1) return run
  if (run > at && matchAt(CLOSING, text, run) !== -1) return run
  if (run === at || isName(text, run)) return -1
  if (run - at >= 16) return run
  const filler = text.slice(end, at)
  const isOnOwnLine = end > from && /\n|\\n/.test(filler)
  const isBase64 = isNoWord(text.slice(at, run))
  const isEnd = run === stop || isBreak(text, run) || (isOnOwnLine && isBase64 && text.charAt(run) === " ")
  return isEnd && !/\n\s*\n/.test(filler) && (isOnOwnLine || isBase64) ? run : -1
}

/** Whether what ends at `at` is the name of a property, in the text that follows a string with a block cut off. */
function isName(text: string, at: number): boolean {
  return /^\\{0,3}["'`] ?:/.test(text.slice(at, at + 6))
}

/** Base64 rather than a word or a name, as far as a few characters can tell. */
function isNoWord(base64: string): boolean {
  return base64.length >= 3 && /[A-Z0-9+/]/.test(base64) && !/^[A-Z]?[a-z]+$|^[A-Z]+$/.test(base64)
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === 10 || code === 13 || code === BACKSLASH || code === 34 || code === 39) return true
  if (code === LESS_THAN) return true
  return matchAt(OMISSION, text, at) !== -1
}

/** Start of the white space, padding and escaped line breaks that end at `to`. */
function fillerStart(text: string, to: number, floor: number): number {
  let i = to
  while (i > floor) {
    const code = text.charCodeAt(i - 1)
    const isEscaped = i - 2 >= floor && text.charCodeAt(i - 2) === BACKSLASH && (code === 110 || code === 114)
    if (!isEscaped && code !== 61 && code !== BACKSLASH && !hasClass(text, i - 1, SPACE)) return i
    i -= isEscaped ? 2 : 1
  }
  return i
}

/** Start of the base64 lines that end at `to`, for a block whose BEGIN line was cut off. */
function bodyStart(text: string, to: number, floor: number): number {
  let start = to
  let i = to
  // The checksum of an armour stands behind the last row.
  let last = to
  while (i > floor) {
    i = fillerStart(text, i, floor)
    let run = i
    while (run > floor && hasClass(text, run - 1, TOKEN) && text.charCodeAt(run - 1) !== DASH) {
      if (text.charAt(run - 1) === "n" && text.charCodeAt(run - 2) === BACKSLASH) break
      run--
    }
    const isFirst = run === 0 && i - run < 16 && isNoWord(text.slice(run, i))
    if (i - run < 16 && !(i - run > 1 && start === last) && !isFirst) return start
    if (start === to && i - run === 4 && text.charAt(run - 1) === "=") last = run
    i = start = run
  }
  return start
}

/** Start of the line that `at` stands on, or -1 where it is far away. */
function nearLineStart(text: string, at: number): number {
  const floor = Math.max(0, at - MAX_PREFIX)
  const newline = text.slice(floor, at).lastIndexOf("\n")
  if (newline !== -1) return floor + newline + 1
  return floor === 0 ? 0 : -1
}

const ROW_REST =
  /["'`]?([A-Za-z0-9+/]{1,200}={0,2})(?:["'`,;+\\nr \t\r]|\u001b\[[\d;]{0,10}[mK]){0,12}(?=\n)/y

/** `lineStart` without up to two empty lines before it, as OpenCode's grep tool puts them between its matches. */
function behindEmptyLines(text: string, lineStart: number): number {
  let at = lineStart
  for (let skipped = 0; skipped < 2; skipped++) {
    const from = at > 1 ? nearLineStart(text, at - 1) : -1
    if (from === -1 || text.slice(from, at - 1).trim() !== "") return at
    at = from
  }
  return at
}

/** The prefix of a row; the first line of a text may begin inside it. */
function rowPrefix(text: string, from: number): { end: number; marked: boolean } {
  const prefix = readLinePrefix(text, from)
  if (from > 0 || prefix.marked) return prefix
  return { end: /^[^A-Za-z0-9+/]{0,4}/.exec(text)?.[0].length ?? 0, marked: true }
}

/** The prefixed base64 lines that end directly before the line at `lineStart`, last one first. */
function rowsBefore(text: string, lineStart: number, floor: number): Span[] {
  const rows: Span[] = []
  let next = lineStart
  while (next > floor) {
    next = behindEmptyLines(text, next)
    const from = nearLineStart(text, next - 1)
    if (from < floor) break
    const { end, marked } = rowPrefix(text, from)
    ROW_REST.lastIndex = end
    const row = marked ? ROW_REST.exec(text) : null
    const base64 = row?.[1]
    if (base64 === undefined || ROW_REST.lastIndex !== next - 1) break
    if (base64.length < 16 && rows.length > 0 && from > 0) break
    const start = end + (row?.[0].indexOf(base64) ?? 0)
    rows.push({ start, end: start + base64.length })
    next = from
  }
  return rows
}

class PrivateKeyRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number): void {
    if (start < this.#doneTo) return
    const text = this.#text
    if (text.charAt(start) === "P" || text.charAt(start) === "p") {
      this.#putty(start)
      return
    }
    const headerEnd = matchAt(HEADER, text, start)
    if (headerEnd !== -1) this.#block(start, headerEnd)
    else this.#tail(start)
  }

  #block(start: number, headerEnd: number): void {
    const text = this.#text
    const stop = Math.min(text.length, headerEnd + MAX_BLOCK)
    const body = readBody(text, headerEnd, stop)
    const footerAt = nextContent(text, body.end, stop).at
    const footerEnd = matchAt(FOOTER, text, footerAt)
    const end = footerEnd === -1 ? body.end : footerEnd
    this.#doneTo = end
    if (footerEnd === -1 && this.#prefixed(start, headerEnd, stop)) return
    const isKey = body.end > headerEnd || footerEnd !== -1 || isBareLine(text, start, headerEnd)
    if (!isKey) return
    if (!body.isMarked || start === 0 || text.charAt(start - 1) === "\n") {
      this.#emit("private-key", start, end)
      return
    }
    this.#emit("private-key", start, headerEnd)
    for (const row of body.rows) this.#emit("private-key", row.start, row.end)
    if (footerEnd !== -1) this.#emit("private-key", footerAt, footerEnd)
  }

  /** A block whose lines all stand behind the same as its first, as a log or a box around it has them. */
  #prefixed(start: number, headerEnd: number, stop: number): boolean {
    const rows = rowsBehindPrefix(this.#text, start, headerEnd, stop)
    const last = rows.at(-1)
    if (last === undefined) return false
    this.#doneTo = last.end
    this.#emit("private-key", start, headerEnd)
    for (const row of rows) this.#emit("private-key", row.start, row.end)
    return true
  }

  /** A block without its BEGIN line: `start` is where its END line stands. */
  #tail(start: number): void {
    const end = matchAt(FOOTER, this.#text, start)
    if (end === -1) return
    const floor = Math.max(this.#doneTo, start - MAX_BLOCK)
    const rows = this.#rowsOfTail(start, floor)
    if (rows.length > 0) {
      this.#doneTo = end
      for (const row of [...rows, { start, end }]) this.#emit("private-key", row.start, row.end)
      return
    }
    const from = bodyStart(this.#text, start, floor)
    this.#doneTo = end
    if (start - from >= 16 || (from === 0 && start > 2)) this.#emit("private-key", from, end)
  }

  #rowsOfTail(start: number, floor: number): Span[] {
    const lineStart = nearLineStart(this.#text, start)
    if (lineStart < floor || !readLinePrefix(this.#text, lineStart).marked) return []
    return rowsBefore(this.#text, lineStart, floor)
  }

  /** PuTTY's PPK format: fields, then `Private-Lines` or `Private-MAC`. */
  #putty(start: number): void {
    const text = this.#text
    const headerEnd = matchAt(PUTTY_HEADER, text, start)
    if (headerEnd === -1) return
    const body = readBody(text, headerEnd, Math.min(text.length, start + MAX_PUTTY))
    this.#doneTo = Math.max(body.end, start + 1)
    if (body.end - start <= 60) return
    const spans = body.isMarked ? [{ start, end: headerEnd }, ...body.rows] : [{ start, end: body.end }]
    for (const span of spans) this.#emit("private-key", span.start, span.end)
  }
}

/** A header that stands alone on its line, outside quotes, announces a key that was cut off. */
function isBareLine(text: string, start: number, end: number): boolean {
  const before = start === 0 || hasClass(text, start - 1, SPACE)
  return before && (end === text.length || hasClass(text, end, SPACE))
}

/** Private keys in PEM, OpenSSH, PGP and PuTTY form; encrypted, escaped and cut-off ones too. */
export const privateKeyPass: Pass = {
  detectors: [
    {
      id: "private-key",
      title: "Private key block (PEM, OpenSSH, PGP, PuTTY)",
      source: "https://www.rfc-editor.org/rfc/rfc7468",
      label: "PrivateKeyDetector",
    },
  ],
  keywords: [
    "-----begin ",
    "-----begin+",
    "-----end ",
    "-----end+",
    "---- begin ssh2",
    "putty-user-key-file-",
  ],
  begin: (text, emit) => new PrivateKeyRun(text, emit),
}
