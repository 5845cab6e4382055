import type { Finding } from "../secrets/rule.ts"
import { literalsOfIssued } from "./issued-literals.ts"
import { literalsOf } from "./known-values.ts"
import { createLiteralMatcher, type Literal } from "./literal-matcher.ts"
import { cutAroundPlaceholders } from "./spans.ts"
import type { Vault } from "./vault.ts"

/** Finds secrets by their value, whatever stands beside them. */
export interface SecretMatcher {
  /** Grows whenever there is something new to look for. */
  readonly version: number
  /** Sorted and apart; they may touch placeholders. */
  find(text: string): Finding[]
  /** Whether a secret stands outside of the placeholders of `text`. */
  standsIn(text: string): boolean
}

/** Looks for `known` values and for every secret that `vault` holds, as soon as it is issued. */
export function createSecretMatcher(vault: Vault, known: Iterable<string>): SecretMatcher {
  const matcher = createLiteralMatcher(literalsOf(known))
  const literalsBySecret = new Map<string, readonly Literal[]>()
  let version = 0

  vault.watch({
    added(secret, ruleId) {
      const literals = literalsOfIssued(secret, ruleId)
      if (literals.length === 0) return
      literalsBySecret.set(secret, literals)
      for (const literal of literals) matcher.add(literal)
      version += 1
    },
    dropped(secret) {
      for (const literal of literalsBySecret.get(secret) ?? []) matcher.remove(literal)
      literalsBySecret.delete(secret)
    },
  })

  return {
    get version() {
      return version
    },
    find: (text) => matcher.find(text),
    standsIn: (text) => cutAroundPlaceholders(text, matcher.find(text)).length > 0,
  }
}
