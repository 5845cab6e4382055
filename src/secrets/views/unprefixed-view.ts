import { ALNUM, codeSet, hasClass, NAME, skipRight } from "../charset.ts"
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

const BLANK = 32
const MAX_NAME = 80
/** Signs behind a name with which a value, a further column or the end of its statement may begin. */
const AFTER_NAME: ReadonlySet<number> = codeSet("\t\n\r:=>|,([{)]}<\"'`*\\")
/** Signs at the end of a line that goes on in the next one. */
const GOES_ON: ReadonlySet<number> = codeSet(":=([{|>\\+&-\"'`")

/** Whether the characters behind the name around `at` may lead to its value; a word of a sentence does not. */
function leadsOn(text: string, at: number): boolean {
  const i = skipRight(text, at, NAME, at + MAX_NAME)
  const code = text.charCodeAt(i)
  if (code === BLANK) return !hasClass(text, i + 1, ALNUM)
  return Number.isNaN(code) || code > 127 || AFTER_NAME.has(code)
}

/** Whether the line that ends at `end` goes on in the next one. */
function goesOn(text: string, from: number, end: number): boolean {
  let last = end - 1
  while (last > from && text.charCodeAt(last) <= BLANK) last--
  return GOES_ON.has(text.charCodeAt(last))
}

function isSign(code: number): boolean {
  return code === 43 || code === 45
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
  const hasDiff = isSign(text.charCodeAt(0)) || text.includes("\n+") || text.includes("\n-")
  let doneTo = 0
  let diffDoneTo = 0
  /** The line that is looked at, and whether it was shown or goes on in the next one. */
  let lineEnd = -1
  let isShown = false
  let isOpen = false
  for (const name of names) {
    if (name >= lineEnd) {
      const feed = text.indexOf("\n", name)
      lineEnd = feed === -1 ? text.length : feed
      isShown = false
      isOpen = goesOn(text, name, lineEnd)
    }
    if (isShown || name < doneTo || !(isOpen || leadsOn(text, name))) continue
    isShown = true
    const start = name === 0 ? 0 : text.lastIndexOf("\n", name - 1) + 1
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
