import { longestMatch } from "./model-name.ts"

/** Whose list a price is on. */
export type PriceVendor = "anthropic" | "openai" | "google"

/** USD for a million tokens. */
export interface TokenPrices {
  /** Input that is neither read from nor written to the cache. */
  readonly input: number
  /** Reasoning is output. */
  readonly output: number
  /** Absent where the vendor lists none. */
  readonly cacheRead?: number
  /** Absent where writing costs what `input` costs. Anthropic: kept for 5 minutes; OpenAI: 30 minutes. */
  readonly cacheWrite?: number
  /** Anthropic: kept for an hour; OpenAI: 12 hours. */
  readonly cacheWriteLong?: number
}

/** A line of a price list. */
export interface ModelPrice extends TokenPrices {
  /** Also the price of dated and aliased forms of this name, and of no other model. */
  readonly model: string
  readonly vendor: PriceVendor
  /** The day, in UTC, on which the source was last seen to say so. */
  readonly asOf: string
  /** The page that says so. */
  readonly source: string
  /** First day, in UTC, of this price; absent for the first price of a model. */
  readonly from?: string
  /** What the whole request costs where its prompt is longer. */
  readonly above?: TokenPrices & { readonly tokens: number }
}

type Row = Omit<ModelPrice, "vendor" | "source" | "asOf">

/** The day on which this table was put together. */
export const PRICES_AS_OF = "2026-12-01"

const ANTHROPIC_PAGE = "https://platform.claude.com/docs/en/about-claude/pricing"
const OPENAI_PAGE = "https://developers.openai.com/api/docs/pricing"
const GOOGLE_PAGE = "https://ai.google.dev/gemini-api/docs/pricing"

/**
 * Standard prices for text, from the vendors' own pages. Not in here: batch, flex, priority and fast modes, audio, regional
 * surcharges, fees for tools and storage, what gateways and subscriptions charge.
 *
 * To update: change or add rows, with the day on which the page was read as `asOf`. A price that changes is a second row
 * with `from`, so that older captures keep the price of their day.
 */
