import { isJsonObject, type JsonObject, parseJson } from "../base/json.ts"
import { ownMark, type ProcessMark } from "../base/process.ts"
import type { MetaFile } from "./trio.ts"

/** What is known of an exchange while it runs, so that another process can finish its trio where this one dies. */
export interface OpenRecord {
  readonly process: ProcessMark
  readonly baseName: string
  /** What the meta file would say now, scrubbed; absent until the request is on disk. */
  readonly meta?: MetaFile
}

/** A record of this process. */
export function openRecord(baseName: string, meta?: MetaFile): OpenRecord {
  return { process: ownMark(), baseName, ...(meta === undefined ? {} : { meta }) }
}

/** Reads a record; undefined for anything else, an empty file of an earlier version too. */
export function readOpenRecord(text: string): OpenRecord | undefined {
  const value = parseJson(text)
  if (!isJsonObject(value) || !isJsonObject(value.process) || typeof value.baseName !== "string")
    return undefined
  const { pid, start, space } = value.process
  if (typeof pid !== "number") return undefined
  const { baseName, meta } = value
  return {
    process: {
      pid,
      ...(typeof start === "string" ? { start } : {}),
      ...(typeof space === "string" ? { space } : {}),
    },
    baseName,
    ...(isMeta(meta) ? { meta } : {}),
  }
}

function isMeta(value: unknown): value is MetaFile & JsonObject {
  return isJsonObject(value) && typeof value.timestamp === "string" && typeof value.dialect === "string"
}
