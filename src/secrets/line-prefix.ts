import { DIGIT, hasClass, HEX, PATH, skipRight } from "./charset.ts"

/**
 * What tools write before the lines of a file they show: a read tool's line numbers, `grep` (`path:12:`,
 * `path-12-`), `git blame`, a container's or a log's stamp.
 */
const LISTING =
  /(?:\d{4}-\d\d-\d\d[T ][\d:.,]{5,20}(?:Z|[+-]\d\d:?\d\d)?(?= )|(?:Line )?\d{1,7}(?::\d{1,5})?(?:[:|→\t]|\. )|(?:[A-Za-z]:)?[\w.@~%+/\\-]{1,200}:(?:\d{1,7}:){0,2}|[\w .@~%+/\\()-]{1,200}:\d{1,7}:|[\w.@~%+/\\-]{1,200}?-\d{1,7}-|[\w./~][\w.@~%+/\\-]{0,199}(?:\u001b\[[\d;]{0,10}[mK]){1,6}[:-](?:\u001b\[[\d;]{0,10}[mK]){0,6}(?:\d{1,7}(?:\u001b\[[\d;]{0,10}[mK]){1,6}[:-])?|\^?[0-9a-f]{7,40} [^\n()]{0,120}(?:\([^\n()]{1,120})?\)|[\w.-]{1,60}[ \t]{0,30}\|)/y
/** Marks of diffs, quotations and comments. A dash that begins an armour line is none. */
const MARK = /\+{1,2}|-(?=-----(?:BEGIN|END) )|--?(?!-)|>|\/\/(?=[ \t])|[#*;%|]/y
const MAX_MARKS = 4

/** Where a line's prefix ends, and whether it holds more than blanks. */
export interface LinePrefix {
  readonly end: number
  readonly marked: boolean
}

const COLOUR = /\u001b\[[0-9;]{0,12}[mK]/y
const ESCAPE = 27

/** Where the terminal colour at `at` ends; `at` itself where there is none. */
export function skipColour(text: string, at: number): number {
  if (text.charCodeAt(at) !== ESCAPE) return at
  COLOUR.lastIndex = at
  return COLOUR.test(text) ? COLOUR.lastIndex : at
}

/** Skips blanks and terminal colours. */
function skipIndent(text: string, from: number): number {
  let i = from
  for (;;) {
    const code = text.charCodeAt(i)
    const next = code === 32 || code === 9 ? i + 1 : skipColour(text, i)
    if (next === i) return i
    i = next
  }
}

const MAX_PATH = 200

/** Whether what `LISTING` finds may begin at `from`; spares most lines the pattern. */
function mayBeListed(text: string, from: number): boolean {
  const stop = Math.min(text.length, from + MAX_PATH)
  let i = from
  for (; i < stop && hasClass(text, i, PATH); i++)
    if (text.charCodeAt(i) === 45 && hasClass(text, i + 1, DIGIT)) return true
  const code = text.charCodeAt(i)
  if (i === stop || code === 58 || code === 124 || isOtherSign(code)) return true
  if (code === 32 && (text.charCodeAt(i - 1) === 46 || i === from + 4 || isHash(text, from, i))) return true
  if (code === 9 && i > from && hasClass(text, i - 1, DIGIT)) return true
  return code === 32 || code === 9 || code === 40 || code === 41 ? endsListing(text, i, stop) : false
}

/** An arrow, an escape of a terminal, a circumflex. */
function isOtherSign(code: number): boolean {
  return code === 0x2192 || code === ESCAPE || code === 94
}

/** The id of a commit, as `git blame` begins its lines. */
function isHash(text: string, start: number, end: number): boolean {
  return end - start >= 7 && skipRight(text, start, HEX, end) === end
}

/** Whether a bar follows the blanks at `at`, or a number in colons a path with blanks and brackets. */
function endsListing(text: string, at: number, stop: number): boolean {
  let i = at
  while (i < at + 30 && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++
  if (text.charCodeAt(i) === 124) return true
  i = at
  while (i < stop && (hasClass(text, i, PATH) || isLoosePathSign(text.charCodeAt(i)))) i++
  return i === stop || (text.charCodeAt(i) === 58 && hasClass(text, i + 1, DIGIT))
}

/** A blank or a round bracket. */
function isLoosePathSign(code: number): boolean {
  return code === 32 || code === 40 || code === 41
}

/**
 * Reads what stands before the content of the line that begins at `from`: blanks, then at most one listing prefix
 * (`  Line 3: `, `00012| `, `k.pem:3:`, `k.pem-3-`, `^a1b2c3d (Ann 2024-01-01 3) `), then marks (`+ - > // # *`).
 * A plus sign is taken for a mark, although base64 may begin with it: compare the lines of a block to tell.
 */
export function readLinePrefix(text: string, from: number): LinePrefix {
  let i = skipIndent(text, from)
  let marked = false
  // No listing begins with a diff's mark or an armour line's dashes: spares them the pattern.
  const first = text.charCodeAt(i) === 43 || text.charCodeAt(i) === 45 ? 1 : 0
  for (let turn = first; turn < MAX_MARKS; turn++) {
    const pattern = turn === 0 ? LISTING : MARK
    pattern.lastIndex = i
    const isFound = (turn > 0 || mayBeListed(text, i)) && pattern.test(text)
    if (!isFound && turn > 0) break
    if (!isFound) continue
    marked = true
    i = skipIndent(text, pattern.lastIndex)
  }
  return { end: i, marked }
}
