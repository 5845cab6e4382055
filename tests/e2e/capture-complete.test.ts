import { readdir } from "node:fs/promises"
import { createServer } from "node:net"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { messageText, type OpencodeClient } from "../support/opencode/client.ts"
import { DIALECTS, modelRef, opencodeConfig } from "../support/opencode/providers.ts"
import type { ProviderDialect } from "../support/provider/dialect.ts"
import type { ProviderRequest } from "../support/provider/start-provider.ts"
import type { Step } from "../support/provider/step.ts"
import { hasToolResult, lastText, purposeOf } from "../support/script.ts"
import { waitFor } from "../support/wait.ts"
import { type Dump, type Rig, startRig } from "./intercept/rig.ts"

type Lane = ProviderDialect | "generic-messages"

const LANES: readonly Lane[] = [...DIALECTS, "generic-messages"]
const GENERIC = { providerID: "generic", modelID: "scripted" }
const TURN_MS = 60_000

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
  const { client } = await rig.project("switch", "openai-chat", () => ({ text: "Hello." }))
  await rig.intercept(client, await client.createSession({ title: "Switch" }), "on all")
}, 120_000)
afterAll(() => rig?.stop(), 20_000)

describe.each(LANES)("%s", (lane) => {
  test("every call on the wire is one capture: title, tool, subagent, compaction, retry, abort, cut", async () => {
    await rig.prove(async () => {
      const client = await projectOf(lane)
      const session = await client.createSession()
      await client.prompt(session, "tool", TURN_MS)
      await client.prompt(session, "subagent", TURN_MS)
      await client.summarize(session, lane === "generic-messages" ? GENERIC : modelRef(lane))
      expect(messageText((await client.prompt(session, "busy", TURN_MS)).json)).toBe("Ready.")
      const listening = new AbortController()
      const spoken = hasSpoken(client, session, listening.signal)
      const stalled = client.prompt(session, "stall", TURN_MS)
      await spoken
      listening.abort()
      await client.abort(session)
      await stalled
      await client.prompt(session, "cut", TURN_MS)

      const purposes = wire(lane).map(purposeOf)
      expect(purposes.filter((purpose) => purpose === "title")).toHaveLength(1)
      expect(purposes.filter((purpose) => purpose === "compaction")).toHaveLength(1)
      expect(wire(lane).some((request) => request.parentSessionId === session)).toBe(true)
      const dumps = await dumpsOfLane(lane, wire(lane).length)
      // Bodies hold no secret here, so they are on disk as they were sent, each once.
      expect(sorted(dumps.map((dump) => dump.request.body))).toEqual(
        sorted(wire(lane).map(({ json }) => json)),
      )
      expect(new Set(dumps.map((dump) => dump.meta.dialect))).toEqual(new Set([lane]))
      const agents = new Set(dumps.map((dump) => dump.meta.agent))
      expect(agents).toEqual(new Set(["title", "build", "general", "compaction"]))
      const ends = dumps.map((dump) => dump.meta.end)
      expect(ends.filter((end) => end === "aborted")).toHaveLength(1)
      expect(ends.filter((end) => end === "cut")).toHaveLength(1)
      expect(dumps.filter((dump) => dump.meta.status === 503)).toHaveLength(1)
      for (const end of ["aborted", "cut"]) {
        expect(dumps.find((dump) => dump.meta.end === end)?.response.body).toMatch(/^Half/)
      }
    })
  }, 180_000)
})

test("attempts that meet a closed connection are one capture each, and so are those at a closed port", async () => {
  const port = await closingPort()
  try {
    await rig.prove(async () => {
      for (const [name, url] of [
        ["closing", `http://127.0.0.1:${port.number}/closing/v1`],
        ["refused", "http://127.0.0.1:1/refused/v1"],
      ] as const) {
        const client = await customProject(name, { baseURL: url })
        const session = await client.createSession({ title: name })
        const turn = client.prompt(session, "hello", TURN_MS)
        await waitFor(async () => (await rig.dumps(session)).length >= 2, TURN_MS)
        await client.abort(session)
        await turn
        const attempts = port.connections()
        const dumps = await rig.dumps(session)
        if (name === "closing") expect(dumps).toHaveLength(attempts)
        expect(new Set(dumps.map((dump) => dump.meta.end))).toEqual(new Set(["network-error"]))
        expect(dumps.every((dump) => dump.response.status === null && dump.meta.agent === "build")).toBe(true)
      }
    })
  } finally {
    await port.close()
  }
}, 180_000)

