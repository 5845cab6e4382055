import { type JsonValue, parseJson } from "../base/json.ts"
import { isSecretProperty, REDACTED } from "./secret-key.ts"

const NAME = /"((?:[^"\\]|\\.){1,200})"\s*:\s*/g
// To its end or that of the text: matches wherever a quote stands.
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)/y
// What may follow a value; the end of the text counts.
const NEXT = /\s*(?:[,}\]]|$)/y
const NUMBER = /-?\d[\d.eE+-]*/y

/** Where a value stands that must not be stored; `end` is exclusive, and that of the text where it was cut off. */
export interface ValueSpan {
  readonly start: number
  readonly end: number
}

/**
 * Takes the values of secret names out of JSON that does not parse, as the arguments of a tool call that was cut off:
 * of `"password":"hun` the value must go all the same, and so must the whole object or list under such a name, however far
 * it came. Other characters stay as they are.
 */
export function scrubCutJson(text: string): string {
  let from = 0
  let scrubbed = ""
  for (const { start, end } of secretValues(text)) {
    scrubbed += `${text.slice(from, start)}"${REDACTED}"`
    from = end
  }
  return from === 0 ? text : scrubbed + text.slice(from)
}

/** The values of secret names in JSON that need not be whole. Sorted and apart. */
export function secretValues(text: string): ValueSpan[] {
  const found: ValueSpan[] = []
  NAME.lastIndex = 0
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const start = NAME.lastIndex
    const end = valueEnd(text, start)
    if (end === start || !isSecretProperty(nameOf(match[1] ?? ""), valueOf(text.slice(start, end)), {}))
      continue
    found.push({ start, end })
    NAME.lastIndex = end
  }
  return found
}

function nameOf(escaped: string): string {
  const name = escaped.includes("\\") ? parseJson(`"${escaped}"`) : escaped
  return typeof name === "string" ? name : escaped
}

function valueOf(text: string): JsonValue {
  const value = parseJson(text === '"' ? '""' : text)
  return value === undefined ? text : value
}

/** Where the JSON value at `start` ends, or is cut off; `start` itself where none begins, but code. */
function valueEnd(text: string, start: number): number {
  const first = text[start]
  const isComposite = first === "{" || first === "["
  const end = isComposite ? compositeEnd(text, start) : matchEnd(first === '"' ? STRING : NUMBER, text, start)
  NEXT.lastIndex = end
  return NEXT.test(text) ? end : start
}

function compositeEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    const char = text[at]
    if (char === '"') {
      at = matchEnd(STRING, text, at)
      continue
    }
    if (char === "{" || char === "[") depth += 1
    if (char === "}" || char === "]") depth -= 1
    at += 1
    if (depth === 0) return at
  }
  return text.length
}

function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : start
}
