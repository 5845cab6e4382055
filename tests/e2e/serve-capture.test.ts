import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { canary } from "../support/canary.ts"
import { type OpencodeClient, messageText } from "../support/opencode/client.ts"
import { DIALECTS } from "../support/opencode/providers.ts"
import type { ProviderDialect } from "../support/provider/dialect.ts"
import { hasToolResult } from "../support/script.ts"
import { waitFor } from "../support/wait.ts"
import { type Dump, type Rig, startRig } from "./intercept/rig.ts"

const LABELS: Readonly<Record<ProviderDialect, string>> = {
  "openai-chat": "openai",
  "openai-responses": "openai",
  "anthropic-messages": "anthropic",
  "google-generate-content": "google",
  "bedrock-converse": "bedrock",
}

let rig: Rig

beforeAll(async () => {
  rig = await startRig({ prepare: (home) => plantOldCaptures(join(home.tmp, "opencode-interceptor")) })
}, 90_000)
afterAll(() => rig?.stop(), 10_000)

test("the first start deletes expired captures and leaves everything else alone", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("retention", "openai-chat", () => ({ text: "Hello." }))
    await rig.intercept(client, await client.createSession())
    await waitFor(() => !existsSync(join(rig.captureRoot, "ses_expired")))
    expect((await readdir(rig.captureRoot)).sort()).toEqual(["notes", "notes.txt", "ses_fresh", "ses_mixed"])
  })
}, 60_000)

test("while off, a prompt leaves nothing on disk", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("off", "openai-chat", () => ({ text: "Hello." }))
    const session = await client.createSession()
    await client.prompt(session, "Hello.")
    expect(await rig.dumps(session)).toEqual([])
    expect(existsSync(join(rig.captureRoot, session))).toBe(false)
  })
}, 60_000)

describe.each(DIALECTS)("while on, %s", (dialect) => {
  test("every provider call of a turn with a tool leaves one true trio", async () => {
    await rig.prove(async () => {
      const project = await rig.project(`on-${dialect}`, dialect, (request) =>
        hasToolResult(request)
          ? { text: ["It ", "holds ", "a note."], reasoning: "So." }
          : {
              text: "Let me look.",
              toolCalls: [{ name: "read", arguments: { filePath: join(project.directory, "a.txt") } }],
            },
      )
      await writeFile(join(project.directory, "a.txt"), "a note\n")
      const session = await capturing(project.client)
      await project.client.prompt(session, "What does a.txt hold?")

      const dumps = await settledDumps(session, 2)
      const calls = rig.provider.lane(project.name)
      expect(calls).toHaveLength(2)
      expect(dumps.map((dump) => dump.baseName.replace(/\d{4}-.*/, ""))).toEqual([
        `001-${LABELS[dialect]}-`,
        `002-${LABELS[dialect]}-`,
      ])
      expect(dumps.map((dump) => dump.request.body)).toEqual(calls.map((call) => call.json))
      expect(dumps.map((dump) => dump.meta.requestBytes)).toEqual(calls.map((call) => call.body.length))
      expect(dumps.map((dump) => dump.response.bodyFormat)).toEqual(["replay-text", "replay-text"])
      expect(dumps.map((dump) => dump.response.body)).toEqual(["Let me look.", "It holds a note."])
      const replay = dumps[0]?.response.replay
      expect(isJsonObject(replay) ? replay.toolCalls : undefined).toMatchObject([{ name: "read" }])
      for (const dump of dumps) expectTruthfulMeta(dump, dialect, session)
      expect((await stat(join(rig.captureRoot, session))).mode & 0o777).toBe(0o700)
      expect(dumps.flatMap((dump) => dump.modes)).toEqual(Array.from({ length: 6 }, () => 0o600))
    })
  }, 60_000)

  test("a secret of the person is in no file of the trio", async () => {
    await rig.prove(async () => {
      const secret = canary(`capture/${dialect}`)
      const project = await rig.project(`secret-${dialect}`, dialect, () => ({
        text: `I see ${secret.value}.`,
      }))
      const session = await capturing(project.client)
      await project.client.prompt(session, `My token is ${secret.value}, keep it.`)
      await settledDumps(session, 1)
      const directory = join(rig.captureRoot, session)
      const texts = await Promise.all(
        (await readdir(directory)).map((name) => readFile(join(directory, name), "utf8")),
      )
      expect(texts.filter((text) => text.includes(secret.value))).toHaveLength(0)
      expect(texts.filter((text) => /REDACTED:[0-9a-f]{14}/.test(text)).length).toBeGreaterThan(0)
    })
  }, 60_000)
})

