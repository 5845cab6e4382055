/** Is told what passes. Called synchronously, before the caller sees the same thing; must not keep `bytes`. */
export interface ResponseObserver {
  /** One chunk, as the caller will get it. The caller may overwrite or transfer it afterwards: copy or decode now. */
  chunk(bytes: Uint8Array, atMs?: number): void
  /** The body ended, or there is none. */
  end(): void
  /** The caller cancelled the body. */
  abort(reason: unknown): void
  /** Reading from the source failed; the caller gets this very error. */
  fail(error: unknown): void
}

export interface TapOptions {
  /**
   * The first chunk is handed on when this settles, however it does, or 2 ms after it came, whichever is first. Headers, later
   * chunks and failures never wait. @default nothing is held
   */
  readonly holdFirst?: Promise<unknown>
}

const HOLD_FIRST_MS = 2

// Fetch standard, "null body status": a Response with a body cannot be built for these.
const NULL_BODY_STATUS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/**
 * Answers a response that behaves as `response` does (status, statusText, headers, url, redirected, type, chunk
 * boundaries, errors) and tells `observer` what passes. It pulls from the source only when the caller pulls, so
 * back-pressure and cancellation reach the source and nothing is buffered. Exactly one of `end`, `abort` and `fail`
 * is called, at most once. An observer that throws is not called again and never harms the caller.
 *
 * The body of `response` is taken over; where there is none, `response` itself is answered.
 */
export function tapResponse(
  response: Response,
  observer: ResponseObserver,
  { holdFirst }: TapOptions = {},
): Response {
  const safe = new SafeObserver(observer)
  if (response.body === null || NULL_BODY_STATUS.has(response.status) || response.status < 200) {
    safe.end()
    return response
  }
  const { status, statusText, headers } = response
  const body = tapStream(response.body, safe, new Hold(holdFirst))
  return withIdentity(new Response(body, { status, statusText, headers }), response)
}

function tapStream(
  source: ReadableStream<Uint8Array>,
  observer: SafeObserver,
  hold: Hold,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let cancelled = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller): Promise<void> {
        const result = await readOrFail(reader, observer)
        if (result.done) {
          observer.end()
          controller.close()
          return
        }
        observer.chunk(result.value)
        if (hold.isPending) await hold.over()
        if (!cancelled) controller.enqueue(result.value)
      },
      cancel(reason): Promise<void> {
        cancelled = true
        hold.release()
        observer.abort(reason)
        return reader.cancel(reason)
      },
    },
    // Zero: the caller's own pull is the only thing that reads from the source.
    { highWaterMark: 0 },
  )
}

/** What the first chunk waits for. */
class Hold {
  #until: Promise<unknown> | undefined
  #release: () => void = () => undefined

  constructor(until: Promise<unknown> | undefined) {
    this.#until = until
    const settled = (): void => this.release()
    until?.then(settled, settled)
  }

  get isPending(): boolean {
    return this.#until !== undefined
  }

  /** Resolves when it is released, or after its time. */
  async over(): Promise<void> {
    const timer = setTimeout(() => this.release(), HOLD_FIRST_MS)
    await new Promise<void>((resolve) => {
      this.#release = resolve
    })
    clearTimeout(timer)
  }

  release(): void {
    this.#until = undefined
    this.#release()
  }
}

async function readOrFail(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  observer: SafeObserver,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read()
  } catch (error) {
    observer.fail(error)
    throw error
  }
}

/** A constructed Response has no url and no redirect history, and neither has its clone: both are put back. */
function withIdentity(tapped: Response, original: Response): Response {
  const { url, redirected, type } = original
  const own = (value: unknown): PropertyDescriptor => ({ value, configurable: true, enumerable: false })
  return Object.defineProperties(tapped, {
    url: own(url),
    redirected: own(redirected),
    type: own(type),
    clone: own(() => withIdentity(Response.prototype.clone.call(tapped), original)),
  })
}

/** Calls the observer until it threw or was told how the body ended. */
class SafeObserver implements ResponseObserver {
  #observer: ResponseObserver | undefined

  constructor(observer: ResponseObserver) {
    this.#observer = observer
  }

  chunk(bytes: Uint8Array): void {
    this.#call((observer) => observer.chunk(bytes), false)
  }

  end(): void {
    this.#call((observer) => observer.end(), true)
  }

  abort(reason: unknown): void {
    this.#call((observer) => observer.abort(reason), true)
  }

  fail(error: unknown): void {
    this.#call((observer) => observer.fail(error), true)
  }

  #call(tell: (observer: ResponseObserver) => void, last: boolean): void {
    const observer = this.#observer
    if (observer === undefined) return
    if (last) this.#observer = undefined
    try {
      tell(observer)
    } catch {
      // Observation never harms: the caller's bytes matter more than what somebody wanted to note about them.
      this.#observer = undefined
    }
  }
}
