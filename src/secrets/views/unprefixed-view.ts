import { mayNameSecret } from "./key-words.ts"
import { LineView } from "./line-view.ts"
import { followingMark, type ListingMark, sharedMark } from "./listing-kind.ts"
import type { View } from "./view.ts"

const BLANK = 32
const PLUS = 43
const MINUS = 45
const AT = 64

/** A line by where it begins and ends, without its line break. */
interface Line {
  readonly start: number
  readonly end: number
}

/**
 * The blocks of a text whose lines all bear the mark of a listing (line numbers, `file:12:`, a diff's signs, `> `, a
 * comment), without those marks: what spans several lines reads there as it does in the file itself. Undefined where
 * the text holds no such block that may name a secret.
 */
export function unprefixedView(text: string): View | undefined {
  if (!text.includes("\n")) return undefined
  const view = new LineView(text)
  let indentedAt = -1
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const block = listingAt(text, at) ?? diffAt(text, at, indentedAt)
    if (block === undefined) {
      // Lines of context may stand before the first sign of a diff that was cut out of its hunk.
      indentedAt = code === BLANK ? (indentedAt === -1 ? at : indentedAt) : -1
      at = nextLine(text, at)
      continue
    }
    if (mayNameSecret(text.slice(block.start, block.end))) block.show(view)
    indentedAt = -1
    at = Math.max(block.end, at + 1)
  }
  return view.isEmpty ? undefined : view
}

interface Block {
  readonly start: number
  /** Where the line after it begins. */
  readonly end: number
  show(view: LineView): void
}

function nextLine(text: string, at: number): number {
  const feed = text.indexOf("\n", at)
  return feed === -1 ? text.length : feed + 1
}

function lineAt(text: string, start: number): Line {
  const feed = text.indexOf("\n", start)
  return { start, end: feed === -1 ? text.length : feed }
}

function listingAt(text: string, at: number): Block | undefined {
  const first = text.charCodeAt(at)
  // Most lines of code are indented, and most of those begin with a letter or close something.
  if (first === 10 || first === 123 || first === 125) return undefined
  const next = nextLine(text, at)
  let mark: ListingMark | undefined = next < text.length ? sharedMark(text, at, next) : undefined
  if (mark === undefined || (mark.name === "*" && !isInComment(text, at))) return undefined
  const lines: Line[] = []
  let end = at
  let isSpaced = true
  while (mark !== undefined) {
    const line = lineAt(text, end)
    const content = Math.min(mark.end, line.end)
    const code = text.charCodeAt(content)
    isSpaced &&= content === line.end || code === BLANK || code === 13
    lines.push({ start: content, end: line.end })
    end = Math.min(text.length, line.end + 1)
    mark = end < text.length ? followingMark(text, end, mark) : undefined
  }
  const skip = isSpaced ? 1 : 0
  return {
    start: at,
    end,
    show(view) {
      view.gap()
      for (const line of lines) view.line(Math.min(line.start + skip, line.end), line.end)
    },
  }
}

/** Asterisks on lines of their own are a list, unless a comment was opened on the line before. */
function isInComment(text: string, at: number): boolean {
  return /\/\*\*?[^\n]{0,200}\n$/.test(text.slice(Math.max(0, at - 204), at))
}

/** A hunk's header or a line that was added or removed; a dash and a blank begin an item of a list. */
function isDiffSign(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === AT) return text.charCodeAt(at + 1) === AT
  if (code === PLUS) return true
  return code === MINUS && !isListItem(text, at) && !text.startsWith("---", at)
}

function isListItem(text: string, at: number): boolean {
  const after = text.charCodeAt(at + 2)
  return text.charCodeAt(at + 1) === BLANK && after !== BLANK && after !== 10
}

/** @param indentedAt where lines of context before the sign at `at` begin; -1 without any */
function diffAt(text: string, at: number, indentedAt: number): Block | undefined {
  if (!isDiffSign(text, at)) return undefined
  const isHunk = text.charCodeAt(at) === AT
  const from = isHunk || indentedAt === -1 ? at : indentedAt
  const lines: Line[] = []
  let added = 0
  let removed = 0
  let end = isHunk ? nextLine(text, from) : from
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (code === MINUS && !isHunk && isListItem(text, end)) break
    if (code !== PLUS && code !== MINUS && code !== BLANK && !(isHunk && code === 10)) break
    const line = lineAt(text, end)
    lines.push(line)
    if (code === PLUS) added++
    if (code === MINUS) removed++
    end = Math.min(text.length, line.end + 1)
  }
  if (lines.length < 2 || added + removed === 0) return undefined
  return {
    start: from,
    end,
    show(view) {
      if (added > 0) showSide(text, lines, MINUS, view)
      if (removed > 0) showSide(text, lines, PLUS, view)
    },
  }
}

/** The file before or after the change: all lines but those with the sign of the other. */
function showSide(text: string, lines: readonly Line[], other: number, view: LineView): void {
  view.gap()
  for (const { start, end } of lines)
    if (text.charCodeAt(start) !== other) view.line(Math.min(start + 1, end), end)
}
