import { isJsonObject, type JsonObject, type JsonValue } from "../../src/base/json.ts"
import type { DialectId } from "../../src/wire/dialect.ts"
import { type Conversation, json, type Tokens, type Tool, type Turn } from "./conversations.ts"

/** How a conversation is sent. */
export interface Sending {
  readonly model: string
  /** Where breakpoints stand: behind the system prompt and the last two messages, behind the system alone, nowhere. */
  readonly marks?: "opencode" | "system" | "none"
  readonly ttl?: "5m" | "1h"
  /** Further settings of the body. */
  readonly settings?: JsonObject
}

type Writer = (conversation: Conversation, sending: Sending) => JsonObject

const OPENAI_TEXT = { user: "input_text", assistant: "output_text" } as const

/** Writes a conversation as the AI SDK's provider for each dialect does. */
export const requestWriters: Readonly<Record<DialectId, Writer>> = {
  "anthropic-messages": writeAnthropic,
  "openai-chat": writeChat,
  "openai-responses": writeResponses,
  "google-generate-content": writeGemini,
  "bedrock-converse": writeConverse,
  "generic-messages": writeGeneric,
}

/** Whole replies with a usage object as each provider shapes it. */
export const replyWriters: Readonly<Record<DialectId, (tokens: Tokens) => JsonObject>> = {
  "anthropic-messages": anthropicReply,
  "openai-chat": chatReply,
  "openai-responses": responsesReply,
  "google-generate-content": geminiReply,
  "bedrock-converse": converseReply,
  "generic-messages": chatReply,
}

function writeAnthropic({ tools, system, turns }: Conversation, sending: Sending): JsonObject {
  const control = json({ type: "ephemeral", ttl: sending.ttl })
  const mark = (value: JsonObject): JsonObject => ({ ...value, cache_control: control })
  const messages = turns.map(anthropicMessage)
  return {
    model: sending.model,
    max_tokens: 32_000,
    stream: true,
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema })),
    }),
    system: markFrom(
      system.map((text) => ({ type: "text", text })),
      sending.marks === "none" ? 0 : 1,
      mark,
    ),
    messages: markMessages(messages, sending, mark),
    ...sending.settings,
  }
}

function anthropicMessage(turn: Turn): JsonObject {
  if (turn.role === "results") {
    const content = turn.outputs.map(({ id, text }) => ({
      type: "tool_result",
      tool_use_id: id,
      content: text,
    }))
    return { role: "user", content }
  }
  const text = { type: "text", text: turn.text }
  if (turn.role === "user") {
    const image = {
      type: "image",
      source: { type: "base64", media_type: "image/png", data: turn.image ?? "" },
    }
    return { role: "user", content: turn.image === undefined ? [text] : [text, image] }
  }
  const thinking = { type: "thinking", thinking: turn.thinking ?? "", signature: "c2ln" }
  const calls = turn.calls.map(({ id, name, input }) => ({ type: "tool_use", id, name, input }))
  return { role: "assistant", content: [...(turn.thinking === undefined ? [] : [thinking]), text, ...calls] }
}

/** Marks the last part of the last two messages, as OpenCode does. */
function markMessages(
  messages: readonly JsonObject[],
  { marks }: Sending,
  mark: (value: JsonObject) => JsonObject,
): JsonObject[] {
  if (marks === "none" || marks === "system") return [...messages]
  return messages.map((message, index) => {
    if (index < messages.length - 2 || !Array.isArray(message.content)) return message
    return { ...message, content: markFrom(message.content.filter(isJsonObject), 1, mark) }
  })
}

function markFrom(
  items: readonly JsonObject[],
  last: number,
  mark: (value: JsonObject) => JsonObject,
): JsonObject[] {
  return items.map((item, index) => (index >= items.length - last ? mark(item) : item))
}

function functionTool({ name, description, schema }: Tool): JsonObject {
  return { name, description, parameters: schema }
}

