import type { DialectId, Usage } from "../../wire/dialect.ts"
import { dialectById } from "../../wire/dialects/index.ts"
import type { ResponseFile } from "../trio.ts"

/** What the usage of an exchange can be read from. */
export type UsageSource = Pick<ResponseFile, "body" | "bodyFormat" | "replay">

/**
 * The tokens of one exchange in classes that do not overlap, except `reasoning`, which is part of `output`. A class is
 * absent where the provider did not say.
 */
export interface TokenCounts {
  /** Input that was neither read from nor written to the cache. */
  readonly input?: number
  readonly output?: number
  readonly cacheRead?: number
  /** Written to the cache, for whatever time. */
  readonly cacheWrite?: number
  /** Those of `cacheWrite` that are kept for an hour, where the provider tells. */
  readonly cacheWrite1h?: number
  readonly reasoning?: number
  /** The whole prompt: `input + cacheRead + cacheWrite`. */
  readonly prompt?: number
  /** The provider's counts contradict each other; the classes are a reading of them. */
  readonly inconsistent?: true
}

/** The usage that a reply reported, from a stream or from a JSON body; `undefined` where it reported none. */
export function usageOf(response: UsageSource, dialect: DialectId): Usage | undefined {
  if (response.replay?.usage !== undefined) return response.replay.usage
  return response.bodyFormat === "json" ? dialectById(dialect)?.replayJson(response.body).usage : undefined
}

/**
 * Splits a usage into classes that are billed apart, so that no token is counted twice. `Usage.inputTokens` counts cache
 * reads and writes in, for every dialect. Where they are more than the input that holds them, the server meant its input
 * without them (some imitations of OpenAI's dialects do): they stand beside it then.
 *
 * Gemini leaves a count of zero out of its reply; with another count there, no cached tokens are none.
 */
export function tokenCounts(usage: Usage, dialect: DialectId): TokenCounts {
  const { inputTokens, outputTokens, cacheWriteTokens, cacheWrite1hTokens, reasoningTokens } = usage
  const isSilentZero = dialect === "google-generate-content" && inputTokens !== undefined
  const cacheRead = usage.cacheReadTokens ?? (isSilentZero ? 0 : undefined)
  const cached = (cacheRead ?? 0) + (cacheWriteTokens ?? 0)
  const isInside = inputTokens === undefined || cached <= inputTokens
  const input = inputTokens === undefined ? undefined : inputTokens - (isInside ? cached : 0)
  const counts = {
    input,
    output: outputTokens,
    cacheRead,
    cacheWrite: cacheWriteTokens,
    cacheWrite1h: cacheWrite1hTokens,
    reasoning: reasoningTokens,
    prompt: input === undefined ? undefined : input + cached,
    inconsistent: isInside ? undefined : (true as const),
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined))
}
