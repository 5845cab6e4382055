import { readdir } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { order, postingPlugin } from "../support/posting.ts"
import { OTHER_POSTS } from "../support/other-posts.ts"
import { waitFor } from "../support/wait.ts"
import { PLUGIN, type Rig, startRig } from "./intercept/rig.ts"

// With masking, the mask stage parses the bodies; without it, the capture stage alone decides behind the request.
const WAYS = [
  ["with masking", PLUGIN],
  ["capture alone", [PLUGIN, { redact: false }]],
] as const

const rigs = new Map<string, Rig>()

beforeAll(async () => {
  for (const [name, plugin] of WAYS) {
    rigs.set(name, await startRig({ plugin: (home) => [plugin, postingPlugin(home)] }))
  }
}, 180_000)
afterAll(() => Promise.all([...rigs.values()].map((rig) => rig.stop())), 20_000)

test.each(WAYS)(
  "%s, JSON POSTs that call no model leave no file, though everything is captured",
  async (name) => {
    const rig = rigs.get(name)
    if (rig === undefined) throw new Error("OpenCode did not start")
    await rig.prove(async () => {
      rig.provider.script("other", () => ({ kind: "raw", status: 200, chunks: ['{"ok":true}'] }))
      const { client } = await rig.project("posts", "openai-chat", () => ({ text: "Hello." }))
      const session = await client.createSession({ title: "Posts" })
      const { anomalies } = await rig.intercept(client, session, "on all")
      const post = (url: string, body: unknown): Promise<unknown> =>
        order(rig.home, { kind: "post", url, body })

      for (const { path, body } of OTHER_POSTS) {
        expect(await post(`${rig.provider.url}/other${path}`, body)).toEqual({
          status: 200,
          text: '{"ok":true}',
        })
      }
      // OpenCode's own API, as a plugin calls it; the prompt asks for no reply.
      const parts = [{ type: "text", text: "hello" }]
      const own = [
        await post(`${rig.server.url}/session`, { title: "Made by a plugin" }),
        await post(`${rig.server.url}/session/${session}/message`, { noReply: true, parts }),
        await post(`${rig.server.url}/log`, { service: "s", level: "info", message: "hello" }),
      ]
      expect(own.map((answer) => (isJsonObject(Object(answer)) ? Object(answer).status : answer))).toEqual([
        200, 200, 200,
      ])
      expect(rig.provider.lane("other")).toHaveLength(OTHER_POSTS.length)

      // One that does call a model is captured, so the others would have been.
      const call = { model: "m", messages: [{ role: "user", content: "hello" }] }
      await post(`${rig.provider.url}/other/v1/chat/completions`, call)
      await waitFor(async () => (await rig.dumps("unknown-session")).length === 1, 30_000)
      expect((await rig.dumps("unknown-session")).map((dump) => dump.request.body)).toEqual([call])
      expect((await readdir(rig.captureRoot)).filter((entry) => !entry.startsWith("."))).toEqual([
        "unknown-session",
      ])
      expect((await rig.intercept(client, session)).anomalies).toBe(anomalies)
    })
  },
  90_000,
)
