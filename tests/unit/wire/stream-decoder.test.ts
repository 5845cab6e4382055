import { Buffer } from "node:buffer"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AwsEventStreamDecoder } from "../../../src/wire/aws-event-stream.ts"
import { crc32 } from "../../../src/wire/crc32.ts"
import type { WireEvent } from "../../../src/wire/dialect.ts"
import { createStreamDecoder, MAX_EVENT_CHARS, type StreamDecoder } from "../../../src/wire/stream-decoder.ts"
import { eventStreamMessage } from "../../support/provider/event-stream.ts"

const SSE = "text/event-stream; charset=utf-8"
const AWS = "application/vnd.amazon.eventstream"

function decoderOf(contentType: string): StreamDecoder {
  const decoder = createStreamDecoder(contentType)
  if (decoder === undefined) throw new Error(`no decoder for ${contentType}`)
  return decoder
}

function decode(contentType: string, ...chunks: (string | Uint8Array)[]): WireEvent[] {
  const decoder = decoderOf(contentType)
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk))
  return [...bytes.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()]
}

/** One message as Bedrock's ConverseStream sends it. */
function encodeAwsEvent(type: string, payload: unknown, kind: "event" | "exception" = "event"): Uint8Array {
  return eventStreamMessage({ [`:${kind}-type`]: type, ":message-type": kind }, payload)
}

/** One message from its header block and payload, both as bytes. */
function frame(headers: Uint8Array, payload: Uint8Array): Buffer {
  const message = Buffer.alloc(12 + headers.length + payload.length + 4)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(headers.length, 4)
  message.writeUInt32BE(crc32(message, 0, 8), 8)
  message.set(headers, 12)
  message.set(payload, 12 + headers.length)
  message.writeUInt32BE(crc32(message, 0, message.length - 4), message.length - 4)
  return message
}

// Header ":event-type" = "a", byte by byte: name length, name, type 7 (string), value length, value.
const EVENT_A = Buffer.from([11, ...Buffer.from(":event-type"), 7, 0, 1, 0x61])

function splitAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const points = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return points.slice(1).map((end, index) => bytes.slice(points[index], end))
}

describe("createStreamDecoder", () => {
  test("knows event streams by their type, whatever its case and parameters", () => {
    for (const type of [
      "text/event-stream",
      "Text/Event-Stream;charset=utf-8",
      AWS,
      "application/x-ndjson",
    ]) {
      expect(createStreamDecoder(type)).toBeDefined()
    }
    for (const type of [null, "", "application/json", "text/plain", "text/event-streams"]) {
      expect(createStreamDecoder(type)).toBeUndefined()
    }
  })
})

