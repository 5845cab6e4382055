import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"

/** The dialects that keep the conversation under `messages`. */
type MessagesShape = "bedrock-converse" | "anthropic-messages" | "openai-chat" | "generic-messages"

/**
 * Which of the `messages` dialects a body has; `undefined` where there is no `messages` array. Four dialects share
 * that name, so they are told apart here, in one place, and a body never belongs to two of them:
 *
 * 1. `bedrock-converse`: a Converse-only field, or content blocks without `type` (`{text}`, `{toolUse}`, …).
 * 2. `anthropic-messages`: a mark that only the Messages API has (top-level `system`, `anthropic_version`, tools
 *    with `input_schema`, blocks such as `tool_use`, `tool_result`, `thinking`, `document`).
 * 3. `openai-chat`: a mark that only chat completions has (`stream_options`, `response_format`, `stop`, function
 *    tools, roles `system`, `developer`, `tool`, `tool_calls`, `image_url` parts, …). `max_tokens` is none: the
 *    openai-compatible provider sends it too.
 * 4. What is left has only `model` and plain messages. With `max_tokens`, which Anthropic requires, it is
 *    `anthropic-messages` (seed 000 labels it so); without, `openai-chat`. OpenCode's own chat requests never come
 *    this far, because each carries a system message.
 * 5. Anything else is `generic-messages`.
 */
export function messagesShape(body: JsonObject): MessagesShape | undefined {
  const { messages } = body
  if (!isJsonArray(messages)) return undefined
  const blocks = messages.flatMap(contentBlocks)
  if (hasBedrockMark(body) || blocks.some(isConverseBlock)) return "bedrock-converse"
  if (hasAnthropicMark(body) || blocks.some(isAnthropicBlock)) return "anthropic-messages"
  if (OPENAI_FIELDS.some((name) => body[name] !== undefined) || some(body.tools, isFunctionTool)) {
    return "openai-chat"
  }
  if (typeof body.model !== "string" || !messages.every(isRoleMessage)) return "generic-messages"
  if (messages.some(isChatMessage) || blocks.some(isChatPart)) return "openai-chat"
  if (body.max_tokens !== undefined) return "anthropic-messages"
  return body.stream === undefined || typeof body.stream === "boolean" ? "openai-chat" : "generic-messages"
}

// Amazon Bedrock Runtime API reference, Converse: request syntax. Marks are objects; a flag of that name is not.
const BEDROCK_FIELDS = ["inferenceConfig", "toolConfig", "additionalModelRequestFields", "guardrailConfig"]
const CONVERSE_BLOCKS = new Set([
  ..."text image document video audio toolUse toolResult reasoningContent cachePoint guardContent".split(" "),
  ..."searchResult citationsContent".split(" "),
])
const ANTHROPIC_BLOCKS = new Set([
  ..."tool_use tool_result thinking redacted_thinking document search_result server_tool_use".split(" "),
  ..."mcp_tool_use mcp_tool_result container_upload compaction".split(" "),
])
const OPENAI_FIELDS = [
  ..."stream_options max_completion_tokens response_format frequency_penalty presence_penalty n seed".split(
    " ",
  ),
  ..."stop logit_bias logprobs top_logprobs parallel_tool_calls reasoning_effort functions".split(" "),
]
const CHAT_ROLES = new Set(["system", "developer", "tool", "function"])
const CHAT_PARTS = new Set(["image_url", "input_audio", "file", "refusal"])

function hasBedrockMark(body: JsonObject): boolean {
  return BEDROCK_FIELDS.some((name) => isJsonObject(body[name])) || some(body.system, isConverseBlock)
}

function hasAnthropicMark(body: JsonObject): boolean {
  if (typeof body.anthropic_version === "string") return true
  if (typeof body.system === "string" || isJsonArray(body.system)) return true
  return some(body.tools, (tool) => isJsonObject(tool.input_schema))
}

function isConverseBlock(block: JsonObject): boolean {
  const keys = Object.keys(block)
  return keys.length > 0 && keys.every((key) => CONVERSE_BLOCKS.has(key))
}

function isAnthropicBlock(block: JsonObject): boolean {
  if (typeof block.type !== "string") return false
  if (block.type === "image") return isJsonObject(block.source)
  return ANTHROPIC_BLOCKS.has(block.type) || block.type.endsWith("_tool_result")
}

function isFunctionTool(tool: JsonObject): boolean {
  return tool.type === "function" || isJsonObject(tool.function)
}

function isRoleMessage(message: JsonValue): boolean {
  return isJsonObject(message) && typeof message.role === "string"
}

function isChatMessage(message: JsonValue): boolean {
  if (!isJsonObject(message)) return false
  if (typeof message.role === "string" && CHAT_ROLES.has(message.role)) return true
  return isJsonArray(message.tool_calls) || typeof message.reasoning_content === "string"
}

function isChatPart(part: JsonObject): boolean {
  return typeof part.type === "string" && CHAT_PARTS.has(part.type)
}

function contentBlocks(message: JsonValue): readonly JsonObject[] {
  if (!isJsonObject(message) || !isJsonArray(message.content)) return []
  return message.content.filter(isJsonObject)
}

function some(value: JsonValue | undefined, test: (item: JsonObject) => boolean): boolean {
  return isJsonArray(value) && value.some((item) => isJsonObject(item) && test(item))
}
