import * as v from "valibot"
import { AirlockError } from "../base/errors.ts"
import { allowListProblems, type CustomRuleProblem, customRuleProblems } from "../secrets/index.ts"
import type { ConfigLayer, LayerPlace } from "./layer.ts"
import { allowListSchema, customRulesSchema } from "./schema.ts"

/**
 * Tries the patterns of the person's own rules and allow-list, where a place has some: the one check that the schema cannot
 * do, since the engine for them is loaded only then.
 *
 * @throws AirlockError CONFIG_INVALID that names place, key and what to do; never the pattern.
 */
export async function checkPatterns(layer: ConfigLayer, place: LayerPlace): Promise<void> {
  const rules = layer.get("redact.rules")
  const allow = layer.get("redact.allow")
  const inRules = rules === undefined ? [] : await customRuleProblems(v.parse(customRulesSchema, rules))
  const inAllow = allow === undefined ? [] : await allowListProblems(v.parse(allowListSchema, allow))
  const problems = [
    ...inRules.map((problem) => describe("rules", problem, place)),
    ...inAllow.map((problem) => describe("allow", problem, place)),
  ]
  if (problems.length === 0) return
  throw new AirlockError("CONFIG_INVALID", `The Airlock configuration is not valid. ${problems.join("; ")}`)
}

function describe(name: string, { index, key, message }: CustomRuleProblem, place: LayerPlace): string {
  const where = place.locate?.(["redact", name, index, key]) ?? place.name
  return `${where}: "redact.${name}[${index}].${key}" ${message}`
}
