import type { RE2JS } from "re2js"
import type { CustomRule, CustomRuleProblem } from "./custom-rule.ts"
import type { Re2 } from "./re2.ts"

/** A rule whose pattern the engine has taken. */
export interface CompiledCustomRule {
  readonly rule: CustomRule
  readonly pattern: RE2JS
}

/**
 * Instructions a pattern may compile to. Where the engine's automaton grows too large it walks all of them for each
 * character: at this many, 20 µs per character.
 */
const MAX_PROGRAM = 500
/** Texts in which a pattern that can match nothing shows it. */
const PROBES: readonly string[] = ["", "a", " a", "1\n", "-a1 b\n"]

/** Compiles one rule, or says what is wrong with it. */
export function compileCustomRule(
  re2: Re2,
  rule: CustomRule,
): CompiledCustomRule | Omit<CustomRuleProblem, "index"> {
  const pattern = compile(re2, rule)
  if (typeof pattern === "string") return { key: "pattern", message: pattern }
  if (pattern.programSize() > MAX_PROGRAM) {
    return {
      key: "pattern",
      message: 'is too large; use smaller repetition counts, or an open end such as "{20,}"',
    }
  }
  if (PROBES.some((text) => matchesNothing(pattern, text))) {
    return {
      key: "pattern",
      message: 'can match the empty text; require characters, for example "+" for "*"',
    }
  }
  const { secretGroup } = rule
  if (secretGroup !== undefined && !hasGroup(pattern, secretGroup)) {
    return { key: "secretGroup", message: groupProblem(pattern) }
  }
  return { rule, pattern }
}

function compile(re2: Re2, { pattern, flags }: CustomRule): RE2JS | string {
  try {
    return re2.compile(pattern, flags === "i" ? re2.CASE_INSENSITIVE : 0)
  } catch (error) {
    return syntaxProblem(pattern, descriptionOf(error))
  }
}

/** RE2's own words for the mistake, one of a fixed list; the part of the pattern that it quotes is left out. */
function descriptionOf(error: unknown): string {
  const isSyntax = error instanceof Error && error.name === "RE2JSSyntaxException" && "error" in error
  return isSyntax && typeof error.error === "string" ? error.error : "unsupported syntax"
}

function syntaxProblem(pattern: string, description: string): string {
  if (/\(\?<?[=!]/.test(pattern)) {
    return "uses look-around, which the linear-time engine (RE2) has not; let the pattern match what stands around and name the secret with secretGroup"
  }
  if (/\\(?:[1-9]|k<)/.test(pattern)) {
    return "uses a back-reference, which the linear-time engine (RE2) has not; write the pattern without it"
  }
  if (description === "invalid repeat count") {
    return 'repeats something more than 1000 times; use a smaller count, or an open end such as "{20,}"'
  }
  return `is no pattern in RE2 syntax (${description}); see https://github.com/google/re2/wiki/Syntax`
}

function matchesNothing(pattern: RE2JS, text: string): boolean {
  const matcher = pattern.matcher(text)
  while (matcher.find()) if (matcher.end() === matcher.start()) return true
  return false
}

function hasGroup(pattern: RE2JS, group: string | number): boolean {
  if (typeof group === "string") return Object.hasOwn(pattern.namedGroups(), group)
  return group <= pattern.groupCount()
}

function groupProblem(pattern: RE2JS): string {
  const names = Object.keys(pattern.namedGroups())
  const count = pattern.groupCount()
  if (count === 0) return "names no group: the pattern has none; put the secret into ( )"
  const named = names.length === 0 ? "" : `, or one of the names ${names.join(", ")}`
  return `names no group of the pattern; use a number from 1 to ${count}${named}`
}
