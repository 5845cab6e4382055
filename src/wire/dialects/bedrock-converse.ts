import type { JsonObject, JsonValue } from "../../base/json.ts"
import { isJsonObject } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import { each, fields, loose, parts, payload, toolDefinition } from "../loose.ts"
import { messagesShape } from "../messages-shape.ts"
import { argumentText, countOf, indexOf, objectOf, objectsOf, stringOf, sumOf } from "../read.ts"
import { ReplayBuilder } from "../replay-builder.ts"
import { freeForm, keep, mapValues, type Rule, text } from "../rule.ts"

// Amazon Bedrock Runtime API reference, Converse: ContentBlock, SystemContentBlock, ToolConfiguration.
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["txt", "text/plain"],
  ["md", "text/markdown"],
  ["csv", "text/csv"],
  ["html", "text/html"],
  ["pdf", "application/pdf"],
  ["doc", "application/msword"],
  ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["xls", "application/vnd.ms-excel"],
  ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
])
const textBlocks = parts(fields({ text }))

/** A document states its format beside the source that holds the bytes. */
const document: Rule = (value, visit) => {
  const format = stringOf(objectOf(value).format) ?? ""
  const source = payload("bytes", () => MEDIA_TYPES.get(format))
  return fields({ source: documentSource(source), format: keep, name: text, context: text, citations: keep })(
    value,
    visit,
  )
}
const documentSource =
  (bytes: Rule): Rule =>
  (value, visit) => {
    const { text: plain, content } = objectOf(value)
    if (plain === undefined && content === undefined) return bytes(value, visit)
    return fields({ text, content: textBlocks })(value, visit)
  }

const reasoningContent: Rule = (value, visit) => {
  const { signature } = objectOf(objectOf(value).reasoningText)
  return signature ? value : fields({ reasoningText: fields({ text }) })(value, visit)
}

const blockRules: Readonly<Record<string, Rule>> = {
  text,
  image: keep,
  video: keep,
  audio: keep,
  document,
  toolUse: fields({ input: (value, visit) => freeForm(value, visit) }),
  toolResult: fields({ content: (value, visit) => content(value, visit), status: keep }),
  json: (value, visit) => freeForm(value, visit),
  reasoningContent,
  guardContent: fields({ text: fields({ text, qualifiers: keep }), image: keep }),
  searchResult: fields({ source: text, title: text, content: textBlocks, citations: keep }),
  citationsContent: fields({ content: textBlocks, citations: loose }),
}
const content: Rule = parts(fields(blockRules))

const body = fields({
  messages: each(fields({ content })),
  system: content,
  toolConfig: fields({ tools: each(toolDefinition), toolChoice: keep }),
  inferenceConfig: keep,
  guardrailConfig: keep,
  performanceConfig: keep,
  serviceTier: keep,
  additionalModelResponseFieldPaths: keep,
  additionalModelRequestFields: fields({
    anthropic_beta: keep,
    thinking: keep,
    tool_choice: keep,
    output_config: toolDefinition,
  }),
  promptVariables: (value, visit) =>
    isJsonObject(value) ? mapValues(value, (item) => fields({ text })(item, visit)) : loose(value, visit),
})

class ConverseAssembler implements ReplayAssembler {
  readonly #reply: ReplayBuilder

  constructor(maxChars?: number) {
    this.#reply = new ReplayBuilder(maxChars)
  }

  push({ event, data }: WireEvent): void {
    const payload = objectOf(data)
    const key = indexOf(payload.contentBlockIndex)
    if (event === "contentBlockStart") {
      const use = objectOf(payload.start).toolUse
      if (isJsonObject(use)) this.#reply.tool(key, use.toolUseId, use.name)
    }
    if (event === "contentBlockDelta") this.#delta(key, objectOf(payload.delta))
    if (event === "messageStop") this.#reply.finish(payload.stopReason)
    if (event === "metadata") readUsage(payload.usage, this.#reply)
    if (event !== undefined && isError(event)) this.#reply.error(event, payload.message)
  }

  result(): Replay {
    return this.#reply.result()
  }

  #delta(key: string, delta: JsonObject): void {
    this.#reply.text(delta.text)
    this.#reply.reasoning(objectOf(delta.reasoningContent).text)
    if (isJsonObject(delta.toolUse)) this.#reply.toolArguments(key, delta.toolUse.input)
  }
}

/** Exceptions (`throttlingException`) and framing errors (`InternalFailure`) arrive under their own names. */
function isError(event: string): boolean {
  return /(?:exception|error|failure)$/i.test(event)
}

/** Bedrock's `inputTokens` leave out what was read from or written to the cache. */
function readUsage(value: JsonValue | undefined, reply: ReplayBuilder): void {
  const usage = objectOf(value)
  const cacheRead = countOf(usage.cacheReadInputTokens)
  const cacheWrite = countOf(usage.cacheWriteInputTokens)
  const fresh = countOf(usage.inputTokens)
  reply.usage({
    inputTokens: fresh === undefined ? undefined : sumOf(fresh, cacheRead, cacheWrite),
    outputTokens: countOf(usage.outputTokens),
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    cacheWrite1hTokens: hourWrites(usage.cacheDetails),
  })
}

/** `cacheDetails` lists the writes by time to live. */
function hourWrites(details: JsonValue | undefined): number | undefined {
  const writes = objectsOf(details)
  return sumOf(...writes.map(({ ttl, inputTokens }) => (ttl === "1h" ? countOf(inputTokens) : 0)))
}

function replayJson(reply: JsonValue): Replay {
  const whole = objectOf(reply)
  const builder = new ReplayBuilder()
  const blocks = objectsOf(objectOf(objectOf(whole.output).message).content)
  for (const [index, part] of blocks.entries()) readBlock(part, String(index), builder)
  builder.finish(whole.stopReason)
  readUsage(whole.usage, builder)
  if (whole.output === undefined && typeof whole.message === "string") {
    builder.error(whole.type, whole.message)
  }
  return builder.result()
}

function readBlock(part: JsonObject, key: string, reply: ReplayBuilder): void {
  reply.text(part.text)
  reply.reasoning(objectOf(objectOf(part.reasoningContent).reasoningText).text)
  for (const piece of objectsOf(objectOf(part.citationsContent).content)) reply.text(piece.text)
  if (!isJsonObject(part.toolUse)) return
  reply.tool(key, part.toolUse.toolUseId, part.toolUse.name)
  reply.toolArguments(key, argumentText(part.toolUse.input))
}

/** Amazon Bedrock Converse. The model is in the URL. */
export const bedrockConverse: Dialect = {
  id: "bedrock-converse",
  provider: "bedrock",
  claims: (request) => messagesShape(request) === "bedrock-converse",
  mapText: (request, visit) => objectOf(body(request, visit)),
  model: (request) => stringOf(request.modelId),
  replayJson,
  assembler: (maxChars) => new ConverseAssembler(maxChars),
  // The AI SDK shows `message` for whole replies and `type: message` for streamed ones.
  errorBody: (message, code) => ({ message, type: code }),
}
