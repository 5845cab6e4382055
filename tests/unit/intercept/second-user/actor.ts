import { type ChildProcessByStdio, spawn } from "node:child_process"
import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import type { Readable, Writable } from "node:stream"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

/** A user of this machine by number; no account is needed. */
export interface User {
  readonly uid: number
  readonly gid: number
  readonly groups?: readonly number[]
}

/**
 * Becomes another user before anything of ours is loaded, and proves that it cannot go back. Bun ignores `uid` of
 * `child_process.spawn`, so the process does it itself.
 */
const LAUNCHER = `
const [program, root, uid, gid, groups] = process.argv.slice(2)
if (uid !== "") {
  process.setgroups(JSON.parse(groups))
  process.setgid(Number(gid))
  process.setuid(Number(uid))
  let regained = true
  try { process.setuid(0) } catch { regained = false }
  if (regained || process.getuid() !== Number(uid)) throw new Error("could not become user " + uid)
}
process.argv.splice(2, process.argv.length, root)
await import(program)
`

/** Builds what actors run into a directory that every user may read (Node 20 does not run TypeScript). */
export async function buildProgram(directory: string): Promise<string> {
  const entry = fileURLToPath(new URL("program.ts", import.meta.url))
  const program = join(directory, "program.mjs")
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: "node", format: "esm" })
  writeFileSync(join(directory, "launcher.mjs"), LAUNCHER)
  for (const file of [program, join(directory, "launcher.mjs")]) chmodSync(file, 0o644)
  return program
}

interface Stage {
  readonly program: string
  /** Root of captures. */
  readonly root: string
  readonly tmp: string
  readonly home: string
}

/** A process of another user, or of this one where `user` is undefined. See program.ts for what it can be told. */
export class Actor {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #answers: AsyncIterator<string>
  readonly #exited: Promise<unknown>

  constructor({ program, root, tmp, home }: Stage, user: User | undefined) {
    const launcher = join(program, "..", "launcher.mjs")
    const as = user ? [String(user.uid), String(user.gid), JSON.stringify(user.groups ?? [])] : ["", "", "[]"]
    this.#child = spawn(process.execPath, [launcher, program, root, ...as], {
      cwd: "/",
      env: { PATH: process.env.PATH, HOME: home, TMPDIR: tmp, XDG_STATE_HOME: join(home, "state") },
      stdio: ["pipe", "pipe", "inherit"],
    })
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    this.#exited = new Promise((resolve) => this.#child.once("close", resolve))
  }

  /** Gives an order and waits for its end. @throws the code of what the file system said */
  async do(name: string, ...values: readonly unknown[]): Promise<unknown> {
    this.#child.stdin.write(`${JSON.stringify([name, ...values])}\n`)
    const { value: line, done } = await this.#answers.next()
    if (done) throw new Error(`${name}: the process has ended`)
    const answer: { value?: unknown; error?: string } = JSON.parse(line)
    if (answer.error !== undefined) throw new Error(`${name}: ${answer.error}`)
    return answer.value
  }

  /** The code of the error that an order meets; undefined where it succeeds. */
  async fails(name: string, ...values: readonly unknown[]): Promise<string | undefined> {
    try {
      await this.do(name, ...values)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message.replace(/^.*: /, "") : String(error)
    }
  }

  async texts(name: string, ...values: readonly unknown[]): Promise<readonly string[]> {
    const value = await this.do(name, ...values)
    return Array.isArray(value) ? value.map(String) : [String(value)]
  }

  async end(): Promise<void> {
    this.#child.stdin.end()
    await this.#exited
  }
}
