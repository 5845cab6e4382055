import type { Transform } from "node:stream"
import * as zlib from "node:zlib"
import { crc32 } from "./crc32.ts"

// A body of a few kilobytes can expand to gigabytes.
const MAX_DECODED_BYTES = 256 * 1024 * 1024
const MAX_WAITING_BYTES = 16 * 1024 * 1024
/** Bytes that `looksDecoded` wants to see. */
export const SIGNATURE_BYTES = 16

/** The encodings that a `Content-Encoding` header names, in the order in which they were applied. */
export function contentEncodings(header: string | null): readonly string[] {
  const names = (header ?? "").split(",").map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== "" && name !== "identity")
}

/**
 * Whether a body under a `Content-Encoding` was decoded by the host's fetch, which keeps the header all the same. Judges by
 * the first bytes: JSON and text hold no control characters and are UTF-8, an AWS event stream has a checksum. (Node 20
 * leaves zstd encoded; Bun 1.3 `x-gzip`, names in capitals, and two encodings at once.)
 */
export function looksDecoded(start: Uint8Array): boolean {
  const first = start.subarray(0, SIGNATURE_BYTES)
  if (first.byteLength >= 12) {
    const view = new DataView(first.buffer, first.byteOffset, first.byteLength)
    if (view.getUint32(8) === crc32(first, 0, 8)) return true
  }
  if (first.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false
  try {
    // With `stream` a character that is cut off at the end is no error.
    new TextDecoder("utf-8", { fatal: true }).decode(first, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Undoes content encodings while the bytes come. Never throws; what cannot be decoded sets `failed`. */
export class ContentDecoder {
  /** None where an encoding is unknown. */
  readonly #steps: readonly Transform[]
  readonly #ended: Promise<void>
  readonly #maxDecodedBytes: number
  #decodedBytes = 0
  #failed: boolean

  /** @param onBytes gets what was decoded, soon after the bytes were pushed; must not throw. */
  constructor(
    encodings: readonly string[],
    onBytes: (bytes: Uint8Array) => void,
    maxDecodedBytes: number = MAX_DECODED_BYTES,
  ) {
    this.#maxDecodedBytes = maxDecodedBytes
    const steps = encodings.toReversed().map(decoderOf)
    const known = steps.filter((step) => step !== undefined)
    this.#failed = known.length < steps.length
    this.#steps = this.#failed ? [] : known
    for (const [index, step] of this.#steps.entries()) {
      step.on("error", () => this.#fail())
      const next = this.#steps[index + 1]
      if (next !== undefined) step.pipe(next)
    }
    const last = this.#steps.at(-1)
    last?.on("data", (bytes: Uint8Array) => this.#decoded(bytes, onBytes))
    this.#ended = new Promise((resolve) => {
      last?.once("end", resolve).once("close", resolve)
      if (last === undefined) resolve()
    })
  }

  /** An encoding that this runtime does not know, bytes that are not in it, or too many of them. */
  get failed(): boolean {
    return this.#failed
  }

  push(bytes: Uint8Array): void {
    const first = this.#steps[0]
    if (this.#failed || first === undefined) return
    // The caller may overwrite its bytes, and these are read later. (`slice` of a Buffer would be no copy.)
    first.write(new Uint8Array(bytes))
    if (first.writableLength > MAX_WAITING_BYTES) this.#fail()
  }

  /** To be called when no byte follows; waits for what is still being decoded. */
  async end(): Promise<void> {
    if (!this.#failed) this.#steps[0]?.end()
    await this.#ended
  }

  #decoded(bytes: Uint8Array, onBytes: (bytes: Uint8Array) => void): void {
    this.#decodedBytes += bytes.byteLength
    if (this.#decodedBytes > this.#maxDecodedBytes) this.#fail()
    if (!this.#failed) onBytes(bytes)
  }

  #fail(): void {
    this.#failed = true
    for (const step of this.#steps) step.destroy()
  }
}

// What a body that was cut off holds up to there is wanted, so its missing end is no error.
function decoderOf(encoding: string): Transform | undefined {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants
  if (encoding === "gzip" || encoding === "x-gzip") return zlib.createGunzip({ finishFlush: Z_SYNC_FLUSH })
  if (encoding === "deflate") return zlib.createInflate({ finishFlush: Z_SYNC_FLUSH })
  if (encoding === "br") return zlib.createBrotliDecompress({ finishFlush: BROTLI_OPERATION_FLUSH })
  return encoding === "zstd" ? zstdDecoder() : undefined
}

/** Node has zstd since 22.15. */
function zstdDecoder(): Transform | undefined {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress")
  if (typeof create !== "function") return undefined
  return zlib.createZstdDecompress({ finishFlush: zlib.constants.ZSTD_e_flush })
}
