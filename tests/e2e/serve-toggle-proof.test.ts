import { existsSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Rig, startRig } from "./intercept/rig.ts"

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
}, 30_000)
afterAll(() => rig?.stop(), 10_000)

test("one real session stays inert while off, captures truthfully while on, and stops after off", async () => {
  await rig.prove(async () => {
    const { client } = await rig.project("toggle", "anthropic-messages", () => ({
      text: ["Hello ", "there"],
    }))
    const session = await client.createSession({ title: "Toggle" })
    const say = async (): Promise<void> => {
      expect((await client.prompt(session, "Hello.")).status).toBe(200)
    }

    expect(await rig.intercept(client, session)).toMatchObject({
      heading: "Interceptor Status",
      enabled: "disabled",
    })
    await say()
    expect(existsSync(rig.captureRoot), "captures while off").toBe(false)
    expect(await rig.intercept(client, session)).toMatchObject({ captures: 0, totalBytes: 0 })

    expect(await rig.intercept(client, session, "on")).toMatchObject({ heading: "Interceptor Enabled" })
    const callsBefore = rig.provider.requests.length
    await say()
    await say()
    const calls = rig.provider.requests.slice(callsBefore)
    const on = await rig.intercept(client, session)
    const dumps = await rig.dumps(session)
    expect(calls).toHaveLength(2)
    expect(dumps).toHaveLength(2)
    expect(dumps.map((dump) => dump.response.body)).toEqual(["Hello there", "Hello there"])
    expect(dumps.map((dump) => dump.request.body)).toEqual(calls.map((call) => call.json))
    expect(on).toMatchObject({ enabled: "enabled", captures: 2, anomalies: 0, latestPhase: "none" })
    expect(on.totalBytes).toBe(dumps.reduce((sum, dump) => sum + Number(dump.meta.capturedBytes), 0))

    expect(await rig.intercept(client, session, "off")).toMatchObject({ heading: "Interceptor Disabled" })
    await say()
    expect(await rig.intercept(client, session)).toMatchObject({ enabled: "disabled", captures: 2 })
    expect(await rig.dumps(session)).toHaveLength(2)
    expect(rig.provider.requests, "the commands called no provider").toHaveLength(callsBefore + 3)
  })
}, 30_000)
