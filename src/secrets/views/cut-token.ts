import { CLASSES, DIGIT, LOWER, UPPER } from "../charset.ts"
import { shannonBits } from "../entropy.ts"
import { bitsPerChar } from "../likelihood.ts"
import type { Detector } from "../rule.ts"
import { isSequence, looksHex } from "../token-shape.ts"
import { GAP } from "./view.ts"

export const cutTokenDetector: Detector = {
  id: "cut-token",
  title: "First part of a vendor's token that was cut off",
  source: "https://github.blog/engineering/behind-githubs-new-authentication-token-formats/",
}

/** Known characters below which the rest of a token cannot be told from an example's. */
const MIN_KNOWN = 8
const MIN_HEX = 12
const MAX_JUDGED = 64
/** Bits per character below which the rest is made of words: 99 of 100 generated ones lie above, or 95 of few letters. */
const MIN_BITS = 5.2
const MIN_BITS_LETTERS = 5.6
const MIN_BITS_FEW_LETTERS = 5.9
/** Six different characters of eight. */
const MIN_ENTROPY = 2.4
/** Words that vendors put between prefix and random part: `api03-`, `proj-`, `live_`. */
const WORDS = /^(?:[a-z]{2,8}\d{0,2}[_-]){0,3}/
/** What programs write where they leave something out. */
const OMISSION =
  /[ \t]{0,4}(?:\u2026|\.{3}|\*{3}|[[(<]{1,2} ?(?:\.{3}|\u2026|snip|cut|truncated|redacted|output truncated|\d{1,9} (?:more )?(?:char|byte|line))|-{2,} ?(?:snip|cut|truncated))/iy

/**
 * Whether the token whose prefix ends at `from` and whose characters end at `to` was cut off there: the text, or what
 * a program shows of it, ends, and what is left is no word.
 */
export function isCutToken(text: string, from: number, to: number): boolean {
  return to - from >= MIN_KNOWN && isCutAt(text, to) && isGenerated(text, from, to)
}

function isCutAt(text: string, at: number): boolean {
  if (at === text.length || text.startsWith(GAP, at)) return true
  OMISSION.lastIndex = at
  return OMISSION.test(text)
}

function isGenerated(text: string, from: number, end: number): boolean {
  const to = Math.min(end, from + MAX_JUDGED)
  const words = WORDS.exec(text.slice(from, Math.min(to, from + 40)))?.[0].length ?? 0
  const start = from + words
  if (to - start < MIN_KNOWN || isSequence(text, start, to)) return false
  let seen = 0
  for (let i = start; i < to; i++) seen |= CLASSES[text.charCodeAt(i)] ?? 0
  const isMixed = (seen & DIGIT) !== 0 && (seen & (LOWER | UPPER)) !== 0
  const hasCases = (seen & LOWER) !== 0 && (seen & UPPER) !== 0
  if (!isMixed && !hasCases) return false
  if (shannonBits(text, start, to) < MIN_ENTROPY) return false
  // Hex has too few letters to be told from words by them.
  if (to - start >= MIN_HEX && looksHex(text, start, to)) return true
  const least = isMixed ? MIN_BITS : to - start >= 12 ? MIN_BITS_LETTERS : MIN_BITS_FEW_LETTERS
  return bitsPerChar(text, start, to) >= least
}