test("a provider that sends no headers in time is captured as a timeout", async () => {
  await rig.prove(async () => {
    const waits = [4000]
    rig.provider.script("late", () => ({ text: "Hello.", headersAfterMs: waits.shift() ?? 0 }))
    const client = await customProject("late", {
      baseURL: rig.provider.baseUrl("late", "openai-chat"),
      headerTimeout: 1500,
    })
    const session = await client.createSession({ title: "Late" })
    await client.prompt(session, "hello", TURN_MS)
    const dumps = await dumpsOfLane("late", rig.provider.lane("late").length)
    expect(dumps).toHaveLength(rig.provider.lane("late").length)
    expect(dumps[0]?.meta).toMatchObject({ end: "timeout", status: null, firstByteMs: null })
  })
}, 120_000)

/** A project whose default model speaks `lane`, answered by what the person says. */
async function projectOf(lane: Lane): Promise<OpencodeClient> {
  const busy = ["busy"]
  const cut = ["cut"]
  const answer = (request: ProviderRequest): Step => {
    if (purposeOf(request) === "title") return { text: "A title" }
    if (purposeOf(request) === "compaction") return { text: "A summary" }
    if (request.parentSessionId !== undefined || hasToolResult(request)) return { text: "Done." }
    const said = lastText(request)
    if (said === "tool") return { toolCalls: [{ name: "glob", arguments: { pattern: "*.none" } }] }
    if (said === "subagent") {
      const task = { description: "Look", prompt: "Look around.", subagent_type: "general" }
      return { toolCalls: [{ name: "task", arguments: task }] }
    }
    if (said === "busy" && busy.shift() !== undefined) return busyAnswer
    if (said === "stall") return { text: ["Half", " of", " it", " all"], stallAfterChunks: STALL_AFTER[lane] }
    if (said === "cut" && cut.shift() !== undefined) {
      return { text: ["Half", " of", " it", " all"], cutAfterChunks: STALL_AFTER[lane], betweenChunksMs: 30 }
    }
    return { text: "Ready." }
  }
  if (lane !== "generic-messages") return (await rig.project(lane, lane, answer)).client
  rig.provider.script(lane, answer)
  const npm = `file://${fileURLToPath(new URL("../support/generic-provider.ts", import.meta.url))}`
  const models = {
    scripted: { name: "Scripted", tool_call: true, limit: { context: 200_000, output: 8000 } },
  }
  const config = {
    ...opencodeConfig(rig.provider, lane, "openai-chat"),
    model: "generic/scripted",
    small_model: "generic/scripted",
    provider: { generic: { npm, options: { baseURL: `${rig.provider.url}/${lane}` }, models } },
  }
  const directory = await rig.home.project(lane, { "opencode.json": JSON.stringify(config) })
  return rig.server.client(directory)
}

const busyAnswer: Step = {
  kind: "failure",
  status: 503,
  message: "busy",
  headers: { "retry-after-ms": "10" },
}

/** Chunks of the scripted reply up to its second word, by what each format says before the first. */
const STALL_AFTER: Readonly<Record<Lane, number>> = {
  "openai-chat": 3,
  "openai-responses": 6,
  "anthropic-messages": 4,
  "google-generate-content": 2,
  "bedrock-converse": 3,
  "generic-messages": 3,
}

async function customProject(name: string, options: Record<string, unknown>): Promise<OpencodeClient> {
  const config = opencodeConfig(rig.provider, name, "openai-chat")
  const compat: unknown = Reflect.get(Object(config.provider), "compat")
  Object.assign(Object(Reflect.get(Object(compat), "options")), options)
  const directory = await rig.home.project(name, { "opencode.json": JSON.stringify(config) })
  return rig.server.client(directory)
}

function wire(lane: Lane): readonly ProviderRequest[] {
  return rig.provider.lane(lane)
}

/** All captures whose request went to a lane, from every session, once there are `count`. */
async function dumpsOfLane(lane: string, count: number): Promise<readonly Dump[]> {
  const look = async (): Promise<readonly Dump[]> => {
    const names = (await readdir(rig.captureRoot)).filter((name) => !name.startsWith("."))
    const dumps = (await Promise.all(names.map((name) => rig.dumps(name)))).flat()
    return dumps.filter((dump) => textOf(dump.meta.url).includes(`/${lane}/`))
  }
  await waitFor(async () => (await look()).length >= count, 30_000)
  return look()
}

/** Resolves at the first words of the next reply. */
async function hasSpoken(client: OpencodeClient, session: string, signal: AbortSignal): Promise<void> {
  for await (const event of client.events(signal)) {
    const properties = isJsonObject(event.properties) ? event.properties : {}
    if (event.type === "message.part.delta" && properties.sessionID === session) return
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}

function sorted(bodies: readonly unknown[]): readonly string[] {
  return bodies.map((body) => JSON.stringify(body)).sort()
}

/** A port that takes connections and closes each at once. */
async function closingPort(): Promise<{
  number: number
  connections: () => number
  close: () => Promise<void>
}> {
  let count = 0
  const server = createServer((socket) => {
    count += 1
    socket.on("error", () => undefined)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return {
    number: typeof address === "object" && address !== null ? address.port : 0,
    connections: () => count,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
