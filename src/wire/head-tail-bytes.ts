const BLOCK_BYTES = 16_384

/** Bytes that come in pieces, of which the first and the last half of `maxBytes` are kept. Copies what it keeps. */
export class HeadTailBytes {
  readonly #headRoom: number
  readonly #tailRoom: number
  readonly #head = new Blocks()
  readonly #tail = new Blocks()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#headRoom = Math.ceil(maxBytes / 2)
    this.#tailRoom = Math.floor(maxBytes / 2)
  }

  /** Bytes that came, kept or not. */
  get bytes(): number {
    return this.#bytes
  }

  push(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength
    const room = this.#headRoom - this.#head.bytes
    this.#head.push(chunk.subarray(0, room))
    this.#tail.push(chunk.subarray(room))
    this.#tail.shrinkTo(this.#tailRoom)
  }

  /** Everything, or `undefined` where something is missing. */
  whole(): Uint8Array | undefined {
    if (this.#bytes > this.#headRoom + this.#tailRoom) return undefined
    return concat([this.#head.joined(), this.#tail.joined()])
  }

  ends(): { readonly head: Uint8Array; readonly tail: Uint8Array } {
    const tail = this.#tail.joined()
    return { head: this.#head.joined(), tail: tail.subarray(Math.max(0, tail.byteLength - this.#tailRoom)) }
  }
}

/** Bytes in blocks of one size, however small the pieces are in which they come. */
class Blocks {
  #blocks: Uint8Array[] = []
  /** Bytes of the last block that are in use. */
  #used = BLOCK_BYTES
  #bytes = 0

  get bytes(): number {
    return this.#bytes
  }

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.byteLength; ) {
      const block = this.#blocks.at(-1)
      if (block === undefined || this.#used === BLOCK_BYTES) {
        this.#blocks.push(new Uint8Array(BLOCK_BYTES))
        this.#used = 0
        continue
      }
      const part = piece.subarray(at, at + BLOCK_BYTES - this.#used)
      block.set(part, this.#used)
      this.#used += part.byteLength
      this.#bytes += part.byteLength
      at += part.byteLength
    }
  }

  /** Lets go of whole blocks at the beginning, as long as `bytes` are left. */
  shrinkTo(bytes: number): void {
    const spare = Math.floor(Math.max(0, this.#bytes - bytes) / BLOCK_BYTES)
    if (spare === 0) return
    this.#blocks = this.#blocks.slice(spare)
    this.#bytes -= spare * BLOCK_BYTES
  }

  joined(): Uint8Array {
    return concat(this.#blocks).subarray(0, this.#bytes)
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}
