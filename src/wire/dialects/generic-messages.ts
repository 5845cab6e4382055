import { isJsonObject, type JsonValue } from "../../base/json.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../dialect.ts"
import { loose } from "../loose.ts"
import { messagesShape } from "../messages-shape.ts"
import { openAiErrorBody } from "../openai-error.ts"
import { objectOf, stringOf } from "../read.ts"
import { anthropicMessages } from "./anthropic-messages.ts"
import { bedrockConverse } from "./bedrock-converse.ts"
import { googleGenerateContent } from "./google-generate-content.ts"
import { openaiChat } from "./openai-chat.ts"
import { openaiResponses } from "./openai-responses.ts"

const ANTHROPIC_EVENT = /^(?:message|content_block)(?:_start|_delta|_stop)?$/

/** Whose reply this looks like. Chat completions where nothing tells: most imitations imitate those. */
function speakerOf({ event, data }: WireEvent): Dialect | undefined {
  const reply = objectOf(data)
  const type = stringOf(reply.type) ?? ""
  if (Array.isArray(reply.choices)) return openaiChat
  if (Array.isArray(reply.candidates) || isJsonObject(reply.response)) {
    return type.startsWith("response.") ? openaiResponses : googleGenerateContent
  }
  if (type.startsWith("response.") || reply.object === "response" || Array.isArray(reply.output)) {
    return openaiResponses
  }
  if (ANTHROPIC_EVENT.test(type) || type === "error") return anthropicMessages
  if (isJsonObject(reply.output) || /^(?:contentBlock|messageSt)/.test(event ?? "")) return bedrockConverse
  if (isJsonObject(reply.message) || reply.error !== undefined) return openaiChat
  return undefined
}

class GenericAssembler implements ReplayAssembler {
  readonly #maxChars: number | undefined
  #inner: ReplayAssembler | undefined

  constructor(maxChars?: number) {
    this.#maxChars = maxChars
  }

  push(event: WireEvent): void {
    this.#inner ??= speakerOf(event)?.assembler(this.#maxChars)
    this.#inner?.push(event)
  }

  result(): Replay {
    return this.#inner?.result() ?? { text: "" }
  }
}

function replayJson(reply: JsonValue): Replay {
  return (speakerOf({ data: reply }) ?? openaiChat).replayJson(reply)
}

/** Any other JSON object with a `messages` array (seed 000). */
export const genericMessages: Dialect = {
  id: "generic-messages",
  provider: "generic-llm",
  claims: (request) => messagesShape(request) === "generic-messages",
  mapText: (request, visit) => objectOf(loose(request, visit)),
  model: (request) => stringOf(request.model),
  replayJson,
  assembler: (maxChars) => new GenericAssembler(maxChars),
  errorBody: openAiErrorBody,
}
