import { hasClass, ALNUM } from "./charset.ts"
import type { KeyStrength } from "./key-name.ts"
import { bitsPerChar } from "./likelihood.ts"
import { isUuid, looksHex, looksRandom } from "./token-shape.ts"

/** How a value is written: what decides how much proof it needs. */
export interface ValueStyle {
  readonly quoted: boolean
  /** `NAME=value` with a capital name or at the start of a line, no blanks around: a literal, never code. */
  readonly env: boolean
  /** A key of two words or more in snake case, `acme_key`: says more than a bare `key`. */
  readonly named: boolean
  /** `password is v`, `token v`: no separator, so the value must speak for itself. */
  readonly loose: boolean
}

/** Words that stand where a secret would and are none: types, states, labels, what templates say. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `any api_key apikey array auth authorization basic bearer bool boolean bytes changeme char credential
  credentials default disabled email enabled env example false file function generated hidden id input int integer
  invalid key missing name new nil no none null number object optional off on pass passphrase passwd password
  private prompt public pwd redacted required sensitive secret static str string test text todo token true type
  undefined unknown unset user username value void wrong yes`
    .trim()
    .split(/\s+/),
)

/** What templates and documents write in place of a value. */
const PLACEHOLDER =
  /^(?:<[^<>]*>|&lt;[^&]*&gt;|\[[^[\]]*\]|\{[^{}]*\}|%[\w.-]*%|__\w+__|@\w+@)$|(?:^|[-_ <])your(?:[-_ ]|[a-z]*$)|(?:^|[-_ ])my[-_](?:api|secret|token|key|pass)|_here$|-here$|change[-_ ]?me|replace[-_ ]?(?:me|with|this)|place[-_]?holder|insert[-_ ]|^enter[-_ ]|example[-_]|[-_]example$|x{4,}|\*{3,}|•{3,}|^\.{3}|\.{3}$|^[\w-]{1,16}\.{3}[\w-]{1,8}$|…|^(?:foo|bar|baz|qux|dummy|fake|sample|todo|tbd|n\/a)\b|^[^a-z0-9]*(?:redacted|masked|hidden)[^a-z0-9]*$|(?:^|[-_ .*<[])redacted(?:$|[-_ .*>\]])/i

