import type { AnomalyLog } from "../base/anomalies.ts"
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../base/json.ts"
import type { Dialect, WireEvent } from "../wire/dialect.ts"
import { type ResponseObserver, tapResponse } from "../wire/tap-response.ts"
import { EventLog } from "./event-log.ts"
import { isAbortError, isTimeoutError, nameOf, networkMessage, writeFailure } from "./exchange-error.ts"
import { LiveEvents } from "./live-events.ts"
import type { LiveMask } from "./live-text.ts"
import { masksIn, type RuleOf } from "./masks.ts"
import { describeMeta } from "./meta-file.ts"
import { describeResponse } from "./response-file.ts"
import { NO_BODY, type RecordedBody, ResponseRecorder } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import type { CaptureStore, Reservation } from "./store.ts"
import type { Attempts } from "./attempts.ts"
import type { ExchangeEnd, MetaFile, RequestFile } from "./trio.ts"

/** A provider request at the moment it leaves. */
export interface CaptureStart {
  readonly dialect: Dialect
  readonly sessionId?: string
  readonly parentSessionId?: string
  readonly agent?: string
  /** Id of the provider in OpenCode's configuration. */
  readonly providerId?: string
  readonly model?: string
  /** The user message that the turn answers. */
  readonly messageId?: string
  readonly attribution: "mark" | "turn" | "header" | "none"
  /** When the request left, where that was before this moment. @default now */
  readonly startedAtMs?: number
  readonly url: string
  readonly method: string
  readonly headers: Iterable<readonly [string, string]>
  /** The JSON text as sent, that is, masked. */
  readonly bodyText: string
  /** `bodyText` parsed, where it is at hand. */
  readonly body?: JsonObject
  /** The caller's abort signal, where it is known: tells an abort from a cut sooner. */
  readonly signal?: AbortSignal
}

/** One exchange being observed. Neither method ever throws. */
export interface Capture {
  /** The response came: hand on what this answers instead. At most once. */
  observe(response: Response): Response
  /** No response came. */
  failed(error: unknown): void
}

export interface CaptureContext {
  readonly store: CaptureStore
  readonly scrubber: Scrubber
  readonly live: LiveMask
  /** The rule behind a placeholder, for `masks`. */
  readonly ruleOf: RuleOf
  readonly attempts: Attempts
  readonly anomalies: AnomalyLog
  readonly now: () => number
  readonly maxBodyBytes: number
  readonly stalledAfterMs: number
  /** Runs `task` later, after those given before. */
  readonly enqueue: (task: () => Promise<void>) => void
  /** A trio is on disk; `addedCaptures` is 0 when it replaced the one of a stalled exchange. */
  readonly onWritten: (sessionId: string | undefined, addedCaptures: 0 | 1, addedBytes: number) => void
  /** The exchange is over. */
  readonly onEnd: (capture: ExchangeCapture) => void
}

const MAX_REASON_CHARS = 300
const CUT_INSIDE_EVENT = "the stream ended inside an event"

interface Ending {
  readonly end: ExchangeEnd
  readonly reason: string | null
  readonly atMs: number
  readonly body: RecordedBody
}

/** What the trio says of the request; `isOnDisk` once its file is there. */
interface WrittenRequest {
  readonly file: RequestFile
  readonly model: string | undefined
  readonly masks: Readonly<Record<string, number>>
  readonly isOnDisk: boolean
}

/**
 * Notes one exchange while it runs: its request at once, the events of a stream as they come, and the rest of its trio when
 * it is over. See `Capture`.
 */
export class ExchangeCapture implements Capture {
  readonly #start: Omit<CaptureStart, "bodyText" | "body">
  /** Known once the request is looked at. */
  #requestBytes = 0
  readonly #attempt: ReturnType<Attempts["numberOf"]>
  readonly #context: CaptureContext
  readonly #startedAtMs: number
  readonly #reservation: Promise<Reservation>
  readonly #request: Promise<WrittenRequest>
  readonly #stallTimer: NodeJS.Timeout
  readonly #onAbort = (): void => this.#failed(this.#start.signal?.reason)
  #recorder: ResponseRecorder | undefined
  #events: EventLog | undefined
  #response: Pick<Response, "status" | "statusText"> | undefined
  #contentType: string | null = null
  #headersMs: number | null = null
  #firstByteMs: number | null = null
  #firstTokenMs: number | null = null
  /** Bytes of the chunk at hand whose events were not noted yet. */
  #chunkBytes = 0
  #noted: Promise<void> | undefined
  #writtenBytes: number | undefined
  #over = false

