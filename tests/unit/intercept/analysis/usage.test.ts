import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject } from "../../../../src/base/json.ts"
import { type TokenCounts, tokenCounts, usageOf } from "../../../../src/intercept/index.ts"
import type { DialectId } from "../../../../src/wire/dialect.ts"
import { dialects } from "../../../../src/wire/dialects/index.ts"
import { replyWriters } from "../../../support/conversation-dialects.ts"

interface Case {
  readonly name: string
  readonly dialect: DialectId
  readonly reply: JsonObject
  readonly counts: TokenCounts
}

// Usage objects in the shapes of the providers' references.
const cases: readonly Case[] = [
  {
    name: "Anthropic: input without reads and writes, writes by time",
    dialect: "anthropic-messages",
    reply: {
      type: "message",
      content: [],
      usage: {
        input_tokens: 21,
        cache_creation_input_tokens: 4000,
        cache_read_input_tokens: 188_086,
        cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 3000 },
        output_tokens: 393,
        output_tokens_details: { thinking_tokens: 120 },
        service_tier: "standard",
      },
    },
    counts: {
      input: 21,
      output: 393,
      cacheRead: 188_086,
      cacheWrite: 4000,
      cacheWrite1h: 3000,
      reasoning: 120,
      prompt: 192_107,
    },
  },
  {
    name: "Anthropic: null counts of a server without caching",
    dialect: "anthropic-messages",
    reply: {
      type: "message",
      content: [],
      usage: {
        input_tokens: 50,
        cache_creation_input_tokens: null,
        cache_read_input_tokens: null,
        output_tokens: 5,
      },
    },
    counts: { input: 50, output: 5, prompt: 50 },
  },
  {
    name: "OpenAI chat: prompt with cached tokens, completion with reasoning",
    dialect: "openai-chat",
    reply: {
      choices: [],
      usage: {
        prompt_tokens: 2006,
        completion_tokens: 300,
        total_tokens: 2306,
        prompt_tokens_details: { cached_tokens: 1920, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 128, accepted_prediction_tokens: 0 },
      },
    },
    counts: { input: 86, output: 300, cacheRead: 1920, reasoning: 128, prompt: 2006 },
  },
  {
    name: "OpenAI chat through OpenRouter: reads and writes both inside the prompt",
    dialect: "openai-chat",
    reply: {
      choices: [],
      usage: {
        prompt_tokens: 10_339,
        completion_tokens: 60,
        total_tokens: 10_399,
        prompt_tokens_details: { cached_tokens: 10_000, cache_write_tokens: 318 },
      },
    },
    counts: { input: 21, output: 60, cacheRead: 10_000, cacheWrite: 318, prompt: 10_339 },
  },
  {
    name: "DeepSeek: hits and misses that add up to the prompt",
    dialect: "openai-chat",
    reply: {
      choices: [],
      usage: {
        prompt_tokens: 1500,
        completion_tokens: 20,
        prompt_cache_hit_tokens: 1472,
        prompt_cache_miss_tokens: 28,
      },
    },
    counts: { input: 28, output: 20, cacheRead: 1472, prompt: 1500 },
  },
  {
    name: "OpenAI Responses: input with reads and writes, output with reasoning",
    dialect: "openai-responses",
    reply: {
      object: "response",
      output: [],
      usage: {
        input_tokens: 11_700,
        input_tokens_details: { cached_tokens: 10_980, cache_write_tokens: 700 },
        output_tokens: 900,
        output_tokens_details: { reasoning_tokens: 640 },
        total_tokens: 12_600,
      },
    },
    counts: { input: 20, output: 900, cacheRead: 10_980, cacheWrite: 700, reasoning: 640, prompt: 11_700 },
  },
  {
    name: "Gemini: prompt with cached tokens, thoughts beside candidates",
    dialect: "google-generate-content",
    reply: {
      candidates: [],
      usageMetadata: {
        promptTokenCount: 9000,
        cachedContentTokenCount: 8170,
        candidatesTokenCount: 100,
        thoughtsTokenCount: 250,
        totalTokenCount: 9350,
        cacheTokensDetails: [{ modality: "TEXT", tokenCount: 8170 }],
      },
    },
    counts: { input: 830, output: 350, cacheRead: 8170, reasoning: 250, prompt: 9000 },
  },
  {
    name: "Gemini: no count of cached tokens is a count of none",
    dialect: "google-generate-content",
    reply: {
      candidates: [],
      usageMetadata: { promptTokenCount: 9000, candidatesTokenCount: 100, totalTokenCount: 9100 },
    },
    counts: { input: 9000, output: 100, cacheRead: 0, prompt: 9000 },
  },
  {
    name: "Bedrock: input without reads and writes, writes by time",
    dialect: "bedrock-converse",
    reply: {
      output: { message: { role: "assistant", content: [] } },
      usage: {
        inputTokens: 12,
        outputTokens: 80,
        totalTokens: 7092,
        cacheReadInputTokens: 6000,
        cacheWriteInputTokens: 1000,
        cacheDetails: [
          { ttl: "1h", inputTokens: 400 },
          { ttl: "5m", inputTokens: 600 },
        ],
      },
    },
    counts: {
      input: 12,
      output: 80,
      cacheRead: 6000,
      cacheWrite: 1000,
      cacheWrite1h: 400,
      prompt: 7012,
    },
  },
  {
    name: "a generic server that speaks like OpenAI",
    dialect: "generic-messages",
    reply: {
      choices: [],
      usage: { prompt_tokens: 700, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 512 } },
    },
    counts: { input: 188, output: 9, cacheRead: 512, prompt: 700 },
  },
  {
    name: "an imitation of OpenAI that counts cached tokens beside the prompt",
    dialect: "openai-chat",
    reply: {
      choices: [],
      usage: { prompt_tokens: 21, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 10_000 } },
    },
    counts: { input: 21, output: 9, cacheRead: 10_000, prompt: 10_021, inconsistent: true },
  },
]

