import { isJsonArray, isJsonObject, type JsonValue } from "../base/json.ts"
import { sameValue } from "./layer.ts"
import type { OptionLeaf } from "./options.ts"
import type { StrictSide } from "./schema.ts"

type Base = JsonValue | undefined

const LOOSENS: Readonly<Record<StrictSide, (base: Base, value: JsonValue) => boolean>> = {
  true: (_, value) => value !== true,
  false: (_, value) => value !== false,
  // What a list names is added to what is in effect; only one that names nothing can mean less.
  superset: (_, value) => !isJsonArray(value) || value.length === 0,
  subset: (base, value) => !includesAll(base, value),
  "at-most": (base, value) => typeof value !== "number" || typeof base !== "number" || value > base,
  add: (base, value) => alters(base, value),
  person: () => true,
}

/** Whether `value` would allow more than `base` does, so that a project must not set it. */
export function loosens(leaf: OptionLeaf, base: JsonValue | undefined, value: JsonValue): boolean {
  return !sameValue(base, value) && LOOSENS[leaf.strictSide](base, value)
}

/**
 * Two lists of things with ids as one. Of two with the same id the one in `value` counts, unless `keep`, which is how a
 * project adds to what the person has.
 */
export function addUp(base: Base, value: JsonValue, keep: boolean): JsonValue {
  const before = isJsonArray(base) ? base : []
  const more = isJsonArray(value) ? value : []
  const ids = new Set(more.map(idOf))
  const known = new Set(before.map(idOf))
  if (keep) return [...before, ...more.filter((item) => !known.has(idOf(item)))]
  return [...before.filter((item) => !ids.has(idOf(item))), ...more]
}

/** Every item of two lists, once. */
export function union(base: Base, value: JsonValue): JsonValue {
  const items = [...(isJsonArray(base) ? base : []), ...(isJsonArray(value) ? value : [])]
  return [...new Set(items)]
}

/** Whether `value` says something else than `base` under an id that both have. */
function alters(base: Base, value: JsonValue): boolean {
  const before = new Map((isJsonArray(base) ? base : []).map((item) => [idOf(item), item]))
  return (isJsonArray(value) ? value : []).some((item) => {
    const same = before.get(idOf(item))
    return same !== undefined && !sameValue(same, item)
  })
}

function idOf(item: JsonValue): JsonValue | undefined {
  return isJsonObject(item) ? item.id : undefined
}

function includesAll(outer: Base, inner: Base): boolean {
  if (!isJsonArray(outer) || !isJsonArray(inner)) return false
  return inner.every((item) => outer.includes(item))
}
