import { type ChildProcess, spawn } from "node:child_process"

const MAX_KEPT_CHARS = 256 * 1024

/** A child in a process group of its own, with its output kept (the last 256 Ki characters of each stream). */
export interface RunningProcess {
  readonly pid: number
  /** Resolves at exit; `signal` kills count as code -1. */
  readonly exited: Promise<number>
  readonly exitCode: number | undefined
  stdout(): string
  stderr(): string
  /** Ends the whole group: SIGTERM, and SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<void>
}

export interface SpawnOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Starts `command` without a shell and without stdin. */
export function startProcess(
  command: string,
  args: readonly string[],
  { cwd, env }: SpawnOptions,
): RunningProcess {
  // A group of its own, so that the MCP servers and shells it starts end with it.
  const child = spawn(command, [...args], { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] })
  const stdout = tail(child.stdout)
  const stderr = tail(child.stderr)
  let exitCode: number | undefined
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => {
      exitCode = code ?? -1
      resolve(exitCode)
    })
  })
  exited.catch(() => undefined)
  return {
    pid: child.pid ?? -1,
    exited,
    get exitCode() {
      return exitCode
    },
    stdout,
    stderr,
    stop: (graceMs = 1500) => stopGroup(child, exited, graceMs),
  }
}

function tail(stream: NodeJS.ReadableStream): () => string {
  let text = ""
  stream.setEncoding("utf8")
  stream.on("data", (chunk: string) => {
    text = (text + chunk).slice(-MAX_KEPT_CHARS)
  })
  return () => text
}

async function stopGroup(child: ChildProcess, exited: Promise<number>, graceMs: number): Promise<void> {
  signalGroup(child, "SIGTERM")
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs)
  await exited.catch(() => undefined)
  clearTimeout(timer)
  // Members of the group may outlive its leader.
  signalGroup(child, "SIGKILL")
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // No such group: everyone has gone already.
  }
}
