import { describe, expect, test } from "vitest"
import type { JsonObject } from "../../../src/base/json.ts"
import { identify } from "../../../src/wire/dialects/index.ts"
import { isModelCall } from "../../../src/wire/model-call.ts"
import { OTHER_POSTS } from "../../support/other-posts.ts"

const isCaptured = (body: JsonObject, url: string): boolean => {
  const dialect = identify(body)
  return dialect !== undefined && isModelCall(dialect, body, url)
}

describe("isModelCall", () => {
  test.each(OTHER_POSTS.map((post) => [post.name, post] as const))("is no model call: %s", (_name, post) => {
    expect(isCaptured(post.body, `https://example.test${post.path}`)).toBe(false)
  })

  test("the list of other requests holds those that a dialect claims, or it would prove nothing", () => {
    expect(OTHER_POSTS.length).toBeGreaterThanOrEqual(20)
    const claimed = OTHER_POSTS.filter((post) => identify(post.body) !== undefined)
    expect(claimed.length).toBeGreaterThanOrEqual(10)
    expect(new Set(claimed.map((post) => identify(post.body)?.id)).size).toBeGreaterThanOrEqual(5)
  })

  const plain = { model: "m", messages: [{ role: "user", content: "hello" }] }
  const gemini = { contents: [{ role: "user", parts: [{ text: "hello" }] }] }
  const converse = { messages: [{ role: "user", content: [{ text: "hello" }] }] }
  const calls: readonly (readonly [string, JsonObject])[] = [
    ["/v1/chat/completions", plain],
    ["/openai/deployments/d/chat/completions?api-version=1", plain],
    ["/v1/messages", { ...plain, max_tokens: 1 }],
    ["/v1/projects/p/publishers/anthropic/models/m:streamRawPredict", { ...plain, system: "s" }],
    ["/backend-api/codex/responses", { model: "m", input: [] }],
    ["/v1/responses/", { model: "m", input: "hello" }],
    ["/v1beta/models/g:streamGenerateContent?alt=sse", gemini],
    ["/v1internal:generateContent", { model: "g", request: gemini }],
    ["/model/amazon.m/converse-stream", converse],
    ["/anywhere", { ...plain, stream: true }],
    ["/anywhere", { model: "m", input: "hello", instructions: "Be brief." }],
    ["/anywhere", { ...converse, inferenceConfig: { maxTokens: 1 } }],
    ["/anywhere", { ...gemini, generationConfig: { temperature: 0 } }],
  ]
  test.each(calls)("is a model call: %s", (path, body) => {
    expect(isCaptured(body, `https://example.test${path}`)).toBe(true)
  })

  test("a body that nobody calls a model with is none, whatever follows the path", () => {
    const counted = { ...plain, max_tokens: 1, system: "s", tools: [{ input_schema: {} }], stream: false }
    expect(isCaptured(counted, "https://example.test/v1/messages/count_tokens?beta=true")).toBe(false)
    expect(isCaptured({ ...plain, tools: [] }, "https://example.test/hooks/chat")).toBe(false)
  })
})
