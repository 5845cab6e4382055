import { join } from "node:path"
import type { AnomalyLog } from "../base/anomalies.ts"
import { errorMessage } from "../base/errors.ts"
import { ensurePrivateDir, writePrivateFile } from "../base/files.ts"
import { HEARTBEAT_SCHEMA, type HeartbeatRecord } from "./heartbeat-record.ts"
import { heartbeatFileName, pruneHeartbeats } from "./heartbeat-store.ts"
import { processStart } from "../base/process.ts"

/** What an instance knows about itself when it starts. */
export type HeartbeatStart = Pick<
  HeartbeatRecord,
  | "version"
  | "instanceId"
  | "directory"
  | "worktree"
  | "entry"
  | "capabilities"
  | "wrapper"
  | "nativeRuntime"
  | "config"
>

/** What may change later. */
type HeartbeatPatch = Partial<
  Pick<HeartbeatRecord, "capabilities" | "wrapper" | "nativeRuntime" | "config" | "lastTurn">
>

/** The sign of life of one plugin instance. No method throws or waits for the disk, except `end`. */
export interface Heartbeat {
  /** Takes over what changed; an empty patch only refreshes the time and the anomalies. */
  update(patch: HeartbeatPatch): void
  /** Counts a provider request that was sent, or refused. */
  countExchange(sent: boolean): void
  /** Marks the instance as ended and waits until that is on disk. Later calls do nothing. */
  end(): Promise<void>
}

export interface HeartbeatOptions {
  /** Directory of heartbeat files; created 0700. */
  readonly dir: string
  readonly initial: HeartbeatStart
  /** Where a failed write is noted, once; its count and latest entry are part of the heartbeat. */
  readonly anomalies: AnomalyLog
  /** @default Date.now */
  readonly now?: () => number
  /** Least time between two writes in milliseconds. @default 1000 */
  readonly intervalMs?: number
}

/** Starts the sign of life of an instance: `<dir>/<pid>-<instance>.json`, written in the background. */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  return new FileHeartbeat(options)
}

class FileHeartbeat implements Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #now: () => number
  readonly #path: string
  #record: Omit<HeartbeatRecord, "updatedAtMs" | "anomalies">
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #lastWriteMs = Number.NEGATIVE_INFINITY
  #failed = false
  #ended = false

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#path = join(options.dir, heartbeatFileName(process.pid, options.initial.instanceId))
    const start = processStart(process.pid)
    this.#record = {
      schema: HEARTBEAT_SCHEMA,
      ...options.initial,
      pid: process.pid,
      ...(start === undefined ? {} : { processStart: start }),
      startedAtMs: this.#now(),
      exchanges: 0,
      refused: 0,
    }
    this.#schedule()
    void this.#writing.then(() => pruneHeartbeats(options.dir, this.#now))
  }

  update(patch: HeartbeatPatch): void {
    if (this.#ended) return
    this.#record = { ...this.#record, ...patch }
    this.#schedule()
  }

  countExchange(sent: boolean): void {
    if (this.#ended) return
    const { exchanges, refused } = this.#record
    this.#record = sent
      ? { ...this.#record, exchanges: exchanges + 1 }
      : { ...this.#record, refused: refused + 1 }
    this.#schedule()
  }

  async end(): Promise<void> {
    if (this.#ended) return this.#writing
    this.#ended = true
    clearTimeout(this.#timer)
    this.#record = { ...this.#record, endedAtMs: this.#now() }
    this.#write()
    await this.#writing
  }

  // Changes that come within the interval share one write. The clock here is the monotonic one of the timers.
  #schedule(): void {
    if (this.#timer !== undefined) return
    const wait = this.#lastWriteMs + (this.#options.intervalMs ?? 1000) - performance.now()
    if (wait <= 0) {
      this.#write()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#write()
    }, wait)
    // A pending sign of life must not keep OpenCode from exiting.
    this.#timer.unref()
  }

  #write(): void {
    this.#lastWriteMs = performance.now()
    this.#writing = this.#writing.then(() => this.#writeNow())
  }

  async #writeNow(): Promise<void> {
    try {
      await ensurePrivateDir(this.#options.dir)
      await writePrivateFile(this.#path, `${JSON.stringify(this.#snapshot(), null, 2)}\n`)
    } catch (error) {
      if (this.#failed) return
      this.#failed = true
      this.#options.anomalies.add("health/heartbeat", errorMessage(error))
    }
  }

  #snapshot(): HeartbeatRecord {
    const { anomalies } = this.#options
    const { latest } = anomalies
    return {
      ...this.#record,
      updatedAtMs: this.#now(),
      anomalies: {
        count: anomalies.count,
        ...(latest === undefined ? {} : { latestPhase: latest.phase, latestMessage: latest.message }),
      },
    }
  }
}
