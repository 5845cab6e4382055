import type { ScrubText } from "./scrub-text.ts"

// What gives a value away stands close before it.
const TAIL_CHARS = 400
/** An unfinished value of at least 8 characters at the end of a text, by what opened it, and what may close it. */
const OPEN_VALUES: readonly (readonly [open: RegExp, closers: readonly string[]])[] = [
  [/"[^\s"]{8,300}$/, ['"', '\\"']],
  [/'[^\s']{8,300}$/, ["'"]],
  [/`[^\s`]{8,300}$/, ["`"]],
  [/>[^\s<>]{8,300}$/, ["</a>"]],
  [/=[^\s=&;]{8,300}$/, ["&", ";"]],
  [/:\/\/[^\s/@:]{0,60}:[^\s/@:]{8,300}$/, ["@h.test"]],
]

/**
 * Looks at the end of a text once more as if it had gone on: a reply that was cut off inside of `password = "…` holds
 * a part of the password, and no rule knows a value without its end. `text` has passed `scrubText` already.
 */
export function scrubCutEnd(text: string, scrubText: ScrubText): string {
  const tail = text.slice(-TAIL_CHARS)
  for (const closer of openValueClosers(tail)) {
    const closed = scrubText(tail + closer)
    if (closed === tail + closer) continue
    // Of a connection string what closes it is a part of the finding.
    const end = closed.endsWith(closer) ? closed.slice(0, -closer.length) : closed
    return text.slice(0, text.length - tail.length) + end
  }
  return text
}

/** What may close a value that is open at the end of a text; none where none is. */
export function closersOf(text: string): readonly string[] {
  return openValueClosers(text.slice(-TAIL_CHARS))
}

function openValueClosers(tail: string): readonly string[] {
  return OPEN_VALUES.flatMap(([open, closers]) => (open.test(tail) ? closers : []))
}