describe("server-sent events", () => {
  test.each([
    ["LF", 'event: a\ndata: {"x":1}\n\ndata: [2]\n\n'],
    ["CRLF", 'event: a\r\ndata: {"x":1}\r\n\r\ndata: [2]\r\n\r\n'],
    ["lone CR", 'event: a\rdata: {"x":1}\r\rdata: [2]\r\r'],
    ["a byte order mark", '\ufeffevent: a\ndata: {"x":1}\n\ndata: [2]\n\n'],
    ["no space after the colon", 'event:a\ndata:{"x":1}\n\ndata:[2]\n\n'],
    [
      "comments, ids, retries and unknown fields",
      ': hi\nid: 7\nretry: 10\nretry: soon\nevent: a\nfoo: bar\ndata: {"x":1}\n\n:\n\ndata: [2]\n\n',
    ],
    ["lines without a colon", 'event: a\nnonsense\ndata: {"x":1}\n\ndata: [2]\ndata\n\n'],
    ["data over several lines", 'event: a\ndata: {"x":\ndata: 1}\n\ndata: [\ndata: 2\ndata: ]\n\n'],
    ["no final blank line", 'event: a\ndata: {"x":1}\n\ndata: [2]\n'],
    ["no final line break", 'event: a\ndata: {"x":1}\n\ndata: [2]'],
    ["a final lone CR", 'event: a\rdata: {"x":1}\r\rdata: [2]\r'],
    ["[DONE] and empty data", 'event: a\ndata: {"x":1}\n\ndata:\n\ndata: [2]\n\ndata: [DONE]\n\n'],
  ])("are read with %s, whole and cut anywhere", (_, stream) => {
    const events = [{ event: "a", data: { x: 1 } }, { data: [2] }]
    const bytes = Buffer.from(stream)
    expect(decode(SSE, bytes)).toEqual(events)
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const decoder = decoderOf(SSE)
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)]
      expect([...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()]).toEqual(events)
      expect(decoder.malformed).toBe(0)
      expect(decoder.cut).toBe(false)
    }
    expect(decode(SSE, ...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events)
  })

  test("give the same events however their bytes are cut", () => {
    const eol = fc.constantFrom("\n", "\r\n", "\r")
    const event = fc.tuple(fc.jsonValue(), fc.option(fc.constantFrom("a", "delta")))
    fc.assert(
      fc.property(fc.array(event), eol, fc.array(fc.nat()), (sent, br, cuts) => {
        const lines = sent.map(([data, name]) => {
          const text = JSON.stringify(data)
          return `${name === null ? "" : `event: ${name}${br}`}data: ${text}${br}${br}`
        })
        const bytes = Buffer.from(lines.join(""))
        const events = sent.map(([data, name]) => {
          const parsed = JSON.parse(JSON.stringify(data))
          return name === null ? { data: parsed } : { event: name, data: parsed }
        })
        expect(decode(SSE, ...splitAt(bytes, cuts))).toEqual(events)
      }),
    )
  })

  test("keep a character whose bytes come in two chunks", () => {
    const bytes = Buffer.from('data: "né🔑"\n\n')
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(decode(SSE, bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([{ data: "né🔑" }])
    }
  })

  test("come as soon as their blank line is there", () => {
    const decoder = decoderOf(SSE)
    expect(decoder.push(Buffer.from("data: 1\n"))).toEqual([])
    expect(decoder.push(Buffer.from("\n"))).toEqual([{ data: 1 }])
    expect(decoder.push(Buffer.from("data: 2\n\ndata: 3"))).toEqual([{ data: 2 }])
    expect(decoder.end()).toEqual([{ data: 3 }])
    expect(decoder.end()).toEqual([])
  })

  test("that are no JSON are counted, and the others still come", () => {
    const decoder = decoderOf(SSE)
    expect(decoder.push(Buffer.from("data: {oops\n\ndata: 2\n\ndata: <html>\n\n"))).toEqual([{ data: 2 }])
    expect(decoder.malformed).toBe(2)
    expect(decoder.cut).toBe(false)
  })

  test("that stop in the middle are cut, not malformed", () => {
    const decoder = decoderOf(SSE)
    decoder.push(Buffer.from('data: 1\n\ndata: {"text":"hal'))
    expect(decoder.end()).toEqual([])
    expect(decoder.malformed).toBe(0)
    expect(decoder.cut).toBe(true)
  })

  test("without an end are given up at a bound, without throwing", () => {
    const decoder = decoderOf(SSE)
    const chunk = Buffer.alloc(1024 * 1024, "x")
    decoder.push(Buffer.from("data: "))
    for (let sent = 0; sent <= MAX_EVENT_CHARS; sent += chunk.length) decoder.push(chunk)
    expect(decoder.malformed).toBe(1)
    expect(decoder.push(Buffer.from("\n\ndata: 1\n\n"))).toEqual([])
    expect(decoder.end()).toEqual([])
    expect(decoder.malformed).toBe(1)
  })
})