describe("tokenCounts", () => {
  test.each(cases)("$name", ({ dialect, reply, counts }) => {
    const usage = usageOf({ body: reply, bodyFormat: "json" }, dialect)
    expect(tokenCounts(usage!, dialect)).toEqual(counts)
  })

  test("covers every dialect", () => {
    expect(new Set(cases.map(({ dialect }) => dialect)).size).toBe(dialects.length)
  })

  test("the classes add up to the prompt, whatever was cached", () => {
    const amount = fc.integer({ min: 0, max: 200_000 })
    fc.assert(
      fc.property(fc.constantFrom(...dialects), amount, amount, amount, ({ id }, fresh, read, write) => {
        // Gemini reports no writes.
        const written = id === "google-generate-content" ? 0 : write
        const prompt = fresh + read + written
        const reply = replyWriters[id]({ prompt, read, write: written })
        const counts = tokenCounts(usageOf({ body: reply, bodyFormat: "json" }, id)!, id)
        expect(counts).toMatchObject({ input: fresh, cacheRead: read, prompt })
        expect(counts.cacheWrite ?? 0).toBe(written)
        expect(counts.inconsistent).toBeUndefined()
      }),
    )
  })

  test("says nothing of what a reply does not count", () => {
    expect(tokenCounts({}, "openai-chat")).toEqual({})
    expect(tokenCounts({ outputTokens: 4 }, "google-generate-content")).toEqual({ output: 4 })
  })
})

describe("usageOf", () => {
  test("prefers what a stream reported, which is normalised already", () => {
    const usage = { inputTokens: 60, cacheReadTokens: 30 }
    const response = { body: "Hello", bodyFormat: "replay-text", replay: { usage } } as const
    expect(usageOf(response, "anthropic-messages")).toEqual(usage)
  })

  test("is undefined for texts, errors and omitted bodies", () => {
    expect(usageOf({ body: "Hello", bodyFormat: "replay-text" }, "openai-chat")).toBeUndefined()
    expect(usageOf({ body: null, bodyFormat: "omitted" }, "openai-chat")).toBeUndefined()
    const error = { error: { message: "no", type: "rate_limit_error" } }
    expect(usageOf({ body: error, bodyFormat: "json" }, "openai-chat")).toBeUndefined()
  })
})
