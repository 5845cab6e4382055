import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/base/json.ts"

/** The items of an array that are objects; nothing for anything else. */
export function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : []
}

export function object(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

export function string(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : ""
}

/** Text of a content field: a string, or an array of parts with `text`. */
export function contentText(value: JsonValue | undefined): string {
  if (typeof value === "string") return value
  return objects(value)
    .map((part) => string(part.text))
    .join("\n")
}

/** Text of anything: a string as it is, other JSON as JSON. */
export function anyText(value: JsonValue | undefined): string {
  if (value === undefined) return ""
  return typeof value === "string" ? value : JSON.stringify(value)
}

let counter = 0

/** A fresh id with the provider's prefix, unique in this process. */
export function freshId(prefix: string): string {
  counter += 1
  return `${prefix}${counter.toString(36).padStart(8, "0")}`
}

/** One server-sent event. */
export function sse(data: unknown, event?: string): string {
  const name = event === undefined ? "" : `event: ${event}\n`
  return `${name}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`
}
