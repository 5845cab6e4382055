import { hasClass, NAME, SPACE } from "./charset.ts"

/** Longest value that an assignment may have; longer strings are data. */
const MAX_VALUE = 4096

/** Where a value stands and how it is written. */
export interface ValueSpan {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
}

const BACKSLASH = 92
const LINE_FEED = 10

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
  for (let i = open + 1; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === LINE_FEED) return -1
    if (code !== quote) continue
    const slashes = backslashesBefore(text, i, open + 1)
    if (depth === 0 ? slashes % 2 === 0 : slashes <= depth) return i - Math.min(slashes, depth)
  }
  return -1
}

/** Reads a quoted value whose quote, with its backslashes and a literal prefix as in `b"…"`, starts at `from`. */
export function quotedSpan(text: string, from: number): ValueSpan | undefined {
  let i = from
  if (/^(?:[bBrRfFuULl@$]|br|rb)$/.test(text.charAt(i)) && isQuote(text.charCodeAt(i + 1))) i++
  if (text.startsWith("&quot;", i)) return entitySpan(text, i + 6)
  let depth = 0
  while (depth < 8 && text.charCodeAt(i) === BACKSLASH) {
    depth++
    i++
  }
  const quote = text.charCodeAt(i)
  if (!isQuote(quote)) return undefined
  if (depth === 0 && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote) i += 2
  const close = closingQuote(text, i, depth)
  return close === -1 ? undefined : { start: i + 1, end: close, quoted: true }
}

function entitySpan(text: string, start: number): ValueSpan | undefined {
  const close = text.slice(start, start + MAX_VALUE).indexOf("&quot;")
  return close === -1 ? undefined : { start, end: start + close, quoted: true }
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

/** Whether the unquoted value ends before `index`. */
function endsPlain(text: string, index: number, code: number, start: number): boolean {
  if (code <= 32 || code === 127 || code > 0xfff0) return true
  // 34 39 96 quotes, 60 62 angle brackets, 124 bar
  if (isQuote(code) || code === 60 || code === 62 || code === 124) return true
  // 44 comma, 59 semicolon, 38 ampersand
  if (code === 44 || code === 59 || code === 38) return separates(text, index)
  // 41 93 125 closing brackets without their opening
  if (code === 41) return !text.slice(start, index).includes("(")
  if (code === 93) return !text.slice(start, index).includes("[")
  if (code === 125) return !text.slice(start, index).includes("{")
  // 92 backslash: an escaped line end or quote ends the value, any other escape belongs to it
  if (code === BACKSLASH) return /^\\+(?:[nrt"'`]|u00(?:22|27|0a))/i.test(text.slice(index, index + 12))
  return false
}

/** Reads an unquoted value from `start`; undefined where there is none. */
export function plainSpan(text: string, start: number): ValueSpan | undefined {
  const stop = Math.min(text.length, start + MAX_VALUE)
  let i = start
  while (i < stop && !endsPlain(text, i, text.charCodeAt(i), start)) i++
  return i > start ? { start, end: i, quoted: false } : undefined
}
