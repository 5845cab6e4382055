import { hasClass, LETTER, NAME, skipLeft, skipRight } from "../charset.ts"
import { keyStrength } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { afterColour } from "../runs.ts"
import { acceptsValue, isStandIn } from "../value-filter.ts"
import { blockSpan, plainSpan, quotedSpan, skipBlanks, withoutVeil, type ValueSpan } from "../value-span.ts"

const MAX_NAME = 80
/** Keys inside an unquoted value are looked at (`auth=token=v`), unless it is longer than this. */
const MAX_NESTED = 64
/** `pw` wakes the pass only together with what follows it, which is no part of the name. */
const SHORT_NAME = 2

/** A key name and what separates it from its value. */
interface Key {
  readonly start: number
  readonly end: number
}

/** Where the value begins, and how it is set off from the key. */
interface Separator {
  readonly valueAt: number
  readonly kind: "sign" | "element" | "argument" | "loose"
  /** No blanks around an equals sign. */
  readonly tight: boolean
}

const TYPES =
  /^(?:&'?\w*\s?str|[Ss]tring|str|text|var|char\*?|const char\*|SecretStr|Optional\[str\]|auto|NSString\s?\*|string\s?\|\s?(?:null|undefined))\??[ \t]*(?==[^=>])/
const SIGN = /^(?::{1,3}=|===|!==|==|!=|\?\?=|\|\|=|\?=|:=|\+=|\.=|=>|->|=|:)/
/** A name and its value as two fields: `key="Password" value="…"`, `{"name": "PASSWORD", "value": "…"}`. */
const PAIR = /^\s{0,8},?\s{0,40}\\{0,3}["']?value\\{0,3}["']?\s{0,4}[=:]\s{0,4}/i
const PROSE = /^(?:is|was|ist|lautet|est|es|è|é|are)\b:?[ \t]{1,4}/

function afterName(text: string, end: number): { at: number; closed: boolean } {
  let at = end
  while (text.charCodeAt(at) === 92 && at < end + 8) at++
  const quote = text.charAt(at)
  if (quote === '"' || quote === "'" || quote === "`") at++
  else if (text.startsWith("&quot;", at)) at += 6
  else at = end
  const closed = at > end
  while (text.charAt(at) === "]" || text.charAt(at) === ")") at++
  return { at, closed }
}

/** Reads what follows a key; undefined where no value can follow. */
function readSeparator(text: string, key: Key): Separator | undefined {
  const { at, closed } = afterName(text, key.end)
  let i = skipBlanks(text, at)
  if (hasClass(text, i, LETTER) || text.charAt(i) === "&")
    i += TYPES.exec(text.slice(i, i + 40))?.[0].length ?? 0
  const sign = SIGN.exec(text.slice(i, i + 4))
  if (sign !== null) return afterSign(text, i + sign[0].length, i === key.end)
  const next = text.charAt(i)
  if (next === ">" && text.charAt(key.start - 1) === "<")
    return { valueAt: skipBlanks(text, i + 1, true), kind: "element", tight: false }
  const pair = closed ? PAIR.exec(text.slice(at, at + 80)) : null
  if (pair !== null) return { valueAt: at + pair[0].length, kind: "sign", tight: false }
  if (closed && next === "," && isFirstArgument(text, key))
    return { valueAt: skipBlanks(text, i + 1), kind: "argument", tight: false }
  if (next === "|" && !closed) return { valueAt: skipBlanks(text, i + 1), kind: "loose", tight: false }
  if (i === at) return undefined
  const prose = PROSE.exec(text.slice(i, i + 12))
  const valueAt = i + (prose?.[0].length ?? 0)
  const isQuoted = prose !== null && /^["'`]/.test(text.charAt(valueAt))
  return { valueAt, kind: isQuoted ? "sign" : "loose", tight: false }
}

/** The key is the first string of a call or a list: `set("KEY", "value")`, `["x-api-key", "value"]`. */
function isFirstArgument(text: string, key: Key): boolean {
  return /[([]\s{0,4}[bru]?\\{0,3}["'`][\s:]{0,2}$/.test(text.slice(Math.max(0, key.start - 12), key.start))
}

function afterSign(text: string, signEnd: number, tight: boolean): Separator {
  let at = skipBlanks(text, signEnd)
  const typed = TYPES.exec(text.slice(at, at + 40))
  if (typed !== null) at = skipBlanks(text, at + typed[0].length + 1)
  return { valueAt: at, kind: "sign", tight: tight && at === signEnd }
}

function isFlag(text: string, key: Key): boolean {
  return text.charAt(key.start) === "-" && text.charAt(key.start - 1) !== "-"
}

/** `NAME=value` where the name is in capitals or begins a line (after `export`, a diff sign, a line number). */
function isEnvironment(text: string, key: Key, separator: Separator): boolean {
  if (!separator.tight || separator.kind !== "sign") return false
  const name = text.slice(key.start, key.end)
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return true
  const lineStart = text.slice(Math.max(0, key.start - 24), key.start)
  return (
    name.indexOf(".") === -1 &&
    /(?:^|\n)(?:\s*\d+[|:\t]\s?)?[+]?\s*(?:export\s+|set\s+|ENV\s+)?$/.test(lineStart)
  )
}

function readValue(text: string, key: Key, separator: Separator): ValueSpan | undefined {
  const quoted = quotedSpan(text, separator.valueAt)
  if (quoted !== undefined) return quoted
  if (separator.kind === "argument") return undefined
  const block = separator.kind === "sign" ? blockSpan(text, key.start, separator.valueAt) : undefined
  return block ?? plainSpan(text, separator.valueAt)
}

/** Cuts what belongs to the syntax around an unquoted value: a closing full stop, a JSON comma, a scheme word. */
function trimmed(text: string, span: ValueSpan): ValueSpan {
  let { start, end } = span
  const scheme = /^(?:Bearer|Basic|Token|ApiKey|Bot)[ \t]+/i.exec(text.slice(start, start + 12))
  if (scheme !== null) start += scheme[0].length
  while (end > start && /[\s,;:]/.test(text.charAt(end - 1))) end--
  if (!span.quoted && end - start > 1 && text.charAt(end - 1) === ".") end--
  while (start < end && /\s/.test(text.charAt(start))) start++
  return { start, end, quoted: span.quoted }
}

class AssignmentRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    const text = this.#text
    const wordEnd = hasClass(text, end - 1, NAME) ? end : start + SHORT_NAME
    const key: Key = {
      start: afterColour(text, skipLeft(text, start, NAME, start - MAX_NAME)),
      end: skipRight(text, wordEnd, NAME, wordEnd + MAX_NAME),
    }
    const dots = key.end > wordEnd && text.charAt(key.end - 1) === "." ? 1 : 0
    this.#doneTo = key.end
    this.#judge({ start: key.start, end: key.end - dots })
  }

  #judge(key: Key): void {
    const text = this.#text
    const separator = readSeparator(text, key)
    if (separator === undefined || text.slice(key.start - 2, key.start) === "${") return
    const strength = keyStrength(text.slice(key.start, key.end))
    if (strength === 0) return
    const raw = readValue(text, key, separator)
    if (raw === undefined || raw.end - raw.start < 3) return
    if (!raw.quoted && raw.end - raw.start > MAX_NESTED) this.#doneTo = raw.end
    const span = trimmed(text, raw)
    const value = withoutVeil(text.slice(span.start, span.end))
    const isArgument = separator.kind === "argument"
    if (isArgument && /^\\{0,3}["'`]\s{0,4}(?::|=>|=)/.test(text.slice(raw.end, raw.end + 10))) return
    const loose = (separator.kind === "loose" && !isFlag(text, key)) || (isArgument && strength === 3)
    const style = {
      quoted: span.quoted || separator.kind === "element",
      env: isEnvironment(text, key, separator),
      named: /[A-Za-z0-9]_key$/i.test(text.slice(key.start, key.end)),
      loose,
    }
    if (isCode(text, span) || isStructured(value)) return
    if (acceptsValue(value, strength, style)) this.#emit("keyword", span.start, span.end)
  }
}

/** A call or an index follows an unquoted name: `token = getToken()`. */
function isCode(text: string, span: ValueSpan): boolean {
  if (span.quoted) return false
  const next = text.charAt(span.end)
  return (next === "(" || next === "[" || next === "<") && hasClass(text, span.end - 1, LETTER)
}

/** Left to the pass that knows the structure. */
function isStructured(value: string): boolean {
  return value.startsWith("-----BEGIN")
}

/** The value beside `password`, `token`, `api_key`…, in any common syntax. */
export const assignmentPass: Pass = {
  detectors: [
    {
      id: "keyword",
      title: "Value of a key that names a secret",
      source: "https://github.com/Yelp/detect-secrets (KeywordDetector)",
      label: "KeywordDetector",
    },
  ],
  keywords: [
    "pass",
    "pwd",
    "psw",
    "pw:",
    "pw=",
    "pw =",
    'pw"',
    "pw'",
    "secret",
    "token",
    "key",
    "auth",
    "cred",
    "access",
    "private",
    "kennwort",
    "senha",
    "contrase",
    "mdp",
  ],
  begin: (text, emit) => new AssignmentRun(text, emit),
}

/** Whether a whole text is a secret, being the value of a property called `name`. */
export function acceptsNamedValue(name: string, value: string): boolean {
  const strength = keyStrength(name)
  if (strength === 0 || value.length > 4096 || isStandIn(value) || isStructured(value)) return false
  return acceptsValue(value, strength, { quoted: true, env: false, named: false, loose: false })
}
