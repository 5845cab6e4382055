import { ALNUM, DIGIT, hasClass, NAME, SPACE } from "./charset.ts"

/** Longest value in quotes or an element; longer ones are data. A plain one is read to its end, or its rest would stay. */
const MAX_VALUE = 4096

/** Where a value stands and how it is written. */
export interface ValueSpan {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
}

/** A string with more doubled quotes is a row of strings. */
const MAX_DOUBLED = 6
const BACKSLASH = 92
const LINE_FEED = 10
/** Stands for each character of a placeholder (placeholder-gaps.ts): part of a value, judged as if it were not. */
const VEIL_CODE = 0xffff
const ALL_VEILS = /\uffff+/g
/** Typographic quotes and their closing ones, in the order of `CLOSING`. */
const OPENING = "“„«「『‘‹"
const CLOSING = "”“»」』’›"

function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96
}

/** Number of backslashes directly before `index`, not looking below `from`. */
function backslashesBefore(text: string, index: number, from: number): number {
  let count = 0
  while (index - count - 1 >= from && text.charCodeAt(index - count - 1) === BACKSLASH) count++
  return count
}

/** Skips blanks and terminal colours; `lines` allows line breaks too. */
export function skipBlanks(text: string, from: number, lines = false): number {
  let i = from
  const stop = Math.min(text.length, from + 64)
  while (i < stop) {
    const code = text.charCodeAt(i)
    if (code === 27) {
      const colour = /^\u001b\[[0-9;]{0,12}m/.exec(text.slice(i, i + 16))
      if (colour === null) return i
      i += colour[0].length
      continue
    }
    if (code !== 32 && code !== 9 && !(lines && hasClass(text, i, SPACE))) return i
    i++
  }
  return i
}

/**
 * The closing quote of a string opened at `open` with `depth` backslashes before the quote (0 in source, 1 in
 * JSON inside a string, 3 in JSON inside that). -1 where the line or the limit ends first.
 */
function closingQuote(text: string, open: number, depth: number): number {
  const quote = text.charCodeAt(open)
  const stop = Math.min(text.length, open + 1 + MAX_VALUE)
  let first = -1
  let doubled = 0
  for (let i = open + 1; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === LINE_FEED) return first
    if (code !== quote) continue
    const slashes = backslashesBefore(text, i, open + 1)
    if (depth === 0 ? slashes % 2 !== 0 : slashes > depth) continue
    const more = depth === 0 && doubled < MAX_DOUBLED ? doubledQuote(text, i, quote) : 0
    if (more === 0) return doubled < MAX_DOUBLED ? i - Math.min(slashes, depth) : first
    if (first === -1) first = i
    doubled++
    i += more
  }
  return first
}

/**
 * Length of what goes on with a string where its quote seems to close at `at`: the quote doubled, as in SQL and YAML, or
 * closed, escaped and opened again, as in a shell. 0 where the string ends.
 */
function doubledQuote(text: string, at: number, quote: number): number {
  const next = text.charCodeAt(at + 1)
  if (next === quote) return quote !== 96 && isInString(text.charCodeAt(at + 2)) ? 1 : 0
  if (next !== BACKSLASH || quote !== 39) return 0
  return text.charCodeAt(at + 2) === quote && text.charCodeAt(at + 3) === quote ? 3 : 0
}

/** Nothing that follows a string: no blank, no quote, none of `, ; : ) ] } . + |`. */
function isInString(code: number): boolean {
  return code > 32 && !isQuote(code) && !",;:)]}.+|\\>".includes(String.fromCharCode(code))
}

/**
 * Strings between runs of the same delimiter: `"""v"""` and `'''v'''` of Python, TOML and Kotlin, `''v''` of Nix.
 * One line break may follow the opening one. Undefined where no such string starts at `open`.
 */
