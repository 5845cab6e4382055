import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import type { RequestListener, ServerResponse } from "node:http"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createInterceptor } from "../../../src/intercept/index.ts"
import { asNobody, CANARY, chatEvent, dialect, ExchangeLab, MASKED, sleep } from "./exchange-lab.ts"

let lab: ExchangeLab
beforeEach(() => {
  lab = new ExchangeLab()
})
afterEach(() => lab.close())

const SSE = { "content-type": "text/event-stream" }
const sse =
  (...events: string[]): RequestListener =>
  (_request, response) => {
    response.writeHead(200, SSE)
    response.end(events.join(""))
  }
const reply =
  (status: number, type: string, body: string | Buffer): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": type })
    response.end(body)
  }
const DONE = "data: [DONE]\n\n"

/** A provider that sends one delta and then leaves the rest to the test. */
function stuck(then: (response: ServerResponse) => void = () => undefined): RequestListener {
  return (_request, response) => {
    response.writeHead(200, SSE)
    response.write(chatEvent({ content: "partial " }) + chatEvent({ content: `text ${CANARY}` }))
    then(response)
  }
}

describe("a captured exchange", () => {
  test("is nothing at all while off", async () => {
    const interceptor = lab.interceptor()
    await interceptor.command("off", "ses_1")
    expect(interceptor.begin(lab.start("http://127.0.0.1:1/"))).toBeUndefined()
    await interceptor.settled()
    expect(readdirSync(lab.root)).toEqual([])
  })

  test("stores a stream as assistant text with what else it said, and no frames", async () => {
    const interceptor = lab.interceptor()
    const events = [
      chatEvent({ role: "assistant", reasoning_content: `think ${CANARY}` }),
      chatEvent({ content: "Hello " }),
      chatEvent({ content: CANARY.slice(0, 5) }),
      chatEvent({ content: CANARY.slice(5) }),
      chatEvent({
        tool_calls: [{ index: 0, id: "call_1", function: { name: "write", arguments: '{"api_key":"va' } }],
      }),
      chatEvent({ tool_calls: [{ index: 0, function: { arguments: 'lue","path":"a"}' } }] }),
      chatEvent({}, { finish_reason: "tool_calls" }),
      'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}\n\n',
      DONE,
    ]
    const { text, trio } = await lab.exchange(interceptor, sse(...events))
    expect(text).toBe(events.join(""))
    expect(trio.response).toEqual({
      status: 200,
      statusText: "OK",
      body: `Hello ${MASKED}`,
      bodyFormat: "replay-text",
      bodyReadError: null,
      bodyOmittedReason: null,
      replay: {
        reasoning: `think ${MASKED}`,
        toolCalls: [
          {
            id: "call_1",
            name: "write",
            arguments: '{"api_key":"[REDACTED]","path":"a"}',
            input: { api_key: "[REDACTED]", path: "a" },
          },
        ],
        usage: expect.objectContaining({ inputTokens: 7, outputTokens: 3 }),
        finishReason: "tool_calls",
      },
    })
    expect(lab.anomalies.count).toBe(0)
  })

  test("scrubs what only looks like a name: error type, call name and id, model, reasons, content type", async () => {
    const interceptor = lab.interceptor()
    const events = [
      `data: ${JSON.stringify({ model: `m ${CANARY}`, choices: [] })}\n\n`,
      chatEvent({
        tool_calls: [
          { index: 0, id: `call ${CANARY}`, function: { name: `tool ${CANARY}`, arguments: "{}" } },
        ],
      }),
      chatEvent({}, { finish_reason: `stop ${CANARY}` }),
      `data: ${JSON.stringify({ error: { type: `type ${CANARY}`, message: `no ${CANARY}` } })}\n\n`,
      "data: {broken\n\n",
    ]
    const listener: RequestListener = (_request, response) => {
      response.writeHead(200, `Fine ${CANARY}`, { "content-type": `text/event-stream; note=${CANARY}` })
      response.end(events.join(""))
    }
    const { text, trio } = await lab.exchange(interceptor, listener, { bodyText: "{}", agent: `a ${CANARY}` })
    expect(text).toBe(events.join(""))
    expect(JSON.stringify(trio)).not.toContain(CANARY)
    expect(trio.response).toMatchObject({
      statusText: `Fine ${MASKED}`,
      bodyOmittedReason: "malformed-event-stream",
      replay: {
        toolCalls: [{ id: `call ${MASKED}`, name: `tool ${MASKED}`, arguments: "{}" }],
        finishReason: `stop ${MASKED}`,
        model: `m ${MASKED}`,
        error: { type: `type ${MASKED}`, message: `no ${MASKED}` },
      },
    })
    const contentType = `text/event-stream; note=${MASKED}`
    expect(trio.meta).toMatchObject({ contentType, model: `m ${MASKED}`, agent: `a ${MASKED}` })
    expect(lab.anomalies.latest?.message).toContain(contentType)
  })

  test("stores the request as sent, with names and values scrubbed, and tells its size before", async () => {
    const interceptor = lab.interceptor()
    const body = {
      model: "m-1",
      max_tokens: 9,
      api_key: "value",
      messages: [{ role: "user", content: `say ${CANARY} é` }],
      tools: [{ function: { parameters: { type: "object", properties: { token: { type: "string" } } } } }],
    }
    const { trio } = await lab.exchange(interceptor, reply(200, "application/json", "{}"), {
      bodyText: JSON.stringify(body),
      headers: new Headers({ Authorization: "Bearer value", "X-Custom": "kept" }),
      url: "https://h/v1?key=value&alt=sse",
    })
    expect(trio.request).toEqual({
      body: { ...body, api_key: "[REDACTED]", messages: [{ role: "user", content: `say ${MASKED} é` }] },
      headers: { authorization: "[REDACTED]", "x-custom": "kept" },
    })
    expect(trio.meta.requestBytes).toBe(Buffer.byteLength(JSON.stringify(body)))
    expect(trio.meta.url).toBe("https://h/v1?key=[REDACTED]&alt=sse")
  })

  test("has a meta file that accounts for time and bytes and names the conversation", async () => {
    let clock = Date.parse("2026-04-19T06:15:00.123Z")
    const interceptor = lab.interceptor({ now: () => clock })
    const url = await lab.provider(reply(201, "application/json; charset=utf-8", '{"é":1}'))
    const capture = lab.begin(interceptor, url, {
      sessionId: "ses_child",
      parentSessionId: "ses_parent",
      agent: "title",
      attribution: "header",
      bodyText: '{"model":"m-1","messages":[]}',
    })
    clock += 40
    const response = capture.observe(await fetch(url, { method: "POST", body: "{}" }))
    clock += 10
    const reader = response.body!.getReader()
    await reader.read()
    clock += 50
    await reader.read()
    await interceptor.settled()
    const trio = lab.only("ses_child")
    expect(trio.baseName).toBe("001-openai-2026-04-19T06-15-00-123Z")
    expect(trio.meta).toEqual({
      timestamp: "2026-04-19T06:15:00.123Z",
      url,
      method: "POST",
      status: 201,
      contentType: "application/json; charset=utf-8",
      durationMs: 100,
      requestBytes: 29,
      responseBytes: 8,
      capturedBytes: 37,
      sessionId: "ses_child",
      parentSessionId: "ses_parent",
      agent: "title",
      model: "m-1",
      dialect: "openai-chat",
      provider: "openai",
      attribution: "header",
      end: "complete",
      headersMs: 40,
      firstByteMs: 50,
      firstTokenMs: null,
      messageId: null,
      attempt: 1,
      usage: null,
      masks: {},
    })
  })

  test("counts captures and bytes over sessions, and on and off do not reset them", async () => {
    const interceptor = lab.interceptor()
    await lab.exchange(interceptor, reply(200, "application/json", "{}"))
    await lab.exchange(interceptor, reply(500, "text/plain", "no"), { sessionId: "ses_2" })
    const bytes = lab.only("ses_1").meta.capturedBytes + lab.only("ses_2").meta.capturedBytes
    await interceptor.command("off", "ses_1")
    const status = await interceptor.command("on", "ses_1")
    expect(status).toContain("- Captures: 1\n")
    expect(status).toContain(`- Captures of this process: 2 (${bytes} bytes)`)
    expect(status).toContain(`- Total bytes: ${lab.only("ses_1").meta.capturedBytes}\n`)
  })

  test("is numbered by its start, even when it ends last", async () => {
    const interceptor = lab.interceptor()
    const held: ServerResponse[] = []
    const slow = await lab.provider((_request, response) => held.push(response))
    const fast = await lab.provider(reply(200, "application/json", '"fast"'))
    const first = lab.begin(interceptor, slow)
    const pending = fetch(slow, { method: "POST", body: "{}" }).then((response) =>
      first.observe(response).text(),
    )
    const second = lab.begin(interceptor, fast)
    await second.observe(await fetch(fast, { method: "POST", body: "{}" })).text()
    while (held.length === 0) await sleep(5)
    held[0]!.setHeader("content-type", "application/json").end('"slow"')
    await pending
    await interceptor.settled()
    expect(lab.trios().map(({ response }) => response.body)).toEqual(["slow", "fast"])
  })

  test("without a session id is kept, says so truthfully, and is shown where it lies", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(reply(200, "application/json", '{"a":1}'))
    const { sessionId: _, ...start } = lab.start(url, { attribution: "none" })
    const capture = interceptor.begin(start)
    const response = await fetch(url, { method: "POST", body: "{}" })
    expect(await capture?.observe(response).json()).toEqual({ a: 1 })
    await interceptor.settled()
    const { meta, response: stored } = lab.only("unknown-session")
    expect(meta).toMatchObject({ sessionId: null, parentSessionId: null, agent: null, attribution: "none" })
    expect(stored.body).toEqual({ a: 1 })
    expect(lab.files("unknown-session")).toHaveLength(3)
    expect(readdirSync(lab.root)).toEqual([".writers", "unknown-session"])
    const status = await interceptor.command("", undefined)
    expect(status).toContain(`- Dump root: ${join(lab.root, "unknown-session")}\n`)
    expect(status).toContain("- Captures: 1\n")
    expect(lab.anomalies.count).toBe(0)
    // Somebody in a session of their own sees their own directory, and the same counts.
    expect(await interceptor.command("", "ses_1")).toContain(`- Dump root: ${join(lab.root, "ses_1")}\n`)
  })

  test("goes to unknown-session without a session id and stays inside the root with a hostile one", async () => {
    const interceptor = lab.interceptor()
    const { sessionId: _, ...start } = lab.start("http://127.0.0.1:9/")
    interceptor.begin(start)?.failed(new Error("x"))
    lab.begin(interceptor, "http://127.0.0.1:9/", { sessionId: "ses_x/../../escaped" }).failed(new Error("x"))
    await interceptor.settled()
    expect(lab.only("unknown-session").meta.sessionId).toBeNull()
    expect(readdirSync(lab.base)).toEqual(["captures"])
    expect(readdirSync(lab.root).some((name) => name.startsWith("unsafe-"))).toBe(true)
  })

  test("stands for every dialect under its provider's label", async () => {
    const interceptor = lab.interceptor()
    const labels = {
      "anthropic-messages": "anthropic",
      "openai-chat": "openai",
      "openai-responses": "openai",
      "google-generate-content": "google",
      "bedrock-converse": "bedrock",
      "generic-messages": "generic-llm",
    } as const
    for (const [id, label] of Object.entries(labels)) {
      const { trio } = await lab.exchange(interceptor, reply(200, "application/json", "{}"), {
        dialect: dialect(id as keyof typeof labels),
        sessionId: `ses_${id}`,
      })
      expect(trio.baseName).toMatch(new RegExp(`^001-${label}-\\d{4}-`))
      expect(trio.meta).toMatchObject({ dialect: id, provider: label })
    }
  })
})