function writeChat({ tools, system, turns }: Conversation, sending: Sending): JsonObject {
  const said = turns.flatMap(chatMessages)
  // Openai-compatible providers carry the mark beside the content of the message.
  const messages = markFrom(said, sending.marks === "opencode" ? 2 : 0, (message) => ({
    ...message,
    cache_control: { type: "ephemeral" },
  }))
  return {
    model: sending.model,
    max_tokens: 32_000,
    messages: [{ role: "system", content: system.join("\n") }, ...messages],
    ...(tools.length > 0 && {
      tools: tools.map((tool) => ({ type: "function", function: functionTool(tool) })),
    }),
    stream: true,
    stream_options: { include_usage: true },
    ...sending.settings,
  }
}

function chatMessages(turn: Turn): readonly JsonObject[] {
  if (turn.role === "results") {
    return turn.outputs.map(({ id, text }) => ({ role: "tool", tool_call_id: id, content: text }))
  }
  if (turn.role === "user") return [{ role: "user", content: turn.text }]
  const calls = turn.calls.map(({ id, name, input }) => ({
    id,
    type: "function",
    function: { name, arguments: JSON.stringify(input) },
  }))
  return [json({ role: "assistant", content: turn.text, tool_calls: calls.length > 0 ? calls : undefined })]
}

function writeResponses({ tools, system, turns }: Conversation, { model, settings }: Sending): JsonObject {
  return {
    model,
    instructions: system.join("\n"),
    input: turns.flatMap(responsesItems),
    tools: tools.map((tool) => ({ type: "function", ...functionTool(tool) })),
    store: false,
    stream: true,
    prompt_cache_key: "ses_conversation",
    ...settings,
  }
}

function responsesItems(turn: Turn): readonly JsonObject[] {
  if (turn.role === "results") {
    return turn.outputs.map(({ id, text }) => ({ type: "function_call_output", call_id: id, output: text }))
  }
  const message = { role: turn.role, content: [{ type: OPENAI_TEXT[turn.role], text: turn.text }] }
  if (turn.role === "user") return [message]
  const calls = turn.calls.map(({ id, name, input }) => ({
    type: "function_call",
    call_id: id,
    name,
    arguments: JSON.stringify(input),
  }))
  return [message, ...calls]
}

function writeGemini({ tools, system, turns }: Conversation, { settings }: Sending): JsonObject {
  const functionDeclarations = tools.map(functionTool)
  return {
    generationConfig: { maxOutputTokens: 32_000 },
    contents: turns.map(geminiContent),
    systemInstruction: { parts: system.map((text) => ({ text })) },
    ...(tools.length > 0 && { tools: [{ functionDeclarations }] }),
    ...settings,
  }
}

function geminiContent(turn: Turn): JsonObject {
  if (turn.role === "results") {
    const parts = turn.outputs.map(({ text }) => ({
      functionResponse: { name: "read", response: { name: "read", content: text } },
    }))
    return { role: "user", parts }
  }
  if (turn.role === "user") return { role: "user", parts: [{ text: turn.text }] }
  const calls = turn.calls.map(({ name, input }) => ({ functionCall: { name, args: input } }))
  return { role: "model", parts: [{ text: turn.text }, ...calls] }
}

function writeConverse({ tools, system, turns }: Conversation, sending: Sending): JsonObject {
  const cachePoint = { cachePoint: json({ type: "default", ttl: sending.ttl }) }
  const isMarked = sending.marks !== "none"
  const messages = turns.map(converseMessage)
  return {
    system: [...system.map((text) => ({ text })), ...(isMarked ? [cachePoint] : [])],
    messages: messages.map(({ role, content }, index) => {
      const isLast = isMarked && sending.marks !== "system" && index >= messages.length - 2
      return { role, content: isLast ? [...content, cachePoint] : content }
    }),
    inferenceConfig: { maxTokens: 32_000 },
    ...(tools.length > 0 && {
      toolConfig: {
        tools: tools.map(({ name, description, schema }) => ({
          toolSpec: { name, description, inputSchema: { json: schema } },
        })),
      },
    }),
    ...sending.settings,
  }
}

function converseMessage(turn: Turn): { role: string; content: JsonObject[] } {
  if (turn.role === "results") {
    const content = turn.outputs.map(({ id, text }) => ({
      toolResult: { toolUseId: id, content: [{ text }], status: "success" },
    }))
    return { role: "user", content }
  }
  if (turn.role === "user") return { role: "user", content: [{ text: turn.text }] }
  const calls = turn.calls.map(({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } }))
  return { role: "assistant", content: [{ text: turn.text }, ...calls] }
}

