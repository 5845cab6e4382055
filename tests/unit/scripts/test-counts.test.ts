import { describe, expect, test } from "vitest"
import { testCounts } from "../../../scripts/test-counts.ts"

describe("the numbers that the gate adds up", () => {
  test("come from bun's closing lines", () => {
    const output =
      "bun test v1.3.14\n\n 55 pass\n 1 skip\n 2 fail\n 146 expect() calls\nRan 58 tests across 4 files."
    expect(testCounts(output)).toEqual({ passed: 55, failed: 2 })
  })

  test("come from vitest's closing lines, with and without failures, also in colour", () => {
    const closing =
      " Test Files  4 passed (4)\n      Tests  55 passed | 1 skipped (56)\n   Start at  15:17:32\n"
    expect(testCounts(closing)).toEqual({ passed: 55, failed: 0 })
    const mixed =
      "\u001b[2m      Tests \u001b[22m \u001b[31m3 failed\u001b[39m | \u001b[32m12 passed\u001b[39m (15)"
    expect(testCounts(mixed)).toEqual({ passed: 12, failed: 3 })
  })

  test("are none where no test ran", () => {
    expect(testCounts("Found 0 warnings and 0 errors.\n 3 passed by\n")).toEqual({ passed: 0, failed: 0 })
  })
})
