import { nibble, sextet } from "./encoded-head.ts"
import { SeamReader, tokenEnd } from "./seam.ts"
import type { Span } from "./view.ts"

/** A shorter first row, as behind a key, tells nothing about the width of the others; a shorter last one may be a word. */
const MIN_ROW = 16

/** Whether `text[start, end)` may be a row. */
export type IsRow = (text: string, start: number, end: number) => boolean

/**
 * The rows of an encoded text that was wrapped, from its first one at `text[start, end)`: those below have one width,
 * but for the last, and nothing else on their lines than a listing's prefix, quotes and padding.
 *
 * @param maxDigits no row is read once the others hold so many
 */
export function rowsFrom(
  text: string,
  start: number,
  end: number,
  isRow: IsRow,
  maxDigits: number = Number.POSITIVE_INFINITY,
): Span[] {
  const rows: Span[] = [{ start, end }]
  let digits = end - start
  const reader = new SeamReader(text, start)
  let width = 0
  for (;;) {
    const last = rows.at(-1)
    if (last === undefined || digits >= maxDigits || text.charAt(last.end) === "=") return rows
    const seam = reader.at(last.end)
    if (seam === undefined) return rows
    const rowEnd = tokenEnd(text, seam.next)
    const length = rowEnd - seam.next
    if (length < 2 || !endsRow(text, rowEnd) || !isRow(text, seam.next, rowEnd)) return rows
    if (length < MIN_ROW && isWord(text, seam.next, rowEnd)) return rows
    if (seam.kind !== "concat") {
      const lastLength = last.end - last.start
      const isTooLong = width > 0 ? length > width : length > lastLength && lastLength < MIN_ROW
      if (isTooLong || (rows.length > 1 && lastLength < width)) return rows
      width = Math.max(width, length)
    }
    rows.push({ start: seam.next, end: rowEnd })
    digits += length
  }
}

/** A short last row would look like any word of the text that follows, were it not for its capitals and digits. */
function isWord(text: string, start: number, end: number): boolean {
  return text.charAt(end) !== "=" && /^[A-Z]?[a-z]+$/.test(text.slice(start, end))
}

/** Nothing but padding, quotes, a break or the end of an element follows on the line. */
function endsRow(text: string, at: number): boolean {
  const rest = text.slice(at, at + 4).replace(/^={1,2}/, "")
  return rest === "" || /^[\s"'`\\<,;)|}\]&\u0001\uffff]/.test(rest)
}

/** Digits of base64 or base64url only. */
export const isBase64Row: IsRow = (text, start, end) => {
  for (let i = start; i < end; i++) if (sextet(text.charCodeAt(i)) === -1) return false
  return true
}

/** Hex digits only. */
export const isHexRow: IsRow = (text, start, end) => {
  for (let i = start; i < end; i++) if (nibble(text.charCodeAt(i)) === -1) return false
  return true
}

/** `end` with the padding of base64 that follows. */
export function padded(text: string, end: number): number {
  let i = end
  while (i < end + 2 && text.charAt(i) === "=") i++
  return i
}
