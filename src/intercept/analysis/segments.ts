import type { JsonObject, JsonValue } from "../../base/json.ts"

/** The parts of a request, in the order in which a provider's cache sees them. */
export type SegmentName = "tools" | "system" | "messages"

export const SEGMENT_NAMES: readonly SegmentName[] = ["tools", "system", "messages"]

/** A breakpoint that the request sets behind a block: the prefix up to it may be cached. */
export interface CacheMark {
  /** `5m`, `1h`, as the request says it; absent where it leaves that to the provider. */
  readonly ttl?: string
}

/** The smallest piece of a request that is compared: a tool, a system text, a part of a message. */
export interface Block {
  readonly segment: SegmentName
  /** Where it stands in the body: `tools[7]`, `messages[3].content[0]`. */
  readonly path: string
  /** What a tool is called; absent in other segments. */
  readonly name?: string
  /** Without its cache mark: where a breakpoint stands changes nothing of the prefix. */
  readonly value: JsonValue
  /** The first block of a message carries what the message says beside its parts: role, call id. */
  readonly header?: { readonly path: string; readonly value: JsonObject }
  /** JSON of `header` and `value`, in the order of the body's own keys. */
  readonly text: string
  readonly mark?: CacheMark
}

/** A request taken apart. */
export interface RequestSegments {
  readonly tools: readonly Block[]
  readonly system: readonly Block[]
  readonly messages: readonly Block[]
  /** JSON of every setting that a provider documents as part of the cache key, by name. */
  readonly settings: ReadonlyMap<string, string>
  /** The provider holds earlier messages (`previous_response_id`): the body does not show the prefix. */
  readonly historyHeld: boolean
}

/** All blocks of a request in the order of the prefix. */
export function prefixOf({ tools, system, messages }: RequestSegments): readonly Block[] {
  return [...tools, ...system, ...messages]
}
