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
import { ReplayBuilder, type ToolTraits } from "../replay-builder.ts"
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
  readonly #reply: ReplayBuilder
  /** The latest of each count: a closing message_delta may repeat only some of them. */
  #usage: JsonObject = {}

  constructor(maxChars?: number) {
    this.#reply = new ReplayBuilder(maxChars)
  }

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
    this.#count(message.usage)
    for (const [index, part] of objectsOf(message.content).entries()) this.#block(`start:${index}`, part)
    this.#reply.finish(message.stop_reason)
  }

  #block(key: string, part: JsonObject): void {
    if (!isToolUse(part)) {
      readTextBlock(part, this.#reply)
      return
    }
    this.#reply.tool(key, part.id, part.name, toolTraits(part))
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
    this.#count(usage)
  }

  #count(usage: JsonValue | undefined): void {
    const latest = objectOf(usage)
    for (const name of COUNTS) {
      const count = latest[name]
      if (count !== undefined && count !== null) this.#usage = { ...this.#usage, [name]: count }
    }
    readUsage(this.#usage, this.#reply)
  }
}

const COUNTS = [
  ..."input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens".split(" "),
  ..."output_tokens_details iterations".split(" "),
]

function replayJson(reply: JsonValue): Replay {
  const message = objectOf(reply)
  const builder = new ReplayBuilder()
  builder.model(message.model)
  for (const [index, part] of objectsOf(message.content).entries()) {
    readTextBlock(part, builder)
    if (!isToolUse(part)) continue
    builder.tool(String(index), part.id, part.name, toolTraits(part))
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

/** `server_tool_use` and `mcp_tool_use` have run already. */
function toolTraits(part: JsonObject): ToolTraits {
  return part.type === "tool_use" ? {} : { providerExecuted: true }
}

function readTextBlock(part: JsonObject, reply: ReplayBuilder): void {
  if (part.type === "text") reply.text(part.text)
  if (part.type === "compaction") reply.text(part.content)
  if (part.type === "thinking") reply.reasoning(part.thinking)
}

/**
 * Anthropic's `input_tokens` leave out what was read from or written to the cache. With `iterations` (compaction) they are
 * those of the last round only, and every round is charged; unless a fallback model served, whose rounds they leave out.
 */
function readUsage(value: JsonValue | undefined, reply: ReplayBuilder): void {
  const usage = objectOf(value)
  const cacheRead = countOf(usage.cache_read_input_tokens)
  const cacheWrite = countOf(usage.cache_creation_input_tokens)
  const rounds = roundsOf(usage)
  const fresh = sumOf(...rounds.map((round) => countOf(round.input_tokens)))
  reply.usage({
    inputTokens: fresh === undefined ? undefined : sumOf(fresh, cacheRead, cacheWrite),
    outputTokens: sumOf(...rounds.map((round) => countOf(round.output_tokens))),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    cacheWrite1hTokens: countOf(objectOf(usage.cache_creation).ephemeral_1h_input_tokens),
    reasoningTokens: countOf(objectOf(usage.output_tokens_details).thinking_tokens),
  })
}

function roundsOf(usage: JsonObject): readonly JsonObject[] {
  const all = objectsOf(usage.iterations)
  const own = all.filter(({ type }) => type === "compaction" || type === "message")
  return own.length === 0 || all.some(({ type }) => type === "fallback_message") ? [usage] : own
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
  assembler: (maxChars) => new AnthropicAssembler(maxChars),
  errorBody: (message, code) => ({ type: "error", error: { type: code, message } }),
}
