import { isJsonObject, type JsonValue } from "../../base/json.ts"
import { REDACTED } from "../secret-key.ts"
import type { CacheCall } from "./cache-call.ts"
import {
  blockEvidence,
  type CacheEvidence,
  type CacheFinding,
  type CacheVerdict,
  evidence,
  idleEvidence,
  tokensEvidence,
} from "./cache-finding.ts"
import {
  belowMinimum,
  type CallPair,
  isSameCache,
  leftTokens,
  mayBeBelowMinimum,
  notCacheable,
  type PreparedCall,
  prepareCall,
  reachOf,
  readTokens,
} from "./cache-pair.ts"
import { cacheRules } from "./cache-rules.ts"
import { diffSegments, type RequestDiff } from "./diff.ts"
import { type Block, prefixOf, type SegmentName } from "./segments.ts"
import { type TokenCounts, tokenCounts } from "./usage.ts"

/** Reads fall short of what was left by rounding (OpenAI counts in steps of 128) and by the end of the last message. */
const TOLERATED_SHARE = 0.1
const TOLERATED_TOKENS = 256
/** A part of an entry that is readable by itself, where the provider's minimum is not known. */
const SAFE_MINIMUM_TOKENS = 4096
/** Anthropic's blocks and the items of OpenAI Responses. */
const REASONING_TYPES: ReadonlySet<JsonValue | undefined> = new Set(["thinking", "reasoning"])

/**
 * Judges how a call met the provider's prompt cache. `earlier` is the call that left the prefix there: same conversation,
 * agent and, if there is one, model, with a reply that had begun before `call` did (`cacheFindings` chooses it).
 *
 * A verdict names a cause that by itself explains what was read. Where two do, a change of the request comes before the
 * time. Where none is sure (a count is missing, a setting changed, the time is near the limit), it is `unknown`.
 */
export function judgeCache(call: CacheCall, earlier?: CacheCall): CacheFinding {
  const before = earlier === undefined ? undefined : prepareCall(earlier)
  return judgePrepared(prepareCall(call), before, earlier?.startedAtMs)
}

/**
 * `judgeCache` for requests that were taken apart already.
 *
 * @param lastUsedAtMs when the prefix may have been used last, where a call that reported nothing came after `earlier`
 */
export function judgePrepared(
  call: PreparedCall,
  earlier: PreparedCall | undefined,
  lastUsedAtMs: number | undefined,
): CacheFinding {
  if (call.status === null || call.status >= 400) {
    return unjudged("error-reply", `no answer to judge by: status ${call.status ?? "none"}`)
  }
  if (call.usage === undefined) return unjudged("no-usage", "the reply reported no usage")
  const counts = tokenCounts(call.usage, call.dialect)
  const read = readTokens(counts)
  if (read === undefined) return unjudged("not-reported", "the reply does not tell cached tokens apart")
  if (earlier === undefined) return judgeFirst(call, counts, read)
  const rules = cacheRules(earlier.dialect, earlier.model, earlier.segments)
  const idleMs = call.startedAtMs - earlier.startedAtMs
  const unusedMs = Math.min(idleMs, call.startedAtMs - (lastUsedAtMs ?? earlier.startedAtMs))
  return judgeLater({
    call,
    earlier,
    counts,
    read,
    rules,
    left: leftTokens(earlier, rules),
    idleMs,
    unusedMs,
  })
}

function unjudged(code: CacheEvidence["code"], text: string): CacheFinding {
  return { verdict: "unknown", evidence: [evidence(code, text)], lostTokens: 0 }
}

function judgeFirst(call: PreparedCall, counts: TokenCounts, read: number): CacheFinding {
  const found = (verdict: CacheVerdict, fact: CacheEvidence): CacheFinding => ({
    verdict,
    evidence: [fact],
    readTokens: read,
    lostTokens: 0,
  })
  if (read > 0) return found("hit", evidence("tokens", `${read} tokens read that another conversation left`))
  const reason = notCacheable(call, counts, cacheRules(call.dialect, call.model, call.segments))
  if (reason !== undefined) return found("not-cached", reason)
  return found("initial", evidence("first-call", "no earlier call of this conversation had been answered"))
}

function judgeLater(pair: CallPair): CacheFinding {
  const { call, earlier, counts, read, left } = pair
  const tokens = tokensEvidence(read, left)
  if (read > 0 && (left === undefined || read >= left - tolerance(left)))
    return finding(pair, "hit", [tokens])
  const own = cacheRules(call.dialect, call.model, call.segments)
  const reason = notCacheable(call, counts, own)
  if (reason !== undefined) return finding(pair, "not-cached", [reason])
  if (!isSameCache(call, earlier)) {
    const models = evidence("model", `${nameOf(earlier)} before, ${nameOf(call)} now`)
    return finding(pair, "model-changed", [models, tokens])
  }
  if (left === undefined) {
    return finding(pair, "unknown", [evidence("no-usage", "the earlier call does not tell what it left")])
  }
  return judgeNothingLeft(pair, left) ?? judgeMiss(pair, left)
}

