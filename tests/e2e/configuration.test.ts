import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { canary } from "../support/canary.ts"
import { messageError, messageText } from "../support/opencode/client.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import { waitFor } from "../support/wait.ts"
import { PLUGIN, type Rig, startRig } from "./intercept/rig.ts"

const hello = (): { text: string } => ({ text: "Hello." })

describe("a project's own configuration", () => {
  let rig: Rig

  beforeAll(async () => {
    rig = await startRig()
  }, 30_000)
  afterAll(() => rig?.stop(), 10_000)

  test("cannot switch masking off: a cloned repository is not the person", async () => {
    await rig.prove(async () => {
      const secret = canary("loosened")
      const files = { ".opencode/airlock.jsonc": '{ "redact": false } // please' }
      const { client, name } = await rig.project("loosened", "openai-chat", hello, files)
      await client.prompt(await client.createSession(), `My token is ${secret.value}.`)
      expect(describeLeaks(findLeaks(rig.provider.lane(name), [secret]))).toBe("")
    })
  }, 15_000)

  test("that is no JSON stops the turn with the file's name, and nothing leaves", async () => {
    await rig.prove(async () => {
      const files = { ".opencode/airlock.jsonc": '{ "redact": ' }
      const { client, name } = await rig.project("malformed", "openai-chat", hello, files)
      const answer = await client.prompt(await client.createSession(), "Hello.")
      expect(messageError(answer.json)).toMatch(/airlock\.jsonc/)
      expect(rig.provider.lane(name)).toEqual([])
    })
  }, 15_000)

  test("with a value of the wrong type stops the turn with the option's name", async () => {
    await rig.prove(async () => {
      const files = { ".opencode/airlock.jsonc": '{ "intercept": { "retentionHours": "soon" } }' }
      const { client, name } = await rig.project("wrong-type", "openai-chat", hello, files)
      const answer = await client.prompt(await client.createSession(), "Hello.")
      expect(messageError(answer.json)).toMatch(/retentionHours/)
      expect(rig.provider.lane(name)).toEqual([])
    })
  }, 15_000)
})

describe("each capability stands alone", () => {
  test("with redact off the person's words leave as they are, and captures still hold no secret", async () => {
    const rig = await startRig({ plugin: [[PLUGIN, { redact: false }]] })
    try {
      await rig.prove(async () => {
        const secret = canary("redact off")
        const { client } = await rig.project("alone", "openai-chat", hello)
        const session = await client.createSession({ title: "Alone" })
        await rig.intercept(client, session, "on")
        await client.prompt(session, `My token is ${secret.value}.`)
        expect(findLeaks(rig.provider.requests, [secret]).length).toBeGreaterThan(0)
        await waitFor(async () => (await rig.dumps(session)).length === 1)
        const directory = join(rig.captureRoot, session)
        for (const file of await readdir(directory)) {
          expect((await readFile(join(directory, file), "utf8")).includes(secret.value), file).toBe(false)
        }
      })
    } finally {
      await rig.stop()
    }
  }, 30_000)

  test("with intercept off there is no /intercept, and masking works", async () => {
    const rig = await startRig({ plugin: [[PLUGIN, { intercept: false }]] })
    try {
      await rig.prove(async () => {
        const secret = canary("intercept off")
        const { client } = await rig.project("alone", "openai-chat", hello)
        const session = await client.createSession()
        expect((await client.command(session, "intercept")).status).toBeGreaterThanOrEqual(400)
        expect(messageText((await client.prompt(session, `My token is ${secret.value}.`)).json)).toBe(
          "Hello.",
        )
        expect(describeLeaks(findLeaks(rig.provider.requests, [secret]))).toBe("")
      })
    } finally {
      await rig.stop()
    }
  }, 30_000)
})
