import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, parseJson } from "../base/json.ts"
import { scrubHeaders } from "./scrub-headers.ts"
import { scrubUrl } from "./scrub-url.ts"
import {
  isSchema,
  isSecretProperty,
  nameKind,
  REDACTED,
  SCHEMA_BRANCHES,
  SCHEMA_TEXTS,
  words,
} from "./secret-key.ts"
import { type Breathe, slicer } from "./slicer.ts"

/** Masks what a text holds; deterministic and idempotent. */
export type ScrubText = (text: string) => string

/** Takes secrets out of what a capture stores: by name and, through `ScrubText`, by value. Never mutates. */
export interface Scrubber {
  /** A JSON document. Answers the same object where nothing changed. */
  json(value: JsonValue): JsonValue
  /** The same as `json`, giving the event loop back every few milliseconds. */
  jsonSliced(value: JsonValue): Promise<JsonValue>
  /** One property of `owner`, by its name and its content. */
  property(name: string, value: JsonValue, owner: JsonObject): readonly [name: string, value: JsonValue]
  /** Plain text, or the text of a JSON document (tool arguments), also one that was cut off. */
  text(text: string): string
  headers(headers: Iterable<readonly [string, string]>): Record<string, string>
  url(url: string): string
}

const MAX_DEPTH = 256
const MIN_SCANNED_NAME_CHARS = 12
/** What stands where nesting was deeper than 256 levels. */
const TOO_DEEP: JsonObject = { omitted: true, reason: "nested-too-deep" }
// Not text: what signs or encrypts thinking, and media. A hit in there would be chance, and the mask never looks.
const OPAQUE_NAMES: ReadonlySet<string> = words(`
  signature thoughtSignature thought_signature encrypted_content redactedContent
`)
const MEDIA_TYPE = /^(?:image|audio|video)\/|^application\/pdf$/
const MEDIA_URL = /^data:(?:image|audio|video)\/[\w.+-]+;base64,/

/** @param scrubText the masker's text function; called for every string that could hold a secret. */
export function createScrubber(scrubText: ScrubText): Scrubber {
  const walker = new Walker(scrubText)
  return {
    json: (value) => walker.value(value, 0),
    jsonSliced: (value) => scrubSliced(value, walker),
    property: (name, value, owner) => [walker.name(name), walker.propertyValue(name, value, owner, 0)],
    text: (text) => walker.text(text, 0),
    headers: (headers) => scrubHeaders(headers, (text) => walker.text(text, 0)),
    url: (url) => scrubUrl(url, scrubText),
  }
}

// Conversations grow in top-level arrays (messages, input, contents, tools): their items are the slices.
async function scrubSliced(value: JsonValue, walker: Walker): Promise<JsonValue> {
  if (!isJsonObject(value)) return walker.value(value, 0)
  const breathe = slicer()
  const entries: [string, JsonValue][] = []
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue
    const sliced = isJsonArray(item) && !isSecretProperty(name, item, value)
    entries.push([
      walker.name(name),
      sliced ? await scrubItems(item, walker, breathe) : walker.propertyValue(name, item, value, 0),
    ])
    await breathe()
  }
  return Object.fromEntries(entries)
}

async function scrubItems(items: readonly JsonValue[], walker: Walker, breathe: Breathe): Promise<JsonValue> {
  const result: JsonValue[] = []
  for (const item of items) {
    result.push(walker.value(item, 2))
    await breathe()
  }
  return result
}

class Walker {
  readonly #scrubText: ScrubText

  constructor(scrubText: ScrubText) {
    this.#scrubText = scrubText
  }

  value(value: JsonValue, depth: number): JsonValue {
    if (typeof value === "string") return this.text(value, depth)
    if (typeof value !== "object" || value === null) return value
    if (depth > MAX_DEPTH) return TOO_DEEP
    if (isJsonArray(value)) return this.#array(value, depth)
    return this.#object(value, depth)
  }

