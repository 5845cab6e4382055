import type { MaskedText } from "./masked-text.ts"

/**
 * Remembers texts by their content, so that a conversation that is sent again is not scanned again. `slot` keeps
 * apart texts whose findings depend on where they stand (property name, JSON).
 */
export interface MaskCache {
  get(slot: string, text: string): MaskedText | undefined
  set(slot: string, text: string, masked: MaskedText): void
  clear(): void
  /** Bytes accounted for: two per character of each text and of each changed result, and a share per entry. */
  readonly bytes: number
}

const BYTES_PER_CHAR = 2
const BYTES_PER_ENTRY = 100
const BYTES_PER_FINDING = 60

type Generation = Map<string, Map<string, MaskedText>>

/**
 * A cache that never accounts for more than `maxBytes`. Two generations stand for "least recently used": entries
 * start and move to the young one when used; when it holds half of the bound the old one is dropped as a whole.
 */
export function createMaskCache(maxBytes: number): MaskCache {
  const half = maxBytes / 2
  let young: Generation = new Map()
  let old: Generation = new Map()
  let youngBytes = 0
  let oldBytes = 0

  const add = (slot: string, text: string, masked: MaskedText, bytes: number): void => {
    if (youngBytes + bytes > half) {
      old = young
      oldBytes = youngBytes
      young = new Map()
      youngBytes = 0
    }
    const texts = young.get(slot) ?? new Map<string, MaskedText>()
    young.set(slot, texts)
    texts.set(text, masked)
    youngBytes += bytes
  }

  const remove = (slot: string, text: string): void => {
    const fresh = young.get(slot)?.get(text)
    if (fresh && young.get(slot)?.delete(text)) youngBytes -= costOf(text, fresh)
    const aged = old.get(slot)?.get(text)
    if (aged && old.get(slot)?.delete(text)) oldBytes -= costOf(text, aged)
  }

  return {
    get(slot, text) {
      const fresh = young.get(slot)?.get(text)
      if (fresh) return fresh
      const aged = old.get(slot)?.get(text)
      if (!aged) return undefined
      remove(slot, text)
      add(slot, text, aged, costOf(text, aged))
      return aged
    },
    set(slot, text, masked) {
      remove(slot, text)
      const bytes = costOf(text, masked)
      if (bytes <= half) add(slot, text, masked, bytes)
    },
    clear() {
      young = new Map()
      old = new Map()
      youngBytes = 0
      oldBytes = 0
    },
    get bytes() {
      return youngBytes + oldBytes
    },
  }
}

function costOf(text: string, masked: MaskedText): number {
  const changed = masked.text === text ? 0 : masked.text.length
  return (
    BYTES_PER_ENTRY + BYTES_PER_CHAR * (text.length + changed) + BYTES_PER_FINDING * masked.findings.length
  )
}
