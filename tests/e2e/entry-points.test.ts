import { copyFile, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { canary } from "../support/canary.ts"
import { type OpencodeServer, REPOSITORY, serveOpencode } from "../support/opencode.ts"
import { messageText } from "../support/opencode/client.ts"
import { createHome, type IsolatedHome, skipBackgroundInstall } from "../support/opencode/home.ts"
import { opencodeConfig } from "../support/opencode/providers.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import { installPacked } from "../support/packed-package.ts"
import { type Provider, startProvider } from "../support/provider/start-provider.ts"
import { type TemporaryDirectory, temporaryDirectory } from "../support/temp-dir.ts"

const secret = canary("entry-points")
const MEETING = "zorg-lavender-hill"
let provider: Provider
let home: IsolatedHome
let server: OpencodeServer
let consumer: TemporaryDirectory
let packed = ""

beforeAll(async () => {
  provider = await startProvider()
  home = await createHome()
  consumer = await temporaryDirectory("consumer")
  // Nothing beside it: what OpenCode loads must need no dependency that an install could leave out.
  packed = await installPacked(consumer.path, [])
  await home.configure(opencodeConfig(provider, "main", "openai-chat"))
  provider.script("main", () => ({ text: "hello there" }))
  server = await serveOpencode(home)
}, 60_000)

afterAll(async () => {
  await server.stop()
  await provider.stop()
  await home.remove()
  await consumer.remove()
})

interface Loaded {
  readonly leaks: string
  /** Whether the provider has read of the place that no built-in rule masks. */
  readonly meeting: boolean
  readonly reply: string
  readonly status: string
}

/** Asks one question in a project that loads `plugin`, or has `files` of ours in `.opencode/plugins`. */
async function ask(
  name: string,
  plugin: readonly string[],
  files: readonly string[] = [],
  own: Readonly<Record<string, string>> = {},
): Promise<Loaded> {
  const config = JSON.stringify({ plugin })
  const directory = await home.project(name, { "opencode.json": config, ...own })
  if (files.length > 0) {
    const plugins = join(directory, ".opencode/plugins")
    await mkdir(plugins, { recursive: true })
    await skipBackgroundInstall(join(directory, ".opencode"))
    for (const file of files) await copyFile(join(REPOSITORY, "dist/standalone", file), join(plugins, file))
  }
  const before = provider.requests.length
  const client = server.client(directory)
  const session = await client.createSession()
  const answer = await client.prompt(session, `say hello at ${MEETING}, my token is ${secret.inText}`)
  const sent = provider.requests.slice(before)
  const status = await client.command(session, "intercept")
  return {
    leaks: describeLeaks(findLeaks(sent, [secret])),
    meeting: sent.some(({ text }) => text.includes(MEETING)),
    reply: messageText(answer.json),
    status: messageText(status.json),
  }
}

describe("every way to load Airlock masks and answers /intercept", () => {
  const ways: [string, () => [readonly string[], (readonly string[])?]][] = [
    ["the checkout as a directory", () => [[`file://${REPOSITORY}`]]],
    ["the TypeScript source", () => [[`file://${REPOSITORY}/src/server.ts`]]],
    ["the packed package without its dependencies", () => [[`file://${packed}`]]],
    ["one bundled file in .opencode/plugins", () => [[], ["airlock.js"]]],
    ["two standalone files, masking and capturing", () => [[], ["redactor.js", "interceptor.js"]]],
    ["twice, by mistake", () => [[`file://${REPOSITORY}`, `file://${REPOSITORY}/src/server.ts`]]],
  ]
  test.each(ways)("%s", async (name, how) => {
    const { leaks, reply, status } = await ask(name.replace(/\W+/g, "-"), ...how())
    expect(reply).toBe("hello there")
    expect(leaks).toBe("")
    expect(status).toContain("## Interceptor Status")
  })

  test("one copied file runs a person's own rules", async () => {
    const rules = JSON.stringify({ redact: { rules: [{ id: "zorg-place", pattern: "zorg-[a-z]+-hill" }] } })
    const ruled = await ask("own-rules", [], ["airlock.js"], { ".opencode/airlock.jsonc": rules })
    expect(ruled).toMatchObject({ reply: "hello there", leaks: "", meeting: false })
    expect((await ask("no-own-rules", [], ["airlock.js"])).meeting).toBe(true)
  })

  test("redactor.js alone masks and adds no command", async () => {
    const { leaks, status } = await ask("redactor-alone", [], ["redactor.js"])
    expect(leaks).toBe("")
    expect(status).toBe("")
  })

  test("interceptor.js alone captures and masks nothing on the wire", async () => {
    const { leaks, status } = await ask("interceptor-alone", [], ["interceptor.js"])
    expect(leaks).not.toBe("")
    expect(status).toContain("## Interceptor Status")
  })
})
