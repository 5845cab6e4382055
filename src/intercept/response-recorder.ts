import { Buffer } from "node:buffer"
import { ContentDecoder, contentEncodings, looksDecoded, SIGNATURE_BYTES } from "../wire/content-decoder.ts"
import type { Dialect, Replay, ReplayAssembler, WireEvent } from "../wire/dialect.ts"
import { HeadTailBytes } from "../wire/head-tail-bytes.ts"
import { headOfLines, tailOfLines } from "../wire/kept-text.ts"
import { MAX_REPLAY_CHARS } from "../wire/replay-builder.ts"
import { createStreamDecoder, MAX_EVENT_CHARS, type StreamDecoder } from "../wire/stream-decoder.ts"

/** What is known of a response body; can be asked for at any time. */
export interface RecordedBody {
  /** Bytes that reached the caller. */
  readonly bytes: number
  /** The body as text, where it is no event stream (or one without a single event); `""` when too large. */
  readonly text: string
  /** Of a body beyond the limit that is no event stream: its beginning and its end, cut at lines or words. */
  readonly excerpt: BodyExcerpt | undefined
  /** Bytes beyond the limit, which are in none of these. */
  readonly leftOutBytes: number
  /** What a stream said up to now. */
  readonly stream: StreamState | undefined
  /** The content encoding that the bytes still have and that could not be undone. */
  readonly undecoded: string | undefined
}

interface BodyExcerpt {
  readonly head: string
  readonly tail: string
}

export interface StreamState {
  readonly replay: Replay
  /** Events that could be read. */
  readonly events: number
  /** Events that could not. */
  readonly malformed: number
  /** The body ended by itself, but inside an event. */
  readonly cut: boolean
}

export interface RecorderOptions {
  readonly dialect: Dialect
  /** Decides, before the first byte, whether the body is a stream. */
  readonly contentType: string | null
  /** The encodings that the host's fetch may have left on the bytes. */
  readonly contentEncoding: string | null
  /** Most bytes to keep: of the body, or of what a stream said. */
  readonly maxBodyBytes: number
  /** Called with the events of a stream as they come. */
  readonly onEvents?: (events: readonly WireEvent[]) => void
}

/** Where no response came. */
export const NO_BODY: RecordedBody = {
  bytes: 0,
  text: "",
  excerpt: undefined,
  leftOutBytes: 0,
  stream: undefined,
  undecoded: undefined,
}

// An error body under a stream's content type is short; a stream without events is not kept for longer.
const MAX_EVENTLESS_BYTES = 65_536
// A chunk of thousands of tiny frames is read in parts, so that their events are not all in memory at once.
const PART_BYTES = 16_384

/**
 * Reads along with a response body, chunk by chunk, and keeps a bounded amount: of what a stream said, or of the text of
 * anything else, the first and the last half. Raw frames are not kept, so a long stream costs what it said.
 */
export class ResponseRecorder {
  readonly #stream: StreamDecoder | undefined
  readonly #assembler: ReplayAssembler
  readonly #maxEventBytes: number
  readonly #onEvents: RecorderOptions["onEvents"]
  readonly #encodings: readonly string[]
  readonly #kept: HeadTailBytes
  /** First bytes of a body under a content encoding, until they tell whether it was undone. */
  #start: Uint8Array | undefined
  #content: ContentDecoder | undefined
  #bytes = 0
  #events = 0
  #malformed = 0
  #cut = false
  /** Bytes of an event without end, and all that came after it. */
  #unreadBytes = 0
  #bytesSinceEvent = 0
  #hasSpoken = false

