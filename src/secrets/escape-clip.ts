import { hasClass, HEX } from "./charset.ts"
import type { Finding } from "./rule.ts"

const BACKSLASH = 92
/** What makes an escape with a backslash before it (RFC 8259 section 7), and in other languages' strings. */
const ESCAPED = "nrtbfu\"'`/\\"
/** Of a text in a string in a string, these letters stand behind an even number of backslashes. */
const NESTED = "nrtbf"
const MAX_BACKSLASHES = 16

/** How many backslashes stand before `index`. */
function backslashesBefore(text: string, index: number): number {
  let count = 0
  while (count < MAX_BACKSLASHES && text.charCodeAt(index - 1 - count) === BACKSLASH) count++
  return count
}

/** Start of the `\u` escape that `index` stands inside of, or -1. */
function unicodeEscapeAround(text: string, index: number): number {
  for (let at = index - 1; at >= index - 5 && at >= 0; at--) {
    if (text.charCodeAt(at) !== BACKSLASH) continue
    if (text.charAt(at + 1) !== "u") return -1
    for (let i = at + 2; i < at + 6; i++) if (!hasClass(text, i, HEX)) return -1
    return at
  }
  return -1
}

function clippedStart(text: string, start: number): number {
  const around = unicodeEscapeAround(text, start)
  if (around !== -1) return around + 6
  const backslashes = backslashesBefore(text, start)
  const letter = text.charAt(start)
  if (backslashes % 2 === 1 && ESCAPED.includes(letter)) return start + 1
  return backslashes > 0 && NESTED.includes(letter) ? start + 1 : start
}

function clippedEnd(text: string, end: number): number {
  const around = unicodeEscapeAround(text, end)
  if (around !== -1) return around
  const backslashes = backslashesBefore(text, end)
  const next = text.charAt(end)
  const isCut = next === "\\" || (next !== "" && backslashes % 2 === 1 && ESCAPED.includes(next))
  return isCut ? end - backslashes : end
}

/**
 * A finding without the parts of escapes at its ends: what is put in its place must not follow a backslash that belonged
 * to the first character, nor leave the last one's behind, or a string would be valid no more. Empty where it was
 * nothing else.
 */
export function clipEscapes(text: string, { ruleId, start, end }: Finding): Finding[] {
  const from = clippedStart(text, start)
  const to = clippedEnd(text, end)
  return from < to ? [{ ruleId, start: from, end: to }] : []
}