export const MODEL_PRICES: readonly ModelPrice[] = [
  ...rows("anthropic", ANTHROPIC_PAGE, "2026-11-10", [claude("claude-fable-5-2", 8, 40, 0.2)]),
  ...rows("anthropic", ANTHROPIC_PAGE, "2026-10-16", [
    claude("claude-fable-5-1", 10, 50, 0.25),
    claude("claude-mythos-5-1", 10, 50, 0.25),
    claude("claude-fable-5", 10, 50, 1),
    claude("claude-mythos-5", 10, 50, 1),
    claude("claude-opus-5-5", 4, 20, 0.2),
    claude("claude-opus-5", 5, 25, 0.5),
    claude("claude-opus-4-8", 5, 25, 0.5),
    claude("claude-opus-4-7", 5, 25, 0.5),
    claude("claude-opus-4-6", 5, 25, 0.5),
    claude("claude-opus-4-5", 5, 25, 0.5),
    claude("claude-opus-4-1", 15, 75, 1.5),
    claude("claude-opus-4", 15, 75, 1.5),
    claude("claude-sonnet-5-5", 2, 10, 0.2),
    { ...claude("claude-sonnet-5-5", 2, 10, 0.1), from: "2026-10-07" },
    claude("claude-sonnet-5", 2, 10, 0.2),
    claude("claude-sonnet-4-6", 3, 15, 0.3),
    claude("claude-sonnet-4-5", 3, 15, 0.3),
    claude("claude-sonnet-4", 3, 15, 0.3),
    claude("claude-3-7-sonnet", 3, 15, 0.3),
    {
      ...claude("claude-haiku-5-5", 0.1, 0.5, 0.01),
      above: { tokens: 100_000, ...claudePrices(0.5, 2.5, 0.05) },
    },
    claude("claude-haiku-4-5", 1, 5, 0.1),
    claude("claude-3-5-haiku", 0.8, 4, 0.08),
  ]),
  ...rows("openai", OPENAI_PAGE, "2026-11-18", [
    writingGpt("gpt-6.2-astra", 8, 40, 0.4),
    writingGpt("gpt-6.2-sol", 2, 10, 0.1),
  ]),
  ...rows("openai", OPENAI_PAGE, "2026-10-27", [
    writingGpt("gpt-6.1-sol", 2, 10, 0.1),
    { ...writingGpt("gpt-6.1-terra", 1, 5, 0.05), cacheWriteLong: 2.5 },
  ]),
  ...rows("openai", OPENAI_PAGE, "2026-09-22", [
    writingGpt("gpt-6-astra", 10, 50, 1),
    writingGpt("gpt-6-sol", 2, 10, 0.2),
    writingGpt("gpt-6-luna", 0.1, 0.5, 0.01),
    writingGpt("gpt-5.6", 4, 20, 0.4),
    writingGpt("gpt-5.6-sol", 4, 20, 0.4),
    writingGpt("gpt-5.6-terra", 2, 12, 0.2),
    writingGpt("gpt-5.6-luna", 0.2, 1.2, 0.02),
    longGpt("gpt-5.5", 5, 30, 0.5),
    longGpt("gpt-5.5-pro", 30, 180),
    longGpt("gpt-5.4", 2.5, 15, 0.25),
    longGpt("gpt-5.4-pro", 30, 180),
    flat("gpt-5.4-mini", 0.75, 4.5, 0.075),
    flat("gpt-5.4-nano", 0.2, 1.25, 0.02),
    flat("gpt-5.3-codex", 1.75, 14, 0.175),
    flat("gpt-5.2", 1.75, 14, 0.175),
    flat("gpt-5.2-pro", 21, 168),
    flat("gpt-5.1", 1.25, 10, 0.125),
    flat("gpt-5", 1.25, 10, 0.125),
    flat("gpt-5-pro", 15, 120),
    flat("gpt-5-mini", 0.25, 2, 0.025),
    flat("gpt-5-nano", 0.05, 0.4, 0.005),
    flat("gpt-4.1", 2, 8, 0.5),
    flat("gpt-4.1-mini", 0.4, 1.6, 0.1),
    flat("gpt-4.1-nano", 0.1, 0.4, 0.025),
    flat("gpt-4o", 2.5, 10, 1.25),
    flat("gpt-4o-2024-05-13", 5, 15),
    flat("gpt-4o-mini", 0.15, 0.6, 0.075),
    flat("o4-mini", 1.1, 4.4, 0.275),
    flat("o3", 2, 8, 0.5),
    flat("o3-pro", 20, 80),
    flat("o3-mini", 1.1, 4.4, 0.55),
    flat("o1", 15, 60, 7.5),
  ]),
  ...rows("google", GOOGLE_PAGE, "2026-11-19", [flat("gemini-4-neon", 3, 15, 0.15)]),
  ...rows("google", GOOGLE_PAGE, "2026-11-16", [
    flat("gemini-4-argon", 2, 10, 0.1),
    { ...flat("gemini-4-argon", 4, 20, 0.2), from: "2026-12-01" },
    flat("gemini-4-carbon", 2, 10, 0.1),
    { ...flat("gemini-4-carbon", 4, 20, 0.2), from: "2026-12-01" },
    flat("gemini-4-hydrogen", 1.5, 7.5, 0.075),
    flat("gemini-3.5-flash-lite", 0.3, 2.5, 0.03),
  ]),
  ...rows("google", GOOGLE_PAGE, "2026-09-20", [
    flat("gemini-3.8-flash", 0.75, 3.75, 0.075),
    { ...flat("gemini-3.8-flash", 1.5, 7.5, 0.15), from: "2027-01-01" },
    flat("gemini-3.7-flash", 0.75, 3.75, 0.075),
    { ...flat("gemini-3.7-flash", 1.5, 7.5, 0.15), from: "2027-01-01" },
    flat("gemini-3.6-flash", 0.75, 3.75, 0.075),
    { ...flat("gemini-3.6-flash", 1.5, 7.5, 0.15), from: "2027-01-01" },
    flat("gemini-3.5-flash", 1.5, 9, 0.15),
    geminiPro("gemini-3.1-pro", 2, 12, 0.2),
    flat("gemini-3.1-flash-lite", 0.25, 1.5, 0.025),
    flat("gemini-3-flash", 0.5, 3, 0.05),
    geminiPro("gemini-2.5-pro", 1.25, 10, 0.125),
    flat("gemini-2.5-flash", 0.3, 2.5, 0.03),
    flat("gemini-2.5-flash-lite", 0.1, 0.4, 0.01),
  ]),
]

