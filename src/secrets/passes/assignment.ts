import { FOREIGN_WORD, FOREIGN_WORDS } from "../beyond-ascii.ts"
import {
  ALNUM,
  hasClass,
  LETTER,
  LOWER,
  NAME,
  skipLeftIn,
  skipRight,
  skipRightIn,
  UPPER,
} from "../charset.ts"
import { GluedValues, MIN_GLUED } from "../glued-value.ts"
import { isChecksum, isRowId, isTemplateFilter, saysOtherwise } from "../key-context.ts"
import { judgeKey, judgeKeyAt, type KeyName } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { afterColour } from "../runs.ts"
import { beginsLine, type Key, readSeparator, type Separator } from "../separator.ts"
import { isLabel, repeatsKey } from "../stand-in.ts"
import { acceptsValue, isStandIn, type ValueStyle } from "../value-filter.ts"
import { isEnvironment, isSigning, isWholeLine, lineValue } from "../value-line.ts"
import type { TextCodes } from "../walker.ts"
import { lineBelow, readValue, trimmed } from "../value-reader.ts"
import { isVeiled, isTag, plainSpan, type ValueSpan, withoutVeil } from "../value-span.ts"

const MAX_NAME = 80
/** Keys inside an unquoted value are looked at (`auth=token=v`), unless it is longer than this, and so many of them. */
const MAX_NESTED = 64
const MAX_NESTED_KEYS = 2
/** A word before `key` that goes with it: `api key: v`. */
const WORD_BEFORE = /(?:^|[^\w-])([A-Za-z]{2,14})[ \t]$/
/** Words before a bare `key` that are no name of a service. */
const COMMON =
  /^(?:the|a|an|this|that|of|for|and|or|by|with|as|is|in|to|each|every|any|return|const|let|var|string|my|our|your|new|old|same|other|config|object|value)$/i
