const PLACE_BITS = 13
const PLACES: number = 1 << PLACE_BITS
/** Longer names are not kept: they may hold more than a name. */
const MAX_LENGTH = 40
const ABOVE_ASCII = 128

/** The codes of a text as a walk reads them: of ASCII, and 128 for everything above. */
export function codesOf(text: string): Uint8Array {
  const codes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) codes[i] = Math.min(text.charCodeAt(i), ABOVE_ASCII)
  return codes
}

/**
 * What was found out about names of ASCII characters, each at the place that its characters give; a later name takes the
 * place of an earlier one. In flat arrays: looking a name up reads three places of memory. Names that share a place are
 * told apart by all of their characters, so that nobody can make one that passes for another.
 */
export class KnownNames<T> {
  readonly #hashes: Int32Array = new Int32Array(PLACES)
  readonly #lengths: Uint8Array = new Uint8Array(PLACES)
  readonly #chars: Uint8Array = new Uint8Array(PLACES * MAX_LENGTH)
  readonly #values: T[] = []
  /** Of the name that was asked for last. */
  #hash = 0

  /** Where the name at `codes[start, end)` belongs; -1 where it is none that is kept. `isMarked` tells two kinds apart. */
  placeOf(codes: Uint8Array, start: number, end: number, isMarked: boolean): number {
    if (end - start > MAX_LENGTH || end === start) return -1
    let hash = isMarked ? 1 : 0
    for (let i = start; i < end; i++) {
      const code = codes[i] ?? ABOVE_ASCII
      if (code >= ABOVE_ASCII) return -1
      hash = Math.imul(hash, 31) + code
    }
    this.#hash = Math.imul(hash, 0x9e3779b1)
    return this.#hash >>> (32 - PLACE_BITS)
  }
  /** What is kept for the name that `placeOf` was asked for last. */
  at(place: number, codes: Uint8Array, start: number, end: number): T | undefined {
    if (this.#hashes[place] !== this.#hash || this.#lengths[place] !== end - start) return undefined
    const chars = this.#chars
    for (let i = start, j = place * MAX_LENGTH; i < end; i++, j++) if (chars[j] !== codes[i]) return undefined
    return this.#values[place]
  }

  set(place: number, codes: Uint8Array, start: number, end: number, value: T): void {
    this.#hashes[place] = this.#hash
    this.#lengths[place] = end - start
    this.#chars.set(codes.subarray(start, end), place * MAX_LENGTH)
    this.#values[place] = value
  }
}
