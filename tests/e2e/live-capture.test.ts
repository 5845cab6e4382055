import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isJsonObject, type JsonObject, parseJson } from "../../src/base/json.ts"
import { serveOpencode } from "../support/opencode.ts"
import { hasToolResult, lastText } from "../support/script.ts"
import { waitFor } from "../support/wait.ts"
import { type Rig, startRig } from "./intercept/rig.ts"

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
}, 60_000)
afterAll(() => rig?.stop(), 10_000)

/** Files of a session; none where it has no directory. */
function filesOf(session: string): readonly string[] {
  try {
    return readdirSync(join(rig.captureRoot, session)).sort()
  } catch {
    return []
  }
}

/** The lines of the session's files of events, in order. */
function eventsOf(session: string): readonly JsonObject[] {
  return filesOf(session)
    .filter((name) => name.endsWith(".events.jsonl"))
    .flatMap((name) => readFileSync(join(rig.captureRoot, session, name), "utf8").split("\n"))
    .flatMap((line) => {
      const value = parseJson(line)
      return isJsonObject(value) ? [value] : []
    })
}

describe("while a reply streams", () => {
  test("its request is on disk before the first byte, and its words within a quarter of a second", async () => {
    await rig.prove(async () => {
      const seen: { request?: boolean; session?: string; firstMs?: number } = {}
      const words = Array.from({ length: 12 }, (_, index) => `word${index} `)
      const { client } = await rig.project("live", "anthropic-messages", () => {
        seen.firstMs = performance.now()
        return { text: words, headersAfterMs: 150, betweenChunksMs: 100 }
      })
      const session = await client.createSession({ title: "Live" })
      await rig.intercept(client, session, "on")
      const answer = client.prompt(session, "Speak.")
      await waitFor(() => seen.firstMs !== undefined)
      await waitFor(() => filesOf(session).some((name) => name.endsWith(".request.json")))
      // The provider sends its headers 150 ms after the request came.
      expect(performance.now() - (seen.firstMs ?? 0)).toBeLessThan(150)
      expect(filesOf(session).filter((name) => name.endsWith(".json"))).toHaveLength(1)
      await waitFor(() => JSON.stringify(eventsOf(session)).includes("word3"))
      expect(JSON.stringify(eventsOf(session))).not.toContain("word11")
      await answer
      await waitFor(async () => (await rig.dumps(session)).length === 1)
      const deltas = eventsOf(session).filter(({ event }) => event === "content_block_delta")
      const times = deltas.map(({ ms }) => Number(ms))
      expect(deltas).toHaveLength(words.length)
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900)
      expect(eventsOf(session).at(-1)).toMatchObject({ end: "complete" })
    })
  }, 60_000)
})

describe("scopes", () => {
  test("on covers the conversation and its subagents, no other; on all every project of the process", async () => {
    await rig.prove(async () => {
      const { client } = await rig.project("scopes", "openai-chat", (request) => {
        if (hasToolResult(request) || lastText(request) !== "Delegate.") return { text: "Fine." }
        const task = { description: "Look", prompt: "Look around.", subagent_type: "general" }
        return { toolCalls: [{ name: "task", arguments: task }] }
      })
      const session = await client.createSession({ title: "Scopes" })
      const other = await client.createSession({ title: "Other" })
      await rig.intercept(client, session, "on")
      await client.prompt(other, "Hello.")
      await client.prompt(session, "Delegate.")
      await waitFor(async () => (await rig.dumps(session)).length === 2)
      const children = readdirSync(rig.captureRoot).filter(
        (name) => name.startsWith("ses_") && name !== session,
      )
      expect(children).not.toContain(other)
      const dumps = (await Promise.all(children.map((name) => rig.dumps(name)))).flat()
      expect(dumps.filter(({ meta }) => meta.parentSessionId === session)).toHaveLength(1)
      const here = await rig.intercept(client, session)
      expect(here).toMatchObject({ enabled: "enabled", captures: 3 })
      expect(await rig.intercept(client, other)).toMatchObject({ enabled: "disabled", captures: 0 })

      const elsewhere = await rig.project("elsewhere", "anthropic-messages", () => ({ text: "There." }))
      const far = await elsewhere.client.createSession({ title: "Far" })
      await elsewhere.client.prompt(far, "Hello.")
      expect(await rig.dumps(far)).toEqual([])
      await rig.intercept(client, session, "on all")
      expect(await rig.intercept(elsewhere.client, far)).toMatchObject({ enabled: "enabled" })
      await elsewhere.client.prompt(far, "Hello again.")
      await waitFor(async () => (await rig.dumps(far)).length === 1)
      await rig.intercept(elsewhere.client, far, "off all")
      expect(await rig.intercept(client, session)).toMatchObject({ enabled: "disabled" })
    })
  }, 90_000)

  test("last names the latest capture, purge deletes those of the conversation", async () => {
    await rig.prove(async () => {
      const { client } = await rig.project("last", "openai-responses", () => ({ text: "Said." }))
      const session = await client.createSession({ title: "Last" })
      await rig.intercept(client, session, "on")
      await client.prompt(session, "Hello.")
      await waitFor(async () => (await rig.dumps(session)).length === 1)
      expect(await rig.intercept(client, session, "last")).toMatchObject({
        heading: "Interceptor Last",
        captures: 1,
      })
      expect(await rig.intercept(client, session, "open")).toMatchObject({ heading: "Interceptor Open" })
      expect(await rig.intercept(client, session, "purge")).toMatchObject({ heading: "Interceptor Purged" })
      expect(await rig.dumps(session)).toEqual([])
      expect(filesOf(session)).toEqual([])
    })
  }, 60_000)
})

test("a killed OpenCode leaves request and partial reply, and the next start finishes the trio", async () => {
  await rig.prove(async () => {
    const { client, directory } = await rig.project("killed", "openai-chat", () => ({
      text: ["The first half ", "of the answer ", "never ends"],
      stallAfterChunks: 4,
    }))
    const session = await client.createSession({ title: "Killed" })
    await rig.intercept(client, session, "on")
    void client.prompt(session, "Speak.").catch(() => undefined)
    await waitFor(() => JSON.stringify(eventsOf(session)).includes("first half"))
    process.kill(-rig.server.process.pid, "SIGKILL")
    await rig.server.process.exited
    expect(filesOf(session).some((name) => name.endsWith(".reserved"))).toBe(true)
    expect(filesOf(session).filter((name) => name.endsWith(".meta.json"))).toEqual([])
    const again = await serveOpencode(rig.home, { readyWithinMs: 40_000 })
    try {
      await rig.intercept(again.client(directory), session)
      await waitFor(async () => (await rig.dumps(session)).length === 1)
      const [dump] = await rig.dumps(session)
      expect(dump?.meta).toMatchObject({
        end: "aborted",
        status: 200,
        agent: "build",
        dialect: "openai-chat",
      })
      expect(dump?.response).toMatchObject({ bodyFormat: "replay-text" })
      expect(dump?.response.body).toContain("The first half")
      expect(filesOf(session).filter((name) => name.startsWith("."))).toEqual([])
    } finally {
      await again.stop()
    }
  })
}, 90_000)
