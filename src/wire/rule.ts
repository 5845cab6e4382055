import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import type { TextSlot, TextVisitor } from "./dialect.ts"
import { areStrings, type Joins, mapFollowing } from "./following.ts"

/**
 * What to do with one value of a body: answers the value with the visitor's texts, or the very same value when
 * no text changed. Every rule is total: where the value has another type than expected it is walked as content
 * rather than skipped, because a field that is skipped by mistake is a leak and one that is visited is not.
 */
export type Rule = (value: JsonValue, visit: TextVisitor) => JsonValue

const PLAIN: TextSlot = {}
const KEY: TextSlot = { isKey: true }
const JSON_TEXT: TextSlot = { json: true }

/** Leaves the value alone: ids, names, enums, signatures, numbers, media. */
export const keep: Rule = (value) => value

/** Plain text; anything that is not a string is walked as free-form JSON. */
export const text: Rule = (value, visit) =>
  typeof value === "string" ? visit(value, PLAIN) : freeForm(value, visit)

/** Arguments of a tool call: a JSON document in a string, or (Ollama, Anthropic, Gemini) the document itself. */
export const jsonText: Rule = (value, visit) =>
  typeof value === "string" ? visit(value, JSON_TEXT) : freeForm(value, visit)

/**
 * JSON whose shape nobody promised (tool arguments and results): every string at any depth is visited under the
 * nearest property name, and so is every property name, since agents put secrets there too (`env`, headers).
 */
export function freeForm(value: JsonValue, visit: TextVisitor, name?: string): JsonValue {
  if (typeof value === "string") return visit(value, name === undefined ? PLAIN : { name })
  if (isJsonArray(value))
    return mapParts(value, visit, (item, part) => freeForm(item, part, name), areStrings)
  if (!isJsonObject(value)) return value
  return mapEntries(value, (key, item) => [visit(key, KEY), freeForm(item, visit, key)])
}

/** `Array.map` that answers the same array when no item changed. */
export function mapArray(
  items: readonly JsonValue[],
  map: (item: JsonValue) => JsonValue,
): readonly JsonValue[] {
  const mapped = items.map(map)
  return mapped.every((item, index) => item === items[index]) ? items : mapped
}

/** `mapArray` over items of which each may go on where the one before ended (`TextSlot.follows`). */
export function mapParts(
  items: readonly JsonValue[],
  visit: TextVisitor,
  map: (item: JsonValue, visit: TextVisitor) => JsonValue,
  joins?: Joins,
): readonly JsonValue[] {
  const mapped = mapFollowing(items, visit, map, joins)
  return mapped.every((item, index) => item === items[index]) ? items : mapped
}

/** Maps each property and keeps the order; answers the same object when no name and no value changed. */
function mapEntries(
  object: JsonObject,
  map: (key: string, value: JsonValue) => readonly [string, JsonValue],
): JsonObject {
  let changed = false
  const entries = Object.entries(object).map(([key, value]): readonly [string, JsonValue | undefined] => {
    if (value === undefined) return [key, value]
    const next = map(key, value)
    if (next[0] !== key || next[1] !== value) changed = true
    return next
  })
  // fromEntries defines own properties, so that a property named __proto__ stays data.
  return changed ? Object.fromEntries(entries) : object
}

/** `mapEntries` for the usual case: names stay, values are mapped. */
export function mapValues(object: JsonObject, map: (value: JsonValue, key: string) => JsonValue): JsonObject {
  return mapEntries(object, (key, value) => [key, map(value, key)])
}
