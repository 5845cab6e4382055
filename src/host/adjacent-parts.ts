import type { MaskTally } from "./mask-tally.ts"
import { isMutable, type Mutable } from "./part-masker.ts"

/**
 * Masks in place what is split over the texts of a message's parts: a person's texts, what tools answered. Parts that hold
 * no split secret stay as they are; `maskPart` masks what each holds on its own.
 *
 * @returns for each part whether it changed
 */
export function maskAdjacentParts(parts: readonly Mutable[], tally: MaskTally): readonly boolean[] {
  const places = parts.flatMap((part, index) => {
    const place = textPlace(part)
    return place ? [{ index, ...place }] : []
  })
  const changed = parts.map(() => false)
  const masked = tally.adjacent(places.map(({ text }) => text))
  places.forEach(({ index, owner, field, text }, at) => {
    const next = masked[at]
    if (next === undefined || next === text) return
    owner[field] = next
    changed[index] = true
  })
  return changed
}

interface TextPlace {
  readonly owner: Mutable
  readonly field: string
  readonly text: string
}

function textPlace(part: Mutable): TextPlace | undefined {
  if (part.type === "text") return placeOf(part, "text")
  return part.type === "tool" && isMutable(part.state) ? placeOf(part.state, "output") : undefined
}

function placeOf(owner: Mutable, field: string): TextPlace | undefined {
  const text = owner[field]
  return typeof text === "string" ? { owner, field, text } : undefined
}
