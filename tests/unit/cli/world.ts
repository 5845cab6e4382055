import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { type CommandContext } from "../../../src/cli/command.ts"
import { main } from "../../../src/cli/main.ts"
import { createPaint } from "../../../src/cli/paint.ts"
import { temporaryDirectory } from "../../support/temp-dir.ts"

/** A home and a project (a repository) of their own, and `airlock` run in them. */
export interface World {
  readonly home: string
  readonly project: string
  /** Where heartbeats are. */
  readonly heartbeats: string
  put(path: string, content: unknown): Promise<string>
  run(args: readonly string[], options?: RunOptions): Promise<CliResult>
  remove(): Promise<void>
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly coloured?: boolean
}

interface CliResult {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

export async function createWorld(): Promise<World> {
  const root = await temporaryDirectory("cli")
  const home = join(root.path, "home")
  const project = join(root.path, "project")
  await mkdir(home)
  await mkdir(join(project, ".git"), { recursive: true })
  const put = async (path: string, content: unknown): Promise<string> => {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content))
    return path
  }
  return {
    home,
    project,
    heartbeats: join(home, ".local/state/opencode-airlock/heartbeats"),
    put,
    run: async (args, { env = {}, cwd = project, coloured = false } = {}) => {
      const out: string[] = []
      const err: string[] = []
      const context: CommandContext = {
        // An empty PATH: these tests do not start the OpenCode of the machine.
        env: { HOME: home, PATH: join(root.path, "bin"), ...env },
        cwd,
        paint: createPaint(coloured),
        out: (text) => out.push(text),
        err: (text) => err.push(text),
      }
      const exitCode = await main(args, context)
      return { exitCode, out: out.join("\n"), err: err.join("\n") }
    },
    remove: () => root.remove(),
  }
}