  constructor({ dialect, contentType, contentEncoding, maxBodyBytes, onEvents }: RecorderOptions) {
    this.#onEvents = onEvents
    this.#stream = createStreamDecoder(contentType)
    this.#assembler = dialect.assembler(Math.min(maxBodyBytes, MAX_REPLAY_CHARS))
    this.#maxEventBytes = Math.min(maxBodyBytes, MAX_EVENT_CHARS)
    this.#encodings = contentEncodings(contentEncoding)
    this.#start = this.#encodings.length > 0 ? new Uint8Array(0) : undefined
    this.#kept = new HeadTailBytes(this.#stream === undefined ? maxBodyBytes : MAX_EVENTLESS_BYTES)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Whether the body is read as a stream of events. */
  get isStream(): boolean {
    return this.#stream !== undefined
  }

  /** Whether a stream has said anything yet: text, reasoning, a refusal or a tool call. */
  get hasSpoken(): boolean {
    if (this.#hasSpoken || this.#events === 0) return this.#hasSpoken
    const { text, reasoning, refusal, toolCalls } = this.#assembler.result()
    this.#hasSpoken = text !== "" || Boolean(reasoning ?? refusal ?? toolCalls)
    return this.#hasSpoken
  }

  /** Takes one chunk; refers to nothing of it afterwards. */
  push(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength
    if (this.#start === undefined) {
      this.#decode(chunk)
      return
    }
    this.#start = Buffer.concat([this.#start, chunk])
    if (this.#start.byteLength >= SIGNATURE_BYTES) this.#begin(this.#start)
  }

  /** No more will come. `whole`: the body ended by itself; otherwise a half last frame is not a malformed one. */
  async finish(whole: boolean): Promise<void> {
    if (this.#start !== undefined) this.#begin(this.#start)
    await this.#content?.end()
    if (this.#stream === undefined || this.#unreadBytes > 0) return
    this.#take(this.#stream.end())
    if (!whole) return
    this.#cut = this.#stream.cut && this.#events > 0
    // Where nothing at all could be read, the half event was no event to begin with.
    this.#malformed = this.#stream.malformed + (this.#stream.cut && !this.#cut ? 1 : 0)
  }

  body(): RecordedBody {
    const replay = this.#assembler.result()
    const stream = { replay, events: this.#events, malformed: this.#malformed, cut: this.#cut }
    const text = this.#text()
    const isTooLarge = this.#stream === undefined && text === undefined
    const excerpt = isTooLarge ? excerptOf(this.#kept) : undefined
    return {
      bytes: this.#bytes,
      text: text ?? "",
      excerpt: excerpt?.ends,
      leftOutBytes: (replay.leftOutBytes ?? 0) + this.#unreadBytes + (excerpt?.leftOutBytes ?? 0),
      stream: this.#stream && stream,
      undecoded: this.#content?.failed ? this.#encodings.join(", ") : undefined,
    }
  }

  /** The first bytes are there, or all of them. */
  #begin(start: Uint8Array): void {
    this.#start = undefined
    if (!looksDecoded(start))
      this.#content = new ContentDecoder(this.#encodings, (bytes) => this.#read(bytes))
    this.#decode(start)
  }

  #decode(bytes: Uint8Array): void {
    if (this.#content === undefined) this.#read(bytes)
    else this.#content.push(bytes)
  }

  #read(bytes: Uint8Array): void {
    if (this.#events === 0) this.#kept.push(bytes)
    if (this.#stream === undefined) return
    for (let at = 0; at < bytes.byteLength; at += PART_BYTES) {
      this.#readPart(this.#stream, bytes.subarray(at, at + PART_BYTES))
    }
  }

  /** A single frame beyond the limit would pile up inside the decoder, so it ends the reading. */
  #readPart(stream: StreamDecoder, part: Uint8Array): void {
    this.#bytesSinceEvent += part.byteLength
    if (this.#unreadBytes > 0 || this.#bytesSinceEvent > this.#maxEventBytes) {
      this.#unreadBytes = this.#bytesSinceEvent
      return
    }
    this.#take(stream.push(part))
    this.#malformed = stream.malformed
  }

  #take(events: ReturnType<StreamDecoder["push"]>): void {
    if (events.length === 0) return
    this.#onEvents?.(events)
    for (const event of events) this.#assembler.push(event)
    this.#events += events.length
    this.#bytesSinceEvent = 0
  }

  /** `undefined` where the body is too large, or has events and so no text. */
  #text(): string | undefined {
    const whole = this.#events > 0 ? undefined : this.#kept.whole()
    return whole && new TextDecoder().decode(whole)
  }
}

/** What is kept of a stream is enough of a body that no longer parses, too. */
const MAX_EXCERPT_BYTES = MAX_REPLAY_CHARS
/** A text of more characters is no secret, but what is wanted of the reply. */
const MAX_CUT_STRING_CHARS = 8192

function excerptOf(kept: HeadTailBytes): { readonly ends: BodyExcerpt; readonly leftOutBytes: number } {
  const { head, tail } = kept.ends()
  const start = head.subarray(0, MAX_EXCERPT_BYTES / 2)
  const end = tail.subarray(Math.max(0, tail.byteLength - MAX_EXCERPT_BYTES / 2))
  // With `stream` the decoder holds a character that is cut off back; the rest of one is skipped.
  const first = headOfLines(new TextDecoder().decode(start, { stream: true }))
  const last = afterCutString(tailOfLines(new TextDecoder().decode(end.subarray(end.findIndex(isCharStart)))))
  const keptBytes = Buffer.byteLength(first) + Buffer.byteLength(last)
  return { ends: { head: first, tail: last }, leftOutBytes: Math.max(1, kept.bytes - keptBytes) }
}

/**
 * The end of a JSON text from the first string on that is whole: the name of the one before it is gone, and with it what
 * tells that it is a secret.
 */
function afterCutString(tail: string): string {
  const cut = /(?<!\\)"\s*(?=[,}\]])/.exec(tail.slice(0, Math.min(MAX_CUT_STRING_CHARS, tail.length / 4)))
  return cut === null ? tail : tail.slice(cut.index + cut[0].length)
}

/** Whether a byte is no continuation of a UTF-8 character. */
function isCharStart(byte: number): boolean {
  return (byte & 0xc0) !== 0x80
}
