import type { RE2JS } from "re2js"
import type { CustomRule, CustomRuleProblem } from "./custom-rule.ts"
import { maxChars } from "./pattern-length.ts"
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
/** Nothing shorter is masked. */
const MIN_SECRET = 4
/** Texts in which a pattern that can match nothing shows it. */
const PROBES: readonly string[] = ["", "a", " a", "1\n", "-a1 b\n"]

/**
 * Compiles one rule, or says what is wrong with it.
 *
 * @param hasGroups whether the person can name a group of it, as in a rule and not in an allow-list.
 */
export function compileCustomRule(
  re2: Re2,
  rule: CustomRule,
  hasGroups = true,
): CompiledCustomRule | Omit<CustomRuleProblem, "index"> {
  const slip = slipProblem(rule.pattern)
  if (slip !== undefined) return { key: "pattern", message: slip }
  const pattern = compile(re2, rule, hasGroups)
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
  if (maxChars(rule.pattern) < MIN_SECRET) {
    return {
      key: "pattern",
      message: `can match no more than ${MIN_SECRET - 1} characters, and nothing that short is masked; let it match a longer text`,
    }
  }
  return { rule, pattern }
}

/** What is a pattern to the engine, and is never what a person meant. */
function slipProblem(pattern: string): string | undefined {
  // A tab and the ends of lines mean themselves.
  const control = /[\0-\x08\x0b-\x0c\x0e-\x1f\x7f]/.exec(pattern)?.[0]
  if (control === "\b") return "holds a backspace; in JSON write \\\\b for the edge of a word"
  if (control !== undefined) {
    const code = control.charCodeAt(0).toString(16).padStart(2, "0")
    return `holds a control character; write \\x${code} for it, in JSON \\\\x${code}`
  }
  if (pattern.length > 2 && /^\/.*\/[dgimsuvy]*$/s.test(pattern)) {
    return 'stands between slashes, which would have to stand in the text; write it without them, and "i" into flags (for a slash itself write [/])'
  }
  return undefined
}

function compile(re2: Re2, { pattern, flags }: CustomRule, hasGroups: boolean): RE2JS | string {
  try {
    return re2.compile(pattern, flags === "i" ? re2.CASE_INSENSITIVE : 0)
  } catch (error) {
    return syntaxProblem(pattern, descriptionOf(error), hasGroups)
  }
}

/** RE2's own words for the mistake, one of a fixed list; the part of the pattern that it quotes is left out. */
function descriptionOf(error: unknown): string {
  const isSyntax = error instanceof Error && error.name === "RE2JSSyntaxException" && "error" in error
  return isSyntax && typeof error.error === "string" ? error.error : "unsupported syntax"
}

function syntaxProblem(pattern: string, description: string, hasGroups: boolean): string {
  if (/\(\?<?[=!]/.test(pattern)) {
    const instead = hasGroups
      ? "let the pattern match what stands around and name the secret with secretGroup"
      : "it is matched against the whole value, so nothing stands around it; write the pattern without it"
    return `uses look-around, which the linear-time engine (RE2) has not; ${instead}`
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
