import * as fc from "fast-check"
import { expect, test } from "vitest"
import { HeadTailBytes } from "../../../src/wire/head-tail-bytes.ts"

/** Pushes pieces of `sizes` in turn, each overwritten afterwards; answers all that was pushed. */
function fill(target: HeadTailBytes, total: number, sizes: readonly number[]): Uint8Array {
  const all = Uint8Array.from({ length: total }, (_, index) => (index * 31 + (index >> 8)) & 0xff)
  for (let at = 0, turn = 0; at < total; turn += 1) {
    const piece = all.slice(at, at + (sizes[turn % sizes.length] ?? 1))
    target.push(piece)
    at += piece.byteLength
    piece.fill(0)
  }
  return all
}

const sizes = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 5 })

test("everything up to the limit is kept, however it is cut", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), sizes, (total, cut) => {
      const bytes = new HeadTailBytes(total)
      const all = fill(bytes, total, cut)
      expect(Buffer.compare(bytes.whole() ?? new Uint8Array(1), all)).toBe(0)
      expect(bytes.bytes).toBe(total)
    }),
    { numRuns: 50 },
  )
})

test("of more, the first and the last half of the limit are kept", () => {
  const totals = fc.integer({ min: 1, max: 100_000 })
  fc.assert(
    fc.property(totals, totals, sizes, (limit, more, cut) => {
      const bytes = new HeadTailBytes(limit)
      const all = fill(bytes, limit + more, cut)
      const { head, tail } = bytes.ends()
      expect(bytes.whole()).toBeUndefined()
      expect(Buffer.compare(head, all.subarray(0, Math.ceil(limit / 2)))).toBe(0)
      expect(Buffer.compare(tail, all.subarray(all.byteLength - Math.floor(limit / 2)))).toBe(0)
    }),
    { numRuns: 50 },
  )
})
