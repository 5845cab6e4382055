import * as v from "valibot"
import { AirlockError } from "../base/errors.ts"
import { customRuleProblems } from "../secrets/index.ts"
import type { ConfigLayer, LayerPlace } from "./layer.ts"
import { customRulesSchema } from "./schema.ts"

const KEY = ["redact", "rules"]

/**
 * Tries the patterns of the person's own rules, where a place has some: the one check that the schema cannot do, since the
 * engine for them is loaded only then.
 *
 * @throws AirlockError CONFIG_INVALID that names place, key and what to do; never the pattern.
 */
export async function checkCustomRules(layer: ConfigLayer, place: LayerPlace): Promise<void> {
  const value = layer.get(KEY.join("."))
  if (value === undefined) return
  const problems = await customRuleProblems(v.parse(customRulesSchema, value))
  if (problems.length === 0) return
  const lines = problems.map(({ index, key, message }) => {
    const where = place.locate?.([...KEY, index, key]) ?? place.name
    return `${where}: "${KEY.join(".")}[${index}].${key}" ${message}`
  })
  throw new AirlockError("CONFIG_INVALID", `The Airlock configuration is not valid. ${lines.join("; ")}`)
}
