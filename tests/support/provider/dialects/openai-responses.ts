import type { ViewedMessage, WireFormat } from "../dialect.ts"
import { anyText, contentText, freshId, objects, sse, string } from "../read.ts"
import { chunksOf, type Reply, usageOf, wholeText } from "../step.ts"
import type { JsonObject } from "../../../../src/base/json.ts"

/** OpenAI Responses (`input` instead of `messages`). */
export const openaiResponses: WireFormat = {
  dialect: "openai-responses",
  streamType: "text/event-stream",
  matches: (path) => path.endsWith("/responses"),
  streamed: (_path, body) => body.stream === true,
  view: (body) => {
    const items =
      typeof body.input === "string" ? [{ role: "user", content: body.input }] : objects(body.input)
    const system = items.filter(isSystem).map((item) => contentText(item.content))
    return {
      system: [string(body.instructions), ...system].join("\n"),
      messages: items.filter((item) => !isSystem(item)).flatMap(viewItem),
      tools: objects(body.tools).map((tool) => string(tool.name)),
    }
  },
  json: (reply, model) => ({
    ...envelope(model),
    status: "completed",
    output: outputs(reply),
    usage: usage(reply),
  }),
  frames: (reply, model) => {
    const response = envelope(model)
    let sequence = 0
    const event = (type: string, fields: object): string => {
      sequence += 1
      return sse({ type, sequence_number: sequence, ...fields }, type)
    }
    const items = outputs(reply)
    return [
      event("response.created", {
        response: { ...response, status: "in_progress", output: [], usage: null },
      }),
      ...items.flatMap((item, index) => itemFrames(item, index, reply, event)),
      event("response.completed", {
        response: {
          ...response,
          status: "completed",
          output: items,
          usage: usage(reply),
          incomplete_details: null,
        },
      }),
    ]
  },
  error: (status, message) => ({
    error: { message, type: "invalid_request_error", param: null, code: `${status}` },
  }),
}

type Output = ReturnType<typeof outputs>[number]
type EventBuilder = (type: string, fields: object) => string

function itemFrames(item: Output, index: number, reply: Reply, event: EventBuilder): readonly string[] {
  const at = { output_index: index, item_id: item.id }
  const added = event("response.output_item.added", { output_index: index, item: started(item) })
  const done = event("response.output_item.done", { output_index: index, item })
  if (item.type === "message") {
    const part = { ...at, content_index: 0 }
    const empty = { type: "output_text", text: "", annotations: [] }
    return [
      added,
      event("response.content_part.added", { ...part, part: empty }),
      ...chunksOf(reply.text).map((delta) => event("response.output_text.delta", { ...part, delta })),
      event("response.output_text.done", { ...part, text: wholeText(reply.text) }),
      done,
    ]
  }
  if (item.type === "reasoning") {
    const part = { ...at, summary_index: 0 }
    return [
      added,
      event("response.reasoning_summary_part.added", { ...part, part: { type: "summary_text", text: "" } }),
      ...chunksOf(reply.reasoning).map((delta) =>
        event("response.reasoning_summary_text.delta", { ...part, delta }),
      ),
      event("response.reasoning_summary_part.done", part),
      done,
    ]
  }
  return [
    added,
    event("response.function_call_arguments.delta", { ...at, delta: item.arguments }),
    event("response.function_call_arguments.done", { ...at, arguments: item.arguments }),
    done,
  ]
}

function started(item: Output): object {
  if (item.type === "message") return { ...item, content: [], status: "in_progress" }
  if (item.type === "reasoning") return { ...item, summary: [] }
  return { ...item, arguments: "", status: "in_progress" }
}

function outputs(reply: Reply) {
  const reasoning = wholeText(reply.reasoning)
  const text = wholeText(reply.text)
  return [
    ...(reasoning === ""
      ? []
      : [
          {
            type: "reasoning" as const,
            id: freshId("rs_"),
            encrypted_content: "ENCRYPTED-REASONING",
            summary: [{ type: "summary_text", text: reasoning }],
          },
        ]),
    ...(text === ""
      ? []
      : [
          {
            type: "message" as const,
            id: freshId("msg_"),
            status: "completed",
            role: "assistant",
            content: [{ type: "output_text", text, annotations: [] }],
          },
        ]),
    ...(reply.toolCalls ?? []).map((call) => ({
      type: "function_call" as const,
      id: freshId("fc_"),
      call_id: call.id ?? freshId("call_"),
      name: call.name,
      arguments: JSON.stringify(call.arguments),
      status: "completed",
    })),
  ]
}

function envelope(model: string): object {
  return { id: freshId("resp_"), object: "response", created_at: 1_700_000_000, model, error: null }
}

function isSystem(item: JsonObject): boolean {
  return item.role === "system" || item.role === "developer"
}

function viewItem(item: JsonObject): readonly ViewedMessage[] {
  if (item.type === "function_call") {
    const call = { id: string(item.call_id), name: string(item.name), arguments: anyText(item.arguments) }
    return [{ role: "assistant", text: "", toolCalls: [call], toolResults: [] }]
  }
  if (item.type === "function_call_output") {
    const text = typeof item.output === "string" ? item.output : contentText(item.output)
    return [{ role: "tool", text: "", toolCalls: [], toolResults: [{ id: string(item.call_id), text }] }]
  }
  if (typeof item.role !== "string") return []
  const role = item.role === "assistant" ? "assistant" : "user"
  return [{ role, text: contentText(item.content), toolCalls: [], toolResults: [] }]
}

function usage(reply: Reply): object {
  const { inputTokens, outputTokens } = usageOf(reply)
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  }
}
