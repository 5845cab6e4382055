import { isJsonObject, type JsonValue } from "../../base/json.ts"
import type { Dialect, DialectId } from "../dialect.ts"
import { anthropicMessages } from "./anthropic-messages.ts"
import { bedrockConverse } from "./bedrock-converse.ts"
import { genericMessages } from "./generic-messages.ts"
import { googleGenerateContent } from "./google-generate-content.ts"
import { openaiChat } from "./openai-chat.ts"
import { openaiResponses } from "./openai-responses.ts"

/** Every dialect, the most telling shape first: a body that several could claim belongs to the first. */
export const dialects: readonly Dialect[] = [
  googleGenerateContent,
  bedrockConverse,
  anthropicMessages,
  openaiChat,
  openaiResponses,
  genericMessages,
]

/** The dialect of a request body, or `undefined` where it is no provider request that we know. */
export function identify(body: JsonValue): Dialect | undefined {
  return isJsonObject(body) ? dialects.find((dialect) => dialect.claims(body)) : undefined
}

export function dialectById(id: DialectId): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id)
}
