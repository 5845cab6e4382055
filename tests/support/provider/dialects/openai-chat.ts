import type { ViewedMessage, WireFormat } from "../dialect.ts"
import { anyText, contentText, freshId, object, objects, sse, string } from "../read.ts"
import { chunksOf, type Reply, usageOf, wholeText } from "../step.ts"
import type { JsonObject } from "../../../../src/base/json.ts"

/** OpenAI chat completions, also as compatible servers speak it (`reasoning_content`). */
export const openaiChat: WireFormat = {
  dialect: "openai-chat",
  streamType: "text/event-stream",
  // `/generic` is where tests/support/generic-provider.ts posts.
  matches: (path) => /\/(?:chat\/completions|generic)$/.test(path),
  streamed: (_path, body) => body.stream === true,
  view: (body) => ({
    system: objects(body.messages)
      .filter(isSystem)
      .map((message) => contentText(message.content))
      .join("\n"),
    messages: objects(body.messages)
      .filter((message) => !isSystem(message))
      .map(viewMessage),
    tools: objects(body.tools).map((tool) => string(object(tool.function).name)),
  }),
  json: (reply, model) => ({
    id: freshId("chatcmpl-"),
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: wholeText(reply.text) || null,
          ...(reply.reasoning === undefined ? {} : { reasoning_content: wholeText(reply.reasoning) }),
          ...(reply.toolCalls === undefined ? {} : { tool_calls: toolCalls(reply) }),
        },
        finish_reason: finish(reply),
      },
    ],
    usage: usage(reply),
  }),
  frames: (reply, model) => {
    const head = { id: freshId("chatcmpl-"), object: "chat.completion.chunk", created: 1_700_000_000, model }
    const chunk = (delta: object, finishReason: string | null = null): string =>
      sse({ ...head, choices: [{ index: 0, delta, finish_reason: finishReason }] })
    return [
      chunk({ role: "assistant", content: "" }),
      ...chunksOf(reply.reasoning).map((text) => chunk({ reasoning_content: text })),
      ...chunksOf(reply.text).map((text) => chunk({ content: text })),
      ...toolCalls(reply).map((call, index) => chunk({ tool_calls: [{ ...call, index }] })),
      chunk({}, finish(reply)),
      sse({ ...head, choices: [], usage: usage(reply) }),
      sse("[DONE]"),
    ]
  },
  error: (status, message) => ({
    error: { message, type: "invalid_request_error", param: null, code: status },
  }),
}

function isSystem(message: JsonObject): boolean {
  return message.role === "system" || message.role === "developer"
}

function viewMessage(message: JsonObject): ViewedMessage {
  const role = message.role === "assistant" || message.role === "tool" ? message.role : "user"
  const text = contentText(message.content)
  return {
    role,
    text: role === "tool" ? "" : text,
    toolCalls: objects(message.tool_calls).map((call) => ({
      id: string(call.id),
      name: string(object(call.function).name),
      arguments: anyText(object(call.function).arguments),
    })),
    toolResults: role === "tool" ? [{ id: string(message.tool_call_id), text }] : [],
  }
}

function toolCalls(reply: Reply): readonly object[] {
  return (reply.toolCalls ?? []).map((call) => ({
    id: call.id ?? freshId("call_"),
    type: "function",
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }))
}

function finish(reply: Reply): string {
  return reply.toolCalls === undefined || reply.toolCalls.length === 0 ? "stop" : "tool_calls"
}

function usage(reply: Reply): object {
  const { inputTokens, outputTokens } = usageOf(reply)
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  }
}
