import { ALNUM, DIGIT, hasClass, LETTER, LOWER, skipLeft, skipRight, TOKEN, UPPER } from "../charset.ts"
import { isFilled } from "../dummy.ts"
import { bitsPerChar } from "../likelihood.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isSequence, isUuid, looksRandom } from "../token-shape.ts"

/** What may stand between the word and the value, and how much of it. */
const SEPARATORS = " \t\r\n=:.\"'`-_>"
const MAX_SEPARATORS = 6
const MAX_VALUE = 384
const MIN_VALUE = 12
const MIN_LETTERS = 20
const MAX_LETTERS = 64
/** A word of so many characters is a row of base64 that ends in capitals by chance. */
const MIN_ROW = 48
/** Bits per character below which a value with digits still reads like words: `release-notes-2024`. */
const WORD_BITS = 4.4
/** Words before `KEY` or `ACCESS` that make it a part of a table, a keyboard, a file or a member. */
const HARMLESS_BEFORE =
  /(?:alter|candidate|composite|constraint|create|delete|duplicate|foreign|host|index|natural|on|partition|press|primary|public|random|read|sort|surrogate|unique|write)[\s_.-]{0,3}$/i
/** Further words of the announcement: `SECRET key`, `ACCESS code`, `TOKEN is`. */
const FURTHER = /^(?:api|code|is|key|secret|tkn|tok|token|val|value)(?=[\s=:."'`_-])/i

class AnnouncedRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    const text = this.#text
    if (start < this.#doneTo || !hasClass(text, start, UPPER) || !isAnnouncement(text, start, end)) return
    const wordEnd = skipRight(text, end, UPPER, end + 8)
    const valueAt = skipAnnouncement(text, wordEnd)
    if (valueAt === wordEnd) return
    const valueEnd = endOfValue(text, valueAt)
    this.#doneTo = wordEnd
    if (!isValue(text.slice(valueAt, valueEnd))) return
    this.#emit("announced-token", valueAt, valueEnd)
    this.#doneTo = valueEnd
  }
}

/** The word is in capitals, and a word in lower case stands before it, glued or with one separator between. */
function isAnnouncement(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!hasClass(text, i, UPPER)) return false
  let before = start
  const gap = text.charAt(before - 1)
  if (gap === " " || gap === "-" || gap === "_" || gap === "." || gap === "\n") before--
  if (before !== start && hasClass(text, before - 1, UPPER)) return isSecondWord(text, before)
  if (!hasClass(text, before - 1, LOWER | DIGIT) || !hasClass(text, before - 2, LOWER)) return false
  if (HARMLESS_BEFORE.test(text.slice(Math.max(0, start - 14), start))) return false
  return before !== start || end - skipLeft(text, end, TOKEN, end - MIN_ROW) < MIN_ROW
}

/** `acme PRIVATE KEY`, `acme ACCESS TOKEN`: the first word is the announcement. */
function isSecondWord(text: string, end: number): boolean {
  // The last letters of these words.
  if (!"ETSI".includes(text.charAt(end - 1))) return false
  const window = text.slice(Math.max(0, end - 16), end)
  return /[a-z0-9][ _.-]?(?:PRIVATE|ACCESS|SECRET|API)$/.test(window)
}

/** Skips separators and at most two further words. */
function skipAnnouncement(text: string, from: number): number {
  let at = skipSeparators(text, from)
  for (let words = 0; words < 2 && at > from; words++) {
    const word = FURTHER.exec(text.slice(at, at + 12))
    if (word === null) break
    at = skipSeparators(text, at + word[0].length)
  }
  return at
}

function skipSeparators(text: string, from: number): number {
  let i = from
  while (i < from + MAX_SEPARATORS && i < text.length && SEPARATORS.includes(text.charAt(i))) i++
  return i
}

/** Token characters, full stops between them, and padding. */
function endOfValue(text: string, start: number): number {
  let end = start
  const limit = Math.min(text.length, start + MAX_VALUE)
  while (end < limit && (hasClass(text, end, TOKEN) || isInnerStop(text, end))) end++
  while (end < limit && text.charAt(end) === "=") end++
  return end
}

function isInnerStop(text: string, index: number): boolean {
  return text.charAt(index) === "." && hasClass(text, index + 1, ALNUM)
}

/**
 * Anything that is no word will do here, also what people type in place of a token: letters mixed with digits, an
 * alphabet, a UUID, a long number.
 */
function isValue(value: string): boolean {
  if (value.length < MIN_VALUE || value.length >= MAX_VALUE) return false
  if (isUuid(value)) return true
  const digits = countOf(value, DIGIT)
  if (digits === 0 && value.length > MAX_LETTERS) return false
  const letters = countOf(value, LETTER)
  if (isFilled(value) || /^0x/i.test(value)) return false
  if (letters === 0) return digits >= MIN_LETTERS && digits === value.length
  if (isSequence(value, 0, value.length)) return digits > 0 || letters >= MIN_LETTERS
  if (digits < 3 || letters < 2) return letters >= MIN_LETTERS && looksRandom(value, 0, value.length)
  return bitsPerChar(value, 0, value.length) >= WORD_BITS
}

function countOf(text: string, flags: number): number {
  let count = 0
  for (let i = 0; i < text.length; i++) if (hasClass(text, i, flags)) count++
  return count
}

/** A token behind a vendor's word and `SECRET`, `TOKEN`, `ACCESS`, `PRIVATE` or `KEY` in capitals. */
export const announcedPass: Pass = {
  detectors: [
    {
      id: "announced-token",
      title: "Token announced by a word in capitals",
      source: "https://github.com/mongodb/kingfisher/tree/main/data/rules",
    },
  ],
  keywords: ["secret", "private", "access", "token", "key"],
  begin: (text, emit) => new AnnouncedRun(text, emit),
}
