import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join, relative } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { fakeToken, HEX } from "../support/fake-token.ts"
import type { IsolatedHome } from "../support/opencode/home.ts"
import { opencodeConfig } from "../support/opencode/providers.ts"
import { messageText } from "../support/opencode/client.ts"
import { runOpencode } from "../support/opencode.ts"
import { waitFor } from "../support/wait.ts"
import { type Rig, startRig } from "./intercept/rig.ts"

/** Forms that no rule knows: only where OpenCode holds them tells. */
const [stored = "", configured = "", inherited = ""] = [1, 2, 3].map((seed) =>
  fakeToken(HEX, 40, 7000 + seed),
)

let rig: Rig

beforeAll(async () => {
  rig = await startRig({ env: { ACME_API_KEY: inherited }, prepare: storeLogin })
}, 30_000)
afterAll(() => rig?.stop(), 10_000)

async function storeLogin(home: IsolatedHome): Promise<void> {
  const path = join(home.path, ".local", "share", "opencode", "auth.json")
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify({ acme: { type: "api", key: stored } }))
}

/** Every file of captures below a directory, wherever it lies. */
async function captureFiles(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true })
  return names.filter((name) => /\.(?:request|response|meta)\.json$|\.events\.jsonl$/.test(name))
}

test("a session that was imported under a hostile id is captured inside of the root", async () => {
  await rig.prove(async () => {
    const id = "ses_x/../../escaped2"
    const { client, directory } = await rig.project("imported", "openai-chat", () => ({ text: "Hello." }))
    const made = await client.request("POST", "/session", { title: "Hostile" })
    const info = isJsonObject(made.json) ? { ...made.json, id } : {}
    const file = join(directory, "session.json")
    await writeFile(file, JSON.stringify({ info, messages: [] }))
    const imported = await runOpencode(rig.home, directory, ["import", file])
    expect([imported.exitCode, imported.stdout]).toEqual([0, expect.stringContaining(id)])

    const path = encodeURIComponent(id)
    const on = await client.command(path, "intercept", "on")
    expect(messageText(on.json)).toContain("## Interceptor Enabled")
    expect((await client.prompt(path, "Hello.")).status).toBe(200)
    await waitFor(async () => (await captureFiles(rig.home.path)).some((name) => name.endsWith(".meta.json")))

    const root = relative(rig.home.path, rig.captureRoot)
    const directories = new Set((await captureFiles(rig.home.path)).map((name) => dirname(name)))
    expect([...directories]).toEqual([expect.stringMatching(/\/unsafe-[0-9a-f]{32}$/)])
    for (const name of directories) expect(dirname(name)).toBe(root)
    for (const name of await readdir(rig.captureRoot)) expect(name).not.toContain("escaped2")
  })
}, 60_000)

test("no file of a capture holds a credential that OpenCode has from its login, its configuration or its environment", async () => {
  await rig.prove(async () => {
    const all = [stored, configured, inherited]
    rig.provider.script("held", () => ({
      text: all.flatMap((value) => [value.slice(0, 9), `${value.slice(9)} and `]),
    }))
    const config = opencodeConfig(rig.provider, "held", "openai-chat")
    const { compat, ...others } = isRecord(config.provider) ? config.provider : {}
    const options = isRecord(compat) && isRecord(compat.options) ? compat.options : {}
    const provider = {
      ...others,
      compat: { ...(isRecord(compat) && compat), options: { ...options, apiKey: configured } },
    }
    const directory = await rig.home.project("held", {
      "opencode.json": JSON.stringify({ ...config, provider }),
    })
    const client = rig.server.client(directory)
    const session = await client.createSession({ title: "Held" })
    await rig.intercept(client, session, "on")
    const reply = await client.prompt(session, `Compare ${all.join(" with ")}.`)
    expect(messageText(reply.json)).toContain(stored)
    expect(rig.provider.lane("held")[0]?.headers.authorization).toBe(`Bearer ${configured}`)

    await waitFor(async () => (await rig.dumps(session)).length > 0)
    const path = join(rig.captureRoot, session)
    const texts = await Promise.all((await readdir(path)).map((name) => readFile(join(path, name), "utf8")))
    expect(texts).toHaveLength(4)
    expect(all.map((value) => texts.filter((text) => text.includes(value.slice(0, 9))).length)).toEqual([
      0, 0, 0,
    ])
    expect(texts.filter((text) => text.includes("[REDACTED]")).length).toBeGreaterThan(2)
  })
}, 60_000)

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
}
