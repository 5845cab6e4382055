import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { isJsonObject, type JsonObject, parseJson } from "../../../src/base/json.ts"
import { messageText, type OpencodeClient } from "../../support/opencode/client.ts"
import { createHome, type IsolatedHome } from "../../support/opencode/home.ts"
import { opencodeConfig } from "../../support/opencode/providers.ts"
import { type OpencodeServer, REPOSITORY, serveOpencode } from "../../support/opencode.ts"
import type { ProviderDialect } from "../../support/provider/dialect.ts"
import { type Provider, type Script, startProvider } from "../../support/provider/start-provider.ts"

/** The checkout, loaded the way a person would who works on it. */
export const PLUGIN: string = `file://${REPOSITORY}/src/server.ts`

/** What `/intercept` said, taken apart. */
export interface Summary {
  readonly heading: string
  readonly usage: boolean
  readonly enabled: string
  readonly dumpRoot: string
  readonly captures: number
  readonly totalBytes: number
  readonly anomalies: number
  readonly latestPhase: string
  readonly latestMessage: string
}

/** One captured exchange, read back from its three files. */
export interface Dump {
  readonly baseName: string
  readonly request: JsonObject
  readonly response: JsonObject
  readonly meta: JsonObject
  /** Permission bits of the three files. */
  readonly modes: readonly number[]
}

/** A project of the rig with a scripted model of its own. */
interface RigProject {
  readonly name: string
  readonly client: OpencodeClient
  readonly directory: string
}

