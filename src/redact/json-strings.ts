import { parseJson } from "../base/json.ts"

/** A string literal inside a JSON text. */
export interface JsonString {
  /** Its value, escapes resolved. */
  readonly value: string
  /** Nearest property name: the one it is the value of, through arrays too. */
  readonly name?: string
  /** It is itself a property name. */
  readonly isKey: boolean
  /** Where the literal stands in the JSON text, without its quotes. */
  readonly start: number
  readonly end: number
}

/**
 * Answers `text` with the strings that `visit` changed written anew, property names included. Everything else
 * keeps its bytes: numbers beyond 2^53, white space, escapes and repeated keys come out as they went in, which
 * parsing and serialising the whole would lose.
 *
 * @returns `undefined` where `text` is not valid JSON
 */
export function mapJsonStrings(text: string, visit: (string: JsonString) => string): string | undefined {
  if (parseJson(text) === undefined) return undefined
  const parts: string[] = []
  let copied = 0
  for (const string of jsonStrings(text)) {
    const value = visit(string)
    if (value === string.value) continue
    parts.push(text.slice(copied, string.start), JSON.stringify(value).slice(1, -1))
    copied = string.end
  }
  return copied === 0 ? text : parts.join("") + text.slice(copied)
}

/** Walks text that is known to be valid JSON, so every quote outside a literal opens one. */
function* jsonStrings(text: string): Generator<JsonString> {
  // Name in force per open object or array; the last one is that of the innermost.
  const names: (string | undefined)[] = []
  let name: string | undefined
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === "{" || char === "[") names.push(name)
    if (char === "}" || char === "]") names.pop()
    // After a value in an array the name of the array holds again, in an object the next key replaces it.
    if (char === ",") name = names.at(-1)
    if (char !== '"') continue
    const end = literalEnd(text, at + 1)
    const value = literalValue(text, at, end)
    const isKey = colonFollows(text, end + 1)
    if (isKey) name = value
    const place = { value, isKey, start: at + 1, end }
    yield isKey || name === undefined ? place : { ...place, name }
    at = end
  }
}

function colonFollows(text: string, from: number): boolean {
  let at = from
  while (" \t\r\n".includes(text.charAt(at)) && at < text.length) at += 1
  return text.charAt(at) === ":"
}

/** Index of the closing quote of the literal whose text starts at `from`. */
function literalEnd(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (isEscaped(text, at, from)) at = text.indexOf('"', at + 1)
  return at
}

function isEscaped(text: string, quote: number, from: number): boolean {
  let backslashes = 0
  while (quote - 1 - backslashes >= from && text.charAt(quote - 1 - backslashes) === "\\") backslashes += 1
  return backslashes % 2 === 1
}

function literalValue(text: string, quote: number, end: number): string {
  const value = parseJson(text.slice(quote, end + 1))
  return typeof value === "string" ? value : ""
}
