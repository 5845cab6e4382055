import { ALNUM, hasClass } from "../charset.ts"
import { backslashEdits, type Edit, editsAt } from "./edit.ts"

/**
 * Printable ASCII and line breaks in another writing: `\u0041`, `\u{41}`, `\x41` (JSON, JavaScript, Python, also escaped again),
 * `\/` (JSON), `\_` and `\-` inside a word (Markdown).
 */
const BACKSLASHED =
  /\\{1,8}(?:u00(?:[2-7][0-9a-f]|0[9ad])|u\{0{0,4}(?:[2-7][0-9a-f]|0?[9ad])\}|U000000[2-7][0-9a-f]|x(?:[2-7][0-9a-f]|0[9ad])|\/|[_-](?=\w))/iy
/** `%41` (RFC 3986 section 2.1). */
const PERCENT = /%(?:[2-7][0-9a-f]|0[9ad])/iy
/** `&#65;`, `&#x41;`, `&amp;` (HTML). */
const ENTITY =
  /&(?:#0{0,4}(?:9|1[03]|3[2-9]|[4-9]\d|1[01]\d|12[0-6])|#x0{0,4}(?:[2-7][0-9a-f]|[9ad])|amp|lt|gt|quot|apos|equals|colon|sol|plus|lowbar|hyphen|period|num|commat|newline);/iy
/** Quoted-printable (RFC 2045 section 6.7): only where its own sign is escaped, as it must be. */
const QUOTED_PRINTABLE = /=[2-7][0-9A-F]/y

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

/** What escapes stand for, one edit each: lists in ascending order, one for each kind. */
export function escapeEdits(text: string): readonly (readonly Edit[])[] {
  return [
    backslashEdits(text, BACKSLASHED, "uUxX/_-", unescaped),
    editsAt(text, "%", PERCENT, (match) => charOf(match.slice(1), 16)),
    editsAt(text, "&", ENTITY, (match) => entity(match.slice(1, -1))),
    text.includes("=3D") ? editsAt(text, "=", QUOTED_PRINTABLE, (match) => charOf(match.slice(1), 16)) : [],
  ]
}