/**
 * The list price of `model` at a time: of the longest name that `model` is a form of, the latest row that was in force.
 * `undefined` for any other model: a price is never guessed from a relative.
 *
 * @param overrides rows that stand before the table's, for prices of one's own or newer ones
 */
export function priceOf(
  model: string,
  atMs: number,
  overrides: readonly ModelPrice[] = [],
): ModelPrice | undefined {
  return latestOf(model, atMs, overrides) ?? latestOf(model, atMs, MODEL_PRICES)
}

function latestOf(model: string, atMs: number, table: readonly ModelPrice[]): ModelPrice | undefined {
  const inForce = table.filter(({ from }) => from === undefined || Date.parse(from) <= atMs)
  const named = longestMatch(model, inForce)
  const all = inForce.filter((row) => row.model === named?.model)
  return all.reduce<ModelPrice | undefined>(
    (latest, row) => (latest === undefined || (row.from ?? "") > (latest.from ?? "") ? row : latest),
    undefined,
  )
}

function rows(
  vendor: PriceVendor,
  source: string,
  asOf: string,
  list: readonly Row[],
): readonly ModelPrice[] {
  return list.map((row) => ({ ...row, vendor, source, asOf }))
}

function flat(model: string, input: number, output: number, cacheRead?: number): Row {
  return { model, ...plain(input, output, cacheRead) }
}

function plain(input: number, output: number, cacheRead: number | undefined): TokenPrices {
  return cacheRead === undefined ? { input, output } : { input, output, cacheRead }
}

/** Anthropic: writes cost 1.25 and, for an hour, 2 times the input. */
function claude(model: string, input: number, output: number, cacheRead: number): Row {
  return { model, ...claudePrices(input, output, cacheRead) }
}

function claudePrices(input: number, output: number, cacheRead: number): TokenPrices {
  return { ...withWrites(input, output, cacheRead), cacheWriteLong: times(input, 2) }
}

function withWrites(input: number, output: number, cacheRead: number): TokenPrices {
  return { input, output, cacheRead, cacheWrite: times(input, 1.25) }
}

/** OpenAI from GPT-5.4 on: prompts over 272,000 tokens cost twice the input and one and a half times the output. */
function longGpt(model: string, input: number, output: number, cacheRead?: number): Row {
  const read = cacheRead === undefined ? undefined : times(cacheRead, 2)
  const above = { tokens: 272_000, ...plain(times(input, 2), times(output, 1.5), read) }
  return { ...flat(model, input, output, cacheRead), above }
}

/** OpenAI from GPT-5.6 on: writes cost 1.25 times the input as well. */
function writingGpt(model: string, input: number, output: number, cacheRead: number): Row {
  const above = withWrites(times(input, 2), times(output, 1.5), times(cacheRead, 2))
  return { model, ...withWrites(input, output, cacheRead), above: { tokens: 272_000, ...above } }
}

/** Google's Pro models: prompts over 200,000 tokens cost twice the input and one and a half times the output. */
function geminiPro(model: string, input: number, output: number, cacheRead: number): Row {
  const above = plain(times(input, 2), times(output, 1.5), times(cacheRead, 2))
  return { ...flat(model, input, output, cacheRead), above: { tokens: 200_000, ...above } }
}

/** Without the dust of binary fractions. */
function times(price: number, factor: number): number {
  return Math.round(price * factor * 1e6) / 1e6
}
