import * as zlib from "node:zlib"
import { describe, expect, test } from "vitest"
import { ContentDecoder, contentEncodings, looksDecoded } from "../../../src/wire/content-decoder.ts"
import { eventStreamMessage } from "../../support/provider/event-stream.ts"
import { COMPRESS } from "../../support/sdk-parity/compress.ts"

const TEXT = Array.from({ length: 500 }, (_, index) => `Line ${index} of é and 🙂.\n`).join("")

async function decode(
  encodings: readonly string[],
  bytes: Uint8Array,
  maxDecodedBytes?: number,
): Promise<{ text: string; failed: boolean }> {
  const parts: Uint8Array[] = []
  const decoder = new ContentDecoder(encodings, (part) => parts.push(part), maxDecodedBytes)
  for (let at = 0; at < bytes.byteLength; at += 100) {
    const chunk = new Uint8Array(bytes.subarray(at, at + 100))
    decoder.push(chunk)
    chunk.fill(0)
  }
  await decoder.end()
  return { text: Buffer.concat(parts).toString(), failed: decoder.failed }
}

describe("contentEncodings", () => {
  test("are in the order in which they were applied, whatever their spelling", () => {
    expect(contentEncodings("GZip , br,identity")).toEqual(["gzip", "br"])
    expect(contentEncodings(null)).toEqual([])
    expect(contentEncodings("identity")).toEqual([])
  })
})

describe("looksDecoded", () => {
  test.each(['{"a":1}', "data: x", '\ufeff{"é":"🙂🙂🙂"}', "é".repeat(20), "\r\n\t [", ""])(
    "%j does",
    (text) => {
      expect(looksDecoded(Buffer.from(text))).toBe(true)
    },
  )

  test("a frame of Bedrock does", () => {
    expect(looksDecoded(eventStreamMessage({ ":event-type": "messageStart" }, {}))).toBe(true)
  })

  test.each(Object.entries(COMPRESS))("%s does not", (_, compress) => {
    for (const text of [TEXT, "{}", 'data: {"a":1}\n\n']) {
      expect(looksDecoded(compress(Buffer.from(text)))).toBe(false)
    }
  })
})

describe("ContentDecoder", () => {
  // Node 20 has no zstd.
  const hasZstd = "createZstdDecompress" in zlib
  const known = Object.entries(COMPRESS).filter(([encoding]) => encoding !== "zstd" || hasZstd)

  test.each(known)("undoes %s while the bytes come", async (encoding, compress) => {
    const decoded = await decode(contentEncodings(encoding), compress(Buffer.from(TEXT)))
    expect(decoded).toEqual({ text: TEXT, failed: false })
  })

  test.each(known)("tells what a body of %s held that was cut off", async (encoding, compress) => {
    const bytes = compress(Buffer.from(TEXT))
    const { text, failed } = await decode(
      contentEncodings(encoding),
      bytes.subarray(0, bytes.byteLength - 20),
    )
    expect(failed).toBe(false)
    expect(TEXT.startsWith(text)).toBe(true)
  })

  test("fails on bytes that are not in the encoding, and on encodings that nobody knows", async () => {
    expect(await decode(["gzip"], Buffer.from("no gzip at all"))).toEqual({ text: "", failed: true })
    expect(await decode(["br", "gzip"], zlib.gzipSync(Buffer.from([0xff, 0xff, 0xff])))).toMatchObject({
      failed: true,
    })
    expect(await decode(["compress"], Buffer.from("x"))).toEqual({ text: "", failed: true })
    expect(await decode(["compress", "gzip"], zlib.gzipSync("x"))).toEqual({ text: "", failed: true })
  })

  test("stops at a bound, so that a small body cannot fill the memory", async () => {
    const bytes = zlib.gzipSync(Buffer.alloc(10 * 1024 * 1024))
    const { text, failed } = await decode(["gzip"], bytes, 1024 * 1024)
    expect(failed).toBe(true)
    expect(text.length).toBeLessThanOrEqual(1024 * 1024)
    const twice = await decode(["gzip", "gzip"], zlib.gzipSync(bytes), 1024 * 1024)
    expect(twice.failed).toBe(true)
  })
})