  text(text: string, depth: number): string {
    const first = text.trimStart()[0]
    if (first !== "{" && first !== "[") return this.#scrubText(text)
    const parsed = depth > MAX_DEPTH ? undefined : parseJson(text)
    if (typeof parsed !== "object" || parsed === null) return this.#scrubText(scrubCutJson(text))
    const scrubbed = this.value(parsed, depth + 1)
    return scrubbed === parsed ? this.#scrubText(text) : JSON.stringify(scrubbed)
  }

  /** A name can be a secret itself where a tool keys a map by tokens. */
  name(name: string): string {
    return name.length < MIN_SCANNED_NAME_CHARS ? name : this.#scrubText(name)
  }

  /** The value of one property of `owner`, by its name and its content. */
  propertyValue(name: string, value: JsonValue, owner: JsonObject, depth: number): JsonValue {
    if (isSecretProperty(name, value, owner)) return REDACTED
    if (isOpaque(name, value, owner)) return value
    if (name === "properties" && isJsonObject(value)) return this.#schemaMap(value, depth + 1)
    return this.value(value, depth + 1)
  }

  #array(items: readonly JsonValue[], depth: number): JsonValue {
    const result = items.map((item) => this.value(item, depth + 1))
    return result.some((item, index) => item !== items[index]) ? result : items
  }

  #object(value: JsonObject, depth: number): JsonValue {
    return this.#mapEntries(value, (name, item) => this.propertyValue(name, item, value, depth))
  }

  /** The `properties` of a JSON Schema: a property called `token` describes a token there. */
  #schemaMap(properties: JsonObject, depth: number): JsonValue {
    return this.#mapEntries(properties, (name, item) => {
      if (nameKind(name) !== "plain" && isSchema(item)) return this.#secretSchema(item, depth + 1)
      return this.propertyValue(name, item, properties, depth)
    })
  }

  /** The schema of a secret-named property: what describes stays, what could be a value goes. */
  #secretSchema(schema: JsonObject, depth: number): JsonValue {
    if (depth > MAX_DEPTH) return TOO_DEEP
    return this.#mapEntries(schema, (name, item) => {
      if (SCHEMA_TEXTS.has(name) || typeof item === "number" || typeof item === "boolean" || item === null) {
        return this.value(item, depth + 1)
      }
      if (!SCHEMA_BRANCHES.has(name)) return REDACTED
      if (isJsonArray(item)) {
        return item.map((part) => (isJsonObject(part) ? this.#secretSchema(part, depth + 1) : REDACTED))
      }
      if (!isJsonObject(item)) return REDACTED
      return isSchema(item) ? this.#secretSchema(item, depth + 1) : this.#schemaMap(item, depth + 1)
    })
  }

  #mapEntries(value: JsonObject, map: (name: string, item: JsonValue) => JsonValue): JsonObject {
    let changed = false
    const entries: [string, JsonValue][] = []
    for (const [name, item] of Object.entries(value)) {
      if (item === undefined) continue
      const mappedName = this.name(name)
      const mapped = map(name, item)
      if (mapped !== item || mappedName !== name) changed = true
      entries.push([mappedName, mapped])
    }
    return changed ? Object.fromEntries(entries) : value
  }
}

function isOpaque(name: string, value: JsonValue, owner: JsonObject): boolean {
  if (typeof value !== "string") return false
  if (OPAQUE_NAMES.has(name)) return true
  if (name === "data" || name === "bytes") return isMedia(owner)
  return MEDIA_URL.test(value)
}

// Anthropic `{media_type, data}`, Gemini `{mimeType, data}`, Anthropic redacted thinking `{type, data}`.
function isMedia(owner: JsonObject): boolean {
  if (owner.type === "redacted_thinking") return true
  const type = owner.media_type ?? owner.mimeType ?? owner.mime_type
  return typeof type === "string" && MEDIA_TYPE.test(type)
}

// Arguments of a tool call that was cut off do not parse; `"password":"hun` must go all the same.
function scrubCutJson(text: string): string {
  return text.replace(
    /"((?:[^"\\]|\\.){1,200})"(\s*:\s*)"((?:[^"\\]|\\.)*)("|\\?$)/g,
    (whole: string, name: string, colon: string, value: string) => {
      if (!isSecretProperty(name, value, {})) return whole
      return `"${name}"${colon}"${REDACTED}"`
    },
  )
}
