import { AirlockError } from "../base/errors.ts"

/** Arguments of `fetch`, as the caller gave them. */
export interface FetchArguments {
  readonly input: RequestInfo | URL
  readonly init: RequestInit | undefined
}

/** The body of a request, read without disturbing what the caller gave unless that cannot be avoided. */
export interface ReadBody {
  /** `undefined` where the bytes are not UTF-8, so that nobody can say what they hold. */
  readonly text: string | undefined
  /** Present when reading used up a body of the caller's (a stream, a Request): what to send in its place. */
  readonly drained?: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}

/**
 * How much must be known of a stream: `always` its whole text; `json` its text where it can be a JSON object; `ifSmall` the
 * same, save that a stream past the limit goes on unread instead of being refused.
 */
export type Judge = "always" | "json" | "ifSmall"

const MAX_STREAM_BYTES = 64 * 1024 * 1024

/** Method of a fetch call, upper-case (Fetch Standard: init wins over the Request). */
export function methodOf({ input, init }: FetchArguments): string {
  const method = init?.method ?? (input instanceof Request ? input.method : "GET")
  return method.toUpperCase()
}

/** URL of a fetch call as text. */
export function urlOf({ input }: FetchArguments): string {
  if (typeof input === "string") return input
  return input instanceof URL ? input.href : input.url
}

/** Abort signal of a fetch call, if it has one (Fetch Standard: init wins over the Request). */
export function signalOf({ input, init }: FetchArguments): AbortSignal | undefined {
  return init?.signal ?? (input instanceof Request ? input.signal : undefined)
}

/** A copy of the headers the request would carry (Fetch Standard: init's headers replace the Request's). */
export function headersOf({ input, init }: FetchArguments): Headers {
  if (init?.headers !== undefined) return new Headers(init.headers)
  return new Headers(input instanceof Request ? input.headers : undefined)
}

/**
 * How to read, at any time, a body that is there as text or bytes, without touching anything of the caller's. `undefined` for
 * what has to be read before it is sent.
 */
export function textAtHand(call: FetchArguments, headers: Headers): (() => string | undefined) | undefined {
  const body = call.init?.body
  if (typeof body === "string") return () => body
  if (body === undefined || body === null) {
    if (!(call.input instanceof Request)) return () => ""
    if (call.input.bodyUsed || !mayBeJson(headers)) return () => undefined
    return call.input.body ? undefined : () => ""
  }
  const bytes = bytesOf(body)
  if (bytes) {
    // The caller may overwrite or transfer them once fetch has returned.
    const copy = bytes.slice()
    return () => decoded(copy)?.text
  }
  const isForm = !(body instanceof Blob) && !(body instanceof ReadableStream)
  return isForm || !mayBeJson(headers, body) ? () => undefined : undefined
}

/**
 * Text of a request body (empty where there is none), or `undefined` for what cannot be JSON (forms, multipart, other
 * media types, bytes that are not UTF-8). Requests are read to their end and streams as far as `judge` says, because their
 * bytes cannot be judged otherwise.
 *
 * @throws AirlockError MASK_BODY_UNREADABLE when a stream that must be judged holds more than 64 MiB
 */
export async function readBody(
  call: FetchArguments,
  headers: Headers,
  judge: Judge,
): Promise<ReadBody | undefined> {
  const body = call.init?.body
  if (body === undefined || body === null) return readRequestBody(call.input, headers)
  if (typeof body === "string") return { text: body }
  const bytes = bytesOf(body)
  if (bytes) return decoded(bytes)
  if (!mayBeJson(headers, body)) return undefined
  if (body instanceof Blob) return decoded(new Uint8Array(await body.arrayBuffer()))
  if (body instanceof ReadableStream) return drain(body, judge)
  return undefined
}

function bytesOf(body: unknown): Uint8Array | undefined {
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  return ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : undefined
}

/**
 * Reads the Request itself: in OpenCode 1.18 (Bun 1.3.14) a Request of its HTTP client that was cloned is sent with an
 * empty body. The Request stays the input of fetch; only its body is given again.
 */
async function readRequestBody(input: RequestInfo | URL, headers: Headers): Promise<ReadBody | undefined> {
  if (!(input instanceof Request)) return { text: "" }
  // Before `body` is looked at: in Bun 1.3.14 that turns a form into a stream, which is sent without its length.
  if (input.bodyUsed || !mayBeJson(headers)) return undefined
  if (!input.body) return { text: "" }
  const drained = new Uint8Array(await input.arrayBuffer())
  return { text: decoded(drained)?.text, drained }
}

function tooLarge(): AirlockError {
  return new AirlockError(
    "MASK_BODY_UNREADABLE",
    "Its body is a stream of more than 64 MiB, which cannot be checked for secrets. Send it as text or bytes.",
  )
}

function mayBeJson(headers: Headers, body?: unknown): boolean {
  const type = headers.get("content-type") ?? (body instanceof Blob ? body.type : "")
  return type === "" || /[/+]json\b|^text\/plain\b/i.test(type)
}

function decoded(bytes: Uint8Array): ReadBody | undefined {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return undefined
  }
}

async function drain(stream: ReadableStream<Uint8Array>, judge: Judge): Promise<ReadBody> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return { text: decoded(concat(chunks, size))?.text, drained: rejoin(chunks, reader) }
    size += value.byteLength
    chunks.push(value)
    if (judge !== "always" && cannotBeObject(chunks))
      return { text: undefined, drained: rejoin(chunks, reader) }
    if (size <= MAX_STREAM_BYTES) continue
    if (judge === "ifSmall") return { text: undefined, drained: rejoin(chunks, reader) }
    await reader.cancel().catch(() => undefined)
    throw tooLarge()
  }
}

/** Whether the first chunk that holds more than white space and a byte order mark begins with something else than `{`. */
function cannotBeObject(chunks: readonly Uint8Array[]): boolean {
  const first = chunks.at(-1)?.find((byte) => !BLANK_BYTES.has(byte))
  return first !== undefined && chunks.slice(0, -1).every(isBlank) && first !== 0x7b
}

// White space of JSON (RFC 8259) and the bytes of a byte order mark.
const BLANK_BYTES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

function isBlank(chunk: Uint8Array): boolean {
  return chunk.every((byte) => BLANK_BYTES.has(byte))
}

/** The stream that was begun to be read, from its start. */
function rejoin(
  chunks: readonly Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  const left = [...chunks]
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller): Promise<void> {
        const chunk = left.shift()
        if (chunk) return controller.enqueue(chunk)
        const { value, done } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}
