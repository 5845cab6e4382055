import { AirlockError, errorMessage } from "../base/errors.ts"
import type { AnomalyLog } from "../base/anomalies.ts"
import { isJsonObject, parseJson } from "../base/json.ts"
import type { Dialect } from "../wire/dialect.ts"
import { tapResponse } from "../wire/tap-response.ts"
import { isAbortError, isTimeoutError, networkMessage } from "./exchange-error.ts"
import { describeResponse } from "./response-file.ts"
import { NO_BODY, type RecordedBody, ResponseRecorder } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import type { CaptureStore, Reservation } from "./store.ts"
import type { ExchangeEnd, MetaFile, Trio } from "./trio.ts"

/** A provider request at the moment it leaves. */
export interface CaptureStart {
  readonly dialect: Dialect
  readonly sessionId?: string
  readonly parentSessionId?: string
  readonly agent?: string
  readonly model?: string
  readonly attribution: "mark" | "header" | "none"
  readonly url: string
  readonly method: string
  readonly headers: Iterable<readonly [string, string]>
  /** The JSON text as sent, that is, masked. */
  readonly bodyText: string
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
  readonly anomalies: AnomalyLog
  readonly now: () => number
  readonly maxBodyBytes: number
  readonly stalledAfterMs: number
  /** Runs `task` later, after those given before. */
  readonly enqueue: (task: () => Promise<void>) => void
  /** A trio is on disk; `addedCaptures` is 0 when it replaced the one of a stalled exchange. */
  readonly onWritten: (addedCaptures: 0 | 1, addedBytes: number) => void
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

/** Notes one exchange while it runs and writes its trio after it ended. See `Capture`. */
export class ExchangeCapture implements Capture {
  readonly #start: CaptureStart
  readonly #headers: readonly (readonly [string, string])[]
  readonly #context: CaptureContext
  readonly #startedAtMs: number
  readonly #reservation: Promise<Reservation>
  readonly #stallTimer: NodeJS.Timeout
  readonly #onAbort = (): void => this.#failed(this.#start.signal?.reason)
  #recorder: ResponseRecorder | undefined
  #response: Pick<Response, "status" | "statusText"> | undefined
  #contentType: string | null = null
  #headersMs: number | null = null
  #firstByteMs: number | null = null
  #writtenBytes: number | undefined
  #over = false

