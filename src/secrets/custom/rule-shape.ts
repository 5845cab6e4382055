import { detectors } from "../deferred-scanner.ts"
import { ruleLabel } from "../labels.ts"
import type { CustomRule } from "./custom-rule.ts"

/** Kebab-case, as the ids of all rules. */
const CUSTOM_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/**
 * What a caller without types, or without the configuration's checks, may get wrong about a rule beside its pattern; the end of
 * a sentence, without any text of the rule but a proper id.
 */
export function ruleShapeProblem(rules: readonly CustomRule[], index: number): string | undefined {
  const rule: unknown = rules[index]
  if (typeof rule !== "object" || rule === null) return "is not an object"
  const { id, pattern, keywords, flags, minEntropy }: Readonly<Record<string, unknown>> = { ...rule }
  if (id === undefined) return "has no id"
  if (typeof id !== "string" || !CUSTOM_ID.test(id))
    return "has an id that is not kebab-case, for example acme-token"
  if (rules.findIndex((other) => other.id === id) < index) return `has the id "${id}" of another one of them`
  if (isTaken(id)) return `has the id "${id}" of a built-in rule or of its label in the audit log`
  if (typeof pattern !== "string" || pattern === "") return "has no pattern"
  if (keywords !== undefined && !isListOfTexts(keywords)) return "has keywords that are not a list of texts"
  if (flags !== undefined && flags !== "i") return 'has flags other than "i"'
  if (minEntropy !== undefined && typeof minEntropy !== "number")
    return "has a minEntropy that is not a number"
  return undefined
}

function isTaken(id: string): boolean {
  return detectors().some((rule) => rule.id === id || ruleLabel(rule.id).toLowerCase() === id)
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "")
}
