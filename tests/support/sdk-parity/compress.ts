import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib"

type Compress = (bytes: Uint8Array) => Uint8Array

/** What a server may do to a body, by the `Content-Encoding` that it then sends. */
export const COMPRESS: Readonly<Record<string, Compress>> = {
  gzip: gzipSync,
  GZIP: gzipSync,
  "x-gzip": gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdStored,
  "gzip, br": (bytes) => brotliCompressSync(gzipSync(bytes)),
  "deflate, gzip": (bytes) => gzipSync(deflateSync(bytes)),
}

/** `deflate` as some servers send it, without the header of zlib. */
export const deflateRaw: Compress = deflateRawSync

/** A zstd frame (RFC 8878) with its bytes stored as they are: Node 20 cannot write one that compresses. */
export function zstdStored(bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(9)
  head.writeUInt32LE(0xfd2fb528, 0)
  // Single segment, content size in four bytes.
  head.writeUInt8(0xa0, 4)
  head.writeUInt32LE(bytes.byteLength, 5)
  const blocks = []
  for (let at = 0; at < bytes.byteLength; at += 1000) {
    const block = bytes.subarray(at, at + 1000)
    const isLast = at + 1000 >= bytes.byteLength
    const start = Buffer.alloc(3)
    start.writeUIntLE(block.byteLength * 8 + (isLast ? 1 : 0), 0, 3)
    blocks.push(start, block)
  }
  return Buffer.concat([head, ...blocks])
}
