/** A tool call of a scripted reply. */
export interface ScriptedToolCall {
  readonly name: string
  readonly arguments: Readonly<Record<string, unknown>>
  /** @default a fresh id in the provider's own style */
  readonly id?: string
}

export interface ScriptedUsage {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** How a reply travels. Times are milliseconds; chunks are counted from 1. */
export interface Pace {
  /** Wait before the response headers. @default 0 */
  readonly headersAfterMs?: number
  /** Wait between the headers and the first chunk. @default 0 */
  readonly firstChunkAfterMs?: number
  /** Wait between two chunks. @default 0 */
  readonly betweenChunksMs?: number
  /** Destroy the connection after this many chunks. */
  readonly cutAfterChunks?: number
  /** Send this many chunks, then nothing more, and keep the connection open. */
  readonly stallAfterChunks?: number
  /** Answer with `content-encoding: gzip`. @default false */
  readonly gzip?: boolean
}

/** What the model says, put into the wire format of whoever asks. */
export interface Reply extends Pace {
  readonly kind?: "reply"
  /** Text; an array is streamed item by item. */
  readonly text?: string | readonly string[]
  readonly reasoning?: string | readonly string[]
  readonly toolCalls?: readonly ScriptedToolCall[]
  readonly usage?: ScriptedUsage
}

/** An error in the provider's own JSON shape. */
export interface Failure extends Pace {
  readonly kind: "failure"
  readonly status: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Bytes as given, for answers that no provider should give. */
export interface RawAnswer extends Pace {
  readonly kind: "raw"
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly chunks: readonly (string | Uint8Array)[]
}

/** One scripted answer. */
export type Step = Reply | Failure | RawAnswer

/** Text of a reply as the chunks it is streamed in. */
export function chunksOf(text: string | readonly string[] | undefined): readonly string[] {
  if (text === undefined || text === "") return []
  return typeof text === "string" ? [text] : text
}

/** Text of a reply in one piece. */
export function wholeText(text: string | readonly string[] | undefined): string {
  return chunksOf(text).join("")
}

/** Usage of a reply, with a small default. */
export function usageOf(reply: Reply): ScriptedUsage {
  return reply.usage ?? { inputTokens: 100, outputTokens: 20 }
}
