/** Kinds of characters that a value holds, as bits. */
const LETTER = 1
const DIGIT = 2
const SPACE = 4
const OTHER = 8
const FOREIGN = 1 << 30
/** Signs that patterns ask for, each with a bit of its own; brackets go together with the one that closes them. */
const SIGNS = [
  "_",
  "-",
  ".",
  ":",
  "/",
  "\\",
  "$",
  "%",
  "@",
  "*",
  "{}",
  "[]",
  "()",
  "<>",
  "!",
  "=",
  "&",
  "#",
  "+",
]

const ABOVE_ASCII = 128
/** Bits of each code; the last one is for everything above ASCII. */
const BITS: Int32Array = bitTable()
/** The bit of one of the signs. */
function signBit(sign: string): number {
  return 16 << SIGNS.findIndex((signs) => signs.includes(sign))
}

function bitTable(): Int32Array {
  const bits = new Int32Array(ABOVE_ASCII + 1).fill(OTHER)
  bits[ABOVE_ASCII] = FOREIGN
  for (let code = 48; code <= 57; code++) bits[code] = DIGIT
  for (let code = 97; code <= 122; code++) bits[code] = LETTER
  for (let code = 65; code <= 90; code++) bits[code] = LETTER
  for (const code of [9, 10, 11, 12, 13, 32]) bits[code] = SPACE
  SIGNS.forEach((signs, number) => {
    for (const sign of signs) bits[sign.charCodeAt(0)] = 16 << number
  })
  return bits
}

/** The bits of some kinds. */
export const DIGIT_CHARS: number = DIGIT
export const LETTER_CHARS: number = LETTER
export const SPACE_CHARS: number = SPACE
export const FOREIGN_CHARS: number = FOREIGN
export const SLASH_CHARS: number = signBit("/")

/** The bit of one code. */
export function charBit(code: number): number {
  return BITS[code < ABOVE_ASCII ? code : ABOVE_ASCII] ?? OTHER
}

/** Which kinds of characters `value` holds. */
export function charsOf(value: string): number {
  let bits = 0
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    bits |= BITS[code < ABOVE_ASCII ? code : ABOVE_ASCII] ?? OTHER
  }
  return bits
}
