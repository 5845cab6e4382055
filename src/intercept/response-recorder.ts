import type { Dialect, Replay, ReplayAssembler, ReplayToolCall, WireEvent } from "../wire/dialect.ts"
import { createStreamDecoder, type StreamDecoder } from "../wire/stream-decoder.ts"

/** What is known of a response body; can be asked for at any time. */
export interface RecordedBody {
  /** Bytes that reached the caller. */
  readonly bytes: number
  /** More than the limit: what exceeds it was not kept. */
  readonly tooLarge: boolean
  /** The body as text, where it is no event stream (or one without a single event); `""` when too large. */
  readonly text: string
  /** What a stream said up to now. */
  readonly stream: StreamState | undefined
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
  /** Most bytes to keep: of the body, or of what a stream said. */
  readonly maxBodyBytes: number
  /** Called with the events of a stream as they come. */
  readonly onEvents?: (events: readonly WireEvent[]) => void
}

// An error body under a stream's content type is short; a stream without events is not kept for longer.
const MAX_EVENTLESS_BYTES = 65_536
// A chunk of thousands of tiny frames is read in parts, so that their events are not all in memory at once.
const PART_BYTES = 16_384
const MIN_CHECK_STEP_BYTES = 65_536
const MAX_CHECK_STEP_BYTES = 1024 * 1024
// What a tool call costs beside its texts: objects here, and keys and indentation in the file.
const BYTES_PER_TOOL_CALL = 256

/**
 * Reads along with a response body, chunk by chunk, and keeps a bounded amount: the assembled reply of a stream,
 * the text of anything else. Raw frames are not kept, so a long stream costs what it said.
 */
export class ResponseRecorder {
  readonly #decoder: StreamDecoder | undefined
  readonly #assembler: ReplayAssembler
  readonly #maxBodyBytes: number
  readonly #onEvents: RecorderOptions["onEvents"]
  readonly #utf8 = new TextDecoder()
  #bytes = 0
  #text = ""
  #events = 0
  #malformed = 0
  #cut = false
  #hasSpoken = false
  #tooLarge = false
  #bytesAtLastEvent = 0
  #nextCheckAtBytes: number

  constructor({ dialect, contentType, maxBodyBytes, onEvents }: RecorderOptions) {
    this.#decoder = createStreamDecoder(contentType)
    this.#assembler = dialect.assembler()
    this.#maxBodyBytes = maxBodyBytes
    this.#onEvents = onEvents
    this.#nextCheckAtBytes = Math.min(maxBodyBytes, MAX_CHECK_STEP_BYTES)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Whether the body is read as a stream of events. */
  get isStream(): boolean {
    return this.#decoder !== undefined
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
    if (this.#tooLarge) return
    if (this.#decoder === undefined) {
      this.#pushText(chunk, this.#maxBodyBytes)
      return
    }
    if (this.#events === 0 && this.#bytes <= MAX_EVENTLESS_BYTES) this.#pushText(chunk, MAX_EVENTLESS_BYTES)
    for (let at = 0; at < chunk.byteLength; at += PART_BYTES) {
      this.#take(this.#decoder.push(chunk.subarray(at, at + PART_BYTES)))
    }
    this.#malformed = this.#decoder.malformed
    this.#tooLarge = this.#isStreamTooLarge()
  }

  /** No more will come. `whole`: the body ended by itself; otherwise a half last frame is not a malformed one. */
  finish(whole: boolean): void {
    if (this.#tooLarge) return
    this.#text += this.#utf8.decode()
    if (this.#decoder === undefined) return
    this.#take(this.#decoder.end())
    if (!whole) return
    this.#cut = this.#decoder.cut && this.#events > 0
    // Where nothing at all could be read, the half event was no event to begin with.
    this.#malformed = this.#decoder.malformed + (this.#decoder.cut && !this.#cut ? 1 : 0)
  }

  body(): RecordedBody {
    const replay = this.#assembler.result()
    const stream = { replay, events: this.#events, malformed: this.#malformed, cut: this.#cut }
    return {
      bytes: this.#bytes,
      tooLarge: this.#tooLarge || replay.truncated === true,
      text: this.#text,
      stream: this.#decoder && stream,
    }
  }

  #pushText(chunk: Uint8Array, maxBytes: number): void {
    if (this.#bytes <= maxBytes) {
      this.#text += this.#utf8.decode(chunk, { stream: true })
      return
    }
    this.#tooLarge = true
    this.#text = ""
  }

  #take(events: ReturnType<StreamDecoder["push"]>): void {
    if (events.length === 0) return
    this.#onEvents?.(events)
    for (const event of events) this.#assembler.push(event)
    this.#events += events.length
    this.#bytesAtLastEvent = this.#bytes
    this.#text = ""
  }

  /**
   * What a stream said is measured only now and then: its text grows by no more than the bytes that came since, but
   * many small tool calls cost more than their bytes. A single frame beyond the limit would pile up inside the
   * decoder, so it ends the recording.
   */
  #isStreamTooLarge(): boolean {
    if (this.#bytes - this.#bytesAtLastEvent > this.#maxBodyBytes) return true
    if (this.#bytes <= this.#nextCheckAtBytes) return false
    const replay = this.#assembler.result()
    const room = this.#maxBodyBytes - replaySize(replay)
    const step = Math.min(Math.max(room, MIN_CHECK_STEP_BYTES), MAX_CHECK_STEP_BYTES)
    this.#nextCheckAtBytes = this.#bytes + step
    return room < 0 || replay.truncated === true
  }
}

function replaySize({ text, reasoning, refusal, toolCalls }: Replay): number {
  const calls = toolCalls?.reduce((sum, call) => sum + callSize(call), 0) ?? 0
  return text.length + (reasoning?.length ?? 0) + (refusal?.length ?? 0) + calls
}

function callSize({ id, name, arguments: text }: ReplayToolCall): number {
  return BYTES_PER_TOOL_CALL + (id?.length ?? 0) + name.length + text.length
}