test("the title and a subagent are filed under the session they belong to", async () => {
  await rig.prove(async () => {
    const project = await rig.project("family", "anthropic-messages", (request) => {
      if (
        request.parentSessionId !== undefined ||
        hasToolResult(request) ||
        request.view.tools.length === 0
      ) {
        return { text: "Done." }
      }
      const task = { description: "Look", prompt: "Look around.", subagent_type: "general" }
      return { toolCalls: [{ name: "task", arguments: task }] }
    })
    const session = await project.client.createSession()
    const other = await project.client.createSession({ title: "Other" })
    await rig.intercept(project.client, session, "on")
    await project.client.prompt(other, "Look around.")
    await project.client.prompt(session, "Look around.")
    const child =
      rig.provider.lane("family").find((request) => request.parentSessionId === session)?.sessionId ?? ""
    const dumps = await settledDumps(session, 3)
    const agents = dumps.map((dump) => dump.meta.agent)
    expect(agents).toHaveLength(3)
    expect(agents.filter((agent) => agent === "title")).toHaveLength(1)
    expect(agents.filter((agent) => agent === "build")).toHaveLength(2)
    expect((await settledDumps(child, 1)).map((dump) => dump.meta.parentSessionId)).toEqual([session])
    expect(await rig.dumps(other)).toEqual([])
  })
}, 60_000)

test("parallel sessions are never mixed up", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("parallel", "openai-chat", (request) => ({
      text: [`${request.view.messages.at(-1)?.text ?? ""} `, "answered"],
      betweenChunksMs: 15,
    }))
    const watcher = await client.createSession({ title: "Everything" })
    await rig.intercept(client, watcher, "on all")
    const sessions = await Promise.all(
      Array.from({ length: 6 }, (_, index) => client.createSession({ title: `${index}` })),
    )
    await Promise.all(sessions.map((session, index) => client.prompt(session, `Question ${index}`)))
    for (const [index, session] of sessions.entries()) {
      const dumps = await settledDumps(session, 1)
      expect(dumps.map((dump) => dump.response.body)).toEqual([`Question ${index} answered`])
    }
    await rig.intercept(client, watcher, "off all")
  })
}, 60_000)

test("an HTTP error is kept with its secret fields scrubbed, and is no anomaly", async () => {
  await rig.prove(async () => {
    const secret = canary("error body", "password-assignment")
    const body = { error: { message: "busy", api_key: secret.value, nested: { secret_note: secret.value } } }
    const answers = ["busy", "ready"]
    const { client } = await rig.project("error", "openai-chat", () =>
      answers.shift() === "busy"
        ? {
            kind: "raw",
            status: 503,
            headers: { "content-type": "application/json", "retry-after-ms": "10" },
            chunks: [JSON.stringify(body)],
          }
        : { text: "Hello." },
    )
    const session = await capturing(client)
    const before = await rig.intercept(client, session)
    await client.prompt(session, "Hello.")
    const [failed, answered] = await settledDumps(session, 2)
    expect(failed?.response).toMatchObject({ status: 503, bodyFormat: "json" })
    expect(failed?.response.body).toEqual({
      error: { message: "busy", api_key: "[REDACTED]", nested: { secret_note: "[REDACTED]" } },
    })
    expect(answered?.response).toMatchObject({ status: 200, body: "Hello." })
    expect((await rig.intercept(client, session)).anomalies).toBe(before.anomalies)
  })
}, 60_000)

test("a reply that comes compressed is captured as text", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("gzip", "anthropic-messages", () => ({ text: "Small.", gzip: true }))
    const session = await capturing(client)
    expect(messageText((await client.prompt(session, "Hello.")).json)).toBe("Small.")
    expect((await settledDumps(session, 1)).map((dump) => dump.response.body)).toEqual(["Small."])
  })
}, 60_000)

test("a malformed stream is omitted and shown by /intercept", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("malformed", "openai-chat", () => ({
      kind: "raw",
      status: 200,
      headers: { "content-type": "text/event-stream" },
      chunks: ["data: {not json}\n\n", "data: [DONE]\n\n"],
    }))
    const session = await capturing(client)
    const before = await rig.intercept(client, session)
    await client.prompt(session, "Hello.")
    const [dump] = await settledDumps(session, 1)
    expect(dump?.response).toMatchObject({
      body: null,
      bodyFormat: "omitted",
      bodyOmittedReason: "malformed-event-stream",
    })
    const after = await rig.intercept(client, session)
    expect(after.anomalies).toBeGreaterThan(before.anomalies)
    expect(after).toMatchObject({ latestPhase: "capture/response-parse" })
  })
}, 60_000)

test("a stalled reply that the person stops keeps what had come, and the session goes on", async () => {
  await rig.prove(async () => {
    const stall = { text: ["One ", "two ", "three"], stallAfterChunks: 3 }
    const answers = [stall]
    const { client, name } = await rig.project(
      "stalled",
      "openai-chat",
      () => answers.shift() ?? { text: "Back." },
    )
    const session = await capturing(client)
    const turn = client.prompt(session, "Count.")
    await waitFor(() => rig.provider.lane(name).length === 1)
    await sleep(300)
    await client.abort(session)
    await turn
    const [dump] = await settledDumps(session, 1)
    expect(dump?.meta.end).toBe("aborted")
    expect(dump?.response).toMatchObject({ bodyFormat: "replay-text", body: "One two " })
    expect(messageText((await client.prompt(session, "Again.")).json)).toBe("Back.")
  })
}, 60_000)

