import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isJsonObject, parseJson } from "../../../src/base/json.ts"
import type { ProviderDialect } from "../../support/provider/dialect.ts"
import { crc32, eventStreamMessage } from "../../support/provider/event-stream.ts"
import { type Provider, startProvider } from "../../support/provider/start-provider.ts"

let provider: Provider

beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())

const PATHS: Readonly<Record<ProviderDialect, readonly [whole: string, streamed: string]>> = {
  "openai-chat": ["/chat/completions", "/chat/completions"],
  "openai-responses": ["/responses", "/responses"],
  "anthropic-messages": ["/messages", "/messages"],
  "google-generate-content": ["/models/m:generateContent", "/models/m:streamGenerateContent?alt=sse"],
  "bedrock-converse": ["/model/m/converse", "/model/m/converse-stream"],
}
const DIALECTS = Object.keys(PATHS).filter((name): name is ProviderDialect => name in PATHS)

function post(lane: string, dialect: ProviderDialect, stream: boolean, body: object = {}): Promise<Response> {
  const path = PATHS[dialect][stream ? 1 : 0]
  return fetch(`${provider.baseUrl(lane, dialect)}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-session-id": "ses_1" },
    body: JSON.stringify({ model: "m", ...body, ...(stream ? { stream: true } : {}) }),
  })
}

describe.each(DIALECTS)("%s", (dialect) => {
  test("text, reasoning and a tool call travel whole and streamed", async () => {
    const lane = `both-${dialect}`
    provider.script(lane, () => ({
      text: ["Hel", "lo"],
      reasoning: "Think",
      toolCalls: [{ name: "read", arguments: { filePath: "a.txt" } }],
    }))
    const whole = await post(lane, dialect, false)
    expect(isJsonObject(parseJson(await whole.text()))).toBe(true)
    const streamed = await post(lane, dialect, true)
    const bytes = Buffer.from(await streamed.arrayBuffer()).toString("latin1")
    expect(streamed.headers.get("content-type")).toMatch(/event-?stream/)
    for (const part of ["Hel", "lo", "Think", "read", "filePath"]) expect(bytes).toContain(part)
    expect(provider.lane(lane).map((request) => request.streamed)).toEqual([false, true])
    expect(provider.lane(lane).map((request) => request.dialect)).toEqual([dialect, dialect])
  })

  test("a failure has the status and a JSON body with the message", async () => {
    const lane = `failure-${dialect}`
    provider.script(lane, [
      { kind: "failure", status: 429, message: "slow down", headers: { "retry-after": "1" } },
    ])
    const response = await post(lane, dialect, true)
    expect(response.status).toBe(429)
    expect(response.headers.get("retry-after")).toBe("1")
    expect(await response.text()).toContain("slow down")
  })

  test("a cut ends the body with an error after what was sent", async () => {
    const lane = `cut-${dialect}`
    provider.script(lane, () => ({
      text: ["One", "Two", "Three", "Four"],
      cutAfterChunks: 2,
      betweenChunksMs: 10,
    }))
    const response = await post(lane, dialect, true)
    await expect(response.arrayBuffer()).rejects.toThrow()
  })
})

test("requests are recorded to the byte, with their raw headers", async () => {
  provider.script("raw", () => ({ text: "ok" }))
  const body = '{ "model":"m",\n "messages" : [{"role":"user","content":"h\\u00e9 é"}] }'
  await fetch(`${provider.baseUrl("raw", "openai-chat")}/chat/completions?x=1`, {
    method: "POST",
    body,
    headers: { "X-Odd": "1" },
  })
  const [request] = provider.lane("raw")
  expect(Buffer.from(request?.body ?? []).toString()).toBe(body)
  expect(request?.url).toBe("/raw/v1/chat/completions?x=1")
  expect(request?.headers["x-odd"]).toBe("1")
  expect(request?.rawHeaders.map((header) => header.toLowerCase())).toContain("x-odd")
  expect(request?.view.messages).toMatchObject([{ role: "user", text: "hé é" }])
})

test("a stall keeps the connection open and silent", async () => {
  provider.script("stall", () => ({ text: ["One", "Two"], stallAfterChunks: 1 }))
  const abort = new AbortController()
  const response = await fetch(`${provider.baseUrl("stall", "openai-chat")}/chat/completions`, {
    method: "POST",
    body: '{"stream":true}',
    signal: abort.signal,
  })
  const reader = response.body?.getReader()
  await reader?.read()
  const next = reader?.read().then(
    () => "more",
    () => "aborted",
  )
  expect(await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 150, "silence"))])).toBe(
    "silence",
  )
  abort.abort()
  expect(await next).toBe("aborted")
})

test("gzip and slow starts are as scripted", async () => {
  provider.script("slow", () => ({ text: "small", gzip: true, headersAfterMs: 80 }))
  const startedAtMs = performance.now()
  const response = await post("slow", "anthropic-messages", true)
  expect(performance.now() - startedAtMs).toBeGreaterThan(70)
  expect(response.headers.get("content-encoding")).toBe("gzip")
  expect(await response.text()).toContain("small")
})

test("answers in turn run out with HTTP 400, and lanes do not see each other", async () => {
  provider.script("turns", [{ text: "first" }])
  provider.script("other", [{ text: "other" }])
  expect(await (await post("turns", "openai-chat", false)).text()).toContain("first")
  expect(await (await post("other", "openai-chat", false)).text()).toContain("other")
  expect((await post("turns", "openai-chat", false)).status).toBe(400)
  expect((await post("unknown", "openai-chat", false)).status).toBe(400)
  expect(provider.failures.filter((failure) => /turns|unknown/.test(failure))).toHaveLength(2)
})

test("event stream messages carry the checksums of the specification", () => {
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926)
  const message = Buffer.from(eventStreamMessage({ ":event-type": "ping" }, { a: 1 }))
  expect(message.readUInt32BE(0)).toBe(message.length)
  expect(message.readUInt32BE(8)).toBe(crc32(message.subarray(0, 8)))
  expect(message.readUInt32BE(message.length - 4)).toBe(crc32(message.subarray(0, -4)))
})
