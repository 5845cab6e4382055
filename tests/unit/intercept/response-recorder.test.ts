import { describe, expect, test } from "vitest"
import { ResponseRecorder } from "../../../src/intercept/response-recorder.ts"
import type { DialectId } from "../../../src/wire/dialect.ts"
import { MAX_REPLAY_CHARS } from "../../../src/wire/replay-builder.ts"
import { eventStreamMessage } from "../../support/provider/event-stream.ts"
import { chatEvent, dialect } from "./exchange-lab.ts"

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function recorder(
  contentType: string | null,
  maxBodyBytes = 10_000,
  id: DialectId = "openai-chat",
  contentEncoding: string | null = null,
): ResponseRecorder {
  return new ResponseRecorder({ dialect: dialect(id), contentType, contentEncoding, maxBodyBytes })
}

/** Pushes `all` in pieces of `size` bytes, each overwritten afterwards, as a caller that reuses its buffer does. */
function pushInPieces(target: ResponseRecorder, all: Uint8Array, size: number): void {
  for (let at = 0; at < all.byteLength; at += size) {
    const piece = all.slice(at, at + size)
    target.push(piece)
    piece.fill(0)
  }
}

describe("ResponseRecorder", () => {
  test.each([1, 2, 3, 7, 1000])("reads text whose characters are split every %i bytes", async (size) => {
    const text = '{"é":"日本 🙂"}'
    const target = recorder("application/json")
    pushInPieces(target, bytes(text), size)
    await target.finish(true)
    expect(target.body()).toMatchObject({
      text,
      leftOutBytes: 0,
      stream: undefined,
      bytes: bytes(text).byteLength,
    })
  })

  test.each([1, 5, 64, 4096])("assembles server-sent events cut every %i bytes", async (size) => {
    const target = recorder("text/event-stream; charset=utf-8")
    const stream = chatEvent({ content: "héllo " }) + chatEvent({ content: "🙂" }) + "data: [DONE]\n\n"
    pushInPieces(target, bytes(stream), size)
    await target.finish(true)
    const { stream: state, text } = target.body()
    expect(state).toMatchObject({ events: 2, malformed: 0, cut: false })
    expect(state?.replay.text).toBe("héllo 🙂")
    expect(text).toBe("")
  })

  test.each([1, 10, 4096])("assembles Bedrock's binary event stream cut every %i bytes", async (size) => {
    const event = (type: string, payload: unknown): Uint8Array =>
      eventStreamMessage(
        { ":message-type": "event", ":event-type": type, ":content-type": "application/json" },
        payload,
      )
    const frames = [
      event("messageStart", { role: "assistant" }),
      event("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hello " } }),
      event("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Bedrock" } }),
      event("messageStop", { stopReason: "end_turn" }),
    ]
    const target = recorder("application/vnd.amazon.eventstream", 10_000, "bedrock-converse")
    pushInPieces(target, Buffer.concat(frames), size)
    await target.finish(true)
    expect(target.body().stream?.replay).toMatchObject({ text: "Hello Bedrock", finishReason: "end_turn" })
    expect(target.body().stream).toMatchObject({ malformed: 0, cut: false })
  })

  test("can be asked in the middle, and goes on", () => {
    const target = recorder("text/event-stream")
    target.push(bytes(chatEvent({ content: "a" })))
    expect(target.body().stream?.replay.text).toBe("a")
    target.push(bytes(chatEvent({ content: "b" })))
    expect(target.body().stream?.replay.text).toBe("ab")
  })

  test("half an event at an end that was no end is not malformed", async () => {
    const target = recorder("text/event-stream")
    target.push(bytes('data: {"choi'))
    await target.finish(false)
    expect(target.body().stream).toMatchObject({ events: 0, malformed: 0, cut: false })
  })

  test("keeps beginning and end of a body over the limit, cut at words and characters, and counts the rest", async () => {
    const words = Array.from({ length: 400 }, (_, index) => `wörd${index}`)
    const all = bytes(`{"text":"${words.join(" ")}"}`)
    for (const size of [1, 7, all.byteLength]) {
      const target = recorder("application/json", 1000)
      pushInPieces(target, all, size)
      await target.finish(true)
      const { excerpt, leftOutBytes, text, bytes: read } = target.body()
      expect(read).toBe(all.byteLength)
      expect(text).toBe("")
      const head = excerpt?.head.split(" ") ?? []
      const tail = excerpt?.tail.split(" ") ?? []
      expect(head.slice(1, -1)).toEqual(words.slice(1, head.length - 1))
      expect(tail).toEqual([...words.slice(-tail.length, -1), `${words.at(-1)}"}`])
      for (const end of [head, tail]) {
        const kept = bytes(end.join(" ")).byteLength
        expect(kept).toBeGreaterThan(490)
        expect(kept).toBeLessThanOrEqual(500)
      }
      const kept = bytes(head.join(" ")).byteLength + bytes(tail.join(" ")).byteLength
      expect(leftOutBytes).toBe(all.byteLength - kept)
    }
  })

  test("keeps all of a body that is as large as the limit", () => {
    const exact = recorder("application/json", 10)
    exact.push(bytes("1234567890"))
    expect(exact.body()).toMatchObject({ leftOutBytes: 0, text: "1234567890", excerpt: undefined })
    exact.push(bytes("1"))
    expect(exact.body()).toMatchObject({
      text: "",
      excerpt: { head: "12345", tail: "78901" },
      leftOutBytes: 1,
    })
  })

  test("keeps beginning and end of what a stream says, with its last tool call and how it ended", async () => {
    const target = recorder("text/event-stream", 20_000)
    const lines = Array.from({ length: 2000 }, (_, index) => `Line ${index} of the reply.\n`)
    for (const line of lines) target.push(bytes(chatEvent({ reasoning_content: line })))
    const call = { index: 0, id: "c1", function: { name: "read", arguments: '{"path":"a"}' } }
    target.push(bytes(chatEvent({ content: "I look." }) + chatEvent({ tool_calls: [call] })))
    target.push(bytes(chatEvent({}, { finish_reason: "tool_calls" })))
    await target.finish(true)
    const { leftOutBytes, stream } = target.body()
    const { reasoning = "", ...rest } = stream?.replay ?? { text: "" }
    const [head = "", tail = ""] = reasoning.split(`\n[… ${leftOutBytes} bytes left out …]\n`)
    expect(lines.join("").startsWith(head)).toBe(true)
    expect(lines.join("").endsWith(tail)).toBe(true)
    expect(head.endsWith("\n") && tail.startsWith("Line ")).toBe(true)
    expect(Math.min(head.length, tail.length)).toBeGreaterThan(9_900)
    expect(head.length + tail.length + leftOutBytes).toBe(lines.join("").length)
    expect(rest).toEqual({
      text: "I look.",
      toolCalls: [{ id: "c1", name: "read", arguments: '{"path":"a"}' }],
      finishReason: "tool_calls",
      truncated: true,
      leftOutBytes,
    })
  })

  test("counts what many small tool calls cost beside their text", async () => {
    const target = recorder("text/event-stream", 2_000_000)
    const call = (index: number): string =>
      chatEvent({ tool_calls: [{ index, id: `c${index}`, function: { name: "x", arguments: "{}" } }] })
    for (let from = 0; from < 20_000; from += 500) {
      target.push(bytes(Array.from({ length: 500 }, (_, at) => call(from + at)).join("")))
    }
    await target.finish(true)
    const { leftOutBytes, stream } = target.body()
    expect(leftOutBytes).toBeGreaterThan(18_000 * 7)
    expect(stream?.replay.toolCalls?.length).toBeLessThan(2_000)
    expect(stream?.events).toBe(20_000)
  })

  test("gives up a single event beyond the limit, and tells how much it did not read", async () => {
    const target = recorder("text/event-stream", 20_000)
    const first = bytes(chatEvent({ content: "first" }))
    target.push(first)
    for (let sent = 0; sent < 10; sent += 1) target.push(bytes(`data: {"a":"${"x".repeat(5_000)}`))
    target.push(bytes(`"}\n\n${chatEvent({ content: "late" })}`))
    await target.finish(true)
    const { bytes: read, leftOutBytes, stream } = target.body()
    expect(stream).toMatchObject({ events: 1, malformed: 0, cut: false, replay: { text: "first" } })
    expect(leftOutBytes).toBe(read - first.byteLength)
  })

  test("a stream that says little is read to its end however long it is", async () => {
    const target = recorder("text/event-stream", 20_000)
    const nothing = bytes('data: {"choices":[]}\n\n'.repeat(1000))
    for (let count = 0; count < 200; count += 1) target.push(nothing)
    target.push(bytes(chatEvent({ content: "late" }, { finish_reason: "stop" })))
    await target.finish(true)
    expect(target.body()).toMatchObject({ leftOutBytes: 0, stream: { events: 200_001 } })
    expect(target.body().stream?.replay).toMatchObject({ text: "late", finishReason: "stop" })
  })

  test("keeps no more of a stream than one reply may have, whatever the limit", async () => {
    const target = recorder("text/event-stream", 4 * MAX_REPLAY_CHARS)
    const piece = chatEvent({ content: "x".repeat(MAX_REPLAY_CHARS / 4) })
    for (let count = 0; count < 5; count += 1) target.push(bytes(piece))
    await target.finish(true)
    const { leftOutBytes, stream } = target.body()
    expect(leftOutBytes).toBe(MAX_REPLAY_CHARS / 4)
    expect(stream?.replay.text.replaceAll(/[^x]/g, "").length).toBe(MAX_REPLAY_CHARS)
  })

  test("a body without content type is text", () => {
    const target = recorder(null)
    target.push(bytes("{}"))
    expect(target.body()).toMatchObject({ text: "{}", stream: undefined })
  })
})
