import type { Plugin } from "esbuild"
import { builtinRules } from "../src/secrets/rules/index.ts"
import { storeRules } from "../src/secrets/stored-rules.ts"

/**
 * Puts the vendor rules into a bundle as a text that is read by the first scan. As code they would cost every start of
 * OpenCode: a JavaScript engine checks and allocates every pattern of a file before it runs any of it.
 */
export function embeddedRules(): Plugin {
  return {
    name: "embedded-rules",
    setup(context) {
      context.onLoad({ filter: /[/\\]secrets[/\\]load-rules\.ts$/ }, () => ({
        contents: source(),
        loader: "ts",
      }))
    },
  }
}

function source(): string {
  return `
import type { Rule } from "./rule.ts"
import { readRules } from "./stored-rules.ts"
let rules: readonly Rule[] | undefined
export function loadRules(): readonly Rule[] {
  rules ??= readRules(${JSON.stringify(storeRules(builtinRules))})
  return rules
}`
}
