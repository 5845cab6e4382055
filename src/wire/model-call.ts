import { isJsonArray, type JsonObject } from "../base/json.ts"
import type { Dialect, DialectId } from "./dialect.ts"

/** Ends of the paths under which each API generates text, also behind gateways, on Azure, Vertex, Copilot and Codex. */
const MODEL_PATHS: Readonly<Record<Exclude<DialectId, "generic-messages">, RegExp>> = {
  "anthropic-messages": /\/messages$|:(?:streamR|r)awPredict$|\/invoke(?:-with-response-stream)?$/,
  "openai-chat": /\/chat\/completions$/,
  "openai-responses": /\/responses$/,
  "google-generate-content": /:(?:streamG|g)enerateContent$/,
  "bedrock-converse": /\/converse(?:-stream)?$/,
}

/** Endpoints of the same providers whose bodies look alike and generate no text. */
const OTHER_PATHS = new RegExp(
  [
    String.raw`[/:](?:count_?tokens|input_tokens|embed\w*|moderations?|rerank\w*|speech|transcriptions?|translations?)(?:$|/)`,
    String.raw`/(?:audio|images?|videos?|classify|score|tokenize)(?:$|/)`,
  ].join("|"),
  "i",
)

/** What only a call has that asks a model to speak. */
const CALL_FIELDS: Readonly<Record<Exclude<DialectId, "generic-messages">, readonly string[]>> = {
  "anthropic-messages": ["stream", "tools", "anthropic_version"],
  "openai-chat": ["stream", "tools", "stream_options"],
  "openai-responses": ["stream", "tools", "instructions", "previous_response_id", "store"],
  "google-generate-content": ["generationConfig", "systemInstruction", "tools"],
  "bedrock-converse": ["inferenceConfig", "toolConfig", "additionalModelRequestFields"],
}

/** Marks of an envelope (JSON-RPC), of speech, and of a report about a call that has been made. */
const OTHER_FIELDS = ["jsonrpc", "voice", "choices", "candidates", "output", "completion", "usage"]

/**
 * Whether a request that nobody announced, and that carries no session of OpenCode's, calls a model. Many requests look like
 * one: a webhook with `messages`, an embedding with `model` and `input`, a token count. So the shape alone never suffices:
 * its path must be one of a model API, or its body must hold what only a call has. Masking does not ask; it looks at all.
 */
export function isModelCall({ id }: Dialect, body: JsonObject, url: string): boolean {
  // Any object with `messages` is that, and OpenCode's own calls are known without it.
  if (id === "generic-messages") return false
  const path = pathOf(url)
  if (OTHER_PATHS.test(path) || OTHER_FIELDS.some((name) => body[name] !== undefined)) return false
  return MODEL_PATHS[id].test(path) || CALL_FIELDS[id].some((name) => isTelling(body[name]))
}

function isTelling(value: JsonObject[string] | undefined): boolean {
  return isJsonArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname.replace(/\/+$/, "")
  } catch {
    return url.split(/[?#]/, 1)[0] ?? url
  }
}
