import { isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import { byType, each, fields, fileData, loose, parts, toolDefinition, url } from "../loose.ts"
import { messagesShape } from "../messages-shape.ts"
import { openAiErrorBody } from "../openai-error.ts"
import { argumentText, countOf, objectOf, objectsOf, stringOf } from "../read.ts"
import { ReplayBuilder, type ToolTraits } from "../replay-builder.ts"
import { jsonText, keep, type Rule, text } from "../rule.ts"

// OpenAI API reference, "Create chat completion". The extensions are those of @ai-sdk/openai-compatible (reasoning
// fields, cache_control, extra_content), OpenRouter (reasoning_details) and GitHub Copilot (reasoning_opaque).
const part = byType({
  text: fields({ text }),
  refusal: fields({ refusal: text }),
  image_url: fields({
    image_url: (value, visit) =>
      typeof value === "string" ? url(value, visit) : fields({ url, detail: keep })(value, visit),
  }),
  input_audio: keep,
  file: fields({ file: fields({ filename: text, file_data: fileData }) }),
})
const content: Rule = (value, visit) =>
  typeof value === "string" ? text(value, visit) : parts(part)(value, visit)

const call = fields({ name: keep, arguments: jsonText })
const toolCall = fields({ function: call, custom: fields({ name: keep, input: text }) })

// Signed or opaque reasoning belongs to its signature, and nothing of ours restores secrets into it.
const unsignedDetail = fields({ text, summary: text, format: keep })
const reasoningDetail: Rule = (value, visit) => {
  const detail = objectOf(value)
  return detail.signature || detail.type === "reasoning.encrypted" ? value : unsignedDetail(value, visit)
}

const messageRules = {
  content,
  refusal: text,
  reasoning: text,
  reasoning_content: text,
  reasoning_text: text,
  reasoning_details: each(reasoningDetail),
  tool_calls: each(toolCall),
  function_call: call,
  audio: keep,
}
const plainMessage = fields(messageRules)
const opaqueMessage = fields({ ...messageRules, reasoning_text: keep })
const message: Rule = (value, visit) =>
  (objectOf(value).reasoning_opaque ? opaqueMessage : plainMessage)(value, visit)

const body = fields({
  messages: each(message),
  tools: each(toolDefinition),
  functions: each(toolDefinition),
  response_format: toolDefinition,
  prediction: loose,
  stop: keep,
  stream_options: keep,
  tool_choice: keep,
  function_call: keep,
  user: keep,
  safety_identifier: keep,
  prompt_cache_retention: keep,
  prompt_cache_options: keep,
  service_tier: keep,
  reasoning_effort: keep,
  verbosity: keep,
  modalities: keep,
  audio: keep,
})

class ChatAssembler implements ReplayAssembler {
  readonly #reply: ReplayBuilder
  /** Key of the tool call that a position stands for now; some servers reuse a position for the next call. */
  readonly #keys = new Map<string, string>()

  constructor(maxChars?: number) {
    this.#reply = new ReplayBuilder(maxChars)
  }

  push({ data }: WireEvent): void {
    const chunk = objectOf(data)
    this.#reply.model(chunk.model)
    for (const [position, choice] of choicesOf(chunk).entries()) this.#choice(choice, position)
    readUsage(chunk, this.#reply)
    readError(chunk, this.#reply)
  }

  result(): Replay {
    return this.#reply.result()
  }

  #choice(choice: JsonObject, position: number): void {
    const index = typeof choice.index === "number" ? choice.index : position
    const delta = objectOf(choice.delta ?? choice.message)
    // Alternatives (`n` > 1) stream interleaved; the text of the first is the reply.
    if (index === 0) readText(delta, this.#reply)
    for (const [at, item] of objectsOf(delta.tool_calls).entries()) this.#toolCall(index, at, item)
    const legacy = delta.function_call
    if (isJsonObject(legacy)) this.#tool(`${index}:legacy`, undefined, legacy.name, legacy.arguments)
    this.#reply.finish(choice.finish_reason)
  }

  #toolCall(choice: number, at: number, item: JsonObject): void {
    const call = objectOf(item.function ?? item.custom)
    const slot = `${choice}:${typeof item.index === "number" ? item.index : this.#slotOf(item, at)}`
    const key = this.#keys.get(slot)
    const isNext = key !== undefined && startsNext(this.#reply.toolId(key), item.id, call.name)
    const next = key === undefined || isNext ? `${slot}#${this.#reply.toolCount}` : key
    this.#keys.set(slot, next)
    const traits: ToolTraits = isJsonObject(item.custom) ? { freeText: true } : {}
    this.#tool(next, item.id, call.name, call.arguments ?? call.input, traits)
  }

  /** Where a delta has no index: an id opens a new call, and what has none continues the latest. */
  #slotOf(item: JsonObject, at: number): string {
    if (typeof item.id === "string" && item.id !== "") return `id:${item.id}`
    return [...this.#keys.keys()].at(-1)?.split(":").slice(1).join(":") ?? `at:${at}`
  }

  #tool(
    key: string,
    id: JsonValue | undefined,
    name: JsonValue | undefined,
    piece: JsonValue | undefined,
    traits?: ToolTraits,
  ): void {
    this.#reply.tool(key, id, name, traits)
    this.#reply.toolArguments(key, argumentText(piece))
  }
}

/** Whether a delta on a position in use opens another call (Gemini's compatible endpoint numbers them all 0). */
function startsNext(
  known: string | undefined,
  id: JsonValue | undefined,
  name: JsonValue | undefined,
): boolean {
  if (known === undefined || typeof id !== "string" || id === "" || id === known) return false
  return typeof name === "string" && name !== ""
}

function replayJson(reply: JsonValue): Replay {
  const assembler = new ChatAssembler()
  assembler.push({ data: reply })
  return assembler.result()
}

/** The choices of a chunk or reply; Ollama's native shape has its one message at the top. */
function choicesOf(chunk: JsonObject): readonly JsonObject[] {
  if (!isJsonObject(chunk.message)) return objectsOf(chunk.choices)
  return [{ message: chunk.message, finish_reason: chunk.done_reason }]
}

function readText(delta: JsonObject, reply: ReplayBuilder): void {
  reply.text(delta.content)
  // Mistral sends text in parts.
  for (const piece of objectsOf(delta.content)) reply.text(piece.text)
  reply.reasoning(delta.reasoning_content ?? delta.reasoning ?? delta.reasoning_text ?? delta.thinking)
  reply.refusal(delta.refusal)
}

/** OpenAI's `prompt_tokens` count the cached ones in. */
function readUsage(chunk: JsonObject, reply: ReplayBuilder): void {
  const usage = objectOf(chunk.usage ?? objectOf(chunk.x_groq).usage)
  const prompt = objectOf(usage.prompt_tokens_details)
  reply.usage({
    inputTokens: countOf(usage.prompt_tokens ?? chunk.prompt_eval_count),
    outputTokens: countOf(usage.completion_tokens ?? chunk.eval_count),
    cacheReadTokens: countOf(prompt.cached_tokens ?? usage.prompt_cache_hit_tokens),
    cacheWriteTokens: countOf(prompt.cache_write_tokens),
    reasoningTokens: countOf(objectOf(usage.completion_tokens_details).reasoning_tokens),
  })
}

function readError(chunk: JsonObject, reply: ReplayBuilder): void {
  const { error } = chunk
  if (typeof error === "string") reply.error(undefined, error)
  if (isJsonObject(error)) reply.error(error.type ?? error.code, error.message)
}

/** OpenAI chat completions and everything that imitates them. */
export const openaiChat: Dialect = {
  id: "openai-chat",
  provider: "openai",
  claims: (request) => messagesShape(request) === "openai-chat",
  mapText: (request, visit) => objectOf(body(request, visit)),
  model: (request) => stringOf(request.model),
  replayJson,
  assembler: (maxChars) => new ChatAssembler(maxChars),
  errorBody: openAiErrorBody,
}
