/** More is left out: documents of that size are files, which the request of the next step holds. */
const MAX_CHARS = 1024 * 1024

/**
 * A JSON document that comes in pieces, such as the arguments of a tool call. What is secret in it shows by names and escapes
 * that only the whole document has, so nothing is given out before its end.
 */
export class LiveDocument {
  readonly #scrub: (text: string) => string
  #pieces: string[] = []
  #chars = 0

  /** @param scrub takes secrets out of a document, also of one that was cut off */
  constructor(scrub: (text: string) => string) {
    this.#scrub = scrub
  }

  push(piece: string): void {
    this.#chars += piece.length
    if (this.#chars <= MAX_CHARS) this.#pieces.push(piece)
    else this.#pieces = []
  }

  take(): string {
    return ""
  }

  end(): string {
    if (this.#chars > MAX_CHARS) return `[${this.#chars} characters left out]`
    return this.#pieces.length === 0 ? "" : this.#scrub(this.#pieces.join(""))
  }
}
