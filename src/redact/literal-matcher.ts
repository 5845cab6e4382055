/** An exact text to look for. */
export interface Literal {
  /** At least `LITERAL_MIN_CHARS` characters. */
  readonly text: string
  /** Matches only where it is not part of a longer word or number. */
  readonly wholeWord?: boolean
  /** Matches only where no unit follows (`4821 ms`), for short numbers. */
  readonly notQuantity?: boolean
  /** Characters before and after a match that belong to it, too (base64 digits that hold its outer bits). */
  readonly extend?: readonly [before: number, after: number]
}

/** `[start, end)` in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Shortest literal that can be looked for. */
export const LITERAL_MIN_CHARS = 4

const WORD = /[\p{L}\p{N}_]/u
const UNIT_FOLLOWS = /^\s?[a-z%]/

/**
 * Compiles literals into one matcher. It goes over the text once and, at each position, answers the longest
 * literal that stands there; overlapping matches become one span, so no half of a value survives.
 * Cost is linear in the length of the text: two characters index a table that is nearly always empty.
 */
export function createLiteralMatcher(literals: readonly Literal[]): (text: string) => Span[] {
  if (literals.length === 0) return () => []
  const gate = new Uint8Array(0x10000)
  const byPrefix = new Map<string, Literal[]>()
  for (const literal of literals) {
    if (literal.text.length < LITERAL_MIN_CHARS) continue
    gate[gateIndex(literal.text, 0)] = 1
    const prefix = literal.text.slice(0, LITERAL_MIN_CHARS)
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), literal])
  }
  for (const sharing of byPrefix.values()) sharing.sort((a, b) => b.text.length - a.text.length)
  if (byPrefix.size === 0) return () => []

  return (text) => {
    const spans: Span[] = []
    for (let at = 0; at <= text.length - LITERAL_MIN_CHARS; at += 1) {
      if (gate[gateIndex(text, at)] === 0) continue
      const sharing = byPrefix.get(text.slice(at, at + LITERAL_MIN_CHARS))
      const literal = sharing?.find((candidate) => standsAt(candidate, text, at))
      if (literal) pushMerged(spans, spanOf(literal, text, at))
    }
    return spans
  }
}

function gateIndex(text: string, at: number): number {
  return ((text.charCodeAt(at) & 0xff) << 8) | (text.charCodeAt(at + 1) & 0xff)
}

function standsAt(literal: Literal, text: string, at: number): boolean {
  if (!text.startsWith(literal.text, at)) return false
  const end = at + literal.text.length
  if (literal.notQuantity && UNIT_FOLLOWS.test(text.slice(end, end + 2))) return false
  return !literal.wholeWord || (!continuesWord(text, at - 1, at) && !continuesWord(text, end, end - 1))
}

/** Whether the character outside the match and the one at its edge are of one word. */
function continuesWord(text: string, outside: number, edge: number): boolean {
  return WORD.test(text.charAt(outside)) && WORD.test(text.charAt(edge))
}

function spanOf(literal: Literal, text: string, at: number): Span {
  const [before, after] = literal.extend ?? [0, 0]
  return {
    start: Math.max(0, at - before),
    end: Math.min(text.length, at + literal.text.length + after),
  }
}

function pushMerged(spans: Span[], next: Span): void {
  const last = spans.at(-1)
  if (!last || next.start >= last.end) {
    spans.push(next)
    return
  }
  spans[spans.length - 1] = {
    start: Math.min(last.start, next.start),
    end: Math.max(last.end, next.end),
  }
}
