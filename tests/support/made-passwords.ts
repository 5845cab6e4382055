import { ALNUM, LETTERS, LOWER, seededRandom } from "./fake-token.ts"

/** What generators of passwords draw from, by who offers them. */
export const GENERATORS = {
  terraform: { alphabet: `${ALNUM}!@#$%&*()-_=+[]{}<>:?`, length: 16 },
  cloud: { alphabet: `${ALNUM}!#$%&'()*+,-.:;<=>?[]^_{|}~`, length: 32 },
  manager: { alphabet: `${ALNUM}!@#$%^&*()-_=+[]{};:,.?`, length: 20 },
} as const

/** How far from the start of a line a sign means something else to the formats that the tests write. */
const OPENING = /^[^A-Za-z0-9]|[^A-Za-z0-9]$/

/**
 * `count` passwords with signs of a generator, each with letters of both cases, a digit, and one of the signs that end
 * other values; a letter or digit at both ends, since what stands there belongs to the syntax around in some formats.
 */
export function madePasswords(generator: keyof typeof GENERATORS, count: number, seed = 1): string[] {
  const { alphabet, length } = GENERATORS[generator]
  const random = seededRandom(seed * 101 + length)
  const passwords: string[] = []
  while (passwords.length < count) {
    let value = ""
    while (value.length < length) value += alphabet.charAt(Math.floor(random() * alphabet.length))
    const isFit = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && /[)\]}<>|]/.test(value)
    if (isFit && !OPENING.test(value) && !/[$%#@]\{|--|\.\.\.|\*\*\*/.test(value)) passwords.push(value)
  }
  return passwords
}

/** A word of `length` letters, for phrases. */
export function madeWord(length: number, seed: number, alphabet: string = LOWER): string {
  const random = seededRandom(seed * 13 + length)
  let word = ""
  while (word.length < length) word += alphabet.charAt(Math.floor(random() * alphabet.length))
  return word
}

/** Letters of both cases without a digit. */
export function madeLetters(length: number, seed: number): string {
  return madeWord(length, seed, LETTERS)
}
