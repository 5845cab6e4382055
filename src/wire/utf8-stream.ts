/**
 * Decodes UTF-8 that arrives in pieces cut anywhere, and drops a byte order mark at the start. `TextDecoder` drops
 * it too, but Bun's misses one whose three bytes come in two pieces.
 */
export class Utf8Stream {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true })
  #atStart = true

  push(chunk: Uint8Array): string {
    return this.#strip(this.#decoder.decode(chunk, { stream: true }))
  }

  /** What an incomplete last character leaves: U+FFFD. */
  end(): string {
    return this.#strip(this.#decoder.decode())
  }

  #strip(text: string): string {
    if (!this.#atStart || text === "") return text
    this.#atStart = false
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }
}
