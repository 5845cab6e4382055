import { hasClass, TOKEN } from "../charset.ts"
import { ansiEdits } from "./ansi-edits.ts"
import { byteListEdits } from "./byte-list-edits.ts"
import { veilSpans } from "../placeholder-gaps.ts"
import type { Finding } from "../rule.ts"
import { type Edit, inOrder } from "./edit.ts"
import { escapeEdits } from "./escape-edits.ts"
import { invisibleEdits } from "./invisible-edits.ts"
import { BYTES, ESCAPES, INVISIBLE, TERMINAL } from "./marks.ts"
import { SplicedText } from "./spliced-text.ts"
import type { View } from "./view.ts"

/** How much of a line is shown before and after what was undone, for keys and for the rest of a token. */
const BEFORE = 256
const AFTER = 1024
/** Places nearer to each other than this are shown together. */
const TOGETHER = 300
/** How far before a value its key may stand, with what was undone in it. */
const KEY_REACH = 80

/**
 * The lines around escapes, invisible characters, terminal codes and lists of bytes, with each as the character it stands for.
 * Undefined where the text holds none.
 *
 * @param marks which of them it may hold, as the bits of `marks.ts`
 * @param found sorted, disjoint findings of the text: what no edit touches is not shown again
 */
export function inlineView(source: string, marks: number, found: readonly Finding[]): View | undefined {
  if (marks === 0) return undefined
  const edits = inOrder([
    ...((marks & ESCAPES) === 0 ? [] : escapeEdits(source)),
    (marks & INVISIBLE) === 0 ? [] : invisibleEdits(source),
    ...((marks & TERMINAL) === 0 ? [] : ansiEdits(source)),
    (marks & BYTES) === 0 ? [] : byteListEdits(source),
  ])
  if (edits.length === 0) return undefined
  const text = veilSpans(source, untouched(found, edits))
  const view = new SplicedText(text, KEY_REACH)
  let shownTo = 0
  let first = 0
  while (first < edits.length) {
    const last = lastTogether(text, edits, first)
    const start = windowStart(text, edits[first]?.start ?? 0, shownTo)
    const end = windowEnd(text, edits[last]?.end ?? 0)
    if (view.length > 0) view.gap()
    let at = start
    for (let i = first; i <= last; i++) {
      const edit = edits[i]
      if (edit === undefined) continue
      view.copy(at, edit.start)
      view.replace(edit.start, edit.end, edit.text, edit.isAligned)
      at = edit.end
    }
    view.copy(at, end)
    shownTo = end
    first = last + 1
  }
  return view
}

/** The findings in or beside which nothing is undone. */
function untouched(found: readonly Finding[], edits: readonly Edit[]): readonly Finding[] {
  let next = 0
  return found.filter(({ start, end }) => {
    while (next < edits.length && (edits[next]?.end ?? 0) < start) next++
    return (edits[next]?.start ?? Number.POSITIVE_INFINITY) > end
  })
}

/** The last edit of those that are shown together: the next one is neither near nor in what is shown behind it. */
function lastTogether(text: string, edits: readonly Edit[], first: number): number {
  let last = first
  for (;;) {
    const end = edits[last]?.end ?? 0
    const next = edits[last + 1]?.start ?? Number.POSITIVE_INFINITY
    if (next - end > TOGETHER && next >= windowEnd(text, end)) return last
    last++
  }
}

function windowStart(text: string, at: number, floor: number): number {
  let i = at
  const near = Math.max(floor, at - BEFORE)
  while (i > near && text.charCodeAt(i - 1) !== 10) i--
  const far = Math.max(floor, at - 2 * BEFORE)
  while (i > far && hasClass(text, i, TOKEN) && hasClass(text, i - 1, TOKEN)) i--
  return i
}

function windowEnd(text: string, at: number): number {
  let i = at
  const near = Math.min(text.length, at + AFTER)
  while (i < near && text.charCodeAt(i) !== 10) i++
  const far = Math.min(text.length, at + 4 * AFTER)
  while (i < far && hasClass(text, i - 1, TOKEN) && hasClass(text, i, TOKEN)) i++
  // With what follows: a token that ends there is not cut off.
  return Math.min(i + 1, text.length)
}
