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
): ResponseRecorder {
  return new ResponseRecorder({ dialect: dialect(id), contentType, maxBodyBytes })
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
  test.each([1, 2, 3, 7, 1000])("reads text whose characters are split every %i bytes", (size) => {
    const text = '{"é":"日本 🙂"}'
    const target = recorder("application/json")
    pushInPieces(target, bytes(text), size)
    target.finish(true)
    expect(target.body()).toMatchObject({
      text,
      tooLarge: false,
      stream: undefined,
      bytes: bytes(text).byteLength,
    })
  })

  test.each([1, 5, 64, 4096])("assembles server-sent events cut every %i bytes", (size) => {
    const target = recorder("text/event-stream; charset=utf-8")
    const stream = chatEvent({ content: "héllo " }) + chatEvent({ content: "🙂" }) + "data: [DONE]\n\n"
    pushInPieces(target, bytes(stream), size)
    target.finish(true)
    const { stream: state, text } = target.body()
    expect(state).toMatchObject({ events: 2, malformed: 0, cut: false })
    expect(state?.replay.text).toBe("héllo 🙂")
    expect(text).toBe("")
  })

  test.each([1, 10, 4096])("assembles Bedrock's binary event stream cut every %i bytes", (size) => {
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
    target.finish(true)
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

  test("half an event at an end that was no end is not malformed", () => {
    const target = recorder("text/event-stream")
    target.push(bytes('data: {"choi'))
    target.finish(false)
    expect(target.body().stream).toMatchObject({ events: 0, malformed: 0, cut: false })
  })

  test("keeps nothing of a body over the limit, but counts on", () => {
    const target = recorder("application/json", 10)
    for (let chunk = 0; chunk < 5; chunk += 1) target.push(bytes("12345"))
    target.finish(true)
    expect(target.body()).toMatchObject({ tooLarge: true, text: "", bytes: 25 })
    const exact = recorder("application/json", 10)
    exact.push(bytes("1234567890"))
    expect(exact.body()).toMatchObject({ tooLarge: false, text: "1234567890" })
  })

  test("counts what many small tool calls cost beside their text", () => {
    const target = recorder("text/event-stream", 2_000_000)
    const call = (index: number): string =>
      chatEvent({ tool_calls: [{ index, id: `c${index}`, function: { name: "x", arguments: "{}" } }] })
    for (let from = 0; from < 20_000; from += 500) {
      target.push(bytes(Array.from({ length: 500 }, (_, at) => call(from + at)).join("")))
    }
    target.finish(true)
    expect(target.body().tooLarge).toBe(true)
    expect(target.body().stream?.replay.toolCalls?.length).toBeLessThan(15_000)
  })

  test("a stream that says little is read to its end however long it is", () => {
    const target = recorder("text/event-stream", 20_000)
    const nothing = bytes('data: {"choices":[]}\n\n'.repeat(1000))
    for (let count = 0; count < 200; count += 1) target.push(nothing)
    target.push(bytes(chatEvent({ content: "late" }, { finish_reason: "stop" })))
    target.finish(true)
    expect(target.body()).toMatchObject({ tooLarge: false, stream: { events: 200_001 } })
    expect(target.body().stream?.replay).toMatchObject({ text: "late", finishReason: "stop" })
  })

  test("says so when the assembler itself had enough", () => {
    const target = recorder("text/event-stream", 4 * MAX_REPLAY_CHARS)
    const piece = chatEvent({ content: "x".repeat(MAX_REPLAY_CHARS / 4) })
    for (let count = 0; count < 5; count += 1) target.push(bytes(piece))
    target.finish(true)
    expect(target.body().tooLarge).toBe(true)
    expect(target.body().stream?.replay.text.length).toBe(MAX_REPLAY_CHARS)
  })

  test("a body without content type is text", () => {
    const target = recorder(null)
    target.push(bytes("{}"))
    expect(target.body()).toMatchObject({ text: "{}", stream: undefined })
  })
})
