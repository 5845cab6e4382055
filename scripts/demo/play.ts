import { access, readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { type Canary, canary } from "../../tests/support/canary.ts"
import { type OpencodeServer, serveOpencode } from "../../tests/support/opencode.ts"
import { messageText } from "../../tests/support/opencode/client.ts"
import { createHome, type IsolatedHome } from "../../tests/support/opencode/home.ts"
import { opencodeConfig } from "../../tests/support/opencode/providers.ts"
import { findLeaks } from "../../tests/support/oracle.ts"
import { type Provider, type Script, startProvider } from "../../tests/support/provider/start-provider.ts"
import { purposeOf } from "../../tests/support/script.ts"
import { ROOT } from "../run-command.ts"

export const TASK = "Read deploy.env and write notes.md with the key we deploy with, so that ops can find it."
const SOURCE = "deploy.env"
const TARGET = "notes.md"

/** What one run of the task came to. */
interface DemoRun {
  /** `deploy.env` as it stands on disk, line by line. */
  readonly source: readonly string[]
  /** The same lines as the provider received them. */
  readonly received: readonly string[]
  /** Requests that the provider received. */
  readonly requests: number
  /** How many of them asked for a title of the session. */
  readonly titles: number
  /** Times a secret stood in a request, in plain or encoded. */
  readonly leaks: number
  /** `content` of the model's write call. */
  readonly modelWrote: string
  /** The file on disk afterwards. */
  readonly onDisk: string
  /** Whether the file holds the real value. */
  readonly restored: boolean
  readonly reply: string
}

export interface DemoPlay {
  readonly withAirlock: DemoRun
  readonly without: DemoRun
  /** Absolute paths of the captured files, in order. */
  readonly captures: readonly string[]
  /** Answer of `/intercept` at the end. */
  readonly status: string
  readonly seconds: number
  /** Where everything was left, with `--keep`. */
  readonly kept: string | undefined
}

export interface DemoOptions {
  readonly keep: boolean
  readonly progress: (line: string) => void
}

/** Runs the task twice in a real OpenCode, with the built plugin and without. */
export async function playDemo({ keep, progress }: DemoOptions): Promise<DemoPlay> {
  const startedAtMs = performance.now()
  await access(join(ROOT, "dist/server.js")).catch(() => {
    throw new Error("dist/ is missing; run `npm install` (or `bun run build`) first.")
  })
  const secret = canary("demo", "aws-key-id")
  const provider = await startProvider()
  const home = await createHome()
  try {
    progress("Starting OpenCode with Airlock …")
    const first = await runTask({ provider, home, secret, airlock: true })
    progress("Starting OpenCode without Airlock …")
    const second = await runTask({ provider, home, secret, airlock: false })
    return {
      withAirlock: first.run,
      without: second.run,
      captures: await capturedFiles(home),
      status: first.status,
      seconds: (performance.now() - startedAtMs) / 1000,
      kept: keep ? home.path : undefined,
    }
  } finally {
    await provider.stop()
    if (!keep) await home.remove()
  }
}

interface TaskInput {
  readonly provider: Provider
  readonly home: IsolatedHome
  readonly secret: Canary
  readonly airlock: boolean
}

async function runTask({
  provider,
  home,
  secret,
  airlock,
}: TaskInput): Promise<{ run: DemoRun; status: string }> {
  const lane = airlock ? "with-airlock" : "without"
  const source = ["# deployment", "REGION=eu-central-1", `AWS_ACCESS_KEY_ID=${secret.value}`, "REPLICAS=3"]
  const directory = await home.project(lane, { [SOURCE]: `${source.join("\n")}\n` })
  const plugin = airlock ? [`file://${ROOT}`] : []
  await home.configure(opencodeConfig(provider, lane, "openai-chat", plugin))
  provider.script(lane, writesNotes(directory))
  const server: OpencodeServer = await serveOpencode(home)
  try {
    const client = server.client(directory)
    const session = await client.createSession()
    if (airlock) await client.command(session, "intercept", "on")
    const answer = await client.prompt(session, TASK)
    const status = airlock ? messageText((await client.command(session, "intercept")).json) : ""
    const requests = provider.lane(lane)
    const onDisk = await readFile(join(directory, TARGET), "utf8").catch(() => "")
    const run: DemoRun = {
      source,
      received: receivedLines(requests.at(-1)?.text ?? "", source),
      requests: requests.length,
      titles: requests.filter((request) => purposeOf(request) === "title").length,
      leaks: findLeaks(requests, [secret]).length,
      modelWrote: notesFor(requests.at(-1)?.text ?? ""),
      onDisk,
      restored: onDisk.includes(secret.value),
      reply: messageText(answer.json),
    }
    return { run, status }
  } finally {
    await server.stop()
  }
}

/** A model that reads the file, writes what it saw of the key into the notes, and says so. */
function writesNotes(directory: string): Script {
  return (request) => {
    if (purposeOf(request) === "title") return { text: "Deployment notes" }
    const results = request.view.messages.filter((message) => message.toolResults.length > 0).length
    const file = (name: string): string => join(directory, name)
    if (results === 0) return { toolCalls: [{ name: "read", arguments: { filePath: file(SOURCE) } }] }
    if (results > 1) return { text: "notes.md now names the key we deploy with." }
    const content = notesFor(request.text)
    return { toolCalls: [{ name: "write", arguments: { filePath: file(TARGET), content } }] }
  }
}

function notesFor(requestText: string): string {
  const key = /AWS_ACCESS_KEY_ID=([^\s"\\]+)/.exec(requestText)?.[1] ?? "(unknown)"
  return `# Deployment\n\nWe deploy with ${key}.\n`
}

/** The lines of the file as they stand in a request, found by what comes before `=`. */
function receivedLines(requestText: string, source: readonly string[]): readonly string[] {
  return source.map((line) => {
    const [name = ""] = line.split("=", 1)
    if (!line.includes("=")) return line
    const value = new RegExp(`${name}=([^\\s"\\\\]+)`).exec(requestText)?.[1] ?? "(not sent)"
    return `${name}=${value}`
  })
}

async function capturedFiles(home: IsolatedHome): Promise<readonly string[]> {
  const root = join(home.tmp, "opencode-interceptor")
  const sessions = await readdir(root).catch(() => [])
  const files = await Promise.all(
    sessions.map(async (session) =>
      (await readdir(join(root, session))).map((name) => join(root, session, name)),
    ),
  )
  return files
    .flat()
    .filter((path) => path.endsWith(".json"))
    .toSorted()
}
