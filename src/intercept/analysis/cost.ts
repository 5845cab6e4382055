import { isJsonObject, type JsonValue } from "../../base/json.ts"
import type { DialectId, Usage } from "../../wire/dialect.ts"
import { objectOf } from "../../wire/read.ts"
import type { Trio } from "../trio.ts"
import type { CacheFinding } from "./cache-finding.ts"
import { type ModelPrice, priceOf, type PriceVendor, type TokenPrices } from "./prices.ts"
import { segmentsOf } from "./read-segments.ts"
import { prefixOf } from "./segments.ts"
import { type TokenCounts, tokenCounts, usageOf } from "./usage.ts"

/**
 * Why a cost is an estimate: a count is missing or contradicts another; a price is missing; it is not known for how long
 * tokens were written; the request went elsewhere than to the vendor (gateways and subscriptions have their own prices);
 * the service tier has other prices.
 */
export type EstimateReason = "usage" | "price" | "write-time" | "host" | "service-tier"

/** What is known of an exchange when it is priced. */
export interface CostFacts {
  readonly model: string | null
  readonly dialect: DialectId
  /** Start, in milliseconds since the epoch: the price of that day counts. */
  readonly atMs: number
  readonly usage: Usage | undefined
  /** Where the request went. */
  readonly url?: string
  /** The request: tells the service tier, and for how long tokens were written. */
  readonly body?: JsonValue
}

/** USD, by what the tokens were. */
export interface CostParts {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
}

/** What an exchange costs by the vendor's list. */
export interface ExchangeCost {
  readonly usd: number
  readonly parts: CostParts
  readonly price: ModelPrice
  /** Whether the prompt was so long that other prices count. */
  readonly isLongContext: boolean
  readonly estimated: boolean
  readonly reasons: readonly EstimateReason[]
}

/** What a cache miss cost above what reading would have cost. */
export interface BreakCost {
  readonly lostTokens: number
  /** Never below 0. */
  readonly usd: number
  readonly estimated: boolean
}

const PER_MILLION = 1e-6
const VENDOR_HOSTS: Readonly<Record<PriceVendor, RegExp>> = {
  anthropic: /^api\.anthropic\.com$/,
  openai: /^api\.openai\.com$/,
  google: /^(?:generativelanguage|[\w-]*aiplatform)\.googleapis\.com$/,
}
const STANDARD_TIERS: ReadonlySet<JsonValue | undefined> = new Set([
  undefined,
  null,
  ..."auto default standard standard_only".split(" "),
])
const LONG_WRITES: ReadonlySet<JsonValue | undefined> = new Set(["1h", "12h"])

/** The facts that a capture holds. */
export function costFactsOf({ request, response, meta }: Trio): CostFacts {
  return {
    model: meta.model ?? response.replay?.model ?? null,
    dialect: meta.dialect,
    atMs: Date.parse(meta.timestamp),
    usage: usageOf(response, meta.dialect),
    url: meta.url,
    body: request.body,
  }
}

/**
 * What an exchange costs; `undefined` where its model has no price or its reply reported no usage.
 *
 * @param overrides see `priceOf`
 */
export function exchangeCost(facts: CostFacts, overrides?: readonly ModelPrice[]): ExchangeCost | undefined {
  const price = facts.model === null ? undefined : priceOf(facts.model, facts.atMs, overrides)
  if (price === undefined || facts.usage === undefined) return undefined
  const counts = tokenCounts(facts.usage, facts.dialect)
  const isLongContext = price.above !== undefined && (counts.prompt ?? 0) > price.above.tokens
  const prices = isLongContext && price.above !== undefined ? price.above : price
  const long = longWrites(counts, facts)
  const parts = {
    input: (counts.input ?? 0) * prices.input * PER_MILLION,
    cacheRead: (counts.cacheRead ?? 0) * (prices.cacheRead ?? prices.input) * PER_MILLION,
    cacheWrite: writeCost(counts.cacheWrite ?? 0, long.tokens, prices) * PER_MILLION,
    output: (counts.output ?? 0) * prices.output * PER_MILLION,
  }
  const reasons = reasonsOf(facts, counts, price, prices, long)
  return {
    usd: parts.input + parts.cacheRead + parts.cacheWrite + parts.output,
    parts,
    price,
    isLongContext,
    estimated: reasons.length > 0,
    reasons,
  }
}

