import { afterAll, beforeAll, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { modelRef } from "../support/opencode/providers.ts"
import { delayingPlugin } from "../support/posting.ts"
import { hasToolResult, lastText, purposeOf } from "../support/script.ts"
import { waitFor } from "../support/wait.ts"
import { type Dump, PLUGIN, type Rig, startRig } from "./intercept/rig.ts"

const CONVERSATIONS = 8
const PROMPTS = 10

let rig: Rig

beforeAll(async () => {
  // Hooks run in the order of the configuration, so calls wait before and behind ours.
  rig = await startRig({ plugin: (home) => [delayingPlugin(home, 1), PLUGIN, delayingPlugin(home, 2)] })
}, 90_000)
afterAll(() => rig?.stop(), 20_000)

test("of eighty turns of eight parallel conversations in two projects, each is filed under its own", async () => {
  await rig.prove(async () => {
    const projects = await Promise.all(
      ["left", "right"].map((name) =>
        rig.project(name, "openai-chat", (request) => ({ text: [`Heard: `, lastText(request)] })),
      ),
    )
    const sessions = await Promise.all(
      Array.from({ length: CONVERSATIONS }, async (_, index) => {
        const client = projects[index % 2]?.client
        if (client === undefined) throw new Error("no project")
        return { client, id: await client.createSession({ title: `Conversation ${index}` }) }
      }),
    )
    const [first] = sessions
    if (first === undefined) throw new Error("no session")
    await rig.intercept(first.client, first.id, "on all")
    await Promise.all(
      sessions.map(async ({ client, id }, index) => {
        for (let prompt = 0; prompt < PROMPTS; prompt += 1) {
          await client.prompt(id, wordsOf(index, prompt), 90_000)
        }
      }),
    )
    const wrong: string[] = []
    let turns = 0
    for (const [index, { id }] of sessions.entries()) {
      const dumps = await settledDumps(id, PROMPTS)
      turns += dumps.length
      for (const [prompt, dump] of dumps.entries()) {
        wrong.push(...problemsOf(dump, wordsOf(index, prompt), id))
      }
    }
    expect(turns).toBe(CONVERSATIONS * PROMPTS)
    const delays = rig.provider.requests.flatMap(({ headers }) => [
      headers["x-delayed-1"],
      headers["x-delayed-2"],
    ])
    expect(delays.filter((delay) => Number(delay) >= 0)).toHaveLength(2 * turns)
    expect(wrong).toEqual([])
  })
}, 240_000)

test("titles, subagents and compactions are named, with the message that they answer", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("named", "anthropic-messages", (request) => {
      if (purposeOf(request) === "title") return { text: "A title" }
      if (purposeOf(request) === "compaction") return { text: "A summary" }
      if (request.parentSessionId !== undefined || hasToolResult(request)) return { text: "Done." }
      const task = { description: "Look", prompt: "Look around.", subagent_type: "general" }
      return { toolCalls: [{ name: "task", arguments: task }] }
    })
    const id = await client.createSession()
    await rig.intercept(client, id, "on")
    await client.prompt(id, "Look around.", 90_000)
    await client.summarize(id, modelRef("anthropic-messages"))
    const child =
      rig.provider.lane("named").find((request) => request.parentSessionId === id)?.sessionId ?? ""
    const dumps = await settledDumps(id, 4)
    const agents = dumps.map(({ meta }) => (typeof meta.agent === "string" ? meta.agent : "none")).sort()
    expect(agents.filter((agent) => agent !== "build")).toEqual(["compaction", "title"])
    expect(agents.length).toBe(
      rig.provider.lane("named").filter((request) => request.sessionId === id).length,
    )
    expect(
      dumps.every(({ meta }) => typeof meta.messageId === "string" && meta.messageId.startsWith("msg_")),
    ).toBe(true)
    expect(dumps.every((dump) => dump.meta.attribution === "mark")).toBe(true)
    const [subagent] = await settledDumps(child, 1)
    expect(subagent?.meta).toMatchObject({ agent: "general", sessionId: child, parentSessionId: id })
  })
}, 120_000)

function wordsOf(conversation: number, prompt: number): string {
  return `conversation-${conversation} prompt-${prompt}.`
}

/** What of a capture belongs to another turn than this one. Names conversations only. */
function problemsOf(dump: Dump, words: string, session: string): readonly string[] {
  const messages = isJsonObject(dump.request.body) ? dump.request.body.messages : undefined
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
  const checks: readonly (readonly [string, boolean])[] = [
    ["request", JSON.stringify(last).includes(words)],
    ["reply", dump.response.body === `Heard: ${words}`],
    ["session", dump.meta.sessionId === session],
    ["attribution", dump.meta.attribution === "mark" && dump.meta.agent === "build"],
  ]
  return checks.flatMap(([what, holds]) => (holds ? [] : [`${what} of ${words}`]))
}

async function settledDumps(session: string, count: number): Promise<readonly Dump[]> {
  await waitFor(async () => (await rig.dumps(session)).length >= count, 30_000)
  return rig.dumps(session)
}
