/** Where a secret stands: UTF-16 offsets into the scanned text. Never holds the text it found. */
export interface Finding {
  readonly ruleId: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** What is known about a text beside its characters. */
export interface ScanContext {
  /** Property name whose value the text is, e.g. `password`: raises what keyword rules can see. */
  readonly name?: string
}

/** Finds secrets in text. Pure and synchronous; cost is linear in the length of the text. */
export interface Scanner {
  /** Sorted by `start`, non-overlapping. No finding covers any part of a placeholder. */
  scan(text: string, context?: ScanContext): Finding[]
  /** Ids of the rules in force, in their order. */
  readonly ruleIds: readonly string[]
}

/** What every detector says about itself, whether it is a pattern or a pass. */
export interface Detector {
  /** Kebab-case, vendor first: `github-pat`. Stable, because audit lines and allow-lists name it. */
  readonly id: string
  /** What it finds, for people. */
  readonly title: string
  /** Documentation page or scanner rule that the format was taken from. */
  readonly source: string
  /** Label of the same detector in the redactor's audit lines (seed 004), e.g. `GitHubTokenDetector`. */
  readonly label?: string
}

/** A declarative description of one kind of secret. */
export interface Rule extends Detector {
  /** Who issues the secret, as the vendor writes it: `DigitalOcean`. Formats that no one issues name their tool. */
  readonly vendor?: string
  /**
   * Literals, lower-case, one of which stands inside or near every match. They are compiled into one automaton
   * and the pattern is tried only near a hit. A format without any literal has none: its pattern is tried where a
   * run of twenty or more token characters with digits begins.
   */
  readonly keywords: readonly string[]
  /**
   * Linear-time pattern with bounded quantifiers and look-around boundaries, no flags but `i` and `u`.
   * Checked by recheck in the tests.
   */
  readonly pattern: RegExp
  /** Group (name or number) that is the secret. @default 0 */
  readonly secretGroup?: number | string
  /**
   * How many characters of a match may stand before the keyword. 0 tries the pattern exactly at the keyword,
   * more tries it where the token around the keyword begins.
   * @default 0
   */
  readonly reach?: number
  /**
   * The keyword is a name, and the pattern describes a value: it is tried where a value may begin within 40
   * characters after the name, behind a separator.
   * @default false
   */
  readonly beside?: boolean
  /** Whether a letter or digit may stand directly before the match. @default false */
  readonly glued?: boolean
  /** Lowest Shannon entropy of the secret, bits per character. @default 0 */
  readonly minEntropy?: number
  /** Name of a check in validators.ts that the secret must pass. */
  readonly validate?: ValidatorName
  /** Name of a check in validators.ts that lifts `minEntropy` when it holds; it never rejects. */
  readonly checksum?: ValidatorName
}

/** Names of the checks in validators.ts. */
export type ValidatorName =
  | "base64-of-64-bytes"
  | "crc32-base62"
  | "decodes-to-credentials"
  | "digit"
  | "digit-and-letter"
  | "jwt"
  | "mixed-case"
  | "not-a-template"
  | "random"
