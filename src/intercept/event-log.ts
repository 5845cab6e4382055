import type { FileHandle } from "node:fs/promises"
import type { JsonValue } from "../base/json.ts"
import type { WireEvent } from "../wire/dialect.ts"
import type { LiveEvents } from "./live-events.ts"
import { slicer } from "./slicer.ts"
import type { ExchangeEnd } from "./trio.ts"

/**
 * A line of `….events.jsonl`. `ms` are milliseconds since the exchange began. The first line has the status, then come the
 * events, then what was held back of growing texts, then the end. `truncated`: no more events were kept.
 */
export type EventLine =
  | { readonly ms: number; readonly status: number; readonly contentType: string | null }
  | { readonly ms: number; readonly event?: string; readonly data: JsonValue }
  | { readonly ms: number; readonly rest: readonly { readonly of: string; readonly text: string }[] }
  | { readonly ms: number; readonly truncated: true }
  | { readonly ms: number; readonly end: ExchangeEnd }

export interface EventLogOptions {
  readonly events: LiveEvents
  /** Opens the file; called once, with the first line. */
  readonly open: () => Promise<FileHandle>
  /** Most bytes of the file. */
  readonly maxBytes: number
  /** Called once when the file cannot be written or an event cannot be scrubbed; from then on nothing is kept. */
  readonly onFailure: (error: unknown) => void
}

const FLUSH_MS = 100
/** A stream that is faster than its events can be scrubbed and written is not kept to its end. */
const MAX_WAITING_EVENTS = 20_000
const MAX_WAITING_CHUNK_BYTES = 8 * 1024 * 1024

interface Waiting {
  readonly ms: number
  readonly event: WireEvent
}

/**
 * Appends the events of one stream to a file while it runs: a tenth of a second behind, in slices between which the event
 * loop runs, so that whoever waits for the stream never waits for this. Memory is bounded. Nothing here throws.
 */
export class EventLog {
  readonly #options: EventLogOptions
  readonly #timer: NodeJS.Timeout
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #lines: EventLine[] = []
  #handle: FileHandle | undefined
  #written = 0
  /** No more events are taken. */
  #full = false
  #failed = false
  #working: Promise<void> = Promise.resolve()

  constructor(options: EventLogOptions, first: EventLine) {
    this.#options = options
    this.#lines.push(first)
    this.#timer = setInterval(() => void this.#flushSoon(), FLUSH_MS)
    this.#timer.unref()
  }

  /** Takes the events of one chunk of `bytes` bytes. */
  push(events: readonly WireEvent[], ms: number, bytes: number): void {
    if (this.#full || this.#failed) return
    if (this.#waiting.length > MAX_WAITING_EVENTS || this.#waitingBytes > MAX_WAITING_CHUNK_BYTES) {
      this.#full = true
      return
    }
    this.#waitingBytes += bytes
    for (const event of events) this.#waiting.push({ ms, event })
  }

  /** Writes all the rest. Resolves when it is on disk, or when that has failed. */
  async close(end: ExchangeEnd, ms: number): Promise<void> {
    clearInterval(this.#timer)
    await this.#flushSoon()
    await this.#guarded(async () => {
      const rest = await this.#options.events.rest(slicer())
      if (rest.length > 0) this.#lines.push({ ms, rest })
      if (this.#full) this.#lines.push({ ms, truncated: true })
      this.#lines.push({ ms, end })
      await this.#write()
    })
    await this.#handle?.close().catch(() => undefined)
    this.#handle = undefined
  }

  #flushSoon(): Promise<void> {
    if (this.#waiting.length > 0 || this.#lines.length > 0) this.#working = this.#flushAfter(this.#working)
    return this.#working
  }

  async #flushAfter(before: Promise<void>): Promise<void> {
    await before
    await this.#guarded(async () => {
      const breathe = slicer()
      const waiting = this.#waiting
      this.#waiting = []
      this.#waitingBytes = 0
      for (const { ms, event } of waiting) {
        if (this.#full) break
        this.#lines.push({ ms, ...this.#options.events.scrub(event) })
        await breathe()
      }
      await this.#options.events.settle(breathe)
      await this.#write()
    })
  }

  async #write(): Promise<void> {
    let text = ""
    for (const line of this.#lines) {
      const written = `${JSON.stringify(line)}\n`
      this.#written += Buffer.byteLength(written)
      if ("data" in line && this.#written > this.#options.maxBytes) this.#full = true
      // What ends the file stands in it however full it is.
      if (!this.#full || !("data" in line)) text += written
    }
    this.#lines = []
    if (text === "") return
    this.#handle ??= await this.#options.open()
    await this.#handle.write(text)
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    if (this.#failed) return
    try {
      await work()
    } catch (error) {
      this.#failed = true
      this.#waiting = []
      this.#lines = []
      this.#options.onFailure(error)
    }
  }
}
