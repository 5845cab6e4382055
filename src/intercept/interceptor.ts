import type { AnomalyLog } from "../base/anomalies.ts"
import { errorMessage } from "../base/errors.ts"
import { type Capture, type CaptureContext, type CaptureStart, ExchangeCapture } from "./capture.ts"
import { CaptureRoot } from "./capture-root.ts"
import { runCommand } from "./command.ts"
import { pruneCaptures, pruneReplacementRoots } from "./retention.ts"
import { createScrubber, type ScrubText } from "./scrub.ts"
import { statusLines } from "./status.ts"
import { CaptureStore } from "./store.ts"

export type { Capture, CaptureStart } from "./capture.ts"

export interface InterceptorOptions {
  /** Directory of all captures, absolute; created when the first one is switched on. */
  readonly root: string
  /** The masker's text function. */
  readonly scrubText: ScrubText
  readonly anomalies: AnomalyLog
  /** @default Date.now */
  readonly now?: () => number
  /** @default 24 */
  readonly retentionHours?: number
  /** Most bytes kept of a response: of its body, or of what a stream said. @default 10485760 */
  readonly maxBodyBytes?: number
  /** Silence after which an exchange counts as stalled, in milliseconds. @default 60000 */
  readonly stalledAfterMs?: number
}

/** Captures exchanges while it is switched on. Off at first; state lives and dies with the instance. */
export interface Interceptor {
  readonly enabled: boolean
  /** Runs `/intercept <args>` and answers the reply to show. */
  command(args: string, sessionId: string | undefined): string
  /** Starts observing a provider request; `undefined` when off. Costs next to nothing before the reply is over. */
  begin(start: CaptureStart): Capture | undefined
  /** Deletes expired sessions. Never rejects: failures become `cleanup/…` anomalies. */
  prune(): Promise<void>
  /** Resolves when everything that has ended is on disk. Exchanges that still run are not waited for. */
  settled(): Promise<void>
  /** Writes exchanges that still run as `aborted`, switches off, and waits for the disk. */
  close(): Promise<void>
}

const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024
const DEFAULT_STALLED_AFTER_MS = 60_000

export function createInterceptor(options: InterceptorOptions): Interceptor {
  return new DiskInterceptor(options)
}

class DiskInterceptor implements Interceptor {
  #enabled = false
  #captures = 0
  #totalBytes = 0
  #queue: Promise<void> = Promise.resolve()
  readonly #open = new Set<ExchangeCapture>()
  readonly #options: InterceptorOptions
  readonly #root: CaptureRoot
  readonly #context: CaptureContext

  constructor(options: InterceptorOptions) {
    const { root, anomalies, scrubText } = options
    this.#options = options
    this.#root = new CaptureRoot(root, anomalies)
    this.#context = {
      store: new CaptureStore(this.#root),
      scrubber: createScrubber(scrubText),
      anomalies,
      now: options.now ?? Date.now,
      maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
      stalledAfterMs: options.stalledAfterMs ?? DEFAULT_STALLED_AFTER_MS,
      enqueue: (task) => this.#enqueue(task),
      onWritten: (captures, bytes) => {
        this.#captures += captures
        this.#totalBytes += bytes
      },
      onEnd: (capture) => {
        this.#open.delete(capture)
      },
    }
  }

  get enabled(): boolean {
    return this.#enabled
  }

  command(args: string, sessionId: string | undefined): string {
    const target = { enable: () => this.#enable(), disable: () => this.#disable() }
    return runCommand(args, target, () =>
      statusLines({
        enabled: this.#enabled,
        root: this.#root.path,
        sessionId,
        captures: this.#captures,
        totalBytes: this.#totalBytes,
        anomalies: this.#options.anomalies,
      }),
    )
  }

  begin(start: CaptureStart): Capture | undefined {
    if (!this.#enabled) return undefined
    const capture = new ExchangeCapture(start, this.#context)
    this.#open.add(capture)
    return capture
  }

  async prune(): Promise<void> {
    const { root, anomalies, now, retentionHours } = this.#options
    const common = {
      anomalies,
      ...(now === undefined ? {} : { now }),
      ...(retentionHours === undefined ? {} : { retentionHours }),
    }
    await pruneCaptures({ ...common, root })
    await pruneReplacementRoots(common)
  }

  async settled(): Promise<void> {
    for (;;) {
      const queue = this.#queue
      await queue
      if (queue === this.#queue) return
    }
  }

  async close(): Promise<void> {
    this.#disable()
    for (const capture of this.#open) capture.interrupt()
    await this.settled()
  }

  // The root is proven at once, so that the reply to `on` names the directory that will be used.
  #enable(): void {
    this.#enabled = true
    try {
      this.#root.secure()
    } catch (error) {
      this.#options.anomalies.add("capture/dump-write", errorMessage(error))
    }
  }

  #disable(): void {
    this.#enabled = false
  }

  #enqueue(task: () => Promise<void>): void {
    this.#queue = this.#runAfter(this.#queue, task)
  }

  /** One at a time, and never in the turn of the event loop that gave the caller its last byte. */
  async #runAfter(before: Promise<void>, task: () => Promise<void>): Promise<void> {
    await before
    await new Promise<void>((resolve) => setImmediate(resolve))
    try {
      await task()
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      this.#options.anomalies.add("capture/dump-write", `the capture could not be written (${name})`)
    }
  }
}
