import { parseJson } from "../base/json.ts"
import type { Replay, ReplayToolCall } from "../wire/dialect.ts"
import { toolInput } from "../wire/tool-input.ts"
import type { RecordedBody, StreamState } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import { type Breathe, slicer } from "./slicer.ts"
import type { ExchangeEnd, ReplayDetails, ResponseFile, StoredToolCall } from "./trio.ts"

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
 * 1. still in a content encoding that could not be undone: `omitted`, `unsupported-encoding`
 * 2. JSON, whatever its content type: `json`
 * 3. a stream, or what had come of one that is not whole: `replay-text`; with an event that is no JSON `omitted`,
 *    `malformed-event-stream`, and `replay` keeps what could be read
 * 4. not whole: `read-error`
 * 5. nothing: `empty`
 * 6. too large: `omitted`, `response-too-large`, with an excerpt of what looks like JSON
 * 7. JSON by its content type only: `omitted`, `malformed-json-response`
 * 8. anything else: `omitted`, `unsupported-text-response`
 *
 * `bodyReadError` says why a body is not whole. A stream that said more than is kept is `replay-text` all the same, with
 * `response-too-large` and `truncated`; nothing is left to show where a single event was too large.
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
  const { body, end, endReason } = facts
  const bodyReadError = end === "complete" ? null : (endReason ?? "the body is not whole")
  const incomplete = { bodyReadError, ...truncation(body) }
  if (body.undecoded !== undefined) return { ...(await undecodedState(body, scrubber)), ...incomplete }
  const json = body.text === "" ? undefined : parseJson(body.text)
  if (json !== undefined) {
    return { body: await scrubber.jsonSliced(json), bodyFormat: "json", ...WHOLE, ...incomplete }
  }
  if (body.stream !== undefined && body.bytes > 0) {
    return { ...(await streamState(body.stream, body, end, scrubber)), ...incomplete }
  }
  if (end !== "complete") {
    return { body: null, bodyFormat: "read-error", ...WHOLE, ...incomplete, ...excerpt(facts, scrubber) }
  }
  if (body.bytes === 0) return { body: null, bodyFormat: "empty", ...WHOLE }
  if (body.excerpt !== undefined) {
    return { ...omitted("response-too-large"), ...incomplete, ...excerpt(facts, scrubber) }
  }
  return omitted(isJsonType(facts.contentType) ? "malformed-json-response" : "unsupported-text-response")
}

async function streamState(
  stream: StreamState,
  { leftOutBytes }: RecordedBody,
  end: ExchangeEnd,
  scrubber: Scrubber,
): Promise<BodyState> {
  const { text, details } = await splitReplay(stream.replay, scrubber)
  // A broken connection explains a broken event.
  if (stream.malformed > 0 && end === "complete") {
    return omitted("malformed-event-stream", text === "" ? details : { text, ...details })
  }
  if (leftOutBytes > 0 && stream.events === 0) return omitted("response-too-large")
  const bodyOmittedReason = leftOutBytes > 0 ? "response-too-large" : null
  return {
    body: text,
    bodyFormat: "replay-text",
    bodyReadError: null,
    bodyOmittedReason,
    ...withReplay(details),
  }
}

/** What could be read of a stream until its encoding proved broken is kept. */
async function undecodedState({ stream }: RecordedBody, scrubber: Scrubber): Promise<BodyState> {
  if (stream === undefined || stream.events === 0) return omitted("unsupported-encoding")
  const { text, details } = await splitReplay(stream.replay, scrubber)
  return omitted("unsupported-encoding", { text, ...details })
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

function truncation({ leftOutBytes }: RecordedBody): Pick<ResponseFile, "truncated" | "leftOutBytes"> {
  return leftOutBytes > 0 ? { truncated: true, leftOutBytes } : {}
}

/** Plain text is not stored raw, so there is an excerpt of JSON only. */
function excerpt({ body, contentType }: ResponseFacts, scrubber: Scrubber): Pick<ResponseFile, "excerpt"> {
  if (body.excerpt === undefined) return {}
  const { head, tail } = body.excerpt
  if (!isJsonType(contentType) && !/^\s*[[{]/.test(head)) return {}
  // The scrubber knows cut-off JSON by its first character.
  return { excerpt: { head: scrubber.text(head), tail: scrubber.text(`[${tail}`).slice(1) } }
}

function withReplay(details: ReplayDetails): { replay?: ReplayDetails } {
  return Object.keys(details).length === 0 ? {} : { replay: details }
}

async function splitReplay(
  replay: Replay,
  scrubber: Scrubber,
): Promise<{ text: string; details: ReplayDetails }> {
  const { reasoning, toolCalls, refusal, usage, finishReason, model, error } = replay
  const isFinished = finishReason !== undefined
  const breathe = slicer()
  const scrub = async (text: string): Promise<string> => {
    await breathe()
    return scrubber.text(text)
  }
  const details: ReplayDetails = {
    ...(reasoning ? { reasoning: await scrub(reasoning) } : {}),
    ...(toolCalls?.length ? { toolCalls: await scrubCalls(toolCalls, isFinished, scrubber, breathe) } : {}),
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
  isFinished: boolean,
  scrubber: Scrubber,
  breathe: Breathe,
): Promise<StoredToolCall[]> {
  const scrubbed: StoredToolCall[] = []
  for (const { id, name, arguments: text, freeText, providerExecuted } of calls) {
    await breathe()
    const scrubbedText = scrubber.text(text)
    // The input comes of the text that is stored, so that neither shows what the other hides.
    const input = toolInput({ arguments: scrubbedText, ...(freeText && { freeText }) })
    const isKnown = input !== undefined && (text !== "" || isFinished)
    scrubbed.push({
      ...(id !== undefined && { id: scrubber.text(id) }),
      name: scrubber.text(name),
      arguments: scrubbedText,
      ...(isKnown && { input: await scrubber.jsonSliced(input) }),
      ...(providerExecuted && { providerExecuted }),
    })
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
  if (state.truncated) {
    const message = `Response body of ${body.bytes} bytes exceeds the capture limit: ${body.leftOutBytes} bytes of it are not kept; the caller got all of it`
    return { phase: "capture/response-size", message }
  }
  if (state.bodyOmittedReason === "unsupported-encoding") {
    const encoding = scrubber.text(body.undecoded ?? "")
    const message = `Response body of ${body.bytes} bytes is still encoded (${encoding}) and could not be decoded`
    return { phase: "capture/response-parse", message }
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
