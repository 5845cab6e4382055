import { ALNUM, CLASSES, DIGIT, hasClass, HEX, LOWER, UPPER } from "./charset.ts"
import { isUuid, looksRandom } from "./token-shape.ts"

const HYPHEN = 45
const UNDERSCORE = 95
const MAX_PREFIX = 12
const MIN_MARKED = 16
const MIN_MARKED_HEX = 24
const MIN_PLAIN = 30
const MAX_BODY = 200
const MAX_CAPITALS = 6
const MIN_CAPITAL_BODY = 24

/** Words inside a token that say what it is: `acme_live_…`, `acme-pat-…`. */
const MARKERS: ReadonlySet<string> = new Set(
  `access admin api apikey auth bot key live pat personal pk priv private prod refresh rk sandbox secret service sk
  svc test token user v1 v2 v3`
    .trim()
    .split(/\s+/),
)
/** Markers that alone, in front, make a token: `sk_…`. */
const LEADING: ReadonlySet<string> = new Set("pat rk secret sk".split(" "))
/** Markers that a hash or a random name seldom follows. */
const STRONG: ReadonlySet<string> = new Set("apikey live pat priv private rk secret sk token".split(" "))
/** Prefixes of digests, of ids that services and agents hand out, and of generated file names. */
const HARMLESS =
  /^(?:acct|app|asst|batch|blake|blk|blob|boot|build|cache|call|ch|chatcmpl|chunk|cmpl|col|commit|conv|cs|cus|dep|doc|dpl|evt|file|fp|func|fc|gen|hash|id|img|in|index|inv|item|job|lib|log|md|msg|nonce|node|obj|ord|org|page|pi|pm|pod|prj|price|proj|prod|prt|query|rec|ref|req|resp|rs|run|seq|ses|sess|session|sha|span|step|sub|sum|task|team|thr|thread|tmp|tok|tool|toolu|trace|txn|uid|user|usr|uuid|vector|vs|ws|xid)\d*$/

/**
 * What Kubernetes puts behind the name of a deployment to name its pods: a hash and five more characters, of an
 * alphabet without vowels and the digits like them (`SafeEncodeString` of apimachinery), perhaps behind further words.
 */
const POD = /^(?:[a-z]{2,20}-){0,4}[bcdfghjklmnpqrstvwxz2-9]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/

/** Counts over the body of a token. */
interface Tally {
  readonly upper: number
  readonly lower: number
  readonly digit: number
  readonly hex: number
  readonly alnum: number
}

function tallyOf(text: string, start: number, end: number): Tally {
  const count = { upper: 0, lower: 0, digit: 0, hex: 0, alnum: 0 }
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    const flags = code < 128 ? (CLASSES[code] ?? 0) : 0
    if (flags & UPPER) count.upper++
    if (flags & LOWER) count.lower++
    if (flags & DIGIT) count.digit++
    if (flags & HEX) count.hex++
    if (flags & ALNUM) count.alnum++
  }
  return count
}

/** End of the word of `flags` at `from` that a hyphen or underscore follows; -1 where none does. */
function wordEnd(text: string, from: number, limit: number, flags: number = LOWER | DIGIT): number {
  let i = from
  while (i < limit && hasClass(text, i, flags)) i++
  const code = text.charCodeAt(i)
  return i > from && i < limit && (code === HYPHEN || code === UNDERSCORE) ? i : -1
}

/**
 * Whether `text[start, end)`, a run of token characters, has the shape that most vendors give their tokens: a short
 * lower-case prefix, perhaps a word for the kind (`live`, `pat`, `key`), and a long random body. Services make
 * ids in the same way (`cus_…`, `toolu_01…`), so without such a word the body must be longer than ids are and
 * of mixed case; hex is left to rules, because digests, image tags and database names end in it.
 */
export function isPrefixedToken(text: string, start: number, end: number): boolean {
  if (hasClass(text, start, UPPER)) return isCapitalToken(text, start, end)
  const prefixEnd = wordEnd(text, start, Math.min(end, start + MAX_PREFIX + 1))
  if (prefixEnd - start < 2) return false
  const prefix = text.slice(start, prefixEnd)
  if (!hasClass(text, start, LOWER)) return false
  let marker = LEADING.has(prefix) ? prefix : ""
  let bodyAt = prefixEnd + 1
  for (let words = 0; words < 3; words++) {
    const next = wordEnd(text, bodyAt, Math.min(end, bodyAt + MAX_PREFIX))
    const word = next === -1 ? "" : text.slice(bodyAt, next)
    if (!MARKERS.has(word) && !/^\d{6,}$/.test(word)) break
    if (MARKERS.has(word) && !STRONG.has(marker)) marker = word
    bodyAt = next + 1
  }
  if (marker === "" && HARMLESS.test(prefix)) return false
  if (STRONG.has(marker) && isUuid(text.slice(bodyAt, end))) return true
  if (end - bodyAt > MAX_BODY || POD.test(text.slice(bodyAt, end))) return false
  return marker === "" ? isPlainBody(text, bodyAt, end) : isMarkedBody(text, bodyAt, end, marker)
}

/** Whether the token begins like an id that a service or an agent hands out: `toolu_…`, `cus_…`, `chatcmpl-…`. */
export function isPrefixedId(token: string): boolean {
  if (token.startsWith("cs_live_")) return true
  const prefix = /^([a-z]{2,10}\d{0,3})[_-](?!(?:live|pat|priv|rk|secret|sk)[_-])/.exec(token)?.[1]
  return prefix !== undefined && HARMLESS.test(prefix)
}

/** Capitals, a hyphen, and capitals and digits: with an underscore it is more likely a constant. */
function isCapitalToken(text: string, start: number, end: number): boolean {
  const prefixEnd = wordEnd(text, start, Math.min(end, start + MAX_CAPITALS + 1), UPPER)
  if (prefixEnd - start < 2 || text.charCodeAt(prefixEnd) !== HYPHEN) return false
  if (end - prefixEnd - 1 < MIN_CAPITAL_BODY || end - prefixEnd > MAX_BODY) return false
  if (HARMLESS.test(text.slice(start, prefixEnd).toLowerCase())) return false
  const { lower, digit, hex, alnum } = tallyOf(text, prefixEnd + 1, end)
  const length = end - prefixEnd - 1
  return (
    lower === 0 && alnum === length && hex < length && digit >= 4 && looksRandom(text, prefixEnd + 1, end)
  )
}

/** Long letters of both cases and digits without any separator. */
function isPlainBody(text: string, start: number, end: number): boolean {
  if (end - start < MIN_PLAIN) return false
  const { upper, lower, digit, alnum } = tallyOf(text, start, end)
  if (alnum !== end - start || digit < 3 || upper < 5 || lower < 5) return false
  return looksRandom(text, start, end)
}

function isMarkedBody(text: string, start: number, end: number, marker: string): boolean {
  const length = end - start
  if (length < MIN_MARKED) return false
  const { upper, lower, digit, hex, alnum } = tallyOf(text, start, end)
  if (digit < 2 || alnum < length * 0.88) return false
  if (hex === length && (upper === 0 || lower === 0))
    return length >= MIN_MARKED_HEX && (STRONG.has(marker) || marker === "api") && upper + lower > 0
  if (upper < 2 || lower < 2) return length >= MIN_MARKED_HEX && digit >= 3 && looksRandom(text, start, end)
  return looksRandom(text, start, end)
}
