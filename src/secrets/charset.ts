/** Character classes as bit flags, looked up per char code; codes above ASCII have none. */
export const UPPER = 1
export const LOWER = 2
export const DIGIT = 4
export const HEX = 8
/** What base64, base64url and most vendor tokens are made of, without padding. */
export const TOKEN = 16
/** What a key name is made of: letters, digits and `_ - . $`. */
export const NAME = 32
/** Blank, tab, line feed, carriage return. */
export const SPACE = 64
/** What paths are made of: letters, digits and `_ . @ ~ % + / \ -`. */
export const PATH = 128

export const ALNUM: number = UPPER | LOWER | DIGIT
export const LETTER: number = UPPER | LOWER

/** Ranges of ASCII and their flags; a loop over them starts sooner than anything that reads better. */
function classTable(): Uint8Array {
  const table = new Uint8Array(129)
  const add = (from: number, to: number, flags: number): void => {
    for (let code = from; code <= to; code++) table[code] = (table[code] ?? 0) | flags
  }
  add(48, 57, DIGIT | HEX | TOKEN | NAME | PATH)
  add(65, 90, UPPER | TOKEN | NAME | PATH)
  add(97, 122, LOWER | TOKEN | NAME | PATH)
  // A-F and a-f
  add(65, 70, HEX)
  add(97, 102, HEX)
  // + / _ -
  for (const code of [43, 47, 95, 45]) add(code, code, TOKEN)
  // _ . $ -
  for (const code of [95, 46, 36, 45]) add(code, code, NAME)
  for (const code of [32, 9, 10, 13]) add(code, code, SPACE)
  // _ . @ ~ % + / \ -
  for (const code of [95, 46, 64, 126, 37, 43, 47, 92, 45]) add(code, code, PATH)
  return table
}

/** The flags of all ASCII codes, and none for 128, which stands for every code above. */
export const CLASSES: Uint8Array = classTable()

/** Whether the character at `index` has one of `flags`; false outside the text. */
export function hasClass(text: string, index: number, flags: number): boolean {
  if (index < 0) return false
  const code = text.charCodeAt(index)
  return code < 128 && ((CLASSES[code] ?? 0) & flags) !== 0
}

/** First index from `from` (at most `limit`) whose character has none of `flags`. */
export function skipRight(text: string, from: number, flags: number, limit: number): number {
  const stop = Math.min(limit, text.length)
  for (let i = from; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code >= 128 || ((CLASSES[code] ?? 0) & flags) === 0) return i
  }
  return Math.max(from, stop)
}

/** The codes of the characters of `chars`. */
export function codeSet(chars: string): ReadonlySet<number> {
  return new Set(Array.from(chars, (char) => char.charCodeAt(0)))
}

/** The same over the codes of a text, which ends at `limit` at the latest. */
export function skipRightIn(codes: Uint8Array, from: number, flags: number, limit: number): number {
  let i = from
  while (i < limit && ((CLASSES[codes[i] ?? 128] ?? 0) & flags) !== 0) i++
  return i
}

/** Lowest index down to `limit` such that `text[index, from)` has only characters of `flags`. */
export function skipLeft(text: string, from: number, flags: number, limit: number): number {
  const stop = Math.max(0, limit)
  for (let i = from; i > stop; i--) {
    const code = text.charCodeAt(i - 1)
    if (code >= 128 || ((CLASSES[code] ?? 0) & flags) === 0) return i
  }
  return Math.min(from, stop)
}

/** The same over the codes of a text. */
export function skipLeftIn(codes: Uint8Array, from: number, flags: number, limit: number): number {
  let i = from
  while (i > limit && i > 0 && ((CLASSES[codes[i - 1] ?? 128] ?? 0) & flags) !== 0) i--
  return i
}

/**
 * Whether a token may begin at `index`: the character before is no letter or digit, or it belongs to an escape
 * (`\n`, `\u003d`, `%3D`, a terminal colour) and not to a word.
 */
export function startsToken(text: string, index: number): boolean {
  return !hasClass(text, index - 1, ALNUM) || endsEscape(text, index)
}

/**
 * Where the token begins that seems to begin at `start`: behind the letter of an escape (`\n`, `\r`, `\t`), and behind
 * the sign that a diff puts before a line, written out or in a string.
 */
export function behindMarks(text: string, start: number): number {
  const at = isEscapeLetter(text, start) ? start + 1 : start
  const isSign = text.charCodeAt(at) === PLUS || text.charCodeAt(at) === MINUS
  return isSign && beginsLine(text, at) ? at + 1 : at
}

/** Whether the character at `index` is the letter of an escaped line break or tab. */
export function isEscapeLetter(text: string, index: number): boolean {
  if (text.charCodeAt(index - 1) !== BACKSLASH) return false
  const code = text.charCodeAt(index)
  return code === 110 || code === 114 || code === 116
}

/** Whether a line begins at `index`, also one of a text in a string. */
export function beginsLine(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1)
  if (index === 0 || before === 10 || before === 13) return true
  return (before === 110 || before === 114) && text.charCodeAt(index - 2) === BACKSLASH
}

const BACKSLASH = 92
const PLUS = 43
const MINUS = 45
const PERCENT = 37
const ESCAPE = 27

/** Whether an escape of one character, or the escape sequence of a colour, ends before `index`. */
function endsEscape(text: string, index: number): boolean {
  const before = (distance: number): number => text.charCodeAt(index - distance)
  if (before(2) === BACKSLASH) return "nrtbf0".includes(text.charAt(index - 1))
  if (before(1) === 109) return endsColour(text, index - 1)
  if (!hasClass(text, index - 1, HEX) || !hasClass(text, index - 2, HEX)) return false
  if (before(3) === PERCENT) return true
  if (before(4) === BACKSLASH) return before(3) === 120
  return before(6) === BACKSLASH && before(5) === 117 && skipLeft(text, index, HEX, index - 4) === index - 4
}

/** Whether `ESC [`, at most eight digits and semicolons, stand before the `m` at `index`. */
function endsColour(text: string, index: number): boolean {
  let i = index
  while (i > index - 8 && (hasClass(text, i - 1, DIGIT) || text.charCodeAt(i - 1) === 59)) i--
  return text.charCodeAt(i - 1) === 91 && text.charCodeAt(i - 2) === ESCAPE
}
