import type { Dirent, Stats } from "node:fs"
import { lstat, readdir, rmdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError, errorMessage } from "../base/errors.ts"
import { assertOwnRoot, replacementRoots } from "./capture-root.ts"
import { isSessionName } from "./session-name.ts"
import { isCaptureFile } from "./trio.ts"

export interface PruneOptions {
  readonly root: string
  /** @default 24 */
  readonly retentionHours?: number
  readonly anomalies: AnomalyLog
  /** @default Date.now */
  readonly now?: () => number
}

export const DEFAULT_RETENTION_HOURS = 24
const HOUR_MS = 3_600_000

/**
 * Deletes expired sessions under `root`: direct child directories of ours, named as sessions are, that hold nothing
 * but capture files. A session is as old as its newest file. Everything else stays as it is: links, plain files,
 * nested directories, and a directory with even one file that no store writes. A missing root is fine. Never
 * throws: what fails becomes a `cleanup/…` anomaly and the pass goes on.
 *
 * @returns the names of the sessions that were deleted.
 */
export async function pruneCaptures(options: PruneOptions): Promise<string[]> {
  const { root, anomalies } = options
  const now = options.now ?? Date.now
  const oldestMs = now() - (options.retentionHours ?? DEFAULT_RETENTION_HOURS) * HOUR_MS
  const deleted: string[] = []
  for (const entry of await readRoot(root, anomalies)) {
    if (!entry.isDirectory() || !isSessionName(entry.name)) continue
    const files = await expiredFiles(join(root, entry.name), oldestMs, anomalies)
    if (files === undefined) continue
    if (await deleteSession(join(root, entry.name), files, anomalies)) deleted.push(entry.name)
  }
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
      const expired = mtimeMs <= now() - retentionHours * HOUR_MS
      if (expired && (await readdir(root)).length === 0) await rmdir(root)
    } catch (error) {
      if (!isMissing(error)) anomalies.add("cleanup/entry-delete", errorMessage(error))
    }
  }
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

/** The files of an expired session; `undefined` where the session has to stay. */
async function expiredFiles(
  directory: string,
  oldestMs: number,
  anomalies: AnomalyLog,
): Promise<readonly string[] | undefined> {
  try {
    const own = await lstat(directory)
    if (!own.isDirectory() || !isOwn(own)) return undefined
    const names = await readdir(directory)
    if (!names.every(isCaptureFile)) return undefined
    const stats = await Promise.all(names.map((name) => lstat(join(directory, name))))
    if (!stats.every((file) => file.isFile())) return undefined
    const newestMs = stats.length === 0 ? own.mtimeMs : Math.max(...stats.map((file) => file.mtimeMs))
    return newestMs <= oldestMs ? names : undefined
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
