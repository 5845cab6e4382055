import { setTimeout as sleep } from "node:timers/promises"
import { isJsonObject } from "../src/base/json.ts"
import type { OpencodeClient } from "../tests/support/opencode/client.ts"
import { createHome, type IsolatedHome } from "../tests/support/opencode/home.ts"
import { opencodeConfig } from "../tests/support/opencode/providers.ts"
import { type OpencodeServer, REPOSITORY, serveOpencode } from "../tests/support/opencode.ts"
import type { ProviderDialect } from "../tests/support/provider/dialect.ts"
import { type Provider, startProvider } from "../tests/support/provider/start-provider.ts"
import { type Figure, median } from "./measure.ts"

const ROUNDS = 9
const DIALECTS: readonly ProviderDialect[] = ["openai-chat", "anthropic-messages", "openai-responses"]
const WORDS = Array.from({ length: 20 }, (_, index) => `word${index} `)
const MUST = 20

/** A real OpenCode with one project per dialect. */
interface Host {
  readonly home: IsolatedHome
  readonly server: OpencodeServer
  readonly clients: ReadonlyMap<ProviderDialect, OpencodeClient>
}

/**
 * In a real OpenCode, from the prompt to the first words on its event stream, with the built plugin that masks and captures
 * everything against no plugin: in turn, one conversation and eight side by side.
 */
export async function benchFirstDelta(): Promise<readonly Figure[]> {
  const provider = await startProvider()
  const hosts: Host[] = []
  try {
    for (const plugin of [[], [`file://${REPOSITORY}/dist/standalone/airlock.js`]])
      hosts.push(await start(provider, plugin))
    const [plain, plugged] = hosts
    if (plain === undefined || plugged === undefined) throw new Error("No host")
    for (const client of plugged.clients.values())
      await client.command(await client.createSession(), "intercept", "on all")
    const figures: Figure[] = []
    for (const dialect of DIALECTS) figures.push(...(await compare(plain, plugged, dialect, 1)))
    figures.push(...(await compare(plain, plugged, "openai-chat", 8)))
    return figures
  } finally {
    for (const { server, home } of hosts) {
      await server.stop()
      await home.remove()
    }
    await provider.stop()
  }
}

async function start(provider: Provider, plugin: readonly string[]): Promise<Host> {
  const home = await createHome({})
  await home.configure({ plugin, share: "disabled", autoupdate: false })
  const server = await serveOpencode(home, { readyWithinMs: 60_000 })
  const clients = new Map<ProviderDialect, OpencodeClient>()
  for (const dialect of DIALECTS) {
    provider.script(dialect, () => ({ text: WORDS, betweenChunksMs: 50 }))
    const config = opencodeConfig(provider, dialect, dialect)
    const directory = await home.project(dialect, { "opencode.json": JSON.stringify(config) })
    clients.set(dialect, server.client(directory))
  }
  return { home, server, clients }
}

async function compare(
  plain: Host,
  plugged: Host,
  dialect: ProviderDialect,
  parallel: number,
): Promise<readonly Figure[]> {
  const times = { plain: [] as number[], plugged: [] as number[] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (["plain", "plugged"] as const) : (["plugged", "plain"] as const)
    for (const name of order) {
      const client = (name === "plain" ? plain : plugged).clients.get(dialect)
      if (client === undefined) throw new Error(`No project for ${dialect}`)
      const elapsed = median(await Promise.all(Array.from({ length: parallel }, () => firstDeltaMs(client))))
      // The first round wakes the project up.
      if (round > 0) times[name].push(elapsed)
    }
  }
  const what = parallel === 1 ? dialect : `${dialect}, ${parallel} conversations side by side`
  return [
    { name: `first delta in OpenCode, ${what}, no plugin`, value: median(times.plain), unit: "ms" },
    {
      name: `added by masking and capturing, ${what}`,
      value: median(times.plugged) - median(times.plain),
      unit: "ms",
      floor: { at: "most", value: MUST },
    },
  ]
}

async function firstDeltaMs(client: OpencodeClient): Promise<number> {
  const session = await client.createSession({ title: "Bench" })
  const listening = new AbortController()
  const delta = firstDeltaAt(client, session, listening.signal)
  await sleep(100)
  const startedAt = performance.now()
  const answer = client.prompt(session, "Speak.")
  const elapsed = (await delta) - startedAt
  await answer
  listening.abort()
  return elapsed
}

async function firstDeltaAt(client: OpencodeClient, session: string, signal: AbortSignal): Promise<number> {
  for await (const event of client.events(signal)) {
    const properties = isJsonObject(event.properties) ? event.properties : {}
    if (event.type === "message.part.delta" && properties.sessionID === session) return performance.now()
  }
  throw new Error("No delta arrived")
}
