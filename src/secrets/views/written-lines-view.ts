import { mayNameSecret } from "./key-words.ts"
import { SplicedText } from "./spliced-text.ts"
import type { View } from "./view.ts"

const BACKSLASH = 92
/** How far before the first written line break its string is looked for. */
const MAX_BACK = 2000
/** An escape of JSON (RFC 8259 section 7), of one level: what it leaves may be escaped again. */
const MEANINGS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
}

/** A string as it stands in the text, without its quotes. */
interface Literal {
  readonly start: number
  readonly end: number
}

/**
 * Strings with line breaks written as `\n` in them, as the text that they stand for: a whole file in a JSON field. Undefined where none
 * of them may name a secret.
 */
export function writtenLinesView(text: string): View | undefined {
  const view = new SplicedText(text, Number.POSITIVE_INFINITY)
  let doneTo = 0
  for (let at = text.indexOf("\\n"); at !== -1; at = text.indexOf("\\n", Math.max(doneTo, at + 2))) {
    const literal = literalAround(text, at, doneTo)
    doneTo = literal.end
    // Only a break at its end: a line that is printed.
    if (at + 2 >= literal.end) continue
    if (mayNameSecret(text.slice(literal.start, literal.end))) append(view, text, literal)
  }
  return view.length === 0 ? undefined : view
}

function append(view: SplicedText, text: string, { start, end }: Literal): void {
  if (view.length > 0) view.gap()
  let from = start
  for (let at = text.indexOf("\\", from); at !== -1 && at + 1 < end; at = text.indexOf("\\", from)) {
    view.copy(from, at)
    const meaning = MEANINGS[text.charAt(at + 1)]
    if (meaning === undefined) view.copy(at, at + 2)
    else view.replace(at, at + 2, meaning)
    from = at + 2
  }
  view.copy(from, end)
}

/** The string that holds the escape at `at`; the line around it where no quote opens one. */
function literalAround(text: string, at: number, floor: number): Literal {
  const stop = Math.max(floor, at - MAX_BACK)
  let i = at - 1
  for (; i >= stop && text.charCodeAt(i) !== 10; i--) {
    const quote = text.charCodeAt(i)
    if ((quote !== 34 && quote !== 39 && quote !== 96) || !opens(text, i)) continue
    if (closeOf(text, i + 1, quote, at) === at)
      return { start: i + 1, end: closeOf(text, at, quote, text.length) }
  }
  return { start: i + 1, end: closeOf(text, at, -1, text.length) }
}

/** What may stand before a string; a backslash makes a quote a part of one. */
function opens(text: string, at: number): boolean {
  return (
    at === 0 || /[\s=(:,[{<>|+?!&]/.test(text.charAt(at - 1)) || /^[bBfFrRuU$]$/.test(text.charAt(at - 1))
  )
}

/** Where the string or the line ends that goes on at `from`; `limit` where it goes on there still. */
function closeOf(text: string, from: number, quote: number, limit: number): number {
  let i = from
  while (i < limit) {
    const code = text.charCodeAt(i)
    if (code === 10 || code === quote) return i
    i += code === BACKSLASH ? 2 : 1
  }
  return limit
}
