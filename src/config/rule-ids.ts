import { detectors, ruleLabel } from "../secrets/index.ts"
import { nearestName } from "./nearest.ts"

const MAX_LISTED = 8

/** Whether a built-in rule or pass has it, as `redact.disableRules` needs. */
export function isRuleId(id: string): boolean {
  return knownIds().includes(id)
}

/**
 * Why a text is no rule id, as the rest of a sentence about the option. It repeats the text only where that is a label
 * of the audit log: anything else may be a secret at the wrong place.
 *
 * @param own ids of the person's own rules, where one of them may be meant.
 */
export function ruleIdProblem(text: string, own: readonly string[] = []): string {
  const ids = idsOfLabel(text)
  if (ids.length > 0) {
    const more = ids.length > MAX_LISTED ? ", …" : ""
    const listed = `${ids.slice(0, MAX_LISTED).join(", ")}${more}`
    return `must be a rule id: ${ruleLabel(ids[0] ?? "")} is a label of the audit log; its rule ids are ${listed}`
  }
  const near = nearestName(text, [...own, ...knownIds()])
  const hint = near === undefined ? "" : `did you mean "${near}"? `
  return `is not a rule id; ${hint}\`airlock rules\` lists them`
}

/** Whether a person's own rule may have it. */
export function isFreeRuleId(id: string): boolean {
  return !isRuleId(id) && idsOfLabel(id).length === 0
}

/** Why a person's own rule cannot have the id, as the rest of a sentence about the option. */
export function takenRuleIdProblem(id: string): string {
  return isRuleId(id)
    ? `is the id of a built-in rule; choose another, for example my-${id}`
    : "is a label of built-in rules in the audit log; choose another"
}

let known: readonly string[] | undefined

function knownIds(): readonly string[] {
  known ??= detectors().map(({ id }) => id)
  return known
}

function idsOfLabel(text: string): readonly string[] {
  const label = text.toLowerCase()
  return knownIds().filter((id) => ruleLabel(id) !== id && ruleLabel(id).toLowerCase() === label)
}