function fencedSpan(text: string, open: number): ValueSpan | undefined {
  const fence = /^(?:"""|'''|```|''(?=[^\s',;)\]}]))/.exec(text.slice(open, open + 4))?.[0]
  if (fence === undefined) return undefined
  const from = open + fence.length
  const start = from + (/^[ \t]{0,8}\r?\n[ \t]{0,40}/.exec(text.slice(from, from + 52))?.[0].length ?? 0)
  const close = text.slice(start, start + MAX_VALUE).indexOf(fence)
  if (close === -1) return undefined
  const value = text.slice(start, start + close)
  const end = start + value.trimEnd().length
  if (value.trimEnd().includes("\n") || (fence === "''" && value.includes("'"))) return undefined
  return { start, end, quoted: true }
}

/** Reads a quoted value whose quote, with its backslashes and a literal prefix as in `b"…"`, starts at `from`. */
export function quotedSpan(text: string, from: number): ValueSpan | undefined {
  let i = from
  const first = text.charCodeAt(i)
  if (first > 127) return typographicSpan(text, i)
  if (first === 38 && text.startsWith("&quot;", i)) return entitySpan(text, i + 6)
  if (first === 91) return longBracketSpan(text, i)
  // Two letters or signs at most: `b"`, `rb"`, `u8"`, `N'`, `L"`, `@"`, `$@"`, `r#"`.
  if (!isQuote(first) && first !== BACKSLASH) {
    if (!isQuote(text.charCodeAt(i + 1)) && !isQuote(text.charCodeAt(i + 2))) return undefined
    const prefix = /^(?:[bBrRfFuULlN@$#]|[bB][rR]|[rR][bBfF]|u8|[$]@|@[$]|r#)(?=["'`])/.exec(
      text.slice(i, i + 4),
    )
    if (prefix === null) return undefined
    i += prefix[0].length
  }
  let depth = 0
  while (depth < 8 && text.charCodeAt(i) === BACKSLASH) {
    depth++
    i++
  }
  const quote = text.charCodeAt(i)
  if (!isQuote(quote)) return undefined
  if (depth === 0 && text.charCodeAt(i + 1) === quote) {
    const fenced = fencedSpan(text, i)
    if (fenced !== undefined || text.charCodeAt(i + 2) !== quote) return fenced
    i += 2
  }
  const close = closingQuote(text, i, depth)
  return close === -1 ? undefined : { start: i + 1, end: close, quoted: true }
}

function typographicSpan(text: string, open: number): ValueSpan | undefined {
  const kind = OPENING.indexOf(text.charAt(open))
  if (kind === -1) return undefined
  const inside = /^[^\n”“»」』’›]{1,200}/.exec(text.slice(open + 1, open + 202))?.[0] ?? ""
  const end = open + 1 + inside.length
  const close = text.charAt(end)
  const isClosed = close !== "" && (close === CLOSING.charAt(kind) || close === "”")
  return isClosed ? trimmedSpan(text, open + 1, end) : undefined
}

/** `[[v]]` and `[=[v]=]` of Lua, where a string without blanks stands between. */
function longBracketSpan(text: string, open: number): ValueSpan | undefined {
  const match = LONG_BRACKET.exec(text.slice(open, open + 260))
  if (match?.[2] === undefined || match[1] !== match[3]) return undefined
  const start = open + 2 + (match[1]?.length ?? 0)
  return { start, end: start + match[2].length, quoted: true }
}
const LONG_BRACKET = /^\[(=?)\[([^\s[\]"'`]{4,250})\](=?)\]/

function entitySpan(text: string, start: number): ValueSpan | undefined {
  const close = text.slice(start, start + MAX_VALUE).indexOf("&quot;")
  return close === -1 ? undefined : { start, end: start + close, quoted: true }
}

/** The text of an XML or HTML element, plain or as CDATA, without the blanks around it. */
export function elementSpan(text: string, from: number): ValueSpan | undefined {
  const start = skipBlanks(text, from, true)
  if (text.startsWith("<![CDATA[", start)) {
    const close = text.slice(start, start + MAX_VALUE).indexOf("]]>")
    return close === -1 ? undefined : trimmedSpan(text, start + 9, start + close)
  }
  const close = text.slice(start, start + MAX_VALUE).indexOf("</")
  return close < 1 ? undefined : trimmedSpan(text, start, start + close)
}

function trimmedSpan(text: string, start: number, end: number): ValueSpan | undefined {
  const raw = text.slice(start, end)
  const value = raw.trim()
  const at = start + raw.length - raw.trimStart().length
  return value === "" || value.includes("<") ? undefined : { start: at, end: at + value.length, quoted: true }
}

/** Whether a comma, ampersand or semicolon at `index` separates entries rather than belonging to the value. */
function separates(text: string, index: number): boolean {
  const code = text.charCodeAt(index + 1)
  if (Number.isNaN(code) || code <= 32 || isQuote(code) || code === 125 || code === 93) return true
  let i = index + 1
  const stop = Math.min(text.length, i + 40)
  while (i < stop && (hasClass(text, i, NAME) || text.charCodeAt(i) === 32)) i++
  return i > index + 1 && (text.charAt(i) === "=" || text.charAt(i) === ":")
}

/** Codes of `( [ {` and of `) ] }`. */
const OPENERS = [40, 91, 123] as const
const CLOSERS = [41, 93, 125] as const

/** Reads unquoted characters and keeps count of brackets, so that `f(x)` keeps its bracket and `(v)` loses it. */
class PlainReader {
  readonly #text: string
  readonly #line: boolean
  readonly #depths: [number, number, number] = [0, 0, 0]

  constructor(text: string, line: boolean) {
    this.#text = text
    this.#line = line
  }

  /** Whether the value ends before `index`. */
  ends(index: number): boolean {
    const code = this.#text.charCodeAt(index)
    if (code === VEIL_CODE) return false
    if (code <= 32 || code === 127 || code > 0xfeff || (code >= 0x2018 && code <= 0x303f)) return true
    if ((code >= 48 && code <= 57) || (code >= 64 && code <= 90) || (code >= 97 && code <= 122)) return false
    if (code === 60 && isTag(this.#text, index)) return true
    // 60 62 angle brackets, 124 bar
    if (code === 124 && this.#isNumbered(index)) return false
    if (isQuote(code) || code === 60 || code === 62 || code === 124)
      return !this.#line || endsLine(this.#text, index)
    // 44 comma, 59 semicolon, 38 ampersand
    if (code === 44 || code === 59 || code === 38) return separates(this.#text, index)
    if (code === BACKSLASH) return endsAtEscape(this.#text, index)
    return this.#closes(code)
  }

  /** `17|v`: the number of a token's row before the token, as Laravel Sanctum writes it. */
  #isNumbered(index: number): boolean {
    if (!hasClass(this.#text, index - 1, DIGIT) || !hasClass(this.#text, index + 1, ALNUM)) return false
    return /^\|[A-Za-z0-9]{32}/.test(this.#text.slice(index, index + 33))
  }

  /** A closing bracket whose opening one stands before the value. */
  #closes(code: number): boolean {
    for (const kind of [0, 1, 2] as const) {
      if (code === OPENERS[kind]) this.#depths[kind]++
      if (code === CLOSERS[kind] && --this.#depths[kind] < 0) return true
    }
    return false
  }
}

/** Whether a closing tag of HTML or a line break begins at `index`: what stands before it is text. */
export function isTag(text: string, index: number): boolean {
  return /^<(?:\/[A-Za-z]|br\b)/i.test(text.slice(index, index + 4))
}

/** Nothing of the value follows the quote or sign: a blank, the end, or what closes the text that holds the line. */
function endsLine(text: string, index: number): boolean {
  const next = text.charAt(index + 1)
  return next === "" || /[\s,;)\]}"'`<>|\\]/.test(next)
}

/** An escaped line end or quote ends the value, any other escape belongs to it. */
function endsAtEscape(text: string, index: number): boolean {
  return /^\\+(?:[nrt"'`]|u00(?:22|27|0a))/i.test(text.slice(index, index + 12))
}

/**
 * Reads an unquoted value from `start`; undefined where there is none. Where the assignment has the line for itself
 * (`line`), quotes and brackets within the value belong to it.
 */
export function plainSpan(
  text: string,
  start: number,
  line = false,
  maxLength: number = Number.POSITIVE_INFINITY,
): ValueSpan | undefined {
  const stop = Math.min(text.length, start + maxLength)
  const reader = new PlainReader(text, line)
  let i = start
  while (i < stop && !reader.ends(i)) i++
  return i > start ? { start, end: i, quoted: false } : undefined
}

/** What stands of a value beside its placeholders. */
export function withoutVeil(value: string): string {
  return value.includes("\uffff") ? value.replace(ALL_VEILS, "") : value
}

const BLOCK_OPEN = /(?:[|>][+-]?\d?)?[ \t]{0,8}\r?\n/y
const BLOCK_LINE = /([ \t]{1,60})([^\s:#{}[\],"'&*!|>%@`-][^\s]{3,200})[ \t]{0,8}(?=\r?\n|$)/y
/** A value on the line after its key, which unlike one behind `|` might be anything, shows that it is generated. */
const SPEAKS_FOR_ITSELF = /^(?=.*[A-Za-z])(?=.*[0-9])(?!.*[(){};,<>])(?![\w.-]{1,80}[:=])/

/**
 * A YAML scalar on the line below its key (YAML 1.2.2, sections 7.3.3 and 8.1): `key: |` or `key:`, then one word
 * on a line that is indented deeper than the key's. `valueAt` is where the key's line would hold the value.
 */
export function blockSpan(text: string, keyStart: number, valueAt: number): ValueSpan | undefined {
  const code = text.charCodeAt(valueAt)
  if (code > 13 && code !== 124 && code !== 62) return undefined
  BLOCK_OPEN.lastIndex = valueAt
  const open = BLOCK_OPEN.exec(text)
  if (open === null) return undefined
  BLOCK_LINE.lastIndex = BLOCK_OPEN.lastIndex
  const line = BLOCK_LINE.exec(text)
  const word = line?.[2]
  if (line === null || word === undefined || (line[1]?.length ?? 0) <= indentOf(text, keyStart))
    return undefined
  const isLiteral = open[0].startsWith("|") || open[0].startsWith(">")
  if (!isLiteral && !SPEAKS_FOR_ITSELF.test(word)) return undefined
  const start = line.index + (line[1]?.length ?? 0)
  return { start, end: start + word.length, quoted: isLiteral }
}

/** Blanks before a key that begins its line; more than any line has where it does not. */
function indentOf(text: string, keyStart: number): number {
  const before = /(?:^|\n)([ \t]{0,60})(?:- )?["']?$/.exec(text.slice(Math.max(0, keyStart - 66), keyStart))
  return before === null ? Number.POSITIVE_INFINITY : (before[1]?.length ?? 0)
}

/** Whether the value that begins at `at` is nothing but placeholders. */
export function isVeiled(text: string, at: number): boolean {
  const quote = isQuote(text.charCodeAt(at)) ? 1 : 0
  let end = at + quote
  while (text.charCodeAt(end) === VEIL_CODE) end++
  if (end === at + quote) return false
  const code = text.charCodeAt(end)
  if (quote === 1) return code === text.charCodeAt(at)
  return end === text.length || isClosing(code) || new PlainReader(text, false).ends(end)
}

/** Closing brackets. */
function isClosing(code: number): boolean {
  return code === 41 || code === 93 || code === 125
}
