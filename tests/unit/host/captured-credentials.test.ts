import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type V1Module, v1Module } from "../../../src/host/v1.ts"
import { installTraffic } from "../../../src/pipeline/install.ts"
import { fakeToken, HEX } from "../../support/fake-token.ts"
import { waitFor } from "../../support/wait.ts"

type Hooks = Awaited<ReturnType<V1Module["server"]>>

const host = globalThis.fetch
const kept = { ...process.env }
let home = ""
let server: Server
let hooks: Hooks | undefined

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "airlock-credentials-")))
  for (const name of ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"])
    process.env[name] = home
  server = createServer((request, response) => {
    // A gateway that quotes what it was sent, without the names that would give a value away.
    const quoted = Object.values(request.headers).join(" and ")
    request.on("data", () => undefined)
    request.on("end", () => {
      if (request.url === "/stream") {
        response.writeHead(200, { "content-type": "text/event-stream" })
        // A few characters an event.
        for (const piece of quoted.match(/.{1,7}/g) ?? [])
          response.write(
            `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: piece } }] })}\n\n`,
          )
        response.end()
        return
      }
      response.writeHead(401, `No ${String(request.headers["x-quote"])}`, {
        "content-type": "application/json",
      })
      response.end(JSON.stringify({ error: { message: `refused ${quoted} for ${request.url}` } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})
afterEach(async () => {
  installTraffic().undo()
  await hooks?.dispose?.()
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name]
  Object.assign(process.env, kept)
  globalThis.fetch = host
  server.closeAllConnections()
  server.close()
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

async function start(): Promise<Hooks> {
  const directory = join(home, "project")
  mkdirSync(directory)
  const client = {
    app: { log: () => Promise.resolve() },
    session: { messages: () => Promise.resolve({ data: [] }) },
  }
  const input = { directory, worktree: directory, project: { id: "captured" }, client }
  // OpenCode's own input holds much more, none of which these hooks touch.
  return v1Module("airlock", import.meta.url).server(
    input as unknown as Parameters<V1Module["server"]>[0],
    {},
  )
}

const base64 = (text: string): string => Buffer.from(text).toString("base64")

interface Provider {
  readonly options: { readonly baseURL?: string; readonly fetch?: typeof fetch; readonly headers?: object }
}

/** The `config` hook, and `/intercept on` as OpenCode runs it: the command announced, then the console's model asked. */
async function switchOn(hooks: Hooks, provider: Record<string, Provider>): Promise<void> {
  const config = { provider }
  await hooks.config?.(config)
  await hooks["command.execute.before"]?.(
    { command: "intercept", sessionID: "ses_1", arguments: "on" },
    { parts: [] },
  )
  const { fetch: ask = fetch, baseURL = "" } = config.provider.airlock?.options ?? {}
  await ask(baseURL, { method: "POST", headers: { "x-session-id": "ses_1" }, body: '{"stream":false}' })
}

/** The texts of the files of so many captures. */
async function captured(count: number): Promise<readonly string[]> {
  const root = join(home, "opencode-interceptor", "ses_1")
  const names = (): string[] => (existsSync(root) ? readdirSync(root) : [])
  await waitFor(() => names().filter((name) => name.endsWith(".meta.json")).length === count)
  return names().map((name) => readFileSync(join(root, name), "utf8"))
}

test("no file of a capture holds a credential of OpenCode's, wherever it stands and wherever it came from", async () => {
  // Forms that no rule knows, under names that no list holds: only their values tell.
  const token = (seed: number): string => fakeToken(HEX, 40, 5000 + seed)
  const [stored, configured, inherited, fromKeychain] = [token(1), token(2), token(3), token(4)]
  const unrelated = token(5)
  mkdirSync(join(home, "opencode"))
  writeFileSync(join(home, "opencode", "auth.json"), JSON.stringify({ acme: { type: "api", key: stored } }))
  process.env.ACME_API_KEY = inherited
  hooks = await start()
  await switchOn(hooks, { acme: { options: { headers: { "x-corp-auth": configured } } } })
  const { port } = server.address() as AddressInfo
  const all = [stored, configured, inherited, fromKeychain]
  const said = all
    .map((value) => `deploy ${value}, then ${base64(value)} or ${base64(`u:${value}`)}`)
    .join("; ")
  const send = (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: {
        "x-session-id": "ses_1",
        "content-type": "application/json",
        "x-api-key": fromKeychain,
        "x-quote": configured,
        "x-trace": `corp ${stored}`,
        "x-other": inherited,
      },
      body: JSON.stringify({
        model: stored,
        messages: [{ role: "user", content: `${said} at ${unrelated}` }],
      }),
    })
  expect(await (await send(`/v1?trace=${inherited}`)).text()).toContain(fromKeychain)
  expect(await (await send("/stream")).text()).toContain("data: ")

  const files = await captured(2)
  const leaks = all.map((value) => {
    const forms = [value, base64(value).slice(0, 24), base64(`u:${value}`)]
    return forms.map((form) => files.filter((text) => text.includes(form)).length)
  })
  expect(leaks).toEqual(all.map(() => [0, 0, 0]))
  expect(files.filter((text) => text.includes(unrelated)).length).toBeGreaterThan(0)
  expect(files.filter((text) => text.includes("[REDACTED]")).length).toBeGreaterThanOrEqual(3)
})
