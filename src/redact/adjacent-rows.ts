import type { Finding } from "../secrets/rule.ts"
import type { TextSlot } from "../wire/dialect.ts"
import type { MaskedText } from "./masked-text.ts"
import type { AdjacentText, SeamFinder } from "./seams.ts"

interface Numbered extends AdjacentText {
  readonly number: number
}

/** Keeps the texts that follow each other, until it is asked what they hold together. */
export class AdjacentRows {
  readonly #rows: Numbered[][] = []
  #count = 0
  #last: Numbered | undefined
  #isOpen = false

  add(text: string, slot: TextSlot, masked: MaskedText): void {
    const number = this.#count
    this.#count += 1
    if (slot.isKey) return
    const last = this.#last
    // The findings of a JSON document are placed at whole strings, and nothing goes on behind its last brace.
    this.#last = slot.json ? undefined : { number, text, masked }
    if (!this.#last || !last || !slot.follows) {
      this.#isOpen = false
      return
    }
    if (!this.#isOpen) this.#rows.push([last])
    this.#isOpen = true
    this.#rows.at(-1)?.push(this.#last)
  }

  /** Pieces of split secrets by the number of the text, as counted in the order of `add`. */
  find(seams: SeamFinder): ReadonlyMap<number, readonly Finding[]> {
    const pieces = new Map<number, readonly Finding[]>()
    for (const texts of this.#rows) {
      for (const [index, findings] of seams.find(texts)) pieces.set(texts[index]?.number ?? -1, findings)
    }
    return pieces
  }
}
