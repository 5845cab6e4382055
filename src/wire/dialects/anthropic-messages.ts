import type { JsonObject, JsonValue } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import {
  byType,
  each,
  fields,
  loose,
  mediaTypeOf,
  parts,
  payload,
  remoteServers,
  toolDefinition,
  url,
} from "../loose.ts"
import { messagesShape } from "../messages-shape.ts"
import { argumentText, countOf, indexOf, objectOf, objectsOf, stringOf, sumOf } from "../read.ts"
import { ReplayBuilder } from "../replay-builder.ts"
import { freeForm, keep, type Rule, text } from "../rule.ts"

// Anthropic API reference, "Create a Message"; beta blocks as the AI SDK's provider writes them.
const nestedBlocks: Rule = (value, visit) => content(value, visit)

const source = byType({
  base64: payload("data", mediaTypeOf),
  text: fields({ data: text }),
  url: fields({ url }),
  content: fields({ content: nestedBlocks }),
  file: keep,
})

// The signature covers the text, and nothing of ours restores secrets into thinking: it stays as it is.
const thinking: Rule = (value, visit) => (objectOf(value).signature ? value : unsignedThinking(value, visit))
const unsignedThinking = fields({ thinking: text, signature: keep })

const input: Rule = (value, visit) => freeForm(value, visit)
const toolUse = fields({ input, caller: keep, server_name: keep })
const toolResult = fields({ content: nestedBlocks, caller: keep, is_error: keep })

const knownBlock = byType(
  {
    text: fields({ text, citations: each(loose) }),
    image: fields({ source }),
    document: fields({ source, title: text, context: text, citations: keep }),
    search_result: fields({ source: url, title: text, content: nestedBlocks, citations: keep }),
    thinking,
    redacted_thinking: keep,
    tool_use: toolUse,
    server_tool_use: toolUse,
    mcp_tool_use: toolUse,
    tool_reference: keep,
    container_upload: keep,
    compaction: fields({ content: text }),
  },
  fields({ source, content: nestedBlocks }),
)

const block: Rule = (value, visit) => {
  const type = objectOf(value).type
  const isResult = typeof type === "string" && type.endsWith("tool_result")
  return (isResult ? toolResult : knownBlock)(value, visit)
}

/** A string, one block (server tool results have one) or a list of blocks. */
const content: Rule = (value, visit) =>
  typeof value === "string" ? text(value, visit) : parts(block)(value, visit)

const body = fields({
  system: content,
  messages: each(fields({ content })),
  tools: each(toolDefinition),
  output_config: toolDefinition,
  output_format: toolDefinition,
  mcp_servers: remoteServers,
  stop_sequences: keep,
  tool_choice: keep,
  thinking: keep,
  metadata: fields({ user_id: keep }),
  container: keep,
  service_tier: keep,
  fallbacks: keep,
  betas: keep,
  anthropic_beta: keep,
  anthropic_version: keep,
})

class AnthropicAssembler implements ReplayAssembler {
  readonly #reply = new ReplayBuilder()

  push({ data }: WireEvent): void {
    const event = objectOf(data)
    if (event.type === "message_start") this.#start(objectOf(event.message))
    if (event.type === "content_block_start") {
      this.#block(indexOf(event.index), objectOf(event.content_block))
    }
    if (event.type === "content_block_delta") this.#delta(indexOf(event.index), objectOf(event.delta))
    if (event.type === "message_delta") this.#end(objectOf(event.delta), event.usage)
    if (event.type === "error") readError(event, this.#reply)
  }

  result(): Replay {
    return this.#reply.result()
  }

  #start(message: JsonObject): void {
    this.#reply.model(message.model)
    readUsage(message.usage, this.#reply)
    for (const [index, part] of objectsOf(message.content).entries()) this.#block(`start:${index}`, part)
    this.#reply.finish(message.stop_reason)
  }

  #block(key: string, part: JsonObject): void {
    if (!isToolUse(part)) {
      readTextBlock(part, this.#reply)
      return
    }
    this.#reply.tool(key, part.id, part.name)
    // A placeholder `{}` where deltas follow; all there is where none does.
    this.#reply.toolArgumentsDefault(key, argumentText(part.input))
  }

  #delta(key: string, delta: JsonObject): void {
    if (delta.type === "text_delta") this.#reply.text(delta.text)
    if (delta.type === "thinking_delta") this.#reply.reasoning(delta.thinking)
    if (delta.type === "compaction_delta") this.#reply.text(delta.content)
    if (delta.type === "input_json_delta") this.#reply.toolArguments(key, delta.partial_json)
  }

  #end(delta: JsonObject, usage: JsonValue | undefined): void {
    this.#reply.finish(delta.stop_reason)
    this.#reply.refusal(objectOf(delta.stop_details).explanation)
    readUsage(usage, this.#reply)
  }
}

function replayJson(reply: JsonValue): Replay {
  const message = objectOf(reply)
  const builder = new ReplayBuilder()
  builder.model(message.model)
  for (const [index, part] of objectsOf(message.content).entries()) {
    readTextBlock(part, builder)
    if (!isToolUse(part)) continue
    builder.tool(String(index), part.id, part.name)
    builder.toolArguments(String(index), argumentText(part.input))
  }
  builder.finish(message.stop_reason)
  builder.refusal(objectOf(message.stop_details).explanation)
  readUsage(message.usage, builder)
  if (message.type === "error" || message.error !== undefined) readError(message, builder)
  return builder.result()
}

function isToolUse(part: JsonObject): boolean {
  return typeof part.type === "string" && part.type.endsWith("tool_use")
}

function readTextBlock(part: JsonObject, reply: ReplayBuilder): void {
  if (part.type === "text") reply.text(part.text)
  if (part.type === "compaction") reply.text(part.content)
  if (part.type === "thinking") reply.reasoning(part.thinking)
}

/** Anthropic's `input_tokens` leave out what was read from or written to the cache. */
function readUsage(value: JsonValue | undefined, reply: ReplayBuilder): void {
  const usage = objectOf(value)
  const cacheRead = countOf(usage.cache_read_input_tokens)
  const cacheWrite = countOf(usage.cache_creation_input_tokens)
  const fresh = countOf(usage.input_tokens)
  reply.usage({
    // A closing message_delta may repeat only the output count; the input counts stay then.
    inputTokens: fresh === undefined ? undefined : sumOf(fresh, cacheRead, cacheWrite),
    outputTokens: countOf(usage.output_tokens),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    cacheWrite1hTokens: countOf(objectOf(usage.cache_creation).ephemeral_1h_input_tokens),
    reasoningTokens: countOf(objectOf(usage.output_tokens_details).thinking_tokens),
  })
}

function readError(event: JsonObject, reply: ReplayBuilder): void {
  const error = objectOf(event.error)
  reply.error(error.type, error.message)
}

/** Anthropic Messages, also on Vertex (`anthropic_version` in place of `model`). */
export const anthropicMessages: Dialect = {
  id: "anthropic-messages",
  provider: "anthropic",
  claims: (request) => messagesShape(request) === "anthropic-messages",
  mapText: (request, visit) => objectOf(body(request, visit)),
  model: (request) => stringOf(request.model),
  replayJson,
  assembler: () => new AnthropicAssembler(),
  errorBody: (message, code) => ({ type: "error", error: { type: code, message } }),
}
