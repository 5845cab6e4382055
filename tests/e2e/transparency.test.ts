import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isJsonObject, type JsonObject, parseJson } from "../../src/base/json.ts"
import { CALL_NAMES } from "../support/fetch-calls.ts"
import { messageText } from "../support/opencode/client.ts"
import { opencodeConfig } from "../support/opencode/providers.ts"
import { order, postingPlugin } from "../support/posting.ts"
import { type Arrival, startRecordingServers } from "../support/proxy.ts"
import { purposeOf } from "../support/script.ts"
import { waitFor } from "../support/wait.ts"
import { PLUGIN, type Rig, startRig } from "./intercept/rig.ts"

type Mode = "absent" | "capture off" | "capture on" | "capture alone, on"

const MODES: readonly Exclude<Mode, "absent">[] = ["capture off", "capture on", "capture alone, on"]

/** How many of the calls are POSTs with a readable body that asks a model to speak. */
const MODEL_CALLS = 25

/** What the caller, and what the servers, saw of each call. Ports and boundaries are written alike. */
interface Seen {
  readonly caller: JsonObject
  readonly servers: Readonly<Record<string, readonly object[]>>
  /** Captures of requests that belong to no session. */
  readonly captures: number
}

const seen = new Map<Mode, Seen>()

beforeAll(async () => {
  await callsOf([], ["absent"])
  await callsOf([PLUGIN], ["capture off", "capture on"])
  await callsOf([[PLUGIN, { redact: false }]], ["capture alone, on"])
}, 240_000)

afterAll(() => seen.clear())

describe.each(MODES)("with Airlock, %s", (mode) => {
  test.each(CALL_NAMES)("a call that is a %s looks to its caller and to its server as without", (name) => {
    const [before, after] = [seen.get("absent"), seen.get(mode)]
    expect(before?.caller[name]).toBeDefined()
    expect(after?.caller[name]).toEqual(before?.caller[name])
    expect(after?.servers[name]).toEqual(before?.servers[name])
  })
})

test("the calls met what they were to meet, and captures were made only where they should be", () => {
  const { caller, servers }: Seen = seen.get("absent") ?? { caller: {}, servers: {}, captures: 0 }
  const of = (name: string): JsonObject => {
    const call = caller[name]
    return isJsonObject(call) ? call : {}
  }
  expect(of("proxy").status).toBe(200)
  expect(servers.proxy?.map((arrival) => Reflect.get(arrival, "at"))).toEqual(["proxy", "plain"])
  expect(of("tls").status).toBe(200)
  expect(of("tls-that-must-fail").error).toMatch(/self.signed/i)
  expect(of("redirect")).toMatchObject({ redirected: true, status: 200 })
  expect(of("aborted-with-reason").error).toBe("RangeError: mine")
  expect(of("cut-reply")).toMatchObject({ status: 200, error: expect.stringContaining("closed") })
  expect(CALL_NAMES.length).toBeGreaterThanOrEqual(30)
  expect(seen.get("capture off")?.captures).toBe(0)
  expect(seen.get("capture on")?.captures).toBe(MODEL_CALLS)
  expect(seen.get("capture alone, on")?.captures).toBe(MODEL_CALLS)
})

test("a reply that takes longer than headerTimeout is one request, and all of it comes", async () => {
  const rig = await startRig()
  try {
    await rig.prove(async () => {
      const words = Array.from({ length: 9 }, (_, index) => `word${index} `)
      rig.provider.script("long", (request) =>
        purposeOf(request) === "turn" ? { text: words, betweenChunksMs: 400 } : { text: "Title" },
      )
      const config = opencodeConfig(rig.provider, "long", "openai-chat")
      const directory = await rig.home.project("long", {
        "opencode.json": JSON.stringify(withOption(config, "headerTimeout", 2000)),
      })
      const client = rig.server.client(directory)
      const session = await client.createSession({ title: "Long" })
      await rig.intercept(client, session, "on")
      const startedAt = performance.now()
      expect(messageText((await client.prompt(session, "Count.", 60_000)).json)).toBe(words.join(""))
      expect(performance.now() - startedAt).toBeGreaterThan(3500)
      expect(rig.provider.lane("long")).toHaveLength(1)
    })
  } finally {
    await rig.stop()
  }
}, 90_000)

/** Makes the calls in one OpenCode, once for each mode in turn. */
async function callsOf(
  airlock: readonly (string | readonly [string, object])[],
  modes: readonly Mode[],
): Promise<void> {
  const rig = await startRig({ plugin: (home) => [...airlock, postingPlugin(home)] })
  try {
    const { client } = await rig.project("calls", "openai-chat", () => ({ text: "Hello." }))
    const session = await client.createSession({ title: "Calls" })
    for (const mode of modes) {
      if (mode.endsWith("on")) await rig.intercept(client, session, "on all")
      seen.set(mode, await makeCallsIn(rig, mode.endsWith("on")))
    }
  } finally {
    await rig.stop()
  }
}

async function makeCallsIn(rig: Rig, capturing: boolean): Promise<Seen> {
  const servers = await startRecordingServers()
  try {
    const answer = Object(await order(rig.home, { kind: "calls", targets: servers.targets }))
    const [url, tlsUrl] = [servers.targets.url, servers.targets.tlsUrl]
    const plain = (text: string): string =>
      text.replaceAll(url, "http://server").replaceAll(tlsUrl, "https://server")
    const caller = parseJson(plain(JSON.stringify(answer)))
    if (!isJsonObject(caller)) throw new Error("The calls were not made")
    if (capturing)
      await waitFor(async () => (await rig.dumps("unknown-session")).length >= MODEL_CALLS, 30_000)
    return {
      caller,
      servers: byCall(servers.arrivals, plain),
      captures: (await rig.dumps("unknown-session")).length,
    }
  } finally {
    await servers.stop()
  }
}

function byCall(
  arrivals: readonly Arrival[],
  plain: (text: string) => string,
): Readonly<Record<string, readonly object[]>> {
  const calls: Record<string, object[]> = {}
  let last = ""
  for (const arrival of arrivals) {
    const path = plain(arrival.url).replace(/^https?:\/\/server/, "")
    const name = path.slice(1).split("?", 1)[0] ?? ""
    // The second request of a redirect goes to a path of its own.
    if (name !== "there") last = name
    const boundary = /boundary=(?:"?)([^";\n]+)/.exec(arrival.rawHeaders.join("\n"))?.[1] ?? "no boundary"
    const body = Buffer.from(arrival.body, "base64").toString("latin1").replaceAll(boundary, "boundary")
    calls[last] ??= []
    calls[last]?.push({
      at: arrival.at,
      method: arrival.method,
      path,
      headers: headersOf(arrival, boundary),
      body,
    })
  }
  return calls
}

/** Headers without what names a port, sorted: their order is the host's own affair. */
function headersOf({ rawHeaders }: Arrival, boundary: string): readonly string[] {
  const pairs: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase()
    if (name !== "host") pairs.push(`${name}: ${(rawHeaders[index + 1] ?? "").replace(boundary, "boundary")}`)
  }
  return pairs.sort()
}

/** The configuration with one more option of the provider that the default model belongs to. */
function withOption(config: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  const copy = structuredClone(config)
  const provider = Reflect.get(Object(copy.provider), "compat")
  Object.assign(Object(Reflect.get(Object(provider), "options")), { [name]: value })
  return copy
}