test("a reply cut by the provider keeps what had come and says so", async () => {
  await rig.prove(async () => {
    const cut = { text: ["One ", "two ", "three"], cutAfterChunks: 3, betweenChunksMs: 20 }
    const answers = [cut]
    const { client } = await rig.project(
      "cut",
      "anthropic-messages",
      () => answers.shift() ?? { text: "Whole." },
    )
    const session = await capturing(client)
    await client.prompt(session, "Count.")
    const [dump] = await settledDumps(session, 1)
    expect(dump?.meta.end).toBe("cut")
    expect(dump?.response.bodyReadError).not.toBeNull()
    expect((await rig.intercept(client, session)).latestPhase).toBe("capture/response-read")
  })
}, 60_000)

test("capturing holds no chunk back: the first words arrive while the provider still speaks", async () => {
  await rig.prove(async () => {
    const words = Array.from({ length: 10 }, (_, index) => `word${index} `)
    const { client } = await rig.project("streaming", "openai-chat", () => ({
      text: words,
      betweenChunksMs: 100,
    }))
    const session = await capturing(client)
    const listening = new AbortController()
    const firstDelta = firstDeltaAt(client, session, listening.signal)
    await sleep(100)
    await client.prompt(session, "Speak.")
    const endedAtMs = performance.now()
    expect(endedAtMs - (await firstDelta)).toBeGreaterThan(500)
    listening.abort()
    expect((await settledDumps(session, 1)).map((dump) => dump.response.body)).toEqual([words.join("")])
  })
}, 60_000)

test("where captures cannot be written the person sees it and the answer still comes", async () => {
  const blocked = await startRig({
    prepare: (home) => writeFile(join(home.tmp, "opencode-interceptor"), "in the way"),
  })
  try {
    await blocked.prove(async () => {
      const { client } = await blocked.project("blocked", "openai-chat", () => ({ text: "Hello." }))
      const session = await client.createSession({ title: "Blocked" })
      await blocked.intercept(client, session, "on")
      expect(messageText((await client.prompt(session, "Hello.")).json)).toBe("Hello.")
      const summary = await blocked.intercept(client, session)
      expect(summary).toMatchObject({ captures: 0, latestPhase: "capture/dump-write" })
      expect(summary.latestMessage).toMatch(/not a directory/)
      expect(summary.anomalies).toBeGreaterThan(0)
      expect(await readFile(join(blocked.home.tmp, "opencode-interceptor"), "utf8")).toBe("in the way")
    })
  } finally {
    await blocked.stop()
  }
}, 60_000)

/** A session in which capturing has been switched on. */
async function capturing(client: OpencodeClient): Promise<string> {
  const session = await client.createSession({ title: "Capture" })
  await rig.intercept(client, session, "on")
  return session
}

/** The session's captures once there are `count`: they are written behind the reply. */
async function settledDumps(session: string, count: number): Promise<readonly Dump[]> {
  await waitFor(async () => (await rig.dumps(session)).length >= count, 30_000)
  return rig.dumps(session)
}

function expectTruthfulMeta(dump: Dump, dialect: ProviderDialect, session: string): void {
  const { requestBytes, responseBytes, capturedBytes } = dump.meta
  expect(dump.meta).toMatchObject({
    method: "POST",
    status: 200,
    sessionId: session,
    agent: "build",
    dialect,
    provider: LABELS[dialect],
    end: "complete",
  })
  expect(capturedBytes).toBe(Number(requestBytes) + Number(responseBytes))
  expect(Object.values(isJsonObject(dump.request.headers) ? dump.request.headers : {})).toContain(
    "[REDACTED]",
  )
}

async function firstDeltaAt(client: OpencodeClient, session: string, signal: AbortSignal): Promise<number> {
  for await (const event of client.events(signal)) {
    const properties = isJsonObject(event.properties) ? event.properties : {}
    if (event.type === "message.part.delta" && properties.sessionID === session) return performance.now()
  }
  throw new Error("No delta arrived")
}

/** One expired session, one fresh, one expired with a file that is not ours, and two things that are no session. */
async function plantOldCaptures(root: string): Promise<void> {
  const file = "001-anthropic-2026-01-01T00-00-00-000Z.meta.json"
  const files = [
    ["ses_expired", file, true],
    ["ses_fresh", file, false],
    ["ses_mixed", file, true],
    ["ses_mixed", "precious.txt", true],
    ["notes", "precious.txt", true],
  ] as const
  const old = new Date(Date.now() - 48 * 3_600_000)
  for (const [directory, name, expired] of files) {
    const path = join(root, directory, name)
    await mkdir(join(root, directory), { recursive: true, mode: 0o700 })
    await writeFile(path, "{}", { mode: 0o600 })
    if (expired) await utimes(path, old, old)
    if (expired) await utimes(join(root, directory), old, old)
  }
  await writeFile(join(root, "notes.txt"), "mine")
}