/** The name of an object of git on a line of its own or before a path. */
const OBJECT_BELOW = /^\r?\n[ \t]{0,8}(?:[0-9a-f]{40}|[0-9a-f]{64})(?:\s|$)/
/** Rules for a field in place of values: `'password' => ['required', 'confirmed']`. */
const RULES =
  /^\\{0,3}["'`](?:accepted|bail|confirmed|current_password|filled|max|min|not[ _]null|nullable|present|required|sometimes|string)\b/i
/** Opens a list of strings; what stands between two of them. */
const LIST = /^\[\s{0,40}(?=\\{0,3}["'`])/
const NEXT_LISTED = /^\\{0,3}["'`]\s{0,4},\s{0,40}(?=\\{0,3}["'`])/
const MAX_LISTED = 16
/** A value behind a name that is only set off by blanks, and a table's cell among many, must speak for itself. */
function isLoose(text: string, key: Key, separator: Separator, strength: number): boolean {
  if (separator.kind === "argument") return strength === 3
  if (separator.kind === "loose")
    return text.charAt(key.start) !== "-" || text.charAt(key.start - 1) === "-" || isHelp(text, separator)
  if (separator.kind !== "cell") return false
  const lineEnd = text.slice(separator.valueAt, separator.valueAt + 200).split("\n", 1)[0] ?? ""
  return (lineEnd.match(/\|/g)?.length ?? 0) > 1
}

/** A description stands in a column of its own behind an option: `-p, --password    asks for it`. */
function isHelp(text: string, { valueAt }: Separator): boolean {
  return /[ \t]{2}$/.test(text.slice(valueAt - 2, valueAt))
}

/**
 * Whether the line below a name may be the next of a list: the name ends a path, or a message of git, and a hash of an
 * object follows.
 */
function isBesideHashes(text: string, key: Key, { valueAt, colon }: Separator): boolean {
  if (/[\w.-]?[/\\]$/.test(text.slice(Math.max(0, key.start - 2), key.start))) return true
  return colon !== true && OBJECT_BELOW.test(text.slice(valueAt, valueAt + 80))
}

/** What stands in the codes of a text for everything above ASCII. */
const ABOVE_ASCII = 128

class AssignmentRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  readonly #gluedValues: GluedValues
  #doneTo = 0
  #foreignTo = 0
  readonly #codes: TextCodes
  /** End of the plain value that was found last. */
  #foundTo = 0
  /** End of the plain value of the last key outside of any, and how many keys were looked at inside. */
  #outerTo = 0
  #nestedKeys = 0

  constructor(text: string, emit: Emit, codes: TextCodes) {
    this.#text = text
    this.#emit = emit
    this.#codes = codes
    this.#gluedValues = new GluedValues(text)
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    const text = this.#text
    // Some keywords end with the sign that follows the name.
    let wordEnd = end
    while (!hasClass(text, wordEnd - 1, LETTER)) wordEnd--
    const key = this.#keyAround(start, wordEnd)
    const dots = key.end > wordEnd && text.charAt(key.end - 1) === "." ? 1 : 0
    this.#doneTo = key.end
    if (this.#isFound(key.end) || isArmour(text, wordEnd)) return
    if (key.start < this.#outerTo && this.#nestedKeys++ >= MAX_NESTED_KEYS) return
    // The user of a URL, `https://x-access-token:…@host`: its password is read together with the host.
    if (text.startsWith("://", key.start - 3)) return
    const gap = text.charCodeAt(wordEnd)
    const mayBeGlued = key.end - wordEnd > MIN_GLUED || (gap >= 45 && gap <= 46) || gap === 95
    if (mayBeGlued && this.#glued(key.start, start, key.end)) return
    this.#judge({ start: key.start, end: key.end - dots })
  }

  finish(): void {
    if ((this.#codes.beyond & FOREIGN_WORD) === 0) return
    const text = this.#text
    for (const [word, before] of FOREIGN_WORDS)
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
        this.#foreign({ start: Math.max(0, at - before), end: at + word.length })
  }

  /** Nothing of its value is read as a key again: it may hold nothing but such words. */
  #foreign(key: Key): void {
    if (key.start < this.#foreignTo || !/[A-Za-z0-9"']/.test(this.#text.slice(key.end, key.end + 80))) return
    const value = plainSpan(this.#text, key.end)
    this.#foreignTo = value?.end ?? key.end
    this.#judge(key)
  }

  /** `password=token=v`: the value of the key that ends at `end` is the rest of the one that was found. */
  #isFound(end: number): boolean {
    const text = this.#text
    return end + 1 < this.#foundTo && text.charCodeAt(end) === 61 && hasClass(text, end + 1, ALNUM)
  }

  #keyAround(start: number, wordEnd: number): Key {
    const text = this.#text
    const { codes } = this.#codes
    const from = afterColour(text, skipLeftIn(codes, start, NAME, start - MAX_NAME))
    const to = skipRightIn(codes, wordEnd, NAME, Math.min(wordEnd + MAX_NAME, text.length))
    // Letters with accents, as in `contraseña`.
    const code = codes[to] === ABOVE_ASCII ? text.charCodeAt(to) : 0
    if (code < 0xc0 || code > 0x24f || to === text.length) return { start: from, end: to }
    return {
      start: from,
      end: to + (/^[\u00c0-\u024f\w]{1,12}/.exec(text.slice(to, to + 12))?.[0].length ?? 0),
    }
  }

  /** `acme-SECRET-0123…`: name and value in one word. */
  #glued(nameStart: number, wordStart: number, nameEnd: number): boolean {
    const value = this.#gluedValues.read(wordStart, nameEnd)
    if (value === undefined || this.#text.startsWith("systemd-", nameStart)) return false
    const { start, end } = value
    // Last, because it costs most.
    const { strength, named } = this.#strengthOf({ start: nameStart, end: start - 1 })
    if (strength === 0 || !(named || strength > 1) || isStandIn(this.#text.slice(start, end))) return false
    this.#emit("keyword", start, end)
    this.#doneTo = end
    return true
  }

  #judge(key: Key): void {
    const text = this.#text
    // Most of such names belong to nothing secret; a list has the plural of a name.
    if (this.#own(key).strength === 0 && !isPlural(text, key)) return
    const separator = readSeparator(text, key)
    if (separator === undefined || (separator.kind === "cell" && isTemplateFilter(text, key))) return
    if (separator.kind === "sign" && text.charCodeAt(separator.valueAt) === 91) {
      const list = LIST.exec(text.slice(separator.valueAt, separator.valueAt + 48))
      if (list !== null)
        return this.#judgeList(key, { ...separator, valueAt: separator.valueAt + list[0].length })
    }
    if (isVeiled(text, separator.valueAt)) return
    if (separator.kind === "loose" && isPlainWord(text, key, separator.valueAt)) return
    const judged = this.#strengthOf(key)
    if (judged.strength > 0) this.#judgeValue(key, separator, judged)
  }

  /** `api_keys = ["v", "w"]`: each string of the list, under the singular of its name. */
  #judgeList(key: Key, first: Separator): void {
    const text = this.#text
    if (RULES.test(text.slice(first.valueAt, first.valueAt + 40))) return
    const isMany = isPlural(text, key)
    const singular = isMany ? this.#own({ ...key, end: key.end - 1 }) : this.#strengthOf(key)
    if (singular.strength === 0 || (isMany && !(singular.named && singular.strength === 2))) return
    for (let valueAt = first.valueAt, count = 0; count < MAX_LISTED; count++) {
      const end = this.#judgeValue(key, { ...first, valueAt }, singular)
      const next = end === undefined ? null : NEXT_LISTED.exec(text.slice(end, end + 48))
      if (end === undefined || next === null) return
      valueAt = end + next[0].length
    }
  }

  /** The end of the value, secret or not; undefined where there is none. */
  #judgeValue(key: Key, separator: Separator, judged: KeyName): number | undefined {
    const text = this.#text
    const environment = isEnvironment(text, key, separator)
    const line = judged.strength === 3 ? lineValue(text, key, separator, judged) : undefined
    if (line !== undefined && !saysOtherwise(text, key, judged.strength)) return this.#lineFound(line)
    const raw = readValue(text, key, separator, environment && beginsLine(text, key))
    if (raw === undefined) {
      const below = isBesideHashes(text, key, separator) ? undefined : lineBelow(text, separator.valueAt)
      // A password there is judged like a token: words with a digit follow a label just so.
      const name: KeyName = judged.strength === 3 ? { ...judged, strength: 2 } : judged
      if (below !== undefined) this.#judgeSpan(key, { ...separator, kind: "loose" }, name, below, false)
      return undefined
    }
    if (raw.end - raw.start < 3) return undefined
    this.#judgeSpan(key, separator, judged, raw, environment)
    return raw.end
  }

  /** Nothing of it is read as a key again. */
  #lineFound({ start, end }: ValueSpan): number {
    this.#emit("keyword", start, end)
    this.#doneTo = Math.max(this.#doneTo, end)
    return end
  }

  #judgeSpan(key: Key, separator: Separator, judged: KeyName, raw: ValueSpan, environment: boolean): void {
    const text = this.#text
    const loose = isLoose(text, key, separator, judged.strength)
    if (loose && separator.kind === "loose" && !speaksForItself(text, raw)) return
    if (!raw.quoted) this.#nest(key, raw)
    const span = trimmed(text, raw)
    const { kind } = separator
    const isCall = kind === "argument" || kind === "set"
    if (kind === "argument" && /^\\{0,3}["'`]\s{0,4}\+/.test(text.slice(raw.end, raw.end + 10))) return
    if (isCall && /^\\{0,3}["'`]\s{0,4}(?::|=>|=)/.test(text.slice(raw.end, raw.end + 10))) return
    const style: ValueStyle = {
      quoted: span.quoted,
      line:
        (environment && !isListed(text, key, raw)) ||
        (kind === "sign" && !span.quoted && isWholeLine(text, key, span, separator.colon === true)),
      loose:
        loose ||
        (judged.verb &&
          kind === "sign" &&
          /\w[ \t]+(?:to|is|was|are)[ \t]/.test(text.slice(key.end - 1, span.start))),
      exact: kind === "compared",
      signing: judged.madeUp && isSigning(text, key, separator),
    }
    const value = withoutVeil(text.slice(span.start, span.end))
    if (isCode(text, span) || isStructured(value)) return
    // Of a button or a message; what is handed to a call, `changePassword("v")`, is neither.
    if ((kind === "sign" || kind === "element") && isLabel(value, judged.label)) return
    if (!acceptsValue(value, judged, style) || repeatsKey(text.slice(key.start, key.end), value)) return
    if (saysOtherwise(text, key, judged.strength) || isChecksum(text, key, value)) return
    if (isRowId(text.slice(key.start, key.end), value)) return
    this.#emit("keyword", span.start, span.end)
    if (!raw.quoted) this.#foundTo = span.end
  }

  #nest(key: Key, { start, end }: ValueSpan): void {
    if (end - start > MAX_NESTED) this.#doneTo = Math.max(this.#doneTo, end)
    if (key.start < this.#outerTo) return
    this.#outerTo = end
    this.#nestedKeys = 0
  }

  /** What the name says by itself. */
  #own({ start, end }: Key): KeyName {
    return judgeKeyAt(this.#text, this.#codes.codes, start, end)
  }

  #strengthOf(key: Key): KeyName {
    const text = this.#text
    const judged = this.#own(key)
    if (judged.strength === 0 || judged.strength === 3 || judged.named) return judged
    const isToken = judged.strength === 2
    if (isToken && !isTokenWord(text, key)) return judged
    const before = text.charCodeAt(key.start - 1)
    // A parameter of a URL: `https://host/path?key=v`.
    if (!isToken && (before === 63 || before === 38) && text.charCodeAt(key.end) === 61)
      return { ...judged, named: true }
    const isBlank = before === 32 || before === 9
    const word = isBlank
      ? WORD_BEFORE.exec(text.slice(Math.max(0, key.start - 18), key.start))?.[1]
      : undefined
    if (word === undefined) return !isToken && isCapitals(text, key) ? { ...judged, named: true } : judged
    const together = judgeKey(`${word}_${text.slice(key.start, key.end)}`)
    if (isToken) return together.strength === 0 ? together : judged
    const named = together.strength > 1 || (together.named && !COMMON.test(word)) || isCapitals(text, key)
    return together.strength === 0 ? together : { ...together, named }
  }
}

/** What names the parts of a PEM file: `PRIVATE` in front of `KEY`, and `KEY` in front of five dashes. */
function isArmour(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  if (code === 45) return text.startsWith("-----", end)
  return code === 32 && text.startsWith(" KEY-----", end)
}

/** A name with an `s` at its end, as `api_keys`. */
function isPlural(text: string, { end }: Key): boolean {
  const last = text.charCodeAt(end - 1)
  return (last | 32) === 115 && hasClass(text, end - 2, last === 115 ? LOWER : UPPER)
}

/** `token` or `tokens`, and nothing beside it. */
function isTokenWord(text: string, { start, end }: Key): boolean {
  return end - start <= 6 && /^tokens?$/i.test(text.slice(start, end))
}

/** Three capitals or more. */
function isCapitals(text: string, { start, end }: Key): boolean {
  return end - start >= 3 && skipRight(text, start, UPPER, end) === end
}

/** An argument of a call on a line of its own, `password=value,`: hardly ever a literal. */
function isListed(text: string, key: Key, span: ValueSpan): boolean {
  const next = text.charAt(span.end)
  return (next === "," || next === ")") && /[a-z]/.test(text.slice(key.start, key.end))
}

/** Whether what follows a name that only blanks set off is a word, and no value that speaks for itself. */
function isPlainWord(text: string, key: Key, valueAt: number): boolean {
  // An option with one dash is no bare name; in a header a scheme precedes the value.
  if (text.charCodeAt(key.start) === DASH || key.end - key.start > 12) return false
  for (let i = valueAt; i < valueAt + 3; i++) if (mayOpen(text.charCodeAt(i))) return false
  if (text.charCodeAt(valueAt) <= 32) return false
  for (let i = valueAt; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 32) return true
    if (isProof(code)) return false
  }
  return true
}
const DASH = 45

/** Quotes, a backslash and a square bracket. */
function mayOpen(code: number): boolean {
  return code === 34 || code === 39 || code === 96 || code === 91 || code === 92
}

function isProof(code: number): boolean {
  return code < 58 ? code !== 45 && code !== 46 && code !== 47 : code === 64 || code === 94 || code >= 126
}

/** A digit or a sign that passwords hold, and no name of another assignment in front. */
function speaksForItself(text: string, { start, end }: ValueSpan): boolean {
  for (let i = start; i < end; i++) {
    if (isProof(text.charCodeAt(i))) return !/^[\w.-]{1,40}[=:]/.test(text.slice(start, start + 42))
  }
  return false
}

/** A call or an index follows an unquoted name: `token = getToken()`. */
function isCode(text: string, span: ValueSpan): boolean {
  if (span.quoted) return false
  const next = text.charAt(span.end)
  if (next === "<" && isTag(text, span.end)) return false
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
    ...["pw", "api", "salt"].flatMap((word) => [":", "=", " =", " :", '"', "'"].map((sign) => word + sign)),
    ...[":", "=", " ", '"', "'", "?", ">", "\n"].map((sign) => "pat" + sign),
    "secret",
    "token",
    "key",
    "auth",
    "cred",
    "access",
    "private",
    "login",
    "unseal",
    "mnemonic",
    "seed phrase",
    "seed_phrase",
    "identified ",
    "kennwort",
    "senha",
    "contrase",
    "mdp",
    "wachtwoord",
    "parola",
    "haslo",
    "heslo",
    "clave",
    "chave",
    "jeton",
    "geheim",
  ],
  begin: (text, emit, codes) => new AssignmentRun(text, emit, codes),
}

/** Whether a whole text is a secret, being the value of a property called `name`. */
export function acceptsNamedValue(name: string, value: string): boolean {
  const key = judgeKey(name)
  if (key.strength === 0 || value.length > 4096 || isStandIn(value) || isStructured(value)) return false
  if (isLabel(value, key.label)) return false
  return acceptsValue(value, key, { quoted: true, line: false, loose: false, exact: false })
}
