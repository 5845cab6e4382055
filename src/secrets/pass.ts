import type { Detector } from "./rule.ts"
import type { TextCodes } from "./walker.ts"

/** Reports that `text[start, end)` is a secret of the detector `ruleId`. */
export type Emit = (ruleId: string, start: number, end: number) => void

/** One pass over one text. Cost must stay linear however often a keyword occurs. */
export interface PassRun {
  /** A keyword of the pass stands at `[start, end)`; hits come in ascending order of their ends. */
  hit(start: number, end: number): void
  /**
   * After all hits: a maximal run of 20 or more token characters (letters, digits, `+ / _ -`), ascending.
   *
   * @param isFound some detector has found all of it already, beginning with its first character
   * @param digits how many digits it holds; of many, at least two
   */
  run?(start: number, end: number, isFound: boolean, digits: number): void
  /** After all hits and runs. */
  finish?(): void
}

/** A detector that needs more than a pattern: it reads the text around its keywords itself. */
export interface Pass {
  /** What it can find; several ids where it tells kinds apart. */
  readonly detectors: readonly Detector[]
  readonly keywords: readonly string[]
  /** @param codes the same text; reading its characters there costs less */
  begin(text: string, emit: Emit, codes: TextCodes): PassRun
}
