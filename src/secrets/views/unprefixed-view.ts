import { diffAround } from "./diff-block.ts"
import { LineView } from "./line-view.ts"
import { listingAround } from "./listing-block.ts"
import type { View } from "./view.ts"

/** Lines that follow each other and bear marks of the same kind. */
export interface MarkedBlock {
  /** Where the line after it begins. */
  readonly end: number
  /** Adds its lines without their marks. */
  show(view: LineView): void
}

/**
 * The blocks of a text whose lines all bear the mark of a listing (line numbers, `file:12:`, a diff's signs, `> `, a
 * comment), without those marks: what spans several lines reads there as it does in the file itself. Undefined where
 * no such block names a secret.
 *
 * @param names where words stand that name secrets, ascending; only the lines around them are looked at
 */
export function unprefixedView(text: string, names: readonly number[]): View | undefined {
  if (names.length === 0 || !text.includes("\n")) return undefined
  const view = new LineView(text)
  const hasDiff = /^[+-]/m.test(text)
  let doneTo = 0
  let diffDoneTo = 0
  let lineEnd = -1
  for (const name of names) {
    if (name < lineEnd || name < doneTo) continue
    const start = name === 0 ? 0 : text.lastIndexOf("\n", name - 1) + 1
    lineEnd = text.indexOf("\n", name)
    if (lineEnd === -1) lineEnd = text.length
    const block = listingAround(text, start, doneTo)
    if (block !== undefined) {
      block.show(view)
      doneTo = block.end
    }
    if (block !== undefined || !hasDiff || start < diffDoneTo) continue
    const diff = diffAround(text, start, Math.max(doneTo, diffDoneTo))
    diff.show(view)
    diffDoneTo = diff.end
  }
  return view.isEmpty ? undefined : view
}
