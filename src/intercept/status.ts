import { join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import type { CaptureScope } from "./scope.ts"
import { sessionName } from "./session-name.ts"

/** What `/intercept` reports. */
export interface StatusFacts {
  /** Root of all captures. */
  readonly root: string
  readonly sessionId: string | undefined
  readonly scope: CaptureScope
  readonly anomalies: Pick<AnomalyLog, "count" | "latest">
}

/** Begins the last line of every reply. */
export const LAST_STATUS_LABEL = "- Captures of this process"

/**
 * The status lines: those of seed 000 in its order and wording, for this conversation with its subagents, and what we
 * say beyond.
 */
export function statusLines({ root, sessionId, scope, anomalies }: StatusFacts): string[] {
  const here = scope.of(sessionId)
  const { captures, bytes } = scope.countsOf(sessionId)
  const { latest, count } = anomalies
  const limits = here?.limits
  return [
    `- Enabled: ${here === undefined ? "disabled" : "enabled"}`,
    `- Dump root: ${join(root, sessionName(sessionId))}`,
    `- Captures: ${captures}`,
    `- Total bytes: ${bytes}`,
    `- Anomalies: ${count}`,
    `- Latest anomaly phase: ${latest?.phase ?? "none"}`,
    `- Latest anomaly message: ${latest?.message ?? "none"}`,
    `- Scope: ${scopeText(scope, here?.state ?? "off")}`,
    ...(limits?.providers === undefined ? [] : [`- Providers: ${limits.providers.join(", ")}`]),
    ...(limits?.maxBodyBytes === undefined ? [] : [`- Largest captured body: ${limits.maxBodyBytes} bytes`]),
    `${LAST_STATUS_LABEL}: ${scope.totals.captures} (${scope.totals.bytes} bytes)`,
  ]
}

function scopeText(scope: CaptureScope, state: "conversation" | "all" | "off"): string {
  if (state === "all") return "every conversation of this process"
  if (state === "conversation")
    return scope.isAll
      ? "this conversation and every other of this process"
      : "this conversation and its subagents"
  return scope.isActive ? "not this conversation; others of this process are captured" : "nothing"
}
