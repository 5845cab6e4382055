import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import { GooglePartialArgs } from "../google-partial-args.ts"
import { schema } from "../json-schema.ts"
import { each, fields, mediaTypeOf, parts, payload, toolDefinition } from "../loose.ts"
import { argumentText, countOf, objectOf, objectsOf, stringOf, sumOf } from "../read.ts"
import { MAX_REPLAY_CHARS, ReplayBuilder, type ToolTraits } from "../replay-builder.ts"
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
  readonly #reply: ReplayBuilder
  readonly #maxChars: number
  /** Arguments of calls that are still coming in parts; the latest gets the next part. */
  readonly #open: { readonly key: string; readonly args: GooglePartialArgs }[] = []

  constructor(maxChars: number = MAX_REPLAY_CHARS) {
    this.#reply = new ReplayBuilder(maxChars)
    this.#maxChars = maxChars
  }

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
    if (isJsonObject(piece.functionCall)) this.#functionCall(piece.functionCall)
    if (isJsonObject(piece.toolCall)) {
      const { id, toolType, name, args = {} } = piece.toolCall
      this.#tool(id, name ?? toolType, argumentText(args), HOSTED)
    }
    if (isJsonObject(piece.executableCode)) {
      this.#tool(undefined, "code_execution", argumentText(piece.executableCode), HOSTED)
    }
  }

  /** A call comes whole, or opened by its name, then its arguments in parts, then closed by an empty call. */
  #functionCall({ id, name, args, partialArgs, willContinue }: JsonObject): void {
    const isPart = willContinue === true || isJsonArray(partialArgs)
    if (typeof name === "string" && isPart) {
      // Together they share the limit of one reply.
      const coming = new GooglePartialArgs(this.#maxChars / 4 / 2 ** this.#open.length)
      const key = this.#tool(id, name, () => coming.json())
      this.#open.push({ key, args: coming })
    }
    if (isPart) {
      this.#open.at(-1)?.args.add(partialArgs)
      return
    }
    if (typeof name !== "string" && args === undefined) {
      const closed = this.#open.pop()
      if (closed !== undefined) this.#reply.toolArguments(closed.key, closed.args.json())
      return
    }
    this.#tool(id, name, argumentText(args ?? {}))
  }

  #tool(
    id: JsonValue | undefined,
    name: JsonValue | undefined,
    input: string | (() => string),
    traits?: ToolTraits,
  ): string {
    const key = String(this.#reply.toolCount)
    this.#reply.tool(key, id, name, traits)
    this.#reply.toolArgumentsDefault(key, input)
    return key
  }
}

const HOSTED: ToolTraits = { providerExecuted: true }

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
  assembler: (maxChars) => new GeminiAssembler(maxChars),
  // google.rpc.Status; UNAVAILABLE and RESOURCE_EXHAUSTED would make OpenCode try again.
  errorBody: (message, code) => ({
    error: { code: 400, message, status: "FAILED_PRECONDITION", details: [{ reason: code }] },
  }),
}
