import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import type { TextVisitor } from "./dialect.ts"
import { areParts, type Joins } from "./following.ts"
import { schema } from "./json-schema.ts"
import { isDataUrl, MIN_PAYLOAD_CHARS, mapBase64, mapUrl } from "./media.ts"
import { freeForm, jsonText, keep, mapArray, mapParts, mapValues, type Rule, text } from "./rule.ts"

/** Property names that are structure wherever they stand, in every dialect, as long as they hold no objects. */
const STRUCTURAL = new Set([
  ..."id ids type role name model object index signature thoughtSignature thought_signature".split(" "),
  ..."reasoning_opaque mimeType mime_type mediaType media_type tool_name toolName toolType".split(" "),
  ..."prompt_cache_key prompt_cache_breakpoint fileUri file_uri".split(" "),
])
/** Ids by the shape of their name: `call_id`, `toolUseId`, `file_ids`. */
const ID_SHAPE = /(?:_ids?|[a-z]Ids?)$/
/** Whatever stands under these is the provider's own: encrypted or redacted content, cache marks, locations. */
const OPAQUE = /^(?:encrypted|redacted[A-Z_]|cache_control$|cachePoint$|s3Location$)/

/** Whether a property is never text, wherever it stands. */
function isStructural(key: string, value: JsonValue): boolean {
  if (OPAQUE.test(key)) return true
  const holdsObjects =
    isJsonObject(value) ||
    (isJsonArray(value) && value.some((item) => typeof item === "object" && item !== null))
  return !holdsObjects && (STRUCTURAL.has(key) || ID_SHAPE.test(key))
}

/**
 * Content of a kind we do not know: every string at any depth is visited under its property name, except below
 * structural names (`isStructural`). Names that mean the same in every dialect keep their meaning: tool
 * arguments, tool definitions, schemas, media payloads and `data:` URLs.
 */
export const loose: Rule = (value, visit) => looseValue(value, visit, undefined)

function looseValue(value: JsonValue, visit: TextVisitor, name: string | undefined): JsonValue {
  if (typeof value === "string") {
    if (isDataUrl(value)) return mapUrl(value, visit)
    return visit(value, name === undefined ? {} : { name })
  }
  if (isJsonArray(value))
    return mapParts(value, visit, (item, part) => looseValue(item, part, name), areParts)
  if (!isJsonObject(value)) return value
  return mapValues(value, (item, key) => looseField(value, key, item, visit))
}

function looseField(owner: JsonObject, key: string, value: JsonValue, visit: TextVisitor): JsonValue {
  if (isStructural(key, value)) return value
  const rule = LOOSE_FIELDS.get(key)
  if (rule !== undefined) return rule(value, visit)
  if ((key === "data" || key === "bytes" || key === "file_data") && typeof value === "string") {
    return looseData(owner, value, visit)
  }
  return looseValue(value, visit, key)
}

function looseData(owner: JsonObject, data: string, visit: TextVisitor): string {
  if (isDataUrl(data)) return mapUrl(data, visit)
  const type = mediaTypeOf(owner)
  if (type !== undefined || data.length >= MIN_PAYLOAD_CHARS) return mapBase64(data, type, visit)
  return visit(data, {})
}

/** The media type that an object states for its payload, under any of the names in use. */
export function mediaTypeOf(owner: JsonObject): string | undefined {
  const type = owner.media_type ?? owner.mimeType ?? owner.mime_type ?? owner.mediaType
  return typeof type === "string" ? type : undefined
}

/** Property rules over an object. What has no rule is walked loosely, and so is a value of another type. */
export function fields(rules: Readonly<Record<string, Rule>>): Rule {
  const table = new Map(Object.entries(rules))
  return (value, visit) => {
    if (!isJsonObject(value)) return loose(value, visit)
    return mapValues(value, (item, key) => {
      const rule = table.get(key)
      return rule === undefined ? looseField(value, key, item, visit) : rule(item, visit)
    })
  }
}

/** One rule for each item of an array; a value that is not an array is treated as its only item. */
export function each(rule: Rule): Rule {
  return (value, visit) =>
    isJsonArray(value) ? mapArray(value, (item) => rule(item, visit)) : rule(value, visit)
}

