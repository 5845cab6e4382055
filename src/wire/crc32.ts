// `crc32` of node:zlib came only with Node 20.15, and Airlock runs on every Node 20. Made when first needed: only Bedrock
// streams do.
let table: Uint32Array | undefined

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
}

/** CRC-32 (ISO-HDLC, as in gzip) of `bytes` from `start` to before `end`, as an unsigned number. */
export function crc32(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  table ??= crcTable()
  let crc = 0xffffffff
  for (let index = start; index < end; index += 1) {
    crc = (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
  }
  return (crc ^ 0xffffffff) >>> 0
}
