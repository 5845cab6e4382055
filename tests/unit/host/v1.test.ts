import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type V1Module, v1Module } from "../../../src/host/v1.ts"
import { MARK_HEADER } from "../../../src/pipeline/attribution.ts"
import { installTraffic } from "../../../src/pipeline/install.ts"
import { type EchoServer, startEchoServer } from "../../support/echo-server.ts"

type Input = Parameters<V1Module["server"]>[0]
type Hooks = Awaited<ReturnType<V1Module["server"]>>

const SECRET = ["hunter", "2", "Xy9", "qLmZ"].join("")
const REAL = { providerID: "acme", modelID: "m" }
const host = globalThis.fetch
const kept = { ...process.env }
let home = ""
let server: EchoServer
const started: Hooks[] = []
const logged: string[] = []

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "airlock-v1-"))
  server = await startEchoServer()
  for (const name of ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]) process.env[name] = home
})
afterEach(async () => {
  const installed = installTraffic()
  // Open announcements would keep the wrapper in place.
  installed.traffic.ledger.finish("ses_1", "msg_1", undefined)
  installed.undo()
  for (const hooks of started.splice(0)) await hooks.dispose?.()
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name]
  Object.assign(process.env, kept)
  globalThis.fetch = host
  await server.close()
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

/** Starts an instance as OpenCode does, in a project of its own; only what the hooks under test need is there. */
async function start(name: string, options?: Record<string, unknown>): Promise<Hooks> {
  const directory = join(home, name)
  await mkdir(directory, { recursive: true })
  const client = {
    app: { log: ({ body }: { body: { message: string } }) => Promise.resolve(logged.push(body.message)) },
    session: { messages: () => Promise.resolve({ data: [] }) },
    _client: { patch: () => Promise.resolve({ error: { name: "BadRequest" } }) },
  }
  const input = { directory, worktree: directory, project: { id: "shared-project" }, client }
  // OpenCode's own input holds much more, none of which these hooks touch.
  const hooks = await v1Module("airlock", import.meta.url).server(input as unknown as Input, options)
  started.push(hooks)
  return hooks
}

function callOf(npm: string, options: object = {}): Parameters<NonNullable<Hooks["chat.headers"]>>[0] {
  const call = {
    sessionID: "ses_1",
    agent: "build",
    model: { id: "m", providerID: "acme", api: { id: "m", npm } },
    provider: { options },
    message: { id: "msg_1" },
  }
  return call as unknown as Parameters<NonNullable<Hooks["chat.headers"]>>[0]
}

async function headersFor(hooks: Hooks, npm: string, options?: object): Promise<string[]> {
  const output: { headers: Record<string, string> } = { headers: {} }
  await hooks["chat.headers"]?.(callOf(npm, options), output)
  return Object.keys(output.headers)
}

const params = (): Parameters<NonNullable<Hooks["chat.params"]>>[1] => ({
  temperature: 0,
  topP: 1,
  topK: 0,
  maxOutputTokens: undefined,
  options: {},
})

describe("v1Module", () => {
  test("stops a turn with the mistake in the configuration before anything is built", async () => {
    const hooks = await start("invalid", { redact: { enabled: "yes" } })
    const turn = hooks["chat.params"]?.(callOf("@ai-sdk/openai-compatible"), params())
    await expect(turn).rejects.toThrow(/redact\.enabled/)
  })

  test("marks calls, but not those of Bedrock without a bearer key, whose headers are signed", async () => {
    const hooks = await start("marks")
    expect(await headersFor(hooks, "@ai-sdk/openai-compatible")).toEqual([MARK_HEADER])
    expect(await headersFor(hooks, "@ai-sdk/amazon-bedrock")).toEqual([])
    expect(await headersFor(hooks, "@ai-sdk/amazon-bedrock", { apiKey: "k" })).toEqual([MARK_HEADER])
    process.env.AWS_BEARER_TOKEN_BEDROCK = "k"
    expect(await headersFor(hooks, "@ai-sdk/amazon-bedrock")).toEqual([MARK_HEADER])
  })

  test("judges a model call of unknown shape by what it holds", async () => {
    const hooks = await start("unknown-shape")
    await hooks["chat.message"]?.({ sessionID: "ses_1" }, { message: { model: REAL }, parts: [] } as never)
    const send = (prompt: string): Promise<Response> =>
      fetch(server.url, {
        method: "POST",
        headers: { "x-session-id": "ses_1", "content-type": "application/json" },
        body: `{"prompt":"${prompt}"}`,
      })
    const escaped = Array.from(
      `password = '${SECRET}'`,
      (char) => String.raw`\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ).join("")
    expect((await send(escaped)).headers.get("x-airlock")).toBe("MASK_BODY_UNKNOWN")
    expect((await send("hello")).status).toBe(200)
    expect(server.received.map(({ body }) => body)).toEqual(['{"prompt":"hello"}'])
  })

  test("leaves a reply of the console's as it is, whatever the person's rules match, and masks a model's", async () => {
    const hooks = await start("replies", { redact: { rules: [{ id: "all", pattern: "[a-zA-Z]{4,}" }] } })
    const config: { provider?: Record<string, { options: { baseURL: string; fetch: typeof fetch } }> } = {}
    await hooks.config?.(config)
    const call = { command: "intercept", sessionID: "ses_1", arguments: "" }
    await hooks["command.execute.before"]?.(call, { parts: [] })
    const { fetch: ask, baseURL } = config.provider?.airlock?.options ?? { fetch, baseURL: "" }
    const headers = { "x-session-id": "ses_1" }
    const reply = await ask(baseURL, { method: "POST", headers, body: JSON.stringify({ stream: false }) })
    const said: string = (await reply.json()).choices[0].message.content
    const complete = async (text: string): Promise<string> => {
      const output = { text }
      const where = { sessionID: "ses_1", messageID: "msg_2", partID: "prt_1" }
      await hooks["experimental.text.complete"]?.(where, output)
      return output.text
    }
    expect(said).toMatch(/^## Interceptor Status/)
    expect(await complete(said)).toBe(said)
    expect(await complete(said)).toContain("<REDACTED:")
  })

  test("gives fetch back when its last instance is disposed", async () => {
    const one = await start("one")
    const two = await start("two")
    expect(globalThis.fetch).not.toBe(host)
    await one.dispose?.()
    expect(globalThis.fetch).not.toBe(host)
    await two.dispose?.()
    started.splice(0)
    expect(globalThis.fetch).toBe(host)
  })

  test("resolves a project's placeholders in the instance after the one that issued them", async () => {
    const first = await start("project")
    const system = { system: [`password = "${SECRET}"`] }
    await first["experimental.chat.system.transform"]?.({ model: {} as never }, system)
    const [placeholder = ""] = system.system[0]?.match(/<REDACTED:[0-9a-f]{14}>/) ?? []
    await first.dispose?.()
    const second = await start("project")
    const args = { filePath: "a", content: placeholder }
    await second["tool.execute.before"]?.({ tool: "write", sessionID: "ses_1", callID: "call" }, { args })
    expect(args.content).toBe(SECRET)
  })

  test("reads the configuration of its project", async () => {
    await mkdir(join(home, "strict/.opencode"), { recursive: true })
    await writeFile(join(home, "strict/.opencode/airlock.jsonc"), '{ "redact": { "maskLocal": true } }')
    const hooks = await start("strict")
    const part = { type: "text", text: `password = "${SECRET}"` }
    await hooks["chat.message"]?.({ sessionID: "ses_1" }, {
      message: { model: REAL },
      parts: [part],
    } as never)
    expect(part.text).not.toContain(SECRET)
  })

  test("says so when OpenCode's store of a restored call cannot be replaced by its placeholders", async () => {
    const hooks = await start("store")
    const system = { system: [`password = "${SECRET}"`] }
    await hooks["experimental.chat.system.transform"]?.({ model: {} as never }, system)
    const args = { filePath: "a", content: system.system[0] }
    await hooks["tool.execute.before"]?.({ tool: "write", sessionID: "ses_1", callID: "call_s" }, { args })
    const part = { id: "prt", type: "tool", callID: "call_s", state: { status: "completed", input: args } }
    await hooks.event?.({ event: { type: "message.part.updated", properties: { part } } as never })
    expect(logged.at(-1)).toContain("redact/store-masked")
    expect(logged.join()).not.toContain(SECRET)
    expect(JSON.stringify(part)).not.toContain(SECRET)
  })
})
