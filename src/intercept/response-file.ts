import { parseJson } from "../base/json.ts"
import type { Replay, ReplayToolCall } from "../wire/dialect.ts"
import type { RecordedBody, StreamState } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import { type Breathe, slicer } from "./slicer.ts"
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

type ReplayError = NonNullable<Replay["error"]>
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
 *
 * Every text that the provider chose goes through the scrubber, the ones that only look like names too. Gives the
 * event loop back between them.
 */
export async function describeResponse(facts: ResponseFacts, scrubber: Scrubber): Promise<DescribedResponse> {
  const state = await bodyState(facts, scrubber)
  const anomaly = anomalyOf(facts, state, scrubber)
  const file = { status: facts.status, statusText: scrubber.text(facts.statusText), ...state }
  return anomaly === undefined ? { file } : { file, anomaly }
}

async function bodyState(facts: ResponseFacts, scrubber: Scrubber): Promise<BodyState> {
  const { body, end } = facts
  if (body.tooLarge) return omitted("response-too-large", await truncatedReplay(body.stream, scrubber))
  if (end !== "complete") return partialState(facts, scrubber)
  if (body.bytes === 0) return { body: null, bodyFormat: "empty", ...WHOLE }
  const json = body.text === "" ? undefined : parseJson(body.text)
  if (json !== undefined) return { body: await scrubber.jsonSliced(json), bodyFormat: "json", ...WHOLE }
  if (body.stream !== undefined) return streamState(body.stream, scrubber)
  return omitted(isJsonType(facts.contentType) ? "malformed-json-response" : "unsupported-text-response")
}

async function partialState({ body, endReason }: ResponseFacts, scrubber: Scrubber): Promise<BodyState> {
  const bodyReadError = endReason ?? "the body is not whole"
  const incomplete = { bodyReadError, bodyOmittedReason: null } as const
  const json = body.text === "" ? undefined : parseJson(body.text)
  if (json !== undefined) return { body: await scrubber.jsonSliced(json), bodyFormat: "json", ...incomplete }
  if (body.stream === undefined || body.bytes === 0) {
    return { body: null, bodyFormat: "read-error", ...incomplete }
  }
  const { text, details } = await splitReplay(body.stream.replay, scrubber)
  return { body: text, bodyFormat: "replay-text", ...incomplete, ...withReplay(details) }
}

async function streamState(stream: StreamState, scrubber: Scrubber): Promise<BodyState> {
  const { text, details } = await splitReplay(stream.replay, scrubber)
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

async function truncatedReplay(
  stream: StreamState | undefined,
  scrubber: Scrubber,
): Promise<ReplayDetails | undefined> {
  if (stream === undefined || stream.events === 0) return undefined
  const { text, details } = await splitReplay(stream.replay, scrubber)
  return { text, ...details, truncated: true }
}

function withReplay(details: ReplayDetails): { replay?: ReplayDetails } {
  return Object.keys(details).length === 0 ? {} : { replay: details }
}

async function splitReplay(
  replay: Replay,
  scrubber: Scrubber,
): Promise<{ text: string; details: ReplayDetails }> {
  const { reasoning, toolCalls, refusal, usage, finishReason, model, error } = replay
  const breathe = slicer()
  const scrub = async (text: string): Promise<string> => {
    await breathe()
    return scrubber.text(text)
  }
  const details: ReplayDetails = {
    ...(reasoning ? { reasoning: await scrub(reasoning) } : {}),
    ...(toolCalls?.length ? { toolCalls: await scrubCalls(toolCalls, scrubber, breathe) } : {}),
    ...(refusal ? { refusal: await scrub(refusal) } : {}),
    ...(usage === undefined ? {} : { usage }),
    ...(finishReason === undefined ? {} : { finishReason: await scrub(finishReason) }),
    ...(model === undefined ? {} : { model: await scrub(model) }),
    ...(error === undefined ? {} : { error: scrubError(error, scrubber) }),
  }
  return { text: await scrub(replay.text), details }
}

async function scrubCalls(
  calls: readonly ReplayToolCall[],
  scrubber: Scrubber,
  breathe: Breathe,
): Promise<ReplayToolCall[]> {
  const scrubbed: ReplayToolCall[] = []
  for (const { id, name, arguments: text } of calls) {
    await breathe()
    const call = { name: scrubber.text(name), arguments: scrubber.text(text) }
    scrubbed.push(id === undefined ? call : { id: scrubber.text(id), ...call })
  }
  return scrubbed
}

function scrubError({ type, message }: ReplayError, scrubber: Scrubber): ReplayError {
  const scrubbed = { message: scrubber.text(message) }
  return type === undefined ? scrubbed : { type: scrubber.text(type), ...scrubbed }
}

function anomalyOf(facts: ResponseFacts, state: BodyState, scrubber: Scrubber): DescribedResponse["anomaly"] {
  const { body, contentType, end, endReason } = facts
  const type = contentType === null ? "a body without content type" : scrubber.text(contentType)
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
