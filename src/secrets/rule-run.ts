import { hasClass, NAME, skipRight, startsToken, TOKEN } from "./charset.ts"
import { isDummy } from "./dummy.ts"
import { shannonBits } from "./entropy.ts"
import type { Emit } from "./pass.ts"
import type { Rule } from "./rule.ts"
import { passes } from "./validators.ts"

/** A match this long that fails its check is not searched again for a shorter one inside. */
const LONG_MATCH = 64

/** A rule with its pattern ready to be tried at one place. */
export interface CompiledRule {
  readonly rule: Rule
  readonly pattern: RegExp
  readonly reach: number
}

/** Recompiles the pattern as sticky: it is only ever tried at one offset. */
export function compileRule(rule: Rule): CompiledRule {
  const indices = rule.secretGroup === undefined ? "" : "d"
  const flags = `${rule.pattern.flags.replace(/[gyd]/g, "")}y${indices}`
  return { rule, pattern: new RegExp(rule.pattern.source, flags), reach: rule.reach ?? 0 }
}

function isStrong(rule: Rule, secret: string): boolean {
  if (rule.validate !== undefined && !passes(rule.validate, secret)) return false
  if (isDummy(secret)) return false
  if (rule.minEntropy === undefined) return true
  if (rule.checksum !== undefined && passes(rule.checksum, secret)) return true
  return shannonBits(secret) >= rule.minEntropy
}

/** Span of the secret inside a match, from the groups' indices. */
function secretSpan(rule: Rule, match: RegExpExecArray): [number, number] | undefined {
  if (rule.secretGroup === undefined) return [match.index, match.index + match[0].length]
  if (typeof rule.secretGroup === "number") return match.indices?.[rule.secretGroup]
  return match.indices?.groups?.[rule.secretGroup]
}

/** Where the token around a keyword begins: token characters, full stops and tildes, at most `reach` of them. */
function tokenStart(text: string, keywordAt: number, reach: number): number {
  const floor = Math.max(0, keywordAt - reach)
  let i = keywordAt
  while (
    i > floor &&
    (hasClass(text, i - 1, TOKEN) || text.charAt(i - 1) === "." || text.charAt(i - 1) === "~")
  )
    i--
  return i
}

/**
 * Tries one rule where a keyword stands at `keywordAt`. Returns the offset before which the rule need not be
 * tried again.
 */
export function tryRule(
  compiled: CompiledRule,
  text: string,
  keywordAt: number,
  doneTo: number,
  emit: Emit,
): number {
  if (compiled.rule.beside === true) return tryBeside(compiled, text, keywordAt, doneTo, emit)
  if (compiled.reach === 0) return tryAt(compiled, text, keywordAt, doneTo, emit)
  const start = tokenStart(text, keywordAt, compiled.reach)
  const done = tryAt(compiled, text, start, doneTo, emit)
  if (done !== doneTo) return done
  const slash = text.slice(start, keywordAt).lastIndexOf("/")
  return slash === -1 ? doneTo : tryAt(compiled, text, start + slash + 1, doneTo, emit)
}

/** How far after its name a value may begin. */
const BESIDE_REACH = 40
const VALUE: number = NAME | TOKEN
/** Shorter words are never the beginning of a value. */
const MIN_VALUE = 6
/** What may stand between a name and its value; the first group must occur. */
const SEPARATORS = " \t:=>,"
const DECORATION = "\"'`\\[]()\r\n"

/** Tries the pattern at every place after a name where a separator ends and a token begins. */
function tryBeside(
  compiled: CompiledRule,
  text: string,
  keywordAt: number,
  doneTo: number,
  emit: Emit,
): number {
  const from = skipRight(text, keywordAt, NAME, keywordAt + BESIDE_REACH)
  const stop = Math.min(text.length, from + BESIDE_REACH)
  let separated = false
  for (let i = from; i < stop; i++) {
    const char = text.charAt(i)
    if (SEPARATORS.includes(char)) separated = true
    else if (!DECORATION.includes(char)) {
      if (!separated || !hasClass(text, i, VALUE)) return doneTo
      const end = skipRight(text, i, VALUE, stop + MIN_VALUE)
      const done = end - i < MIN_VALUE ? doneTo : tryAt(compiled, text, i, doneTo, emit)
      if (done !== doneTo) return done
      i = end - 1
      separated = false
    }
  }
  return doneTo
}

function tryAt(compiled: CompiledRule, text: string, start: number, doneTo: number, emit: Emit): number {
  const { rule, pattern } = compiled
  if (start < doneTo || (rule.glued !== true && !startsToken(text, start))) return doneTo
  pattern.lastIndex = start
  const match = pattern.exec(text)
  return match === null ? doneTo : report(rule, match, emit)
}

function report(rule: Rule, match: RegExpExecArray, emit: Emit): number {
  const span = secretSpan(rule, match)
  if (span === undefined) return match.index + 1
  if (!isStrong(rule, match.input.slice(span[0], span[1])))
    return match[0].length >= LONG_MATCH ? match.index + match[0].length : match.index + 1
  emit(rule.id, span[0], span[1])
  return span[1]
}
