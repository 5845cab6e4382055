import { isJsonObject, type JsonObject, parseJson } from "../base/json.ts"
import { isProcessAlive, processStart } from "../base/process.ts"
import type { MetaFile } from "./trio.ts"

/** What is known of an exchange while it runs, so that another process can finish its trio where this one dies. */
export interface OpenRecord {
  readonly pid: number
  /** When that process started, as `processStart` tells; absent where the system does not. */
  readonly start?: string
  readonly baseName: string
  /** What the meta file would say now, scrubbed; absent until the request is on disk. */
  readonly meta?: MetaFile
}

/** A record of this process. */
export function openRecord(baseName: string, meta?: MetaFile): OpenRecord {
  const start = processStart(process.pid)
  return {
    pid: process.pid,
    ...(start === undefined ? {} : { start }),
    baseName,
    ...(meta === undefined ? {} : { meta }),
  }
}

/** Reads a record; undefined for anything else, an empty file of an earlier version too. */
export function readOpenRecord(text: string): OpenRecord | undefined {
  const value = parseJson(text)
  if (!isJsonObject(value) || typeof value.pid !== "number" || typeof value.baseName !== "string")
    return undefined
  const { pid, start, baseName, meta } = value
  return {
    pid,
    baseName,
    ...(typeof start === "string" ? { start } : {}),
    ...(isMeta(meta) ? { meta } : {}),
  }
}

/** Whether the process of a record still runs. */
export function isOwnerAlive({ pid, start }: Pick<OpenRecord, "pid" | "start">): boolean {
  return isProcessAlive(pid, start)
}

function isMeta(value: unknown): value is MetaFile & JsonObject {
  return isJsonObject(value) && typeof value.timestamp === "string" && typeof value.dialect === "string"
}
