import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { JsonObject } from "../../../src/base/json.ts"
import type { Interceptor } from "../../../src/intercept/interceptor.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import type { DialectId } from "../../../src/wire/dialect.ts"
import { code } from "../../support/clean-text/code.ts"
import { lockFiles } from "../../support/clean-text/lock-files.ts"
import { logs } from "../../support/clean-text/logs.ts"
import { mentions } from "../../support/clean-text/mentions.ts"
import { type CleanKind, RandomText } from "../../support/clean-text/random-text.ts"
import { syntax } from "../../support/clean-text/syntax.ts"
import { toolOutput } from "../../support/clean-text/tool-output.ts"
import { translations } from "../../support/clean-text/translations.ts"
import { BASE64, fakeToken, HEX, LOWER_ALNUM } from "../../support/fake-token.ts"
import { dialect, ExchangeLab, type StoredTrio } from "./exchange-lab.ts"

/** What a provider signs, encrypts or numbers looks random, and none of it is a secret. */
const opaque = (chars: number, seed: number): string => `${fakeToken(BASE64, chars, seed)}=`
const id = (prefix: string, seed: number): string => `${prefix}${fakeToken(LOWER_ALNUM, 24, seed)}`
const CODE = "const token = await auth.getToken(user.password)\nif (!token) throw new Error('no API key')\n"

/** A tool whose properties are called as secrets are. */
const SCHEMA = {
  type: "object",
  properties: {
    token: { type: "string", description: "Token to look up, such as a word", minLength: 1 },
    password: {
      anyOf: [{ type: "string", format: "password" }, { type: "null" }],
      description: "New password",
    },
    apiKey: { type: "string", enum: ["primary", "secondary", "none"], description: "Which key" },
    credentials: {
      type: "object",
      properties: { user: { type: "string" }, secret: { type: "string", pattern: "^[a-z]+$" } },
      required: ["user", "secret"],
    },
    max_tokens: { type: "integer", default: 4096, maximum: 128_000 },
  },
  required: ["token", "password"],
  additionalProperties: false,
}

