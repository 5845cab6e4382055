import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { waitFor } from "../../support/wait.ts"
import { MARK_HEADER, type Mark } from "../../../src/pipeline/attribution.ts"
import type { Exchange, Need, Stage } from "../../../src/pipeline/stage.ts"
import { Traffic } from "../../../src/pipeline/traffic.ts"
import { type EchoServer, startCountingServer, startEchoServer } from "../../support/echo-server.ts"

const CHAT = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "hello" }] })
const mark: Mark = {
  instanceId: "a",
  sessionId: "ses_a",
  agent: "build",
  providerId: "acme",
  modelId: "m",
  messageId: "msg",
}

let server: EchoServer
let traffic: Traffic
let order: string[]
let seen: (Exchange | undefined)[]
let calls: { input: RequestInfo | URL; init: RequestInit | undefined }[]
beforeEach(async () => {
  server = await startEchoServer()
  traffic = new Traffic()
  order = []
  seen = []
  calls = []
})
afterEach(() => server.close())

/** A stage that looks behind the request's back, as capture does. */
const watcher = (need: Need): Stage => ({
  name: "capture",
  needs: () => need,
  watch: (sent, exchange) => {
    seen.push(exchange())
    order.push("seen")
    return sent
  },
  run: (exchange, next) => {
    seen.push(exchange)
    order.push("run")
    return next(exchange)
  },
})

function register(...stages: Stage[]): { told: boolean[] } {
  const told: boolean[] = []
  traffic.register({
    id: "a",
    directory: "/p",
    stages,
    ownsSession: () => true,
    onExchange: (_exchange, sent) => told.push(sent),
  })
  return { told }
}

function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  return traffic.handle({ input, init }, (hostInput, hostInit) => {
    order.push("sent")
    calls.push({ input: hostInput, init: hostInit })
    return fetch(hostInput, hostInit)
  })
}

const post = (body: BodyInit, headers: Record<string, string> = {}): RequestInit =>
  ({ method: "POST", body, headers, duplex: "half" }) as RequestInit

describe("where no stage needs to see a request", () => {
  const bodies: [string, () => [RequestInfo | URL, RequestInit?]][] = [
    ["a string", () => [server.url, post(CHAT)]],
    ["bytes", () => [server.url, post(new TextEncoder().encode(CHAT))]],
    ["a Blob", () => [server.url, post(new Blob([CHAT], { type: "application/json" }))]],
    ["a stream", () => [server.url, post(new Blob([CHAT]).stream())]],
    ["a Request", () => [new Request(server.url, post(CHAT, { "content-type": "application/json" }))]],
  ]
  test.each(bodies)("%s reaches the host's fetch as it is, unread", async (_name, make) => {
    register(watcher("nothing"))
    const [input, init] = make()
    let untouched: boolean | undefined
    const response = await traffic.handle({ input, init }, (hostInput, hostInit) => {
      calls.push({ input: hostInput, init: hostInit })
      const body = init?.body
      untouched =
        body instanceof ReadableStream ? !body.locked : !(input instanceof Request && input.bodyUsed)
      return fetch(hostInput, hostInit)
    })
    expect(response.status).toBe(200)
    expect(calls[0]?.input).toBe(input)
    expect(calls[0]?.init).toBe(init)
    expect(untouched).toBe(true)
    expect(server.received[0]?.body).toBe(CHAT)
    expect(seen).toEqual([])
  })

  test("it is sent in the very turn of the event loop in which it was asked for", () => {
    register(watcher("nothing"))
    const response = send(server.url, post("x".repeat(1000)))
    expect(order).toEqual(["sent"])
    return response
  })

  test("our mark is taken off, the ledger told, and the exchange counted", async () => {
    const { told } = register(watcher("nothing"))
    const token = traffic.ledger.announce(mark)
    await send(server.url, post(CHAT, { [MARK_HEADER]: token, "x-own": "kept" }))
    expect(server.received[0]?.headers[MARK_HEADER]).toBeUndefined()
    expect(server.received[0]?.headers["x-own"]).toBe("kept")
    expect(traffic.ledger.finish("ses_a", "msg", "build")?.seen).toBe(true)
    expect(told).toEqual([true])
  })

  test("it is read all the same while an announced call without a mark waits for it", async () => {
    register(watcher("nothing"))
    traffic.ledger.announceUnmarked(mark, "m")
    await send(server.url, post(CHAT, { "x-session-id": "ses_other" }))
    expect(traffic.ledger.hasSeen("acme")).toBe(false)
    await send(server.url, post(CHAT, { "x-session-id": "ses_a" }))
    expect(seen.map((exchange) => exchange?.attribution)).toEqual([
      {
        source: "turn",
        sessionId: "ses_a",
        agent: "build",
        providerId: "acme",
        modelId: "m",
        messageId: "msg",
        attempt: 1,
      },
    ])
    expect(traffic.ledger.finish("ses_a", "msg", "build")?.seen).toBe(true)
  })

  test("one stage that needs the body is enough to have it read first, and so is who looks for secrets", async () => {
    const mask: Stage = { name: "mask", run: (exchange, next) => next({ ...exchange, bodyText: "{}" }) }
    register(watcher("nothing"), mask)
    await send(server.url, post(CHAT))
    expect(server.received[0]?.body).toBe("{}")
    const guarded = new Traffic()
    guarded.register({
      id: "g",
      directory: "/p",
      stages: [],
      ownsSession: () => true,
      findSecrets: () => ["rule"],
    })
    const init = post('{"prompt":"x"}', { "x-session-id": "ses_a" })
    const response = await guarded.handle({ input: server.url, init }, fetch)
    expect(response.headers.get("x-airlock")).toBe("MASK_BODY_UNKNOWN")
  })
})

