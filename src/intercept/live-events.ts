import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import type { WireEvent } from "../wire/dialect.ts"
import { LiveDocument } from "./live-document.ts"
import { type LiveMask, LiveText } from "./live-text.ts"
import type { Scrubber } from "./scrub.ts"
import { isSecretProperty } from "./secret-key.ts"
import type { Breathe } from "./slicer.ts"

/** Fields that hold the next piece of a growing text, in the six dialects. */
const DELTA_FIELDS: ReadonlySet<string> = new Set([
  "arguments",
  "content",
  "delta",
  "input",
  "partial_json",
  "reasoning",
  "reasoning_content",
  "refusal",
  "text",
  "thinking",
])
const DOCUMENT_DELTAS: ReadonlySet<string> = new Set(["arguments", "input", "partial_json"])
/** Fields that tell which of several texts a piece belongs to. */
const PLACE_FIELDS = [
  "index",
  "output_index",
  "content_index",
  "summary_index",
  "contentBlockIndex",
  "item_id",
  "thought",
] as const
/** Arguments and results of tools as a whole. */
const DOCUMENT_FIELDS: ReadonlySet<string> = new Set([
  "args",
  "functionCall",
  "functionResponse",
  "properties",
])
/** Events that say a whole once more; OpenAI's Responses have many. */
const WHOLE = /(?:\.|_|^)(?:added|completed|created|done|failed|incomplete|in_progress|start|stop)$/
const MAX_DEPTH = 24
const MAX_TEXTS = 4096

/** What is left of a text when its stream is over. */
export interface LiveRest {
  /** Where the text stands in its events. */
  readonly of: string
  readonly text: string
}

interface Growing {
  readonly text: LiveText | LiveDocument
  /** Where its latest piece stands: what can be given out comes to stand there. */
  latest: { readonly owner: Record<string, JsonValue>; readonly name: string } | undefined
}

/**
 * Takes secrets out of the events of one stream, also those that are split over many of them: each field that grows by deltas
 * is masked as the one text that it is. What cannot be given out yet stands in a later event of the same field.
 */
export class LiveEvents {
  readonly #scrubber: Scrubber
  readonly #mask: LiveMask
  readonly #texts = new Map<string, Growing>()

  constructor(scrubber: Scrubber, mask: LiveMask) {
    this.#scrubber = scrubber
    this.#mask = mask
  }

  /** The event as it may be stored once `settle` has put the pieces of growing texts into it; they are empty until then. */
  scrub({ event, data }: WireEvent): WireEvent {
    const name = typeOf(data) ?? event ?? ""
    const scrubbed = WHOLE.test(name) ? this.#scrubber.json(data) : this.#value(data, name, 0)
    return event === undefined ? { data: scrubbed } : { event: this.#scrubber.text(event), data: scrubbed }
  }

  /** Puts what can be given out of each text into the latest event that had a piece of it. */
  async settle(breathe: Breathe): Promise<void> {
    for (const growing of this.#texts.values()) {
      if (growing.latest === undefined) continue
      const { owner, name } = growing.latest
      owner[name] = growing.text.take()
      growing.latest = undefined
      await breathe()
    }
  }

  /** What was held back of each text. The stream is over. */
  async rest(breathe: Breathe): Promise<LiveRest[]> {
    const rest: LiveRest[] = []
    for (const [of, { text }] of this.#texts) {
      const left = text.end()
      if (left !== "") rest.push({ of: this.#scrubber.text(of), text: left })
      await breathe()
    }
    return rest
  }

  #value(value: JsonValue, path: string, depth: number): JsonValue {
    if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return this.#scrubber.json(value)
    if (isJsonArray(value))
      return value.map((item, index) => this.#value(item, `${path}.${index}`, depth + 1))
    return this.#object(value, `${path}${placeOf(value)}`, depth)
  }

  #object(owner: JsonObject, path: string, depth: number): JsonObject {
    // Without a prototype: a provider may call a property anything.
    const scrubbed: Record<string, JsonValue> = Object.create(null)
    for (const [name, value] of Object.entries(owner)) {
      if (value === undefined) continue
      if (typeof value === "string" && value !== "" && DELTA_FIELDS.has(name)) {
        scrubbed[name] = this.#delta(`${path}.${name}`, value, scrubbed, name)
      } else if (isDocument(name, value, owner)) {
        const [scrubbedName, scrubbedValue] = this.#scrubber.property(name, value, owner)
        scrubbed[scrubbedName] = scrubbedValue
      } else {
        scrubbed[name] = this.#value(value, `${path}.${name}`, depth + 1)
      }
    }
    return scrubbed
  }

  #delta(path: string, piece: string, owner: Record<string, JsonValue>, name: string): string {
    let growing = this.#texts.get(path)
    if (growing === undefined) {
      // More texts than any reply has: each piece stands for itself, and nothing is kept of it.
      if (this.#texts.size >= MAX_TEXTS) return this.#scrubber.text(piece)
      const scrub = (whole: string): string => this.#scrubber.text(whole)
      const text = isDocumentDelta(path, name) ? new LiveDocument(scrub) : new LiveText(this.#mask, scrub)
      growing = { text, latest: undefined }
      this.#texts.set(path, growing)
    }
    growing.text.push(piece)
    growing.latest = { owner, name }
    return ""
  }
}

/** Whether a property stands whole in its event: a plain value, or what a tool is given as a document. */
function isDocument(name: string, value: JsonValue, owner: JsonObject): boolean {
  if (typeof value !== "object" || value === null) return true
  return DOCUMENT_FIELDS.has(name) || isSecretProperty(name, value, owner)
}

/** Whether a field that grows holds JSON: arguments of a tool call, in the six dialects. */
function isDocumentDelta(path: string, name: string): boolean {
  return DOCUMENT_DELTAS.has(name) || (name === "delta" && /arguments|input/.test(path))
}

function placeOf(owner: JsonObject): string {
  let place = ""
  for (const name of PLACE_FIELDS) {
    const value = owner[name]
    if (value !== undefined && typeof value !== "object") place += `[${value}]`
  }
  return place
}

function typeOf(data: JsonValue): string | undefined {
  return isJsonObject(data) && typeof data.type === "string" ? data.type : undefined
}
