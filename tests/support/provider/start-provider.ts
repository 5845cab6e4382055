import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { gunzipSync, gzipSync } from "node:zlib"
import { isJsonObject, type JsonObject, parseJson } from "../../../src/base/json.ts"
import { anthropicMessages } from "./dialects/anthropic-messages.ts"
import { bedrockConverse } from "./dialects/bedrock-converse.ts"
import { googleGenerateContent } from "./dialects/google-generate-content.ts"
import { openaiChat } from "./dialects/openai-chat.ts"
import { openaiResponses } from "./dialects/openai-responses.ts"
import type { ProviderDialect, ViewedRequest, WireFormat } from "./dialect.ts"
import type { Step } from "./step.ts"

const FORMATS: readonly WireFormat[] = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  googleGenerateContent,
  bedrockConverse,
]

/** One request exactly as it arrived, and what it asks. */
export interface ProviderRequest {
  /** Position among all requests of this server, from 0. */
  readonly index: number
  readonly atMs: number
  /** First segment of the path. */
  readonly lane: string
  readonly method: string
  /** Path with query, as received. */
  readonly url: string
  /** Names and values in turn, spelled as received. */
  readonly rawHeaders: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  /** Body bytes as received (before any content decoding). */
  readonly body: Uint8Array
  /** Body as text, content encoding undone. */
  readonly text: string
  readonly json: JsonObject
  readonly dialect: ProviderDialect | undefined
  readonly streamed: boolean
  /** OpenCode's session, from the headers it adds for every provider but its own. */
  readonly sessionId: string | undefined
  readonly parentSessionId: string | undefined
  readonly view: ViewedRequest
}

/** Answers a request. What it throws becomes HTTP 400 (which OpenCode does not retry) and is kept in `Provider.failures`. */
export type Script = (request: ProviderRequest) => Step | Promise<Step>

export interface Provider {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Every request so far, in order of arrival. */
  readonly requests: readonly ProviderRequest[]
  /** What scripts threw; a test that expects none asserts on it. */
  readonly failures: readonly string[]
  /** Scripts a lane: a function, or answers to give in turn (then HTTP 400). Replaces what was there. */
  script(lane: string, answers: Script | readonly Step[]): void
  /** Base URL to configure for a provider that speaks `dialect`, on `lane`. */
  baseUrl(lane: string, dialect: ProviderDialect): string
  /** Requests of one lane. */
  lane(lane: string): readonly ProviderRequest[]
  /** Closes the server and every connection. */
  stop(): Promise<void>
}

/** Where each SDK expects its base URL to end. */
const BASE_PATHS: Readonly<Record<ProviderDialect, string>> = {
  "openai-chat": "/v1",
  "openai-responses": "/v1",
  "anthropic-messages": "/v1",
  "google-generate-content": "/v1beta",
  "bedrock-converse": "",
}

/**
 * Starts a provider that speaks five wire formats on 127.0.0.1 and answers as scripted. Lanes (the first segment
 * of the path) keep concurrent cases apart. A lane without a script answers HTTP 400.
 */
