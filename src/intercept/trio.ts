import type { JsonValue } from "../base/json.ts"
import type { DialectId, ProviderLabel, Replay, ReplayToolCall, Usage } from "../wire/dialect.ts"

/**
 * How an exchange ended: `complete` (last byte, or the caller left after the reply said that it was finished),
 * `aborted` (the caller gave up), `cut` (the connection broke in the body), `timeout` (a time limit struck),
 * `network-error` (no response at all), `stalled` (nothing came for a minute and the exchange is still open; the
 * trio is replaced when it ends).
 */
export type ExchangeEnd = "complete" | "aborted" | "cut" | "timeout" | "network-error" | "stalled"

/** `….request.json`. */
export interface RequestFile {
  /** The JSON body as sent, scrubbed; `null` where it was not JSON. */
  readonly body: JsonValue
  readonly headers: Readonly<Record<string, string>>
}

export type BodyFormat = "empty" | "json" | "replay-text" | "omitted" | "read-error"

export type BodyOmittedReason =
  | "response-too-large"
  | "unsupported-encoding"
  | "malformed-event-stream"
  | "malformed-json-response"
  | "unsupported-text-response"

/** A tool call of a reply. */
export type StoredToolCall = Omit<ReplayToolCall, "freeText"> & {
  /**
   * What the tool gets: `arguments` parsed, or as they are where the tool takes text. `{}` where there are none and the reply
   * is finished; absent where they are no JSON. Scrubbed as `arguments` are.
   */
  readonly input?: JsonValue
}

/** What a reply said beside its text. */
export type ReplayDetails = Omit<Replay, "text" | "toolCalls" | "truncated" | "leftOutBytes"> & {
  readonly toolCalls?: readonly StoredToolCall[]
  /** Text that was readable although `body` had to be omitted. */
  readonly text?: string
}

/** `….response.json`. These keys; the last four only where there is something to say. */
export interface ResponseFile {
  /** `null` where no response came. */
  readonly status: number | null
  readonly statusText: string
  /** A JSON value for `json`, the assistant text for `replay-text`, `""` never: `null` in all other states. */
  readonly body: JsonValue
  readonly bodyFormat: BodyFormat
  /** Why the body is not whole. With `replay-text` the body is what had come until then. */
  readonly bodyReadError: string | null
  /** Why the body, or with `replay-text` the middle of it, was left out. */
  readonly bodyOmittedReason: BodyOmittedReason | null
  readonly replay?: ReplayDetails
  /** More came than is kept: of every text the beginning and the end are there, with a line in between that says so. */
  readonly truncated?: true
  /** UTF-8 bytes that are missing; only with `truncated`. */
  readonly leftOutBytes?: number
  /** Beginning and end of a JSON body that was too large, which no longer parses. */
  readonly excerpt?: { readonly head: string; readonly tail: string }
}

/** `….meta.json`. Times are milliseconds since `timestamp`. */
export interface MetaFile {
  /** Start of the exchange, ISO 8601 in UTC. */
  readonly timestamp: string
  readonly url: string
  readonly method: string
  readonly status: number | null
  readonly contentType: string | null
  /** Until the last byte, or until the exchange ended otherwise. */
  readonly durationMs: number
  /** UTF-8 bytes of the body as sent. */
  readonly requestBytes: number
  /** Body bytes that reached the caller, after content decoding. */
  readonly responseBytes: number
  /** `requestBytes + responseBytes`. */
  readonly capturedBytes: number
  readonly sessionId: string | null
  readonly parentSessionId: string | null
  readonly agent: string | null
  readonly model: string | null
  readonly dialect: DialectId
  readonly provider: ProviderLabel
  /** How the session was found. */
  readonly attribution: "mark" | "turn" | "header" | "none"
  readonly end: ExchangeEnd
  readonly headersMs: number | null
  readonly firstByteMs: number | null
  /** Until the reply said its first text, reasoning or tool call. */
  readonly firstTokenMs: number | null
  /** User message that the exchange answers; `null` where no hook announced it. */
  readonly messageId: string | null
  /** 1 for the first time that a request is sent, 2 where it repeats the very one that has just failed. */
  readonly attempt: number
  /** Tokens as the provider counted them; cache reads and writes are part of `inputTokens` and of nothing else. */
  readonly usage: Usage | null
  /** Placeholders in the request by the rule that found what stands behind them. */
  readonly masks: Readonly<Record<string, number>>
}

/** What one exchange leaves on disk. */
export interface Trio {
  readonly request: RequestFile
  readonly response: ResponseFile
  readonly meta: MetaFile
}

/** The files of a trio, in the order in which they appear. */
export const TRIO_PARTS = ["request", "response", "meta"] as const

const TRIO_FILE =
  /^(\d{3,9})-(anthropic|openai|google|bedrock|generic-llm)-[0-9TZ-]+\.(request|response|meta)\.json$/
const EVENTS_FILE = /^(\d{3,9})-(anthropic|openai|google|bedrock|generic-llm)-[0-9TZ-]+\.events\.jsonl$/
const RESERVATION_FILE = /^\.(\d{3,9})\.reserved$/
const TEMPORARY_FILE = /^\.[0-9a-f-]{36}\.tmp$/

/** `NNN-<provider>-<timestamp>`: the number with at least three digits, the timestamp without `:` and `.`. */
export function trioBaseName(sequence: number, provider: ProviderLabel, timestamp: string): string {
  return `${sequenceText(sequence)}-${provider}-${timestamp.replace(/[:.]/g, "-")}`
}

/** The file that holds a number while its exchange runs, and says what is known of it (`open-record.ts`). */
export function reservationName(sequence: number): string {
  return `.${sequenceText(sequence)}.reserved`
}

/** The number of a reservation; `undefined` for any other file. */
export function reservedSequence(fileName: string): number | undefined {
  const digits = RESERVATION_FILE.exec(fileName)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The file of a stream's events. */
export function eventsName(baseName: string): string {
  return `${baseName}.events.jsonl`
}

/** The number that a file of an exchange or a reservation holds; `undefined` for any other file. */
export function sequenceOf(fileName: string): number | undefined {
  const digits = (TRIO_FILE.exec(fileName) ??
    EVENTS_FILE.exec(fileName) ??
    RESERVATION_FILE.exec(fileName))?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Whether `fileName` is one of a trio's files. */
export function isTrioFile(fileName: string): boolean {
  return TRIO_FILE.test(fileName)
}

/** Whether a capture store creates files of this name: only such files are ever deleted. */
export function isCaptureFile(fileName: string): boolean {
  return [TRIO_FILE, EVENTS_FILE, RESERVATION_FILE, TEMPORARY_FILE].some((form) => form.test(fileName))
}

function sequenceText(sequence: number): string {
  return String(sequence).padStart(3, "0")
}
