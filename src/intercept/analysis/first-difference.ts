import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"

/** Where two JSON values part. */
export interface Difference {
  /** Path below the values: `.description`, `[3].text`; empty where the values themselves differ. */
  readonly path: string
  /** For two texts, the UTF-16 offset of the first character that differs; 0 for anything else. */
  readonly offset: number
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
const MAX_NAME_CHARS = 60

/**
 * The first place, in the order of the keys, at which `after` is not `before`; `undefined` for equal values. Another order
 * of keys is a difference: the provider sees another text. Linear in the size of what is equal.
 */
export function firstDifference(before: JsonValue, after: JsonValue): Difference | undefined {
  if (before === after) return undefined
  if (typeof before === "string" && typeof after === "string") {
    return { path: "", offset: commonPrefixLength(before, after) }
  }
  if (isJsonArray(before) && isJsonArray(after)) return inArrays(before, after)
  if (isJsonObject(before) && isJsonObject(after)) return inObjects(before, after)
  return { path: "", offset: 0 }
}

/** How many UTF-16 units two texts have in common at their beginning. */
export function commonPrefixLength(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let length = 0
  while (length < most && before.charCodeAt(length) === after.charCodeAt(length)) length += 1
  return length
}

function inArrays(before: readonly JsonValue[], after: readonly JsonValue[]): Difference | undefined {
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const [mine, theirs] = [before[index], after[index]]
    if (mine === undefined || theirs === undefined) return { path: `[${index}]`, offset: 0 }
    const found = firstDifference(mine, theirs)
    if (found !== undefined) return { ...found, path: `[${index}]${found.path}` }
  }
  return undefined
}

function inObjects(before: JsonObject, after: JsonObject): Difference | undefined {
  const [mine, theirs] = [entriesOf(before), entriesOf(after)]
  for (let index = 0; index < Math.max(mine.length, theirs.length); index += 1) {
    const [myName, myValue] = mine[index] ?? []
    const [theirName, theirValue] = theirs[index] ?? []
    if (myName !== theirName || myValue === undefined || theirValue === undefined) {
      const wasRemoved = myName !== undefined && after[myName] === undefined
      return { path: step((wasRemoved ? myName : theirName) ?? ""), offset: 0 }
    }
    const found = firstDifference(myValue, theirValue)
    if (found !== undefined) return { ...found, path: `${step(myName ?? "")}${found.path}` }
  }
  return undefined
}

function entriesOf(value: JsonObject): readonly [string, JsonValue][] {
  return Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, item]]))
}

function step(name: string): string {
  if (IDENTIFIER.test(name) && name.length <= MAX_NAME_CHARS) return `.${name}`
  return `[${JSON.stringify(name.slice(0, MAX_NAME_CHARS))}]`
}
