import { LITERAL_MIN_CHARS, type Literal } from "./literal-matcher.ts"

/** Rule id of what was found because the person's own values were given. */
export const KNOWN_VALUE_RULE = "known-value"

/** Values that stand in most environment files and say nothing; masking them would make texts unreadable. */
const COMMON_VALUES: ReadonlySet<string> = new Set(
  `true false null none undefined enabled disabled default auto
  local localhost 127.0.0.1 0.0.0.0 example.com
  development dev production prod staging test testing preview
  debug info warn warning error fatal trace verbose silent
  admin root user username guest public private password passwd secret token
  postgres postgresql mysql mariadb sqlite redis mongodb rabbitmq
  main master latest stable node bash utf-8 utf8 en_US.UTF-8 C.UTF-8`.split(/\s+/),
)

const COMMON_NUMBERS: ReadonlySet<string> = new Set(
  `3000 3001 3306 4000 4200 4317 4318 5000 5001 5173 5432 5672 6379 6443 8000 8001 8080 8081 8443 8888 9000
  9090 9092 9200 11211 15672 27017 1024 2048 4096 8192 10000 65535 86400`.split(/\s+/),
)
const YEAR = /^(?:19|20)\d\d$/

/** Below it a value is looked for as a whole word only. */
export const FREE_MIN_CHARS = 8
const FREE_MIN_LETTERS = 16
/** Below it, the inner base64 digits of a value are too few to be told from chance. */
const BASE64_CORE_MIN_BYTES = 8
/** Nothing that URL-encoding changes (RFC 3986, 2.3). */
const UNRESERVED = /^[A-Za-z0-9._~-]*$/
const SHORT_NUMBER = /^\d{4,5}$/

/**
 * The values of `known`. Those that are undefined are left out, as in `process.env`.
 *
 * @throws TypeError naming the key of a value that is no text; never the value.
 */
export function knownTexts(known: Readonly<Record<string, string | undefined>>): readonly string[] {
  const entries: readonly [string, unknown][] = Object.entries(known)
  return entries.flatMap(([key, value]) => {
    if (value === undefined) return []
    if (typeof value === "string") return [value]
    const type = value === null ? "null" : `of type ${typeof value}`
    throw new TypeError(`known: the value of ${JSON.stringify(key)} must be a string, it is ${type}`)
  })
}

/** Whether a value is looked for at all: not shorter than 4 characters, not a common word, port or year. */
export function isMaskableValue(value: string): boolean {
  if (value.trim().length < LITERAL_MIN_CHARS) return false
  return !COMMON_VALUES.has(value.toLowerCase()) && !COMMON_NUMBERS.has(value) && !YEAR.test(value)
}

/**
 * The exact texts to look for so that none of `values` leaves: each as it is, JSON-escaped once and twice,
 * URL-encoded, base64 on its own and inside longer base64 (`Basic` headers).
 */
export function literalsOf(values: Iterable<string>): Literal[] {
  const all: Literal[] = []
  for (const value of new Set(values)) {
    if (!isMaskableValue(value)) continue
    const wholeWord = value.length < FREE_MIN_CHARS || isShortWord(value)
    all.push(
      ...formsOf(value, {
        ruleId: KNOWN_VALUE_RULE,
        wholeWord,
        notQuantity: SHORT_NUMBER.test(value),
      }),
    )
  }
  return mergeTexts(all)
}

/** One literal per text. */
export function mergeTexts(literals: readonly Literal[]): Literal[] {
  const byText = new Map<string, Literal>()
  for (const literal of literals) byText.set(literal.text, joined(literal, byText.get(literal.text)))
  return [...byText.values()]
}

/** Two forms may be one text (base64 alone and inside more); the one that matches in more places decides. */
function joined(a: Literal, b: Literal | undefined): Literal {
  if (!b) return a
  const [beforeA, afterA] = a.extend ?? [0, 0]
  const [beforeB, afterB] = b.extend ?? [0, 0]
  return {
    text: a.text,
    ruleId: a.ruleId,
    wholeWord: a.wholeWord === true && b.wholeWord === true,
    notQuantity: a.notQuantity === true && b.notQuantity === true,
    extend: [Math.max(beforeA, beforeB), Math.max(afterA, afterB)],
  }
}

/** Where the readable forms of a value count, and the rule they are reported under. */
export interface LiteralUse {
  readonly ruleId: string
  readonly wholeWord: boolean
  readonly notQuantity?: boolean
}

/** Everything `value` may be written as; texts may repeat. */
export function formsOf(value: string, { ruleId, wholeWord, notQuantity = false }: LiteralUse): Literal[] {
  const escaped = jsonEscaped(value)
  const readable = [value, escaped, jsonEscaped(escaped), ...percentForms(value)]
  return [
    ...[...new Set(readable)].map((text) => ({ text, ruleId, wholeWord, notQuantity })),
    ...base64Forms(value, ruleId),
  ].filter(({ text }) => text.length >= LITERAL_MIN_CHARS)
}

function isShortWord(value: string): boolean {
  return value.length < FREE_MIN_LETTERS && /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+|\d+)$/.test(value)
}

function jsonEscaped(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function percentForms(value: string): string[] {
  if (UNRESERVED.test(value)) return []
  // By way of UTF-8, because encodeURIComponent throws on a lone surrogate.
  const component = encodeURIComponent(Buffer.from(value, "utf8").toString("utf8"))
  // RFC 3986 reserves these; encodeURIComponent leaves them.
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = strict.replaceAll("%20", "+")
  const lower = [component, strict, form].map((text) =>
    text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
  )
  return [component, strict, form, ...lower]
}

/**
 * Base64 groups three bytes, so inside a longer text a value has one of three shapes, and only the digits that
 * hold nothing but its own bits are the same everywhere; the digits at its edges are taken along.
 */
function base64Forms(value: string, ruleId: string): Literal[] {
  const bytes = Buffer.from(value, "utf8")
  const alone = bytes.toString("base64")
  const bare = alone.replace(/=+$/, "")
  const literals: Literal[] = [...new Set([alone, bare])].map((text) => ({ text, ruleId, wholeWord: true }))
  if (bytes.length >= BASE64_CORE_MIN_BYTES) {
    for (const shift of [0, 1, 2]) literals.push({ ...base64Core(bytes, shift), ruleId })
  }
  return literals.flatMap((literal) => {
    const urlSafe = literal.text.replaceAll("+", "-").replaceAll("/", "_")
    return urlSafe === literal.text ? [literal] : [literal, { ...literal, text: urlSafe }]
  })
}

function base64Core(bytes: Uint8Array, shift: number): Pick<Literal, "text" | "extend"> {
  const digits = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64")
  const startBit = shift * 8
  const endBit = startBit + bytes.length * 8
  const first = Math.ceil(startBit / 6)
  const last = Math.floor(endBit / 6)
  return {
    text: digits.slice(first, last),
    extend: [startBit % 6 === 0 ? 0 : 1, endBit % 6 === 0 ? 0 : 1],
  }
}
