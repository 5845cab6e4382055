import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import { schema } from "../json-schema.ts"
import { each, fields, mediaTypeOf, parts, payload, toolDefinition } from "../loose.ts"
import { argumentText, countOf, objectOf, objectsOf, stringOf, sumOf } from "../read.ts"
import { ReplayBuilder } from "../replay-builder.ts"
import { freeForm, keep, type Rule, text } from "../rule.ts"

// Gemini API reference, GenerateContent; the API takes camelCase and snake_case alike.
const inlineData = payload("data", mediaTypeOf)
const input: Rule = (value, visit) => freeForm(value, visit)
const call = fields({ args: input })
const response = fields({ response: input, parts: (value, visit) => parts(part)(value, visit) })

const plainPart = fields({
  text,
  inlineData,
  inline_data: inlineData,
  fileData: keep,
  file_data: keep,
  functionCall: call,
  function_call: call,
  functionResponse: response,
  function_response: response,
  toolCall: call,
  toolResponse: response,
  executableCode: fields({ code: text, language: keep }),
  codeExecutionResult: fields({ output: text, outcome: keep }),
})
// A signed thought belongs to its signature. Answers and calls carry signatures too, but those cover the thought
// before them, and restored values may stand in an answer or a call: they are visited.
const part: Rule = (value, visit) => {
  const { thought, thoughtSignature, thought_signature } = objectOf(value)
  return thought === true && (thoughtSignature || thought_signature) ? value : plainPart(value, visit)
}
const turn = fields({ parts: parts(part) })

const generationConfig = fields({
  responseSchema: schema,
  response_schema: schema,
  responseJsonSchema: schema,
  response_json_schema: schema,
  stopSequences: keep,
  stop_sequences: keep,
  responseMimeType: keep,
  responseModalities: keep,
})

const request = fields({
  contents: each(turn),
  systemInstruction: turn,
  system_instruction: turn,
  tools: each(toolDefinition),
  generationConfig,
  generation_config: generationConfig,
  toolConfig: keep,
  tool_config: keep,
  safetySettings: keep,
  safety_settings: keep,
  cachedContent: keep,
  cached_content: keep,
  serviceTier: keep,
})
/** Cloud Code Assist wraps the request in `{ model, project, request }`. */
const envelope = fields({ request, project: keep })

class GeminiAssembler implements ReplayAssembler {
  readonly #reply = new ReplayBuilder()

  push({ data }: WireEvent): void {
    // Without `alt=sse` the stream is one JSON array of chunks.
    for (const chunk of isJsonArray(data) ? objectsOf(data) : [objectOf(data)]) this.#chunk(chunk)
  }

  result(): Replay {
    return this.#reply.result()
  }

  #chunk(outer: JsonObject): void {
    const chunk = isJsonObject(outer.response) ? outer.response : outer
    this.#reply.model(chunk.modelVersion)
    const candidate = objectsOf(chunk.candidates)[0] ?? {}
    for (const piece of objectsOf(objectOf(candidate.content).parts)) this.#part(piece)
    this.#reply.finish(candidate.finishReason ?? objectOf(chunk.promptFeedback).blockReason)
    readUsage(chunk.usageMetadata, this.#reply)
    if (isJsonObject(chunk.error)) this.#reply.error(chunk.error.status, chunk.error.message)
  }

  #part(piece: JsonObject): void {
    if (piece.thought === true) this.#reply.reasoning(piece.text)
    if (piece.thought !== true) this.#reply.text(piece.text)
    const called = piece.functionCall ?? piece.toolCall
    if (isJsonObject(called)) this.#tool(called.id, called.name ?? called.toolType, called.args ?? {})
    if (isJsonObject(piece.executableCode)) this.#tool(undefined, "code_execution", piece.executableCode)
  }

  #tool(id: JsonValue | undefined, name: JsonValue | undefined, input: JsonValue): void {
    const key = String(this.#reply.toolCount)
    this.#reply.tool(key, id, name)
    this.#reply.toolArguments(key, argumentText(input))
  }
}

/** Gemini counts cached tokens in the prompt, but neither thoughts nor tool use prompts in the other two. */
function readUsage(value: JsonValue | undefined, reply: ReplayBuilder): void {
  const usage = objectOf(value)
  const thoughts = countOf(usage.thoughtsTokenCount)
  reply.usage({
    inputTokens: sumOf(countOf(usage.promptTokenCount), countOf(usage.toolUsePromptTokenCount)),
    outputTokens: sumOf(countOf(usage.candidatesTokenCount), thoughts),
    cacheReadTokens: countOf(usage.cachedContentTokenCount),
    reasoningTokens: thoughts,
  })
}

function replayJson(reply: JsonValue): Replay {
  const assembler = new GeminiAssembler()
  assembler.push({ data: reply })
  return assembler.result()
}

function claims(body: JsonObject): boolean {
  return hasContents(body) || (isJsonObject(body.request) && hasContents(body.request))
}

function hasContents({ contents, systemInstruction, generationConfig: config }: JsonObject): boolean {
  if (!isJsonArray(contents)) return false
  if (contents.length === 0) return isJsonObject(systemInstruction) || isJsonObject(config)
  return (
    contents.every(isJsonObject) && contents.some((item) => isJsonObject(item) && isJsonArray(item.parts))
  )
}

/** Gemini and Vertex `generateContent`, also inside Cloud Code Assist's envelope. */
export const googleGenerateContent: Dialect = {
  id: "google-generate-content",
  provider: "google",
  claims,
  mapText: (body, visit) => objectOf((hasContents(body) ? request : envelope)(body, visit)),
  model: (body) => stringOf(body.model),
  replayJson,
  assembler: () => new GeminiAssembler(),
  // google.rpc.Status; UNAVAILABLE and RESOURCE_EXHAUSTED would make OpenCode try again.
  errorBody: (message, code) => ({
    error: { code: 400, message, status: "FAILED_PRECONDITION", details: [{ reason: code }] },
  }),
}
