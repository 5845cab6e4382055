import { describe, expect, test } from "vitest"
import type { JsonObject } from "../../../../src/base/json.ts"
import {
  breakCost,
  cacheFindings,
  type CostFacts,
  costFactsOf,
  exchangeCost,
  type ModelPrice,
  type Trio,
} from "../../../../src/intercept/index.ts"
import type { Usage } from "../../../../src/wire/dialect.ts"
import { coding, nextRound, withDate } from "../../../support/conversations.ts"
import { requestWriters } from "../../../support/conversation-dialects.ts"
import { sceneOf } from "./scene.ts"

const AT = Date.parse("2026-12-01T12:00:00Z")
const facts = (usage: Usage, more: Partial<CostFacts> = {}): CostFacts => ({
  model: "claude-opus-4-5",
  dialect: "anthropic-messages",
  atMs: AT,
  usage,
  ...more,
})

describe("exchangeCost", () => {
  test("prices every class of tokens once", () => {
    const usage = {
      inputTokens: 1_000_000,
      cacheReadTokens: 600_000,
      cacheWriteTokens: 300_000,
      cacheWrite1hTokens: 100_000,
      outputTokens: 10_000,
      reasoningTokens: 4000,
    }
    const cost = exchangeCost(facts(usage))
    // 100,000 fresh at 5, 600,000 read at 0.5, 200,000 written at 6.25 and 100,000 at 10, 10,000 out at 25.
    expect(cost?.parts.input).toBeCloseTo(0.5, 9)
    expect(cost?.parts.cacheRead).toBeCloseTo(0.3, 9)
    expect(cost?.parts.cacheWrite).toBeCloseTo(2.25, 9)
    expect(cost?.parts.output).toBeCloseTo(0.25, 9)
    expect(cost?.usd).toBeCloseTo(3.3, 9)
    expect(cost).toMatchObject({ estimated: false, reasons: [], isLongContext: false })
    expect(cost?.price.model).toBe("claude-opus-4-5")
    expect(cost?.price.asOf).toMatch(/^2026-/)
  })

  test("takes the prices of long prompts for the whole request", () => {
    const usage = { inputTokens: 200_001, cacheReadTokens: 0, outputTokens: 1000 }
    const how = { model: "gemini-2.5-pro", dialect: "google-generate-content" } as const
    const long = exchangeCost(facts(usage, how))
    expect(long?.isLongContext).toBe(true)
    expect(long?.usd).toBeCloseTo((200_001 * 2.5 + 1000 * 15) / 1e6, 9)
    const short = exchangeCost(facts({ ...usage, inputTokens: 200_000 }, how))
    expect(short?.usd).toBeCloseTo((200_000 * 1.25 + 1000 * 10) / 1e6, 9)
  })

  test("writes cost what input costs where the list has no price for them", () => {
    const usage = { inputTokens: 1000, cacheReadTokens: 0, cacheWriteTokens: 900, outputTokens: 0 }
    const cost = exchangeCost(facts(usage, { model: "gpt-5.1", dialect: "openai-chat" }))
    expect(cost?.usd).toBeCloseTo(1000 * 1.25e-6, 12)
    expect(cost?.estimated).toBe(false)
  })

  test("is undefined for models without a price and replies without usage", () => {
    expect(exchangeCost(facts({ inputTokens: 9, outputTokens: 9 }, { model: "house-model" }))).toBeUndefined()
    expect(exchangeCost(facts({ inputTokens: 9, outputTokens: 9 }, { model: null }))).toBeUndefined()
    expect(exchangeCost({ ...facts({}), usage: undefined })).toBeUndefined()
  })

  test("takes rows of one's own", () => {
    const own: ModelPrice = {
      model: "house-model",
      vendor: "openai",
      input: 1,
      output: 2,
      asOf: "2026-12-01",
      source: "https://example.com/contract",
    }
    const cost = exchangeCost(facts({ inputTokens: 500, outputTokens: 500 }, { model: "house-model" }), [own])
    expect(cost?.usd).toBeCloseTo(0.0015, 12)
  })

  const whole = { inputTokens: 1000, cacheReadTokens: 500, cacheWriteTokens: 100, outputTokens: 10 }
  const marks = (...ttls: readonly string[]): JsonObject => ({
    messages: ttls.map((ttl) => ({
      role: "user",
      content: [{ type: "text", text: ttl, cache_control: { type: "ephemeral", ttl } }],
    })),
  })
  const estimates: readonly (readonly [string, CostFacts, readonly string[]])[] = [
    ["a whole usage and a price for all of it", facts(whole), []],
    ["no output count", facts({ inputTokens: 1000 }), ["usage"]],
    ["no input count", facts({ outputTokens: 10 }), ["usage"]],
    ["counts that contradict each other", facts({ ...whole, cacheReadTokens: 5000 }), ["usage"]],
    [
      "reads without a price for them",
      facts(whole, { model: "gpt-5-pro", dialect: "openai-responses" }),
      ["price"],
    ],
    ["breakpoints of two times", facts(whole, { body: marks("5m", "1h") }), ["write-time"]],
    ["breakpoints of an hour", facts(whole, { body: marks("1h", "1h") }), []],
    ["the vendor's own host", facts(whole, { url: "https://api.anthropic.com/v1/messages" }), []],
    ["a gateway", facts(whole, { url: "https://openrouter.ai/api/v1/chat/completions" }), ["host"]],
    [
      "a host that ends like the vendor's",
      facts(whole, { url: "https://api.anthropic.com.test/" }),
      ["host"],
    ],
    ["the priority tier", facts(whole, { body: { service_tier: "priority" } }), ["service-tier"]],
    ["the default tier", facts(whole, { body: { service_tier: "auto" } }), []],
    ["fast mode", facts(whole, { body: { speed: "fast" } }), ["service-tier"]],
  ]
  test.each(estimates)("%s", (_, given, reasons) => {
    expect(exchangeCost(given)).toMatchObject({ reasons, estimated: reasons.length > 0 })
  })

  test("counts writes of an hour as such where only the request tells", () => {
    const hour = exchangeCost(facts(whole, { body: marks("1h") }))
    const minutes = exchangeCost(facts(whole, { body: marks("5m") }))
    expect(hour?.parts.cacheWrite).toBeCloseTo(100 * 10e-6, 12)
    expect(minutes?.parts.cacheWrite).toBeCloseTo(100 * 6.25e-6, 12)
  })
})

