import type { Edit } from "./edit.ts"
import { nibble } from "./encoded-head.ts"

/** Fewer numbers in a row are no text that could hold a secret. */
const MIN_BYTES = 12
/** Blanks and line breaks between two numbers. */
const MAX_BLANKS = 80
const COMMA = 44
/** The first number of a list; decimal ones are looked for behind a bracket only. */
const HEX_START = /0x[2-7][0-9a-f] ?,\s{0,40}(?=0x[2-7])/iy
const DECIMAL_START = /\[\s{0,40}(?=\d{2,3} ?,\s{0,40}\d{2,3} ?,)/y

interface Item {
  readonly end: number
  /** -1 where the number is no printable character. */
  readonly code: number
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Reads `0x41` or `65` at `at`; undefined where there is no number of a byte. */
function readNumber(text: string, at: number): Item | undefined {
  const isHex = text.charCodeAt(at) === 48 && (text.charCodeAt(at + 1) | 32) === 120
  const start = isHex ? at + 2 : at
  let end = start
  const isOne = isHex ? isHexDigit : isDigit
  while (end < start + 4 && isOne(text.charCodeAt(end))) end++
  const digits = end - start
  if (isHex ? digits !== 2 : digits === 0 || digits > 3) return undefined
  const code = Number.parseInt(text.slice(start, end), isHex ? 16 : 10)
  const isText = (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13
  return { end, code: isText ? code : -1 }
}

function isHexDigit(code: number): boolean {
  return nibble(code) !== -1
}

/** End of a comma and the blanks after it; -1 where the list ends. */
function nextItem(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === 32 && at < from + 4) at++
  if (text.charCodeAt(at) !== COMMA) return -1
  at++
  const stop = at + MAX_BLANKS
  while (at < stop && text.charCodeAt(at) <= 32) at++
  return at
}

/** One edit for each number of the list that begins at `start`; empty where it is no list of characters. */
function readList(text: string, start: number): { edits: Edit[]; end: number } {
  const edits: Edit[] = []
  let at = start
  while (at !== -1) {
    const item = readNumber(text, at)
    if (item === undefined || item.code === -1) break
    const next = nextItem(text, item.end)
    edits.push({
      start: at,
      end: next === -1 ? item.end : next,
      text: String.fromCharCode(item.code),
      isAligned: false,
    })
    at = next
  }
  const end = edits.at(-1)?.end ?? start
  return { edits: edits.length < MIN_BYTES ? [] : edits, end }
}

/**
 * Texts as lists of their bytes: `[0x67, 0x68, …]` in C and Go, `[103, 104, …]` in the JSON of a Node buffer. Each number,
 * with the comma behind it, stands for one character.
 */
export function byteListEdits(text: string): readonly Edit[] {
  const decimal = listsAt(text, "[", DECIMAL_START, (at, length) => at + length)
  const hex = ["0x", "0X"].flatMap((first) => listsAt(text, first, HEX_START, (at) => at))
  return decimal.length === 0 || hex.length === 0
    ? [...decimal, ...hex]
    : [...decimal, ...hex].sort((a, b) => a.start - b.start)
}

/** @param startOf where the first number of a list stands whose start matches at `at` with so many characters */
function listsAt(
  text: string,
  first: string,
  pattern: RegExp,
  startOf: (at: number, length: number) => number,
): Edit[] {
  const found: Edit[] = []
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at)) {
    pattern.lastIndex = at
    // What follows the first character is no list most often: spares them the pattern.
    const match = text.charCodeAt(at + 1) > 57 && first === "[" ? null : pattern.exec(text)
    if (match === null) {
      at++
      continue
    }
    const { edits, end } = readList(text, startOf(at, match[0].length))
    for (const edit of edits) found.push(edit)
    at = Math.max(at + match[0].length, end)
  }
  return found
}
