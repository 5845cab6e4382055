import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { isJsonObject } from "../../src/base/json.ts"
import { canary } from "../support/canary.ts"
import { type OpencodeServer, REPOSITORY, serveOpencode } from "../support/opencode.ts"
import { type ApiAnswer, messageText, type OpencodeClient } from "../support/opencode/client.ts"
import { createHome, type IsolatedHome } from "../support/opencode/home.ts"
import { opencodeConfig } from "../support/opencode/providers.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import { type Provider, type Script, startProvider } from "../support/provider/start-provider.ts"
import { hasToolResult, purposeOf } from "../support/script.ts"

const PLUGIN = `file://${REPOSITORY}/src/server.ts`
const secret = canary("bad-input")
const SAY = `say hello, my token is ${secret.inText}`

const running: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0).toReversed()) await stop()
})

interface Setup {
  readonly provider: Provider
  readonly home: IsolatedHome
  readonly server: OpencodeServer
  readonly directory: string
  readonly client: OpencodeClient
}

async function start(options: {
  readonly env?: Readonly<Record<string, string>>
  readonly pluginOptions?: object
  readonly files?: Readonly<Record<string, string>>
  readonly script?: Script
  readonly prepare?: (home: IsolatedHome) => Promise<void>
}): Promise<Setup> {
  const provider = await startProvider()
  running.push(() => provider.stop())
  provider.script("main", options.script ?? (() => ({ text: "hello there" })))
  const home = await createHome(options.env)
  running.push(() => home.remove())
  await options.prepare?.(home)
  await home.configure(
    opencodeConfig(provider, "main", "openai-chat", [[PLUGIN, options.pluginOptions ?? {}]]),
  )
  const directory = await home.project("p", options.files)
  const server = await serveOpencode(home)
  running.push(() => server.stop())
  return { provider, home, server, directory, client: server.client(directory) }
}

function errorOf(answer: ApiAnswer): string {
  const info = isJsonObject(answer.json) ? answer.json.info : undefined
  return JSON.stringify(isJsonObject(info) ? info.error : undefined) ?? ""
}

async function say(client: OpencodeClient): Promise<{ session: string; answer: ApiAnswer }> {
  const session = await client.createSession()
  return { session, answer: await client.prompt(session, SAY) }
}

const status = async (client: OpencodeClient, session: string): Promise<string> =>
  messageText((await client.command(session, "intercept")).json)

describe("configuration that cannot be used", () => {
  test("a wrong type in the plugin options stops every turn with key and expected type, and sends nothing", async () => {
    const { provider, client } = await start({ pluginOptions: { redact: { enabled: "yes" } } })
    const { answer } = await say(client)
    expect(errorOf(answer)).toContain("redact.enabled")
    expect(errorOf(answer)).toContain("true or false")
    expect(provider.requests).toHaveLength(0)
  })

  test("an unknown key in the project's file names the file and the nearest key", async () => {
    const { provider, client } = await start({ files: { ".opencode/airlock.jsonc": '{ "redcat": true }' } })
    const { answer } = await say(client)
    expect(errorOf(answer)).toContain(".opencode/airlock.jsonc")
    expect(errorOf(answer)).toContain("redact")
    expect(provider.requests).toHaveLength(0)
  })

  test("a project that switches masking off is not obeyed", async () => {
    const { provider, client } = await start({ files: { ".opencode/airlock.jsonc": '{ "redact": false }' } })
    const { answer } = await say(client)
    expect(messageText(answer.json)).toBe("hello there")
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
  })
})

describe("places that cannot be written", () => {
  test("an audit path below a file is an anomaly; masking goes on", async () => {
    const { provider, client } = await start({
      env: { OPENCODE_REDACTOR_AUDIT_PATH: "/dev/null/audit.jsonl" },
    })
    const { session, answer } = await say(client)
    expect(messageText(answer.json)).toBe("hello there")
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
    expect(await status(client, session)).toContain("- Latest anomaly phase: audit/append")
  })

  test("a capture root that is a file leaves the reply alone and is an anomaly", async () => {
    const { provider, home, client } = await start({
      prepare: (home) => writeFile(join(home.tmp, "opencode-interceptor"), "not a directory"),
    })
    const session = await client.createSession()
    await client.command(session, "intercept", "on")
    const answer = await client.prompt(session, SAY)
    expect(messageText(answer.json)).toBe("hello there")
    expect(provider.requests.length).toBeGreaterThan(0)
    expect(await status(client, session)).toMatch(/Latest anomaly phase: (capture|cleanup)\//)
    expect(await readFile(join(home.tmp, "opencode-interceptor"), "utf8")).toBe("not a directory")
  })

  test("a state directory that is a file costs only the heartbeat", async () => {
    const { provider, client } = await start({
      prepare: async (home) => {
        await mkdir(join(home.path, ".local/state"), { recursive: true })
        await writeFile(join(home.path, ".local/state/opencode-airlock"), "not a directory")
      },
    })
    const { session, answer } = await say(client)
    expect(messageText(answer.json)).toBe("hello there")
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
    expect(await status(client, session)).toContain("- Latest anomaly phase: health/")
  })

  test("an install key that is damaged is kept, and placeholders still work", async () => {
    let keyFile = ""
    const { provider, client } = await start({
      prepare: async (home) => {
        const data = join(home.path, ".local/share/opencode-airlock")
        keyFile = join(data, "install-key")
        await mkdir(data, { recursive: true, mode: 0o700 })
        await writeFile(keyFile, "short", { mode: 0o600 })
      },
    })
    const { session, answer } = await say(client)
    expect(messageText(answer.json)).toBe("hello there")
    expect(describeLeaks(findLeaks(provider.requests, [secret]))).toBe("")
    expect(provider.requests.some((request) => request.text.includes("<REDACTED:"))).toBe(true)
    expect(await readFile(keyFile, "utf8")).toBe("short")
    expect(await status(client, session)).toContain("redact/install-key")
  })
})

describe("a provider that answers garbage", () => {
  test("is captured for what it is, and the error reaches the person", async () => {
    const { client, home } = await start({
      script: (request) =>
        purposeOf(request) === "title"
          ? { text: "A title" }
          : {
              kind: "raw",
              status: 400,
              headers: { "content-type": "application/json" },
              chunks: ["{not json"],
            },
    })
    const session = await client.createSession()
    await client.command(session, "intercept", "on")
    await client.prompt(session, SAY)
    const text = await status(client, session)
    expect(text).toContain("- Latest anomaly phase: capture/response-parse")
    expect(text).not.toContain(secret.value)
    expect(await home.log()).not.toContain(secret.value)
  })
})

describe("a write that cannot be restored", () => {
  test("is stopped with an error that names file and placeholder; the file stays as it was", async () => {
    const forged = ["<REDACTED:", "0123456789abcd", ">"].join("")
    let told = ""
    const { client, directory } = await start({
      files: { "keep.txt": "as it was\n" },
      script: (request) => {
        if (purposeOf(request) === "title") return { text: "A title" }
        if (hasToolResult(request)) {
          told = request.text
          return { text: "done" }
        }
        const filePath = join(
          request.text.match(/Working directory: (\S+?)\\n/)?.[1] ?? "/nowhere",
          "keep.txt",
        )
        return { toolCalls: [{ name: "write", arguments: { filePath, content: `key ${forged}` } }] }
      },
    })
    const session = await client.createSession()
    await client.prompt(session, "write it")
    expect(told).toContain(forged)
    expect(told).toContain("keep.txt")
    expect(await readFile(join(directory, "keep.txt"), "utf8")).toBe("as it was\n")
  })
})
