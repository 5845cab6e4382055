import { isSameCache, type PreparedCall, prepareCall } from "./cache-pair.ts"
import type { CacheCall } from "./cache-call.ts"
import { type CacheFinding, evidence } from "./cache-finding.ts"
import { judgePrepared } from "./cache.ts"

/** Of a first message, so much tells conversations apart. */
const MAX_OPENING_CHARS = 2000
/** Requests that are kept taken apart for the next comparisons. */
const MAX_PREPARED = 4

/** A call with the beginning of its first message. */
interface Seen {
  readonly call: CacheCall
  readonly opening: string | undefined
}

/**
 * Judges every call of one or more sessions, given in the order in which they began; answers in the same order.
 *
 * A call is compared with the latest call of its session that had begun to answer and reported its usage, the first of:
 * the same agent and model; the same conversation (its first message) and model; the same agent; the same conversation.
 * Titles and subagents so never stand between two turns, and calls that ran side by side are not compared.
 */
export function cacheFindings(calls: readonly CacheCall[]): readonly CacheFinding[] {
  const prepare = preparer()
  const seen: Seen[] = []
  return calls.map((call) => {
    const prepared = prepare(call)
    const mine = { call, opening: openingOf(prepared) }
    const related = seen.filter((other) => kinship(mine, other) > 0)
    const answered = related.filter(({ call: { usage, replyBeganAtMs } }) => {
      return usage !== undefined && replyBeganAtMs !== undefined && replyBeganAtMs <= call.startedAtMs
    })
    const earlier = closest(mine, answered)
    seen.push(mine)
    const found = judgePrepared(
      prepared,
      earlier === undefined ? undefined : prepare(earlier),
      lastUse(call, related),
    )
    return found.verdict === "initial" ? withUnderWay(found, related.length) : found
  })
}

function closest(mine: Seen, others: readonly Seen[]): CacheCall | undefined {
  const best = Math.max(...others.map((other) => kinship(mine, other)))
  return others.findLast((other) => kinship(mine, other) === best)?.call
}

/** 4 for the same agent and model, 3 for the same conversation and model, 2 and 1 for the same without the model. */
function kinship(mine: Seen, other: Seen): number {
  if (mine.call.sessionId !== other.call.sessionId) return 0
  const isSameAgent = mine.call.agent !== null && mine.call.agent === other.call.agent
  const isSameConversation = mine.opening !== undefined && mine.opening === other.opening
  if (!isSameAgent && !isSameConversation) return 0
  return (isSameCache(mine.call, other.call) ? 2 : 0) + (isSameAgent ? 2 : 1)
}

/** When a related call began last that may have used the prefix, whether or not it told. */
function lastUse(call: CacheCall, related: readonly Seen[]): number | undefined {
  return related.findLast(({ call: other }) => isSameCache(call, other) && (other.status ?? 500) < 400)?.call
    .startedAtMs
}

function withUnderWay(found: CacheFinding, related: number): CacheFinding {
  if (related === 0) return found
  const text = `${related} earlier call(s) of it were still unanswered or reported nothing`
  return { ...found, evidence: [...found.evidence, evidence("under-way", text)] }
}

function openingOf({ segments, dialect }: PreparedCall): string | undefined {
  const first = segments.messages[0]
  if (first === undefined || segments.historyHeld) return undefined
  return `${dialect}:${first.text.slice(0, MAX_OPENING_CHARS)}`
}

/** Keeps the requests of the latest calls taken apart, and no more: they are as large as the captures. */
function preparer(): (call: CacheCall) => PreparedCall {
  const latest = new Map<CacheCall, PreparedCall>()
  return (call) => {
    const prepared = latest.get(call) ?? prepareCall(call)
    latest.delete(call)
    latest.set(call, prepared)
    const [oldest] = latest.keys()
    if (latest.size > MAX_PREPARED && oldest !== undefined) latest.delete(oldest)
    return prepared
  }
}
