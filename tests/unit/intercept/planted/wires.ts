import type { JsonObject } from "../../../../src/base/json.ts"
import type { DialectId } from "../../../../src/wire/dialect.ts"
import { eventStreamMessage } from "../../../support/provider/event-stream.ts"

/** What a conversation holds, wherever the dialect puts it. */
export interface Said {
  readonly system: string
  readonly user: string
  /** Arguments of a tool call in the history. */
  readonly input: JsonObject
  readonly result: string
  /** Properties of the schema of a tool. */
  readonly properties: JsonObject
}

/** What a reply streams, each already cut into deltas. */
export interface Deltas {
  readonly text: readonly string[]
  readonly reasoning: readonly string[]
  readonly input: readonly string[]
  /** Only some dialects have it. */
  readonly refusal: readonly string[]
  readonly error: string
}

/** One dialect: a request, and a streamed reply, frame by frame. */
export interface Wire {
  readonly request: (said: Said) => JsonObject
  readonly streamType: string
  readonly frames: (deltas: Deltas) => readonly (string | Uint8Array)[]
}

const SSE = "text/event-stream"
const sse = (data: object, event?: string): string =>
  `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`

const chat = (delta: object): string => sse({ model: "m", choices: [{ index: 0, delta }] })
const openaiChat: Wire = {
  request: ({ system, user, input, result, properties }) => ({
    model: "m",
    max_completion_tokens: 100,
    messages: [
      { role: "system", content: system },
      { role: "user", content: [{ type: "text", text: user }] },
      {
        role: "assistant",
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "t", arguments: JSON.stringify(input) } },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: result },
    ],
    tools: [{ type: "function", function: { name: "t", parameters: { type: "object", properties } } }],
  }),
  streamType: SSE,
  frames: ({ text, reasoning, input, refusal, error }) => [
    ...reasoning.map((piece) => chat({ reasoning_content: piece })),
    ...text.map((piece) => chat({ content: piece })),
    ...refusal.map((piece) => chat({ refusal: piece })),
    chat({ tool_calls: [{ index: 0, id: "call_2", function: { name: "t", arguments: "" } }] }),
    ...input.map((piece) => chat({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
    sse({ error: { message: error, type: "server_error" } }),
  ],
}

const openaiResponses: Wire = {
  request: ({ system, user, input, result, properties }) => ({
    model: "m",
    instructions: system,
    input: [
      { role: "user", content: [{ type: "input_text", text: user }] },
      { type: "function_call", call_id: "call_1", name: "t", arguments: JSON.stringify(input) },
      { type: "function_call_output", call_id: "call_1", output: result },
    ],
    tools: [{ type: "function", name: "t", parameters: { type: "object", properties } }],
  }),
  streamType: SSE,
  frames: ({ text, reasoning, input, refusal, error }) => {
    const event = (type: string, fields: object): string => sse({ type, ...fields }, type)
    const deltas = (kind: string, index: number, pieces: readonly string[]): string[] =>
      pieces.map((delta) => event(`response.${kind}.delta`, { output_index: index, delta }))
    const call = { type: "function_call", call_id: "call_2", name: "t" }
    return [
      ...deltas("reasoning_summary_text", 0, reasoning),
      ...deltas("output_text", 1, text),
      event("response.output_text.done", { output_index: 1, text: text.join("") }),
      ...deltas("refusal", 1, refusal),
      event("response.output_item.added", { output_index: 2, item: { ...call, arguments: "" } }),
      ...deltas("function_call_arguments", 2, input),
      event("response.output_item.done", { output_index: 2, item: { ...call, arguments: input.join("") } }),
      event("response.failed", {
        response: { status: "failed", error: { code: "server_error", message: error } },
      }),
    ]
  },
}

const anthropicMessages: Wire = {
  request: ({ system, user, input, result, properties }) => ({
    model: "m",
    max_tokens: 100,
    system: [{ type: "text", text: system }],
    messages: [
      { role: "user", content: [{ type: "text", text: user }] },
      { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "t", input }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: result }] },
    ],
    tools: [{ name: "t", input_schema: { type: "object", properties } }],
  }),
  streamType: SSE,
  frames: ({ text, reasoning, input, error }) => {
    const event = (type: string, fields: object): string => sse({ type, ...fields }, type)
    const block = (index: number, content: object, deltas: readonly object[]): string[] => [
      event("content_block_start", { index, content_block: content }),
      ...deltas.map((delta) => event("content_block_delta", { index, delta })),
      event("content_block_stop", { index }),
    ]
    const thinking = reasoning.map((piece) => ({ type: "thinking_delta", thinking: piece }))
    const texts = text.map((piece) => ({ type: "text_delta", text: piece }))
    const json = input.map((piece) => ({ type: "input_json_delta", partial_json: piece }))
    return [
      event("message_start", { message: { role: "assistant", model: "m", content: [] } }),
      ...block(0, { type: "thinking", thinking: "", signature: "" }, thinking),
      ...block(1, { type: "text", text: "" }, texts),
      ...block(2, { type: "tool_use", id: "toolu_2", name: "t", input: {} }, json),
      event("error", { error: { type: "overloaded_error", message: error } }),
    ]
  },
}

