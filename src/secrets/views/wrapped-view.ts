import { CLASSES, DIGIT, HEX, LOWER, UPPER } from "../charset.ts"
import type { Candidate } from "../candidates.ts"
import { bitsPerChar } from "../likelihood.ts"
import { SeamReader, tokenEnd } from "./seam.ts"
import { SplicedText } from "./spliced-text.ts"
import type { Span, View } from "./view.ts"

/** A JSON Web Token of 4 kB at 64 characters a line. */
const MAX_PIECES = 64
const BEFORE = 32

/**
 * Tokens that were broken over lines or strings, each in one piece. Undefined where none is.
 *
 * @param broken tokens with a vendor's prefix after which a line or a string ends, ascending
 * @param found what the text itself shows: a token that is whole already goes on only in what is no word
 */
export function wrappedView(
  text: string,
  broken: readonly Span[],
  found: readonly Candidate[],
): View | undefined {
  if (broken.length === 0) return undefined
  const whole = new Set(found.map(({ end }) => end))
  const starts = new Set(broken.map(({ start }) => start))
  const view = new SplicedText(text, 0)
  let doneTo = 0
  for (const token of broken) {
    if (token.start < doneTo) continue
    const pieces = piecesOf(text, token, whole.has(token.end), starts)
    if (pieces.length < 2) continue
    doneTo = pieces.at(-1)?.end ?? doneTo
    append(view, text, pieces)
  }
  return view.length === 0 ? undefined : view
}

function append(view: SplicedText, text: string, pieces: readonly Span[]): void {
  const [first] = pieces
  if (first === undefined) return
  if (view.length > 0) view.gap()
  const lead = text.slice(Math.max(0, first.start - BEFORE), first.start)
  const lineStart = first.start - lead.length + lead.lastIndexOf("\n") + 1
  view.copy(lineStart, first.end)
  for (const piece of pieces.slice(1)) {
    view.seam()
    view.copy(piece.start, piece.end)
  }
  // With what follows: a token that ends there is not cut off.
  const end = pieces.at(-1)?.end ?? first.end
  view.copy(end, Math.min(end + 1, text.length))
}

function piecesOf(text: string, token: Span, isWhole: boolean, starts: ReadonlySet<number>): Span[] {
  const pieces: Span[] = [token]
  const reader = new SeamReader(text, token.start)
  while (pieces.length < MAX_PIECES) {
    const seam = reader.at(pieces.at(-1)?.end ?? 0)
    if (seam === undefined || starts.has(seam.next)) break
    const end = tokenEnd(text, seam.next)
    if (end === seam.next || !isRestOfToken(text, { start: seam.next, end }, isWhole)) break
    pieces.push({ start: seam.next, end })
  }
  return pieces
}

/** Whether a piece may be the rest of a token: after one that is whole already, only what is generated beyond doubt. */
export function isRestOfToken(text: string, piece: Span, isWhole: boolean): boolean {
  const { start, end } = piece
  let seen = 0
  for (let i = start; i < end; i++) seen |= CLASSES[text.charCodeAt(i)] ?? 0
  const hasDigits = (seen & DIGIT) !== 0
  const hasCases = (seen & UPPER) !== 0 && (seen & LOWER) !== 0
  if (!isWhole) return hasDigits || hasCases || end - start <= 3 || (seen & LOWER) === 0
  if (!isAlone(text, end)) return false
  return hasDigits && (seen & (UPPER | LOWER)) !== 0 && isGenerated(text, piece)
}

/** Nothing follows on the line but what closes a string. */
function isAlone(text: string, end: number): boolean {
  return (
    /^(?:[\s"'`\\<,;)\]}]|$)/.test(text.slice(end, end + 1)) &&
    !/^[ \t]{1,4}[\w(]/.test(text.slice(end, end + 6))
  )
}

/** No digest, no version, no word with a number. */
function isGenerated(text: string, { start, end }: Span): boolean {
  const length = end - start
  if (length < 4) return false
  let hex = 0
  for (let i = start; i < end; i++) if ((CLASSES[text.charCodeAt(i)] ?? 0) & HEX) hex++
  if (hex === length && length >= 32) return false
  return length < 8 ? !text.slice(start, end).includes(".") : bitsPerChar(text, start, end) >= 5.2
}
