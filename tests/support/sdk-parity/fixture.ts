import type { JsonValue } from "../../../src/base/json.ts"
import type { DialectId } from "../../../src/wire/dialect.ts"

/** A provider package of the AI SDK, or one of the two APIs that `@ai-sdk/openai` speaks. */
export type SdkProvider =
  | "anthropic"
  | "openai-chat"
  | "openai-compatible"
  | "openai-responses"
  | "google"
  | "bedrock"

/** Tools that the provider itself runs; the SDK takes their calls only where the request offers them. */
export type HostedTool =
  | "anthropic-web-search"
  | "anthropic-code-execution"
  | "openai-web-search"
  | "openai-code-interpreter"
  | "openai-custom"
  | "google-code-execution"

/** One event of a stream: its SSE name or Bedrock `:event-type`, and its data. */
export interface FixtureEvent {
  readonly event?: string
  readonly data: JsonValue
  /** Bedrock `:message-type`. @default "event" */
  readonly kind?: "exception"
}

export interface ComparableCall {
  readonly id: string | undefined
  readonly name: string
  /** Parsed arguments. */
  readonly input: unknown
  readonly providerExecuted: boolean
}

/** What a reply said, told alike by the SDK and by a capture. */
export interface ComparableReply {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ComparableCall[]
  /** 0 where a count is missing: the SDK cannot tell the two apart for most counts. */
  readonly usage: Readonly<Record<"input" | "output" | "cacheRead" | "cacheWrite" | "reasoning", number>>
  /** The SDK's unified finish reason. */
  readonly finish: string
  /** The provider's own; `undefined` where the SDK does not pass it on. */
  readonly rawFinish: string | undefined
  readonly refusal: string | undefined
  /** Message of the first error in the stream. */
  readonly error: string | undefined
}

/** Where the SDK loses or changes something. Both sides are asserted, so an SDK that mends it is noticed. */
export interface Difference {
  readonly why: string
  readonly sdk: Partial<ComparableReply>
  readonly ours: Partial<ComparableReply>
}

export interface ParityFixture {
  readonly name: string
  readonly dialect: DialectId
  readonly provider: SdkProvider
  /** The reply as a stream. */
  readonly events?: readonly FixtureEvent[]
  /** The same reply as one JSON document. */
  readonly json?: JsonValue
  /** Names of function tools that the request offers. */
  readonly tools?: readonly string[]
  readonly hosted?: readonly HostedTool[]
  /** Differences of the streamed reply and of the JSON document. */
  readonly differs?: { readonly events?: Difference; readonly json?: Difference }
}
