import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import type { DialectId } from "../../wire/dialect.ts"
import { objectOf, objectsOf } from "../../wire/read.ts"
import { BlockList, markOf, type Piece, piecesOf } from "./block-list.ts"
import type { Block, RequestSegments } from "./segments.ts"

type Reader = (body: JsonObject) => RequestSegments

const readers: Readonly<Record<DialectId, Reader>> = {
  "anthropic-messages": readAnthropic,
  "openai-chat": readChat,
  "openai-responses": readResponses,
  "google-generate-content": readGemini,
  "bedrock-converse": readConverse,
  "generic-messages": readChat,
}

const INSTRUCTION_ROLES: ReadonlySet<JsonValue | undefined> = new Set(["system", "developer"])
// platform.claude.com, "Prompt caching", what invalidates the cache; and the modes that change the rendered prompt.
const ANTHROPIC_SETTINGS = ["tool_choice", "thinking", "speed", "mcp_servers", "context_management"]
// developers.openai.com, "Prompt caching": what goes into the cached prefix or routes to the machine that holds it.
const OPENAI_SETTINGS = [
  ..."tool_choice parallel_tool_calls reasoning reasoning_effort verbosity service_tier".split(" "),
  ..."prompt_cache_key prompt_cache_retention prompt_cache_options truncation".split(" "),
]

/**
 * Takes a request apart, in time linear in its size. A body of another shape has no blocks.
 *
 * Order and sources:
 * - `anthropic-messages`, `bedrock-converse`: tools, system, messages (platform.claude.com, "Prompt caching"; AWS, "Prompt
 *   caching for faster model inference").
 * - `openai-chat`, `openai-responses`: OpenAI caches the rendered context, instructions and tools before the conversation,
 *   and a schema for structured output in front of the system message (developers.openai.com, "Prompt caching"). It does
 *   not promise whether tools or instructions come first; the order above is kept. Leading `system` and `developer`
 *   messages are the system segment, later ones are messages.
 * - `google-generate-content`: no order is documented; the same one is kept.
 * - `generic-messages`: as `openai-chat`, with a top-level `system` too.
 *
 * @throws RangeError where the body is nested deeper than the stack (thousands of levels).
 */
export function segmentsOf(body: JsonValue, dialect: DialectId): RequestSegments {
  const root = isJsonObject(body) ? body : {}
  return readers[dialect](root)
}

function readAnthropic(body: JsonObject): RequestSegments {
  const { effort, format } = objectOf(body.output_config)
  const tools = new BlockList("tools")
  for (const [path, tool] of piecesOf("tools", body.tools)) tools.tool(path, tool, objectOf(tool).name)
  const system = new BlockList("system")
  system.each("output_config.format", format ?? body.output_format)
  system.each("system", body.system)
  const messages = readMessages(body.messages)
  const settings = settingsOf(body, ANTHROPIC_SETTINGS)
  settings.set("output_config.effort", JSON.stringify(effort ?? null))
  // The first image anywhere makes the cache of the messages invalid.
  settings.set("images", String(messages.some(({ text }) => text.includes('"type":"image"'))))
  const whole = { tools: tools.blocks, system: system.blocks, messages, settings, historyHeld: false }
  return body.cache_control === undefined ? whole : markLast(whole, body.cache_control)
}

/** Automatic caching: one mark for the request stands behind its last block. */
function markLast(segments: RequestSegments, control: JsonValue): RequestSegments {
  const last = segments.messages.at(-1)
  if (last === undefined || control === null) return segments
  return { ...segments, messages: [...segments.messages.slice(0, -1), { ...last, mark: markOf(control) }] }
}

function readChat(body: JsonObject): RequestSegments {
  const tools = new BlockList("tools")
  const definitions = [...piecesOf("tools", body.tools), ...piecesOf("functions", body.functions)]
  for (const [path, tool] of definitions) tools.tool(path, tool, functionName(tool))
  const system = new BlockList("system")
  system.each("response_format", body.response_format)
  system.each("system", body.system)
  const entries = isJsonArray(body.messages) ? body.messages : []
  const leading = leadingInstructions(entries)
  const instructions = readMessages(entries.slice(0, leading), "system")
  return {
    tools: tools.blocks,
    system: [...system.blocks, ...instructions],
    messages: readMessages(entries, "messages", leading),
    settings: settingsOf(body, OPENAI_SETTINGS),
    historyHeld: false,
  }
}

