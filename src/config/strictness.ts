import { isJsonArray, type JsonValue } from "../base/json.ts"
import { sameValue } from "./layer.ts"
import type { OptionLeaf } from "./options.ts"
import type { StrictSide } from "./schema.ts"

type Base = JsonValue | undefined

const LOOSENS: Readonly<Record<StrictSide, (base: Base, value: JsonValue) => boolean>> = {
  true: (_, value) => value !== true,
  false: (_, value) => value !== false,
  superset: (base, value) => !includesAll(value, base),
  subset: (base, value) => !includesAll(base, value),
  "at-most": (base, value) => typeof value !== "number" || typeof base !== "number" || value > base,
  person: () => true,
}

/** Whether `value` would allow more than `base` does, so that a project must not set it. */
export function loosens(leaf: OptionLeaf, base: JsonValue | undefined, value: JsonValue): boolean {
  return !sameValue(base, value) && LOOSENS[leaf.strictSide](base, value)
}

function includesAll(outer: Base, inner: Base): boolean {
  if (!isJsonArray(outer) || !isJsonArray(inner)) return false
  return inner.every((item) => outer.includes(item))
}
