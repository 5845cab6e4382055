import { startsToken } from "./charset.ts"
import { shannonBits } from "./entropy.ts"
import type { Emit } from "./pass.ts"
import type { Rule } from "./rule.ts"
import { passes } from "./validators.ts"

const DEFAULT_MAX_LENGTH = 512
/** Characters kept beside a window for look-around. */
const MARGIN = 8

/** A rule with its pattern compiled for the two ways it is tried. */
export interface CompiledRule {
  readonly rule: Rule
  readonly pattern: RegExp
  readonly reach: number
  readonly maxLength: number
}

/** Recompiles the pattern: sticky where the match begins with the keyword, global where it may begin before. */
export function compileRule(rule: Rule): CompiledRule {
  const reach = rule.reach ?? 0
  const flags =
    rule.pattern.flags.replace(/[gyd]/g, "") +
    (reach === 0 ? "y" : "g") +
    (rule.secretGroup === undefined ? "" : "d")
  return {
    rule,
    pattern: new RegExp(rule.pattern.source, flags),
    reach,
    maxLength: rule.maxLength ?? DEFAULT_MAX_LENGTH,
  }
}

function isStrong(rule: Rule, secret: string): boolean {
  if (rule.validate !== undefined && !passes(rule.validate, secret)) return false
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

/**
 * Tries one rule near a keyword hit at `start`. Returns the offset before which the rule need not be tried
 * again, so that its windows never cover the same characters twice.
 */
export function tryRule(
  compiled: CompiledRule,
  text: string,
  start: number,
  doneTo: number,
  emit: Emit,
): number {
  if (compiled.reach > 0) return tryWindow(compiled, text, start, doneTo, emit)
  if (start < doneTo || (compiled.rule.glued !== true && !startsToken(text, start))) return doneTo
  compiled.pattern.lastIndex = start
  const match = compiled.pattern.exec(text)
  if (match === null) return doneTo
  return report(compiled.rule, match, 0, emit)
}

function report(rule: Rule, match: RegExpExecArray, base: number, emit: Emit): number {
  const span = secretSpan(rule, match)
  if (span === undefined) return base + match.index
  const secret = match.input.slice(span[0], span[1])
  if (!isStrong(rule, secret)) return base + match.index + 1
  emit(rule.id, base + span[0], base + span[1])
  return base + span[1]
}

function tryWindow(compiled: CompiledRule, text: string, start: number, doneTo: number, emit: Emit): number {
  const { rule, pattern, reach, maxLength } = compiled
  const from = Math.max(start - reach, doneTo)
  const base = Math.max(0, from - MARGIN)
  const window = text.slice(base, start + maxLength + MARGIN)
  let done = doneTo
  pattern.lastIndex = from - base
  for (let match = pattern.exec(window); match !== null; match = pattern.exec(window)) {
    if (base + match.index > start) return done
    done = report(rule, match, base, emit)
    pattern.lastIndex = Math.max(done - base, match.index + 1)
  }
  return done
}
