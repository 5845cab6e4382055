import type { Rule } from "../rule.ts"
import { githubRules } from "./github.ts"

/** Every vendor rule. A new family adds its file and its line here. */
export const builtinRules: readonly Rule[] = [...githubRules]
