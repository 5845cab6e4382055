import { gzipSync } from "node:zlib"

/** Where the calls go. */
export interface CallTargets {
  /** A recording server, `http://127.0.0.1:<port>`. */
  readonly url: string
  /** The same over TLS with a certificate nobody trusts. */
  readonly tlsUrl: string
  /** A recording HTTP proxy. */
  readonly proxyUrl: string
}

/** What the caller of one fetch saw. */
export interface CallSeen {
  readonly status?: number
  readonly statusText?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly url?: string
  readonly redirected?: boolean
  readonly type?: string
  readonly body?: string
  /** Name of what fetch, or reading the body, threw. */
  readonly error?: string
}

type Call = (url: string, targets: CallTargets) => Promise<Response>

const CHAT = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "hello" }] })
const OTHER = '{"query":"é"}'
const JSON_TYPE = { "content-type": "application/json", "x-own": "kept" }
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

function post(url: string, body: BodyInit, extra: Record<string, unknown> = {}): Promise<Response> {
  return fetch(url, { method: "POST", headers: JSON_TYPE, body, ...extra })
}

function form(): FormData {
  const data = new FormData()
  data.set("messages", "hello")
  data.set("file", new Blob(["content"], { type: "text/plain" }), "a.txt")
  return data
}

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(bytes(chunk))
      controller.close()
    },
  })
}

/** Calls of `fetch` as providers, tools and other plugins make them. Each goes to a path of its own name. */
const CALLS: Readonly<Record<string, Call>> = {
  string: (url) => post(url, CHAT),
  "string-of-another-shape": (url) => post(url, OTHER),
  "string-without-type": (url) => fetch(url, { method: "POST", body: CHAT }),
  "url-object": (url) => fetch(new URL(url), { method: "post", body: CHAT, headers: new Headers(JSON_TYPE) }),
  "headers-as-pairs": (url) => fetch(url, { method: "POST", body: CHAT, headers: Object.entries(JSON_TYPE) }),
  bytes: (url) => post(url, bytes(CHAT)),
  "array-buffer": (url) => post(url, bytes(CHAT).buffer),
  "view-of-a-buffer": (url) => post(url, bytes(`xx${CHAT}`).subarray(2)),
  "bytes-of-no-text": (url) => post(url, new Uint8Array([0xff, 0xfe, 0x00, 0x7b])),
  "gzipped-bytes": (url) =>
    post(url, new Uint8Array(gzipSync(CHAT)), { headers: { "content-encoding": "gzip" } }),
  blob: (url) => fetch(url, { method: "POST", body: new Blob([CHAT], { type: "application/json" }) }),
  "form-data": (url) => fetch(url, { method: "POST", body: form() }),
  "url-search-params": (url) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ messages: "hello" }) }),
  stream: (url) => post(url, streamOf(CHAT.slice(0, 9), CHAT.slice(9)), { duplex: "half" }),
  "stream-of-text": (url) => post(url, streamOf("plain ", "text"), { duplex: "half", headers: {} }),
  "empty-post": (url) => fetch(url, { method: "POST" }),
  request: (url) => fetch(new Request(url, { method: "POST", body: CHAT, headers: JSON_TYPE })),
  "request-of-another-shape": (url) =>
    fetch(new Request(url, { method: "POST", body: OTHER, headers: JSON_TYPE })),
  "request-of-bytes": (url) =>
    fetch(new Request(url, { method: "POST", body: new Uint8Array([0xff, 0x00]) })),
  "request-with-form": (url) => fetch(new Request(url, { method: "POST", body: form() })),
  "request-with-init": (url) =>
    fetch(new Request(url, { method: "POST", body: CHAT }), { headers: { "x-own": "of init" } }),
  get: (url) => fetch(url, { headers: { accept: "application/json" } }),
  put: (url) => fetch(url, { method: "PUT", body: CHAT, headers: JSON_TYPE }),
  head: (url) => fetch(url, { method: "HEAD" }),
  proxy: (url, { proxyUrl }) => post(url, CHAT, { proxy: proxyUrl }),
  tls: (url, { url: plain, tlsUrl }) =>
    post(url.replace(plain, tlsUrl), CHAT, { tls: { rejectUnauthorized: false } }),
  "tls-that-must-fail": (url, { url: plain, tlsUrl }) => post(url.replace(plain, tlsUrl), CHAT),
  "timeout-false": (url) => post(url, CHAT, { timeout: false }),
  aborted: (url) => post(url, CHAT, { signal: AbortSignal.abort() }),
  "aborted-with-reason": (url) => post(url, CHAT, { signal: AbortSignal.abort(new RangeError("mine")) }),
  "aborted-while-waiting": (url) => post(`${url}?do=wait`, CHAT, { signal: AbortSignal.timeout(60) }),
  redirect: (url) => post(`${url}?do=redirect`, CHAT),
  "redirect-not-followed": (url) => post(`${url}?do=redirect`, CHAT, { redirect: "manual" }),
  "no-content": (url) => post(`${url}?do=empty`, CHAT),
  "gzipped-reply": (url) => post(`${url}?do=gzip`, CHAT),
  "failing-status": (url) => post(`${url}?do=teapot`, CHAT),
  "cut-reply": (url) => post(`${url}?do=cut`, CHAT),
  "refused-connection": (url) => post(url.replace(/:\d+/, ":1"), CHAT),
}

/** Names of all calls. */
export const CALL_NAMES: readonly string[] = Object.keys(CALLS)

/** Makes every call, one after the other. */
export async function makeCalls(targets: CallTargets): Promise<Readonly<Record<string, CallSeen>>> {
  const seen: Record<string, CallSeen> = {}
  for (const [name, call] of Object.entries(CALLS)) {
    seen[name] = await observe(() => call(`${targets.url}/${name}`, targets))
  }
  return seen
}

async function observe(call: () => Promise<Response>): Promise<CallSeen> {
  try {
    const response = await call()
    const { status, statusText, url, redirected, type } = response
    const headers = [...response.headers].filter(([name]) => name !== "date")
    const head = { status, statusText, headers, url, redirected, type }
    try {
      return { ...head, body: await response.text() }
    } catch (error) {
      return { ...head, error: nameOf(error) }
    }
  } catch (error) {
    return { error: nameOf(error) }
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code: unknown = Reflect.get(error, "code")
  return [error.name, error.message, ...(typeof code === "string" ? [code] : [])].join(": ")
}
