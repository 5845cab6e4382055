import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { ResponseFile } from "../../../src/intercept/trio.ts"
import { Tap } from "../../support/sdk-parity/captured-reply.ts"
import { jsonReplyOf, streamReplyOf } from "../../support/sdk-parity/encode.ts"
import { asFarAsTold, type BothSides, bothSides } from "../../support/sdk-parity/exchange.ts"
import type { ComparableReply, Difference, ParityFixture } from "../../support/sdk-parity/fixture.ts"
import { parityFixtures } from "../../support/sdk-parity/fixtures/index.ts"
import { objectFixtures } from "../../support/sdk-parity/fixtures/objects.ts"
import { ReplyServer } from "../../support/sdk-parity/reply-server.ts"
import { sdkObject } from "../../support/sdk-parity/sdk-reply.ts"

let server: ReplyServer

beforeAll(async () => {
  server = await ReplyServer.start()
})
afterAll(() => server.stop())

/** Ours equals the SDK's, but for what the fixture says that the SDK loses, where both are as it says. */
function expectParity({ sdk, ours }: BothSides, differs: Difference | undefined): void {
  const { sdk: theirs = {}, ours: other = {} } = differs ?? {}
  expect(sdk).toMatchObject(theirs)
  expect(ours).toMatchObject(other)
  expect({ ...asFarAsTold({ sdk, ours }), ...theirs, ...other }).toEqual({ ...sdk, ...theirs, ...other })
}

const label = ({ provider, dialect, name }: ParityFixture): string => `${dialect} by ${provider}: ${name}`
const streamed = parityFixtures.filter(({ events }) => events !== undefined)
const whole = parityFixtures.filter(({ json }) => json !== undefined)

describe("a streamed reply says what the AI SDK yields", () => {
  test.each(streamed.map((fixture) => [label(fixture), fixture] as const))("%s", async (_, fixture) => {
    const sides = await bothSides(server, fixture, streamReplyOf(fixture), true)
    expectParity(sides, fixture.differs?.events)
  })
})

describe("a whole reply says what the AI SDK yields", () => {
  test.each(whole.map((fixture) => [label(fixture), fixture] as const))("%s", async (_, fixture) => {
    const sides = await bothSides(server, fixture, jsonReplyOf(fixture), false)
    expectParity(sides, fixture.differs?.json)
  })
})

describe("an object that was asked for", () => {
  const input = { city: "Zürich 🙂", days: [1, { rain: true }] }
  const { asCall, asText } = objectFixtures(input)

  // Where a model has no output format the SDK offers it a tool `json`, and takes its input for the text of the reply.
  test.each(asCall.map((fixture) => [label(fixture), fixture] as const))("%s", async (_, fixture) => {
    for (const streamed of [true, false]) {
      const { object, file, ours } = await objectOf(fixture, streamed)
      expect(object).toEqual(input)
      expect(ours.toolCalls).toMatchObject([{ name: "json", input: object }])
      if (streamed) expect(file.replay?.toolCalls).toMatchObject([{ name: "json", input: object }])
    }
  })

  test.each(asText.map((fixture) => [label(fixture), fixture] as const))("%s", async (_, fixture) => {
    for (const streamed of [true, false]) {
      const { object, ours } = await objectOf(fixture, streamed)
      expect(object).toEqual(input)
      expect(JSON.parse(ours.text)).toEqual(object)
    }
  })

  async function objectOf(
    fixture: ParityFixture,
    streamed: boolean,
  ): Promise<{ object: unknown; file: ResponseFile; ours: ComparableReply }> {
    const tap = new Tap(fixture.dialect)
    server.serve(streamed ? streamReplyOf(fixture) : jsonReplyOf(fixture))
    const object = await sdkObject(fixture.provider, server.url, tap.fetch, streamed)
    const file = await tap.file()
    return { object, file, ours: tap.replyOf(file) }
  }
})
