import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../../src/base/json.ts"
import { dialectById, dialects, identify } from "../../../../src/wire/dialects/index.ts"

const user = { role: "user", content: "hi" }
const blocks = { role: "user", content: [{ type: "text", text: "hi" }] }

describe("identify", () => {
  test.each<[string, JsonValue]>([
    ["anthropic-messages", { model: "m", max_tokens: 1, messages: [user] }],
    ["anthropic-messages", { model: "m", max_tokens: 1, messages: [blocks], stream: true }],
    ["anthropic-messages", { model: "m", messages: [user], system: "s" }],
    ["anthropic-messages", { model: "m", messages: [user], tools: [{ name: "f", input_schema: {} }] }],
    [
      "anthropic-messages",
      { model: "m", messages: [{ role: "user", content: [{ type: "tool_result", content: "x" }] }] },
    ],
    [
      "anthropic-messages",
      { model: "m", max_tokens: 1, system: [], messages: [user, { role: "system", content: [] }] },
    ],
    ["openai-chat", { model: "m", messages: [user] }],
    ["openai-chat", { model: "m", messages: [] }],
    ["openai-chat", { model: "m", messages: [user], stream: true }],
    ["openai-chat", { model: "m", max_tokens: 1, messages: [user], stream_options: { include_usage: true } }],
    ["openai-chat", { model: "m", max_tokens: 1, messages: [{ role: "system", content: "s" }, user] }],
    [
      "openai-chat",
      { model: "m", max_tokens: 1, messages: [user], thinking: { type: "enabled" }, stop: ["x"] },
    ],
    ["openai-chat", { messages: [user], tools: [{ type: "function", function: { name: "f" } }] }],
    [
      "openai-chat",
      { model: "m", max_tokens: 1, messages: [user, { role: "tool", tool_call_id: "1", content: "x" }] },
    ],
    [
      "openai-chat",
      {
        model: "m",
        max_tokens: 1,
        messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }],
      },
    ],
    // OpenCode marks cache points of Claude models behind compatible endpoints the way Anthropic does.
    [
      "openai-chat",
      {
        model: "m",
        max_tokens: 1,
        messages: [{ role: "system", content: "s", cache_control: { type: "ephemeral" } }, user],
      },
    ],
    ["openai-responses", { model: "m", input: "hi" }],
    ["openai-responses", { model: "m", input: [] }],
    ["openai-responses", { prompt: { id: "p" }, input: [] }],
    ["google-generate-content", { contents: [{ parts: [{ text: "hi" }] }] }],
    ["google-generate-content", { contents: [], generationConfig: {} }],
    ["google-generate-content", { model: "m", request: { contents: [{ role: "user", parts: [] }] } }],
    ["bedrock-converse", { messages: [{ role: "user", content: [{ text: "hi" }] }] }],
    ["bedrock-converse", { messages: [], inferenceConfig: {} }],
    ["generic-messages", { messages: [] }],
    ["generic-messages", { channel: "c", messages: [{ content: "hi" }] }],
    ["generic-messages", { messages: [user] }],
    ["generic-messages", { model: "m", messages: ["hi"] }],
    ["generic-messages", { model: "m", messages: [user], stream: "yes" }],
    ["generic-messages", { messages: [user], inferenceConfig: true }],
  ])("says %s for %j", (id, body) => {
    expect(identify(body)?.id).toBe(id)
  })

  test.each<[JsonValue]>([
    [{ input: 3 }],
    [{ input: "hi" }],
    [{ model: "m", input: 3 }],
    [{ model: "m", input: { text: "hi" } }],
    [{ contents: "x" }],
    [{ contents: [] }],
    [{ contents: ["x"] }],
    [{ contents: [{ parts: "x" }] }],
    [{ contents: { parts: [] } }],
    [{ request: { contents: "x" } }],
    [{ messages: "x" }],
    [{ messages: { 0: user } }],
    [{ model: "m", prompt: "hi" }],
    [{ jsonrpc: "2.0", method: "tools/call", params: { arguments: {} } }],
    [{}],
    [[]],
    [[{ messages: [] }]],
    ["messages"],
    [null],
    [7],
  ])("claims no %j", (body) => {
    expect(identify(body)).toBeUndefined()
  })

  test("lets at most one dialect claim whatever JSON comes, and never throws", () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    const body = fc.dictionary(
      fc.constantFrom("messages", "model", "system", "tools", "input", "contents", "request", "toolConfig"),
      value,
    )
    fc.assert(
      fc.property(body, (candidate) => {
        const parsed = JSON.parse(JSON.stringify(candidate))
        const claims = dialects.filter((dialect) => dialect.claims(parsed)).map((dialect) => dialect.id)
        expect(claims.length).toBeLessThanOrEqual("contents" in parsed || "request" in parsed ? 2 : 1)
        expect(identify(parsed)?.id).toBe(claims[0])
      }),
    )
  })
})

describe("dialect table", () => {
  test("finds each dialect by its id", () => {
    for (const dialect of dialects) expect(dialectById(dialect.id)).toBe(dialect)
    expect(new Set(dialects.map((dialect) => dialect.id)).size).toBe(6)
  })

  test("names the providers as capture files do", () => {
    expect(Object.fromEntries(dialects.map((dialect) => [dialect.id, dialect.provider]))).toEqual({
      "anthropic-messages": "anthropic",
      "openai-chat": "openai",
      "openai-responses": "openai",
      "google-generate-content": "google",
      "bedrock-converse": "bedrock",
      "generic-messages": "generic-llm",
    })
  })

  test("reads the model where the body has one", () => {
    for (const dialect of dialects) {
      const key = dialect.id === "bedrock-converse" ? "modelId" : "model"
      expect(dialect.model({ [key]: "m" })).toBe("m")
      expect(dialect.model({ [key]: 3 })).toBeUndefined()
      expect(dialect.model({})).toBeUndefined()
    }
  })
})

describe("error bodies", () => {
  // What @ai-sdk/* reads the message from, and what OpenCode 1.18.33 retries by (SessionRetry), as read in its binary.
  const messagePath: Record<string, string[]> = {
    "anthropic-messages": ["error", "message"],
    "openai-chat": ["error", "message"],
    "openai-responses": ["error", "message"],
    "google-generate-content": ["error", "message"],
    "bedrock-converse": ["message"],
    "generic-messages": ["error", "message"],
  }
  // Fields without which the provider's error schema refuses the body and the person sees only the status.
  const required: Record<string, JsonObject> = {
    "anthropic-messages": { type: "error", error: { type: "AIRLOCK_MASK_FAILED" } },
    "google-generate-content": { error: { code: 400, status: "FAILED_PRECONDITION" } },
  }
  const RETRIED =
    /429|500|502|503|504|524|rate.?limit|too many requests|overloaded|service.?unavailable|internal.?error|server.?error|provider.?returned.?error|terminated|exhausted|unavailable|try again/i

  test.each(dialects.map((dialect) => [dialect.id, dialect] as const))(
    "of %s show the message and give no reason to retry",
    (id, dialect) => {
      const body = dialect.errorBody("Airlock stopped this request.", "AIRLOCK_MASK_FAILED")
      expect(body).toHaveProperty(messagePath[id]!, "Airlock stopped this request.")
      expect(body).toMatchObject(required[id] ?? {})
      expect(JSON.stringify(body)).toContain("AIRLOCK_MASK_FAILED")
      expect(JSON.stringify(body)).not.toMatch(RETRIED)
      expect(dialect.replayJson(body).error?.message).toBe("Airlock stopped this request.")
    },
  )
})
