import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { streamReplyOf } from "../../support/sdk-parity/encode.ts"
import { asFarAsTold, bothSides } from "../../support/sdk-parity/exchange.ts"
import type { ComparableReply, FixtureEvent, ParityFixture } from "../../support/sdk-parity/fixture.ts"
import { parityFixtures } from "../../support/sdk-parity/fixtures/index.ts"
import { ReplyServer } from "../../support/sdk-parity/reply-server.ts"

let server: ReplyServer

beforeAll(async () => {
  server = await ReplyServer.start()
})
afterAll(() => server.stop())

const NAMES = new Set([
  "one tool call",
  "arguments cut inside escapes and pairs",
  "arguments with escapes and pairs",
])
const chosen = parityFixtures.filter(({ name, events }) => events !== undefined && NAMES.has(name))
const overSse = chosen.filter(({ dialect }) => dialect !== "bedrock-converse")
const overBedrock = chosen.filter(({ dialect }) => dialect === "bedrock-converse")
const label = ({ provider, dialect, name }: ParityFixture): string => `${dialect} by ${provider}: ${name}`
const rows = (fixtures: readonly ParityFixture[]) =>
  fixtures.map((fixture) => [label(fixture), fixture] as const)

/** Some replies come byte by byte, and gates run side by side. */
const TIMEOUT_MS = 20_000

const SSE = { "content-type": "text/event-stream" }

/** Events as blocks of lines, without the line breaks. */
function linesOf({ event, data }: FixtureEvent, indent?: number): string[] {
  const name = event === undefined ? [] : [`event: ${event}`]
  const text = JSON.stringify(data, null, indent)
  return [...name, ...text.split("\n").map((line) => `data: ${line}`)]
}

function stream(
  fixture: ParityFixture,
  br: string,
  lines: (event: FixtureEvent) => string[] = linesOf,
): string {
  const blocks = (fixture.events ?? []).map((event) =>
    [...lines(event), ""].map((line) => line + br).join(""),
  )
  return blocks.join("")
}

const VARIANTS: Readonly<Record<string, (fixture: ParityFixture) => string>> = {
  // The comment tells that no line feed follows the last blank line; see below for a stream that ends without.
  "lone carriage returns": (fixture) => `${stream(fixture, "\r")}:\r`,
  "carriage returns and line feeds": (fixture) => stream(fixture, "\r\n"),
  "a byte order mark": (fixture) => `\ufeff${stream(fixture, "\n")}`,
  "data over several lines": (fixture) => stream(fixture, "\n", (event) => linesOf(event, 2)),
  "lines without a colon": (fixture) =>
    stream(fixture, "\n", (event) => ["nonsense", ...linesOf(event), "more nonsense"]),
  "comments, ids, retries and unknown fields": (fixture) =>
    `: hello\n\n${stream(fixture, "\n", (event) => [": ping", "id: 7", "retry: 10", "foo: bar", ...linesOf(event)])}:\n\n`,
  "no space after the colon": (fixture) =>
    stream(fixture, "\n", (event) => linesOf(event).map((line) => line.replace(": ", ":"))),
  "no [DONE] at the end": (fixture) => stream(fixture, "\n"),
  "a [DONE] at the end": (fixture) => `${stream(fixture, "\n")}data: [DONE]\n\n`,
}

const references = new Map<ParityFixture, ComparableReply>()

/** What the fixture says when it is sent as usual; every variant must say the same. */
async function reference(fixture: ParityFixture): Promise<ComparableReply> {
  const known = references.get(fixture)
  if (known !== undefined) return known
  const { sdk, ours } = await bothSides(server, fixture, streamReplyOf(fixture), true)
  expect(asFarAsTold({ sdk, ours })).toEqual(sdk)
  references.set(fixture, ours)
  return ours
}

const pieces = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )

describe.each(Object.entries(VARIANTS))("server-sent events with %s", (_, variant) => {
  test.each(rows(overSse))("%s", async (_, fixture) => {
    const expected = await reference(fixture)
    const bytes = Buffer.from(variant(fixture))
    for (const size of [bytes.byteLength, 61]) {
      const { sdk, ours } = await bothSides(
        server,
        fixture,
        { headers: SSE, chunks: pieces(bytes, size) },
        true,
      )
      expect(ours).toEqual(expected)
      expect(asFarAsTold({ sdk, ours })).toEqual(sdk)
    }
  })
})

test.each(rows(chosen))(
  "the same bytes one by one: %s",
  async (_, fixture) => {
    const expected = await reference(fixture)
    const { headers, chunks } = streamReplyOf(fixture)
    const single = pieces(Buffer.concat(chunks), 1)
    const { sdk, ours } = await bothSides(server, fixture, { headers, chunks: single }, true)
    expect(ours).toEqual(expected)
    expect(asFarAsTold({ sdk, ours })).toEqual(sdk)
  },
  TIMEOUT_MS,
)

test.each(rows(overBedrock))("frames cut anywhere, and several in one chunk: %s", async (_, fixture) => {
  const expected = await reference(fixture)
  const { headers, chunks } = streamReplyOf(fixture)
  const bytes = Buffer.concat(chunks)
  for (const size of [7, 100, bytes.byteLength]) {
    const { sdk, ours } = await bothSides(server, fixture, { headers, chunks: pieces(bytes, size) }, true)
    expect(ours).toEqual(expected)
    expect(sdk).toEqual(expected)
  }
})

describe("where the SDK drops or refuses what a capture reads", () => {
  // An event that the end of the stream completes is dropped by the SDK, as WHATWG's parser does.
  test.each(rows(overSse))("a last event without its blank line: %s", async (_, fixture) => {
    const expected = await reference(fixture)
    // After a lone carriage return a line feed may come, so the SDK never knows that it ended a line.
    for (const text of [stream(fixture, "\n").slice(0, -2), stream(fixture, "\r")]) {
      const reply = { headers: SSE, chunks: [Buffer.from(text)] }
      const { sdk, ours } = await bothSides(server, fixture, reply, true)
      expect(ours).toEqual(expected)
      expect(sdk).not.toEqual(asFarAsTold({ sdk, ours }))
    }
  })

  // An event whose data is empty, which some servers send to keep the connection alive, is an error for the SDK.
  test.each(rows(overSse))("an event with empty data: %s", async (_, fixture) => {
    const expected = await reference(fixture)
    const bytes = Buffer.from(`data:\n\n${stream(fixture, "\n")}`)
    const { sdk, ours } = await bothSides(server, fixture, { headers: SSE, chunks: [bytes] }, true)
    expect(ours).toEqual(expected)
    expect(sdk.error).toMatch(/^JSON parsing failed/)
  })

  // Both go on after an event that is no JSON, and both say so: the SDK by an error, a capture by its state.
  test.each(rows(overSse))("an event that is no JSON: %s", async (_, fixture) => {
    const expected = await reference(fixture)
    const bytes = Buffer.from(stream(fixture, "\n").replace("\n\n", "\n\ndata: {oops\n\n"))
    const { sdk, ours, file } = await bothSides(server, fixture, { headers: SSE, chunks: [bytes] }, true)
    expect(file).toMatchObject({ body: null, bodyOmittedReason: "malformed-event-stream" })
    expect(ours).toEqual(expected)
    expect(sdk.error).toMatch(/^JSON parsing failed/)
    expect(sdk.text).toBe(expected.text)
  })
})
