import type { ViewedMessage, WireFormat } from "../dialect.ts"
import { anyText, contentText, freshId, objects, sse, string } from "../read.ts"
import { chunksOf, type Reply, usageOf, wholeText } from "../step.ts"
import type { JsonObject } from "../../../../src/base/json.ts"

/** Anthropic Messages. */
export const anthropicMessages: WireFormat = {
  dialect: "anthropic-messages",
  streamType: "text/event-stream",
  matches: (path) => path.endsWith("/messages"),
  streamed: (_path, body) => body.stream === true,
  view: (body) => ({
    system: contentText(body.system),
    messages: objects(body.messages).map(viewMessage),
    tools: objects(body.tools).map((tool) => string(tool.name)),
  }),
  json: (reply, model) => ({
    ...envelope(model),
    content: blocks(reply),
    stop_reason: stopReason(reply),
    stop_sequence: null,
    usage: usage(reply),
  }),
  frames: (reply, model) => {
    const message = { ...envelope(model), content: [], stop_reason: null, stop_sequence: null }
    return [
      event("message_start", { message: { ...message, usage: { ...usage(reply), output_tokens: 1 } } }),
      ...blocks(reply).flatMap((block, index) => blockFrames(block, index, reply)),
      event("message_delta", {
        delta: { stop_reason: stopReason(reply), stop_sequence: null },
        usage: { output_tokens: usageOf(reply).outputTokens },
      }),
      event("message_stop", {}),
    ]
  },
  error: (status, message) => ({
    type: "error",
    error: { type: status >= 500 ? "api_error" : "invalid_request_error", message },
  }),
}

function event(type: string, fields: object): string {
  return sse({ type, ...fields }, type)
}

function blockFrames(block: Block, index: number, reply: Reply): readonly string[] {
  const start = event("content_block_start", { index, content_block: started(block) })
  const middle = deltas(block, reply).map((delta) => event("content_block_delta", { index, delta }))
  return [start, ...middle, event("content_block_stop", { index })]
}

type Block = ReturnType<typeof blocks>[number]

function blocks(reply: Reply) {
  const thinking = wholeText(reply.reasoning)
  const text = wholeText(reply.text)
  return [
    ...(thinking === "" ? [] : [{ type: "thinking" as const, thinking, signature: "SIGNED-BY-PROVIDER" }]),
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
    ...(reply.toolCalls ?? []).map((call) => ({
      type: "tool_use" as const,
      id: call.id ?? freshId("toolu_"),
      name: call.name,
      input: call.arguments,
    })),
  ]
}

function started(block: Block): object {
  if (block.type === "thinking") return { type: "thinking", thinking: "", signature: "" }
  if (block.type === "text") return { type: "text", text: "" }
  return { ...block, input: {} }
}

function deltas(block: Block, reply: Reply): readonly object[] {
  if (block.type === "thinking") {
    const thinking = chunksOf(reply.reasoning).map((text) => ({ type: "thinking_delta", thinking: text }))
    return [...thinking, { type: "signature_delta", signature: block.signature }]
  }
  if (block.type === "text") return chunksOf(reply.text).map((text) => ({ type: "text_delta", text }))
  return [{ type: "input_json_delta", partial_json: JSON.stringify(block.input) }]
}

function envelope(model: string): object {
  return { id: freshId("msg_"), type: "message", role: "assistant", model }
}

function stopReason(reply: Reply): string {
  return reply.toolCalls === undefined || reply.toolCalls.length === 0 ? "end_turn" : "tool_use"
}

function viewMessage(message: JsonObject): ViewedMessage {
  const parts = objects(message.content)
  const results = parts.filter((part) => part.type === "tool_result")
  return {
    role: message.role === "assistant" ? "assistant" : results.length > 0 ? "tool" : "user",
    text: contentText(message.content),
    toolCalls: parts
      .filter((part) => part.type === "tool_use")
      .map((part) => ({ id: string(part.id), name: string(part.name), arguments: anyText(part.input) })),
    toolResults: results.map((part) => ({ id: string(part.tool_use_id), text: contentText(part.content) })),
  }
}

function usage(reply: Reply): object {
  const { inputTokens, outputTokens } = usageOf(reply)
  return { input_tokens: inputTokens, output_tokens: outputTokens }
}
