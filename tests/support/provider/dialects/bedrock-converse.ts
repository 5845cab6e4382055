import type { ViewedMessage, WireFormat } from "../dialect.ts"
import { eventStreamMessage } from "../event-stream.ts"
import { anyText, contentText, freshId, object, objects, string } from "../read.ts"
import { chunksOf, type Reply, usageOf, wholeText } from "../step.ts"
import type { JsonObject } from "../../../../src/base/json.ts"

/** Bedrock Converse (JSON) and ConverseStream (binary event stream). */
export const bedrockConverse: WireFormat = {
  dialect: "bedrock-converse",
  streamType: "application/vnd.amazon.eventstream",
  matches: (path) => /\/model\/[^/]+\/converse(-stream)?$/.test(path),
  streamed: (path) => path.endsWith("/converse-stream"),
  view: (body) => ({
    system: contentText(body.system),
    messages: objects(body.messages).map(viewMessage),
    tools: objects(object(body.toolConfig).tools).map((tool) => string(object(tool.toolSpec).name)),
  }),
  json: (reply) => ({
    output: { message: { role: "assistant", content: blocks(reply).map(contentBlock) } },
    stopReason: stopReason(reply),
    usage: usage(reply),
    metrics: { latencyMs: 1 },
  }),
  frames: (reply) => [
    event("messageStart", { role: "assistant" }),
    ...blocks(reply).flatMap((block, contentBlockIndex) => blockFrames(block, contentBlockIndex, reply)),
    event("messageStop", { stopReason: stopReason(reply) }),
    event("metadata", { usage: usage(reply), metrics: { latencyMs: 1 } }),
  ],
  error: (_status, message) => ({ message }),
}

function event(type: string, payload: object): Uint8Array {
  return eventStreamMessage(
    { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
    payload,
  )
}

function blockFrames(block: Block, contentBlockIndex: number, reply: Reply): readonly Uint8Array[] {
  const middle = deltas(block, reply).map((delta) => event("contentBlockDelta", { contentBlockIndex, delta }))
  const stop = event("contentBlockStop", { contentBlockIndex })
  if (block.kind !== "tool") return [...middle, stop]
  const start = { toolUse: { toolUseId: block.id, name: block.name } }
  return [event("contentBlockStart", { contentBlockIndex, start }), ...middle, stop]
}

type Block = ReturnType<typeof blocks>[number]

function blocks(reply: Reply) {
  const reasoning = wholeText(reply.reasoning)
  const text = wholeText(reply.text)
  return [
    ...(reasoning === "" ? [] : [{ kind: "reasoning" as const, text: reasoning }]),
    ...(text === "" ? [] : [{ kind: "text" as const, text }]),
    ...(reply.toolCalls ?? []).map((call) => ({
      kind: "tool" as const,
      id: call.id ?? freshId("tooluse_"),
      name: call.name,
      input: call.arguments,
    })),
  ]
}

function contentBlock(block: Block): object {
  if (block.kind === "text") return { text: block.text }
  if (block.kind === "tool") return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } }
  return { reasoningContent: { reasoningText: { text: block.text, signature: "SIGNED-BY-PROVIDER" } } }
}

function deltas(block: Block, reply: Reply): readonly object[] {
  if (block.kind === "text") return chunksOf(reply.text).map((text) => ({ text }))
  if (block.kind === "tool") return [{ toolUse: { input: JSON.stringify(block.input) } }]
  const texts = chunksOf(reply.reasoning).map((text) => ({ reasoningContent: { text } }))
  return [...texts, { reasoningContent: { signature: "SIGNED-BY-PROVIDER" } }]
}

function stopReason(reply: Reply): string {
  return reply.toolCalls === undefined || reply.toolCalls.length === 0 ? "end_turn" : "tool_use"
}

function viewMessage(message: JsonObject): ViewedMessage {
  const parts = objects(message.content)
  const results = parts.filter((part) => part.toolResult !== undefined).map((part) => object(part.toolResult))
  const calls = parts.filter((part) => part.toolUse !== undefined).map((part) => object(part.toolUse))
  return {
    role: message.role === "assistant" ? "assistant" : results.length > 0 ? "tool" : "user",
    text: contentText(message.content),
    toolCalls: calls.map((call) => ({
      id: string(call.toolUseId),
      name: string(call.name),
      arguments: anyText(call.input),
    })),
    toolResults: results.map((result) => ({
      id: string(result.toolUseId),
      text: contentText(result.content),
    })),
  }
}

function usage(reply: Reply): object {
  const { inputTokens, outputTokens } = usageOf(reply)
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens }
}
