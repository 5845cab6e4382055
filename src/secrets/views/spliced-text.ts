import { GAP, type Span, type View } from "./view.ts"

/** A stretch of a view: copied character by character, or what stands for `[from, to)` of the text as a whole. */
interface Stretch {
  /** Where it begins in the view. */
  readonly at: number
  readonly from: number
  readonly to: number
  readonly isCopy: boolean
  /** It does not follow the stretch before it: a finding over both is reported in two spans. */
  readonly isApart: boolean
}

/** Builds a view out of copied and replaced stretches of a text, and keeps where each came from. */
export class SplicedText implements View {
  readonly #source: string
  readonly #parts: string[] = []
  readonly #stretches: Stretch[] = []
  /** Where in the view something was undone, ascending, and where that ends. */
  readonly #undone: number[] = []
  readonly #undoneEnds: number[] = []
  readonly #reach: number
  #text: string | undefined
  #length = 0
  #isApart = false

  /**
   * @param reach how far before a finding something must have been undone for the finding to count: a key that only
   *   the view can read stands before its value
   */
  constructor(source: string, reach: number) {
    this.#source = source
    this.#reach = reach
  }

  get length(): number {
    return this.#length
  }

  get text(): string {
    this.#text ??= this.#parts.join("")
    return this.#text
  }

  copy(from: number, to: number): void {
    if (to > from) this.#add(from, to, this.#source.slice(from, to), true)
  }

  /**
   * Writes `text` for `[from, to)`; an empty `text` leaves it out.
   *
   * @param isAligned whether each character of `text` stands for the one at the same place
   */
  replace(from: number, to: number, text: string, isAligned = false): void {
    this.#undone.push(this.#length)
    this.#undoneEnds.push(this.#length + Math.max(text.length, 1))
    if (text !== "") this.#add(from, to, text, isAligned)
  }

  /** Leaves out what stands between two pieces of one value, which is not to be masked. */
  seam(): void {
    this.#undone.push(this.#length)
    this.#undoneEnds.push(this.#length + 1)
    this.#isApart = true
  }

  /** Sets off what follows from what came before. */
  gap(): void {
    this.#parts.push(GAP)
    this.#text = undefined
    this.#length += GAP.length
    this.#isApart = true
  }

  #add(from: number, to: number, text: string, isCopy: boolean): void {
    this.#stretches.push({ at: this.#length, from, to, isCopy, isApart: this.#isApart })
    this.#parts.push(text)
    this.#text = undefined
    this.#length += text.length
    this.#isApart = false
  }

  trace(start: number, end: number): readonly Span[] {
    return this.#isUndone(start - this.#reach, end) ? this.spans(start, end) : []
  }

  /** Like `trace`, whether or not anything was undone there. */
  spans(start: number, end: number): Span[] {
    const spans: Span[] = []
    for (let i = this.#stretchAt(start); i < this.#stretches.length; i++) {
      const stretch = this.#stretches[i]
      if (stretch === undefined || stretch.at >= end) break
      const span = spanOf(stretch, start, end, this.#stretches[i + 1]?.at ?? this.#length)
      if (span === undefined) continue
      const last = spans.at(-1)
      if (last === undefined || stretch.isApart) spans.push(span)
      else spans[spans.length - 1] = { start: last.start, end: span.end }
    }
    return spans
  }

  #isUndone(start: number, end: number): boolean {
    const last = firstAbove(this.#undone.length, (i) => (this.#undone[i] ?? 0) >= end) - 1
    return last >= 0 && (this.#undoneEnds[last] ?? 0) > start
  }

  #stretchAt(offset: number): number {
    return Math.max(0, firstAbove(this.#stretches.length, (i) => (this.#stretches[i]?.at ?? 0) > offset) - 1)
  }
}

/** The part of a stretch that `[start, end)` of the view covers, in the text; `next` is where the stretch ends. */
function spanOf(stretch: Stretch, start: number, end: number, next: number): Span | undefined {
  const { at, from, to, isCopy } = stretch
  if (!isCopy) return { start: from, end: to }
  const first = Math.max(start, at) - at
  const last = Math.min(end, next, at + to - from) - at
  return last > first ? { start: from + first, end: from + last } : undefined
}

/** Lowest index below `count` for which `isAbove` holds, which must hold from there on; `count` without any. */
function firstAbove(count: number, isAbove: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (isAbove(middle)) high = middle
    else low = middle + 1
  }
  return low
}
