import type { Finding } from "./rule.ts"

/** A span that a detector claims; the higher rank names the finding where two claim the same span. */
export interface Candidate extends Finding {
  readonly rank: number
}

function byPlace(a: Candidate, b: Candidate): number {
  return a.start - b.start || b.end - a.end || b.rank - a.rank
}

/**
 * Sorted, disjoint findings that cover exactly what the candidates cover together: the longest span wins, the
 * more specific detector where spans are equal, and of two that overlap in part the later one keeps its rest.
 */
export function dropOverlaps(candidates: Candidate[]): Finding[] {
  const sorted = candidates.sort(byPlace)
  const kept: Finding[] = []
  let coveredTo = 0
  for (const { ruleId, start, end } of sorted) {
    if (end <= coveredTo) continue
    kept.push({ ruleId, start: Math.max(start, coveredTo), end })
    coveredTo = end
  }
  return kept
}