const REQUESTS: Readonly<Record<DialectId, JsonObject>> = {
  "openai-chat": {
    model: "openai/gpt-5.1-codex-mini-2026-04-19",
    max_tokens: 4096,
    max_completion_tokens: 128_000,
    stream: true,
    stream_options: { include_usage: true },
    prompt_cache_key: id("ses_", 1),
    user: id("user_", 2),
    logprobs: true,
    top_logprobs: 5,
    messages: [
      { role: "system", content: "You never print an API key, a password or a token." },
      { role: "user", content: [{ type: "text", text: CODE }] },
      {
        role: "assistant",
        reasoning_details: [
          { type: "reasoning.text", text: "Hm.", signature: opaque(300, 3) },
          { type: "reasoning.encrypted", data: opaque(400, 4), format: "anthropic-claude-v1" },
        ],
        tool_calls: [
          {
            id: id("call_", 5),
            type: "function",
            function: { name: "get_token", arguments: '{"token":""}' },
          },
        ],
      },
      {
        role: "tool",
        tool_call_id: id("call_", 5),
        content: '{"usage":{"total_tokens":12},"tokens":["a","b"].length}',
      },
    ],
    tools: [{ type: "function", function: { name: "get_token", parameters: SCHEMA } }],
  },
  "openai-responses": {
    model: "gpt-5.1",
    max_output_tokens: 8192,
    previous_response_id: id("resp_", 6),
    prompt_cache_key: id("ses_", 7),
    include: ["reasoning.encrypted_content"],
    input: [
      { role: "user", content: [{ type: "input_text", text: CODE }] },
      { type: "reasoning", id: id("rs_", 8), encrypted_content: opaque(600, 9), summary: [] },
      {
        type: "function_call",
        id: id("fc_", 10),
        call_id: id("call_", 11),
        name: "t",
        arguments: '{"path":"token.ts"}',
      },
      {
        type: "function_call_output",
        call_id: id("call_", 11),
        output: "export const TOKEN_STORAGE_KEY = 'app.token'",
      },
    ],
    tools: [{ type: "function", name: "t", parameters: SCHEMA }],
  },
  "anthropic-messages": {
    model: "claude-opus-4-5-20251101",
    max_tokens: 64_000,
    thinking: { type: "enabled", budget_tokens: 31_999 },
    metadata: { user_id: id("user_", 12) },
    system: [
      { type: "text", text: "Use tokens sparingly.", cache_control: { type: "ephemeral", ttl: "1h" } },
    ],
    messages: [
      { role: "user", content: [{ type: "text", text: CODE }] },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "The password field is required.", signature: opaque(700, 13) },
          { type: "redacted_thinking", data: opaque(700, 14) },
          { type: "tool_use", id: id("toolu_", 15), name: "get_token", input: { token: "", max_tokens: 5 } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: id("toolu_", 15), content: "2 tokens" },
          { type: "image", source: { type: "base64", media_type: "image/png", data: opaque(5000, 16) } },
        ],
      },
    ],
    tools: [{ name: "get_token", input_schema: SCHEMA }],
  },
  "google-generate-content": {
    generationConfig: { maxOutputTokens: 65_535, thinkingConfig: { thinkingBudget: 8192 } },
    cachedContent: "cachedContents/abcdef123456",
    contents: [
      {
        role: "user",
        parts: [{ text: CODE }, { inlineData: { mimeType: "application/pdf", data: opaque(5000, 17) } }],
      },
      {
        role: "model",
        parts: [{ functionCall: { name: "t", args: { path: "a" } }, thoughtSignature: opaque(900, 18) }],
      },
    ],
    tools: [{ functionDeclarations: [{ name: "t", parameters: SCHEMA }] }],
  },
  "bedrock-converse": {
    modelId: "us.anthropic.claude-sonnet-4-20250514-v1:0",
    inferenceConfig: { maxTokens: 4096 },
    additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } },
    messages: [
      { role: "user", content: [{ text: CODE }] },
      {
        role: "assistant",
        content: [
          { reasoningContent: { reasoningText: { text: "Hm.", signature: opaque(500, 19) } } },
          { reasoningContent: { redactedContent: opaque(500, 20) } },
          { toolUse: { toolUseId: id("tooluse_", 21), name: "t", input: { count: 3 } } },
        ],
      },
    ],
    toolConfig: { tools: [{ toolSpec: { name: "t", inputSchema: { json: SCHEMA } } }] },
  },
  "generic-messages": {
    channel: "c",
    messages: [{ note: CODE, num_tokens: 7, tokenizer: "o200k_base", session_id: id("ses_", 22) }],
  },
}

/** Whole replies with every counter that the providers report. */
const REPLIES: readonly JsonObject[] = [
  {
    id: id("chatcmpl-", 30),
    system_fingerprint: `fp_${fakeToken(HEX, 10, 31)}`,
    choices: [
      {
        message: { role: "assistant", content: "Done." },
        logprobs: {
          content: [
            { token: "Secret", logprob: -0.1, bytes: [83], top_logprobs: [{ token: "Key9xQ", logprob: -2 }] },
          ],
        },
      },
    ],
    usage: {
      prompt_tokens: 1234,
      completion_tokens: 56,
      total_tokens: 1290,
      prompt_tokens_details: { cached_tokens: 1000, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 40,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
      prompt_cache_hit_tokens: 1000,
      prompt_cache_miss_tokens: 234,
    },
  },
  {
    object: "response",
    output: [{ type: "reasoning", encrypted_content: opaque(300, 32), summary: [] }],
    max_output_tokens: null,
    usage: {
      input_tokens: 9,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 10,
    },
  },
  {
    type: "message",
    content: [{ type: "thinking", thinking: "x", signature: opaque(300, 33) }],
    usage: {
      input_tokens: 3,
      cache_creation_input_tokens: 2,
      cache_read_input_tokens: 1,
      cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 0 },
      output_tokens: 5,
      output_tokens_details: { thinking_tokens: 4 },
      service_tier: "standard",
    },
  },
  {
    candidates: [{ content: { parts: [{ text: "x", thoughtSignature: opaque(300, 34) }] }, tokenCount: 5 }],
    usageMetadata: {
      promptTokenCount: 1,
      candidatesTokenCount: 2,
      totalTokenCount: 3,
      thoughtsTokenCount: 4,
      cachedContentTokenCount: 0,
      toolUsePromptTokenCount: 0,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: 1 }],
      trafficType: "ON_DEMAND",
    },
  },
  {
    output: { message: { role: "assistant", content: [{ text: "x" }] } },
    usage: {
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 0,
    },
    metrics: { latencyMs: 1 },
  },
  { message: { content: "x" }, prompt_eval_count: 5, eval_count: 6, num_tokens: 11 },
]

