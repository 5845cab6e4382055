/** What a text holds beyond ASCII, as bits of one number; 0 for nothing but ASCII. */
const BEYOND_ASCII = 1
/** Characters that leave no trace on the screen, or that only look like ASCII. */
export const UNSEEN = 2
/** Letters with which words for passwords begin that are not written in ASCII. */
export const FOREIGN_WORD = 4
/** Letters of words for keys that are not written in ASCII. */
export const FOREIGN_LABEL = 8

/**
 * First and last codes of characters that leave no trace on the screen (Unicode 16, Default_Ignorable_Code_Point, the joiners and
 * marks of them that occur): soft hyphen, grapheme joiner, Arabic letter mark, vowel separator, zero-width ones,
 * bidirectional controls, variation selectors, tags; of full-width forms of ASCII; of the first halves of mathematical letters.
 */
const UNSEEN_RANGES: readonly (readonly [from: number, to: number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd835, 0xd835],
  [0xdb40, 0xdb40],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xff01, 0xff5e],
  [0xffa0, 0xffa0],
]

/**
 * Words for passwords that are not written in ASCII, which is all that the automaton knows: without their first
 * letter where it may be a capital, and how many letters that is.
 */
export const FOREIGN_WORDS: readonly (readonly [word: string, before: number])[] = [
  ["ароль", 1],
  ["asło", 1],
  ["密码", 0],
  ["密碼", 0],
  ["口令", 0],
  ["密钥", 0],
  ["パスワード", 0],
  ["비밀번호", 0],
]

/** Words for keys that are not written in ASCII. */
export const FOREIGN_LABELS: readonly string[] = ["Schlüssel", "schlüssel", "Clé", "clé", "Ключ", "ключ"]

let table: Uint8Array | undefined

function buildTable(): Uint8Array {
  const bits = new Uint8Array(0x10000).fill(BEYOND_ASCII)
  for (const [from, to] of UNSEEN_RANGES)
    for (let code = from; code <= to; code++) bits[code] = BEYOND_ASCII | UNSEEN
  for (const [word] of FOREIGN_WORDS) mark(bits, word, FOREIGN_WORD)
  for (const word of FOREIGN_LABELS) mark(bits, word, FOREIGN_LABEL)
  return bits
}

/** Sets a bit of the first letter of a word beyond ASCII. */
function mark(bits: Uint8Array, word: string, bit: number): void {
  const code = word.charCodeAt(word.search(/[^\0-\x7f]/))
  bits[code] = (bits[code] ?? 0) | bit
}

/** The bits of each code of UTF-16 above ASCII. Made when a text first holds one. */
export function beyondAscii(): Uint8Array {
  table ??= buildTable()
  return table
}
