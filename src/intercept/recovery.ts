import { constants } from "node:fs"
import { open, rename, unlink } from "node:fs/promises"
import { randomUUID } from "node:crypto"
import { join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { errorMessage } from "../base/errors.ts"
import { writePrivateFile } from "../base/files.ts"
import { isJsonObject, type JsonObject, parseJson } from "../base/json.ts"
import type { WireEvent } from "../wire/dialect.ts"
import { dialectById } from "../wire/dialects/index.ts"
import { isGone } from "../base/process.ts"
import { type OpenRecord, openRecord, readOpenRecord } from "./open-record.ts"
import { describeResponse } from "./response-file.ts"
import { NO_BODY, type RecordedBody } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import type { CaptureStore } from "./store.ts"
import { eventsName, type MetaFile, reservedSequence, sequenceOf } from "./trio.ts"

export interface RecoveryOptions {
  readonly store: Pick<CaptureStore, "write" | "discard">
  readonly scrubber: Scrubber
  readonly anomalies: AnomalyLog
}

const MAX_RECORD_BYTES = 1024 * 1024
const MAX_EVENTS_BYTES = 64 * 1024 * 1024
const REASON = "OpenCode ended before the reply did"
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0

/**
 * Finishes the trios of exchanges whose process died while they ran: `aborted`, with what the events say of the reply.
 * `names` are the files of a session's `directory`. Never throws.
 *
 * @returns how many were finished
 */
export async function finishAbandoned(
  directory: string,
  names: readonly string[],
  options: RecoveryOptions,
): Promise<number> {
  let finished = 0
  for (const name of names) {
    const sequence = reservedSequence(name)
    if (sequence === undefined) continue
    try {
      const marker = join(directory, name)
      const record = readOpenRecord(await readText(marker, MAX_RECORD_BYTES))
      if (record === undefined || !isGone(record.process)) continue
      if (!isBaseName(record.baseName, sequence) || !(await claim(directory, marker, record))) continue
      const exchange = { directory, sequence, baseName: record.baseName }
      if (await finish(exchange, record, names, options)) finished += 1
      await unlink(marker)
    } catch (error) {
      options.anomalies.add("cleanup/recovery", errorMessage(error))
    }
  }
  return finished
}

/**
 * Of several processes that start now, the one that moves the marker away goes on. It puts its own there, so that a crash
 * before the end leaves the exchange to the next start.
 */
async function claim(directory: string, marker: string, { baseName, meta }: OpenRecord): Promise<boolean> {
  const taken = join(directory, `.${randomUUID()}.tmp`)
  try {
    await rename(marker, taken)
  } catch {
    return false
  }
  await writePrivateFile(marker, JSON.stringify(openRecord(baseName, meta)))
  await unlink(taken)
  return true
}

/** Whether the files of a record are those of its number: nothing else is written or deleted by what a file says. */
function isBaseName(baseName: string, sequence: number): boolean {
  return sequenceOf(`${baseName}.meta.json`) === sequence
}

interface Abandoned {
  readonly directory: string
  readonly sequence: number
  readonly baseName: string
}

async function finish(
  exchange: Abandoned,
  { meta }: OpenRecord,
  names: readonly string[],
  { store, scrubber }: RecoveryOptions,
): Promise<boolean> {
  const { directory, baseName } = exchange
  if (meta === undefined || !names.includes(`${baseName}.request.json`)) {
    // It ended before even its request was on disk.
    await store.discard(exchange)
    return false
  }
  const events = names.includes(eventsName(baseName))
    ? await readText(join(directory, eventsName(baseName)), MAX_EVENTS_BYTES)
    : ""
  const { status, contentType, body, lastMs } = readEvents(events, meta)
  const { file } = await describeResponse(
    { status, statusText: "", contentType, end: "aborted", endReason: REASON, body },
    scrubber,
  )
  await store.write(exchange, {
    response: file,
    meta: {
      ...meta,
      status,
      contentType,
      end: "aborted",
      durationMs: Math.max(meta.durationMs, lastMs),
      responseBytes: body.bytes,
      capturedBytes: meta.requestBytes + body.bytes,
      usage: body.stream?.replay.usage ?? null,
      model: meta.model ?? body.stream?.replay.model ?? null,
    },
  })
  return true
}

interface ReadEvents {
  readonly status: number | null
  readonly contentType: string | null
  readonly body: RecordedBody
  readonly lastMs: number
}

/** Puts the reply together from the events' file; its bytes are those of the events in it. A torn last line is left out. */
function readEvents(text: string, meta: MetaFile): ReadEvents {
  const assembler = dialectById(meta.dialect)?.assembler()
  let status: number | null = null
  let contentType: string | null = null
  let lastMs = 0
  let bytes = 0
  let events = 0
  for (const line of text.split("\n")) {
    const entry = parseJson(line)
    if (!isJsonObject(entry)) continue
    if (typeof entry.ms === "number") lastMs = entry.ms
    if (typeof entry.status === "number") status = entry.status
    if (typeof entry.contentType === "string") contentType = entry.contentType
    const event = eventOf(entry)
    if (event === undefined || assembler === undefined) continue
    assembler.push(event)
    events += 1
    bytes += Buffer.byteLength(line)
  }
  const stream =
    status === null || assembler === undefined
      ? undefined
      : { replay: assembler.result(), events, malformed: 0, cut: false }
  return { status, contentType, lastMs, body: { ...NO_BODY, bytes, stream } }
}

function eventOf({ event, data }: JsonObject): WireEvent | undefined {
  if (data === undefined) return undefined
  return typeof event === "string" ? { event, data } : { data }
}

/** The text of a regular file, never through a link; `""` where it is too long. */
async function readText(path: string, maxBytes: number): Promise<string> {
  const handle = await open(path, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await handle.stat()
    return stats.isFile() && stats.size <= maxBytes ? await handle.readFile("utf8") : ""
  } finally {
    await handle.close()
  }
}
