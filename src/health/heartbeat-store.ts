import { constants } from "node:fs"
import { lstat, open, readdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import { type HeartbeatRecord, parseHeartbeat } from "./heartbeat-record.ts"
import { isProcessAlive } from "../base/process.ts"

/** A heartbeat as `doctor` finds it. */
export interface HeartbeatSighting {
  readonly record: HeartbeatRecord
  /** Whether its process still runs and the instance was not disposed. */
  readonly alive: boolean
}

const FILE_NAME = /^\d+-[\w-]{1,64}\.json$/
const MAX_FILE_BYTES = 64 * 1024
const KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** Name of the file of one instance. */
export function heartbeatFileName(pid: number, instanceId: string): string {
  return `${pid}-${instanceId.replace(/[^\w-]/g, "_").slice(0, 64)}.json`
}

/** Every readable heartbeat in `dir`, newest first. A missing directory, torn and foreign files are skipped. */
export async function readHeartbeats(dir: string): Promise<readonly HeartbeatSighting[]> {
  const records = await Promise.all((await heartbeatFiles(dir)).map((name) => readRecord(join(dir, name))))
  return records
    .filter((record) => record !== undefined)
    .map((record) => ({ record, alive: isAlive(record) }))
    .sort((left, right) => right.record.updatedAtMs - left.record.updatedAtMs)
}

/** Deletes heartbeats untouched for seven days whose instance no longer lives. Never throws. */
export async function pruneHeartbeats(dir: string, now: () => number = Date.now): Promise<void> {
  for (const name of await heartbeatFiles(dir)) {
    const path = join(dir, name)
    try {
      const stats = await lstat(path)
      if (!stats.isFile() || now() - stats.mtimeMs < KEPT_MS) continue
      const record = await readRecord(path)
      if (record !== undefined && isAlive(record)) continue
      await unlink(path)
    } catch {
      // Another process may have removed it; an old file that stays does no harm.
    }
  }
}

function isAlive(record: HeartbeatRecord): boolean {
  return record.endedAtMs === undefined && isProcessAlive(record.pid, record.processStart)
}

async function heartbeatFiles(dir: string): Promise<readonly string[]> {
  const names = await readdir(dir).catch(() => [])
  return names.filter((name) => FILE_NAME.test(name))
}

async function readRecord(path: string): Promise<HeartbeatRecord | undefined> {
  try {
    const stats = await lstat(path)
    if (!stats.isFile() || stats.size > MAX_FILE_BYTES) return undefined
    const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      return parseHeartbeat(await handle.readFile("utf8"))
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}