/** A server of nobody's dialect: plain messages, a system text beside them. */
function writeGeneric({ tools, system, turns }: Conversation, { model, settings }: Sending): JsonObject {
  const messages = turns.flatMap((turn): JsonValue[] => {
    if (turn.role === "results") return turn.outputs.map(({ text }) => ({ from: "tool", content: text }))
    return [{ from: turn.role, content: turn.text }]
  })
  return { model, system: system.join("\n"), tools: tools.map(functionTool), messages, ...settings }
}

// Anthropic, "Create a Message": the input counts leave out what was read or written.
function anthropicReply({ prompt, read, write, write1h, output = 300, reasoning }: Tokens): JsonObject {
  return {
    type: "message",
    role: "assistant",
    content: [{ type: "text", text: "Done." }],
    stop_reason: "end_turn",
    usage: json({
      input_tokens: prompt - (read ?? 0) - (write ?? 0),
      cache_creation_input_tokens: write,
      cache_read_input_tokens: read,
      cache_creation:
        write === undefined
          ? undefined
          : {
              ephemeral_5m_input_tokens: write - (write1h ?? 0),
              ephemeral_1h_input_tokens: write1h ?? 0,
            },
      output_tokens: output,
      output_tokens_details: reasoning === undefined ? undefined : { thinking_tokens: reasoning },
      service_tier: "standard",
    }),
  }
}

// OpenAI, "Create chat completion": cached tokens are part of the prompt.
function chatReply({ prompt, read, write, output = 300, reasoning }: Tokens): JsonObject {
  const details = json({ cached_tokens: read, cache_write_tokens: write, audio_tokens: 0 })
  return {
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content: "Done." }, finish_reason: "stop" }],
    usage: json({
      prompt_tokens: prompt,
      completion_tokens: output,
      total_tokens: prompt + output,
      prompt_tokens_details: read === undefined && write === undefined ? undefined : details,
      completion_tokens_details: reasoning === undefined ? undefined : { reasoning_tokens: reasoning },
    }),
  }
}

// OpenAI, "Create a model response": cached and written tokens are part of the input.
function responsesReply({ prompt, read, write, output = 300, reasoning }: Tokens): JsonObject {
  return {
    object: "response",
    status: "completed",
    output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: "Done." }] }],
    usage: {
      input_tokens: prompt,
      input_tokens_details: json({ cached_tokens: read, cache_write_tokens: write }),
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning ?? 0 },
      total_tokens: prompt + output,
    },
  }
}

// Gemini, UsageMetadata: cached tokens are part of the prompt and absent when there are none; thoughts are not candidates.
function geminiReply({ prompt, read, output = 300, reasoning = 0 }: Tokens): JsonObject {
  return {
    candidates: [{ content: { role: "model", parts: [{ text: "Done." }] }, finishReason: "STOP", index: 0 }],
    usageMetadata: json({
      promptTokenCount: prompt,
      candidatesTokenCount: output - reasoning,
      totalTokenCount: prompt + output,
      cachedContentTokenCount: read === 0 ? undefined : read,
      thoughtsTokenCount: reasoning === 0 ? undefined : reasoning,
    }),
  }
}

// Bedrock, TokenUsage: the input leaves out what was read or written.
function converseReply({ prompt, read, write, write1h, output = 300 }: Tokens): JsonObject {
  const hour = write1h ?? 0
  const details = [
    { ttl: "1h", inputTokens: hour },
    { ttl: "5m", inputTokens: (write ?? 0) - hour },
  ]
  return {
    output: { message: { role: "assistant", content: [{ text: "Done." }] } },
    stopReason: "end_turn",
    usage: json({
      inputTokens: prompt - (read ?? 0) - (write ?? 0),
      outputTokens: output,
      totalTokens: prompt + output,
      cacheReadInputTokens: read,
      cacheWriteInputTokens: write,
      cacheDetails: write === undefined || write === 0 ? undefined : details,
    }),
  }
}
