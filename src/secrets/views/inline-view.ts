import { hasClass, TOKEN } from "../charset.ts"
import { ansiEdits } from "./ansi-edits.ts"
import { byteListEdits } from "./byte-list-edits.ts"
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
 */
export function inlineView(text: string, marks: number): View | undefined {
  if (marks === 0) return undefined
  const edits = inOrder([
    ...((marks & ESCAPES) === 0 ? [] : escapeEdits(text)),
    (marks & INVISIBLE) === 0 ? [] : invisibleEdits(text),
    ...((marks & TERMINAL) === 0 ? [] : ansiEdits(text)),
    (marks & BYTES) === 0 ? [] : byteListEdits(text),
  ])
  if (edits.length === 0) return undefined
  const view = new SplicedText(text, KEY_REACH)
  let shownTo = 0
  let first = 0
  while (first < edits.length) {
    const last = lastTogether(edits, first)
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

function lastTogether(edits: readonly Edit[], first: number): number {
  let last = first
  while ((edits[last + 1]?.start ?? Number.POSITIVE_INFINITY) - (edits[last]?.end ?? 0) <= TOGETHER) last++
  return last
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
