import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { FORCE_HTTP_HEADER, MARK_HEADER, type Mark } from "../../../src/pipeline/attribution.ts"
import type { Exchange, Stage } from "../../../src/pipeline/stage.ts"
import { Traffic, type TrafficInstance } from "../../../src/pipeline/traffic.ts"
import { type EchoServer, startCountingServer, startEchoServer } from "../../support/echo-server.ts"

const CHAT = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "say WORD" }] })
const mark: Mark = {
  instanceId: "a",
  sessionId: "ses_a",
  agent: "build",
  providerId: "acme",
  modelId: "m",
  messageId: "msg",
}

let server: EchoServer
beforeEach(async () => {
  server = await startEchoServer()
})
afterEach(() => server.close())

/** Replaces WORD, as a mask stage would. */
const maskWord: Stage = {
  name: "mask",
  run: (exchange, next) => next({ ...exchange, bodyText: exchange.bodyText.replaceAll("WORD", "****") }),
}

function instance(id: string, seen: Exchange[], extra: Partial<TrafficInstance> = {}): TrafficInstance {
  const look: Stage = {
    name: "capture",
    run: (exchange, next) => {
      seen.push(exchange)
      return next(exchange)
    },
  }
  return { id, directory: `/p/${id}`, stages: [look, maskWord], ownsSession: () => false, ...extra }
}

/** Calls through `traffic`, remembering with which very arguments the host's fetch was called. */
function caller(traffic: Traffic) {
  const calls: { input: RequestInfo | URL; init: RequestInit | undefined }[] = []
  const send = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
    traffic.handle({ input, init }, (hostInput, hostInit) => {
      calls.push({ input: hostInput, init: hostInit })
      return fetch(hostInput, hostInit)
    })
  return { calls, send }
}

