import { describe, expect, test } from "vitest"
import { describeResponse, type DescribedResponse } from "../../../src/intercept/response-file.ts"
import { NO_BODY, type RecordedBody, ResponseRecorder } from "../../../src/intercept/response-recorder.ts"
import { createScrubber } from "../../../src/intercept/scrub.ts"
import type { ExchangeEnd, StoredToolCall } from "../../../src/intercept/trio.ts"
import type { Replay } from "../../../src/wire/dialect.ts"
import { CANARY, chatEvent, dialect, MASKED } from "./exchange-lab.ts"

const scrubber = createScrubber((text) => text.replaceAll(CANARY, MASKED))

function describeBody(
  body: Partial<RecordedBody>,
  contentType = "text/event-stream",
  end: ExchangeEnd = "complete",
): Promise<DescribedResponse> {
  const endReason = end === "complete" ? null : `it was ${end}`
  const whole = { ...NO_BODY, bytes: 1, ...body }
  return describeResponse(
    { status: 200, statusText: "OK", contentType, end, endReason, body: whole },
    scrubber,
  )
}

function said(replay: Partial<Replay>): Partial<RecordedBody> {
  return { stream: { replay: { text: "", ...replay }, events: 1, malformed: 0, cut: false } }
}

async function calls(
  replay: Partial<Replay>,
  end: ExchangeEnd = "complete",
): Promise<readonly StoredToolCall[]> {
  const { file } = await describeBody(said(replay), "text/event-stream", end)
  return file.replay?.toolCalls ?? []
}

describe("tool calls", () => {
  test("have their arguments as text and parsed, both scrubbed alike", async () => {
    const given = JSON.stringify({ api_key: "value", note: `a ${CANARY}`, deep: { list: [CANARY] } })
    const [call] = await calls({
      toolCalls: [{ id: "c1", name: "write", arguments: given, providerExecuted: true }],
      finishReason: "tool_calls",
    })
    expect(call?.input).toEqual({ api_key: "[REDACTED]", note: `a ${MASKED}`, deep: { list: [MASKED] } })
    expect(JSON.parse(call?.arguments ?? "")).toEqual(call?.input)
    expect(call).toMatchObject({ id: "c1", name: "write", providerExecuted: true })
  })

  test("show no secret that only parsing brings to light", async () => {
    const escaped = Array.from(CANARY, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join("")
    for (const given of [`{"a":"${escaped}"}`, `"${escaped}"`, `["${escaped}"]`]) {
      const [call] = await calls({ toolCalls: [{ name: "write", arguments: given }] })
      expect(call?.input).toBeDefined()
      expect(JSON.stringify(call?.input)).not.toContain(CANARY)
    }
  })

  test("without arguments have an empty input only where the reply is finished", async () => {
    const toolCalls = [{ id: "c1", name: "list", arguments: "" }]
    expect(await calls({ toolCalls, finishReason: "stop" })).toMatchObject([{ arguments: "", input: {} }])
    expect(await calls({ toolCalls }, "cut")).toEqual([{ id: "c1", name: "list", arguments: "" }])
  })

  test("whose arguments are no JSON have no input; those of a tool that takes text have the text", async () => {
    expect(await calls({ toolCalls: [{ name: "write", arguments: '{"a": tr' }] })).toEqual([
      { name: "write", arguments: '{"a": tr' },
    ])
    const patch = `*** Begin ${CANARY}`
    expect(await calls({ toolCalls: [{ name: "patch", arguments: patch, freeText: true }] })).toEqual([
      { name: "patch", arguments: `*** Begin ${MASKED}`, input: `*** Begin ${MASKED}` },
    ])
  })
})

describe("a body that is more than is kept", () => {
  const json = "application/json"

  test("is an excerpt whose ends hide what stands under secret names, though it no longer parses", async () => {
    const excerpt = {
      head: `{"password":"one","text":"${CANARY} and`,
      tail: `more ${CANARY}","client_secret":"two","n":1}`,
    }
    const { file, anomaly } = await describeBody({ excerpt, leftOutBytes: 9 }, json)
    expect(file).toMatchObject({ body: null, bodyFormat: "omitted", bodyOmittedReason: "response-too-large" })
    expect(file).toMatchObject({ truncated: true, leftOutBytes: 9 })
    expect(file.excerpt).toEqual({
      head: `{"password":"[REDACTED]","text":"${MASKED} and`,
      tail: `more ${MASKED}","client_secret":"[REDACTED]","n":1}`,
    })
    expect(anomaly?.phase).toBe("capture/response-size")
  })

  test("loses the secret in which its end begins", async () => {
    const recorder = new ResponseRecorder({
      dialect: dialect("openai-chat"),
      contentType: json,
      contentEncoding: null,
      maxBodyBytes: 2000,
    })
    const secret = "pass phrase ".repeat(8)
    const tail = `"client_secret":"${secret}","text":"${"x ".repeat(450)}"}`
    recorder.push(new TextEncoder().encode(`{"a":"${"y ".repeat(2000)}",${tail}`))
    await recorder.finish(true)
    const { file } = await describeBody(recorder.body(), json)
    expect(file.excerpt?.tail).toMatch(/^,"text":"x x /)
    expect(JSON.stringify(file)).not.toContain("phrase")
  })

  test("is read-error with an excerpt where it also broke off", async () => {
    const excerpt = { head: '{"a":"', tail: "x" }
    const { file } = await describeBody({ excerpt, leftOutBytes: 9 }, json, "cut")
    expect(file).toMatchObject({
      bodyFormat: "read-error",
      bodyReadError: "it was cut",
      truncated: true,
      excerpt,
    })
  })

  test("is replay-text with both reasons where it is a stream that broke off", async () => {
    const { file, anomaly } = await describeBody(
      { ...said({ text: "head and tail" }), leftOutBytes: 9 },
      "text/event-stream",
      "timeout",
    )
    expect(file).toMatchObject({
      body: "head and tail",
      bodyFormat: "replay-text",
      bodyReadError: "it was timeout",
      bodyOmittedReason: "response-too-large",
      truncated: true,
      leftOutBytes: 9,
    })
    expect(anomaly?.phase).toBe("capture/response-size")
  })
})

describe("a body that is still encoded", () => {
  test("is omitted, with what could be read, and told without its bytes", async () => {
    const { file, anomaly } = await describeBody({
      ...said({ text: "Hi" }),
      undecoded: `x ${CANARY}`,
      bytes: 7,
    })
    expect(file).toEqual({
      status: 200,
      statusText: "OK",
      body: null,
      bodyFormat: "omitted",
      bodyReadError: null,
      bodyOmittedReason: "unsupported-encoding",
      replay: { text: "Hi" },
    })
    expect(anomaly).toEqual({
      phase: "capture/response-parse",
      message: `Response body of 7 bytes is still encoded (x ${MASKED}) and could not be decoded`,
    })
  })

  test("comes of bytes that no decoder knows", async () => {
    const recorder = new ResponseRecorder({
      dialect: dialect("openai-chat"),
      contentType: "text/event-stream",
      contentEncoding: "compress",
      maxBodyBytes: 2000,
    })
    recorder.push(Uint8Array.of(0x1f, 0x9d, 0x90, ...new TextEncoder().encode(chatEvent({ content: "Hi" }))))
    await recorder.finish(true)
    expect(recorder.body()).toMatchObject({ undecoded: "compress", stream: { events: 0, malformed: 0 } })
  })
})
