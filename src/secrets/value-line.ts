import { isWrittenByTools } from "./code-shape.ts"
import { DIGIT, hasClass, UPPER } from "./charset.ts"
import { isGenerated } from "./generated.ts"
import type { KeyName } from "./key-name.ts"
import { beginsLine, type Key, type Separator } from "./separator.ts"
import { isGroups, isRemark, isWordList } from "./stand-in.ts"
import { isTag, quotedSpan, type ValueSpan } from "./value-span.ts"

/** A section or a setting of an INI file that goes with a password. */
const SETTING =
  /^[ \t]*(?:\[[\w .:-]{1,60}\]|(?:host(?:name)?|server|port|user(?:name)?|database|dbname|timeout|ssl)[ \t]*=[ \t]*[\w-]{1,60})[ \t]*\r?$/i
/** A value that no expression is: a word, a word and a number, or three words with dashes. */
const PLAIN_WORD = /^[A-Za-z]{6,40}$|^[A-Za-z]{3,20}[._-]\d{2,6}$|^[a-z]{3,12}(?:-[a-z]{3,12}){2,7}$/
const UNDERSCORE = 95
/** How far a line is read for a value. */
const MAX_LINE = 400
/** Signs that end other values, or that those of the pass do not accept. */
const HARD = /[)\]}><|,'"`([{;&$]/
/** One more entry behind a value: a parameter of a form, a member of an object. */
const NEXT_ENTRY = /[&;,]["']?[\w.-]{2,40}["']?[=:]/
/** An escape that ends a line or a string within a string. */
const ESCAPED_END =
  /\\(?:[nr](?=$|\\|["'`]|[ \t]|-|[A-Za-z_][\w.-]{0,60}["']?[ \t]?[=:])|["'`]|u00(?:22|27|0a))/i
/** Begins a command that a variable is set for: `PGPASSWORD=v psql shop`. */
const COMMAND =
  /^\S+ (?:bash|borg|bun|bundle|cargo|curl|deno|docker|env|exec|go|java|make|mongo\w*|mysql\w*|node|npm|npx|openssl|pg_\w+|php|pnpm|psql|python\d?|rails|redis|restic|rsync|ruby|sh|ssh|sshpass|sudo|yarn) /

/** `NAME=value` where the name is in capitals or begins a line, no blanks around the sign. */
export function isEnvironment(text: string, key: Key, separator: Separator): boolean {
  if (!separator.tight || separator.kind !== "sign") return false
  if (isConstant(text, key)) return true
  return !text.slice(key.start, key.end).includes(".") && beginsLine(text, key)
}

/** A name in capitals, `API_KEY_2`. */
function isConstant(text: string, { start, end }: Key): boolean {
  if (!hasClass(text, start, UPPER)) return false
  for (let i = start + 1; i < end; i++)
    if (!hasClass(text, i, UPPER | DIGIT) && text.charCodeAt(i) !== UNDERSCORE) return false
  return true
}

/**
 * Whether key and value have a line for themselves, as in YAML, INI and properties, and the lines around show no
 * literal of a programming language.
 */
export function isWholeLine(text: string, key: Key, span: ValueSpan, colon: boolean): boolean {
  let end = span.end
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++
  const next = text.charAt(end)
  const isComment = next === "#" && end > span.end
  if (next !== "" && next !== "\n" && next !== "\r" && !isComment) return false
  if (!beginsLine(text, key)) return false
  const before = text.slice(Math.max(0, key.start - 80), key.start).trimEnd()
  const after = text.slice(span.end, span.end + 80).trimStart()
  if (/[{,(;=[]$/.test(before) || /^[})\]]/.test(after)) return false
  if (colon) return true
  const above = before.slice(before.lastIndexOf("\n") + 1)
  const below = after.split("\n", 1)[0] ?? ""
  if (isProperty(text, key) && isBesideProperties(text.slice(key.start, key.end), above, below)) return true
  const value = text.slice(span.start, span.end)
  if (!PLAIN_WORD.test(value) && !isGenerated(value)) return false
  return SETTING.test(above) || SETTING.test(below)
}

/** Names of what signs, in capitals: their values are phrases with dashes where a person made them up. */
const SIGNS = /APP|AUTH|COOKIE|CSRF|ENCRYPT|HASH|JWT|NEXTAUTH|REFRESH|SESSION|SIGN|^SECRET_KEY/

/** `JWT_SECRET=`, `SESSION_SECRET=` of an environment file. */
export function isSigning(text: string, key: Key, separator: Separator): boolean {
  return (
    isEnvironment(text, key, separator) && isConstant(text, key) && SIGNS.test(text.slice(key.start, key.end))
  )
}

/** `spring.datasource.password=v`: a name with dots in it, and no blanks around the sign. */
function isProperty(text: string, { start, end }: Key): boolean {
  return text.charCodeAt(end) === 61 && PROPERTY_NAME.test(text.slice(start, end))
}
const PROPERTY_NAME =
  /^(?!(?:self|this|cls|window|document|module|exports?|obj|user|data|params?|args?|opts?|options|req|res|props|state|form|input|credentials?)\.)[a-z][\w-]{0,40}(?:\.[a-z][\w-]{0,60}){1,8}$/
const PROPERTY = /^[ \t]*(?:[#!]|[a-z][\w-]{0,40}(?:\.[\w-]{1,60}){1,8}=(?![^\n]*[;({][ \t]*\r?$))/

/** A name of three parts needs no company; one of two stands beside others or alone in its text. */
function isBesideProperties(name: string, above: string, below: string): boolean {
  const isFit = (line: string): boolean => line.trim() === "" || PROPERTY.test(line)
  if (!isFit(above) && !isFit(below)) return false
  if (name.indexOf(".") !== name.lastIndexOf(".")) return true
  return isFit(above) && isFit(below)
}

/**
 * A password that is the rest of its key's line and is not read otherwise: generated with signs that end other values,
 * or words with blanks between. Undefined where the line holds anything else.
 */
export function lineValue(
  text: string,
  key: Key,
  separator: Separator,
  name: KeyName,
): ValueSpan | undefined {
  const { kind, valueAt } = separator
  if (kind !== "sign" || text.charCodeAt(valueAt) <= 32 || !beginsLine(text, key)) return undefined
  if (isString(text, valueAt)) return undefined
  const end = lineEnd(text, key, valueAt)
  if (end === undefined || end - valueAt < 8) return undefined
  const value = text.slice(valueAt, end)
  const isOne = /^\S+$/.test(value)
  const isFound = isOne ? isSigned(value) : isWords(value, name, isEnvironment(text, key, separator))
  return isFound ? { start: valueAt, end, quoted: !isOne } : undefined
}

/** A string with its prefix, `b"v"`, or with brackets for quotes, `%q[v]`. */
function isString(text: string, at: number): boolean {
  return quotedSpan(text, at) !== undefined || /^(?:qq?|%[qQ])[{([]/.test(text.slice(at, at + 3))
}

/** Where the rest of the line ends without blanks, a remark, and the quotes that hold the line. */
function lineEnd(text: string, key: Key, from: number): number | undefined {
  const rest = text.slice(from, from + MAX_LINE)
  const feed = /[\r\n\uffff]/.exec(rest)?.index
  if (feed === undefined && rest.length === MAX_LINE) return undefined
  let line = rest.slice(0, feed ?? rest.length)
  const escape = ESCAPED_END.exec(line)?.index
  if (escape !== undefined) line = withoutBackslashes(line, escape)
  const remark = /[ \t]#/.exec(line)?.index
  line = line.slice(0, remark ?? line.length).trimEnd()
  const quote = text.charAt(key.start - 1)
  const isHeld = (quote === '"' || quote === "'") && text.charAt(key.end) !== quote
  if (!isHeld) return from + line.length
  return line.endsWith(quote) ? from + line.length - 1 : undefined
}

/** A line up to the backslashes that end at `end`: there are as many as strings are nested. */
function withoutBackslashes(line: string, end: number): string {
  let i = end
  while (i > 0 && line.charAt(i - 1) === "\\") i--
  return line.slice(0, i)
}

function isSigned(value: string): boolean {
  if (!HARD.test(value) || NEXT_ENTRY.test(value)) return false
  const first = value.charAt(0)
  if (/["'`]/.test(first) && value.includes(first, 1)) return false
  for (let at = value.indexOf("<"); at !== -1; at = value.indexOf("<", at + 1))
    if (isTag(value, at)) return false
  return isGenerated(value) && !isWrittenByTools(value)
}

/** In an environment file nobody writes remarks in place of a value. */
function isWords(value: string, name: KeyName, isEnvironmentFile: boolean): boolean {
  if (name.verb || COMMAND.test(value)) return false
  return isGroups(value) || (isWordList(value) && (isEnvironmentFile || !isRemark(value)))
}