  constructor(start: CaptureStart, context: CaptureContext) {
    this.#start = start
    this.#headers = [...start.headers]
    this.#context = context
    this.#startedAtMs = context.now()
    this.#reservation = context.store.reserve(start.sessionId, start.dialect.provider, this.#timestamp)
    // Its failure is reported when the trio would be written; until then nobody waits for it.
    this.#reservation.catch(() => undefined)
    this.#stallTimer = this.#watchForStall()
    start.signal?.addEventListener("abort", this.#onAbort, { once: true })
  }

  observe(response: Response): Response {
    if (this.#over || this.#response !== undefined) return response
    try {
      return this.#observe(response)
    } catch (error) {
      this.#context.anomalies.add("capture/response-read", `cannot observe the response: ${nameOf(error)}`)
      return response
    }
  }

  failed(error: unknown): void {
    this.#failed(error)
  }

  /** The host stops while the exchange still runs. */
  interrupt(): void {
    this.#finish("aborted", "OpenCode stopped before the reply ended")
  }

  #observe(response: Response): Response {
    const contentType = response.headers.get("content-type")
    const recorder = new ResponseRecorder({
      dialect: this.#start.dialect,
      contentType,
      contentEncoding: response.headers.get("content-encoding"),
      maxBodyBytes: this.#context.maxBodyBytes,
    })
    this.#response = { status: response.status, statusText: response.statusText }
    this.#contentType = contentType
    this.#headersMs = this.#elapsedMs()
    this.#recorder = recorder
    return tapResponse(response, {
      chunk: (bytes) => this.#chunk(recorder, bytes),
      end: () => this.#finish("complete", null),
      abort: () => this.#leftByCaller(),
      fail: (error) => this.#failed(error),
    })
  }

  #chunk(recorder: ResponseRecorder, bytes: Uint8Array): void {
    if (this.#over) return
    this.#firstByteMs ??= this.#elapsedMs()
    this.#stallTimer.refresh()
    recorder.push(bytes)
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
    const atMs = this.#context.now()
    this.#context.enqueue(async () => {
      await this.#recorder?.finish(end === "complete")
      const body = this.#recorder?.body() ?? NO_BODY
      // What it holds is in `body` now, and this object may live on for a while.
      this.#recorder = undefined
      // Without a length, a broken connection looks like an end; half an event tells.
      if (body.stream?.cut) return this.#write({ end: "cut", reason: CUT_INSIDE_EVENT, atMs, body })
      return this.#write({ end, reason, atMs, body })
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
      let trio: Trio
      try {
        trio = await this.#trio(ending)
        await store.write(reservation, trio)
      } finally {
        await store.release(reservation)
      }
      const { capturedBytes } = trio.meta
      onWritten(this.#writtenBytes === undefined ? 1 : 0, capturedBytes - (this.#writtenBytes ?? 0))
      this.#writtenBytes = capturedBytes
    } catch (error) {
      const { phase, message } = writeFailure(error)
      anomalies.add(phase, message)
    }
  }

  async #trio(ending: Ending): Promise<Trio> {
    const { scrubber, anomalies } = this.#context
    const parsed = parseJson(this.#start.bodyText)
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
    const requested = isJsonObject(parsed) ? this.#start.dialect.model(parsed) : undefined
    return {
      request: {
        body: parsed === undefined ? null : await scrubber.jsonSliced(parsed),
        headers: scrubber.headers(this.#headers),
      },
      response: described.file,
      meta: this.#meta(ending, requested),
    }
  }

  #meta({ end, atMs, body }: Ending, requestedModel: string | undefined): MetaFile {
    const { url, method, sessionId, parentSessionId, agent, model, dialect, attribution } = this.#start
    const requestBytes = Buffer.byteLength(this.#start.bodyText)
    const { scrubber } = this.#context
    const scrubbed = (text: string | null | undefined): string | null =>
      typeof text === "string" ? scrubber.text(text) : null
    return {
      timestamp: this.#timestamp,
      url: scrubber.url(url),
      method,
      status: this.#response?.status ?? null,
      contentType: scrubbed(this.#contentType),
      durationMs: Math.max(0, atMs - this.#startedAtMs),
      requestBytes,
      responseBytes: body.bytes,
      capturedBytes: requestBytes + body.bytes,
      sessionId: sessionId ?? null,
      parentSessionId: parentSessionId ?? null,
      agent: scrubbed(agent),
      model: scrubbed(model ?? requestedModel ?? body.stream?.replay.model),
      dialect: dialect.id,
      provider: dialect.provider,
      attribution,
      end,
      headersMs: this.#headersMs,
      firstByteMs: this.#firstByteMs,
    }
  }

  get #timestamp(): string {
    return new Date(this.#startedAtMs).toISOString()
  }

  #elapsedMs(): number {
    return Math.max(0, this.#context.now() - this.#startedAtMs)
  }

  #reason(error: unknown): string {
    return this.#context.scrubber.text(networkMessage(error)).slice(0, MAX_REASON_CHARS)
  }
}

// A failed system call names paths of ours. Whatever else went wrong may quote what it was working on.
function writeFailure(error: unknown): { phase: string; message: string } {
  if (error instanceof AirlockError) {
    const phase = error.code === "FILE_UNSAFE" ? "capture/path-safety" : "capture/dump-write"
    return { phase, message: error.message }
  }
  const isSystemError = error instanceof Error && "code" in error && "syscall" in error
  const message = isSystemError ? errorMessage(error) : `the capture could not be written (${nameOf(error)})`
  return { phase: "capture/dump-write", message }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
