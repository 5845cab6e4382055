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

export const ALNUM: number = UPPER | LOWER | DIGIT
export const LETTER: number = UPPER | LOWER

function flagsOf(code: number): number {
  const char = String.fromCharCode(code)
  let flags = 0
  if (/[A-Z]/.test(char)) flags |= UPPER
  if (/[a-z]/.test(char)) flags |= LOWER
  if (/[0-9]/.test(char)) flags |= DIGIT
  if (/[0-9A-Fa-f]/.test(char)) flags |= HEX
  if (/[A-Za-z0-9+/_-]/.test(char)) flags |= TOKEN
  if (/[A-Za-z0-9_.$-]/.test(char)) flags |= NAME
  if (/[ \t\n\r]/.test(char)) flags |= SPACE
  return flags
}

let table: Uint8Array | undefined

/** The flags of all ASCII codes, built on first use; index it with a code below 128. */
export function classTable(): Uint8Array {
  table ??= Uint8Array.from({ length: 128 }, (_, code) => flagsOf(code))
  return table
}

/** Whether the character at `index` has one of `flags`; false outside the text. */
export function hasClass(text: string, index: number, flags: number): boolean {
  if (index < 0) return false
  const code = text.charCodeAt(index)
  return code < 128 && ((classTable()[code] ?? 0) & flags) !== 0
}

/** First index from `from` (at most `limit`) whose character has none of `flags`. */
export function skipRight(text: string, from: number, flags: number, limit: number): number {
  const stop = Math.min(limit, text.length)
  let i = from
  while (i < stop && hasClass(text, i, flags)) i++
  return i
}

/** Lowest index down to `limit` such that `text[index, from)` has only characters of `flags`. */
export function skipLeft(text: string, from: number, flags: number, limit: number): number {
  const stop = Math.max(0, limit)
  let i = from
  while (i > stop && hasClass(text, i - 1, flags)) i--
  return i
}

/**
 * Whether a token may begin at `index`: the character before is no letter or digit, or it belongs to an escape
 * (`\n`, `\u003d`, `%3D`, a terminal colour) and not to a word.
 */
export function startsToken(text: string, index: number): boolean {
  if (!hasClass(text, index - 1, ALNUM)) return true
  const before = text.slice(Math.max(0, index - 12), index)
  return /(?:\\[nrtbf0]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|\u001b\[[0-9;]{0,8}m)$/.test(
    before,
  )
}
