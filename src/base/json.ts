/** A value that `JSON.parse` can yield. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** A JSON object. Properties are `undefined` where absent, as after `JSON.parse`. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** Whether `value` is a plain JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Whether `value` is a JSON array. `Array.isArray` alone narrows a readonly array to `any[]`. */
export function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** `JSON.parse` that answers `undefined` for malformed text instead of throwing. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
