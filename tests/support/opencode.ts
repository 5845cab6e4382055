import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { OpencodeClient } from "./opencode/client.ts"
import type { IsolatedHome } from "./opencode/home.ts"
import { type RunningProcess, startProcess } from "./opencode/process.ts"

/** Root of this checkout. */
export const REPOSITORY: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "")

/** The real binary of our dev dependency. */
export const OPENCODE_BINARY: string = join(REPOSITORY, "node_modules", ".bin", "opencode")

/** A real `opencode serve`. */
export interface OpencodeServer {
  readonly url: string
  readonly home: IsolatedHome
  readonly process: RunningProcess
  /** Milliseconds from spawn to the first answered request. */
  readonly readyAfterMs: number
  /** The HTTP API, seen from one project directory. */
  client(directory: string): OpencodeClient
  stop(): Promise<void>
}

export interface ServeOptions {
  readonly env?: Readonly<Record<string, string>>
  /** @default 20000 */
  readonly readyWithinMs?: number
}

/** Starts `opencode serve` in `home` on a free port and waits until it answers. Stops it if it never does. */
export async function serveOpencode(home: IsolatedHome, options: ServeOptions = {}): Promise<OpencodeServer> {
  const startedAtMs = performance.now()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = ["serve", "--hostname", "127.0.0.1", "--port", String(port)]
  const process = startProcess(OPENCODE_BINARY, args, {
    cwd: home.path,
    env: { ...home.env, ...options.env },
  })
  try {
    await waitUntilReady(url, process, startedAtMs + (options.readyWithinMs ?? 20_000))
  } catch (error) {
    await process.stop()
    throw error
  }
  return {
    url,
    home,
    process,
    readyAfterMs: performance.now() - startedAtMs,
    client: (directory) => new OpencodeClient(url, directory),
    stop: () => process.stop(),
  }
}

/** What one `opencode <args>` did. */
export interface OpencodeRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the CLI in `directory` to its end; stops it and throws after `timeoutMs`. */
export async function runOpencode(
  home: IsolatedHome,
  directory: string,
  args: readonly string[],
  { env = {}, timeoutMs = 30_000 }: { env?: Readonly<Record<string, string>>; timeoutMs?: number } = {},
): Promise<OpencodeRun> {
  const process = startProcess(OPENCODE_BINARY, args, {
    cwd: directory,
    env: { ...home.env, PWD: directory, ...env },
  })
  const timer = setTimeout(() => void process.stop(), timeoutMs)
  const startedAtMs = performance.now()
  const exitCode = await process.exited.finally(() => clearTimeout(timer))
  await process.stop()
  if (performance.now() - startedAtMs >= timeoutMs) {
    throw new Error(
      `opencode ${args[0] ?? ""} did not end within ${timeoutMs} ms\n${process.stderr().slice(-2000)}`,
    )
  }
  return { exitCode, stdout: process.stdout(), stderr: process.stderr() }
}

async function waitUntilReady(url: string, process: RunningProcess, untilMs: number): Promise<void> {
  while (performance.now() < untilMs) {
    if (process.exitCode !== undefined) {
      throw new Error(`opencode serve ended with code ${process.exitCode}\n${process.stderr().slice(-2000)}`)
    }
    if (process.stdout().includes("listening on") && (await answers(url))) return
    await sleep(10)
  }
  throw new Error(`opencode serve did not answer in time\n${process.stderr().slice(-2000)}`)
}

/** Each try has a limit: a request in the first moment after listen may never be answered. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(`${url}/doc`, { signal: AbortSignal.timeout(1500) }).catch(() => undefined)
  await response?.arrayBuffer().catch(() => undefined)
  return response?.ok ?? false
}

/** A port that was free a moment ago (`--port 0` makes OpenCode try its default port first). */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (address === null || typeof address === "string") throw new Error("No free TCP port")
  return address.port
}
