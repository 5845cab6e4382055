import { base64Start, hexStart } from "./encoded-head.ts"
import { isBase64Row, isHexRow, padded, rowsFrom } from "./rows.ts"
import { joined } from "./seam.ts"
import { textKind } from "./text-kind.ts"
import { GAP, type Span, type View } from "./view.ts"

/** Up to this many characters an encoded text is masked whole where a part of it is a secret. */
const WHOLE = 256

/** How bytes are written: so many characters for so many bytes. */
interface Coding {
  readonly bytes: number
  readonly chars: number
}

const BASE64: Coding = { bytes: 3, chars: 4 }
const HEX: Coding = { bytes: 1, chars: 2 }

/** One encoded text: where its digits stand, and where its decoded characters stand in the view. */
interface Decoded {
  readonly at: number
  readonly text: string
  /** Offset of the byte that a character begins with; identity where undefined. */
  readonly byteOf: ((char: number) => number) | undefined
  readonly coding: Coding
  readonly rows: readonly Span[]
  /** How many digits stand before each row. */
  readonly rowStarts: readonly number[]
  readonly digits: number
}

/**
 * What stands in base64, base64url or hex in a text, on one line or wrapped over several; undefined where nothing
 * decodes to text.
 *
 * @param runs runs of token characters whose first ones may be encoded text, ascending
 */
export function encodedView(text: string, runs: readonly Span[]): View | undefined {
  const pieces: Decoded[] = []
  const parts: string[] = []
  let at = 0
  let doneTo = 0
  let aloneTo = 0
  for (const run of runs) {
    if (run.end <= doneTo) continue
    const { found, triedTo } = decodeRun(text, run, run.start >= aloneTo)
    // Rows that make no text together are not put together again from each of them on.
    aloneTo = Math.max(aloneTo, triedTo)
    if (found === undefined) continue
    doneTo = found.rows.at(-1)?.end ?? run.end
    pieces.push({ ...found, at })
    parts.push(found.text)
    at += found.text.length + GAP.length
  }
  if (pieces.length === 0) return undefined
  const starts = pieces.map((piece) => piece.at)
  return { text: parts.join(GAP), trace: (start, end) => traced(pieces, starts, start, end, text) }
}

interface Attempt {
  readonly found: Decoded | undefined
  /** End of the last row that was read. */
  readonly triedTo: number
}

function decodeRun(text: string, { start, end }: Span, mayWrap: boolean): Attempt {
  const hex = hexStart(text, start, end)
  const asHex = hex === -1 ? undefined : decodeFrom(text, { start: hex, end }, HEX, mayWrap)
  if (asHex?.found !== undefined) return asHex
  const from = base64Start(text, start, end)
  return from === -1
    ? (asHex ?? { found: undefined, triedTo: 0 })
    : decodeFrom(text, { start: from, end }, BASE64, mayWrap)
}

function decodeFrom(text: string, run: Span, coding: Coding, mayWrap: boolean): Attempt {
  const isRow = coding === HEX ? isHexRow : isBase64Row
  const rows = mayWrap ? rowsFrom(text, run.start, run.end, isRow) : [run]
  const triedTo = rows.at(-1)?.end ?? run.end
  // What follows the last row may be a word of the text around it.
  for (const count of new Set([rows.length, rows.length - 1, 1])) {
    const found = count > 0 ? decodeRows(text, rows.slice(0, count), coding) : undefined
    if (found !== undefined) return { found, triedTo }
  }
  return { found: undefined, triedTo }
}

function decodeRows(text: string, rows: readonly Span[], coding: Coding): Decoded | undefined {
  const digits = joined(text, rows)
  const usable = coding === HEX ? digits.length & ~1 : digits.length
  const bytes = Buffer.from(digits.slice(0, usable), coding === HEX ? "hex" : "base64")
  const kind = textKind(bytes)
  if (kind === undefined) return undefined
  const common = { at: 0, coding, rows, rowStarts: startsOf(rows), digits: digits.length }
  if (kind === "utf-16") return { ...common, text: bytes.toString("utf16le"), byteOf: (char) => char * 2 }
  if (kind === "ascii") return { ...common, text: bytes.toString("latin1"), byteOf: undefined }
  const decoded = bytes.toString("utf8")
  const offsets = byteOffsets(decoded)
  if ((offsets.at(-1) ?? 0) !== bytes.length)
    return { ...common, text: bytes.toString("latin1"), byteOf: undefined }
  return { ...common, text: decoded, byteOf: (char) => offsets[char] ?? bytes.length }
}

/** Offset in UTF-8 of every code unit of `text`, and of its end. */
function byteOffsets(text: string): Int32Array {
  const offsets = new Int32Array(text.length + 1)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    offsets[i] = at
    const code = text.charCodeAt(i)
    if (code < 0x80) at += 1
    else if (code < 0x800) at += 2
    else if (code < 0xd800 || code > 0xdfff) at += 3
    else at += i > 0 && code >= 0xdc00 ? 0 : 4
  }
  offsets[text.length] = at
  return offsets
}

function traced(
  pieces: readonly Decoded[],
  starts: readonly number[],
  start: number,
  end: number,
  text: string,
): readonly Span[] {
  const spans: Span[] = []
  for (let i = lastAtOrBefore(starts, start); i < pieces.length; i++) {
    const piece = pieces[i]
    if (piece === undefined || piece.at >= end) break
    const from = Math.max(start - piece.at, 0)
    const to = Math.min(end - piece.at, piece.text.length)
    if (to > from) spans.push(...digitSpans(piece, from, to, text))
  }
  return spans
}

function startsOf(rows: readonly Span[]): number[] {
  let passed = 0
  return rows.map(({ start, end }) => {
    passed += end - start
    return passed - (end - start)
  })
}

/** Index of the last of the ascending `starts` that is not above `offset`; 0 where all are. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/** The rows, or parts of rows, whose digits hold any bit of the decoded characters `[from, to)`. */
function digitSpans(piece: Decoded, from: number, to: number, text: string): Span[] {
  const { byteOf, coding, rows, rowStarts, digits } = piece
  const { bytes, chars } = coding
  const first = Math.floor((byteOf?.(from) ?? from) / bytes) * chars
  const last = Math.ceil((byteOf?.(to) ?? to) / bytes) * chars
  const isWhole = digits <= WHOLE || last - first >= digits
  const start = isWhole ? 0 : first
  const end = isWhole ? digits : Math.min(last, digits)
  const spans: Span[] = []
  for (let i = lastAtOrBefore(rowStarts, start); i < rows.length; i++) {
    const row = rows[i]
    const passed = rowStarts[i] ?? 0
    if (row === undefined || passed >= end) break
    const from = row.start + Math.max(start - passed, 0)
    const to = Math.min(row.start + end - passed, row.end)
    spans.push({ start: from, end: end === digits && i === rows.length - 1 ? padded(text, to) : to })
  }
  return spans
}
