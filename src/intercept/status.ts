import { join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { sessionName } from "./session-name.ts"

/** What `/intercept` reports. */
export interface StatusFacts {
  readonly enabled: boolean
  /** Root of all captures. */
  readonly root: string
  readonly sessionId: string | undefined
  readonly captures: number
  readonly totalBytes: number
  readonly anomalies: Pick<AnomalyLog, "count" | "latest">
}

/** The status lines, in the order and wording of seed 000. */
export function statusLines(facts: StatusFacts): string[] {
  const { latest, count } = facts.anomalies
  return [
    `- Enabled: ${facts.enabled ? "enabled" : "disabled"}`,
    `- Dump root: ${join(facts.root, sessionName(facts.sessionId))}`,
    `- Captures: ${facts.captures}`,
    `- Total bytes: ${facts.totalBytes}`,
    `- Anomalies: ${count}`,
    `- Latest anomaly phase: ${latest?.phase ?? "none"}`,
    `- Latest anomaly message: ${latest?.message ?? "none"}`,
  ]
}