let lab: ExchangeLab
let interceptor: Interceptor
beforeEach(() => {
  lab = new ExchangeLab()
  const masker = createMasker()
  const scrubText = (text: string, name?: string): string =>
    masker.mask(text, name === undefined ? {} : { name }).text
  interceptor = lab.interceptor({ scrubText })
})
afterEach(() => lab.close())

async function capture(dialectId: DialectId, body: object, reply: object): Promise<StoredTrio> {
  const { trio } = await lab.exchange(
    interceptor,
    (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply))
    },
    { dialect: dialect(dialectId), bodyText: JSON.stringify(body) },
  )
  return trio
}

type Kinds = Readonly<Record<string, CleanKind>>

/** Texts of each kind, one after the other, cut at `chars` characters. */
function joined(kinds: Kinds, chars: number): string {
  let text = ""
  for (let seed = 1; text.length < chars; seed += 1) {
    for (const kind of Object.values(kinds)) text += `${kind(new RandomText(seed))}\n\n`
  }
  return text.slice(0, chars)
}

describe("what is no secret is stored as it was", () => {
  test.each(Object.keys(REQUESTS) as DialectId[])("a request of %s", async (dialectId) => {
    const body = REQUESTS[dialectId]
    expect((await capture(dialectId, body, {})).request.body).toEqual(body)
  })

  test.each(REPLIES.map((reply, index) => [index, reply] as const))(
    "reply %i, usage and all",
    async (_, reply) => {
      expect((await capture("generic-messages", {}, reply)).response.body).toEqual(reply)
    },
  )

  test("headers and URL of a request, and what names it", async () => {
    const headers = {
      "content-type": "application/json",
      "user-agent": "opencode/1.18.33 ai-sdk/provider-utils/3.0.17 runtime/bun/1.3.14",
      "x-session-affinity": id("ses_", 40),
      "x-session-id": id("ses_", 41),
      "anthropic-beta": "prompt-caching-2024-07-31,fine-grained-tool-streaming-2025-05-14",
      "idempotency-key": `stainless-node-retry-${fakeToken(HEX, 32, 42)}`,
      "x-ratelimit-limit-tokens": "200000",
      traceparent: `00-${fakeToken(HEX, 32, 43)}-${fakeToken(HEX, 16, 44)}-01`,
      "openai-organization": id("org-", 45),
      "x-stainless-retry-count": "0",
      "x-auth-type": "bearer",
    }
    const url =
      "https://h.example.test/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse&api-version=2026-04-01&max_tokens=5"
    const begun = lab.begin(interceptor, url, {
      headers: Object.entries(headers),
      agent: "build",
      model: "m-1",
    })
    begun.observe(new Response("{}"))
    begun.failed(new Error("gone"))
    await interceptor.settled()
    const { request, meta } = lab.only()
    expect(request.headers).toEqual(headers)
    expect(meta).toMatchObject({ url, agent: "build", model: "m-1" })
  })

  test("a megabyte of source code in a message, lock files in arguments, logs in a result, and more", async () => {
    const input = JSON.stringify({ content: joined(lockFiles, 200_000) })
    const others = [mentions, syntax, toolOutput, translations]
      .flatMap((kinds) => Object.values(kinds))
      .map((kind) => kind(new RandomText(1)))
      // A JSON document loses what stands under `password`, whatever it is (seed 000).
      .filter((text) => !text.startsWith("{"))
    const body = {
      messages: [
        { role: "user", content: joined(code, 1_000_000) },
        { role: "assistant", tool_calls: [{ function: { name: "write", arguments: input } }] },
        { role: "tool", content: joined(logs, 200_000) },
        ...others.map((content) => ({ role: "user", content })),
      ],
    }
    const stored = (await capture("openai-chat", body, {})).request.body
    expect(differences(body, stored)).toEqual([])
  }, 60_000)
})

/** Where two JSON texts differ, with a little of what stands there: texts of a megabyte are not to be printed. */
function differences(one: unknown, other: unknown): readonly string[] {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
  if (a === b) return []
  let at = 0
  while (a[at] === b[at]) at += 1
  return [a.slice(at - 60, at + 60), b.slice(at - 60, at + 60)]
}
