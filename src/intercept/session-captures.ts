import { constants } from "node:fs"
import { open, readdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import { isJsonObject, type JsonObject, parseJson } from "../base/json.ts"
import { isCaptureFile, isTrioFile, reservedSequence, sequenceOf } from "./trio.ts"

const MAX_META_BYTES = 1024 * 1024

/** The latest finished exchange in a session's directory: where it lies and what its meta file says. */
export interface LastCapture {
  readonly baseName: string
  readonly meta: JsonObject
}

/** The finished exchange with the highest number; undefined where there is none. Numbers are compared as numbers. */
export async function lastCapture(directory: string): Promise<LastCapture | undefined> {
  const names = (await namesIn(directory)).filter((name) => isTrioFile(name) && name.endsWith(".meta.json"))
  const byNumber = names.toSorted((left, right) => (sequenceOf(right) ?? 0) - (sequenceOf(left) ?? 0))
  for (const name of byNumber) {
    const meta = parseJson(await readSmall(join(directory, name)))
    if (isJsonObject(meta)) return { baseName: name.slice(0, -".meta.json".length), meta }
  }
  return undefined
}

/**
 * Deletes the finished exchanges in a session's directory; running ones stay.
 *
 * @returns how many exchanges there were
 * @throws what the file system says
 */
export async function deleteFinished(directory: string): Promise<number> {
  const names = await namesIn(directory)
  const running = new Set(names.flatMap((name) => reservedSequence(name) ?? []))
  const deleted = new Set<number>()
  for (const name of names) {
    const sequence = sequenceOf(name)
    if (!isCaptureFile(name) || sequence === undefined || running.has(sequence)) continue
    await unlink(join(directory, name))
    deleted.add(sequence)
  }
  return deleted.size
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
    throw error
  }
}

async function readSmall(path: string): Promise<string> {
  const handle = await open(
    path,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  )
  try {
    const stats = await handle.stat()
    return stats.isFile() && stats.size <= MAX_META_BYTES ? await handle.readFile("utf8") : ""
  } finally {
    await handle.close()
  }
}

/** The lines of `/intercept last`. */
export function lastLines(directory: string, { baseName, meta }: LastCapture): string[] {
  const text = (name: string): string | undefined => {
    const value = meta[name]
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined
  }
  const ms = (name: string): string | undefined => (text(name) === undefined ? undefined : `${text(name)} ms`)
  const lines: [string, string | undefined][] = [
    ["Capture", join(directory, `${baseName}.meta.json`)],
    ["Time", text("timestamp")],
    ["Request", [text("dialect"), text("model"), text("agent")].filter(Boolean).join(", ")],
    ["Reply", [text("status"), text("end")].filter(Boolean).join(", ")],
    ["First token", ms("firstTokenMs")],
    ["Duration", ms("durationMs")],
    ["Bytes", `${text("requestBytes") ?? 0} sent, ${text("responseBytes") ?? 0} received`],
    ["Tokens", countsText(meta.usage)],
    ["Masked", countsText(meta.masks) ?? "nothing"],
  ]
  return lines.flatMap(([label, value]) =>
    value === undefined || value === "" ? [] : [`- ${label}: ${value}`],
  )
}

function countsText(counts: unknown): string | undefined {
  if (!isJsonObject(counts)) return undefined
  const parts = Object.entries(counts).map(
    ([name, count]) => `${JSON.stringify(count)} ${name.replace(/Tokens$/, "")}`,
  )
  return parts.length === 0 ? undefined : parts.join(", ")
}