describe("lines of JSON", () => {
  test("are read however their bytes are cut, with and without a final line break", () => {
    const bytes = Buffer.from('{"a":"é"}\r\n\n[2]\n"last"')
    const events = [{ data: { a: "é" } }, { data: [2] }, { data: "last" }]
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(decode("application/x-ndjson", bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(events)
    }
  })

  test("that are no JSON are counted; a cut last line is cut", () => {
    const decoder = decoderOf("application/jsonl")
    expect(decoder.push(Buffer.from('oops\n1\n{"cut'))).toEqual([{ data: 1 }])
    expect(decoder.malformed).toBe(1)
    expect(decoder.cut).toBe(false)
    expect(decoder.end()).toEqual([])
    expect(decoder.malformed).toBe(1)
    expect(decoder.cut).toBe(true)
  })

  test("without an end are given up at a bound", () => {
    const decoder = decoderOf("application/x-ndjson")
    const chunk = Buffer.alloc(4 * 1024 * 1024, "x")
    for (let sent = 0; sent <= MAX_EVENT_CHARS; sent += chunk.length) decoder.push(chunk)
    expect(decoder.malformed).toBe(1)
    expect(decoder.push(Buffer.from("\n1\n"))).toEqual([])
  })
})

describe("AWS event streams", () => {
  const delta = encodeAwsEvent("contentBlockDelta", { delta: { text: "né" } })
  const stop = encodeAwsEvent("messageStop", { stopReason: "end_turn" })

  test("check against the published CRC-32 test value", () => {
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926)
  })

  test("decode a message put together by hand from the specification", () => {
    expect(decode(AWS, frame(EVENT_A, Buffer.from("{}")))).toEqual([{ event: "a", data: {} }])
    expect(decode(AWS, frame(EVENT_A, Buffer.alloc(0)))).toEqual([{ event: "a", data: {} }])
  })

  test("give the same events however their bytes are cut", () => {
    const events = [
      { event: "contentBlockDelta", data: { delta: { text: "né" } } },
      { event: "messageStop", data: { stopReason: "end_turn" } },
    ]
    const bytes = Buffer.concat([delta, stop])
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(decode(AWS, bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(events)
    }
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (cuts) => {
        expect(decode(AWS, ...splitAt(bytes, cuts))).toEqual(events)
      }),
    )
  })

  test("come as soon as their last byte is there, and survive a caller that reuses its chunk", () => {
    const decoder = new AwsEventStreamDecoder()
    const chunk = new Uint8Array(delta.subarray(0, 20))
    expect(decoder.push(chunk)).toEqual([])
    chunk.fill(0)
    expect(decoder.push(delta.subarray(20))).toHaveLength(1)
  })

  test("grow for messages larger than the first buffer", () => {
    const text = "x".repeat(300_000)
    const large = encodeAwsEvent("contentBlockDelta", { delta: { text } })
    const pieces = Array.from({ length: Math.ceil(large.length / 1000) }, (_, index) =>
      large.subarray(index * 1000, index * 1000 + 1000),
    )
    expect(decode(AWS, stop, ...pieces, stop)).toEqual([
      { event: "messageStop", data: { stopReason: "end_turn" } },
      { event: "contentBlockDelta", data: { delta: { text } } },
      { event: "messageStop", data: { stopReason: "end_turn" } },
    ])
  })

  test("give exceptions and errors under their own names", () => {
    expect(decode(AWS, encodeAwsEvent("throttlingException", { message: "slow down" }, "exception"))).toEqual(
      [{ event: "throttlingException", data: { message: "slow down" } }],
    )
    const headers = { ":message-type": "error", ":error-code": "InternalFailure", ":error-message": "broken" }
    expect(decode(AWS, eventStreamMessage(headers, {}))).toEqual([
      { event: "InternalFailure", data: { message: "broken" } },
    ])
  })

  test("unwrap the model's own events of InvokeModelWithResponseStream", () => {
    const inner = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "hi" } }
    const bytes = Buffer.from(JSON.stringify(inner)).toString("base64")
    expect(decode(AWS, encodeAwsEvent("chunk", { bytes }))).toEqual([{ data: inner }])
  })

  test("skip headers of every other type", () => {
    const types: [number, number][] = [
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 4],
      [5, 8],
      [8, 8],
      [9, 16],
    ]
    const others = types.map(([type, size]) => Buffer.from([1, 0x68, type, ...new Uint8Array(size)]))
    const blob = Buffer.from([1, 0x62, 6, 0, 3, 1, 2, 3])
    const block = Buffer.concat([...others, blob, EVENT_A])
    expect(decode(AWS, frame(block, Buffer.from("[1]")))).toEqual([{ event: "a", data: [1] }])
  })

  test("drop a message with a wrong checksum and read on behind it", () => {
    const broken = Buffer.from(delta)
    broken[broken.length - 6]! ^= 1
    const decoder = new AwsEventStreamDecoder()
    expect(decoder.push(Buffer.concat([broken, stop]))).toHaveLength(1)
    expect(decoder.malformed).toBe(1)
  })

  test("count a payload that is no JSON", () => {
    const decoder = new AwsEventStreamDecoder()
    expect(decoder.push(frame(EVENT_A, Buffer.from("{oops")))).toEqual([])
    expect(decoder.malformed).toBe(1)
  })

  test("are given up where the framing is lost, once and without throwing", () => {
    for (const junk of [
      Buffer.from("data: this is no event stream"),
      Buffer.alloc(40),
      Buffer.alloc(40, 0xff),
    ]) {
      const decoder = new AwsEventStreamDecoder()
      expect(decoder.push(junk)).toEqual([])
      expect(decoder.push(stop)).toEqual([])
      decoder.end()
      expect(decoder.malformed).toBe(1)
      expect(decoder.cut).toBe(false)
    }
  })

  test("that end inside a message are cut", () => {
    const decoder = new AwsEventStreamDecoder()
    decoder.push(delta.subarray(0, delta.length - 1))
    expect(decoder.end()).toEqual([])
    expect(decoder.cut).toBe(true)
    expect(decoder.malformed).toBe(0)
  })

  test("never throw on arbitrary bytes or arbitrarily damaged messages", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), fc.nat(), fc.nat(255), (chunks, at, value) => {
        for (const type of [AWS, SSE, "application/jsonl"])
          expect(() => decode(type, ...chunks)).not.toThrow()
        const damaged = Buffer.concat([delta, stop])
        damaged[at % damaged.length] = value
        expect(() => decode(AWS, damaged)).not.toThrow()
      }),
    )
  })
})
