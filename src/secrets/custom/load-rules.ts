import type { Pass } from "../pass.ts"
import { type CompiledCustomRule, compileCustomRule } from "./compile-rule.ts"
import { customPass } from "./custom-pass.ts"
import type { CustomRule, CustomRuleProblem } from "./custom-rule.ts"
import { loadRe2 } from "./re2.ts"
import { ruleShapeProblem } from "./rule-shape.ts"

/** What is wrong with the patterns of `rules`; empty where all can be used. */
export async function customRuleProblems(
  rules: readonly CustomRule[],
): Promise<readonly CustomRuleProblem[]> {
  const compiled = await compileAll(rules)
  return compiled.flatMap((one, index) => ("message" in one ? [{ index, ...one }] : []))
}

/**
 * The person's rules, ready for `createScanner({ custom })`. Nothing is loaded where there are none.
 *
 * @throws Error naming the first rule that cannot be used and why; never its pattern
 */
export async function loadCustomRules(rules: readonly CustomRule[]): Promise<readonly Pass[]> {
  for (const index of rules.keys()) {
    const problem = ruleShapeProblem(rules, index)
    if (problem !== undefined) throw new Error(`Rule ${index} of your own ${problem}.`)
  }
  const compiled = await compileAll(rules)
  return compiled.map((one, index) => {
    if ("message" in one) throw new Error(`Rule ${rules[index]?.id ?? index}: its ${one.key} ${one.message}.`)
    return customPass(one)
  })
}

async function compileAll(
  rules: readonly CustomRule[],
): Promise<readonly (CompiledCustomRule | Omit<CustomRuleProblem, "index">)[]> {
  if (rules.length === 0) return []
  const re2 = await loadRe2()
  return rules.map((rule) => compileCustomRule(re2, rule))
}
