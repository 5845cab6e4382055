import { AirlockError } from "../base/errors.ts"
import { isJsonArray, isJsonObject, type JsonValue } from "../base/json.ts"
import type { ConfigLayer, LayerPlace } from "./layer.ts"
import { isRuleId, ruleIdProblem } from "./rule-ids.ts"

/** What one place says, and where that is. */
export interface PlacedLayer {
  readonly layer: ConfigLayer
  readonly place: LayerPlace
}

type Step = string | number

/**
 * Checks the rules that `redact.disableRules` and `redact.allow` name. All places are needed, since an allow-list may name a
 * rule of another one. The built-in ids are read only where some are named.
 *
 * @throws AirlockError CONFIG_INVALID that names every wrong one of a place; ids that nothing has are not repeated.
 */
export function checkNamedRules(layers: readonly PlacedLayer[]): void {
  const own = new Set(layers.flatMap(({ layer }) => items(layer.get("redact.rules")).flatMap(idOf)))
  for (const { layer, place } of layers) {
    const problems = [...disabledProblems(layer, own), ...allowedProblems(layer, own)].map(
      ({ path, problem }) => `${place.locate?.(["redact", ...path]) ?? place.name}: ${problem}`,
    )
    if (problems.length === 0) continue
    throw new AirlockError("CONFIG_INVALID", `The Airlock configuration is not valid. ${problems.join("; ")}`)
  }
}

interface Problem {
  readonly path: readonly Step[]
  readonly problem: string
}

function disabledProblems(layer: ConfigLayer, own: ReadonlySet<string>): readonly Problem[] {
  return items(layer.get("redact.disableRules")).flatMap((id, index): readonly Problem[] => {
    if (typeof id !== "string" || isRuleId(id)) return []
    const problem = own.has(id)
      ? "is the id of one of your own rules; to switch it off, take it out of redact.rules"
      : ruleIdProblem(id)
    return [{ path: ["disableRules", index], problem: `"redact.disableRules[${index}]" ${problem}` }]
  })
}

function allowedProblems(layer: ConfigLayer, own: ReadonlySet<string>): readonly Problem[] {
  return items(layer.get("redact.allow")).flatMap((entry, index): readonly Problem[] => {
    const id = isJsonObject(entry) ? entry.rule : undefined
    if (typeof id !== "string" || own.has(id) || isRuleId(id)) return []
    const problem = `"redact.allow[${index}].rule" ${ruleIdProblem(id, [...own])}`
    return [{ path: ["allow", index, "rule"], problem }]
  })
}

function items(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : []
}

function idOf(rule: JsonValue): readonly string[] {
  return isJsonObject(rule) && typeof rule.id === "string" ? [rule.id] : []
}
