import type { Rule } from "./rule.ts"

interface StoredRule extends Omit<Rule, "pattern"> {
  readonly pattern: readonly [source: string, flags: string]
}

/** The rules as JSON. */
export function storeRules(rules: readonly Rule[]): string {
  return JSON.stringify(
    rules.map(({ pattern, ...rest }): StoredRule => ({ ...rest, pattern: [pattern.source, pattern.flags] })),
  )
}

/** Reads what `storeRules` wrote. A pattern is compiled when it is first asked for. */
export function readRules(stored: string): readonly Rule[] {
  const rules: readonly StoredRule[] = JSON.parse(stored)
  return rules.map(withPattern)
}

function withPattern({ pattern: [source, flags], ...rule }: StoredRule): Rule {
  let pattern: RegExp | undefined
  return {
    ...rule,
    get pattern() {
      pattern ??= new RegExp(source, flags)
      return pattern
    },
  }
}
