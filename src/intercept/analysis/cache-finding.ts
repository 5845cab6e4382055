import type { CacheLifetime } from "./cache-rules.ts"
import type { RequestDiff } from "./diff.ts"

/** Why a call did not read what an earlier call had left in the cache. */
export type CacheMissCause =
  | "initial"
  | "tools"
  | "system"
  | "history-rewritten"
  | "model-changed"
  | "time-to-live"
  | "server-side"
  | "unknown"

/** `hit`: all that was left was read; `not-cached`: nothing could be in the cache (too small, no breakpoint). */
export type CacheVerdict = "hit" | "not-cached" | CacheMissCause

/** What a verdict rests on; docs/cost-analysis.md says what each one means. */
export type EvidenceCode =
  | "below-minimum"
  | "block"
  | "breakpoint-reach"
  | "error-reply"
  | "first-call"
  | "held-history"
  | "idle"
  | "lifetime"
  | "model"
  | "no-breakpoint"
  | "no-usage"
  | "not-reported"
  | "nothing-written"
  | "origin"
  | "reasoning"
  | "scrubbed"
  | "settings"
  | "tokens"
  | "under-way"

/** One fact, with a sentence for people. Holds names, places and numbers, never text of a request. */
export interface CacheEvidence {
  readonly code: EvidenceCode
  readonly text: string
}

/** What became of a call's prompt in the provider's cache. */
export interface CacheFinding {
  readonly verdict: CacheVerdict
  readonly evidence: readonly CacheEvidence[]
  /** Tokens read from the cache; absent where the provider does not say. */
  readonly readTokens?: number
  /** Tokens that the earlier call had left there; absent where that is not known. */
  readonly leftTokens?: number
  /** Tokens of this prompt that had been left in the cache and were processed again all the same. */
  readonly lostTokens: number
  /** Milliseconds since the earlier call began. */
  readonly idleMs?: number
  /** This request against the earlier one, for misses that were looked into. */
  readonly diff?: RequestDiff
}

export function evidence(code: EvidenceCode, text: string): CacheEvidence {
  return { code, text }
}

export function tokensEvidence(read: number, left: number | undefined): CacheEvidence {
  return evidence(
    "tokens",
    `${read} tokens read of ${left ?? "an unknown number"} that the earlier call left`,
  )
}

/** The first changed block, if there is one. */
export function blockEvidence({ first, keptShare }: RequestDiff): readonly CacheEvidence[] {
  if (first === undefined) return []
  const named = first.name === undefined ? "" : ` (${first.name})`
  const kept = `${Math.floor(keptShare * 100)} % of the earlier request kept`
  return [evidence("block", `${first.path}${named} ${first.change} at offset ${first.offset}; ${kept}`)]
}

export function idleEvidence(idleMs: number, lifetime: CacheLifetime | undefined): CacheEvidence {
  const limit = lifetime === undefined ? "" : `; a prefix is kept for ${seconds(lifetime.goneMs)} s`
  return evidence("idle", `${seconds(idleMs)} s after the earlier call began${limit}`)
}

function seconds(ms: number): number {
  return Math.round(ms / 1000)
}
