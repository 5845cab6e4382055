import { CLASSES, DIGIT, LOWER, UPPER } from "../charset.ts"
import { bitsPerChar } from "../likelihood.ts"
import { joined, SeamReader, tokenEnd } from "./seam.ts"
import { SplicedText } from "./spliced-text.ts"
import type { Span, View } from "./view.ts"

/** A JSON Web Token of 4 kB at 64 characters a line. */
const MAX_PIECES = 64
const BEFORE = 32
/** Words and names with numbers lie below; 99 of 100 generated tokens of eight characters above. */
const MIN_BITS = 5.2

/**
 * Tokens that were broken over lines or strings, each in one piece. Undefined where none is.
 *
 * @param broken tokens with a vendor's prefix after which a line or a string ends, ascending
 * @param whole where the tokens end that the text itself shows: such a one goes on only in what is no word
 */
export function wrappedView(
  text: string,
  broken: readonly Span[],
  whole: ReadonlySet<number>,
): View | undefined {
  if (broken.length === 0) return undefined
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
    const last = pieces.at(-1) ?? token
    const seam = reader.at(last.end)
    if (seam === undefined || starts.has(seam.next)) break
    const piece = { start: seam.next, end: tokenEnd(text, seam.next) }
    if (!isTokenLike(text, piece) || endsEarly(pieces)) break
    if (isWhole && pieces.length < 3 && !isAlone(text, piece.end)) break
    pieces.push(piece)
  }
  return isWhole && !isGenerated(joined(text, pieces.slice(1))) ? [token] : pieces
}

/** What goes on behind a line that is shorter than the one before it was not broken there. */
function endsEarly(pieces: readonly Span[]): boolean {
  const [before, last] = pieces.slice(-2)
  if (pieces.length < 3 || before === undefined || last === undefined) return false
  return last.end - last.start < before.end - before.start
}

function classesOf(text: string, { start, end }: Span): number {
  let seen = 0
  for (let i = start; i < end; i++) seen |= CLASSES[text.charCodeAt(i)] ?? 0
  return seen
}

/** With digits, or with capitals and nothing like a word. */
function isTokenLike(text: string, piece: Span): boolean {
  const seen = classesOf(text, piece)
  if ((seen & DIGIT) !== 0) return true
  if ((seen & UPPER) === 0 || piece.end - piece.start < 4) return false
  return bitsPerChar(text, piece.start, piece.end) >= MIN_BITS
}

/** Nothing follows on the line but what closes a string. */
function isAlone(text: string, end: number): boolean {
  return (
    /^(?:[\s"'`\\<,;)\]}=]|$)/.test(text.slice(end, end + 1)) &&
    !/^[ \t]{1,4}[\w(]/.test(text.slice(end, end + 6))
  )
}

/** No digest, no version, no word with a number. */
function isGenerated(token: string): boolean {
  const whole = { start: 0, end: token.length }
  const seen = classesOf(token, whole)
  if (token.length < 4 || (seen & DIGIT) === 0 || (seen & (UPPER | LOWER)) === 0) return false
  if (token.length >= 32 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(token)) return false
  return token.length < 8 ? !token.includes(".") : bitsPerChar(token, 0, token.length) >= MIN_BITS
}