describe("response states", () => {
  const state = async (listener: RequestListener, more = {}) => {
    const interceptor = lab.interceptor(more)
    const { text, trio } = await lab.exchange(interceptor, listener)
    return { text, response: trio.response, meta: trio.meta, phase: lab.anomalies.latest?.phase }
  }

  test("empty: no bytes, also with 204", async () => {
    const { response, meta, phase } = await state(reply(200, "text/event-stream", ""))
    expect(response).toEqual({
      status: 200,
      statusText: "OK",
      body: null,
      bodyFormat: "empty",
      bodyReadError: null,
      bodyOmittedReason: null,
    })
    expect(meta).toMatchObject({ responseBytes: 0, end: "complete", firstByteMs: null })
    expect(phase).toBeUndefined()
    const interceptor = lab.interceptor()
    const noContent: RequestListener = (_request, answer) => answer.writeHead(204).end()
    const { trio } = await lab.exchange(interceptor, noContent, { sessionId: "ses_204" })
    expect(trio.response).toMatchObject({ status: 204, bodyFormat: "empty" })
  })

  test("json: scrubbed, for errors and for any content type", async () => {
    const body = `{"error":{"message":"bad ${CANARY}","api_key":"value","type":"overloaded"},"usage":{"total_tokens":5}}`
    const { text, response, phase } = await state(reply(503, "application/json", body))
    expect(text).toBe(body)
    expect(response).toMatchObject({
      status: 503,
      statusText: "Service Unavailable",
      bodyFormat: "json",
      body: {
        error: { message: `bad ${MASKED}`, api_key: "[REDACTED]", type: "overloaded" },
        usage: { total_tokens: 5 },
      },
    })
    expect(phase).toBeUndefined()
    const odd = await lab.exchange(lab.interceptor(), reply(400, "text/plain", '{"a":1}'), {
      sessionId: "s2",
    })
    expect(odd.trio.response).toMatchObject({ bodyFormat: "json", body: { a: 1 } })
  })

  test("json: an error object under the content type of a stream", async () => {
    const { response } = await state(reply(400, "text/event-stream", '{"error":{"message":"no"}}\n'))
    expect(response).toMatchObject({ bodyFormat: "json", body: { error: { message: "no" } } })
  })

  test("json: gzip is looked through and counted as the caller got it", async () => {
    const body = JSON.stringify({ text: "a".repeat(1000) })
    const { response, meta } = await state((_request, answer) => {
      answer.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      answer.end(gzipSync(body))
    })
    expect(response.body).toEqual(JSON.parse(body))
    expect(meta.responseBytes).toBe(body.length)
  })

  test("replay-text: comments, lines without a colon, unknown fields and CRLF are legal", async () => {
    const legal = `: ping\r\n\r\nretry\r\nfoo: bar\r\n${chatEvent({ content: "ok" }).replaceAll("\n", "\r\n")}`
    const { response, phase } = await state(sse(legal, DONE))
    expect(response).toMatchObject({ bodyFormat: "replay-text", body: "ok", bodyOmittedReason: null })
    expect(phase).toBeUndefined()
  })

  test("omitted malformed-event-stream: what could be read is kept beside", async () => {
    const { response, phase } = await state(
      sse(chatEvent({ content: "before" }), "data: {not json}\n\n", DONE),
    )
    expect(response).toMatchObject({
      body: null,
      bodyFormat: "omitted",
      bodyOmittedReason: "malformed-event-stream",
      replay: { text: "before" },
    })
    expect(phase).toBe("capture/response-parse")
    expect(lab.anomalies.latest?.message).toContain("Event stream parsing failed: 1 event(s)")
  })

  test("omitted malformed-event-stream: nothing but half an event", async () => {
    const { response, phase } = await state(sse("event: x\ndata: {broken"))
    expect(response).toMatchObject({ bodyFormat: "omitted", bodyOmittedReason: "malformed-event-stream" })
    expect(phase).toBe("capture/response-parse")
  })

  test("omitted malformed-json-response: the anomaly does not quote the body", async () => {
    const { response, phase } = await state(reply(200, "application/problem+json", `{"a": ${CANARY}`))
    expect(response).toMatchObject({
      body: null,
      bodyFormat: "omitted",
      bodyOmittedReason: "malformed-json-response",
    })
    expect(phase).toBe("capture/response-parse")
    expect(lab.anomalies.latest?.message).not.toContain("canary")
  })

  test("omitted unsupported-text-response: plain text and HTML, without an anomaly", async () => {
    const { text, response, phase } = await state(reply(502, "text/html", `<h1>${CANARY}</h1>`))
    expect(text).toBe(`<h1>${CANARY}</h1>`)
    expect(response).toMatchObject({
      status: 502,
      body: null,
      bodyFormat: "omitted",
      bodyOmittedReason: "unsupported-text-response",
    })
    expect(phase).toBeUndefined()
  })

  test("omitted response-too-large: by bytes read, without a Content-Length, and the caller gets all", async () => {
    const body = JSON.stringify({ api_key: "value", text: `${CANARY} ${"x ".repeat(2500)}${CANARY}` })
    const { text, response, meta, phase } = await state(
      (_request, answer) => {
        answer.writeHead(200, { "content-type": "application/json" })
        answer.write(body.slice(0, 3000))
        answer.end(body.slice(3000))
      },
      { maxBodyBytes: 4000 },
    )
    expect(text).toBe(body)
    expect(response).toMatchObject({
      body: null,
      bodyFormat: "omitted",
      bodyOmittedReason: "response-too-large",
      truncated: true,
    })
    const { head = "", tail = "" } = response.excerpt ?? {}
    expect(head).toMatch(/^\{"api_key":"\[REDACTED\]","text":"<masked> x x /)
    expect(tail).toMatch(/^x x .* x <masked>"\}$/)
    expect(response.leftOutBytes).toBeGreaterThan(1000)
    expect(meta.responseBytes).toBe(body.length)
    expect(phase).toBe("capture/response-size")
  })

  test("plain text that is too large is omitted without an excerpt", async () => {
    const { response, phase } = await state(
      (_request, answer) => {
        answer.writeHead(502, { "content-type": "text/html" })
        answer.end(`<html>${"x".repeat(5000)}`)
      },
      { maxBodyBytes: 4000 },
    )
    expect(response).toMatchObject({
      body: null,
      bodyFormat: "omitted",
      bodyOmittedReason: "response-too-large",
    })
    expect(response.excerpt).toBeUndefined()
    expect(phase).toBe("capture/response-size")
  })

  test("a stream whose text is too large keeps its beginning and end; one with much ado about little stays whole", async () => {
    const long = Array.from({ length: 400 }, (_, index) =>
      chatEvent({ content: `${index} ${"y".repeat(500)}\n` }),
    )
    const large = await state(sse(...long, chatEvent({}, { finish_reason: "stop" })), {
      maxBodyBytes: 50_000,
    })
    expect(large.text).toContain(long.join(""))
    expect(large.response).toMatchObject({
      bodyFormat: "replay-text",
      bodyOmittedReason: "response-too-large",
      bodyReadError: null,
      truncated: true,
      replay: { finishReason: "stop" },
    })
    const mark = `\n[… ${large.response.leftOutBytes} bytes left out …]\n`
    const [head = "", tail = ""] = JSON.stringify(large.response.body).split(
      JSON.stringify(mark).slice(1, -1),
    )
    expect(head).toMatch(/^"0 y+\\n1 y+\\n/)
    expect(tail).toMatch(/\\n398 y+\\n399 y+\\n"$/)
    expect(Math.min(head.length, tail.length)).toBeGreaterThan(24_000)
    expect(large.phase).toBe("capture/response-size")
    const chatty = Array.from({ length: 3000 }, () => chatEvent({ content: "z" }))
    const small = await lab.exchange(lab.interceptor({ maxBodyBytes: 50_000 }), sse(...chatty), {
      sessionId: "s2",
    })
    expect(small.trio.meta.responseBytes).toBeGreaterThan(100_000)
    expect(small.trio.response).toMatchObject({ bodyFormat: "replay-text", body: "z".repeat(3000) })
    expect(small.trio.response.truncated).toBeUndefined()
  })

  test("a single frame without end is given up, not piled up", async () => {
    const frame = `data: {"a":"${"x".repeat(30_000)}`
    const { response, phase } = await state(sse(frame), { maxBodyBytes: 10_000 })
    expect(response).toMatchObject({
      bodyFormat: "omitted",
      bodyOmittedReason: "response-too-large",
      truncated: true,
      leftOutBytes: frame.length,
    })
    expect(phase).toBe("capture/response-size")
  })
})

describe("exchanges that do not end well", () => {
  test("cut: the partial text and why, and the caller sees the same error", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(stuck((response) => setTimeout(() => response.socket?.destroy(), 30)))
    const capture = lab.begin(interceptor, url)
    const error = await capture
      .observe(await fetch(url, { method: "POST", body: "{}" }))
      .text()
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(error).toBeInstanceOf(Error)
    await interceptor.settled()
    const { response, meta } = lab.only()
    expect(response).toMatchObject({
      status: 200,
      body: `partial text ${MASKED}`,
      bodyFormat: "replay-text",
      bodyOmittedReason: null,
    })
    expect(response.bodyReadError).toBeTruthy()
    expect(meta.end).toBe("cut")
    expect(meta.responseBytes).toBeGreaterThan(50)
    expect(lab.anomalies.latest?.phase).toBe("capture/response-read")
  })

  test("cut: an end inside an event is no whole reply, though the connection closed in order", async () => {
    const interceptor = lab.interceptor()
    const { trio } = await lab.exchange(interceptor, sse(chatEvent({ content: "start" }), 'data: {"choi'))
    expect(trio.meta.end).toBe("cut")
    expect(trio.response).toMatchObject({
      body: "start",
      bodyFormat: "replay-text",
      bodyReadError: "the stream ended inside an event",
    })
  })

  test("cut: half a JSON body is a read error", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" })
      response.write('{"half":')
      setTimeout(() => response.socket?.destroy(), 30)
    })
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    await tapped.text().catch(() => undefined)
    await interceptor.settled()
    const { response, meta } = lab.only()
    expect(response).toMatchObject({ body: null, bodyFormat: "read-error" })
    expect(meta).toMatchObject({ end: "cut", responseBytes: 8 })
  })

  test("aborted by the signal: partial text, no anomaly", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(stuck())
    const controller = new AbortController()
    const capture = lab.begin(interceptor, url)
    const tapped = capture.observe(
      await fetch(url, { method: "POST", body: "{}", signal: controller.signal }),
    )
    const reader = tapped.body!.getReader()
    await reader.read()
    const pending = reader.read().catch((error: unknown) => error)
    controller.abort()
    expect(await pending).toMatchObject({ name: "AbortError" })
    await interceptor.settled()
    const { response, meta } = lab.only()
    expect(meta.end).toBe("aborted")
    expect(response).toMatchObject({ body: `partial text ${MASKED}`, bodyFormat: "replay-text" })
    expect(response.bodyReadError).toMatch(/^aborted by the caller after \d+ bytes$/)
    expect(lab.anomalies.count).toBe(0)
  })

  test("aborted by cancelling the body; complete when the reply had said that it was finished", async () => {
    const interceptor = lab.interceptor()
    const readOnce = async (listener: RequestListener, sessionId: string) => {
      const url = await lab.provider(listener)
      const tapped = lab
        .begin(interceptor, url, { sessionId })
        .observe(await fetch(url, { method: "POST", body: "{}" }))
      const reader = tapped.body!.getReader()
      await reader.read()
      await reader.cancel()
      await interceptor.settled()
      return lab.only(sessionId)
    }
    const left = await readOnce(stuck(), "ses_left")
    expect(left.meta.end).toBe("aborted")
    expect(left.response).toMatchObject({ body: `partial text ${MASKED}`, bodyFormat: "replay-text" })
    const done = await readOnce(
      sse(chatEvent({ content: "all" }, { finish_reason: "stop" }), DONE),
      "ses_done",
    )
    expect(done.meta.end).toBe("complete")
    expect(done.response).toMatchObject({ body: "all", bodyReadError: null })
  })

  test("aborted before any response: a trio with status null", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(() => undefined)
    const capture = lab.begin(interceptor, url)
    const error = await fetch(url, { method: "POST", body: "{}", signal: AbortSignal.abort() }).catch(
      (e: unknown) => e,
    )
    capture.failed(error)
    await interceptor.settled()
    const { response, meta } = lab.only()
    expect(meta).toMatchObject({ end: "aborted", status: null, headersMs: null })
    expect(response).toMatchObject({ status: null, body: null, bodyFormat: "read-error" })
  })

  test("a signal given at the start tells an abort whatever the reason looks like", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(stuck())
    const controller = new AbortController()
    const capture = lab.begin(interceptor, url, { signal: controller.signal })
    const tapped = capture.observe(
      await fetch(url, { method: "POST", body: "{}", signal: controller.signal }),
    )
    await tapped.body!.getReader().read()
    controller.abort("a plain reason")
    await interceptor.settled()
    expect(lab.only().meta.end).toBe("aborted")
  })

  test("timeout: a time limit is told from an abort", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(stuck())
    const capture = lab.begin(interceptor, url)
    const tapped = capture.observe(
      await fetch(url, { method: "POST", body: "{}", signal: AbortSignal.timeout(80) }),
    )
    await tapped.text().catch(() => undefined)
    await interceptor.settled()
    expect(lab.only().meta.end).toBe("timeout")
    expect(lab.only().response.body).toBe(`partial text ${MASKED}`)
  })

  test("network-error: a refused connection leaves a trio and an anomaly without secrets", async () => {
    const interceptor = lab.interceptor()
    const url = `http://127.0.0.1:1/?q=${CANARY}`
    const capture = lab.begin(interceptor, url)
    const error = await fetch(url, { method: "POST", body: "{}" }).catch((e: unknown) => e)
    capture.failed(error)
    capture.failed(new Error("again"))
    await interceptor.settled()
    const { response, meta, request } = lab.only()
    expect(response).toMatchObject({
      status: null,
      statusText: "",
      body: null,
      bodyFormat: "read-error",
      bodyOmittedReason: null,
    })
    expect(response.bodyReadError).toMatch(/ECONNREFUSED|ConnectionRefused|fetch failed|bad port/)
    expect(meta).toMatchObject({ end: "network-error", status: null, contentType: null, responseBytes: 0 })
    expect(request.body).toMatchObject({ model: "m-1" })
    expect(lab.anomalies.latest?.phase).toBe("capture/response-read")
    expect(lab.anomalies.count).toBe(1)
    const talkative = new Error("fetch failed", { cause: new Error(`no route to ${CANARY}`) })
    lab.begin(interceptor, url).failed(talkative)
    await interceptor.settled()
    expect(lab.trios()[1]?.response.bodyReadError).toBe(`fetch failed: no route to ${MASKED}`)
    expect(JSON.stringify([lab.trios(), lab.anomalies.recent])).not.toContain(CANARY)
  })

  test("stalled: shown while it hangs, replaced when it goes on to its end, counted once", async () => {
    const interceptor = lab.interceptor({ stalledAfterMs: 60 })
    let more = (): void => undefined
    let finish = (): void => undefined
    const url = await lab.provider(
      stuck((response) => {
        more = () => response.write(": still here\n\n")
        finish = () => response.end(chatEvent({ content: " more" }, { finish_reason: "stop" }) + DONE)
      }),
    )
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    const text = tapped.text()
    await sleep(200)
    await interceptor.settled()
    const hanging = lab.only()
    expect(hanging.meta.end).toBe("stalled")
    expect(hanging.response).toMatchObject({ body: `partial text ${MASKED}`, bodyFormat: "replay-text" })
    expect(hanging.response.bodyReadError).toContain("the exchange is still open")
    expect(lab.anomalies.latest?.phase).toBe("capture/response-read")
    more()
    await sleep(200)
    await interceptor.settled()
    expect(lab.anomalies.count).toBe(1)
    finish()
    await text
    await interceptor.settled()
    const whole = lab.only()
    expect(whole.baseName).toBe(hanging.baseName)
    expect(whole.meta.end).toBe("complete")
    expect(whole.response.body).toBe(`partial text ${MASKED} more`)
    const status = await interceptor.command("", "ses_1")
    expect(status).toContain("- Captures: 1\n")
    expect(status).toContain(`- Total bytes: ${whole.meta.capturedBytes}\n`)
  })

  test("closing the interceptor writes what still runs as aborted and switches off", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(stuck())
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    await tapped.body!.getReader().read()
    await interceptor.close()
    expect(interceptor.enabled).toBe(false)
    expect(lab.only().meta.end).toBe("aborted")
    expect(lab.only().response).toMatchObject({
      body: `partial text ${MASKED}`,
      bodyReadError: "OpenCode stopped before the reply ended",
    })
  })
})

