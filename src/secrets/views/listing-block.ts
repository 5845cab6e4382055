import { followingMark, goesOn, type ListingMark, sharedMark } from "./listing-kind.ts"
import type { Span } from "./view.ts"
import type { MarkedBlock } from "./unprefixed-view.ts"

const CARRIAGE_RETURN = 13
const BLANK = 32

/**
 * The lines around the one that begins at `at` that bear the same kind of mark; undefined where neither the line
 * before nor the one after does.
 *
 * @param floor where the line begins before which none is looked at
 */
export function listingAround(text: string, at: number, floor: number): MarkedBlock | undefined {
  const next = lineBehind(text, at)
  const before = at > floor ? lineBefore(text, at) : -1
  const mark =
    (next < text.length ? sharedMark(text, at, next) : undefined) ??
    (before === -1 ? undefined : sharedMark(text, before, at))
  if (mark === undefined) return undefined
  let start = at
  while (start > floor && goesOn(text, lineBefore(text, start), start, mark)) start = lineBefore(text, start)
  return blockFrom(text, start)
}

function lineBehind(text: string, at: number): number {
  const feed = text.indexOf("\n", at)
  return feed === -1 ? text.length : feed + 1
}

function lineBefore(text: string, start: number): number {
  return start < 2 ? 0 : text.lastIndexOf("\n", start - 2) + 1
}

function blockFrom(text: string, start: number): MarkedBlock | undefined {
  let mark: ListingMark | undefined = sharedMark(text, start, lineBehind(text, start))
  if (mark === undefined) return undefined
  const isList = mark.name === "*" && !isInComment(text, start)
  const lines: Span[] = []
  let end = start
  let isSpaced = true
  while (mark !== undefined) {
    const next = lineBehind(text, end)
    const lineEnd = text.charCodeAt(next - 1) === 10 ? next - 1 : next
    const content = Math.min(mark.end, lineEnd)
    const code = text.charCodeAt(content)
    isSpaced &&= content === lineEnd || code === BLANK || code === CARRIAGE_RETURN
    lines.push({ start: content, end: lineEnd })
    end = next
    mark = end < text.length ? followingMark(text, end, mark) : undefined
  }
  const skip = isSpaced ? 1 : 0
  return {
    end,
    show(view) {
      if (isList) return
      view.gap()
      for (const line of lines) view.line(Math.min(line.start + skip, line.end), line.end)
    },
  }
}

/** Asterisks on lines of their own are a list, unless a comment was opened on the line before. */
function isInComment(text: string, at: number): boolean {
  return /\/\*\*?[^\n]{0,200}\n$/.test(text.slice(Math.max(0, at - 204), at))
}