/** The earlier call left nothing, or it is not known whether it did. */
function judgeNothingLeft(pair: CallPair, left: number): CacheFinding | undefined {
  const { earlier, rules } = pair
  const before = earlier.usage === undefined ? {} : tokenCounts(earlier.usage, earlier.dialect)
  const reason = notCacheable(earlier, before, rules)
  if (reason !== undefined) return finding(pair, "not-cached", [reason])
  if (mayBeBelowMinimum(before, rules)) {
    return finding(pair, "unknown", [belowMinimum(before.prompt, rules.minimum)])
  }
  if (left > 0) return undefined
  return finding(pair, "unknown", [
    evidence("nothing-written", "the earlier call neither read nor wrote cached tokens"),
  ])
}

function judgeMiss(pair: CallPair, left: number): CacheFinding {
  const { call, earlier, read, rules, unusedMs } = pair
  const diff = diffSegments(earlier.segments, call.segments)
  const found = (verdict: CacheVerdict, ...facts: readonly CacheEvidence[]): CacheFinding => ({
    ...finding(pair, verdict, [...facts, tokensEvidence(read, left)]),
    diff,
  })
  const reach = reachOf(pair, diff, left)
  const idle = idleEvidence(unusedMs, rules.lifetime)
  const isExpired = rules.lifetime !== undefined && unusedMs >= rules.lifetime.goneMs
  const segment = reach.isChangedInside ? changedSegment(pair, diff) : undefined
  if (segment !== undefined) {
    // What stood before the change was still to be read. Where it was not, it is not the change that lost it.
    const wasReadable = reach.tokens >= (rules.minimum?.always ?? SAFE_MINIMUM_TOKENS)
    if (isExpired && wasReadable && read < reach.tokens / 2) {
      return found("time-to-live", idle, ...blockEvidence(diff))
    }
    return found(segment === "messages" ? "history-rewritten" : segment, ...blockEvidence(diff))
  }
  if (isExpired) return found("time-to-live", idle)
  const doubt = doubtOf(pair, diff, reach.tokens < left)
  return doubt === undefined ? found("server-side", idle) : found("unknown", doubt, idle)
}

function changedSegment({ call, earlier }: CallPair, { first }: RequestDiff): SegmentName | undefined {
  // Without the messages that the provider holds, two requests have none in common.
  const isHeld = call.segments.historyHeld || earlier.segments.historyHeld
  return isHeld && first?.segment === "messages" ? undefined : first?.segment
}

/** Why an untouched prefix within its time does not prove that the provider lost it. */
function doubtOf(pair: CallPair, diff: RequestDiff, isOutOfReach: boolean): CacheEvidence | undefined {
  const { call, earlier, rules, idleMs } = pair
  if (call.segments.historyHeld || earlier.segments.historyHeld) {
    return evidence("held-history", "the provider holds earlier messages; the request does not show them")
  }
  if (call.origin !== undefined && earlier.origin !== undefined && call.origin !== earlier.origin) {
    return evidence("origin", `${earlier.origin} before, ${call.origin} now`)
  }
  if (diff.settings.length > 0) {
    return evidence("settings", `changed, and part of some cache keys: ${diff.settings.join(", ")}`)
  }
  if (isOutOfReach) {
    return evidence("breakpoint-reach", "no breakpoint of this request looks back as far as the earlier one")
  }
  if (rules.lifetime === undefined) {
    return evidence("lifetime", "how long this provider keeps a prefix is not known")
  }
  if (idleMs > rules.lifetime.sureMs) return evidence("lifetime", "near the time for which a prefix is kept")
  return hiddenChange(pair, diff)
}

/** Changes of the rendered prompt that the request does not show. */
function hiddenChange({ call, read }: CallPair, diff: RequestDiff): CacheEvidence | undefined {
  const prefix = prefixOf(call.segments)
  const [kept, fresh] = [prefix.slice(0, diff.keptBlocks), prefix.slice(diff.keptBlocks)]
  if (kept.some(({ text }) => text.includes(REDACTED))) {
    return evidence("scrubbed", "values that the capture left out may differ inside the prefix")
  }
  if (read > 0 && kept.some(isReasoning) && fresh.some(isPersonsTurn)) {
    return evidence("reasoning", "some models drop earlier reasoning from the prompt when a new turn begins")
  }
  return undefined
}

function isReasoning({ value, header }: Block): boolean {
  return [value, header?.value].some((part) => isJsonObject(part) && REASONING_TYPES.has(part.type))
}

function isPersonsTurn({ value, header }: Block): boolean {
  return header?.value.role === "user" && !(isJsonObject(value) && value.type === "tool_result")
}

function nameOf({ model, dialect }: CacheCall): string {
  return `${model ?? "an unnamed model"} (${dialect})`
}

function tolerance(left: number): number {
  return Math.max(TOLERATED_TOKENS, left * TOLERATED_SHARE)
}

function finding(
  { read, left, counts, idleMs }: CallPair,
  verdict: CacheVerdict,
  facts: readonly CacheEvidence[],
): CacheFinding {
  const isLoss = verdict !== "hit" && verdict !== "not-cached"
  const lost = isLoss && left !== undefined ? Math.min(left, counts.prompt ?? left) - read : 0
  return {
    verdict,
    evidence: facts,
    readTokens: read,
    ...(left === undefined ? {} : { leftTokens: left }),
    lostTokens: Math.max(0, lost),
    idleMs,
  }
}
