import { createServer, type Server } from "node:http"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { canary } from "../support/canary.ts"
import { type OpencodeServer, REPOSITORY, serveOpencode } from "../support/opencode.ts"
import { type ApiAnswer, messageText } from "../support/opencode/client.ts"
import { createHome, type IsolatedHome } from "../support/opencode/home.ts"
import { FAKE_API_KEY, opencodeConfig } from "../support/opencode/providers.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import type { ProviderDialect } from "../support/provider/dialect.ts"
import { type Provider, startProvider } from "../support/provider/start-provider.ts"
import { purposeOf } from "../support/script.ts"

const PLUGIN = `file://${REPOSITORY}/src/server.ts`
const secret = canary("transport")
const SAY = `say hello, my token is ${secret.inText}`

/** What a test started, stopped in reverse order after it. */
const running: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0).toReversed()) await stop()
})

interface Setup {
  readonly provider: Provider
  readonly server: OpencodeServer
  readonly directory: string
}

/** A real OpenCode with the plugin (or without), one project and one scripted provider. */
async function start(options: {
  readonly dialect: ProviderDialect
  readonly env: Readonly<Record<string, string>>
  readonly pluginOptions?: object
  readonly prepare?: (home: IsolatedHome, config: Record<string, unknown>) => Promise<void> | void
}): Promise<Setup> {
  const provider = await startProvider()
  running.push(() => provider.stop())
  provider.script("main", (request) => ({ text: purposeOf(request) === "title" ? "A title" : "hello there" }))
  const home = await createHome(options.env)
  running.push(() => home.remove())
  const plugin: [string, object] = [PLUGIN, options.pluginOptions ?? {}]
  const config = opencodeConfig(provider, "main", options.dialect, [plugin])
  await options.prepare?.(home, config)
  await home.configure(config)
  const directory = await home.project("p")
  const server = await serveOpencode(home)
  running.push(() => server.stop())
  return { provider, server, directory }
}

/** The model catalogue on this machine: an Effect HTTP call before plugins load caches the original fetch. */
async function startCatalogue(): Promise<string> {
  const server: Server = createServer((_request, response) => response.end("{}"))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  running.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
}

async function nativeRuntime(pluginOptions?: object): Promise<Setup> {
  const env = {
    OPENCODE_EXPERIMENTAL_NATIVE_LLM: "1",
    OPENCODE_DISABLE_MODELS_FETCH: "0",
    OPENCODE_MODELS_URL: await startCatalogue(),
  }
  return start({ dialect: "openai-responses", env, ...(pluginOptions ? { pluginOptions } : {}) })
}

function errorOf(answer: ApiAnswer): string {
  const info = isJsonObject(answer.json) ? answer.json.info : undefined
  return JSON.stringify(isJsonObject(info) ? info.error : undefined) ?? ""
}

describe("the native runtime with a fetch cached from before plugins loaded", () => {
  test("sends one turn, masked by the hooks and without our header; then every turn is refused, in words", async () => {
    const { provider, server, directory } = await nativeRuntime()
    const client = server.client(directory)
    const session = await client.createSession()
    expect(messageText((await client.prompt(session, SAY)).json)).toBe("hello there")
    const second = await client.prompt(session, SAY)
    expect(errorOf(second)).toContain("cannot see what is sent to")
    expect(errorOf(second)).toContain("OPENCODE_EXPERIMENTAL_NATIVE_LLM")
    expect(errorOf(await client.prompt(await client.createSession(), SAY))).toContain("cannot see")
    // The title's text passes no hook, so only the main turn was let through.
    expect(provider.requests.map(purposeOf)).toEqual(["turn"])
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
    expect(
      Object.keys(provider.requests[0]?.headers ?? {}).filter((name) => name.includes("airlock")),
    ).toEqual([])
    const status = messageText((await client.command(session, "intercept")).json)
    expect(status).toContain("- Latest anomaly phase: transport/unseen")
  })

  test("goes on where the person allows unseen transports", async () => {
    const { server, directory } = await nativeRuntime({ allowUnseenTransport: true })
    const client = server.client(directory)
    const session = await client.createSession()
    await client.prompt(session, SAY)
    expect(messageText((await client.prompt(session, SAY)).json)).toBe("hello there")
  })
})

describe("OpenAI's WebSocket pool", () => {
  test("is told to use HTTP, so that every request passes the wrapper", async () => {
    const { provider, server, directory } = await start({
      dialect: "openai-responses",
      env: { OPENCODE_EXPERIMENTAL_WEBSOCKETS: "1" },
      prepare: async (home) => {
        const data = join(home.path, ".local/share/opencode")
        await mkdir(data, { recursive: true })
        await writeFile(
          join(data, "auth.json"),
          JSON.stringify({ openai: { type: "api", key: FAKE_API_KEY } }),
        )
      },
    })
    const client = server.client(directory)
    const session = await client.createSession()
    for (const _ of [1, 2]) expect(messageText((await client.prompt(session, SAY)).json)).toBe("hello there")
    expect(
      provider.requests.filter((request) => purposeOf(request) === "turn").map(({ method }) => method),
    ).toEqual(["POST", "POST"])
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
    expect(provider.requests.some((request) => "x-opencode-title" in request.headers)).toBe(false)
  })
})

describe("Bedrock with signed requests", () => {
  test("masks in the hooks, keeps the signed bytes, and stops what only the wire could mask", async () => {
    const { provider, server, directory } = await start({
      dialect: "bedrock-converse",
      env: {
        AWS_ACCESS_KEY_ID: ["AK", "IA", "EXAMPLE".repeat(2), "22"].join(""),
        AWS_SECRET_ACCESS_KEY: "x".repeat(40),
        AWS_REGION: "us-east-1",
      },
      prepare: (_home, config) => {
        const providers = config.provider as Record<string, { options: Record<string, unknown> }>
        delete providers["amazon-bedrock"]?.options.apiKey
      },
    })
    const client = server.client(directory)
    const session = await client.createSession()
    expect(messageText((await client.prompt(session, SAY)).json)).toBe("hello there")
    const turns = provider.requests.filter((request) => purposeOf(request) === "turn")
    expect(turns).toHaveLength(1)
    expect(turns[0]?.headers.authorization?.startsWith("AWS4-HMAC-SHA256")).toBe(true)
    expect(turns[0]?.text).toContain("<REDACTED:")
    expect(provider.requests.some((request) => purposeOf(request) === "title")).toBe(false)
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
    const status = messageText((await client.command(session, "intercept")).json)
    expect(status).toContain("MASK_BODY_SIGNED")
  })
})
