import { placeholderPattern } from "../base/placeholder.ts"

/** The rule that found what stands behind a placeholder; undefined for one that was not issued. */
export type RuleOf = (placeholder: string) => string | undefined

/** How many placeholders of each rule stand in a request. */
export function masksIn(text: string, ruleOf: RuleOf): Readonly<Record<string, number>> {
  const masks = new Map<string, number>()
  for (const [placeholder] of text.matchAll(placeholderPattern())) {
    const rule = ruleOf(placeholder) ?? "unknown"
    masks.set(rule, (masks.get(rule) ?? 0) + 1)
  }
  return Object.fromEntries(masks)
}
