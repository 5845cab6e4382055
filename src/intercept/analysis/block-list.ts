import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import { stringOf } from "../../wire/read.ts"
import type { Block, CacheMark, SegmentName } from "./segments.ts"

/** Anthropic's breakpoint, also through gateways; Copilot's name for it; OpenAI's explicit one. */
const MARK_NAMES = ["cache_control", "copilot_cache_control", "prompt_cache_breakpoint"] as const

/** A part of a message and where it stands. */
export type Piece = readonly [path: string, value: JsonValue]

/** Collects the blocks of one segment; cache marks become properties of the block before them. */
export class BlockList {
  readonly blocks: Block[] = []
  readonly #segment: SegmentName

  constructor(segment: SegmentName) {
    this.#segment = segment
  }

  /** Each item of an array, or the one value that is not an array, as a block. */
  each(path: string, value: JsonValue | undefined): void {
    for (const [at, item] of piecesOf(path, value)) this.add(at, item)
  }

  /** A tool under the name by which it is found again. */
  tool(path: string, value: JsonValue, name: JsonValue | undefined): void {
    this.add(path, value, typeof name === "string" ? { name } : {})
  }

  /** A message: its parts, the first of which carries the rest of the message. A mark on it stands behind its last part. */
  message(path: string, said: JsonObject, pieces: readonly Piece[]): void {
    const [header, mark] = withoutOwnMark(said)
    const [first = [path, null] as const, ...rest] = pieces
    this.add(first[0], first[1], { header: { path, value: header } })
    for (const [at, piece] of rest) this.add(at, piece)
    if (mark !== undefined) this.#markLast(mark)
  }

  add(path: string, value: JsonValue, extra: Partial<Pick<Block, "name" | "header">> = {}): void {
    if (isCachePoint(value)) {
      this.#markLast(markOf(value.cachePoint))
      return
    }
    const [bare, mark] = withoutMark(value)
    const header = extra.header === undefined ? "" : JSON.stringify(extra.header.value)
    const text = header + JSON.stringify(bare)
    this.blocks.push({
      segment: this.#segment,
      path,
      value: bare,
      text,
      ...extra,
      ...(mark === undefined ? {} : { mark }),
    })
  }

  #markLast(mark: CacheMark): void {
    const last = this.blocks.pop()
    if (last !== undefined) this.blocks.push({ ...last, mark })
  }
}

/**
 * The items of an array with their paths; a single value is one item under `path`, and a text is written as the text part
 * that it stands for, so that `"Hi"` and `[{"type":"text","text":"Hi"}]` are equal.
 */
export function piecesOf(path: string, value: JsonValue | undefined): readonly Piece[] {
  if (value === undefined || value === null) return []
  if (typeof value === "string") return value === "" ? [] : [[path, { type: "text", text: value }]]
  if (!isJsonArray(value)) return [[path, value]]
  return value.map((item, index) => [`${path}[${index}]`, item])
}

/** The mark that `value` (`cache_control`, `cachePoint`) sets. */
export function markOf(value: JsonValue | undefined): CacheMark {
  const ttl = isJsonObject(value) ? stringOf(value.ttl) : undefined
  return ttl === undefined ? {} : { ttl }
}

function isCachePoint(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && value.cachePoint !== undefined
}

/** Marks stand on the block itself or, in a tool result, on one of its own parts. */
function withoutMark(value: JsonValue): readonly [JsonValue, CacheMark | undefined] {
  if (!isJsonObject(value)) return [value, undefined]
  const [bare, own] = withoutOwnMark(value)
  if (!isJsonArray(bare.content)) return [bare, own]
  let inner: CacheMark | undefined
  const content = bare.content.map((part) => {
    const [barePart, mark] = isJsonObject(part) ? withoutOwnMark(part) : [part, undefined]
    inner = mark ?? inner
    return barePart
  })
  return inner === undefined ? [bare, own] : [{ ...bare, content }, own ?? inner]
}

function withoutOwnMark(value: JsonObject): readonly [JsonObject, CacheMark | undefined] {
  const name = MARK_NAMES.find((candidate) => value[candidate] !== undefined)
  if (name === undefined) return [value, undefined]
  const { [name]: mark, ...bare } = value
  return mark === null ? [bare, undefined] : [bare, markOf(mark)]
}
