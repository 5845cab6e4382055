import { afterEach, expect, test } from "vitest"
import { createHome, type IsolatedHome } from "../support/opencode/home.ts"
import { opencodeConfig } from "../support/opencode/providers.ts"
import { OPENCODE_BINARY, type OpencodeServer, serveOpencode } from "../support/opencode.ts"
import { type Provider, startProvider } from "../support/provider/start-provider.ts"
import { startTerminal, type Terminal } from "../support/terminal.ts"
import { PLUGIN } from "./intercept/rig.ts"

const READY_MS = 90_000
const ANSWER_MS = 60_000

let provider: Provider | undefined
let home: IsolatedHome | undefined
let server: OpencodeServer | undefined
let terminal: Terminal | undefined
afterEach(async () => {
  await terminal?.stop()
  await server?.stop()
  await provider?.stop()
  await home?.remove()
  server = undefined
})

async function project(name: string): Promise<{ directory: string; provider: Provider; home: IsolatedHome }> {
  provider = await startProvider()
  home = await createHome()
  provider.script(name, () => ({ text: "Hello from the model." }))
  const config = opencodeConfig(provider, name, "openai-chat", [PLUGIN])
  const directory = await home.project(name, { "opencode.json": JSON.stringify(config) })
  return { directory, provider, home }
}

/** The command's reply is seen, the model is not asked; it is once the person speaks. */
async function proveReply(screen: Terminal, asked: Provider): Promise<void> {
  await screen.shows(/Ask anything/, READY_MS)
  await screen.send("/intercept on")
  await screen.shows(/Interceptor Enabled/, ANSWER_MS)
  await screen.shows(/Enabled: enabled/, ANSWER_MS)
  expect(asked.requests).toEqual([])
  await screen.send("Good morning.")
  await screen.shows(/Hello from the model\./, ANSWER_MS)
  expect(asked.requests.some(({ text }) => text.includes("Good morning."))).toBe(true)
  expect(asked.requests.filter(({ text }) => text.includes("Interceptor Enabled"))).toEqual([])
}

test("the reply of /intercept is seen in the terminal interface", async () => {
  const { directory, provider: asked, home: inHome } = await project("tui")
  terminal = startTerminal([OPENCODE_BINARY, directory], { cwd: directory, env: inHome.env })
  await proveReply(terminal, asked)
}, 300_000)

test("the reply of /intercept is seen by a terminal that is attached to a server", async () => {
  const { directory, provider: asked, home: inHome } = await project("attach")
  server = await serveOpencode(inHome, { readyWithinMs: READY_MS })
  const command = [OPENCODE_BINARY, "attach", server.url, "--dir", directory]
  terminal = startTerminal(command, { cwd: directory, env: inHome.env })
  await proveReply(terminal, asked)
}, 300_000)
