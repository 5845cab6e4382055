import { createParser, type EventSourceMessage, type EventSourceParser } from "eventsource-parser"
import { parseJson } from "../base/json.ts"
import { AwsEventStreamDecoder } from "./aws-event-stream.ts"
import type { WireEvent } from "./dialect.ts"
import { Utf8Stream } from "./utf8-stream.ts"

/** Most characters one event or line may have before decoding gives up. */
export const MAX_EVENT_CHARS: number = 16 * 1024 * 1024

/** Turns the bytes of a streamed reply into events, however they are cut. Bounded memory; never throws. */
export interface StreamDecoder {
  push(chunk: Uint8Array): WireEvent[]
  /** To be called when no byte follows; answers what a missing last line break held back. */
  end(): WireEvent[]
  /** Events whose data was not JSON (`[DONE]` and empty data are fine), oversized or with a bad checksum. */
  readonly malformed: number
  /** The stream ended inside an event. Known after `end`. */
  readonly cut: boolean
}

const NDJSON = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/stream+json",
])

/** A decoder for a stream of this `Content-Type`, or `undefined` where it is no stream of events. */
export function createStreamDecoder(contentType: string | null): StreamDecoder | undefined {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase()
  if (type === undefined) return undefined
  if (type === "text/event-stream") return new SseDecoder()
  if (type === "application/vnd.amazon.eventstream") return new AwsEventStreamDecoder()
  return NDJSON.has(type) ? new LineDecoder() : undefined
}

/** Server-sent events (WHATWG HTML, section 9.2.6). */
class SseDecoder implements StreamDecoder {
  readonly #text = new Utf8Stream()
  readonly #parser: EventSourceParser
  #events: WireEvent[] = []
  #malformed = 0
  #ended = false
  #cut = false
  #dead = false

  constructor() {
    this.#parser = createParser({
      maxBufferSize: MAX_EVENT_CHARS,
      onEvent: (message) => this.#event(message),
      onError: (error) => {
        // Unknown fields and bad retry times are legal; only an event that never ends is given up.
        if (error.type !== "max-buffer-size-exceeded") return
        this.#dead = true
        this.#malformed += 1
      },
    })
  }

  get malformed(): number {
    return this.#malformed
  }

  get cut(): boolean {
    return this.#cut
  }

  push(chunk: Uint8Array): WireEvent[] {
    return this.#feed(this.#text.push(chunk))
  }

  end(): WireEvent[] {
    this.#ended = true
    // A line break completes a last line, a blank line the last event; where both are there, these add nothing.
    return this.#feed(`${this.#text.end()}\n\n`)
  }

  #feed(text: string): WireEvent[] {
    this.#events = []
    if (!this.#dead && text !== "") this.#parser.feed(text)
    return this.#events
  }

  #event({ event, data }: EventSourceMessage): void {
    const text = data.trim()
    if (text === "" || text === "[DONE]") return
    const parsed = parseJson(text)
    if (parsed !== undefined) {
      this.#events.push(event === undefined ? { data: parsed } : { event, data: parsed })
      return
    }
    // What the end of the stream completed is no mistake of the server but a cut line.
    if (this.#ended) this.#cut = true
    if (!this.#ended) this.#malformed += 1
  }
}

/** One JSON value a line (ndjson, jsonl). */
class LineDecoder implements StreamDecoder {
  readonly #text = new Utf8Stream()
  #rest: string[] = []
  #restChars = 0
  #malformed = 0
  #cut = false
  #dead = false

  get malformed(): number {
    return this.#malformed
  }

  get cut(): boolean {
    return this.#cut
  }

  push(chunk: Uint8Array): WireEvent[] {
    return this.#feed(this.#text.push(chunk))
  }

  end(): WireEvent[] {
    const events = this.#feed(this.#text.end())
    const last = parseLine(this.#rest.join(""))
    this.#rest = []
    if (last === "malformed") this.#cut = true
    return typeof last === "object" ? [...events, last] : events
  }

  #feed(text: string): WireEvent[] {
    if (this.#dead || text === "") return []
    const lines = text.split("\n")
    const tail = lines.pop() ?? ""
    const events: WireEvent[] = []
    for (const line of lines) {
      const event = parseLine(this.#rest.join("") + line)
      this.#rest = []
      this.#restChars = 0
      if (event === "malformed") this.#malformed += 1
      if (typeof event === "object") events.push(event)
    }
    this.#hold(tail)
    return events
  }

  #hold(tail: string): void {
    if (tail !== "") this.#rest.push(tail)
    this.#restChars += tail.length
    if (this.#restChars <= MAX_EVENT_CHARS) return
    this.#dead = true
    this.#malformed += 1
    this.#rest = []
  }
}

function parseLine(line: string): WireEvent | "malformed" | undefined {
  const text = line.trim()
  if (text === "") return undefined
  const data = parseJson(text)
  return data === undefined ? "malformed" : { data }
}
