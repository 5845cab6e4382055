import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { isJsonObject, type JsonObject, parseJson } from "../../../src/base/json.ts"
import { canary, type Canary } from "../canary.ts"
import { createHome } from "../opencode/home.ts"
import { opencodeConfig } from "../opencode/providers.ts"
import { type OpencodeRun, REPOSITORY, runOpencode } from "../opencode.ts"
import { type ProviderRequest, type Script, startProvider } from "../provider/start-provider.ts"
import { hasToolResult, lastText, purposeOf } from "../script.ts"

/** The line that the second scenario appends. */
export const ADDED_LINE = "this is super secret"

/** The two scenarios of seed 004, by number. */
export const TASKS = {
  1: "Read secret-test.txt and tell me what it contains.",
  2: `Read secret-test.txt, print its content and add the line '${ADDED_LINE}' at its end.`,
} as const

export type TaskNumber = keyof typeof TASKS

export interface SecretFileOptions {
  /** Plugin list; the checkout by default, nothing for the negative control. */
  readonly plugin?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** An audit log as it lies on disk. */
interface AuditFile {
  readonly text: string
  readonly lines: readonly JsonObject[]
  /** Permission bits. */
  readonly mode: number
}

/** What one `opencode run` led to. */
export interface SecretFileOutcome {
  readonly run: OpencodeRun
  readonly secret: Canary
  readonly requests: readonly ProviderRequest[]
  /** `secret-test.txt` before and after. */
  readonly before: string
  readonly after: string
  /** Reads the audit log, at a path relative to the home. */
  readonly audit: (path?: string) => Promise<AuditFile>
  /** Removes the home and stops the provider. */
  close(): Promise<void>
}

/** Where the audit log is by default, relative to the home. */
const DEFAULT_AUDIT_PATH: string = join(".config", "opencode", "opencode-redactor.audit.jsonl")

/** Runs a task of the seed in a real `opencode run`, with a model that does what it is told. `~` in `env` is the home. */
export async function runSecretFileTask(
  task: TaskNumber,
  options: SecretFileOptions = {},
): Promise<SecretFileOutcome> {
  const { plugin = [`file://${REPOSITORY}/src/server.ts`], env = {} } = options
  const provider = await startProvider()
  const home = await createHome()
  const secret = canary(`secret-test.txt/${task}`, "aws-key-id")
  const before = [
    "These are my notes.",
    "```",
    secret.value,
    "```",
    "That was the key, keep it safe.",
    "",
  ].join("\n")
  const config = opencodeConfig(provider, "run", "anthropic-messages", plugin)
  const files = { "opencode.json": JSON.stringify(config), "secret-test.txt": before }
  const directory = await home.project("notes", files)
  const path = join(directory, "secret-test.txt")
  provider.script("run", obedientModel(path, task))
  const homeEnv = Object.entries(env).map(([name, value]) => [name, value.replace(/^~/, home.path)])
  const run = await runOpencode(home, directory, ["run", TASKS[task]], { env: Object.fromEntries(homeEnv) })
  return {
    run,
    secret,
    requests: provider.requests,
    before,
    after: await readFile(path, "utf8"),
    audit: (auditPath = DEFAULT_AUDIT_PATH) => readAudit(join(home.path, auditPath)),
    close: async () => {
      await provider.stop()
      await home.remove()
    },
  }
}

/** Reads the file, prints what it sees, and in the second task writes it back with one more line. */
function obedientModel(path: string, task: TaskNumber): Script {
  return (request) => {
    if (purposeOf(request) === "title") return { text: "Secret notes" }
    if (!hasToolResult(request)) return { toolCalls: [{ name: "read", arguments: { filePath: path } }] }
    const wrote = request.view.messages.some((message) =>
      message.toolCalls.some((call) => call.name === "write"),
    )
    if (wrote) return { text: "I have added the line." }
    const lines = readLines(lastText(request))
    const text = `The file contains:\n${lines.join("\n")}`
    if (task === 1) return { text }
    const content = `${[...lines, ADDED_LINE].join("\n")}\n`
    return { text, toolCalls: [{ name: "write", arguments: { filePath: path, content } }] }
  }
}

/** The file's lines out of what OpenCode's `read` answers (`<content>` with numbered lines). */
function readLines(result: string): readonly string[] {
  const lines = result.split("\n").flatMap((line) => /^\s*\d+[:|] ?(.*)$/.exec(line)?.[1] ?? [])
  if (lines.length === 0) throw new Error("The model did not see the file's lines")
  return lines
}

async function readAudit(path: string): Promise<AuditFile> {
  const text = await readFile(path, "utf8")
  const lines = text.trimEnd().split("\n").map(parseJson).filter(isJsonObject)
  return { text, lines, mode: (await stat(path)).mode & 0o777 }
}