/** Looks a value up instead of holding it. */
const REFERENCE =
  /\$\{|\$\(|\{\{|<%|#\{|%\(|^\$[A-Za-z_]|^%[sdv@]\b|process\.env|os\.(?:environ|getenv)|getenv|import\.meta|\bENV\[|secrets?\.[A-Za-z_]|\bvault[:_]|\bop:\/\/|arn:aws|ssm:|^ENC[[(]|^!|^@|^env[(:.]|^ref[+:]|^file:/i

/** A name, a dotted path or a call: code, where it is not quoted. */
const CODE = /^[&*!~-]?[A-Za-z_$][\w$]*(?:(?:\?\.|\.|->|::)[A-Za-z_$][\w$]*)*[?!]?(?:[([{<].*)?$/

const URL_OR_PATH =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|\.{0,2}\/|~\/|[A-Za-z]:\\)|^\/?[\w.-]+(?:\/[\w.-]+)+$|^[\w-]+(?:\.[\w-]+)+\.(?:com|org|net|io|dev|js|ts|py|json|ya?ml|txt|pem|key|crt|env|md|go|rs|java)$/

/** Whether the value is one or two characters repeated, as in `xxxxxxxx` or `-----`. */
function isRepetition(value: string): boolean {
  const first = value.charCodeAt(0)
  let second = first
  for (let i = 1; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code === first || code === second) continue
    if (second !== first) return false
    second = code
  }
  return true
}

/** Whether the value is a stand-in or a reference, whatever the key says. */
export function isStandIn(value: string): boolean {
  if (value.length < 3 || isRepetition(value)) return true
  if (STOP_WORDS.has(value.toLowerCase())) return true
  if (REFERENCE.test(value)) return true
  return value.length < 200 && PLACEHOLDER.test(value)
}

function isMixed(value: string): boolean {
  return /[0-9]/.test(value) && /[A-Za-z]/.test(value)
}

function hasSpecial(value: string): boolean {
  return /[!#$%^&*+=~?@|\\/]/.test(value)
}

/** A name with a capital inside that reads like words: `no2FaPass`. */
function isIdentifier(value: string): boolean {
  return CODE.test(value) && /[a-z0-9][A-Z]/.test(value) && bitsPerChar(value, 0, value.length) < 5.6
}

/** Starts like an expression, a list, a comment or a URL. */
const EXPRESSION = /^(?:[[({]|\/[/*]|[a-z][a-z0-9+.-]{1,20}:\/\/|new\s|await\s|function\b|\w+\()/i

function acceptsPassword(value: string, style: ValueStyle): boolean {
  if (style.loose) return value.length >= 6 && isMixed(value) && !URL_OR_PATH.test(value)
  if (style.quoted || style.env) return value.length >= 4 && !/^[./~]?\//.test(value)
  if (/^[0-9.]+$/.test(value)) return value.length >= 4 && !value.includes(".")
  if (isIdentifier(value)) return false
  if (isMixed(value) || hasSpecial(value)) return value.length >= 4 && !/^[A-Za-z_$][\w$]*[.([]/.test(value)
  return value.length >= 4 && !CODE.test(value)
}

function acceptsToken(value: string, style: ValueStyle): boolean {
  if (style.loose)
    return value.length >= 16 && isMixed(value) && (isLongId(value) || looksRandom(value, 0, value.length))
  if (/^[0-9.,:]+$/.test(value)) return /^[0-9]{16,}$/.test(value)
  if (value.length < 8) return false
  if (looksRandom(value, 0, value.length)) return true
  if (isUuid(value)) return true
  if (URL_OR_PATH.test(value) && !isMixed(value)) return false
  if (!style.quoted && !style.env && CODE.test(value))
    return value.length >= 16 && /[0-9]{2}/.test(value) && !/[.([]/.test(value)
  return isMixed(value) || (style.quoted && /^[^\s/.:]*[#!$^*][^\s/.:]*$/.test(value))
}

/** Letters and digits without words between them, long and with four digits or more. */
function isLongId(value: string): boolean {
  return value.length >= 20 && /^[A-Za-z0-9_+=-]+$/.test(value) && value.replace(/[^0-9]/g, "").length >= 4
}

function acceptsPerhaps(value: string, isNamed: boolean): boolean {
  if (value.length < 16 || !isMixed(value)) return false
  if (isUuid(value)) return isNamed
  if (isNamed && isLongId(value) && /^[A-Za-z0-9]+$/.test(value)) return true
  return looksRandom(value, 0, value.length) || looksHex(value, 0, value.length)
}

/** Words that sentences are made of and passphrases from a word list are not; what forms say about passwords. */
const PROSE =
  /\b(?:a|an|and|are|as|at|be|by|can|cannot|characters?|do|does|for|forgot|from|has|in|is|least|login|missing|not|of|on|or|reset|sign|than|that|the|this|to|too|updated?|user|with|you|your|wrong)\b/i

/** Words of a list with blanks between, as diceware makes them; any quoted text without prose in an environment. */
function isPassphrase(value: string, isEnvironment: boolean): boolean {
  if (/pass|enter|invalid|secret|must/i.test(value)) return false
  if (isEnvironment) return true
  return /^[a-z]{3,10}(?: [a-z]{3,10}){3,11}$/.test(value) && !PROSE.test(value)
}

/**
 * Whether the value beside a key of `strength` is taken for a secret. Passwords may be words, tokens must hold
 * digits and letters or look generated, a bare `key` must look generated.
 */
export function acceptsValue(value: string, strength: KeyStrength, style: ValueStyle): boolean {
  if (isStandIn(value)) return false
  if (/\s/.test(value))
    return strength === 3 && style.quoted && !style.loose && isPassphrase(value, style.env)
  if (!style.quoted && EXPRESSION.test(value)) return false
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)) return false
  if (!hasClass(value, 0, ALNUM) && !/[A-Za-z0-9]/.test(value)) return false
  if (style.loose && /^[\w.-]+=/.test(value)) return false
  if (strength === 3) return acceptsPassword(value, style)
  return strength === 2 ? acceptsToken(value, style) : acceptsPerhaps(value, style.named)
}

/** The longest patterns above, for the test that they run in linear time. */
export const valuePatterns: readonly RegExp[] = [PLACEHOLDER, REFERENCE, CODE, URL_OR_PATH, EXPRESSION, PROSE]