  constructor({ bodyText, body, ...start }: CaptureStart, context: CaptureContext) {
    const headers = [...start.headers]
    this.#start = start
    this.#attempt = context.attempts.numberOf({ ...start, bodyText })
    this.#context = context
    this.#startedAtMs = start.startedAtMs ?? context.now()
    this.#reservation = context.store.reserve(start.sessionId, start.dialect.provider, this.#timestamp)
    // Its failure is reported when the trio would be written; until then nobody waits for it.
    this.#reservation.catch(() => undefined)
    this.#request = this.#writeRequest(headers, bodyText, body)
    this.#request.catch(() => undefined)
    this.#stallTimer = this.#watchForStall()
    start.signal?.addEventListener("abort", this.#onAbort, { once: true })
  }

  observe(response: Response): Response {
    const observer = this.attach(response)
    return observer === undefined ? response : tapResponse(response, observer, { holdFirst: this.#request })
  }

  /**
   * Takes note of a response whose body the caller of this reports: what to tell of it; undefined where it cannot be observed.
   *
   * @param atMs when it came. @default now
   */
  attach(response: Response, atMs: number = this.#context.now()): ResponseObserver | undefined {
    if (this.#over || this.#response !== undefined) return undefined
    try {
      return this.#attach(response, atMs)
    } catch (error) {
      this.#context.anomalies.add("capture/response-read", `cannot observe the response: ${nameOf(error)}`)
      return undefined
    }
  }

  failed(error: unknown): void {
    this.#failed(error)
  }

  /** The host stops while the exchange still runs. */
  interrupt(): void {
    this.#finish("aborted", "OpenCode stopped before the reply ended")
  }

  /** The file of the request, on disk before a provider that takes its time says the first byte. */
  async #writeRequest(
    headers: readonly (readonly [string, string])[],
    bodyText: string,
    given: JsonObject | undefined,
  ): Promise<WrittenRequest> {
    const { store, scrubber, ruleOf } = this.#context
    const reservation = await this.#reservation
    this.#requestBytes = Buffer.byteLength(bodyText)
    const body: JsonValue | undefined = given ?? parseJson(bodyText)
    const file = {
      body: body === undefined ? null : await scrubber.jsonSliced(body),
      headers: scrubber.headers(headers),
    }
    const request = {
      file,
      model: isJsonObject(body) ? this.#start.dialect.model(body) : undefined,
      masks: masksIn(bodyText, ruleOf),
    }
    try {
      await store.write(reservation, { request: file })
      const now = { end: "aborted", reason: null, atMs: this.#context.now(), body: NO_BODY } as const
      // Nobody waits for it: it matters after a crash.
      this.#noted = store.note(reservation, this.#meta(now, request)).catch(() => undefined)
      return { ...request, isOnDisk: true }
    } catch {
      // Tried again with the rest of the trio; what hinders that, too, is reported then.
      return { ...request, isOnDisk: false }
    }
  }

  #attach(response: Response, atMs: number): ResponseObserver {
    const contentType = response.headers.get("content-type")
    const recorder = new ResponseRecorder({
      dialect: this.#start.dialect,
      contentType,
      contentEncoding: response.headers.get("content-encoding"),
      maxBodyBytes: this.#context.maxBodyBytes,
      onEvents: (events) => this.#noteEvents(events),
    })
    this.#response = { status: response.status, statusText: response.statusText }
    this.#contentType = contentType
    this.#headersMs = this.#since(atMs)
    this.#recorder = recorder
    if (recorder.isStream) this.#events = this.#openEvents(response.status)
    return {
      chunk: (bytes, chunkAtMs = this.#context.now()) => this.#chunk(recorder, bytes, chunkAtMs),
      end: () => this.#finish("complete", null),
      abort: () => this.#leftByCaller(),
      fail: (error) => this.#failed(error),
    }
  }

  #openEvents(status: number): EventLog {
    const { store, scrubber, live, anomalies, maxBodyBytes } = this.#context
    const contentType = this.#contentType === null ? null : scrubber.text(this.#contentType)
    return new EventLog(
      {
        events: new LiveEvents(scrubber, live),
        open: async () => {
          await this.#request
          return store.openEvents(await this.#reservation)
        },
        maxBytes: maxBodyBytes,
        onFailure: (error) => {
          const { phase, message } = writeFailure(error)
          anomalies.add(phase, message)
        },
      },
      { ms: this.#headersMs ?? 0, status, contentType },
    )
  }

  #chunk(recorder: ResponseRecorder, bytes: Uint8Array, atMs: number): void {
    if (this.#over) return
    this.#firstByteMs ??= this.#since(atMs)
    this.#stallTimer.refresh()
    this.#chunkBytes = bytes.byteLength
    recorder.push(bytes)
    if (this.#firstTokenMs === null && recorder.hasSpoken) this.#firstTokenMs = this.#since(atMs)
  }

  #noteEvents(events: readonly WireEvent[]): void {
    this.#events?.push(events, this.#elapsedMs(), this.#chunkBytes)
    this.#chunkBytes = 0
  }

  // Some callers stop reading at the finish reason: nothing of the reply is missing then.
  #leftByCaller(): void {
    const finished = this.#recorder?.body().stream?.replay.finishReason !== undefined
    if (finished) this.#finish("complete", null)
    this.#finish("aborted", `aborted by the caller after ${this.#recorder?.bytes ?? 0} bytes`)
  }

  #failed(error: unknown): void {
    if (isTimeoutError(error)) {
      this.#finish("timeout", this.#reason(error))
      return
    }
    if (this.#start.signal?.aborted === true || isAbortError(error)) {
      this.#finish("aborted", `aborted by the caller after ${this.#recorder?.bytes ?? 0} bytes`)
      return
    }
    this.#finish(this.#response === undefined ? "network-error" : "cut", this.#reason(error))
  }

  #finish(end: ExchangeEnd, reason: string | null): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#stallTimer)
    this.#start.signal?.removeEventListener("abort", this.#onAbort)
    this.#attempt.settle(end !== "complete" || (this.#response?.status ?? 0) >= 400)
    const atMs = this.#context.now()
    this.#context.enqueue(async () => {
      await this.#recorder?.finish(end === "complete")
      const body = this.#recorder?.body() ?? NO_BODY
      // What it holds is in `body` now, and this object may live on for a while.
      this.#recorder = undefined
      // Without a length, a broken connection looks like an end; half an event tells.
      const isCut = body.stream?.cut === true
      const ending = isCut
        ? { end: "cut" as const, reason: CUT_INSIDE_EVENT, atMs, body }
        : { end, reason, atMs, body }
      await this.#events?.close(ending.end, this.#since(atMs))
      await this.#write(ending)
    })
    this.#context.onEnd(this)
  }

