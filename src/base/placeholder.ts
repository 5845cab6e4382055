/**
 * Placeholders are `<REDACTED:` + 14 lower-case hex digits + `>` (seed 004): 25 ASCII characters without any
 * that JSON, XML attributes or shells would escape differently from place to place inside double quotes.
 */
export const PLACEHOLDER_CHARS = 25

/** A fresh global pattern over placeholders (fresh, because `lastIndex` is state). */
export function placeholderPattern(): RegExp {
  return /<REDACTED:[0-9a-f]{14}>/g
}

/** Builds the placeholder of a 14-digit lower-case hex id. */
export function placeholderOf(hex14: string): string {
  return `<REDACTED:${hex14}>`
}

/** Whether the whole text is one well-formed placeholder (issued or not). */
export function isPlaceholder(text: string): boolean {
  return text.length === PLACEHOLDER_CHARS && placeholderPattern().test(text)
}
