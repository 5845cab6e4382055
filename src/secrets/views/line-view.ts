import { GAP, type Span, type View } from "./view.ts"

/** Lines of a text without what a tool wrote before them; findings are traced back line by line. */
export class LineView implements View {
  readonly #source: string
  readonly #parts: string[] = []
  /** Where each line begins in the view and in the source, and where its content ends in the view. */
  readonly #starts: number[] = []
  readonly #origins: number[] = []
  readonly #ends: number[] = []
  #text: string | undefined
  #length = 0

  constructor(source: string) {
    this.#source = source
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  get text(): string {
    this.#text ??= this.#parts.join("")
    return this.#text
  }

  /** Adds what stands in `[from, to)` of the source, without its line break. */
  line(from: number, to: number): void {
    const source = this.#source
    this.#starts.push(this.#length)
    this.#origins.push(from)
    this.#ends.push(this.#length + to - from - (to > from && source.charCodeAt(to - 1) === 13 ? 1 : 0))
    // With its own line break, where it has one: one piece to join instead of two.
    const isBroken = source.charCodeAt(to) === 10
    this.#add(source.slice(from, isBroken ? to + 1 : to))
    if (!isBroken) this.#add("\n")
  }

  gap(): void {
    if (this.#length > 0) this.#add(GAP)
  }

  #add(part: string): void {
    this.#parts.push(part)
    this.#length += part.length
    this.#text = undefined
  }

  trace(start: number, end: number): readonly Span[] {
    const spans: Span[] = []
    for (let i = this.#lineAt(start); i < this.#starts.length; i++) {
      const from = this.#starts[i] ?? 0
      if (from >= end) break
      const first = Math.max(start, from)
      const last = Math.min(end, this.#ends[i] ?? 0)
      const shift = (this.#origins[i] ?? 0) - from
      if (last > first) spans.push({ start: first + shift, end: last + shift })
    }
    return spans
  }

  #lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) > offset) high = middle
      else low = middle + 1
    }
    return Math.max(0, low - 1)
  }
}
