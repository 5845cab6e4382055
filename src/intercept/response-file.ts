import { parseJson } from "../base/json.ts"
import type { Replay, ReplayToolCall } from "../wire/dialect.ts"
import type { RecordedBody, StreamState } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import type { ExchangeEnd, ReplayDetails, ResponseFile } from "./trio.ts"

/** All that decides what a `….response.json` says. */
export interface ResponseFacts {
  /** `null` where no response came. */
  readonly status: number | null
  readonly statusText: string
  readonly contentType: string | null
  readonly end: ExchangeEnd
  /** Why the body is not whole; `null` for `complete`. Scrubbed. */
  readonly endReason: string | null
  readonly body: RecordedBody
}

/** The file and, where the body could not be stored as it was, what to report. */
export interface DescribedResponse {
  readonly file: ResponseFile
  readonly anomaly?: { readonly phase: string; readonly message: string }
}

type BodyState = Omit<ResponseFile, "status" | "statusText">

const WHOLE = { bodyReadError: null, bodyOmittedReason: null } as const
// Ends that are the person's or the host's choice are no failure.
const FAILED_ENDS: ReadonlySet<ExchangeEnd> = new Set(["cut", "timeout", "network-error", "stalled"])

/**
 * Says truthfully what became of a response body. First match wins:
 * 1. more than the limit was read: `omitted`, `response-too-large`; `replay` keeps what a stream said until then
 * 2. not whole: `replay-text` with what had come of a stream, `json` where it parses all the same, else
 *    `read-error`; `bodyReadError` says why
 * 3. nothing: `empty`
 * 4. a stream: `replay-text`; with an event that is no JSON `omitted`, `malformed-event-stream`, and `replay` keeps
 *    what could be read
 * 5. JSON, whatever its content type: `json`
 * 6. JSON by its content type only: `omitted`, `malformed-json-response`
 * 7. anything else: `omitted`, `unsupported-text-response`
 */
export function describeResponse(facts: ResponseFacts, scrubber: Scrubber): DescribedResponse {
  const { status, statusText } = facts
  const state = bodyState(facts, scrubber)
  const anomaly = anomalyOf(facts, state)
  const file = { status, statusText, ...state }
  return anomaly === undefined ? { file } : { file, anomaly }
}

function bodyState(facts: ResponseFacts, scrubber: Scrubber): BodyState {
  const { body, end } = facts
  if (body.tooLarge) return omitted("response-too-large", truncatedReplay(body.stream, scrubber))
  if (end !== "complete") return partialState(facts, scrubber)
  if (body.bytes === 0) return { body: null, bodyFormat: "empty", ...WHOLE }
  const json = body.text === "" ? undefined : parseJson(body.text)
  if (json !== undefined) return { body: scrubber.json(json), bodyFormat: "json", ...WHOLE }
  if (body.stream !== undefined) return streamState(body.stream, scrubber)
  return omitted(isJsonType(facts.contentType) ? "malformed-json-response" : "unsupported-text-response")
}

function partialState({ body, endReason }: ResponseFacts, scrubber: Scrubber): BodyState {
  const bodyReadError = endReason ?? "the body is not whole"
  const incomplete = { bodyReadError, bodyOmittedReason: null } as const
  const json = body.text === "" ? undefined : parseJson(body.text)
  if (json !== undefined) return { body: scrubber.json(json), bodyFormat: "json", ...incomplete }
  if (body.stream === undefined || body.bytes === 0) {
    return { body: null, bodyFormat: "read-error", ...incomplete }
  }
  const { text, details } = splitReplay(body.stream.replay, scrubber)
  return { body: text, bodyFormat: "replay-text", ...incomplete, ...withReplay(details) }
}

function streamState(stream: StreamState, scrubber: Scrubber): BodyState {
  const { text, details } = splitReplay(stream.replay, scrubber)
  if (stream.malformed === 0) {
    return { body: text, bodyFormat: "replay-text", ...WHOLE, ...withReplay(details) }
  }
  return omitted("malformed-event-stream", text === "" ? details : { text, ...details })
}

function omitted(reason: NonNullable<ResponseFile["bodyOmittedReason"]>, replay?: ReplayDetails): BodyState {
  return {
    body: null,
    bodyFormat: "omitted",
    bodyReadError: null,
    bodyOmittedReason: reason,
    ...withReplay(replay ?? {}),
  }
}

function truncatedReplay(stream: StreamState | undefined, scrubber: Scrubber): ReplayDetails | undefined {
  if (stream === undefined || stream.events === 0) return undefined
  const { text, details } = splitReplay(stream.replay, scrubber)
  return { text, ...details, truncated: true }
}

function withReplay(details: ReplayDetails): { replay?: ReplayDetails } {
  return Object.keys(details).length === 0 ? {} : { replay: details }
}

function splitReplay(replay: Replay, scrubber: Scrubber): { text: string; details: ReplayDetails } {
  const { reasoning, toolCalls, refusal, usage, finishReason, model, error } = replay
  const scrub = (text: string): string => scrubber.text(text)
  const details: ReplayDetails = {
    ...(reasoning ? { reasoning: scrub(reasoning) } : {}),
    ...(toolCalls?.length ? { toolCalls: toolCalls.map((call) => scrubCall(call, scrub)) } : {}),
    ...(refusal ? { refusal: scrub(refusal) } : {}),
    ...(usage === undefined ? {} : { usage }),
    ...(finishReason === undefined ? {} : { finishReason: scrub(finishReason) }),
    ...(model === undefined ? {} : { model: scrub(model) }),
    ...(error === undefined ? {} : { error: { ...error, message: scrub(error.message) } }),
  }
  return { text: scrub(replay.text), details }
}

function scrubCall(call: ReplayToolCall, scrub: (text: string) => string): ReplayToolCall {
  return { ...call, arguments: scrub(call.arguments) }
}

function anomalyOf(facts: ResponseFacts, state: BodyState): DescribedResponse["anomaly"] {
  const { body, contentType, end, endReason } = facts
  const type = contentType ?? "a body without content type"
  if (state.bodyOmittedReason === "response-too-large") {
    const message = `Response body of ${body.bytes} bytes exceeds the capture limit; the caller got all of it`
    return { phase: "capture/response-size", message }
  }
  if (state.bodyOmittedReason === "malformed-event-stream") {
    const message = `Event stream parsing failed: ${body.stream?.malformed ?? 0} event(s) of ${type} are not JSON`
    return { phase: "capture/response-parse", message }
  }
  if (state.bodyOmittedReason === "malformed-json-response") {
    const message = `JSON response parsing failed: ${body.bytes} bytes of ${type} are not JSON`
    return { phase: "capture/response-parse", message }
  }
  if (!FAILED_ENDS.has(end)) return undefined
  return { phase: "capture/response-read", message: endReason ?? `the exchange ended as ${end}` }
}

function isJsonType(contentType: string | null): boolean {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""
  return type === "application/json" || type.endsWith("+json")
}