describe("transparency", () => {
  test("the caller has the first delta before the provider sends the second", async () => {
    const interceptor = lab.interceptor()
    let finish = (): void => undefined
    const url = await lab.provider(
      stuck((response) => {
        finish = () => response.end(DONE)
      }),
    )
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    const reader = tapped.body!.getReader()
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toContain("partial ")
    expect(tapped.url).toBe(url)
    finish()
    while (!(await reader.read()).done);
    await interceptor.settled()
    expect(lab.only().meta.end).toBe("complete")
  })

  test("scrubs nothing of a reply in the turn of the event loop in which it passes", async () => {
    let scrubbed = 0
    const interceptor = lab.interceptor({
      scrubText: (text) => {
        if (text.includes("partial") || text.includes("wxyz")) scrubbed += 1
        return text
      },
    })
    let finish = (): void => undefined
    const url = await lab.provider(
      stuck((response) => {
        finish = () => response.end(DONE)
      }),
    )
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    const reader = tapped.body!.getReader()
    await reader.read()
    for (let microtask = 0; microtask < 100; microtask += 1) await Promise.resolve()
    expect(scrubbed).toBe(0)
    finish()
    while (!(await reader.read()).done);
    // What the caller does next in this turn of the event loop comes first.
    for (let microtask = 0; microtask < 100; microtask += 1) await Promise.resolve()
    expect(scrubbed).toBe(0)
    await interceptor.settled()
    expect(scrubbed).toBeGreaterThan(0)
  })

  test("a failing disk leaves the exchange alone and is an anomaly, not a capture", async () => {
    rmSync(lab.root, { recursive: true, force: true })
    writeFileSync(lab.root, "in the way")
    const interceptor = lab.interceptor()
    expect(lab.anomalies.latest?.phase).toBe("capture/dump-write")
    const url = await lab.provider(reply(200, "application/json", '{"a":1}'))
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    expect(await tapped.json()).toEqual({ a: 1 })
    await interceptor.settled()
    const status = await interceptor.command("", "ses_1")
    expect(status).toContain("- Captures: 0\n- Total bytes: 0\n- Anomalies: 2\n")
    expect(status).toContain("- Latest anomaly phase: capture/dump-write\n")
    expect(status).toMatch(/- Latest anomaly message: ENOTDIR: .*not a directory/)
  })

  test("a temporary directory that cannot be written is an anomaly, and the exchange goes on", async () => {
    rmSync(lab.root, { recursive: true, force: true })
    chmodSync(lab.base, 0o555)
    const url = await lab.provider(reply(200, "application/json", '{"a":1}'))
    const run = async (): Promise<string> => {
      const interceptor = lab.interceptor()
      const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
      expect(await tapped.json()).toEqual({ a: 1 })
      await interceptor.settled()
      return interceptor.command("", "ses_1")
    }
    // Root may write anywhere, so it steps down to somebody who may not.
    const status = await (process.getuid?.() === 0 ? asNobody(run) : run())
    chmodSync(lab.base, 0o700)
    expect(status).toContain("- Captures: 0\n")
    expect(status).toContain("- Latest anomaly phase: capture/dump-write\n")
    expect(status).toContain("- Latest anomaly message: EACCES")
  })

  test("the reply to `on` names the private root that takes the place of an unsafe one", async () => {
    rmSync(lab.root, { recursive: true, force: true })
    symlinkSync(lab.base, lab.root)
    const { root, anomalies } = lab
    const interceptor = createInterceptor({ root, anomalies, scrubText: (text) => text })
    const shown = /- Dump root: (.*)\/ses_1\n/.exec(await interceptor.command("on", "ses_1"))?.[1] ?? ""
    expect(shown).toMatch(/opencode-interceptor-\w{6}$/)
    lab.begin(interceptor, "http://127.0.0.1:1/").failed(new Error("refused"))
    await interceptor.settled()
    expect(readdirSync(join(shown, "ses_1"))).toHaveLength(3)
    expect(anomalies.recent[0]?.phase).toBe("capture/path-safety")
    rmSync(shown, { recursive: true })
  })

  test("a session directory that vanishes meanwhile is an anomaly, and the next exchange works", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider(reply(200, "application/json", '{"a":1}'))
    const capture = lab.begin(interceptor, url)
    const response = await fetch(url, { method: "POST", body: "{}" })
    await sleep(30)
    rmSync(join(lab.root, "ses_1"), { recursive: true })
    expect(await capture.observe(response).json()).toEqual({ a: 1 })
    await interceptor.settled()
    expect(lab.anomalies.latest?.phase).toBe("capture/dump-write")
    await lab.exchange(interceptor, reply(200, "application/json", "{}"))
    expect(lab.trios()).toHaveLength(1)
  })

  test("a masker that throws loses the capture, not the reply, and its words are not repeated", async () => {
    const interceptor = lab.interceptor({
      scrubText: (text) => {
        throw new Error(`cannot mask ${text} ${CANARY}`)
      },
    })
    const url = await lab.provider(reply(200, "application/json", '{"a":"b"}'))
    const tapped = lab.begin(interceptor, url).observe(await fetch(url, { method: "POST", body: "{}" }))
    expect(await tapped.json()).toEqual({ a: "b" })
    await interceptor.settled()
    expect(lab.files()).toEqual([])
    expect(lab.anomalies.latest?.phase).toBe("capture/dump-write")
    expect(lab.anomalies.latest?.message).not.toContain(CANARY)
  })

  test("a request that is no JSON is stored without its body", async () => {
    const interceptor = lab.interceptor()
    const { trio } = await lab.exchange(interceptor, reply(200, "application/json", "{}"), {
      bodyText: `x ${CANARY}`,
    })
    expect(trio.request.body).toBeNull()
    expect(trio.meta.requestBytes).toBe(2 + CANARY.length)
  })

  test("parallel exchanges of several sessions each land in their own", async () => {
    const interceptor = lab.interceptor()
    const url = await lab.provider((request, response) => {
      let body = ""
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on("end", () => {
        response.writeHead(200, SSE)
        response.write(chatEvent({ content: body }))
        setTimeout(() => response.end(DONE), 5)
      })
    })
    const work = Array.from({ length: 40 }, async (_, index) => {
      const sessionId = `ses_${index % 8}`
      const capture = lab.begin(interceptor, url, { sessionId })
      const tapped = capture.observe(await fetch(url, { method: "POST", body: sessionId }))
      await tapped.text()
    })
    await Promise.all(work)
    await interceptor.settled()
    for (let session = 0; session < 8; session += 1) {
      const trios = lab.trios(`ses_${session}`)
      expect(trios.map(({ response }) => response.body)).toEqual(Array(5).fill(`ses_${session}`))
      expect(trios.map(({ baseName }) => baseName.slice(0, 3))).toEqual(["001", "002", "003", "004", "005"])
    }
    expect(await interceptor.command("", "ses_0")).toContain("- Captures: 5\n")
    expect(await interceptor.command("", "ses_0")).toContain("- Captures of this process: 40 (")
  })

  test("prunes expired sessions under its root", async () => {
    const interceptor = lab.interceptor({ now: () => Date.now() + 25 * 3_600_000 })
    mkdirSync(join(lab.root, "ses_old"))
    await interceptor.prune()
    expect(readdirSync(lab.root)).toEqual([])
  })
})
