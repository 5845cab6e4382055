/** How many bytes are looked at to tell text from anything else. */
const HEAD_BYTES = 9
const BACKSLASH = 92

/** Values of the digits of base64 and base64url, and of hex, by their codes; -1 for none. */
const SEXTETS: Int8Array = new Int8Array(256).fill(-1)
const NIBBLES: Int8Array = new Int8Array(256).fill(-1)
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
for (let value = 0; value < 64; value++) SEXTETS[DIGITS.charCodeAt(value)] = value
for (const [digit, value] of [
  ["-", 62],
  ["_", 63],
] as const)
  SEXTETS[digit.charCodeAt(0)] = value
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  NIBBLES[digit.charCodeAt(0)] = value
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value
}

/** Value of a base64 or base64url digit, or -1. */
export function sextet(code: number): number {
  return SEXTETS[code] ?? -1
}

/** Value of a hex digit, or -1. */
export function nibble(code: number): number {
  return NIBBLES[code] ?? -1
}

function isHexDigit(text: string, at: number): boolean {
  return nibble(text.charCodeAt(at)) !== -1
}

/** Tells byte by byte whether they are text: printable ASCII, white space, well-formed UTF-8, or ASCII in UTF-16LE. */
export class TextCheck {
  #pending = 0
  #count = 0
  #wide = false

  /** False where `byte` cannot follow in a text. */
  accepts(byte: number): boolean {
    this.#count++
    if (this.#pending > 0) {
      this.#pending--
      return byte >= 0x80 && byte < 0xc0
    }
    if (byte === 0) {
      if (this.#count === 2) this.#wide = true
      return this.#wide && this.#count % 2 === 0
    }
    if (this.#wide && this.#count % 2 === 0) return false
    if (byte < 0x80) return byte >= 32 ? byte !== 127 : (byte >= 8 && byte <= 13) || byte === 27
    if (byte < 0xc2 || byte > 0xf4) return false
    this.#pending = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    return true
  }
}

/** Whether a byte may begin a character of a text; zero is every second byte of UTF-16. */
function mayBegin(byte: number): boolean {
  return byte < 0x80 ? byte >= 32 || byte === 0 || (byte >= 8 && byte <= 13) || byte === 27 : byte >= 0xc2
}

function isBase64Head(text: string, start: number, end: number): boolean {
  // Nine of ten words, paths and hashes end here, before anything is made.
  const second = sextet(text.charCodeAt(start + 1))
  const first = (sextet(text.charCodeAt(start)) << 2) | (second >> 4)
  if (first <= 0 || !mayBegin(first)) return false
  if (first < 0x80 && !mayBegin(((second & 15) << 4) | (sextet(text.charCodeAt(start + 2)) >> 2)))
    return false
  const check = new TextCheck()
  let bits = 0
  let held = 0
  const stop = Math.min(end, start + (HEAD_BYTES * 4) / 3)
  for (let i = start; i < stop; i++) {
    held = (held << 6) | sextet(text.charCodeAt(i))
    bits += 6
    if (bits < 8) continue
    bits -= 8
    if (!check.accepts((held >> bits) & 255)) return false
  }
  return true
}

function isHexHead(text: string, start: number, end: number): boolean {
  const high = nibble(text.charCodeAt(start))
  if (high === -1 || high === 1 || (high >= 8 && high < 12)) return false
  const check = new TextCheck()
  const stop = Math.min(end - 1, start + HEAD_BYTES * 2)
  for (let i = start; i < stop; i += 2) {
    const byte = nibble(text.charCodeAt(i)) * 16 + nibble(text.charCodeAt(i + 1))
    if (!isHexDigit(text, i) || !isHexDigit(text, i + 1) || !check.accepts(byte)) return false
  }
  return true
}

/** Shortest run that is decoded: nothing with fewer characters holds a secret that can be told alone. */
const MIN_ENCODED = 16

/**
 * Where base64 of a text may begin in a run of token characters; -1 where it holds none: at its start, behind the
 * letter of an escape (`\n`) or the mark of a diff, at any alignment where the text begins inside it, or behind the last separator.
 */
export function base64Start(text: string, start: number, end: number): number {
  const before = text.charCodeAt(start - 1)
  const isMarked = (before === 10 || before === 43) && text.charCodeAt(start) === 43
  const offsets = start === 0 ? 3 : before === BACKSLASH || isMarked ? 1 : 0
  for (let from = start; from <= start + offsets; from++)
    if (end - from >= MIN_ENCODED && isBase64Head(text, from, end)) return from
  const from = behindSeparator(text, start, end)
  return end - from >= MIN_ENCODED && isBase64Head(text, from, end) ? from : -1
}

/** Where hex of a text may begin in a run of token characters; -1 where it holds none. */
export function hexStart(text: string, start: number, end: number): number {
  const isNamed = text.charCodeAt(start) === 48 && (text.charCodeAt(start + 1) | 32) === 120
  const from = isNamed ? start + 2 : text.charCodeAt(start - 1) === BACKSLASH ? start + 1 : start
  return end - from >= MIN_ENCODED && isHexHead(text, from, end) ? from : -1
}

export function mayBeEncoded(text: string, start: number, end: number): boolean {
  return base64Start(text, start, end) !== -1 || hexStart(text, start, end) !== -1
}

/** Behind the last separator near the start of a run; its end where there is none. */
function behindSeparator(text: string, start: number, end: number): number {
  for (let i = Math.min(end, start + 80) - 1; i > start; i--) {
    const code = text.charCodeAt(i)
    if (code === 45 || code === 95 || code === 47 || code === 43) return i + 1
  }
  return end
}
