import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"

const NOTHING: JsonObject = {}

/** The object that `value` is, or an empty one: reading a reply never fails on a wrong type. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : NOTHING
}

/** The objects in the array that `value` is, or none. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : []
}

/** The text that `value` is, or `undefined`. */
export function stringOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined
}

/** The count that `value` is, or `undefined` (negative and fractional counts are nonsense and dropped). */
export function countOf(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** The sum of the counts that are there, or `undefined` where none is. */
export function sumOf(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
}

/** The position that `value` names, as a map key; 0 where there is none. */
export function indexOf(value: JsonValue | undefined): string {
  return typeof value === "number" ? String(value) : "0"
}

/** JSON text of arguments that arrived as an object, or the text itself where they arrived as text. */
export function argumentText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ""
  if (typeof value === "string") return value
  try {
    return JSON.stringify(value)
  } catch {
    // Only nesting deeper than the stack fails here; such arguments are of no use to a reader.
    return ""
  }
}
