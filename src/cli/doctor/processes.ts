import { readdir, readFile, readlink, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { processStart } from "../../base/process.ts"
import { isOn } from "../../config/opencode-locations.ts"

/** Switches of OpenCode that decide whether Airlock can do its work. Nothing else of an environment is read. */
export interface Switches {
  /** `--pure` or OPENCODE_PURE: no external plugin is loaded. */
  readonly pure: boolean
  /** OPENCODE_EXPERIMENTAL_NATIVE_LLM: requests may bypass the fetch wrapper. */
  readonly nativeRuntime: boolean
  /** OPENCODE_EXPERIMENTAL_WEBSOCKETS. */
  readonly websockets: boolean
}

/**
 * What a subcommand means for Airlock: `chat` talks to models, `lazy` loads plugins only when the first request for a
 * project arrives, `silent` never talks to a model itself.
 */
interface OpenCodeCommand {
  /** `opencode` for the terminal interface, else for example `opencode serve`. */
  readonly name: string
  readonly kind: "chat" | "lazy" | "silent"
}

/** A running OpenCode of this user. */
export interface OpenCodeProcess {
  readonly pid: number
  readonly cwd: string
  readonly command: OpenCodeCommand
  readonly switches: Switches
  readonly ageMs: number
}

/** Switches in an environment, read as OpenCode reads them. */
export function switchesOf(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
): Switches {
  return {
    pure: isOn(env.OPENCODE_PURE) || args.includes("--pure"),
    nativeRuntime: isOn(env.OPENCODE_EXPERIMENTAL_NATIVE_LLM),
    websockets: isOn(env.OPENCODE_EXPERIMENTAL_WEBSOCKETS),
  }
}

/** Every OpenCode of this user; `undefined` on systems without /proc. */
export async function openCodeProcesses(): Promise<readonly OpenCodeProcess[] | undefined> {
  const uid = process.getuid?.()
  const names = await readdir("/proc").catch(() => undefined)
  if (names === undefined || uid === undefined) return undefined
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map((pid) => inspect(pid, uid)))
  return found.filter((entry) => entry !== undefined)
}

async function inspect(pid: number, uid: number): Promise<OpenCodeProcess | undefined> {
  const dir = `/proc/${pid}`
  try {
    const stats = await stat(dir)
    if (stats.uid !== uid) return undefined
    const args = split(await readFile(join(dir, "cmdline"), "utf8"))
    if (!isOpenCode(args[0] ?? "")) return undefined
    const [cwd, environ] = await Promise.all([
      readlink(join(dir, "cwd")),
      readFile(join(dir, "environ"), "utf8"),
    ])
    return {
      pid,
      cwd,
      command: commandOf(args.slice(1)),
      switches: switchesOf(environment(environ), args),
      ageMs: await ageMs(pid),
    }
  } catch {
    // It ended while we looked, or is not ours to look at.
    return undefined
  }
}

const COMMANDS: Readonly<Record<OpenCodeCommand["kind"], readonly string[]>> = {
  chat: ["run", "agent", "github", "pr"],
  lazy: ["serve", "web", "acp"],
  silent:
    "attach auth completion db debug export import mcp models plug plugin providers session stats uninstall upgrade".split(
      " ",
    ),
}

// What is none of these is an option, its value, or the project that `opencode [project]` opens.
function commandOf(args: readonly string[]): OpenCodeCommand {
  for (const arg of args) {
    if (COMMANDS.chat.includes(arg)) return { name: `opencode ${arg}`, kind: "chat" }
    if (COMMANDS.lazy.includes(arg)) return { name: `opencode ${arg}`, kind: "lazy" }
    if (COMMANDS.silent.includes(arg)) return { name: `opencode ${arg}`, kind: "silent" }
  }
  return { name: "opencode", kind: "chat" }
}

// USER_HZ is 100 on every Linux that has an OpenCode build (x64, arm64).
const MS_PER_TICK = 10

async function ageMs(pid: number): Promise<number> {
  const uptimeSeconds = Number.parseFloat(await readFile("/proc/uptime", "utf8"))
  return uptimeSeconds * 1000 - Number(processStart(pid)) * MS_PER_TICK
}

function isOpenCode(executable: string): boolean {
  return /^opencode(?:\.exe)?$/.test(basename(executable))
}

function split(text: string): readonly string[] {
  return text.split("\0").filter((part, index, parts) => part !== "" || index < parts.length - 1)
}

const SWITCH_NAMES: ReadonlySet<string> = new Set([
  "OPENCODE_PURE",
  "OPENCODE_EXPERIMENTAL_NATIVE_LLM",
  "OPENCODE_EXPERIMENTAL_WEBSOCKETS",
])

function environment(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of text.split("\0")) {
    const [name, value] = entry.split("=", 2)
    if (name !== undefined && value !== undefined && SWITCH_NAMES.has(name)) found[name] = value
  }
  return found
}
