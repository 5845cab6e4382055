import { ALNUM, hasClass } from "./charset.ts"
import type { Key, Separator } from "./separator.ts"
import { blockSpan, plainSpan, quotedSpan, elementSpan, type ValueSpan } from "./value-span.ts"

/** A string on the line after its sign, as formatters break long assignments and `var_dump` of PHP writes it; a bracket may open before it. */
const NEXT_LINE =
  /(?:\r?\n[ \t]{1,40}(?:string\(\d{1,6}\)[ \t])?|\([ \t]{0,4}\r?\n[ \t]{0,40})(?=[bBfFrRuU]{0,2}["'`])/y
/** A string of Perl or Ruby with brackets for quotes: `q{v}`, `qq(v)`, `%q[v]`. */
const OWN_QUOTES =
  /(?:qq?|%[qQ])(?:\{([^\s{}$]{3,200})\}|\(([^\s(){}$]{3,200})\)|\[([^\s[\]{}$]{3,200})\])(?=\s{0,4}(?:[;,)}\]]|$))/my
/** A line of a shell that goes on below. */
const CONTINUED = /\\\r?\n[ \t]{0,40}(?=[^\s\\#-])/y
/** Opens a heredoc: `<<EOT`, `<<-"EOT"`, `<<~EOT`. */
const HEREDOC = /<<[-~]?["']?(\w{1,32})["']?[ \t]{0,8}\r?\n[ \t]{0,40}/y
const MAX_HEREDOC = 400
/** What an expansion falls back on: `${X:-v}` of a shell, `${X:v}` of Spring. */
const FALLBACK = /^\$\{(?:\w{1,60}:[-=]|[A-Z][A-Z0-9_]{1,60}[:-])([^\s{}$"'`?+]{3,200})\}$/
/** The scheme of an Authorization header, whatever a service calls it: `SSWS v`, `GenieKey v`. */
const SCHEME = /^[A-Za-z][\w-]{1,24}[ \t]+(?=[^\s=,"']{8})(?![\w-]+=)/
/** A word on the line below its name, nothing else with it; the same behind empty lines or in a fence. */
const BELOW = /\r?\n[ \t]{0,8}([\w+/.~!@#$%^&*-]{8,400}={0,2})(?=[ \t]{0,4}(?:\r?\n|$))/y
const FAR_BELOW =
  /(?:[ \t]{0,8}\r?\n){1,3}[ \t]{0,8}(?:(?:```|~~~)\w{0,12}[ \t]{0,4}\r?\n[ \t]{0,8})?([\w+/.~!@#$%^&*-]{8,400}={0,2})(?=[ \t]{0,4}(?:\r?\n|$))/y

/** Where the value of a key stands, of an expansion what it falls back on; undefined where there is none. */
export function readValue(
  text: string,
  key: Key,
  separator: Separator,
  line: boolean,
): ValueSpan | undefined {
  const span = readWhole(text, key, separator, line)
  if (span === undefined || text.charCodeAt(span.start) !== 36 || span.end - span.start > 300) return span
  const fallback = FALLBACK.exec(text.slice(span.start, span.end))?.[1]
  return fallback === undefined
    ? span
    : { start: span.end - 1 - fallback.length, end: span.end - 1, quoted: true }
}

function readWhole(text: string, key: Key, separator: Separator, line: boolean): ValueSpan | undefined {
  const { kind, valueAt } = separator
  if (kind === "element") return elementSpan(text, valueAt)
  if (kind === "default") return quotedSpan(text, valueAt) ?? expansionSpan(text, valueAt)
  const quoted = quotedSpan(text, valueAt)
  if (quoted !== undefined) return quoted
  if (kind === "argument" || kind === "set" || kind === "setter" || kind === "compared") return undefined
  const code = text.charCodeAt(valueAt)
  const own = kind === "sign" && (code === 113 || code === 37) ? ownQuotes(text, valueAt) : undefined
  if (own !== undefined) return own
  const broken = code === 10 || code === 13 || code === 40 ? stickyLength(NEXT_LINE, text, valueAt) : 0
  if (broken > 0) return quotedSpan(text, valueAt + broken)
  if (kind === "sign" && code === 60) {
    const heredoc = heredocSpan(text, valueAt)
    if (heredoc !== undefined) return heredoc
  }
  const continued = kind === "sign" && code === 92 ? stickyLength(CONTINUED, text, valueAt) : 0
  if (continued > 0)
    return quotedSpan(text, valueAt + continued) ?? plainSpan(text, valueAt + continued, line)
  const open = text.charAt(valueAt)
  if (open === '"' || open === "'" || open === "`") return undefined
  const block = kind === "sign" ? blockSpan(text, key.start, valueAt) : undefined
  if (block !== undefined) return block
  const isHeader = key.end - key.start > 12 && /authorization$/i.test(text.slice(key.end - 13, key.end))
  const scheme = isHeader ? (SCHEME.exec(text.slice(valueAt, valueAt + 32))?.[0].length ?? 0) : 0
  return plainSpan(text, valueAt + scheme, line)
}

function ownQuotes(text: string, at: number): ValueSpan | undefined {
  OWN_QUOTES.lastIndex = at
  const match = OWN_QUOTES.exec(text)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  if (match === null || value === undefined) return undefined
  const end = at + match[0].length - 1
  return { start: end - value.length, end, quoted: true }
}

function stickyLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

/** The one line between the marks of a heredoc; of more than one nothing. */
function heredocSpan(text: string, at: number): ValueSpan | undefined {
  HEREDOC.lastIndex = at
  const mark = HEREDOC.exec(text)?.[1]
  if (mark === undefined) return undefined
  const start = HEREDOC.lastIndex
  const lines = text.slice(start, start + MAX_HEREDOC).split("\n", 2)
  const value = lines[0]?.trimEnd() ?? ""
  return value !== "" && lines[1]?.trim() === mark
    ? { start, end: start + value.length, quoted: true }
    : undefined
}

/**
 * A word that has the line below its name for itself.
 *
 * @param far empty lines and the opening of a fence may stand between
 */
export function lineBelow(text: string, from: number, far: boolean): ValueSpan | undefined {
  const code = text.charCodeAt(from)
  if (code !== 10 && code !== 13) return undefined
  const pattern = far ? FAR_BELOW : BELOW
  pattern.lastIndex = from
  const line = pattern.exec(text)
  const word = line?.[1]
  if (line === null || word === undefined) return undefined
  const end = from + line[0].length
  return { start: end - word.length, end, quoted: false }
}

/** Up to the brace that closes an expansion. */
function expansionSpan(text: string, start: number): ValueSpan | undefined {
  const value = /^[^\s{}$"'`]{3,200}(?=\})/.exec(text.slice(start, start + 202))?.[0]
  return value === undefined ? undefined : { start, end: start + value.length, quoted: true }
}

/** Length of the quotes of a string that holds a string, `"\"v\""` in a build script; 0 where it holds none. */
function innerQuote(text: string, { start, end }: ValueSpan): number {
  let at = start
  while (at < start + 3 && text.charAt(at) === "\\") at++
  const quote = text.charAt(at)
  if (quote !== '"' && quote !== "'") return 0
  const mark = text.slice(start, at + 1)
  return end - start > mark.length * 2 && text.endsWith(mark, end) ? mark.length : 0
}

/** Cuts what belongs to the syntax around an unquoted value: a closing full stop, a JSON comma, a scheme word. */
export function trimmed(text: string, span: ValueSpan): ValueSpan {
  let { start, end } = span
  if (span.quoted) {
    const inner = innerQuote(text, span)
    start += inner
    end -= inner
  }
  if ("BbTtAa".includes(text.charAt(start) || " "))
    start += /^(?:Bearer|Basic|Token|ApiKey|Bot)[ \t]+/i.exec(text.slice(start, start + 12))?.[0].length ?? 0
  if (span.quoted) return { start, end, quoted: true }
  while (end > start && !hasClass(text, end - 1, ALNUM) && /[\s,;:]/.test(text.charAt(end - 1))) end--
  if (end - start > 1 && text.charAt(end - 1) === ".") end--
  while (end - start > 2 && text.endsWith("**", end) && !text.startsWith("**", start)) end -= 2
  while (start < end && !hasClass(text, start, ALNUM) && /\s/.test(text.charAt(start))) start++
  return { start, end, quoted: false }
}