/**
 * What the tokens that a miss lost cost more than reading them: they were written again where the reply counts writes, and
 * processed as input otherwise. A first call loses nothing.
 */
export function breakCost(
  finding: CacheFinding,
  facts: CostFacts,
  overrides?: readonly ModelPrice[],
): BreakCost | undefined {
  const cost = exchangeCost(facts, overrides)
  if (cost === undefined || facts.usage === undefined) return undefined
  const { lostTokens } = finding
  const { input, cacheWrite = 0 } = tokenCounts(facts.usage, facts.dialect)
  const written = Math.min(lostTokens, cacheWrite)
  const processed = Math.min(lostTokens - written, input ?? 0)
  const prices = cost.isLongContext && cost.price.above !== undefined ? cost.price.above : cost.price
  const perWrite = cacheWrite === 0 ? 0 : cost.parts.cacheWrite / PER_MILLION / cacheWrite
  const paid = written * perWrite + processed * prices.input
  const forReading = (written + processed) * (prices.cacheRead ?? prices.input)
  return { lostTokens, usd: Math.max(0, (paid - forReading) * PER_MILLION), estimated: cost.estimated }
}

interface LongWrites {
  readonly tokens: number
  readonly isGuess: boolean
}

/** How many of the written tokens are kept for long: as the reply says, else as the request asked. */
function longWrites({ cacheWrite = 0, cacheWrite1h }: TokenCounts, facts: CostFacts): LongWrites {
  if (cacheWrite1h !== undefined) return { tokens: Math.min(cacheWrite1h, cacheWrite), isGuess: false }
  if (cacheWrite === 0 || facts.body === undefined) return { tokens: 0, isGuess: false }
  const times = writeTimes(facts.body, facts.dialect)
  const longOnes = times.filter((ttl) => LONG_WRITES.has(ttl)).length
  return {
    tokens: longOnes > 0 && longOnes === times.length ? cacheWrite : 0,
    isGuess: longOnes > 0 && longOnes < times.length,
  }
}

function writeTimes(body: JsonValue, dialect: DialectId): readonly (JsonValue | undefined)[] {
  const marks = prefixOf(segmentsOf(body, dialect)).flatMap(({ mark }) =>
    mark === undefined ? [] : [mark.ttl],
  )
  const options = isJsonObject(body) ? objectOf(body.prompt_cache_options) : {}
  return options.ttl === undefined ? marks : [options.ttl]
}

/** In USD for a million times as many tokens. */
function writeCost(tokens: number, longTokens: number, prices: TokenPrices): number {
  const short = prices.cacheWrite ?? prices.input
  return (tokens - longTokens) * short + longTokens * (prices.cacheWriteLong ?? short)
}

function reasonsOf(
  facts: CostFacts,
  counts: TokenCounts,
  { vendor }: ModelPrice,
  prices: TokenPrices,
  long: LongWrites,
): readonly EstimateReason[] {
  const isUnpriced =
    ((counts.cacheRead ?? 0) > 0 && prices.cacheRead === undefined) ||
    (long.tokens > 0 && prices.cacheWriteLong === undefined)
  const isIncomplete =
    counts.input === undefined || counts.output === undefined || counts.inconsistent === true
  const checks: readonly (readonly [EstimateReason, boolean])[] = [
    ["usage", isIncomplete],
    ["price", isUnpriced],
    ["write-time", long.isGuess],
    ["host", facts.url !== undefined && !isVendorHost(facts.url, vendor)],
    ["service-tier", facts.body !== undefined && hasOtherTier(facts.body)],
  ]
  return checks.flatMap(([reason, applies]) => (applies ? [reason] : []))
}

function isVendorHost(url: string, vendor: PriceVendor): boolean {
  return URL.canParse(url) && VENDOR_HOSTS[vendor].test(new URL(url).hostname)
}

/** `service_tier` of Anthropic and OpenAI, `serviceTier` of Gemini, `speed` of Anthropic's fast mode. */
function hasOtherTier(body: JsonValue): boolean {
  const { service_tier: tier, serviceTier, speed } = objectOf(body)
  return [tier, serviceTier, speed].some((value) => !STANDARD_TIERS.has(value))
}
