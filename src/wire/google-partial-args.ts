import type { JsonObject, JsonValue } from "../base/json.ts"
import { objectsOf, stringOf } from "./read.ts"

/** Items of an array come one after the other; an index far beyond its end would make an array of nothing but holes. */
const MAX_HOLES = 16
const MAX_DEPTH = 64

type Leaf = string | number | boolean | null
/** Children by name or position. A map, so that a name such as `__proto__` is but a name. */
type Branch = Map<string | number, Branch | Leaf>

/**
 * Puts the arguments of a Gemini function call together that come in parts (Vertex AI, `streamFunctionCallArguments`): each
 * names its place as a JSON path and brings a value, or the next piece of a text. Never throws.
 */
export class GooglePartialArgs {
  readonly #root: Branch = new Map()
  #room: number

  /** @param maxChars most characters of values and paths to keep. */
  constructor(maxChars: number) {
    this.#room = maxChars
  }

  add(partialArgs: JsonValue | undefined): void {
    for (const part of objectsOf(partialArgs)) this.#part(part)
  }

  /** JSON text of what has come up to now. */
  json(): string {
    return JSON.stringify(plain(this.#root))
  }

  #part(part: JsonObject): void {
    const path = pathOf(stringOf(part.jsonPath) ?? "")
    const last = path?.at(-1)
    const value = valueOf(part)
    if (path === undefined || last === undefined || value === undefined) return
    this.#room -= (stringOf(part.jsonPath)?.length ?? 0) + (typeof value === "string" ? value.length : 8)
    if (this.#room < 0) return
    if (!this.#fits(path)) return
    const branch = this.#branch(path.slice(0, -1))
    const known = branch.get(last)
    branch.set(last, typeof value === "string" && typeof known === "string" ? known + value : value)
  }

  /** Whether every step leads into a branch that is there, or that may begin there. */
  #fits(path: readonly (string | number)[]): boolean {
    let branch: Branch | undefined = this.#root
    for (const [depth, step] of path.entries()) {
      if (typeof step === "number" && step > (branch?.size ?? 0) + MAX_HOLES) return false
      const next: Branch | Leaf | undefined = branch?.get(step)
      if (next !== undefined && !(next instanceof Map) && depth < path.length - 1) return false
      branch = next instanceof Map ? next : undefined
    }
    return true
  }

  #branch(path: readonly (string | number)[]): Branch {
    let branch = this.#root
    for (const step of path) {
      const known = branch.get(step)
      const next = known instanceof Map ? known : new Map()
      branch.set(step, next)
      branch = next
    }
    return branch
  }
}

/** `$.files[0].name` as `["files", 0, "name"]`; `undefined` for what is no such path. */
function pathOf(jsonPath: string): readonly (string | number)[] | undefined {
  const steps = jsonPath
    .replace(/^\$\.?/, "")
    .split(/\.|(?=\[)/)
    .filter((step) => step !== "")
  if (steps.length === 0 || steps.length > MAX_DEPTH) return undefined
  return steps.map((step) => {
    const index = /^\[(\d{1,9})\]$/.exec(step)?.[1]
    return index === undefined ? step : Number(index)
  })
}

function valueOf(part: JsonObject): Leaf | undefined {
  if (typeof part.stringValue === "string") return part.stringValue
  if (typeof part.numberValue === "number") return part.numberValue
  if (typeof part.boolValue === "boolean") return part.boolValue
  return "nullValue" in part ? null : undefined
}

function plain(value: Branch | Leaf): JsonValue {
  if (!(value instanceof Map)) return value
  const keys = [...value.keys()]
  if (keys.length === 0 || keys.some((key) => typeof key === "string")) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  }
  const length = Math.max(...keys.map(Number)) + 1
  return Array.from({ length }, (_, index) => plain(value.get(index) ?? null))
}
