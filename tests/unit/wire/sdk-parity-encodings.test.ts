import * as zlib from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { COMPRESS, deflateRaw } from "../../support/sdk-parity/compress.ts"
import { jsonReplyOf, streamReplyOf } from "../../support/sdk-parity/encode.ts"
import { bothSides } from "../../support/sdk-parity/exchange.ts"
import type { ParityFixture } from "../../support/sdk-parity/fixture.ts"
import { parityFixtures } from "../../support/sdk-parity/fixtures/index.ts"
import { ReplyServer, type ServedReply } from "../../support/sdk-parity/reply-server.ts"

let server: ReplyServer

beforeAll(async () => {
  server = await ReplyServer.start()
})
afterAll(() => server.stop())

/** What `fetch` itself undoes; of the rest the SDK sees the compressed bytes. Both keep the header in either case. */
const UNDONE_BY_HOST: ReadonlySet<string> = new Set(
  process.versions.bun === undefined
    ? ["gzip", "GZIP", "x-gzip", "deflate", "br", "gzip, br", "deflate, gzip"]
    : ["gzip", "deflate", "br", "zstd"],
)
const hasZstd = "createZstdDecompress" in zlib

const fixtures = ["anthropic-messages", "bedrock-converse"].map((id) => {
  const found = parityFixtures.find(({ dialect, name }) => dialect === id && name === "one tool call")
  if (found === undefined) throw new Error(`no fixture of ${id}`)
  return found
})

/** `reply` compressed as a whole, in chunks that end anywhere. */
function compressed(reply: ServedReply, encoding: string, compress = COMPRESS[encoding]): ServedReply {
  const bytes = compress?.(Buffer.concat(reply.chunks)) ?? Buffer.alloc(0)
  const chunks = Array.from({ length: Math.ceil(bytes.byteLength / 50) }, (_, index) =>
    bytes.subarray(index * 50, (index + 1) * 50),
  )
  return { headers: { ...reply.headers, "content-encoding": encoding }, chunks }
}

const cases = Object.keys(COMPRESS).flatMap((encoding) =>
  fixtures.flatMap((fixture): [string, string, boolean, ParityFixture][] => [
    [encoding, fixture.dialect, true, fixture],
    [encoding, fixture.dialect, false, fixture],
  ]),
)

describe("a compressed reply", () => {
  test.each(cases)("%s, %s, streamed: %s", async (encoding, _, streamed, fixture) => {
    const plain = streamed ? streamReplyOf(fixture) : jsonReplyOf(fixture)
    const expected = await bothSides(server, fixture, plain, streamed)
    const { sdk, ours, file } = await bothSides(server, fixture, compressed(plain, encoding), streamed)
    const isUndone = UNDONE_BY_HOST.has(encoding)
    if (isUndone) expect(sdk).toEqual(expected.sdk)
    else expect(sdk, `fetch leaves ${encoding} as it is`).not.toEqual(expected.sdk)
    if (encoding === "zstd" && !hasZstd) {
      expect(file).toMatchObject({
        body: null,
        bodyFormat: "omitted",
        bodyOmittedReason: "unsupported-encoding",
      })
      return
    }
    expect(ours).toEqual(expected.ours)
    expect(file).toEqual(expected.file)
  })

  test("deflate without zlib's header is undone by fetch alone, and read as usual", async () => {
    const [fixture] = fixtures
    if (fixture === undefined) throw new Error("no fixture")
    const plain = streamReplyOf(fixture)
    const { sdk, ours } = await bothSides(server, fixture, compressed(plain, "deflate", deflateRaw), true)
    expect(sdk.text).toBe("I look.")
    expect(ours).toEqual(sdk)
  })

  test("a header that is not true does no harm", async () => {
    const [fixture] = fixtures
    if (fixture === undefined) throw new Error("no fixture")
    const { headers, chunks } = streamReplyOf(fixture)
    const { sdk, ours } = await bothSides(
      server,
      fixture,
      { headers: { ...headers, "content-encoding": "compress" }, chunks },
      true,
    )
    expect(sdk.text).toBe("I look.")
    expect(ours).toEqual(sdk)
  })
})
