import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, parseJson } from "../base/json.ts"
import { scrubHeaders } from "./scrub-headers.ts"
import type { ScrubText } from "./scrub-text.ts"
import { scrubUrl } from "./scrub-url.ts"
import { isOpaque } from "./opaque.ts"
import { scrubCutJson } from "./scrub-cut-json.ts"
import { scrubCutEnd } from "./scrub-cut-text.ts"
import { isSchema, SCHEMA_BRANCHES, SCHEMA_MAPS, SCHEMA_TEXTS } from "./schema-shape.ts"
import { isSecretProperty, mayNameSecret, nameKind, REDACTED } from "./secret-key.ts"
import { type Breathe, slicer } from "./slicer.ts"

export type { ScrubText } from "./scrub-text.ts"

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

/** @param scrubText the masker's text function; called for every string that could hold a secret. */
export function createScrubber(scrubText: ScrubText): Scrubber {
  const walker = new Walker(scrubText)
  return {
    json: (value) => walker.value(value, 0),
    jsonSliced: (value) => scrubSliced(value, walker),
    property: (name, value, owner) => [walker.name(name), walker.propertyValue(name, value, owner, 0)],
    text: (text) => walker.text(text, 0),
    headers: (headers) => scrubHeaders(headers, (text, name) => walker.text(text, 0, name)),
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
      sliced
        ? await scrubItems(item, secretNameOf(name), walker, breathe)
        : walker.propertyValue(name, item, value, 0),
    ])
    await breathe()
  }
  return Object.fromEntries(entries)
}

async function scrubItems(
  items: readonly JsonValue[],
  name: string | undefined,
  walker: Walker,
  breathe: Breathe,
): Promise<JsonValue> {
  const result: JsonValue[] = []
  for (const item of items) {
    result.push(walker.value(item, 2, name))
    await breathe()
  }
  return result
}

class Walker {
  readonly #scrubText: ScrubText

  constructor(scrubText: ScrubText) {
    this.#scrubText = scrubText
  }

  /** @param name of the property, or of the list, where it may mean a secret. */
  value(value: JsonValue, depth: number, name?: string): JsonValue {
    if (typeof value === "string") return this.text(value, depth, name)
    if (typeof value !== "object" || value === null) return value
    if (depth > MAX_DEPTH) return TOO_DEEP
    if (isJsonArray(value)) return this.#array(value, depth, name)
    return this.#object(value, depth)
  }

  text(text: string, depth: number, name?: string): string {
    const parsed = depth <= MAX_DEPTH && /^\s*[[{"]/.test(text) ? parseJson(text) : undefined
    if (parsed === undefined || parsed === null) return this.#plainText(text, name)
    const scrubbed = this.value(parsed, depth + 1, name)
    return scrubbed === parsed ? this.#scrubText(text, name) : JSON.stringify(scrubbed)
  }

  #plainText(text: string, name: string | undefined): string {
    const named = /^\s*[[{]/.test(text) ? scrubCutJson(text) : text
    return scrubCutEnd(this.#scrubText(named, name), this.#scrubText)
  }

  /** A name can be a secret itself where a tool keys a map by tokens. */
  name(name: string): string {
    return name.length < MIN_SCANNED_NAME_CHARS ? name : this.#scrubText(name)
  }

  /** The value of one property of `owner`, by its name and its content. */
  propertyValue(name: string, value: JsonValue, owner: JsonObject, depth: number): JsonValue {
    if (isSecretProperty(name, value, owner)) return REDACTED
    if (isOpaque(name, value, owner)) return value
    if (SCHEMA_MAPS.has(name) && isJsonObject(value)) return this.#schemaMap(value, depth + 1)
    return this.value(value, depth + 1, secretNameOf(name))
  }

  #array(items: readonly JsonValue[], depth: number, name: string | undefined): JsonValue {
    const result = items.map((item) => this.value(item, depth + 1, name))
    return result.some((item, index) => item !== items[index]) ? result : items
  }

  #object(value: JsonObject, depth: number): JsonValue {
    return this.#mapEntries(value, (name, item) => this.propertyValue(name, item, value, depth))
  }

  /** Such as the `properties` of a JSON Schema: one called `token` describes a token there. */
  #schemaMap(properties: JsonObject, depth: number): JsonValue {
    return this.#mapEntries(properties, (name, item) => {
      if (nameKind(name) !== "plain" && isSchema(item)) return this.#secretSchema(item, depth + 1, name)
      return this.propertyValue(name, item, properties, depth)
    })
  }

  /**
   * The schema of a property called `property`, as secrets are: what describes stays, what could be a value goes. The
   * choices of an `enum` are judged one by one.
   */
  #secretSchema(schema: JsonObject, depth: number, property: string): JsonValue {
    if (depth > MAX_DEPTH) return TOO_DEEP
    return this.#mapEntries(schema, (name, item) => {
      if (SCHEMA_TEXTS.has(name) || typeof item === "number" || typeof item === "boolean" || item === null) {
        return this.value(item, depth + 1)
      }
      if (name === "enum") return this.value(item, depth + 1, property)
      if (!SCHEMA_BRANCHES.has(name)) return REDACTED
      if (isJsonArray(item)) {
        return item.map((part) =>
          isJsonObject(part) ? this.#secretSchema(part, depth + 1, property) : REDACTED,
        )
      }
      if (!isJsonObject(item)) return REDACTED
      return isSchema(item) ? this.#secretSchema(item, depth + 1, property) : this.#schemaMap(item, depth + 1)
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

// What only counts, and a log-probability's `token`, came this far as well: its name says nothing more.
function secretNameOf(name: string): string | undefined {
  return nameKind(name) === "plain" && mayNameSecret(name) ? name : undefined
}
