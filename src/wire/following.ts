import { isJsonObject, type JsonValue } from "../base/json.ts"
import type { TextVisitor } from "./dialect.ts"

/** Whether two items that stand beside each other in a list may be one text that was taken apart. */
export type Joins = (item: JsonValue, before: JsonValue) => boolean

/**
 * `Array.map` over the items of a list; the visitor that an item gets marks its first text as going on (`follows`) where the
 * items before it have one and `joins` says so.
 */
export function mapFollowing(
  items: readonly JsonValue[],
  visit: TextVisitor,
  map: (item: JsonValue, visit: TextVisitor) => JsonValue,
  joins: Joins = always,
): readonly JsonValue[] {
  let hasText = false
  let isFresh = false
  const marking: TextVisitor = (text, slot) => {
    if (slot.isKey) return visit(text, slot)
    const follows = isFresh && hasText
    isFresh = false
    hasText = true
    return visit(text, follows ? { ...slot, follows: true } : slot)
  }
  return items.map((item, index) => {
    const before = items[index - 1]
    if (before !== undefined && !joins(item, before)) hasText = false
    isFresh = true
    return map(item, marking)
  })
}

const always: Joins = () => true

/** Strings of a list, not the objects in it. */
export const areStrings: Joins = (item, before) => typeof item === "string" && typeof before === "string"

/** Parts of a message under whatever names, but not messages, which have roles. */
export const areParts: Joins = (item, before) => areStrings(item, before) || (isPart(item) && isPart(before))

function isPart(item: JsonValue): boolean {
  return (
    isJsonObject(item) &&
    item.role === undefined &&
    (typeof item.type === "string" || typeof item.text === "string")
  )
}
