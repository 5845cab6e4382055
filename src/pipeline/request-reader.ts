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
  readonly drained?: Uint8Array<ArrayBuffer>
}

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
 * Text of a request body (empty where there is none), or `undefined` for what cannot be JSON (forms, multipart, other
 * media types, bytes that are not UTF-8). Streams and Requests are read to their end, because their bytes cannot be judged
 * otherwise.
 *
 * @throws AirlockError MASK_BODY_UNREADABLE when a stream body holds more than 64 MiB
 */
export async function readBody(call: FetchArguments, headers: Headers): Promise<ReadBody | undefined> {
  const body = call.init?.body
  if (body === undefined || body === null) return readRequestBody(call.input, headers)
  if (typeof body === "string") return { text: body }
  if (body instanceof ArrayBuffer) return decoded(new Uint8Array(body))
  if (ArrayBuffer.isView(body)) return decoded(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
  if (!mayBeJson(headers, body)) return undefined
  if (body instanceof Blob) return decoded(new Uint8Array(await body.arrayBuffer()))
  if (body instanceof ReadableStream) return drain(body)
  return undefined
}

/**
 * Reads the Request itself: in OpenCode 1.18 (Bun 1.3.14) a Request of its HTTP client that was cloned is sent with an
 * empty body. The Request stays the input of fetch; only its body is given again.
 */
async function readRequestBody(input: RequestInfo | URL, headers: Headers): Promise<ReadBody | undefined> {
  if (!(input instanceof Request) || !input.body) return { text: "" }
  if (input.bodyUsed || !mayBeJson(headers)) return undefined
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

async function drain(stream: ReadableStream<Uint8Array>): Promise<ReadBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size > MAX_STREAM_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  const drained = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    drained.set(chunk, offset)
    offset += chunk.byteLength
  }
  return { text: decoded(drained)?.text, drained }
}
