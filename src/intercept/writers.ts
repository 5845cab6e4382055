import { lstat, open, readdir, rmdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import { appendPrivateFile, ensurePrivateDir } from "../base/files.ts"
import { isGone, ownMark } from "../base/process.ts"
import { isSessionName } from "./session-name.ts"

/** Beside the sessions: one file for each process that writes captures, with the names of its sessions, one a line. */
const DIRECTORY = ".writers"
const FILE = /^(\d{1,10})-(\d{0,20})-(\d{0,20})$/
const MAX_FILE_BYTES = 4 * 1024 * 1024

/**
 * By this a process shows which sessions it writes, so that no other one deletes them. What fails here is of no account: a
 * session that cannot be shown is new, and therefore the last that retention would take.
 */
export class WriterMark {
  readonly #shown = new Set<string>()
  #file: string | undefined

  /** Shows that this process writes a session under `root`. Never throws. */
  async show(root: string, session: string): Promise<void> {
    const key = join(root, session)
    if (this.#shown.has(key)) return
    this.#shown.add(key)
    try {
      const directory = join(root, DIRECTORY)
      await ensurePrivateDir(directory)
      const { pid, start = "", space = "" } = ownMark()
      this.#file = join(directory, `${pid}-${start}-${space}`)
      await appendPrivateFile(this.#file, `${session}\n`)
    } catch {
      this.#shown.delete(key)
    }
  }

  /** Takes the mark back. Never throws. */
  async remove(): Promise<void> {
    this.#shown.clear()
    if (this.#file !== undefined) await unlink(this.#file).catch(() => undefined)
    this.#file = undefined
  }
}

/** Names of the sessions under `root` that living processes write; marks of dead ones are deleted. Never throws. */
export async function sessionsBeingWritten(root: string): Promise<ReadonlySet<string>> {
  const sessions = new Set<string>()
  const directory = join(root, DIRECTORY)
  for (const name of await namesIn(directory)) {
    const [, pid, start, space] = FILE.exec(name) ?? []
    if (pid === undefined) continue
    const path = join(directory, name)
    const mark = { pid: Number(pid), ...(start ? { start } : {}), ...(space ? { space } : {}) }
    if (isGone(mark)) {
      await unlink(path).catch(() => undefined)
      continue
    }
    for (const session of (await readSmall(path)).split("\n"))
      if (isSessionName(session)) sessions.add(session)
  }
  return sessions
}

/** Takes away the directory of the marks where there are none. Never throws. */
export async function removeEmptyMarks(root: string): Promise<void> {
  await rmdir(join(root, DIRECTORY)).catch(() => undefined)
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    const stats = await lstat(directory)
    return stats.isDirectory() ? await readdir(directory) : []
  } catch {
    return []
  }
}

async function readSmall(path: string): Promise<string> {
  try {
    if (!(await lstat(path)).isFile()) return ""
    const handle = await open(path, "r")
    try {
      const buffer = Buffer.alloc(Math.min((await handle.stat()).size, MAX_FILE_BYTES))
      await handle.read(buffer, 0, buffer.length, 0)
      return buffer.toString("utf8")
    } finally {
      await handle.close()
    }
  } catch {
    return ""
  }
}
