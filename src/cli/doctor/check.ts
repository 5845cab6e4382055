/**
 * `ok`: in order. `warn`: works, but should be known. `fail`: masking is not guaranteed. `unknown`: cannot be told
 * now, for example because no OpenCode runs.
 */
export type CheckStatus = "ok" | "warn" | "fail" | "unknown"

/** Stable ids of the checks; one id may stand in a report several times, with different subjects. */
export type CheckId =
  | "configured"
  | "opencode-config"
  | "loadable"
  | "duplicates"
  | "airlock-config"
  | "environment"
  | "opencode-version"
  | "loaded"
  | "process"
  | "wrapper"
  | "last-turn"
  | "native-runtime"
  | "anomalies"

/** One answer of `airlock doctor`. */
export interface Check {
  readonly id: CheckId
  readonly status: CheckStatus
  /** What the answer is about where there can be several: a spec, `pid 123`. */
  readonly subject?: string
  readonly message: string
  /** What to do about it. */
  readonly fix?: string
}
