import type { Finding } from "../secrets/rule.ts"

/** How often a rule was found. */
export interface MaskFinding {
  readonly ruleId: string
  readonly count: number
}

/** A finding in one text; `count` is 1, so that findings of texts and of bodies add up alike. */
export interface TextFinding extends Finding, MaskFinding {}

export interface MaskedText {
  /** The very text given, where nothing was found. */
  readonly text: string
  /** Sorted, in the offsets of the original text. */
  readonly findings: readonly TextFinding[]
  /** What was put in, each placeholder once. */
  readonly placeholders: readonly string[]
}