function readResponses(body: JsonObject): RequestSegments {
  const { format, verbosity } = objectOf(body.text)
  const tools = new BlockList("tools")
  for (const [path, tool] of piecesOf("tools", body.tools)) tools.tool(path, tool, functionName(tool))
  const system = new BlockList("system")
  system.each("text.format", format)
  system.each("prompt", body.prompt)
  system.each("instructions", body.instructions)
  const items = piecesOf("input", body.input)
  const leading = leadingInstructions(items.map(([, item]) => item))
  for (const [path, item] of items.slice(0, leading)) addMessage(system, path, item)
  const messages = new BlockList("messages")
  for (const [path, item] of items.slice(leading)) addMessage(messages, path, item)
  const settings = settingsOf(body, OPENAI_SETTINGS)
  settings.set("text.verbosity", JSON.stringify(verbosity ?? null))
  return {
    tools: tools.blocks,
    system: system.blocks,
    messages: messages.blocks,
    settings,
    historyHeld: typeof body.previous_response_id === "string" || isPresent(body.conversation),
  }
}

function readGemini(outer: JsonObject): RequestSegments {
  // Cloud Code Assist wraps the request; the API takes camelCase and snake_case alike.
  const body = isJsonObject(outer.request) ? outer.request : outer
  const config = objectOf(body.generationConfig ?? body.generation_config)
  const tools = new BlockList("tools")
  for (const [path, entry] of piecesOf("tools", body.tools)) addGeminiTools(tools, path, objectOf(entry))
  const system = new BlockList("system")
  const instruction = body.systemInstruction ?? body.system_instruction
  system.each("systemInstruction.parts", isJsonObject(instruction) ? instruction.parts : instruction)
  const settings = settingsOf(body, ["toolConfig", "tool_config", "cachedContent", "cached_content"])
  for (const name of ["responseSchema", "responseJsonSchema", "thinkingConfig", "mediaResolution"]) {
    settings.set(`generationConfig.${name}`, JSON.stringify(config[name] ?? null))
  }
  const messages = readMessages(body.contents, "messages", 0, "contents")
  return { tools: tools.blocks, system: system.blocks, messages, settings, historyHeld: false }
}

function addGeminiTools(tools: BlockList, path: string, entry: JsonObject): void {
  const key = entry.functionDeclarations === undefined ? "function_declarations" : "functionDeclarations"
  const { [key]: declarations, ...rest } = entry
  for (const [at, item] of piecesOf(`${path}.${key}`, declarations)) tools.tool(at, item, objectOf(item).name)
  for (const [name, value] of Object.entries(rest)) tools.tool(path, { [name]: value ?? null }, name)
}

function readConverse(body: JsonObject): RequestSegments {
  const { tools: definitions, toolChoice } = objectOf(body.toolConfig)
  const tools = new BlockList("tools")
  for (const [path, tool] of piecesOf("toolConfig.tools", definitions)) {
    tools.tool(path, tool, objectOf(objectOf(tool).toolSpec).name)
  }
  const system = new BlockList("system")
  system.each("system", body.system)
  const settings = settingsOf(body, ["additionalModelRequestFields", "serviceTier"])
  settings.set("toolConfig.toolChoice", JSON.stringify(toolChoice ?? null))
  const messages = readMessages(body.messages)
  return { tools: tools.blocks, system: system.blocks, messages, settings, historyHeld: false }
}

/** The messages from position `from` on, as blocks of `segment`. */
function readMessages(
  value: JsonValue | undefined,
  segment: "system" | "messages" = "messages",
  from = 0,
  key = "messages",
): readonly Block[] {
  const list = new BlockList(segment)
  for (const [index, message] of (isJsonArray(value) ? value : []).entries()) {
    if (index >= from) addMessage(list, `${key}[${index}]`, message)
  }
  return list.blocks
}

/** A message of any dialect keeps its parts under `content` or `parts`, and the calls of the chat dialect beside them. */
function addMessage(list: BlockList, path: string, message: JsonValue): void {
  if (!isJsonObject(message)) {
    list.add(path, message)
    return
  }
  const { content, parts, tool_calls: calls, ...header } = message
  const pieces: Piece[] = [
    ...piecesOf(`${path}.content`, content),
    ...piecesOf(`${path}.parts`, parts),
    ...piecesOf(`${path}.tool_calls`, calls),
  ]
  list.message(path, header, pieces)
}

function leadingInstructions(entries: readonly JsonValue[]): number {
  const first = entries.findIndex((entry) => !INSTRUCTION_ROLES.has(objectOf(entry).role))
  return first === -1 ? entries.length : first
}

function functionName(tool: JsonValue): JsonValue | undefined {
  const definition = objectOf(tool)
  const named = [definition, objectOf(definition.function), objectOf(definition.custom)]
  // Hosted tools (`web_search`) have a type alone.
  return objectsOf(named).find(({ name }) => typeof name === "string")?.name ?? definition.type
}

function settingsOf(body: JsonObject, names: readonly string[]): Map<string, string> {
  return new Map(names.map((name) => [name, JSON.stringify(body[name] ?? null)]))
}

function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null
}
