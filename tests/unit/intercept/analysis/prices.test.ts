import { describe, expect, test } from "vitest"
import { MODEL_PRICES, type ModelPrice, priceOf, PRICES_AS_OF } from "../../../../src/intercept/index.ts"

const AT = Date.parse("2026-12-01T12:00:00Z")
const DAY = /^20\d\d-[01]\d-[0-3]\d$/
const named = MODEL_PRICES.map((price) => ({ ...price, title: `${price.model} ${price.from ?? ""}` }))

describe("the price table", () => {
  test("is dated and knows the three vendors", () => {
    expect(PRICES_AS_OF).toMatch(DAY)
    expect(new Set(MODEL_PRICES.map(({ vendor }) => vendor))).toEqual(
      new Set(["anthropic", "openai", "google"]),
    )
    expect(MODEL_PRICES.length).toBeGreaterThan(50)
  })

  test.each(named)("$title: dated, with its source, no negative price, reads not above input", (price) => {
    expect(price.asOf).toMatch(DAY)
    expect(price.asOf <= PRICES_AS_OF).toBe(true)
    expect(price.source).toMatch(/^https:\/\//)
    if (price.from !== undefined) expect(price.from).toMatch(DAY)
    for (const part of [price, ...(price.above === undefined ? [] : [price.above])]) {
      const { input, output, cacheRead, cacheWrite, cacheWriteLong } = part
      const all = [input, output, cacheRead ?? 0, cacheWrite ?? 0, cacheWriteLong ?? 0]
      expect(all.every((usd) => Number.isFinite(usd) && usd >= 0)).toBe(true)
      expect(input).toBeGreaterThan(0)
      expect(output).toBeGreaterThan(input)
      expect(cacheRead ?? 0).toBeLessThanOrEqual(input)
      expect(cacheWrite ?? input).toBeGreaterThanOrEqual(input)
      expect(cacheWriteLong ?? Number.POSITIVE_INFINITY).toBeGreaterThan(cacheWrite ?? input)
    }
    expect(price.above?.input ?? Number.POSITIVE_INFINITY).toBeGreaterThan(price.input)
  })

  test("has one row for each model and first day", () => {
    const keys = MODEL_PRICES.map(({ model, from }) => `${model} ${from ?? ""}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test("holds the numbers of the vendors' pages", () => {
    const pick = (model: string) => {
      const { input, output, cacheRead, cacheWrite, cacheWriteLong } = priceOf(model, AT)!
      return [input, output, cacheRead, cacheWrite, cacheWriteLong]
    }
    expect(pick("claude-opus-4-5")).toEqual([5, 25, 0.5, 6.25, 10])
    expect(pick("claude-fable-5-1")).toEqual([10, 50, 0.25, 12.5, 20])
    expect(pick("claude-haiku-5-5")).toEqual([0.1, 0.5, 0.01, 0.125, 0.2])
    expect(pick("gpt-5.6-terra")).toEqual([2, 12, 0.2, 2.5, undefined])
    expect(pick("gpt-6.1-terra")).toEqual([1, 5, 0.05, 1.25, 2.5])
    expect(pick("gpt-4.1")).toEqual([2, 8, 0.5, undefined, undefined])
    expect(pick("gemini-2.5-flash")).toEqual([0.3, 2.5, 0.03, undefined, undefined])
    expect(priceOf("gpt-5.4", AT)?.above).toEqual({ tokens: 272_000, input: 5, output: 22.5, cacheRead: 0.5 })
    expect(priceOf("gemini-3.1-pro-preview", AT)?.above).toEqual({
      tokens: 200_000,
      input: 4,
      output: 18,
      cacheRead: 0.4,
    })
  })
})

describe("priceOf", () => {
  test.each([
    ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"],
    ["claude-opus-4-20250514", "claude-opus-4"],
    ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"],
    ["anthropic.claude-haiku-5-5", "claude-haiku-5-5"],
    ["claude-opus-4-5@20251101", "claude-opus-4-5"],
    ["anthropic/claude-opus-4.5", "claude-opus-4-5"],
    ["openrouter/openai/gpt-5-mini", "gpt-5-mini"],
    ["gpt-5.4-2026-03-05", "gpt-5.4"],
    ["gpt-4o-2024-05-13", "gpt-4o-2024-05-13"],
    ["gpt-4o-2024-11-20", "gpt-4o"],
    ["models/gemini-2.5-flash-preview-09-2025", "gemini-2.5-flash"],
    ["gemini-3-flash-preview", "gemini-3-flash"],
  ])("%s costs what %s does", (model, row) => {
    expect(priceOf(model, AT)?.model).toBe(row)
  })

  test.each(
    "gpt-5-turbo gpt-5.9 gpt-5-codex claude-opus-4-9 claude-opus-4-5-fast claude-opus gemini-2.5-flash-image gemini-9 o3-max llama-4 gpt-5.3-codex-spark x-gpt-5".split(
      " ",
    ),
  )("%s has no price: a relative's is never taken", (model) => {
    expect(priceOf(model, AT)).toBeUndefined()
  })

  test("takes the price of the day", () => {
    const read = (day: string) => priceOf("claude-sonnet-5-5", Date.parse(day))?.cacheRead
    expect(read("2026-10-06")).toBe(0.2)
    expect(read("2026-10-07")).toBe(0.1)
    expect(priceOf("gemini-4-argon", Date.parse("2026-11-30T23:59:59Z"))?.input).toBe(2)
    expect(priceOf("gemini-4-argon", AT)?.input).toBe(4)
    expect(priceOf("gemini-3.8-flash", AT)?.input).toBe(0.75)
  })

  test("takes a row of one's own first", () => {
    const own: ModelPrice = {
      model: "gemini-4-argon",
      vendor: "google",
      input: 7,
      output: 8,
      asOf: "2026-12-01",
      source: "https://example.com/contract",
    }
    expect(priceOf("gemini-4-argon", AT, [own])).toBe(own)
    expect(priceOf("gpt-5", AT, [own])?.model).toBe("gpt-5")
    expect(priceOf("house-model", AT, [{ ...own, model: "house-model" }])?.input).toBe(7)
  })
})
