import { parseJson } from "../base/json.ts"
import type { Dialect, Usage } from "../wire/dialect.ts"
import type { CaptureStart } from "./capture.ts"
import type { RecordedBody } from "./response-recorder.ts"
import type { Scrubber } from "./scrub.ts"
import type { MetaFile } from "./trio.ts"

/** All that decides what a `….meta.json` says. Texts are not scrubbed yet. */
export interface MetaFacts
  extends Pick<
    MetaFile,
    | "timestamp"
    | "status"
    | "contentType"
    | "durationMs"
    | "requestBytes"
    | "masks"
    | "attempt"
    | "end"
    | "headersMs"
    | "firstByteMs"
    | "firstTokenMs"
  > {
  readonly start: Omit<CaptureStart, "bodyText" | "body">
  /** The model that the request's body names. */
  readonly requestModel: string | undefined
  readonly body: RecordedBody
}

/** The meta file of an exchange, as far as it is known. */
export function describeMeta(
  { start, requestModel, body, ...known }: MetaFacts,
  scrubber: Scrubber,
): MetaFile {
  const { url, method, sessionId, parentSessionId, agent, model, messageId, dialect, attribution } = start
  const scrubbed = (text: string | null | undefined): string | null =>
    typeof text === "string" ? scrubber.text(text) : null
  return {
    ...known,
    url: scrubber.url(url),
    method,
    contentType: scrubbed(known.contentType),
    responseBytes: body.bytes,
    capturedBytes: known.requestBytes + body.bytes,
    sessionId: sessionId ?? null,
    parentSessionId: parentSessionId ?? null,
    agent: scrubbed(agent),
    model: scrubbed(model ?? requestModel ?? body.stream?.replay.model),
    dialect: dialect.id,
    provider: dialect.provider,
    attribution,
    messageId: messageId ?? null,
    usage: usageOf(body, dialect) ?? null,
  }
}

function usageOf(body: RecordedBody, dialect: Dialect): Usage | undefined {
  if (body.stream !== undefined && body.stream.events > 0) return body.stream.replay.usage
  const json = body.text === "" ? undefined : parseJson(body.text)
  return json === undefined ? undefined : dialect.replayJson(json).usage
}
