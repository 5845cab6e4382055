import { detectors } from "./deferred-scanner.ts"

let labels: ReadonlyMap<string, string> | undefined

/** The name of a rule in the redactor's audit lines: its detector label (seed 004), or its own id. */
export function ruleLabel(ruleId: string): string {
  labels ??= new Map(detectors().map(({ id, label }) => [id, label ?? id]))
  return labels.get(ruleId) ?? ruleId
}
