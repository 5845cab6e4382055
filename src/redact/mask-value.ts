import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import type { TextSlot, TextVisitor } from "../wire/dialect.ts"
import { areStrings, mapFollowing } from "../wire/following.ts"

const KEY: TextSlot = { isKey: true }

/** Visits every string and every key in `value`; answers the same value where no text changed. */
export function maskValue(value: JsonValue, name: string | undefined, visit: TextVisitor): JsonValue {
  if (typeof value === "string") return visit(value, name === undefined ? {} : { name })
  if (isJsonArray(value)) return maskArray(value, name, visit)
  return isJsonObject(value) ? maskObject(value, visit) : value
}

function maskArray(
  values: readonly JsonValue[],
  name: string | undefined,
  visit: TextVisitor,
): readonly JsonValue[] {
  const masked = mapFollowing(values, visit, maskItem, areStrings)
  return masked.every((value, index) => value === values[index]) ? values : masked

  function maskItem(value: JsonValue, visitItem: TextVisitor): JsonValue {
    return maskValue(value, name, visitItem)
  }
}

function maskObject(object: JsonObject, visit: TextVisitor): JsonObject {
  let changed = false
  const taken = new Set(Object.keys(object))
  const entries = Object.entries(object).map(([key, value]): [string, JsonValue | undefined] => {
    const maskedKey = freeKey(visit(key, KEY), key, taken)
    const maskedValue = value === undefined ? undefined : maskValue(value, key, visit)
    changed ||= maskedKey !== key || maskedValue !== value
    return [maskedKey, maskedValue]
  })
  return changed ? Object.fromEntries(entries) : object
}

/** The object may hold a secret and its placeholder as keys; neither value may be lost. */
function freeKey(masked: string, original: string, taken: Set<string>): string {
  if (masked === original) return masked
  let free = masked
  while (taken.has(free)) free += "_"
  taken.add(free)
  return free
}