describe("breakCost", () => {
  const claude = sceneOf("anthropic-messages", { model: "claude-opus-4-5" })
  const before = coding(4)
  const first = claude({ at: 0, said: before, tokens: { prompt: 11_000, read: 0, write: 10_990 } })

  test("is what writing again costs more than reading", () => {
    const call = claude({
      at: 20,
      said: withDate(nextRound(before, 4), "Wed Dec 02 2026"),
      tokens: { prompt: 11_700, read: 0, write: 11_690 },
    })
    const [, found] = cacheFindings([first, call])
    expect(found).toMatchObject({ verdict: "system", lostTokens: 10_990 })
    const cost = breakCost(found!, facts(call.usage!))
    expect(cost?.lostTokens).toBe(10_990)
    expect(cost?.usd).toBeCloseTo(10_990 * (6.25 - 0.5) * 1e-6, 9)
    expect(cost?.estimated).toBe(false)
  })

  test("is what processing again costs more than reading, where nothing is written", () => {
    const gpt = sceneOf("openai-chat", { model: "gpt-5.1" })
    const calls = [
      gpt({ at: 0, said: before, tokens: { prompt: 11_000, read: 0 } }),
      gpt({ at: 20, said: nextRound(before, 4), tokens: { prompt: 11_700, read: 0 } }),
    ]
    const found = cacheFindings(calls)[1]!
    expect(found.verdict).toBe("server-side")
    const how = { model: "gpt-5.1", dialect: "openai-chat" } as const
    expect(breakCost(found, facts(calls[1]!.usage!, how))?.usd).toBeCloseTo(11_000 * (1.25 - 0.125) * 1e-6, 9)
  })

  test("counts of a compaction no more than the new prompt has", () => {
    const call = claude({
      at: 20,
      said: { ...before, turns: [{ role: "user", text: "Summary." }] },
      tokens: { prompt: 8100, read: 7000, write: 1090 },
    })
    const found = cacheFindings([first, call])[1]!
    expect(found).toMatchObject({ verdict: "history-rewritten", lostTokens: 1100 })
    expect(breakCost(found, facts(call.usage!))?.usd).toBeCloseTo((1090 * 5.75 + 10 * 4.5) * 1e-6, 9)
  })

  test("a first call and a hit waste nothing; without a price nothing is known", () => {
    const hit = claude({
      at: 9,
      said: nextRound(before, 4),
      tokens: { prompt: 11_700, read: 10_990, write: 700 },
    })
    const findings = cacheFindings([first, hit])
    expect(findings.map(({ verdict }) => verdict)).toEqual(["initial", "hit"])
    expect(findings.map((found) => breakCost(found, facts(hit.usage!))?.usd)).toEqual([0, 0])
    expect(breakCost(findings[0]!, facts(hit.usage!, { model: "house-model" }))).toBeUndefined()
  })
})

describe("costFactsOf", () => {
  test("reads a capture", () => {
    const body = requestWriters["anthropic-messages"](coding(1), { model: "claude-opus-4-5" })
    const trio: Trio = {
      request: { body, headers: {} },
      response: {
        status: 200,
        statusText: "OK",
        body: "Done.",
        bodyFormat: "replay-text",
        bodyReadError: null,
        bodyOmittedReason: null,
        replay: { usage: { inputTokens: 2000, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100 } },
      },
      meta: {
        timestamp: "2026-12-01T10:00:00.000Z",
        url: "https://api.anthropic.com/v1/messages",
        method: "POST",
        status: 200,
        contentType: "text/event-stream",
        durationMs: 900,
        requestBytes: 9,
        responseBytes: 9,
        capturedBytes: 18,
        sessionId: "ses_main",
        parentSessionId: null,
        agent: "build",
        model: "claude-opus-4-5",
        dialect: "anthropic-messages",
        provider: "anthropic",
        attribution: "mark",
        end: "complete",
        headersMs: 300,
        firstByteMs: 310,
        firstTokenMs: null,
        messageId: null,
        attempt: 1,
        usage: null,
        masks: {},
      },
    }
    expect(exchangeCost(costFactsOf(trio))).toMatchObject({ estimated: false })
    expect(exchangeCost(costFactsOf(trio))?.usd).toBeCloseTo(0.0125, 9)
  })
})