const googleGenerateContent: Wire = {
  request: ({ system, user, input, result, properties }) => ({
    systemInstruction: { parts: [{ text: system }] },
    contents: [
      { role: "user", parts: [{ text: user }] },
      { role: "model", parts: [{ functionCall: { name: "t", args: input } }] },
      { role: "user", parts: [{ functionResponse: { name: "t", response: { output: result } } }] },
    ],
    tools: [{ functionDeclarations: [{ name: "t", parameters: { type: "OBJECT", properties } }] }],
  }),
  streamType: SSE,
  frames: ({ text, reasoning, input, error }) => {
    const part = (content: object): string =>
      sse({ candidates: [{ content: { role: "model", parts: [content] } }] })
    return [
      ...reasoning.map((piece) => part({ text: piece, thought: true })),
      ...text.map((piece) => part({ text: piece })),
      part({ functionCall: { name: "t", args: JSON.parse(input.join("")) } }),
      sse({ error: { code: 500, status: "INTERNAL", message: error } }),
    ]
  },
}

const bedrockConverse: Wire = {
  request: ({ system, user, input, result, properties }) => ({
    modelId: "m",
    system: [{ text: system }],
    messages: [
      { role: "user", content: [{ text: user }] },
      { role: "assistant", content: [{ toolUse: { toolUseId: "use_1", name: "t", input } }] },
      { role: "user", content: [{ toolResult: { toolUseId: "use_1", content: [{ text: result }] } }] },
    ],
    toolConfig: {
      tools: [{ toolSpec: { name: "t", inputSchema: { json: { type: "object", properties } } } }],
    },
  }),
  streamType: "application/vnd.amazon.eventstream",
  frames: ({ text, reasoning, input, error }) => {
    const event = (type: string, payload: object): Uint8Array =>
      eventStreamMessage({ ":event-type": type, ":message-type": "event" }, payload)
    const delta = (index: number, content: object): Uint8Array =>
      event("contentBlockDelta", { contentBlockIndex: index, delta: content })
    return [
      event("messageStart", { role: "assistant" }),
      ...reasoning.map((piece) => delta(0, { reasoningContent: { text: piece } })),
      ...text.map((piece) => delta(1, { text: piece })),
      event("contentBlockStart", {
        contentBlockIndex: 2,
        start: { toolUse: { toolUseId: "use_2", name: "t" } },
      }),
      ...input.map((piece) => delta(2, { toolUse: { input: piece } })),
      eventStreamMessage(
        { ":exception-type": "modelStreamErrorException", ":message-type": "exception" },
        { message: error },
      ),
    ]
  },
}

const genericMessages: Wire = {
  request: ({ system, user, input, result, properties }) => ({
    channel: "c",
    messages: [{ note: user }, { system, result, input, properties }],
  }),
  streamType: "application/x-ndjson",
  frames: ({ text, reasoning, input, error }) =>
    [
      ...reasoning.map((piece) => ({ message: { role: "assistant", thinking: piece } })),
      ...text.map((piece) => ({ message: { role: "assistant", content: piece } })),
      {
        message: {
          role: "assistant",
          tool_calls: [{ function: { name: "t", arguments: JSON.parse(input.join("")) } }],
        },
      },
      { error },
    ].map((line) => `${JSON.stringify(line)}\n`),
}

export const WIRES: Readonly<Record<DialectId, Wire>> = {
  "openai-chat": openaiChat,
  "openai-responses": openaiResponses,
  "anthropic-messages": anthropicMessages,
  "google-generate-content": googleGenerateContent,
  "bedrock-converse": bedrockConverse,
  "generic-messages": genericMessages,
}
