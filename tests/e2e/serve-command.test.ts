import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { createHome } from "../support/opencode/home.ts"
import { MODEL_IDS, modelName, opencodeConfig } from "../support/opencode/providers.ts"
import { messageText } from "../support/opencode/client.ts"
import { runOpencode, serveOpencode } from "../support/opencode.ts"
import { startProvider } from "../support/provider/start-provider.ts"
import { purposeOf } from "../support/script.ts"
import { waitFor } from "../support/wait.ts"
import { PLUGIN, readSummary, type Rig, startRig } from "./intercept/rig.ts"

describe("/intercept in one real session", () => {
  let rig: Rig

  beforeAll(async () => {
    rig = await startRig()
  }, 30_000)
  afterAll(() => rig?.stop(), 10_000)

  test("each form has its reply, bad forms change nothing, and no model is called", async () => {
    await rig.prove(async () => {
      const { client } = await rig.project("forms", "openai-chat", () => ({ text: "never asked" }))
      const session = await client.createSession()
      const forms = [
        ["", "Status", "disabled"],
        ["on", "Enabled", "enabled"],
        ["on", "Enabled", "enabled"],
        ["bogus", "Usage", "enabled"],
        ["ON", "Usage", "enabled"],
        ["", "Status", "enabled"],
        ["off", "Disabled", "disabled"],
        ["off", "Disabled", "disabled"],
        ["off please", "Usage", "disabled"],
      ] as const
      for (const [args, heading, enabled] of forms) {
        const summary = await rig.intercept(client, session, args)
        expect(summary, `/intercept ${args}`).toMatchObject({
          heading: `Interceptor ${heading}`,
          usage: heading === "Usage",
          enabled,
          dumpRoot: join(rig.captureRoot, session),
          captures: 0,
          totalBytes: 0,
          anomalies: 0,
          latestPhase: "none",
          latestMessage: "none",
        })
      }
      expect(rig.provider.requests).toEqual([])
    })
  })

  test("a reply is stored as an assistant message and never enters a later prompt", async () => {
    await rig.prove(async () => {
      const { client, name } = await rig.project("history", "openai-responses", (request) =>
        purposeOf(request) === "title" ? { text: "A title" } : { text: "Hello." },
      )
      const session = await client.createSession()
      await rig.intercept(client, session)
      await client.prompt(session, "First question.")
      await rig.intercept(client, session, "bogus")
      await client.prompt(session, "Second question.")
      await client.summarize(session, { providerID: "openai", modelID: MODEL_IDS["openai-responses"].main })

      const stored = (await client.messages(session)).map(messageText)
      expect(stored.filter((text) => text.startsWith("## Interceptor"))).toHaveLength(2)
      const sent = rig.provider.lane(name)
      expect(sent.map(purposeOf).sort()).toEqual(["compaction", "title", "turn", "turn"])
      expect(
        sent.filter((request) => /[Ii]ntercept/.test(request.text)).map((request) => request.index),
      ).toEqual([])
      expect(sent.filter((request) => request.text.includes("x-airlock")).length).toBe(0)
    })
  }, 15_000)

  test("the session itself does not stay at the console's model, so that it opens without the plugin too", async () => {
    await rig.prove(async () => {
      const { client } = await rig.project("own-model", "openai-chat", () => ({ text: "Hello." }))
      const session = await client.createSession({ title: "Own model" })
      await rig.intercept(client, session)
      const modelOf = async (): Promise<string> =>
        JSON.stringify((await client.request("GET", `/session/${session}`)).json)
      await waitFor(async () => !(await modelOf()).includes('"providerID":"airlock"'))
      expect(await modelOf()).toContain('"providerID":"compat"')
      await client.prompt(session, "A question.")
      expect(await modelOf()).toContain('"providerID":"compat"')
    })
  }, 15_000)

  test("the session goes on with the model it had before the command", async () => {
    await rig.prove(async () => {
      const { client, name } = await rig.project("model", "anthropic-messages", () => ({ text: "Hello." }))
      const session = await client.createSession({ title: "Model" })
      await client.prompt(session, "First question.")
      await rig.intercept(client, session)
      const answer = await client.prompt(session, "Second question.")
      expect(messageText(answer.json)).toBe("Hello.")
      const models = rig.provider.lane(name).map((request) => request.json.model)
      expect(models).toEqual([MODEL_IDS["anthropic-messages"].main, MODEL_IDS["anthropic-messages"].main])
    })
  }, 15_000)

  test("no header of ours leaves the machine", async () => {
    await rig.prove(async () => {
      const { client, name } = await rig.project("headers", "openai-chat", () => ({ text: "Hello." }))
      await client.prompt(await client.createSession(), "Hello.")
      const names = rig.provider.lane(name).flatMap((request) => Object.keys(request.headers))
      expect(names).toContain("authorization")
      expect(names.filter((header) => header.includes("airlock"))).toEqual([])
    })
  }, 15_000)
})

