import { describe, expect, test } from "vitest"
import type { MaskedText } from "../../../src/redact/masked-text.ts"
import { createSeamMemo, type Split } from "../../../src/redact/seam-memo.ts"

const masked = (text: string): { readonly masked: MaskedText } => ({
  masked: { text, findings: [], placeholders: [] },
})
const split = (start: number): Split => new Map([[0, [{ ruleId: "keyword", start, end: start + 4 }]]])

describe("a memo of rows", () => {
  test("tells the split of a row at the version it was found at, and of no other row", () => {
    const memo = createSeamMemo()
    const [a, b] = [masked("a"), masked("b")]
    const found = split(1)
    memo.set(memo.rowOf([a, b]), 3, found)
    expect(memo.get(memo.rowOf([a, b]), 3)).toBe(found)
    expect(memo.get(memo.rowOf([a, b]), 4)).toBeUndefined()
    expect(memo.get(memo.rowOf([b, a]), 3)).toBeUndefined()
    expect(memo.get(memo.rowOf([a]), 3)).toBeUndefined()
    // The same words with another result.
    expect(memo.get(memo.rowOf([masked("a"), b]), 3)).toBeUndefined()
  })

  test("keeps the latest version of a row, and counts it once", () => {
    const memo = createSeamMemo()
    const row = memo.rowOf([masked("a"), masked("b")])
    memo.set(row, 1, split(1))
    const { size } = memo
    const found = split(2)
    memo.set(row, 2, found)
    expect(memo.get(row, 2)).toBe(found)
    expect(memo.size).toBe(size)
  })

  test("never holds more than its bound, and forgets what was not used for long first", () => {
    const memo = createSeamMemo(4000)
    const used = memo.rowOf([masked("used"), masked("row")])
    memo.set(used, 0, new Map())
    const first = memo.rowOf([masked("first"), masked("row")])
    memo.set(first, 0, new Map())
    for (let index = 0; index < 500; index += 1) {
      memo.set(memo.rowOf([masked("a"), masked("b")]), 0, index % 2 === 0 ? new Map() : split(index))
      expect(memo.size).toBeLessThanOrEqual(4000)
      expect(memo.get(used, 0)).toBeDefined()
    }
    expect(memo.get(first, 0)).toBeUndefined()
  })

  test("does not hold a row that is larger than half of its bound", () => {
    const memo = createSeamMemo(4000)
    const row = memo.rowOf(Array.from({ length: 3000 }, () => masked("x")))
    memo.set(row, 0, new Map())
    expect(memo.get(row, 0)).toBeUndefined()
    expect(memo.size).toBe(0)
  })
})