export async function startProvider(): Promise<Provider> {
  const requests: ProviderRequest[] = []
  const failures: string[] = []
  const scripts = new Map<string, Script>()
  const closing = new AbortController()

  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch((error: unknown) => {
      failures.push(error instanceof Error ? error.message : String(error))
      response.destroy()
    })
  })

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, requests.length)
    requests.push(request)
    const format = FORMATS.find((candidate) => candidate.dialect === request.dialect)
    const step = await decide(request)
    await send(response, step, format, request, closing.signal)
  }

  async function decide(request: ProviderRequest): Promise<Step> {
    const script = scripts.get(request.lane)
    if (script === undefined) return failed(`No script for lane ${request.lane}`)
    try {
      return await script(request)
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error))
    }
  }

  function failed(message: string): Step {
    failures.push(message)
    return { kind: "failure", status: 400, message }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${portOf(server.address())}`
  return {
    url,
    requests,
    failures,
    script: (lane, answers) =>
      void scripts.set(lane, typeof answers === "function" ? answers : inTurn(answers)),
    baseUrl: (lane, dialect) => `${url}/${lane}${BASE_PATHS[dialect]}`,
    lane: (lane) => requests.filter((request) => request.lane === lane),
    stop: async () => {
      closing.abort()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function inTurn(steps: readonly Step[]): Script {
  const left = [...steps]
  return (request) => {
    const step = left.shift()
    if (step === undefined)
      throw new Error(`Lane ${request.lane} has no answer left for request ${request.index}`)
    return step
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The provider has no TCP port")
  return address.port
}

async function readRequest(incoming: IncomingMessage, index: number): Promise<ProviderRequest> {
  const atMs = Date.now()
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk)
  const body = Buffer.concat(chunks)
  const url = incoming.url ?? "/"
  const path = url.split("?", 1)[0] ?? url
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  )
  const text = (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("utf8")
  const parsed = parseJson(text)
  const json = isJsonObject(parsed) ? parsed : {}
  const format = FORMATS.find((candidate) => candidate.matches(path))
  return {
    index,
    atMs,
    lane: path.split("/")[1] ?? "",
    method: incoming.method ?? "",
    url,
    rawHeaders: [...incoming.rawHeaders],
    headers,
    body,
    text,
    json,
    dialect: format?.dialect,
    streamed: format?.streamed(path, json) ?? false,
    sessionId: headers["x-session-id"] ?? headers["x-session-affinity"],
    parentSessionId: headers["x-parent-session-id"],
    view: format?.view(json) ?? { system: "", messages: [], tools: [] },
  }
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly chunks: readonly (string | Uint8Array)[]
}

function encode(step: Step, format: WireFormat | undefined, request: ProviderRequest): Answer {
  const json = { "content-type": "application/json" }
  if (step.kind === "raw") return { status: step.status, headers: step.headers ?? {}, chunks: step.chunks }
  if (step.kind === "failure") {
    const body = format?.error(step.status, step.message) ?? { error: { message: step.message } }
    return { status: step.status, headers: { ...json, ...step.headers }, chunks: [JSON.stringify(body)] }
  }
  if (format === undefined)
    return { status: 404, headers: json, chunks: ['{"error":{"message":"unknown path"}}'] }
  const model = typeof request.json.model === "string" ? request.json.model : "scripted"
  if (!request.streamed)
    return { status: 200, headers: json, chunks: [JSON.stringify(format.json(step, model))] }
  return { status: 200, headers: { "content-type": format.streamType }, chunks: format.frames(step, model) }
}

async function send(
  response: ServerResponse,
  step: Step,
  format: WireFormat | undefined,
  request: ProviderRequest,
  closing: AbortSignal,
): Promise<void> {
  const { status, headers, chunks } = encode(step, format, request)
  await pause(step.headersAfterMs, closing)
  const out =
    step.gzip === true ? [gzipSync(Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))))] : chunks
  response.writeHead(status, { ...headers, ...(step.gzip === true ? { "content-encoding": "gzip" } : {}) })
  response.flushHeaders()
  await pause(step.firstChunkAfterMs, closing)
  for (const [index, chunk] of out.entries()) {
    if (response.destroyed) return
    if (index === step.cutAfterChunks) {
      // Let what was written leave first, so that "cut in the middle" is not "nothing at all".
      await sleep(20)
      response.socket?.destroy()
      return
    }
    if (index === step.stallAfterChunks) return
    response.write(chunk)
    if (index < out.length - 1) await pause(step.betweenChunksMs, closing)
  }
  response.end()
}

async function pause(ms: number | undefined, closing: AbortSignal): Promise<void> {
  if (ms === undefined || ms <= 0) return
  await sleep(ms, undefined, { signal: closing }).catch(() => undefined)
}
