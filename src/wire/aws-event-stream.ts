import { Buffer } from "node:buffer"
import { type JsonValue, parseJson } from "../base/json.ts"
import { crc32 } from "./crc32.ts"
import type { WireEvent } from "./dialect.ts"
import { objectOf, stringOf } from "./read.ts"

// Smithy "Amazon Event Stream Specification": total length, header length and prelude CRC, four bytes each; headers;
// payload; message CRC. Everything is big-endian.
const PRELUDE_BYTES = 12
const FRAME_BYTES = PRELUDE_BYTES + 4
/** Most bytes one message may have; the service's own limit is 16 MiB of payload and 128 KiB of headers. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024 + 128 * 1024 + FRAME_BYTES

/** Decodes `application/vnd.amazon.eventstream` however its bytes are cut. Never throws. */
export class AwsEventStreamDecoder {
  #buffer = new Uint8Array(4096)
  #start = 0
  #end = 0
  #lost = false
  #malformed = 0
  #cut = false

  /** Messages with a bad checksum or a payload that is not JSON; also 1 for a frame that lost the framing. */
  get malformed(): number {
    return this.#malformed
  }

  /** The stream ended inside a message. */
  get cut(): boolean {
    return this.#cut
  }

  push(chunk: Uint8Array): WireEvent[] {
    // After a broken prelude nothing tells where the next message begins.
    if (this.#lost) return []
    this.#append(chunk)
    const events: WireEvent[] = []
    for (let message = this.#next(); message !== undefined; message = this.#next()) {
      const event = this.#decode(message)
      if (event !== undefined) events.push(event)
    }
    return events
  }

  end(): WireEvent[] {
    this.#cut = !this.#lost && this.#end > this.#start
    return []
  }

  #append(chunk: Uint8Array): void {
    const held = this.#end - this.#start
    if (this.#end + chunk.length > this.#buffer.length) {
      const size = held + chunk.length
      const grown = size > this.#buffer.length ? new Uint8Array(size * 2) : this.#buffer
      grown.set(this.#buffer.subarray(this.#start, this.#end))
      this.#buffer = grown
      this.#start = 0
      this.#end = held
    }
    this.#buffer.set(chunk, this.#end)
    this.#end += chunk.length
  }

  #next(): Uint8Array | undefined {
    const held = this.#buffer.subarray(this.#start, this.#end)
    if (this.#lost || held.length < PRELUDE_BYTES) return undefined
    const view = viewOf(held)
    const total = view.getUint32(0)
    const isSound = total >= FRAME_BYTES && total <= MAX_MESSAGE_BYTES
    if (!isSound || view.getUint32(4) > total - FRAME_BYTES || view.getUint32(8) !== crc32(held, 0, 8)) {
      this.#lost = true
      this.#malformed += 1
      this.#buffer = new Uint8Array(0)
      this.#start = 0
      this.#end = 0
      return undefined
    }
    if (held.length < total) return undefined
    this.#start += total
    return held.subarray(0, total)
  }

  #decode(message: Uint8Array): WireEvent | undefined {
    const view = viewOf(message)
    const headersEnd = PRELUDE_BYTES + view.getUint32(4)
    const payloadEnd = message.length - 4
    const headers =
      view.getUint32(payloadEnd) === crc32(message, 0, payloadEnd)
        ? readHeaders(message.subarray(PRELUDE_BYTES, headersEnd))
        : undefined
    const event = headers && readEvent(headers, message.subarray(headersEnd, payloadEnd))
    if (event === undefined) this.#malformed += 1
    return event
  }
}

/** `undefined` where the payload is not JSON. Exceptions and errors are events under their own type. */
function readEvent(headers: ReadonlyMap<string, string>, payload: Uint8Array): WireEvent | undefined {
  if (headers.get(":message-type") === "error") {
    const message = headers.get(":error-message") ?? ""
    return { event: headers.get(":error-code") ?? "error", data: { message } }
  }
  const event = headers.get(":event-type") ?? headers.get(":exception-type")
  const data = payload.length === 0 ? {} : parseJson(new TextDecoder().decode(payload))
  if (data === undefined) return undefined
  if (event === "chunk") return invokeChunk(data)
  return event === undefined ? { data } : { event, data }
}

/** InvokeModelWithResponseStream wraps the model's own event in base64. */
function invokeChunk(data: JsonValue): WireEvent | undefined {
  const bytes = stringOf(objectOf(data).bytes)
  if (bytes === undefined) return { event: "chunk", data }
  const inner = parseJson(Buffer.from(bytes, "base64").toString("utf8"))
  return inner === undefined ? undefined : { data: inner }
}

// Value sizes by header type; types 6 and 7 (bytes, string) state their length in two bytes.
const FIXED_SIZES = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16]
const STRING_TYPE = 7

/** The string headers by name, or `undefined` where the block is broken. */
function readHeaders(block: Uint8Array): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>()
  const view = viewOf(block)
  let at = 0
  while (at < block.length) {
    const nameEnd = at + 1 + (block[at] ?? 0)
    const type = block[nameEnd]
    if (type === undefined || type >= FIXED_SIZES.length) return undefined
    const fixed = FIXED_SIZES[type]
    const valueStart = nameEnd + (fixed === undefined ? 3 : 1)
    if (valueStart > block.length) return undefined
    const valueEnd = valueStart + (fixed ?? view.getUint16(nameEnd + 1))
    if (valueEnd > block.length) return undefined
    if (type === STRING_TYPE) {
      const name = new TextDecoder().decode(block.subarray(at + 1, nameEnd))
      headers.set(name, new TextDecoder().decode(block.subarray(valueStart, valueEnd)))
    }
    at = valueEnd
  }
  return headers
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
