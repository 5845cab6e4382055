import type { JsonObject, JsonValue } from "../base/json.ts"

/** The wire shapes of provider requests that Airlock knows. */
export type DialectId =
  | "anthropic-messages"
  | "openai-chat"
  | "openai-responses"
  | "google-generate-content"
  | "bedrock-converse"
  | "generic-messages"

/** Names used in capture file names and `/intercept` (seed 000). */
export type ProviderLabel = "anthropic" | "openai" | "google" | "bedrock" | "generic-llm"

/** Where a text stands in a body, as far as masking cares. */
export interface TextSlot {
  /** Nearest property name of free-form JSON (`password` in `{"password":"…"}`), absent in plain text. */
  readonly name?: string
  /** The text is itself a JSON document (tool arguments of the OpenAI dialects). */
  readonly json?: true
  /**
   * The text goes on where the one visited just before it ended: the next part of the same message or the next string of the
   * same list. A secret may be split over both.
   */
  readonly follows?: true
  /** A property name, which is no part of what goes on. */
  readonly isKey?: true
}

/** Called for each text that may be masked; answers the text to send instead (the same one for no change). */
export type TextVisitor = (text: string, slot: TextSlot) => string

/** Token counts as the provider reported them, normalised: cache reads and writes are part of `input`. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  /** Those of `cacheWriteTokens` that are kept for an hour, where the provider tells them apart. */
  readonly cacheWrite1hTokens?: number
  readonly reasoningTokens?: number
}

export interface ReplayToolCall {
  readonly id?: string
  readonly name: string
  /** Text of the arguments, exactly as received. JSON (see `toolInput`), unless `freeText`. */
  readonly arguments: string
  /** The tool takes text as it is (OpenAI's custom tools, code for an interpreter), so `arguments` is no JSON. */
  readonly freeText?: true
  /** The provider itself ran the tool. */
  readonly providerExecuted?: true
}

/** What a reply said, put together from a JSON body or from stream events. */
export interface Replay {
  /** Assistant text alone, in order. */
  readonly text: string
  readonly reasoning?: string
  readonly toolCalls?: readonly ReplayToolCall[]
  readonly refusal?: string
  readonly usage?: Usage
  readonly finishReason?: string
  readonly model?: string
  /** An error the provider reported inside the stream or body. */
  readonly error?: { readonly type?: string; readonly message: string }
  /**
   * The reply was longer than the assembler keeps. Of its texts the first and the last half are there; where something is
   * missing, `[… N bytes left out …]` stands (`gapMark`).
   */
  readonly truncated?: true
  /** UTF-8 bytes of texts that are missing; only with `truncated`. */
  readonly leftOutBytes?: number
}

/** One event of a stream: its SSE name (or Bedrock `:event-type`) and its parsed JSON payload. */
export interface WireEvent {
  readonly event?: string
  readonly data: JsonValue
}

/** Builds a `Replay` from stream events. Total: unknown events are ignored, never thrown on. */
export interface ReplayAssembler {
  push(event: WireEvent): void
  /** What has been said up to now; callable at any time, also after an abort. */
  result(): Replay
}

/** One wire shape. Pure: no I/O, no state between calls, inputs never mutated. */
export interface Dialect {
  readonly id: DialectId
  readonly provider: ProviderLabel
  /** Whether `body` has this dialect's shape. Looks at the body only, never at a URL. */
  claims(body: JsonObject): boolean
  /**
   * Visits every text-bearing field that may be masked and answers the body with the visitor's texts.
   * Answers the very same object when no text changed. Ids, signatures, encrypted content, signed thinking,
   * cache keys, model names, media payloads and schema keywords are never visited.
   *
   * @throws RangeError where the body is nested deeper than the stack (thousands of levels), and what `visit` throws.
   */
  mapText(body: JsonObject, visit: TextVisitor): JsonObject
  /** Model name the request asks for, where the body has one (Gemini and Bedrock keep it in the URL). */
  model(body: JsonObject): string | undefined
  /** Reads a whole (not streamed) JSON reply. */
  replayJson(reply: JsonValue): Replay
  /**
   * Reads a streamed reply event by event.
   *
   * @param maxChars most characters of its texts to keep, `MAX_REPLAY_CHARS` by default.
   */
  assembler(maxChars?: number): ReplayAssembler
  /** A provider-style error body that the provider SDK shows as `message` and that OpenCode does not retry. */
  errorBody(message: string, code: string): JsonObject
}
