import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import { byType, each, fields, fileData, loose, looseInput, parts, toolDefinition, url } from "../loose.ts"
import { areStrings } from "../following.ts"
import { openAiErrorBody } from "../openai-error.ts"
import { argumentText, countOf, indexOf, objectOf, objectsOf, stringOf } from "../read.ts"
import { ReplayBuilder, type ToolTraits } from "../replay-builder.ts"
import { freeForm, jsonText, keep, mapValues, type Rule, text } from "../rule.ts"

// OpenAI API reference, "Create a model response", with every input item of @ai-sdk/openai.
const part = byType({
  input_text: fields({ text }),
  output_text: fields({ text, annotations: each(loose), logprobs: keep }),
  text: fields({ text }),
  summary_text: fields({ text }),
  reasoning_text: fields({ text }),
  refusal: fields({ refusal: text }),
  input_image: fields({ image_url: url, detail: keep }),
  computer_screenshot: fields({ image_url: url }),
  input_file: fields({ filename: text, file_data: fileData, file_url: url }),
  input_audio: keep,
})
const content: Rule = (value, visit) =>
  typeof value === "string" ? text(value, visit) : parts(part)(value, visit)

/** `{ type, … }` of a shell, patch, search or computer action: all free-form but the type. */
const action: Rule = (value, visit) =>
  isJsonObject(value)
    ? mapValues(value, (item, key) => (key === "type" ? item : freeForm(item, visit, key)))
    : freeForm(value, visit)

/** Every kind of item has its text under one of these names; the rest is ids and states. */
const plainItem = fields({
  content,
  summary: content,
  arguments: jsonText,
  input: looseInput,
  output: content,
  action,
  operation: action,
  tools: each(toolDefinition),
  call_id: keep,
  status: keep,
  phase: keep,
  namespace: keep,
  execution: keep,
  server_label: keep,
})
const item: Rule = byType(
  {
    item_reference: keep,
    // Encrypted reasoning is checked against its summary; nothing of ours restores secrets into either.
    reasoning: (value, visit) => (objectOf(value).encrypted_content ? value : plainItem(value, visit)),
    image_generation_call: fields({ result: keep }),
  },
  (value, visit) => (typeof value === "string" ? text(value, visit) : plainItem(value, visit)),
)
const items: Rule = (value, visit) =>
  typeof value === "string" ? text(value, visit) : parts(item, areStrings)(value, visit)

const body = fields({
  input: items,
  instructions: items,
  tools: each(toolDefinition),
  text: fields({ format: toolDefinition, verbosity: keep }),
  prompt: fields({ version: keep, variables: (value, visit) => variables(value, visit) }),
  include: keep,
  conversation: keep,
  user: keep,
  safety_identifier: keep,
  prompt_cache_retention: keep,
  prompt_cache_options: keep,
  reasoning: keep,
  service_tier: keep,
  tool_choice: keep,
  truncation: keep,
  stream_options: keep,
})

/** Prompt variables are texts or content parts under names that the template knows. */
const variables: Rule = (value, visit) =>
  isJsonObject(value)
    ? mapValues(value, (item, name) =>
        typeof item === "string" ? freeForm(item, visit, name) : part(item, visit),
      )
    : loose(value, visit)

class ResponsesAssembler implements ReplayAssembler {
  readonly #reply: ReplayBuilder
  /** Items whose text came in pieces, or whole already: a later copy of them adds nothing. */
  readonly #seen = new Set<string>()

  constructor(maxChars?: number) {
    this.#reply = new ReplayBuilder(maxChars)
  }

  push({ data }: WireEvent): void {
    const event = objectOf(data)
    const type = stringOf(event.type) ?? ""
    const key = indexOf(event.output_index)
    this.#delta(type, key, event)
    if (type === "response.output_item.added") this.#open(key, objectOf(event.item))
    if (type === "response.output_item.done") this.#whole(key, objectOf(event.item))
    if (isJsonObject(event.response)) this.#response(event.response)
    if (type === "error") readError(isJsonObject(event.error) ? event.error : event, this.#reply)
  }

  result(): Replay {
    return this.#reply.result()
  }

  /** Takes over a whole response object: state, usage, error, and the output where no event brought it. */
  response(response: JsonObject): void {
    this.#response(response)
    if (response.error !== undefined && response.error !== null && !isJsonObject(response.error)) {
      this.#reply.error(undefined, response.error)
    }
  }

  #delta(type: string, key: string, event: JsonObject): void {
    const target = DELTAS.get(type)
    if (target === undefined) return
    this.#seen.add(`${target}:${key}`)
    if (target === "arguments") this.#reply.toolArguments(key, event.delta)
    if (target === "text") this.#reply.text(event.delta)
    if (target === "refusal") this.#reply.refusal(event.delta)
    if (target === "reasoning") this.#reply.reasoning(event.delta)
  }

