import { PLACEHOLDER_CHARS, placeholderOf, placeholderPattern } from "../base/placeholder.ts"
import { hasClass, TOKEN } from "./charset.ts"
import type { Finding } from "./rule.ts"

/** Stands for every character of a placeholder while a text is scanned: no detector takes it for anything. */
const VEIL = "\uffff"
const VEILED = VEIL.repeat(PLACEHOLDER_CHARS)
const PREFIX = "<REDACTED:"

/** The same text, equally long, in which no detector can see into a placeholder or depend on its digits. */
export function veilPlaceholders(text: string): string {
  if (!text.includes(PREFIX)) return text
  return text.replace(placeholderPattern(), VEILED)
}

/** The same text, equally long, in which no detector sees what the sorted, disjoint `spans` hold. */
export function veilSpans(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): string {
  if (spans.length === 0) return text
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of spans) {
    pieces.push(text.slice(from, start), VEIL.repeat(end - start))
    from = end
  }
  pieces.push(text.slice(from))
  return pieces.join("")
}

/** A text without the placeholders that stand inside its tokens. */
export interface StitchedText {
  readonly text: string
  /** Where a finding of the stitched text stands in the veiled one; undefined where it holds no seam. */
  unstitch(finding: Finding): Finding | undefined
}

/**
 * Joins what stands left and right of placeholders that are glued on both sides to characters of tokens: a marker
 * that someone put into a token must not hide it. Undefined where there are none.
 */
export function stitchTokens(veiled: string): StitchedText | undefined {
  const seams: { readonly at: number; readonly shift: number }[] = []
  const pieces: string[] = []
  let from = 0
  let shift = 0
  for (const { index, 0: veil } of veiled.matchAll(/\uffff+/g)) {
    const end = index + veil.length
    if (!hasClass(veiled, index - 1, TOKEN) || !hasClass(veiled, end, TOKEN)) continue
    pieces.push(veiled.slice(from, index))
    seams.push({ at: index - shift, shift: shift + veil.length })
    shift += veil.length
    from = end
  }
  if (seams.length === 0) return undefined
  pieces.push(veiled.slice(from))
  return { text: pieces.join(""), unstitch: (finding) => unstitched(seams, finding) }
}

function unstitched(
  seams: readonly { readonly at: number; readonly shift: number }[],
  { ruleId, start, end }: Finding,
): Finding | undefined {
  const shiftAt = (offset: number): number => {
    let low = 0
    let high = seams.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((seams[middle]?.at ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low === 0 ? 0 : (seams[low - 1]?.shift ?? 0)
  }
  const before = shiftAt(start)
  const after = shiftAt(end - 1)
  return before === after ? undefined : { ruleId, start: start + before, end: end + after }
}

/** The parts of a finding outside placeholders, without blanks at their ends. */
export function cutPlaceholders(veiled: string, finding: Finding): Finding[] {
  const { ruleId, start, end } = finding
  const span = veiled.slice(start, end)
  if (!span.includes(VEIL)) return [finding]
  const pieces: Finding[] = []
  for (const match of span.matchAll(/[^\uffff]{1,65536}/g)) {
    const from = start + match.index
    pieces.push({ ruleId, start: from, end: from + match[0].length })
  }
  return pieces
}

/** What a text looks like once its findings are masked, and where each of its characters came from. */
export interface MaskedView {
  readonly text: string
  /** Offset in the text before masking. */
  original(offset: number): number
  /** The other way round, for offsets outside of findings and at their ends. */
  masked(offset: number): number
}

/** How many of the ascending `offsets` are not above `offset`. */
function countUpTo(offsets: readonly number[], offset: number): number {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

const SOME_PLACEHOLDER = placeholderOf("0".repeat(14))

/** Builds the masked form of `text`; `findings` are sorted and disjoint. */
export function maskedView(text: string, findings: readonly Finding[]): MaskedView {
  const pieces: string[] = []
  const maskedEnds: number[] = []
  const ends: number[] = []
  const shifts: number[] = []
  let from = 0
  let length = 0
  for (const { start, end } of findings) {
    pieces.push(text.slice(from, start), SOME_PLACEHOLDER)
    length += start - from + PLACEHOLDER_CHARS
    maskedEnds.push(length)
    ends.push(end)
    shifts.push(end - length)
    from = end
  }
  pieces.push(text.slice(from))
  const original = (offset: number): number => {
    const count = countUpTo(maskedEnds, offset)
    return count === 0 ? offset : offset + (shifts[count - 1] ?? 0)
  }
  const masked = (offset: number): number => {
    const count = countUpTo(ends, offset)
    return count === 0 ? offset : offset - (shifts[count - 1] ?? 0)
  }
  return { text: pieces.join(""), original, masked }
}