  #watchForStall(): NodeJS.Timeout {
    const { stalledAfterMs, enqueue, now } = this.#context
    const reason = `nothing came for ${Math.round(stalledAfterMs / 1000)} s; the exchange is still open`
    const timer = setTimeout(() => {
      const atMs = now()
      enqueue(async () => {
        if (this.#over || this.#writtenBytes !== undefined) return
        await this.#write({ end: "stalled", reason, atMs, body: this.#recorder?.body() ?? NO_BODY })
      })
    }, stalledAfterMs)
    return timer.unref()
  }

  async #write(ending: Ending): Promise<void> {
    const { store, anomalies, onWritten } = this.#context
    try {
      const reservation = await this.#reservation
      let meta: MetaFile
      try {
        meta = await this.#writeTrio(reservation, ending)
      } catch (error) {
        if (this.#writtenBytes === undefined) await store.discard(reservation)
        throw error
      } finally {
        await this.#noted
        if (this.#over) await store.release(reservation)
      }
      const { capturedBytes } = meta
      const isFirst = this.#writtenBytes === undefined
      onWritten(this.#start.sessionId, isFirst ? 1 : 0, capturedBytes - (this.#writtenBytes ?? 0))
      this.#writtenBytes = capturedBytes
    } catch (error) {
      const { phase, message } = writeFailure(error)
      anomalies.add(phase, message)
    }
  }

  async #writeTrio(reservation: Reservation, ending: Ending): Promise<MetaFile> {
    const { store, scrubber, anomalies } = this.#context
    const request = await this.#request
    const described = await describeResponse(
      {
        status: this.#response?.status ?? null,
        statusText: this.#response?.statusText ?? "",
        contentType: this.#contentType,
        end: ending.end,
        endReason: ending.reason,
        body: ending.body,
      },
      scrubber,
    )
    if (described.anomaly) anomalies.add(described.anomaly.phase, described.anomaly.message)
    const meta = this.#meta(ending, request)
    await store.write(reservation, {
      ...(request.isOnDisk ? {} : { request: request.file }),
      response: described.file,
      meta,
    })
    return meta
  }

  #meta({ end, atMs, body }: Ending, { model, masks }: Pick<WrittenRequest, "model" | "masks">): MetaFile {
    return describeMeta(
      {
        start: this.#start,
        timestamp: this.#timestamp,
        status: this.#response?.status ?? null,
        contentType: this.#contentType,
        durationMs: this.#since(atMs),
        requestBytes: this.#requestBytes,
        requestModel: model,
        masks,
        attempt: this.#attempt.attempt,
        end,
        headersMs: this.#headersMs,
        firstByteMs: this.#firstByteMs,
        firstTokenMs: this.#firstTokenMs,
        body,
      },
      this.#context.scrubber,
    )
  }

  get #timestamp(): string {
    return new Date(this.#startedAtMs).toISOString()
  }

  #elapsedMs(): number {
    return this.#since(this.#context.now())
  }

  #since(atMs: number): number {
    return Math.max(0, atMs - this.#startedAtMs)
  }

  #reason(error: unknown): string {
    return this.#context.scrubber.text(networkMessage(error)).slice(0, MAX_REASON_CHARS)
  }
}
