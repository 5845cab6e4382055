import type { Reply } from "./step.ts"
import type { JsonObject } from "../../../src/base/json.ts"

export type ProviderDialect =
  | "openai-chat"
  | "openai-responses"
  | "anthropic-messages"
  | "google-generate-content"
  | "bedrock-converse"

export interface ViewedToolCall {
  readonly id: string
  readonly name: string
  /** JSON text. */
  readonly arguments: string
}

/** One message of a request, the same for every dialect. */
export interface ViewedMessage {
  readonly role: "user" | "assistant" | "tool"
  readonly text: string
  readonly toolCalls: readonly ViewedToolCall[]
  readonly toolResults: readonly { readonly id: string; readonly text: string }[]
}

/** What a request asks, the same for every dialect. Scripts decide by it; oracles use the raw bytes instead. */
export interface ViewedRequest {
  readonly system: string
  readonly messages: readonly ViewedMessage[]
  readonly tools: readonly string[]
}

/** One provider's wire format, seen from the provider's side. */
export interface WireFormat {
  readonly dialect: ProviderDialect
  /** `content-type` of a streamed answer. */
  readonly streamType: string
  /** Whether a request to `path` (without query) speaks this dialect. */
  matches(path: string): boolean
  streamed(path: string, body: JsonObject): boolean
  view(body: JsonObject): ViewedRequest
  /** A whole answer. */
  json(reply: Reply, model: string): unknown
  /** A streamed answer, one item per write. */
  frames(reply: Reply, model: string): readonly (string | Uint8Array)[]
  error(status: number, message: string): unknown
}
