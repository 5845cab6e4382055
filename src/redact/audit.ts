import { lstat, mkdir, rename } from "node:fs/promises"
import { dirname } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { errorMessage } from "../base/errors.ts"
import { appendPrivateFile } from "../base/files.ts"
import type { MaskFinding } from "./masked-text.ts"

/** What one hook call did. Holds counts and ids, never a text. */
export interface AuditEntry {
  /** OpenCode hook, for example `tool.execute.after`. */
  readonly hook: string
  readonly findings: readonly MaskFinding[]
  readonly durationMs: number
  readonly bytesIn?: number | undefined
  readonly bytesOut?: number | undefined
  readonly parts?: number | undefined
  readonly partsChanged?: number | undefined
  readonly fields?: number | undefined
  readonly fieldsChanged?: number | undefined
  readonly toolName?: string | undefined
  readonly sessionID?: string | undefined
  readonly messageID?: string | undefined
  readonly tokensFound?: number | undefined
  readonly tokensRestored?: number | undefined
}

export interface AuditOptions {
  /** The JSONL file. */
  readonly path: string
  readonly enabled: boolean
  /** Size beyond which the file is moved to `<path>.1`. @default 10 MiB */
  readonly maxBytes?: number
  readonly anomalies: AnomalyLog
  /** Label of a rule in `countsByLabel`. @default the rule id */
  readonly labelOf?: (ruleId: string) => string
  /** @default Date.now */
  readonly now?: () => number
}

export interface Audit {
  /** Queues one line and returns at once. Never throws; a failure becomes one `audit/append` anomaly. */
  record(entry: AuditEntry): void
  /** Resolves when everything recorded so far is written or has failed. */
  flush(): Promise<void>
}

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024
const TOOL = "opencode-airlock"
const PHASE = "audit/append"

/**
 * The audit log: one JSON line per hook call in the fields of seed 004, appended in order by this process, 0600,
 * one write for what has queued up meanwhile. A missing directory is created private; one that exists keeps its
 * mode, because by default it is OpenCode's own.
 */
export function createAudit(options: AuditOptions): Audit {
  const { path, enabled, anomalies, now = Date.now, labelOf = (ruleId) => ruleId } = options
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
  const reported = new Set<string>()
  let queued: string[] = []
  let writing: Promise<void> | undefined

  const report = (error: unknown): void => {
    const message = errorMessage(error)
    if (reported.has(message)) return
    reported.add(message)
    anomalies.add(PHASE, `The audit log ${path} cannot be written: ${message}`)
  }

  const drain = async (): Promise<void> => {
    while (queued.length > 0) {
      const lines = queued.join("")
      queued = []
      try {
        await append(path, lines, maxBytes)
      } catch (error) {
        report(error)
      }
    }
    writing = undefined
  }

  return {
    record(entry) {
      if (!enabled) return
      queued.push(lineOf(entry, labelOf, now()))
      writing ??= drain()
    },
    async flush() {
      await writing
    },
  }
}

async function append(path: string, lines: string, maxBytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const stats = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  })
  // Before opening: to open a FIFO for writing would wait for a reader for ever.
  if (stats && !stats.isFile()) throw new Error("it is a link, a directory or a device")
  if (stats && stats.size > 0 && stats.size + Buffer.byteLength(lines) > maxBytes)
    await rename(path, `${path}.1`)
  await appendPrivateFile(path, lines)
}

function lineOf(entry: AuditEntry, labelOf: (ruleId: string) => string, atMs: number): string {
  const counts = new Map<string, number>()
  for (const { ruleId, count } of entry.findings) {
    const label = labelOf(ruleId)
    counts.set(label, (counts.get(label) ?? 0) + count)
  }
  const totalMatches = entry.findings.reduce((sum, { count }) => sum + count, 0)
  // In the order of the seed's field list; JSON.stringify leaves out what is undefined.
  const record = {
    ts: new Date(atMs).toISOString(),
    tool: TOOL,
    triggered: totalMatches > 0 || (entry.tokensRestored ?? 0) > 0,
    totalMatches,
    countsByLabel: Object.fromEntries(counts),
    hook: entry.hook,
    durationMs: entry.durationMs,
    bytesIn: entry.bytesIn,
    bytesOut: entry.bytesOut,
    parts: entry.parts,
    partsChanged: entry.partsChanged,
    fields: entry.fields,
    fieldsChanged: entry.fieldsChanged,
    toolName: entry.toolName,
    sessionID: entry.sessionID,
    messageID: entry.messageID,
    tokensFound: entry.tokensFound,
    tokensRestored: entry.tokensRestored,
  }
  return `${JSON.stringify(record)}\n`
}
