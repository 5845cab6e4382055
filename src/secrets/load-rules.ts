import type { Rule } from "./rule.ts"
import { builtinRules } from "./rules/index.ts"

/**
 * Every vendor rule. Call it as late as possible: in the bundles the rules lie as text until then
 * (`scripts/embedded-detection.ts` puts another body in place of this one), so that OpenCode's start does not wait for them.
 */
export function loadRules(): readonly Rule[] {
  return builtinRules
}