/** A real `opencode serve` with Airlock in front of a scripted provider. */
export interface Rig {
  readonly provider: Provider
  readonly server: OpencodeServer
  readonly home: IsolatedHome
  /** `<tmp>/opencode-interceptor` */
  readonly captureRoot: string
  /** A project on a lane of its own. */
  project(
    name: string,
    dialect: ProviderDialect,
    script: Script,
    files?: Readonly<Record<string, string>>,
  ): Promise<RigProject>
  /** Sends `/intercept <args>` and reads the reply; fails unless it is an ordinary assistant message. */
  intercept(client: OpencodeClient, sessionId: string, args?: string): Promise<Summary>
  /** The session's captures, in order. */
  dumps(sessionId: string): Promise<readonly Dump[]>
  /** Runs a proof; what it throws is thrown with everything one needs to find the reason. */
  prove(proof: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

type Plugins = readonly (string | readonly [string, object])[]

export interface RigOptions {
  /** @default Airlock alone */
  readonly plugin?: Plugins | ((home: IsolatedHome) => Plugins)
  readonly env?: Readonly<Record<string, string>>
  /** Have OpenCode fetch its model list, which is empty, from the scripted provider (lane `models`). */
  readonly modelList?: boolean
  /** Called before OpenCode starts. */
  readonly prepare?: (home: IsolatedHome) => Promise<void>
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const provider = await startProvider()
  const home = await createHome({ ...(options.modelList ? modelListOf(provider) : {}), ...options.env })
  const plugin = typeof options.plugin === "function" ? options.plugin(home) : (options.plugin ?? [PLUGIN])
  await home.configure({ plugin, share: "disabled", autoupdate: false })
  await options.prepare?.(home)
  // Two busy cores may take long; a test that fails for that proves nothing.
  const server = await serveOpencode(home, { readyWithinMs: 60_000 })
  const captureRoot = join(home.tmp, "opencode-interceptor")
  const seen: { summary: Summary | undefined; session: string | undefined } = {
    summary: undefined,
    session: undefined,
  }
  return {
    provider,
    server,
    home,
    captureRoot,
    project: async (name, dialect, script, files = {}) => {
      provider.script(name, script)
      const config = opencodeConfig(provider, name, dialect)
      const directory = await home.project(name, { ...files, "opencode.json": JSON.stringify(config) })
      return { name, directory, client: server.client(directory) }
    },
    intercept: async (client, sessionId, args = "") => {
      seen.session = sessionId
      seen.summary = undefined
      seen.summary = readReply(await client.command(sessionId, "intercept", args))
      return seen.summary
    },
    dumps: (sessionId) => readDumps(join(captureRoot, sessionId)),
    prove: async (proof) => {
      try {
        await proof()
      } catch (error) {
        throw new Error(await diagnose({ error, provider, server, captureRoot, ...seen }), { cause: error })
      }
    },
    stop: async () => {
      await server.stop()
      await provider.stop()
      await home.remove()
    },
  }
}

function modelListOf(provider: Provider): Record<string, string> {
  provider.script("models", () => ({ kind: "raw", status: 200, chunks: ["{}"] }))
  return { OPENCODE_MODELS_URL: `${provider.url}/models` }
}

function readReply(answer: Awaited<ReturnType<OpencodeClient["command"]>>): Summary {
  const info = isJsonObject(answer.json) ? answer.json.info : undefined
  if (answer.status !== 200 || !isJsonObject(info) || info.role !== "assistant" || info.error !== undefined) {
    throw new Error(`/intercept was not answered by an assistant message (HTTP ${answer.status})`)
  }
  return readSummary(messageText(answer.json))
}

/** Reads a reply of `/intercept`, wherever it was printed. */
export function readSummary(text: string): Summary {
  const field = (label: string): string =>
    new RegExp(`^- ${label}: (.*)$`, "m").exec(text)?.[1] ?? `no "${label}"`
  return {
    heading: /^## (.*)$/m.exec(text)?.[1] ?? "",
    usage: /^Usage: /m.test(text),
    enabled: field("Enabled"),
    dumpRoot: field("Dump root"),
    captures: Number(field("Captures")),
    totalBytes: Number(field("Total bytes")),
    anomalies: Number(field("Anomalies")),
    latestPhase: field("Latest anomaly phase"),
    latestMessage: field("Latest anomaly message"),
  }
}

async function readDumps(directory: string): Promise<readonly Dump[]> {
  const names = await readdir(directory).catch(() => [])
  const bases = names
    .filter((name) => name.endsWith(".meta.json"))
    .map((name) => name.slice(0, -".meta.json".length))
  return Promise.all(
    bases.sort().map(async (baseName) => {
      const files = ["request", "response", "meta"].map((part) => join(directory, `${baseName}.${part}.json`))
      const [request = {}, response = {}, meta = {}] = await Promise.all(files.map(readObject))
      const modes = await Promise.all(files.map(async (file) => (await stat(file)).mode & 0o777))
      return { baseName, request, response, meta, modes }
    }),
  )
}

async function readObject(path: string): Promise<JsonObject> {
  const parsed = parseJson(await readFile(path, "utf8"))
  if (!isJsonObject(parsed)) throw new Error(`${path} is not a JSON object`)
  return parsed
}

interface Scene {
  readonly error: unknown
  readonly provider: Provider
  readonly server: OpencodeServer
  readonly captureRoot: string
  readonly summary: Summary | undefined
  readonly session: string | undefined
}

/** What a failed proof prints. Names, counts and states only: no body and no header is quoted. */
async function diagnose({ error, provider, server, captureRoot, summary, session }: Scene): Promise<string> {
  const requests = provider.requests.map(
    ({ index, method, url, body, sessionId }) =>
      `${index} ${method} ${url} ${body.length} bytes ${sessionId ?? "-"}`,
  )
  return [
    error instanceof Error ? error.message : String(error),
    `latestInterceptSummary=${JSON.stringify(summary ?? null)}`,
    `latestSession=${session ?? "none"}`,
    `dumpInspection=${JSON.stringify(await inspect(captureRoot))}`,
    `mockRequests=${JSON.stringify(requests)}`,
    `mockFailures=${JSON.stringify(provider.failures)}`,
    "--- stdout ---",
    server.process.stdout().slice(-4000),
    "--- stderr ---",
    server.process.stderr().slice(-4000),
  ].join("\n")
}

async function inspect(root: string): Promise<Record<string, readonly string[]> | string> {
  try {
    const sessions = await readdir(root)
    const entries = await Promise.all(
      sessions.map(
        async (name) => [name, await readdir(join(root, name)).catch(() => ["not a directory"])] as const,
      ),
    )
    return Object.fromEntries(entries)
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unreadable"
  }
}
