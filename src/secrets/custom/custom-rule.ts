/** A person's own rule, as the configuration writes it (`redact.rules`). */
export interface CustomRule {
  /** Kebab-case; names the rule in findings and audit lines. */
  readonly id: string
  /** RE2 syntax (https://github.com/google/re2/wiki/Syntax): no look-around, no back-references. */
  readonly pattern: string
  /** What it finds, for people. @default "Your own rule" */
  readonly title?: string | undefined
  /**
   * One of these, in any case, stands in or near every match (`KEYWORD_REACH`). With keywords the pattern is tried near them
   * only; without, it goes over every text. ASCII.
   */
  readonly keywords?: readonly string[] | undefined
  /** Group (name or number) that is the secret. @default 0 */
  readonly secretGroup?: string | number | undefined
  /** Lowest Shannon entropy of the secret, bits per character. @default 0 */
  readonly minEntropy?: number | undefined
  /** `i`: letters match in either case. */
  readonly flags?: "i" | undefined
}

/** What is wrong with a rule. Never repeats its pattern: a person may have pasted a secret there. */
export interface CustomRuleProblem {
  /** Place of the rule in its list. */
  readonly index: number
  readonly key: "pattern" | "secretGroup"
  /** Goes on after the name of the key: "holds a look-ahead; …". */
  readonly message: string
}

/** Title of a rule that has none. */
export const CUSTOM_TITLE = "Your own rule"

/** Characters around a keyword in which its match must lie. */
export const KEYWORD_REACH: { readonly before: number; readonly after: number } = {
  before: 2048,
  after: 16_384,
}
