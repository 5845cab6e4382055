import { type ResponseObserver, tapResponse } from "../wire/tap-response.ts"
import type { Capture, ExchangeCapture } from "./capture.ts"

/**
 * A provider that answers faster than this gets its reply through before anything of the request is looked at. A large body is
 * still being sent for a while, and no provider answers before it has it.
 */
const START_AFTER_MS = 4
const BYTES_PER_MS = 25_000

interface LateOptions {
  readonly now: () => number
  /** Of the request's body, in characters or bytes. */
  readonly size: number
}

/** What came before the capture had begun, with its time. */
type Happening = (observer: ResponseObserver) => void

/**
 * A capture that begins a few milliseconds after its request has left, or when the first chunk of the reply has passed: reading,
 * scrubbing and writing a conversation of megabytes takes longer than a provider on the same machine, and the caller does not
 * wait for it. What passes meanwhile is kept and told then.
 */
export class LateCapture implements Capture {
  readonly #begin: () => ExchangeCapture | undefined
  readonly #onBegin: () => void
  readonly #now: () => number
  readonly #timer: NodeJS.Timeout
  #capture: ExchangeCapture | undefined
  #observer: ResponseObserver | undefined
  #response: { readonly response: Response; readonly atMs: number } | undefined
  #waiting: Happening[] = []
  #begun = false
  #ended = false

  /**
   * @param begin makes the capture; undefined where there is nothing to capture after all
   * @param onBegin told right before, so that those that left earlier can begin first
   */
  constructor(begin: () => ExchangeCapture | undefined, onBegin: () => void, { now, size }: LateOptions) {
    this.#begin = begin
    this.#onBegin = onBegin
    this.#now = now
    this.#timer = setTimeout(() => this.start(), START_AFTER_MS + size / BYTES_PER_MS)
  }

  /** Whether the exchange is over, though its capture may not have begun. */
  get hasEnded(): boolean {
    return this.#ended
  }

  observe(response: Response): Response {
    if (this.#capture !== undefined) return this.#capture.observe(response)
    // It began, and there was nothing to capture.
    if (this.#begun || this.#response !== undefined) return response
    this.#response = { response, atMs: this.#now() }
    return tapResponse(response, {
      chunk: (bytes) => {
        if (this.#observer !== undefined) return this.#observer.chunk(bytes)
        if (this.#begun) return undefined
        // The caller may overwrite it afterwards.
        const copy = bytes.slice()
        return this.#happened((observer, atMs) => observer.chunk(copy, atMs))
      },
      end: () => this.#over((observer) => observer.end()),
      abort: (reason) => this.#over((observer) => observer.abort(reason)),
      fail: (error) => this.#over((observer) => observer.fail(error)),
    })
  }

  failed(error: unknown): void {
    this.#ended = true
    this.start()
    this.#capture?.failed(error)
  }

  /** Begins now, once. */
  start(): void {
    if (this.#begun) return
    this.#begun = true
    clearTimeout(this.#timer)
    this.#onBegin()
    this.#capture = this.#begin()
    const { response, atMs } = this.#response ?? {}
    if (this.#capture !== undefined && response !== undefined)
      this.#observer = this.#capture.attach(response, atMs)
    const waiting = this.#waiting
    this.#waiting = []
    if (this.#observer !== undefined) for (const happening of waiting) happening(this.#observer)
  }

  /** Keeps what happened, and begins once the caller has it. */
  #happened(tell: (observer: ResponseObserver, atMs: number) => void): void {
    const atMs = this.#now()
    if (this.#waiting.length === 0) setImmediate(() => this.start())
    this.#waiting.push((observer) => tell(observer, atMs))
  }

  #over(tell: (observer: ResponseObserver) => void): void {
    this.#ended = true
    if (this.#observer !== undefined) tell(this.#observer)
    else if (!this.#begun) this.#happened(tell)
  }
}
