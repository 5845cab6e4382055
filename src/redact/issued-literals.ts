import { bitsPerChar } from "../secrets/likelihood.ts"
import { isSequence, looksRandom } from "../secrets/token-shape.ts"
import { FREE_MIN_CHARS, formsOf, isMaskableValue, KNOWN_VALUE_RULE, mergeTexts } from "./known-values.ts"
import type { Literal } from "./literal-matcher.ts"

/**
 * Where a secret that was found once is masked ever after: at any place, as a whole word, or only where the
 * scanner finds it again, because as an ordinary word it says nothing away from its context.
 */
export type LiteralScope = "anywhere" | "word" | "context"

/** Rules that find a value by what stands beside it, so that it may be any word. */
const CONTEXT_RULE = /^(?:keyword|url-credential|entropy.*|authorization.*|.*password)$/
const EMAIL_RULE = "email"

/** What a rule finds by its form is no word from this length on. */
const TOKEN_MIN_CHARS = 16
const PHRASE_MIN_CHARS = 16
const NUMBER_MIN_DIGITS = 6
/** Letters of a token below this cost per character read like words (see likelihood.ts). */
const WORD_BITS = 5.6
const LETTERS = /^\p{L}+$/u
/** Words of letters with separators between them: a phrase, a dotted name, a path. */
const PHRASE = /^\p{L}+(?:[\s\-_./:,;']+\p{L}+)+$/u
const SEPARATORS = /[\s\-_./:,;']+/u
/** A number, a version, a date, an address. */
const NUMERIC = /^[\d.:/\s-]+$/
/** Names of standards that hold a digit. */
const TECHNICAL =
  /^(?:sha|utf|md|base|aes|rsa|ipv?|http|x|h|es|v|p|s|int|uint|float|python|node|java|vue)-?\d+(?:\.\d+)*$/i
/** A value put together by code: what the scanner took for a secret is a template. */
const TEMPLATE = /[$#]\{|\$\(|\{\{|<%/
const KEY_LINE = /^[A-Za-z0-9+/=]{40,}$/
const KEY_END_MIN_CHARS = 16

/** How far a single-line secret found by `ruleId` is looked for. */
export function scopeOf(secret: string, ruleId: string): LiteralScope {
  const value = secret.trim()
  if (!isMaskableValue(value) || new Set(value).size < 3 || TEMPLATE.test(value)) return "context"
  if (ruleId === EMAIL_RULE) return "word"
  if (!CONTEXT_RULE.test(ruleId) && value.length >= TOKEN_MIN_CHARS) return "anywhere"
  if (NUMERIC.test(value)) return scopeOfNumber(value)
  if (LETTERS.test(value)) return scopeOfWord(value)
  if (PHRASE.test(value)) return scopeOfPhrase(value)
  if (TECHNICAL.test(value)) return "context"
  return value.length < FREE_MIN_CHARS ? "word" : "anywhere"
}

function scopeOfNumber(value: string): LiteralScope {
  const digits = value.replace(/\D/g, "")
  if (digits.length < NUMBER_MIN_DIGITS || digits.length < value.trim().length) return "context"
  const isRound = /^\d0+$/.test(digits)
  return isRound || isSequence(digits, 0, digits.length) ? "context" : "word"
}

function scopeOfWord(value: string): LiteralScope {
  if (value.length < FREE_MIN_CHARS) return isOneCase(value) ? "context" : "word"
  if (isGenerated(value)) return "anywhere"
  return value.length >= PHRASE_MIN_CHARS || !isOneCase(value) ? "word" : "context"
}

function scopeOfPhrase(value: string): LiteralScope {
  if (value.length >= PHRASE_MIN_CHARS && looksRandom(value, 0, value.length)) return "anywhere"
  const words = value.split(SEPARATORS)
  const says = words.filter((word) => isMaskableValue(word))
  return value.length >= FREE_MIN_CHARS && says.length > 0 ? "word" : "context"
}

/** `word`, `Word` or `WORD`, not `woRd`. */
function isOneCase(value: string): boolean {
  return /^(?:\p{Lu}?[^\p{Lu}]*|\p{Lu}+)$/u.test(value)
}

function isGenerated(value: string): boolean {
  return looksRandom(value, 0, value.length) || bitsPerChar(value, 0, value.length) >= WORD_BITS
}

/**
 * The literals that keep a secret from leaving once it was found: of a key block its lines, since a listing or an
 * editor takes it apart, else the value in every form.
 */
export function literalsOfIssued(secret: string, ruleId: string): Literal[] {
  // These are looked for as such already.
  if (ruleId === KNOWN_VALUE_RULE) return []
  if (secret.includes("\n") || secret.includes("-----")) return keyLines(secret).flatMap(freeForms)
  const scope = scopeOf(secret, ruleId)
  if (scope === "context") return []
  return mergeTexts(formsOf(secret.trim(), { ruleId, wholeWord: scope === "word" }))

  function freeForms(line: string): Literal[] {
    return mergeTexts(formsOf(line, { ruleId, wholeWord: false }))
  }
}

function keyLines(block: string): string[] {
  // A block on one line has its breaks escaped.
  const lines = block.split(/\r?\n|(?:\\r)?\\n/).map((line) => line.replace(/^[\s>|#*"']+|[\s"'\\,]+$/g, ""))
  return lines.filter(
    (line) => KEY_LINE.test(line) || (line.length >= KEY_END_MIN_CHARS && looksRandom(line, 0, line.length)),
  )
}