describe("Traffic", () => {
  const bodies: [string, () => [RequestInfo | URL, RequestInit?]][] = [
    ["a string", () => [server.url, { method: "POST", body: CHAT }]],
    ["a URL and lower-case method", () => [new URL(server.url), { method: "post", body: CHAT }]],
    ["bytes", () => [server.url, { method: "POST", body: new TextEncoder().encode(CHAT) }]],
    ["a view into a larger buffer", () => [server.url, { method: "POST", body: viewOf(CHAT) }]],
    ["an ArrayBuffer", () => [server.url, { method: "POST", body: new TextEncoder().encode(CHAT).buffer }]],
    ["a Blob", () => [server.url, { method: "POST", body: new Blob([CHAT], { type: "application/json" }) }]],
    ["a stream", () => [server.url, { method: "POST", body: streamOf(CHAT), duplex: "half" } as RequestInit]],
    ["a Request", () => [new Request(server.url, { method: "POST", body: CHAT })]],
    [
      "a Request with headers in init",
      () => [new Request(server.url, { method: "POST", body: CHAT }), { headers: { "x-own": "kept" } }],
    ],
  ]
  test.each(bodies)("masks a provider request whose body is %s", async (_name, make) => {
    const traffic = new Traffic()
    const seen: Exchange[] = []
    traffic.register(instance("a", seen))
    const { send } = caller(traffic)
    const response = await send(...make())
    expect(await response.json()).toEqual({ ok: true })
    expect(server.received[0]?.body).toBe(CHAT.replace("WORD", "****"))
    expect(server.received[0]?.headers["content-length"] ?? `${CHAT.length}`).toBe(`${CHAT.length}`)
    expect(seen[0]?.bodyText).toBe(CHAT.replace("WORD", "****"))
    expect(seen[0]?.dialect.id).toBe("openai-chat")
  })

  const untouched: [string, () => [RequestInfo | URL, RequestInit?]][] = [
    ["GET", () => [server.url, { headers: { accept: "application/json" } }]],
    ["a JSON POST of another shape", () => [server.url, { method: "POST", body: '{"query":"WORD"}' }]],
    ["text that is no JSON", () => [server.url, { method: "POST", body: "WORD messages" }]],
    ["a form", () => [server.url, { method: "POST", body: new URLSearchParams({ messages: "WORD" }) }]],
    ["multipart", () => [server.url, { method: "POST", body: formOf("WORD") }]],
    ["PUT with a provider's shape", () => [server.url, { method: "PUT", body: CHAT }]],
  ]
  test.each(untouched)(
    "hands %s to the host's fetch with the caller's own arguments",
    async (_name, make) => {
      const traffic = new Traffic()
      const seen: Exchange[] = []
      traffic.register(instance("a", seen))
      const { calls, send } = caller(traffic)
      const [input, init] = make()
      await send(input, init)
      expect(calls).toHaveLength(1)
      expect(calls[0]?.input).toBe(input)
      expect(calls[0]?.init).toBe(init)
      expect(seen).toHaveLength(0)
    },
  )

  test("sends a Request of another shape as it was: same object, body, headers and signal", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const { calls, send } = caller(traffic)
    const controller = new AbortController()
    const headers = { "content-type": "application/json", "x-own": "kept" }
    const request = new Request(server.url, {
      method: "POST",
      body: '{"a":1}',
      headers,
      signal: controller.signal,
    })
    await send(request)
    expect(calls[0]?.input).toBe(request)
    expect(server.received[0]).toMatchObject({ method: "POST", body: '{"a":1}' })
    expect(server.received[0]?.headers).toMatchObject(headers)
    controller.abort()
    const aborted = new Request(server.url, {
      method: "POST",
      body: '{"a":1}',
      headers,
      signal: controller.signal,
    })
    await expect(send(aborted)).rejects.toMatchObject({ name: "AbortError" })
  })

  test("sends a Request with a form as it was, with its length", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const { send } = caller(traffic)
    const plain = new Request(server.url, { method: "POST", body: formOf("WORD") })
    await fetch(plain)
    await send(new Request(server.url, { method: "POST", body: formOf("WORD") }))
    const [before, after] = server.received.map(({ headers }) => headers["content-length"])
    expect(after).toBe(before)
  })

  test("refuses a model call whose body is no UTF-8 text, whatever carries it", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", [], { findSecrets: () => [] }))
    const { send } = caller(traffic)
    const bytes = new Uint8Array([0x1f, 0x8b, 0xff, 0xfe])
    const headers = { "x-session-id": "ses", "content-type": "application/json" }
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytes)
        controller.close()
      },
    })
    const bodies: BodyInit[] = [bytes, new Blob([bytes]), stream]
    for (const body of bodies) {
      const response = await send(server.url, {
        method: "POST",
        headers,
        body,
        duplex: "half",
      } as RequestInit)
      expect(response.headers.get("x-airlock")).toBe("MASK_BODY_UNREADABLE")
    }
    const response = await send(new Request(server.url, { method: "POST", headers, body: bytes }))
    expect(response.headers.get("x-airlock")).toBe("MASK_BODY_UNREADABLE")
    expect(server.received).toHaveLength(0)
  })

  test("keeps the caller's own arguments when a provider request needs no change", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const { calls, send } = caller(traffic)
    const init = { method: "POST", body: CHAT.replace("WORD", "none"), proxy: "" }
    await send(server.url, init)
    expect(calls[0]?.init).toBe(init)
  })

  test("sends a stream of another shape byte for byte, though it had to be read", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const { send } = caller(traffic)
    await send(server.url, { method: "POST", body: streamOf('{"a":"é"}'), duplex: "half" } as RequestInit)
    expect(server.received[0]?.body).toBe('{"a":"é"}')
  })

  test("removes its own headers, also from requests that need no masking, and keeps the others", async () => {
    const traffic = new Traffic()
    const seen: Exchange[] = []
    traffic.register(instance("a", seen))
    const { send } = caller(traffic)
    const token = traffic.ledger.announce(mark)
    const headers = { [MARK_HEADER]: token, [FORCE_HTTP_HEADER]: "true", "x-own": "kept" }
    await send(server.url, { method: "POST", body: CHAT.replace("WORD", "none"), headers })
    await send(new Request(server.url, { method: "POST", body: '{"q":1}', headers }))
    for (const received of server.received) {
      expect(received.headers[MARK_HEADER]).toBeUndefined()
      expect(received.headers[FORCE_HTTP_HEADER]).toBeUndefined()
      expect(received.headers["x-own"]).toBe("kept")
    }
    expect(server.received.map((received) => received.body)).toEqual([
      CHAT.replace("WORD", "none"),
      '{"q":1}',
    ])
    expect(seen[0]?.headers.has(MARK_HEADER)).toBe(false)
    expect(seen[0]?.attribution).toMatchObject({
      source: "mark",
      sessionId: "ses_a",
      agent: "build",
      attempt: 1,
    })
  })

  test("stops a call whose instance is gone: nobody could mask it any more", async () => {
    const traffic = new Traffic()
    const undo = traffic.register(instance("a", []))
    const token = traffic.ledger.announce(mark)
    undo()
    const { send } = caller(traffic)
    const response = await send(server.url, { method: "POST", body: CHAT, headers: { [MARK_HEADER]: token } })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("Send your message again")
    expect(server.received).toHaveLength(0)
  })

  test("passes an abort on to the host's fetch", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const { send } = caller(traffic)
    const aborted = AbortSignal.abort()
    const call = send(server.url, { method: "POST", body: CHAT, signal: aborted })
    await expect(call).rejects.toMatchObject({ name: "AbortError" })
    expect(server.received).toHaveLength(0)
  })

  test("lets a refused connection fail as it would have", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const { send } = caller(traffic)
    await server.close()
    await expect(send(server.url, { method: "POST", body: CHAT })).rejects.toThrow()
  })

  test("gives a request to the instance of its mark, then of its session header, never to the latest", async () => {
    const traffic = new Traffic()
    const [first, second, third]: Exchange[][] = [[], [], []]
    traffic.register(instance("a", first!))
    traffic.register(instance("b", second!, { ownsSession: (id) => id === "ses_b" }))
    traffic.register(instance("c", third!))
    const { send } = caller(traffic)
    await send(server.url, {
      method: "POST",
      body: CHAT,
      headers: { [MARK_HEADER]: traffic.ledger.announce(mark), "x-session-id": "ses_b" },
    })
    await send(server.url, { method: "POST", body: CHAT, headers: { "x-session-affinity": "ses_b" } })
    expect([first, second, third].map((list) => list?.length)).toEqual([1, 1, 0])
    expect(second![0]?.attribution).toEqual({ source: "header", sessionId: "ses_b" })
  })

  test("masks a request that nobody claims with the newest instance that masks", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", [], { findSecrets: () => [] }))
    traffic.register({ id: "b", directory: "/p/b", stages: [], ownsSession: () => false })
    const { send } = caller(traffic)
    await send(server.url, { method: "POST", body: CHAT })
    expect(server.received[0]?.body).not.toContain("WORD")
  })

  test("runs the stages of capabilities loaded as separate plugins of one directory together", async () => {
    const traffic = new Traffic()
    const seen: Exchange[] = []
    const { stages } = instance("x", seen)
    traffic.register({ id: "capture", directory: "/p", stages: [stages[0]!], ownsSession: () => true })
    traffic.register({ id: "mask", directory: "/p", stages: [stages[1]!], ownsSession: () => true })
    const { send } = caller(traffic)
    await send(server.url, { method: "POST", body: CHAT, headers: { "x-session-id": "ses" } })
    expect(seen[0]?.bodyText).not.toContain("WORD")
  })

  test("stops masking for an instance that was disposed, and for that one only", async () => {
    const traffic = new Traffic()
    const undo = traffic.register(instance("a", [], { ownsSession: (id) => id === "ses_a" }))
    traffic.register(instance("b", [], { ownsSession: (id) => id === "ses_b" }))
    undo()
    const { send } = caller(traffic)
    await send(server.url, { method: "POST", body: CHAT, headers: { "x-session-id": "ses_b" } })
    expect(server.received[0]?.body).not.toContain("WORD")
    expect(traffic.instances.map((one) => one.id)).toEqual(["b"])
  })

  describe("an announced call whose body no dialect knows", () => {
    const guarded = (traffic: Traffic): void => {
      traffic.register(
        instance("a", [], { findSecrets: (text) => (text.includes("WORD") ? ["a-rule"] : []) }),
      )
    }
    const announced = (traffic: Traffic, body: BodyInit): RequestInit => ({
      method: "POST",
      body,
      headers: { [MARK_HEADER]: traffic.ledger.announce(mark), "content-type": "application/json" },
    })

    test("passes when it holds nothing to mask", async () => {
      const traffic = new Traffic()
      guarded(traffic)
      await caller(traffic).send(server.url, announced(traffic, '{"prompt":"hello"}'))
      expect(server.received[0]?.body).toBe('{"prompt":"hello"}')
    })

    test("is refused when it holds a secret, naming the rule and never the text", async () => {
      const traffic = new Traffic()
      guarded(traffic)
      const response = await caller(traffic).send(server.url, announced(traffic, '{"prompt":"WORD"}'))
      expect(response.status).toBe(400)
      expect(response.headers.get("x-airlock")).toBe("MASK_BODY_UNKNOWN")
      const text = await response.text()
      expect(text).toContain("a-rule")
      expect(text).not.toContain("WORD")
      expect(server.received).toHaveLength(0)
    })

    test("is refused when it is not text", async () => {
      const traffic = new Traffic()
      guarded(traffic)
      const bytes = new Uint8Array([0xff, 0xfe, 0x00])
      const response = await caller(traffic).send(server.url, announced(traffic, bytes))
      expect(response.headers.get("x-airlock")).toBe("MASK_BODY_UNREADABLE")
      expect(server.received).toHaveLength(0)
    })
  })

  test("answers a stage that throws on the way out with an error no one retries, and sends nothing", async () => {
    const traffic = new Traffic()
    const broken: Stage = { name: "mask", run: () => Promise.reject(new RangeError("quotes WORD")) }
    traffic.register({ id: "a", directory: "/p", stages: [broken], ownsSession: () => false })
    const response = await caller(traffic).send(server.url, { method: "POST", body: CHAT })
    expect(response.status).toBe(400)
    expect(response.headers.get("x-airlock")).toBe("MASK_FAILED")
    const text = await response.text()
    expect(text).toContain("RangeError")
    expect(text).not.toContain("WORD")
    expect(server.received).toHaveLength(0)
  })

  test("refuses a stream too large to be judged, before anything is sent", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    const response = await caller(traffic).send(server.url, streamed(largeStream("{", 66)))
    expect(response.headers.get("x-airlock")).toBe("MASK_BODY_UNREADABLE")
    expect(server.received).toHaveLength(0)
  })

  test("passes a large stream that can be no JSON object on while it is still being made", async () => {
    const traffic = new Traffic()
    traffic.register(instance("a", []))
    let made = 0
    let madeAtSend = 0
    const body = largeStream("\u0000", 70, () => {
      made += 1
    })
    const counting = await startCountingServer()
    const response = await traffic.handle({ input: counting.url, init: streamed(body) }, (input, init) => {
      madeAtSend = made
      return fetch(input, init)
    })
    expect(await response.text()).toBe(String(70 * 1024 * 1024))
    expect(madeAtSend).toBeLessThan(4)
    await counting.close()
  }, 30_000)

  test("tells the instance of each exchange, and whether it was sent", async () => {
    const traffic = new Traffic()
    const told: boolean[] = []
    const refuse: Stage = { name: "mask", run: () => Promise.resolve(new Response(null, { status: 400 })) }
    const base = {
      directory: "/p",
      onExchange: (_exchange: Exchange | undefined, sent: boolean) => told.push(sent),
    }
    const pass: Stage = { name: "mask", run: (exchange, next) => next(exchange) }
    const undo = traffic.register({ ...base, id: "a", stages: [pass], ownsSession: () => false })
    const { send } = caller(traffic)
    await send(server.url, { method: "POST", body: CHAT })
    undo()
    traffic.register({ ...base, id: "b", stages: [refuse], ownsSession: () => false })
    await send(server.url, { method: "POST", body: CHAT })
    expect(told).toEqual([true, false])
  })
})

/** A stream of whole MiB that begins with `first`; `onPull` is told of each. */
function largeStream(first: string, mebibytes: number, onPull?: () => void): ReadableStream<Uint8Array> {
  let left = mebibytes
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (left === 0) return controller.close()
        const chunk = new Uint8Array(1024 * 1024)
        if (left === mebibytes) chunk[0] = first.charCodeAt(0)
        left -= 1
        onPull?.()
        controller.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
}

function streamed(body: ReadableStream<Uint8Array>): RequestInit {
  return { method: "POST", body, duplex: "half" } as RequestInit
}

function streamOf(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream({
    start(controller) {
      // Split inside a multi-byte character where there is one.
      controller.enqueue(bytes.subarray(0, 7))
      controller.enqueue(bytes.subarray(7))
      controller.close()
    },
  })
}

function viewOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text)
  const buffer = new Uint8Array(bytes.length + 20)
  buffer.set(bytes, 10)
  return buffer.subarray(10, 10 + bytes.length)
}

function formOf(value: string): FormData {
  const form = new FormData()
  form.set("messages", value)
  return form
}
