import type { LineView } from "./line-view.ts"
import type { MarkedBlock } from "./unprefixed-view.ts"
import type { Span } from "./view.ts"

const FEED = 10
const BLANK = 32
const PLUS = 43
const MINUS = 45

/**
 * The lines of a diff around the one that begins at `at`: from the header of the hunk or the first line with a sign or
 * a blank. It shows nothing where no line was added or removed.
 *
 * @param floor where the line begins before which none is looked at
 */
export function diffAround(text: string, at: number, floor: number): MarkedBlock {
  let start = at
  while (start > floor && isDiffLine(text, start)) {
    const before = start < 2 ? 0 : text.lastIndexOf("\n", start - 2) + 1
    if (!isDiffLine(text, before) && !text.startsWith("@@", before)) break
    start = before
  }
  return blockFrom(text, start)
}

/** In front of its hunk a dash may begin an item of a list or the armour of a key as well. */
function isDiffLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === MINUS) return !isListItem(text, at) && !isArmour(text, at)
  return code === PLUS || code === BLANK || code === FEED
}

function isArmour(text: string, at: number): boolean {
  return text.startsWith("-----BEGIN ", at) || text.startsWith("-----END ", at)
}

function isListItem(text: string, at: number): boolean {
  const after = text.charCodeAt(at + 2)
  return text.charCodeAt(at + 1) === BLANK && after !== BLANK && after !== FEED
}

function blockFrom(text: string, start: number): MarkedBlock {
  const isHunk = text.startsWith("@@", start)
  const lines: Span[] = []
  let added = 0
  let removed = 0
  let end = start
  while (end < text.length) {
    const isHeader = isHunk && end === start
    const code = text.charCodeAt(end)
    if (!isHeader && !isDiffLine(text, end) && !(isHunk && code === MINUS)) break
    const feed = text.indexOf("\n", end)
    const lineEnd = feed === -1 ? text.length : feed
    if (!isHeader) lines.push({ start: end, end: lineEnd })
    if (code === PLUS) added++
    if (code === MINUS) removed++
    end = Math.min(text.length, lineEnd + 1)
  }
  return {
    // At least the line at hand is done with.
    end: Math.max(end, start + 1),
    show(view) {
      if (lines.length < 2) return
      if (added > 0) showSide(text, lines, MINUS, view)
      if (removed > 0) showSide(text, lines, PLUS, view)
    },
  }
}

/** The file before or after the change: all lines but those with the sign of the other. */
function showSide(text: string, lines: readonly Span[], other: number, view: LineView): void {
  view.gap()
  for (const { start, end } of lines)
    if (text.charCodeAt(start) !== other) view.line(Math.min(start + 1, end), end)
}