  #open(key: string, opened: JsonObject): void {
    if (isCall(opened)) this.#call(key, opened)
  }

  #whole(key: string, done: JsonObject): void {
    if (isCall(done)) {
      this.#call(key, done)
      this.#reply.toolArgumentsDefault(key, callArguments(done))
      return
    }
    const texts = [...objectsOf(done.summary), ...objectsOf(done.content)]
    for (const piece of texts) this.#piece(key, done.type === "reasoning", piece)
    for (const target of ["text", "refusal", "reasoning"]) this.#seen.add(`${target}:${key}`)
  }

  #call(key: string, call: JsonObject): void {
    this.#reply.tool(key, call.call_id ?? call.id, callName(call), callTraits(call))
  }

  #piece(key: string, isReasoning: boolean, piece: JsonObject): void {
    if (isReasoning && !this.#seen.has(`reasoning:${key}`)) this.#reply.reasoning(piece.text)
    if (isReasoning) return
    if (!this.#seen.has(`text:${key}`)) this.#reply.text(piece.text)
    if (!this.#seen.has(`refusal:${key}`)) this.#reply.refusal(piece.refusal)
  }

  #response(response: JsonObject): void {
    this.#reply.model(response.model)
    for (const [index, done] of objectsOf(response.output).entries()) this.#whole(String(index), done)
    const reason = stringOf(objectOf(response.incomplete_details).reason)
    if (response.status !== "in_progress" && response.status !== "queued") {
      this.#reply.finish(reason ?? response.status)
    }
    readUsage(response.usage, this.#reply)
    if (isJsonObject(response.error)) readError(response.error, this.#reply)
  }
}

const DELTAS: ReadonlyMap<string, "text" | "refusal" | "reasoning" | "arguments"> = new Map([
  ["response.output_text.delta", "text"],
  ["response.refusal.delta", "refusal"],
  ["response.reasoning_summary_text.delta", "reasoning"],
  ["response.reasoning_text.delta", "reasoning"],
  ["response.function_call_arguments.delta", "arguments"],
  ["response.custom_tool_call_input.delta", "arguments"],
  ["response.mcp_call_arguments.delta", "arguments"],
  ["response.code_interpreter_call_code.delta", "arguments"],
])

function isCall(entry: JsonObject): boolean {
  return typeof entry.type === "string" && /(?:_call|^mcp_approval_request)$/.test(entry.type)
}

function callTraits({ type, execution }: JsonObject): ToolTraits {
  const isFreeText = type === "custom_tool_call" || type === "code_interpreter_call"
  const isHosted = execution === undefined ? HOSTED_CALLS.has(stringOf(type) ?? "") : execution === "server"
  return { ...(isFreeText && { freeText: true }), ...(isHosted && { providerExecuted: true }) }
}

/** Calls of tools that the API runs. Shells, patches and functions run at the caller's. */
const HOSTED_CALLS: ReadonlySet<string> = new Set([
  ..."web_search_call file_search_call code_interpreter_call image_generation_call mcp_call".split(" "),
  ..."mcp_approval_request computer_call".split(" "),
])

/** Hosted tools have no name of their own: `web_search_call` is `web_search`. */
function callName(entry: JsonObject): string {
  return stringOf(entry.name) ?? (stringOf(entry.type) ?? "").replace(/_call$/, "")
}

function callArguments(entry: JsonObject): string {
  return argumentText(
    entry.arguments ?? entry.input ?? entry.action ?? entry.operation ?? entry.code ?? entry.queries,
  )
}

/** The Responses API counts cached input tokens in `input_tokens`. */
function readUsage(value: JsonValue | undefined, reply: ReplayBuilder): void {
  const usage = objectOf(value)
  const details = objectOf(usage.input_tokens_details)
  reply.usage({
    inputTokens: countOf(usage.input_tokens),
    outputTokens: countOf(usage.output_tokens),
    cacheReadTokens: countOf(details.cached_tokens),
    cacheWriteTokens: countOf(details.cache_write_tokens),
    reasoningTokens: countOf(objectOf(usage.output_tokens_details).reasoning_tokens),
  })
}

function readError(error: JsonObject, reply: ReplayBuilder): void {
  reply.error(error.code ?? error.type, error.message)
}

function replayJson(reply: JsonValue): Replay {
  const assembler = new ResponsesAssembler()
  assembler.response(objectOf(reply))
  return assembler.result()
}

function claims(request: JsonObject): boolean {
  if (isJsonArray(request.messages)) return false
  if (typeof request.input !== "string" && !isJsonArray(request.input)) return false
  return typeof request.model === "string" || isJsonObject(request.prompt)
}

/** OpenAI Responses, also as the Codex backend and Copilot speak it. */
export const openaiResponses: Dialect = {
  id: "openai-responses",
  provider: "openai",
  claims,
  mapText: (request, visit) => objectOf(body(request, visit)),
  model: (request) => stringOf(request.model),
  replayJson,
  assembler: (maxChars) => new ResponsesAssembler(maxChars),
  errorBody: openAiErrorBody,
}
