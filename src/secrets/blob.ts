import { CLASSES, DIGIT, hasClass, LOWER, skipLeft, skipRight, TOKEN, UPPER } from "./charset.ts"
import { looksRandom } from "./token-shape.ts"

/** How far back encoded data is looked for, and how much of it must be there. */
const REACH = 60
const MIN_BESIDE = 20
/** A full line of armour or of wrapped base64. */
const MIN_LINE = 48

const PLUS = 43
const HYPHEN = 45
const SLASH = 47
const UNDERSCORE = 95
const NEWLINE = 10

/**
 * Whether the match `text[start, end)` of a rule lies inside longer base64: what stands directly before or behind
 * it, or fills the line before it, is generated too. A short prefix then is chance: four given characters occur once in
 * 16 MB of base64. Never for what stands behind a blank, a quote or a separator.
 */
export function isInsideBlob(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1)
  const after = text.charCodeAt(end)
  if ((after === PLUS || after === SLASH) && !hasUrlMark(text, start, end) && isDataAfter(text, end + 1))
    return true
  if (before === PLUS || before === SLASH)
    return !hasUrlMark(text, start, end) && isData(text, start - 1, MIN_BESIDE)
  if (before === HYPHEN || before === UNDERSCORE) return isData(text, start - 1, MIN_BESIDE)
  if (before !== NEWLINE || hasUrlMark(text, start, end)) return false
  return isData(text, start - 1 - (text.charCodeAt(start - 2) === 13 ? 1 : 0), MIN_LINE)
}

/** Holds a character that standard base64 has not. */
function hasUrlMark(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code > 127 || ((CLASSES[code] ?? 0) & TOKEN) === 0 || code === HYPHEN || code === UNDERSCORE)
      return true
  }
  return false
}

/** At least `least` token characters end at `end` and look like encoded bytes. */
function isData(text: string, end: number, least: number): boolean {
  const start = skipLeft(text, end, TOKEN, end - REACH)
  return end - start >= least && looksEncoded(text, start, end)
}

function isDataAfter(text: string, start: number): boolean {
  const end = skipRight(text, start, TOKEN, start + REACH)
  return end - start >= MIN_BESIDE && looksEncoded(text, start, end)
}

function looksEncoded(text: string, start: number, end: number): boolean {
  let upper = 0
  let lower = 0
  let digit = 0
  for (let i = start; i < end; i++) {
    if (hasClass(text, i, UPPER)) upper++
    if (hasClass(text, i, LOWER)) lower++
    if (hasClass(text, i, DIGIT)) digit++
  }
  return upper >= 4 && lower >= 4 && digit >= 1 && looksRandom(text, start, end)
}
