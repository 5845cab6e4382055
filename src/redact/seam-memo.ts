import type { Finding } from "../secrets/rule.ts"
import type { MaskedText } from "./masked-text.ts"

/** What is split over the texts of a row, by their place in it. */
export type Split = ReadonlyMap<number, readonly Finding[]>

/** A row of texts, as the memo knows it. */
type RowKey = string

/** Remembers what was found for rows of texts, which it knows by their cached results. */
export interface SeamMemo {
  rowOf(texts: readonly { readonly masked: MaskedText }[]): RowKey
  /** What was found for the row at this version; `undefined` where it was not looked at, or is forgotten. */
  get(row: RowKey, version: number): Split | undefined
  set(row: RowKey, version: number, split: Split): void
  /** Characters of keys and pieces that are held. */
  readonly size: number
}

interface Entry {
  readonly version: number
  readonly split: Split
}

/** Characters of keys and pieces that may be held: some 300 000 seams. */
const DEFAULT_MAX = 2_000_000
/** A piece counts as so many characters. */
const PIECE_SIZE = 40
const ENTRY_SIZE = 50

/**
 * A memo that never holds more than `max`: two generations stand for "least recently used". It is flat on purpose. A chain
 * of weak maps, one for each text, would let go by itself, but a garbage collector goes over such a chain once for each link:
 * seconds for a list of 10 000 strings.
 */
export function createSeamMemo(max: number = DEFAULT_MAX): SeamMemo {
  const numbers = new WeakMap<MaskedText, number>()
  let count = 0
  let young = new Map<RowKey, Entry>()
  let old = new Map<RowKey, Entry>()
  let youngSize = 0
  let oldSize = 0

  const numberOf = (masked: MaskedText): number => {
    const known = numbers.get(masked)
    if (known !== undefined) return known
    count += 1
    numbers.set(masked, count)
    return count
  }

  const add = (row: RowKey, entry: Entry, size: number): void => {
    if (youngSize + size > max / 2) {
      old = young
      oldSize = youngSize
      young = new Map()
      youngSize = 0
    }
    young.set(row, entry)
    youngSize += size
  }

  const remove = (row: RowKey): void => {
    const fresh = young.get(row)
    if (fresh && young.delete(row)) youngSize -= sizeOf(row, fresh)
    const aged = old.get(row)
    if (aged && old.delete(row)) oldSize -= sizeOf(row, aged)
  }

  const set = (row: RowKey, entry: Entry): void => {
    remove(row)
    const size = sizeOf(row, entry)
    if (size <= max / 2) add(row, entry, size)
  }

  return {
    rowOf: (texts) => texts.map(({ masked }) => numberOf(masked).toString(36)).join(),
    get(row, version) {
      const entry = young.get(row) ?? old.get(row)
      if (entry?.version !== version) return undefined
      if (!young.has(row)) set(row, entry)
      return entry.split
    },
    set: (row, version, split) => set(row, { version, split }),
    get size() {
      return youngSize + oldSize
    },
  }
}

function sizeOf(row: RowKey, { split }: Entry): number {
  const pieces = [...split.values()].reduce((sum, findings) => sum + findings.length, 0)
  return ENTRY_SIZE + row.length + PIECE_SIZE * pieces
}