/** `each` for the parts of one message, of which each may go on where the one before ended. */
export function parts(rule: Rule, joins?: Joins): Rule {
  return (value, visit) => (isJsonArray(value) ? mapParts(value, visit, rule, joins) : rule(value, visit))
}

/** Picks the rule by the object's `type`; other types, and what is not an object, go through `otherwise`. */
export function byType(rules: Readonly<Record<string, Rule>>, otherwise: Rule = loose): Rule {
  const table = new Map(Object.entries(rules))
  return (value, visit) => {
    const type = isJsonObject(value) ? value.type : undefined
    const rule = typeof type === "string" ? table.get(type) : undefined
    return (rule ?? otherwise)(value, visit)
  }
}

/** A URL: text, except that a `data:` URL is a payload. */
export const url: Rule = (value, visit) =>
  typeof value === "string" ? mapUrl(value, visit) : loose(value, visit)

/** OpenAI's `file_data`: a `data:` URL by the book, bare base64 in the wild. */
export const fileData: Rule = (value, visit) => {
  if (typeof value !== "string") return loose(value, visit)
  return isDataUrl(value) ? mapUrl(value, visit) : mapBase64(value, undefined, visit)
}

/** An object `{ <type>, data }` with a base64 payload under `dataKey`; its other properties are walked loosely. */
export function payload(dataKey: string, typeOf: (owner: JsonObject) => string | undefined): Rule {
  return (value, visit) => {
    if (!isJsonObject(value)) return loose(value, visit)
    return mapValues(value, (item, key) => {
      if (key !== dataKey || typeof item !== "string") return looseField(value, key, item, visit)
      return isDataUrl(item) ? mapUrl(item, visit) : mapBase64(item, typeOf(value), visit)
    })
  }
}

/** A schema, or Bedrock's wrapping of one (`{ json: schema }`). */
const wrappedSchema: Rule = (value, visit) => {
  if (!isJsonObject(value) || !isJsonObject(value.json)) return schema(value, visit)
  return mapValues(value, (item, key) => (key === "json" ? schema(item, visit) : item))
}

const nestedDefinition: Rule = (value, visit) => toolDefinition(value, visit)
const definitionRules = fields({
  name: keep,
  type: keep,
  description: text,
  parameters: schema,
  parametersJsonSchema: schema,
  parameters_json_schema: schema,
  input_schema: schema,
  inputSchema: wrappedSchema,
  output_schema: schema,
  response: schema,
  responseJsonSchema: schema,
  response_json_schema: schema,
  schema: schema,
  input_examples: each((value, visit) => freeForm(value, visit)),
  function: nestedDefinition,
  custom: nestedDefinition,
  toolSpec: nestedDefinition,
  json_schema: nestedDefinition,
  format: nestedDefinition,
  functionDeclarations: each(nestedDefinition),
  function_declarations: each(nestedDefinition),
  tools: each(nestedDefinition),
})
// Addresses and credentials that a person gave the provider so that it may call an MCP server itself.
const remoteServer = fields({
  server_label: keep,
  server_url: keep,
  url: keep,
  authorization: keep,
  authorization_token: keep,
  headers: keep,
  server_description: text,
})

/**
 * A tool definition (or a response format) of any dialect: descriptions, schema texts and examples are visited;
 * names and types stay. Of a server-side MCP tool the address and its credentials stay, or it could not work.
 */
export const toolDefinition: Rule = (value, visit) =>
  isJsonObject(value) && value.type === "mcp" ? remoteServer(value, visit) : definitionRules(value, visit)

/** Definitions of MCP servers that the provider calls by itself. */
export const remoteServers: Rule = each(remoteServer)

/** What a tool call or its result carries: free-form where it is an object, content where it is a list. */
export const looseInput: Rule = (value, visit) =>
  isJsonArray(value) ? loose(value, visit) : freeForm(value, visit)

const LOOSE_FIELDS: ReadonlyMap<string, Rule> = new Map([
  ["arguments", jsonText],
  ["input", looseInput],
  ["args", looseInput],
  ["tools", each(toolDefinition)],
  ["functions", each(toolDefinition)],
  ["functionDeclarations", each(toolDefinition)],
  ["input_schema", schema],
  ["inputSchema", wrappedSchema],
  ["json_schema", toolDefinition],
  ["responseSchema", schema],
  ["schema", schema],
])
