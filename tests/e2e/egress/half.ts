import { join } from "node:path"
import { canary, type Canary, type CanaryKind } from "../../support/canary.ts"
import { mcpServerConfig } from "../../support/mcp-server.ts"
import type { OpencodeClient } from "../../support/opencode/client.ts"
import { createHome, type IsolatedHome } from "../../support/opencode/home.ts"
import { DIALECTS, opencodeConfig } from "../../support/opencode/providers.ts"
import { type OpencodeServer, serveOpencode } from "../../support/opencode.ts"
import type { ProviderDialect } from "../../support/provider/dialect.ts"
import {
  type Provider,
  type ProviderRequest,
  type Script,
  startProvider,
} from "../../support/provider/start-provider.ts"
import { objectReply, purposeOf } from "../../support/script.ts"

const KINDS: readonly CanaryKind[] = ["aws-key-id", "github-token", "password-assignment"]

/** More than any scenario needs: what a model that loops runs into. */
const MAX_MESSAGES = 24

/** The canaries of one scenario in one dialect, and the text that carries them. */
export interface Planted {
  readonly canaries: readonly Canary[]
  /** Three lines: a key id, a token, a password assignment. */
  readonly text: string
}

/** The canaries of `scenario`: the same in both halves, so that the halves are comparable. */
export function plant(scenario: string, dialect: ProviderDialect): Planted {
  const canaries = KINDS.map((kind) => canary(`${scenario}/${dialect}/${kind}`, kind))
  const [key, token, password] = canaries.map((one) => one.inText)
  return { canaries, text: `key id ${key}\ntoken ${token}\n${password}` }
}

/** The three lines of a planted text as the model sees them, whatever stands for the values. */
export function plantedLines(text: string): string {
  const lines = [/key id \S+/, /token \S+/, /password = "[^"\n]+"/].map((line) => line.exec(text)?.[0])
  if (lines.includes(undefined)) throw new Error("The model did not see the planted lines")
  return lines.join("\n")
}

/** One dialect's project inside a half. */
export interface Project {
  readonly dialect: ProviderDialect
  readonly directory: string
  readonly client: OpencodeClient
  readonly home: IsolatedHome
  /** Where the MCP server writes down the arguments it received. */
  readonly mcpRecord: string
  /** Requests of this project so far. */
  requests(): readonly ProviderRequest[]
  /** A session whose model, also of its subagents, is scripted. A title of its own unless `titled` is false. */
  session(script: Script, options?: { titled?: boolean }): Promise<string>
}

/** One real OpenCode with all five dialects: with Airlock, or without. */
export interface Half {
  readonly provider: Provider
  readonly server: OpencodeServer
  project(dialect: ProviderDialect): Project
  stop(): Promise<void>
}

/** Starts a half. `plugin` is OpenCode's plugin list. */
export async function startHalf(plugin: readonly string[]): Promise<Half> {
  const provider = await startProvider()
  const home = await createHome()
  await home.configure({ plugin, share: "disabled", autoupdate: false })
  const server = await serveOpencode(home)
  const projects = new Map<ProviderDialect, Project>()
  for (const dialect of DIALECTS) projects.set(dialect, await createProject(provider, server, dialect))
  return {
    provider,
    server,
    project: (dialect) => {
      const project = projects.get(dialect)
      if (project === undefined) throw new Error(`No project for ${dialect}`)
      return project
    },
    stop: async () => {
      await server.stop()
      await provider.stop()
      await home.remove()
    },
  }
}

async function createProject(
  provider: Provider,
  server: OpencodeServer,
  dialect: ProviderDialect,
): Promise<Project> {
  const { home } = server
  const mcpRecord = join(home.path, `mcp-${dialect}.jsonl`)
  const directory = await home.project(dialect)
  await home.project(dialect, projectFiles(provider, dialect, directory, mcpRecord))
  const client = server.client(directory)
  const scripts = new Map<string, Script>()
  provider.script(dialect, (request) => answer(request, scripts))
  return {
    dialect,
    directory,
    client,
    home,
    mcpRecord,
    requests: () => provider.lane(dialect),
    session: async (script, { titled = true } = {}) => {
      const id = await client.createSession(titled ? { title: "A title of its own" } : {})
      scripts.set(id, script)
      return id
    },
  }
}

/** Everything of a project that carries a canary for as long as the project lives. */
function projectFiles(
  provider: Provider,
  dialect: ProviderDialect,
  directory: string,
  mcpRecord: string,
): Record<string, string> {
  const file = (scenario: string): string => `A note.\n${plant(scenario, dialect).text}\nEnd of note.\n`
  const config = {
    ...opencodeConfig(provider, dialect, dialect),
    agent: {
      helper: {
        mode: "subagent",
        description: plant("subagent description", dialect).text,
        prompt: "You help.",
      },
      auditor: { mode: "primary", description: "Audits", prompt: plant("agent prompt", dialect).text },
    },
    command: {
      say: {
        description: "Says it",
        template: `Look at this:\n${plant("command template", dialect).text}\n$ARGUMENTS`,
      },
      shell: {
        description: "Runs a command first",
        template: `The file holds:\n!\`cat ${directory}/shell-command.txt\`\n`,
      },
    },
    mcp: {
      desk: mcpServerConfig({
        description: plant("MCP tool description", dialect).text,
        result: plant("MCP tool result", dialect).text,
        recordPath: mcpRecord,
      }),
    },
  }
  return {
    "opencode.json": JSON.stringify(config),
    "AGENTS.md": `# Rules\n${plant("AGENTS.md", dialect).text}\n`,
    "read.txt": file("read result"),
    "bash.txt": file("bash result"),
    "grep.txt": file("grep result"),
    "error.txt": file("failed bash result"),
    "write-source.txt": file("write arguments re-sent"),
    "edit-target.txt": file("edit arguments re-sent"),
    "attached.txt": file("attached text file"),
    "shell-command.txt": file("command with shell output"),
  }
}

/** Title, name and agent requests have fixed answers; a turn is answered by its session's script, or its parent's. */
async function answer(request: ProviderRequest, scripts: Map<string, Script>) {
  const purpose = purposeOf(request)
  if (purpose === "title") return { text: "A title" }
  if (purpose === "copy-name") return { text: "short name" }
  if (purpose === "agent-create") {
    return objectReply(request, {
      identifier: "reviewer",
      whenToUse: "Use it to review",
      systemPrompt: "You review.",
    })
  }
  const script = scripts.get(request.sessionId ?? "") ?? scripts.get(request.parentSessionId ?? "")
  if (request.view.messages.length > MAX_MESSAGES) throw new Error("The model was asked too often")
  if (script === undefined) throw new Error(`No script for a request of purpose ${purpose}`)
  return script(request)
}