test("a restart resets capturing to off", async () => {
  const rig = await startRig()
  try {
    await rig.prove(async () => {
      const { client, directory } = await rig.project("restart", "openai-chat", () => ({ text: "Hello." }))
      const session = await client.createSession()
      expect(await rig.intercept(client, session, "on")).toMatchObject({ enabled: "enabled" })
      await rig.server.stop()
      const again = await serveOpencode(rig.home)
      try {
        expect(await rig.intercept(again.client(directory), session)).toMatchObject({ enabled: "disabled" })
      } finally {
        await again.stop()
      }
    })
  } finally {
    await rig.stop()
  }
}, 30_000)

test("`opencode run --command intercept` prints the reply and ends with 0", async () => {
  const provider = await startProvider()
  const home = await createHome()
  try {
    const config = opencodeConfig(provider, "run", "openai-chat", [PLUGIN])
    const directory = await home.project("run", { "opencode.json": JSON.stringify(config) })
    const run = await runOpencode(home, directory, ["run", "--command", "intercept", "on"])
    expect(run.exitCode).toBe(0)
    expect(readSummary(run.stdout)).toMatchObject({ heading: "Interceptor Enabled", enabled: "enabled" })
    expect(provider.requests).toEqual([])
  } finally {
    await home.remove()
    await provider.stop()
  }
}, 30_000)

describe("what is missing or broken is said clearly", () => {
  test("without the plugin the command is refused by name", async () => {
    const rig = await startRig({ plugin: [] })
    try {
      const { client } = await rig.project("none", "openai-chat", () => ({ text: "never asked" }))
      const session = await client.createSession()
      const answer = await client.command(session, "intercept")
      expect(answer.status).toBeGreaterThanOrEqual(400)
      await expect(rig.prove(async () => void (await rig.intercept(client, session)))).rejects.toThrow(
        /not answered by an assistant message[\s\S]*latestInterceptSummary=null[\s\S]*dumpInspection="ENOENT"[\s\S]*mockRequests=\[\][\s\S]*--- stdout ---[\s\S]*--- stderr ---/,
      )
    } finally {
      await rig.stop()
    }
  }, 30_000)

  test("a configuration that is no JSON is an error that names the file", async () => {
    const home = await createHome()
    await writeFile(join(home.config, "opencode.json"), '{ "plugin": [')
    try {
      await expect(refusalOf(home)).resolves.toMatch(/opencode\.json/)
    } finally {
      await home.remove()
    }
  }, 30_000)

  test("a wrong plugin option refuses the turn with its name, and nothing leaves", async () => {
    const rig = await startRig({ plugin: [[PLUGIN, { redakt: true }]] })
    try {
      await rig.prove(async () => {
        const { client } = await rig.project("option", "openai-chat", () => ({ text: "never asked" }))
        const answer = await client.prompt(await client.createSession(), `Hello ${modelName("openai-chat")}`)
        const info = isJsonObject(answer.json) ? answer.json.info : undefined
        expect(JSON.stringify(isJsonObject(info) ? info.error : undefined)).toMatch(/redakt[\s\S]*redact/)
        expect(rig.provider.requests).toEqual([])
      })
    } finally {
      await rig.stop()
    }
  }, 30_000)
})

/** What OpenCode says when it cannot start a project. */
async function refusalOf(home: Awaited<ReturnType<typeof createHome>>): Promise<string> {
  try {
    const server = await serveOpencode(home, { readyWithinMs: 8000 })
    const answer = await server.client(await home.project("broken")).request("POST", "/session", {})
    await server.stop()
    return `${answer.status} ${answer.text}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
