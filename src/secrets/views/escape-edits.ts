import { ALNUM, hasClass } from "../charset.ts"
import { type Edit, editsOf } from "./edit.ts"

/**
 * Printable ASCII and line breaks in another writing: `\u0041`, `\u{41}`, `\x41` (JSON, JavaScript, Python, also escaped again), `%41`
 * (RFC 3986 section 2.1), `&#65;`, `&#x41;`, `&amp;` (HTML), `\/` (JSON), `\_` and `\-` inside a word (Markdown).
 */
const ESCAPE =
  /\\{1,8}(?:u00(?:[2-7][0-9a-f]|0[9ad])|u\{0{0,4}(?:[2-7][0-9a-f]|0?[9ad])\}|U000000[2-7][0-9a-f]|x(?:[2-7][0-9a-f]|0[9ad])|\/|[_-](?=\w))|%(?:[2-7][0-9a-f]|0[9ad])|&(?:#0{0,4}(?:9|1[03]|3[2-9]|[4-9]\d|1[01]\d|12[0-6])|#x0{0,4}(?:[2-7][0-9a-f]|[9ad])|amp|lt|gt|quot|apos|equals|colon|sol|plus|lowbar|hyphen|period|num|commat|newline);/gi
/** Quoted-printable (RFC 2045 section 6.7): only where its own sign is escaped, as it must be. */
const QUOTED_PRINTABLE = /=[2-7][0-9A-F]/g

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  equals: "=",
  colon: ":",
  sol: "/",
  plus: "+",
  lowbar: "_",
  hyphen: "-",
  period: ".",
  num: "#",
  commat: "@",
  newline: "\n",
}

function charOf(digits: string, radix: number): string | undefined {
  const code = Number.parseInt(digits, radix)
  return (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13
    ? String.fromCharCode(code)
    : undefined
}

function unescaped(match: string, text: string, at: number): string | undefined {
  if (match.startsWith("%")) return charOf(match.slice(1), 16)
  if (match.startsWith("&")) return entity(match.slice(1, -1))
  const last = match.charAt(match.length - 1)
  if (last === "_" || last === "-")
    return hasClass(text, at - 1, ALNUM) && match.length <= 3 ? last : undefined
  if (last === "/") return last
  if (last === "}") return charOf(match.slice(match.indexOf("{") + 1, -1), 16)
  return charOf(match.slice(-2), 16)
}

function entity(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()]
  const isHex = name.charAt(1) === "x" || name.charAt(1) === "X"
  return isHex ? charOf(name.slice(2), 16) : charOf(name.slice(1), 10)
}

/** What escapes stand for, one edit each. */
export function escapeEdits(text: string): readonly Edit[] {
  const edits = editsOf(text, ESCAPE, unescaped)
  if (!text.includes("=3D")) return edits
  const quoted = editsOf(text, QUOTED_PRINTABLE, (match) => charOf(match.slice(1), 16))
  return edits.length === 0 ? quoted : [...edits, ...quoted].sort((a, b) => a.start - b.start)
}
