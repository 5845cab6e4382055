import type { CacheCall } from "./cache-call.ts"
import { type CacheEvidence, evidence } from "./cache-finding.ts"
import type { CacheRules } from "./cache-rules.ts"
import { charsOf, type RequestDiff } from "./diff.ts"
import { isSameModel } from "./model-name.ts"
import { segmentsOf } from "./read-segments.ts"
import { type Block, prefixOf, type RequestSegments } from "./segments.ts"
import { type TokenCounts, tokenCounts } from "./usage.ts"

/** A call whose request was taken apart. */
export interface PreparedCall extends CacheCall {
  readonly segments: RequestSegments
}

/** A call beside the one that left its prefix in the cache. */
export interface CallPair {
  readonly call: PreparedCall
  readonly earlier: PreparedCall
  readonly counts: TokenCounts
  /** Tokens that `call` read. */
  readonly read: number
  /** The cache that `earlier` wrote to. */
  readonly rules: CacheRules
  /** Tokens that `earlier` left there; `undefined` where it did not report them. */
  readonly left: number | undefined
  /** Since `earlier` began. */
  readonly idleMs: number
  /** Since anything may have used the prefix: not more than `idleMs`. */
  readonly unusedMs: number
}

/** How much of what the earlier call left is within reach of the later one. */
export interface CacheReach {
  /** Whether the request differs inside what was cached. */
  readonly isChangedInside: boolean
  /** Tokens that were still to be read. */
  readonly tokens: number
}

/** Takes the request of a call apart, once for all comparisons. */
export function prepareCall(call: CacheCall): PreparedCall {
  return { ...call, segments: segmentsOf(call.body, call.dialect) }
}

/** Whether both calls went to one model of one provider; a name that is not known differs from none. */
export function isSameCache(call: CacheCall, earlier: CacheCall): boolean {
  if (call.dialect !== earlier.dialect) return false
  return call.model === null || earlier.model === null || isSameModel(call.model, earlier.model)
}

/** Tokens that a call left in the cache; `undefined` where its reply does not tell. */
export function leftTokens({ usage, dialect }: CacheCall, rules: CacheRules): number | undefined {
  if (usage === undefined) return undefined
  const { prompt, cacheRead, cacheWrite } = tokenCounts(usage, dialect)
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0)
  if (rules.mode === "marked") return cacheRead === undefined && cacheWrite === undefined ? undefined : cached
  if (rules.wholeEntries && cacheWrite !== undefined) return cached
  return prompt === undefined ? undefined : Math.max(prompt, cached)
}

/** Tokens that a call read. A provider that reports writes and no reads has read nothing. */
export function readTokens({ cacheRead, cacheWrite }: TokenCounts): number | undefined {
  return cacheRead ?? (cacheWrite === undefined ? undefined : 0)
}

/** Why a prompt could not be cached at all. */
export function notCacheable(
  { segments }: PreparedCall,
  counts: TokenCounts,
  { mode, minimum }: CacheRules,
): CacheEvidence | undefined {
  if (mode === "marked" && markPlaces(prefixOf(segments)).length === 0) {
    return evidence("no-breakpoint", "the request sets no cache breakpoint")
  }
  const { prompt, cacheWrite } = counts
  const isBelow = prompt !== undefined && minimum !== undefined && prompt < minimum.never
  return isBelow && (cacheWrite ?? 0) === 0 ? belowMinimum(prompt, minimum) : undefined
}

/** Whether a prompt is of a size at which the sources disagree about its being cached. */
export function mayBeBelowMinimum({ prompt }: TokenCounts, { mode, minimum }: CacheRules): boolean {
  return mode === "implicit" && minimum !== undefined && prompt !== undefined && prompt < minimum.always
}

export function belowMinimum(prompt: number | undefined, minimum: CacheRules["minimum"]): CacheEvidence {
  const { never, always } = minimum ?? { never: 0, always: 0 }
  const least = never === always ? `${never}` : `${never} to ${always}`
  return evidence("below-minimum", `${prompt ?? 0} tokens; caching begins at ${least}`)
}

/** Measures, in shares of characters, how much of `left` tokens the later request could read. */
export function reachOf(pair: CallPair, diff: RequestDiff, left: number): CacheReach {
  const blocks = prefixOf(pair.earlier.segments)
  const marks = markPlaces(blocks)
  const cachedBlocks = pair.rules.mode === "marked" ? (marks.at(-1) ?? -1) + 1 : blocks.length
  const cachedChars = charsOf(blocks.slice(0, cachedBlocks))
  const isChangedInside = diff.first !== undefined && diff.keptBlocks < cachedBlocks
  const chars =
    pair.rules.mode === "marked"
      ? charsOf(blocks.slice(0, readableBlocks(pair, marks, diff.keptBlocks)))
      : readableChars(pair.rules, isChangedInside, diff.keptChars, cachedChars)
  return { isChangedInside, tokens: cachedChars === 0 ? left : (left * chars) / cachedChars }
}

/** Blocks up to the last breakpoint of the earlier call that the kept prefix holds and a breakpoint of this one finds. */
function readableBlocks({ call, rules }: CallPair, marks: readonly number[], keptBlocks: number): number {
  const own = markPlaces(prefixOf(call.segments))
  const back = rules.lookbackBlocks ?? Number.POSITIVE_INFINITY
  const finds = (place: number): boolean => own.some((mark) => mark >= place && mark <= place + back)
  return (marks.findLast((place) => place < keptBlocks && finds(place)) ?? -1) + 1
}

function readableChars(
  { wholeEntries }: CacheRules,
  isChangedInside: boolean,
  keptChars: number,
  cachedChars: number,
): number {
  if (!isChangedInside) return cachedChars
  return wholeEntries ? 0 : keptChars
}

function markPlaces(blocks: readonly Block[]): readonly number[] {
  return blocks.flatMap(({ mark }, index) => (mark === undefined ? [] : [index]))
}
