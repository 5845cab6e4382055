import { ALNUM, hasClass } from "./charset.ts"

/** Shorter stretches of one character also occur in real tokens, e.g. the zero bytes of a macaroon in base64. */
const MIN_STRETCH = 4
/** So much of a token must be filler, in characters and as a share of its letters and digits. */
const MIN_FILLER = 16
const FILLER_SHARE = 0.7
const MIN_COUNTED = 40
/** A long token that is mostly pieces of the alphabet and of the digits was typed, not issued. */
const MIN_TYPED = 64
const TYPED_SHARE = 0.55
const MIN_RISING = 3

const DIGIT_0 = 48
const DIGIT_1 = 49

function isFillerCode(code: number): boolean {
  return (code | 32) === 120 || code === DIGIT_0 || code === DIGIT_1
}

/** Characters of `secret` that belong to stretches of four or more equal `x`, `X`, `0` or `1`. */
function fillerLength(secret: string): number {
  let total = 0
  let from = 0
  for (let i = 1; i <= secret.length; i++) {
    const code = secret.charCodeAt(from)
    if (i < secret.length && secret.charCodeAt(i) === code) continue
    if (i - from >= MIN_STRETCH && isFillerCode(code)) total += i - from
    from = i
  }
  return total
}

function alnumLength(secret: string): number {
  let total = 0
  for (let i = 0; i < secret.length; i++) if (hasClass(secret, i, ALNUM)) total++
  return total
}

/** Characters of `secret` that belong to three or more, each of which follows the one before: `abc`, `4567`. */
function risingLength(secret: string): number {
  let total = 0
  let from = 0
  for (let i = 1; i <= secret.length; i++) {
    if (i < secret.length && secret.charCodeAt(i) === secret.charCodeAt(i - 1) + 1) continue
    if (i - from >= MIN_RISING) total += i - from
    from = i
  }
  return total
}

/** Ends in forty digits or more that count upwards over and over: `…7890123456789012…`. */
function isCounted(secret: string): boolean {
  let length = 1
  let i = secret.length - 1
  while (i > 0 && follows(secret.charCodeAt(i - 1), secret.charCodeAt(i))) {
    length++
    i--
  }
  return length >= MIN_COUNTED
}

function follows(previous: number, next: number): boolean {
  if (previous < DIGIT_0 || previous > 57) return false
  return next === (previous === 57 ? DIGIT_0 : previous + 1)
}

/** Whether most of `secret` is `x`, `0` or `1` repeated. */
export function isFilled(secret: string): boolean {
  const filler = fillerLength(secret)
  return filler >= MIN_FILLER && filler >= alnumLength(secret) * FILLER_SHARE
}

/** Whether a long token is mostly pieces of the alphabet and of the digits. */
function isTyped(secret: string): boolean {
  const length = alnumLength(secret)
  return length >= MIN_TYPED && /^[\w-]+$/.test(secret) && risingLength(secret) >= length * TYPED_SHARE
}

/**
 * Whether a token in a vendor's format is plainly a stand-in: most of it is `x`, `0` or `1` repeated, counted
 * digits or, where it is long, pieces of the alphabet. Holds for any rule. Other repeated letters and short
 * alphabets stay secrets, because people do choose them and masking them costs little. A random token is taken
 * for a stand-in with a chance below 1e-12 in every alphabet. Linear.
 */
export function isDummy(secret: string): boolean {
  if (secret.length < MIN_FILLER) return false
  return isFilled(secret) || isCounted(secret) || isTyped(secret)
}