describe("where a stage only watches", () => {
  test.each([
    ["a string", CHAT],
    ["bytes", new TextEncoder().encode(CHAT)],
  ] as const)(
    "%s is sent first, with the caller's own arguments, and looked at afterwards",
    async (_name, body) => {
      const { told } = register(watcher("sent"))
      const init = post(body)
      const response = send(server.url, init)
      expect(order).toEqual(["sent", "seen"])
      expect(calls[0]?.init).toBe(init)
      expect(seen[0]?.bodyText).toBe(CHAT)
      expect(seen[0]?.dialect.id).toBe("openai-chat")
      expect((await response).status).toBe(200)
      await waitFor(() => told.length > 0)
      expect(told).toEqual([true])
    },
  )

  test.each([
    ["a JSON body of another shape", '{"query":"x"}'],
    ["text", "hello"],
    ["a form", new URLSearchParams({ a: "b" })],
  ] as const)("%s is sent and is no exchange", async (_name, body) => {
    const { told } = register(watcher("sent"))
    const init = post(body)
    await send(server.url, init)
    expect(calls[0]?.init).toBe(init)
    expect(seen).toEqual([undefined])
    expect(told).toEqual([])
  })

  test("a stream is read before it is sent", async () => {
    register(watcher("sent"))
    await send(server.url, post(new Blob([CHAT]).stream()))
    expect(seen[0]?.bodyText).toBe(CHAT)
    expect(server.received[0]?.body).toBe(CHAT)
  })

  test("a stream past the limit passes instead of being refused", async () => {
    register(watcher("sent"))
    const size = 66 * 1024 * 1024
    const counting = await startCountingServer()
    const large = new Blob(["{", new Uint8Array(size - 1)])
    const response = await send(counting.url, post(large.stream(), { "x-session-id": "ses_a" }))
    expect(await response.text()).toBe(String(size))
    expect(seen).toEqual([])
    await counting.close()
  }, 30_000)

  test("bytes are seen as they were sent, though the caller overwrites them and the stage looks late", async () => {
    let late: (() => Exchange | undefined) | undefined
    register({
      ...watcher("sent"),
      watch: (sent, exchange) => {
        late = exchange
        return sent
      },
    })
    const bytes = new TextEncoder().encode(CHAT)
    const response = send(server.url, post(bytes))
    bytes.fill(0)
    expect(late?.()?.bodyText).toBe(CHAT)
    await response
    expect(server.received[0]?.body).toBe(CHAT)
  })

  test("what it makes of the reply is what the caller gets; its own failure is not the caller's", async () => {
    const replace: Stage = {
      ...watcher("sent"),
      watch: async (sent) => new Response(`${await (await sent).text()}!`),
    }
    register(replace)
    expect(await (await send(server.url, post(CHAT))).text()).toBe('{"ok":true}!')
  })

  test("a refused connection fails as it would have", async () => {
    register(watcher("sent"))
    await server.close()
    await expect(send(server.url, post(CHAT))).rejects.toThrow()
  })
})
