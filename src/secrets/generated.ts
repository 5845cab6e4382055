import { ALNUM, DIGIT, hasClass, LETTER, LOWER, UPPER } from "./charset.ts"
import { readsAsCode } from "./code-reader.ts"
import { bitsPerChar } from "./likelihood.ts"
import { isLookup } from "./stand-in.ts"
import { looksRandom } from "./token-shape.ts"

/** What templates write, closed: `${X}`, `%(x)s`, `{{x}}`, `<%= x %>`, `[x]`, `%X%`; ellipses and asterisks. */
const TEMPLATE =
  /[$%#@]\{[^{}]{0,80}\}|\$\([^()]{1,80}\)|%\(\w{1,40}\)|\{\{[^{}]{1,80}\}\}|<%[^%]{1,80}%>|^%?[[({<][\w .,:|/*=-]{0,80}[\])}>]$|^[@%#_]{1,2}\w{1,40}[@%#_]{1,2}$|&(?:lt|#x3c|#60);|\.{3}|\*{3}|…|•/i
/** What documents write. */
const EXAMPLE =
  /^(?:foo|bar|baz|qux|dummy|fake|sample|todo|tbd|test)\b|your|change.?me|replace|example|redacted|placeholder|x{4}/i
const MIN_LENGTH = 8
const MAX_LENGTH = 200
/** Syntax of regular expressions. */
const REGEX = /\(\?[=!:<]|[a-z0-9]-[a-z0-9]\]|\\[dwsb][+*{]|[\])]\{\d/i
/** Least letters and digits that the likelihood is asked about once the signs between them are left out. */
const MIN_RANDOM = 10
/** Bits per character of letters that no words of an expression make up. */
const LETTER_BITS = 6.2

/**
 * Whether a value without blanks is generated with signs, or made up with some where no code has them: no expression of
 * a programming language, no template, with letters, and with digits or random letters of both cases.
 */
export function isGenerated(value: string): boolean {
  return hasSigns(value) && !isLookup(value)
}

function hasSigns(value: string): boolean {
  if (value.length < MIN_LENGTH || value.length > MAX_LENGTH) return false
  if (TEMPLATE.test(value) || EXAMPLE.test(value) || REGEX.test(value) || value.includes("://")) return false
  const bare = lettersAndDigits(value)
  if (bare.length === value.length || !some(bare, LETTER)) return false
  const isRandom = bare.length >= MIN_RANDOM && looksRandom(bare, 0, bare.length)
  if (isRandom && some(bare, DIGIT) && some(bare, LOWER) && some(bare, UPPER)) return true
  if (some(bare, DIGIT)) return !readsAsCode(value)
  if (!isRandom || !some(bare, LOWER) || !some(bare, UPPER)) return false
  return bitsPerChar(bare, 0, bare.length) >= LETTER_BITS || !readsAsCode(value)
}

/**
 * Whether a string, perhaps with blanks, is random over all printable characters, as the salts of WordPress are: more
 * than half of its characters differ, and a fifth are signs. 99 of 100 of 64 characters are.
 */
export function isPrintableNoise(value: string): boolean {
  const { length } = value
  if (length < MIN_NOISE || length > MAX_NOISE || TEMPLATE.test(value) || /[\n\\\\]/.test(value)) return false
  const signs = length - lettersAndDigits(value).length
  return signs * 5 >= length && signs * 2 <= length + 4 && new Set(value).size * 100 >= length * DIFFERENT
}
const MIN_NOISE = 48
const MAX_NOISE = 72
/** Percent. */
const DIFFERENT = 60

function lettersAndDigits(value: string): string {
  let bare = ""
  for (let i = 0; i < value.length; i++) if (hasClass(value, i, ALNUM)) bare += value.charAt(i)
  return bare
}

function some(value: string, kind: number): boolean {
  for (let i = 0; i < value.length; i++) if (hasClass(value, i, kind)) return true
  return false
}
