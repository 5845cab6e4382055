import type { Dirent, Stats } from "node:fs"
import { lstat, readdir, rmdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError, errorMessage } from "../base/errors.ts"
import { assertOwnRoot, replacementRoots } from "./capture-root.ts"
import { isSessionName } from "./session-name.ts"
import { isCaptureFile, isTrioFile } from "./trio.ts"
import { removeEmptyMarks, sessionsBeingWritten } from "./writers.ts"

export interface PruneOptions {
  readonly root: string
  /** @default 24 */
  readonly retentionHours?: number
  /** Bytes of all captures under the root; beyond it the oldest sessions go. @default no limit */
  readonly maxTotalBytes?: number
  /** Exchanges of all sessions under the root; beyond it the oldest sessions go. @default no limit */
  readonly maxCaptures?: number
  readonly anomalies: AnomalyLog
  /** @default Date.now */
  readonly now?: () => number
}

export const DEFAULT_RETENTION_HOURS = 24
const HOUR_MS = 3_600_000
/** Directories looked at side by side: what a thread pool of four and its queue keep busy. */
const LANES = 16

/**
 * Deletes sessions under `root` that have expired, and then the oldest ones until size and count are within their limits:
 * direct child directories of ours, named as sessions are, that hold nothing but capture files, and that no living process
 * writes. A session is as old as its newest file. Everything else stays as it is: links, plain files, nested directories, and a
 * directory with even one file that no store writes. A missing root is fine. Never throws: what fails becomes a
 * `cleanup/…` anomaly and the pass goes on.
 *
 * @returns the names of the sessions that were deleted.
 */
export async function pruneCaptures(options: PruneOptions): Promise<string[]> {
  const { root, anomalies } = options
  const entries = await readRoot(root, anomalies)
  const candidates = entries.filter((entry) => entry.isDirectory() && isSessionName(entry.name))
  if (candidates.length === 0) return []
  const written = await sessionsBeingWritten(root)
  const sessions: Session[] = []
  await inLanes(candidates, async ({ name }) => {
    const session = await sessionIn(root, name, anomalies)
    if (session !== undefined) sessions.push(session)
  })
  const deleted: string[] = []
  await inLanes(surplus(sessions, written, options), async ({ name, files }) => {
    if (await deleteSession(join(root, name), files, anomalies)) deleted.push(name)
  })
  return deleted
}

/**
 * `pruneCaptures` for the private roots that earlier processes fell back to; a root that is empty and expired goes
 * as well. Never throws.
 */
export async function pruneReplacementRoots(options: Omit<PruneOptions, "root">): Promise<void> {
  const { anomalies, now = Date.now, retentionHours = DEFAULT_RETENTION_HOURS } = options
  for (const root of replacementRoots()) {
    try {
      // Before the sessions in it go, because that is a change, too.
      const { mtimeMs } = await lstat(root)
      await pruneCaptures({ ...options, root })
      await sessionsBeingWritten(root)
      await removeEmptyMarks(root)
      const expired = mtimeMs <= now() - retentionHours * HOUR_MS
      if (expired && (await readdir(root)).length === 0) await rmdir(root)
    } catch (error) {
      if (!isMissing(error)) anomalies.add("cleanup/entry-delete", errorMessage(error))
    }
  }
}

/** A directory of ours that holds captures and nothing else. */
interface Session {
  readonly name: string
  readonly files: readonly string[]
  readonly newestMs: number
  readonly bytes: number
  readonly captures: number
}

/** Which sessions have to go: the expired ones, and the oldest of the others while there are too many. */
function surplus(
  sessions: readonly Session[],
  written: ReadonlySet<string>,
  { now = Date.now, retentionHours = DEFAULT_RETENTION_HOURS, maxTotalBytes, maxCaptures }: PruneOptions,
): readonly Session[] {
  const oldestMs = now() - retentionHours * HOUR_MS
  let bytes = sessions.reduce((sum, session) => sum + session.bytes, 0)
  let captures = sessions.reduce((sum, session) => sum + session.captures, 0)
  return sessions
    .toSorted((left, right) => left.newestMs - right.newestMs)
    .filter((session) => {
      if (written.has(session.name)) return false
      const isSurplus =
        session.newestMs <= oldestMs ||
        bytes > (maxTotalBytes ?? Number.POSITIVE_INFINITY) ||
        captures > (maxCaptures ?? Number.POSITIVE_INFINITY)
      if (!isSurplus) return false
      bytes -= session.bytes
      captures -= session.captures
      return true
    })
}

/** Runs `work` for each item, some side by side. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(LANES, items.length) }, lane))
}

// Through a link or a stranger's directory the names below would be somebody's files, not our captures.
async function readRoot(root: string, anomalies: AnomalyLog): Promise<readonly Dirent[]> {
  try {
    assertOwnRoot(root)
    return await readdir(root, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    const phase = error instanceof AirlockError ? "cleanup/path-safety" : "cleanup/root-read"
    anomalies.add(phase, errorMessage(error))
    return []
  }
}

/** What a session holds; `undefined` where it has to stay, whatever its age. */
async function sessionIn(root: string, name: string, anomalies: AnomalyLog): Promise<Session | undefined> {
  const directory = join(root, name)
  try {
    const own = await lstat(directory)
    if (!own.isDirectory() || !isOwn(own)) return undefined
    const files = await readdir(directory)
    if (!files.every(isCaptureFile)) return undefined
    const stats = await Promise.all(files.map((file) => lstat(join(directory, file))))
    if (!stats.every((file) => file.isFile())) return undefined
    return {
      name,
      files,
      newestMs: stats.length === 0 ? own.mtimeMs : Math.max(...stats.map((file) => file.mtimeMs)),
      bytes: stats.reduce((sum, file) => sum + file.size, 0),
      captures: files.filter((file) => isTrioFile(file) && file.endsWith(".request.json")).length,
    }
  } catch (error) {
    // Another process may have pruned it meanwhile.
    if (!isMissing(error)) anomalies.add("cleanup/entry-stat", errorMessage(error))
    return undefined
  }
}

// File by file and never recursively: what appeared since the look stays, and rmdir then refuses the directory.
async function deleteSession(
  directory: string,
  files: readonly string[],
  anomalies: AnomalyLog,
): Promise<boolean> {
  try {
    for (const file of files) await unlink(join(directory, file))
    await rmdir(directory)
    return true
  } catch (error) {
    if (!isMissing(error)) anomalies.add("cleanup/entry-delete", errorMessage(error))
    return false
  }
}

function isOwn(stats: Stats): boolean {
  const uid = process.getuid?.()
  return uid === undefined || stats.uid === uid
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT"
}
