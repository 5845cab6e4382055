import { describe, expect, test } from "vitest"
import { splitListedLines } from "../../../src/redact/spans.ts"
import type { Finding } from "../../../src/secrets/rule.ts"

describe("splitListedLines", () => {
  test("takes the line each finding begins in, however many findings and lines there are", () => {
    const text = "1: ab\n2: cd\nplain ef\n8: gh\n9: ij\nkl\n"
    const at = (part: string, length = part.length): Finding => {
      const start = text.indexOf(part)
      return { ruleId: "x", start, end: start + length }
    }
    const found = splitListedLines(text, [at("a", 8), at("ef"), at("gh", 8), at("kl", 3)])
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      "ab",
      "cd",
      "ef",
      "gh",
      "ij",
      "kl\n",
    ])
  })

  test("takes time that grows with the number of findings in one line, not with its square", () => {
    const timed = (count: number): number => {
      const text = "abcdef, ".repeat(count)
      const findings = Array.from({ length: count }, (_, index) => ({
        ruleId: "x",
        start: index * 8,
        end: index * 8 + 6,
      }))
      const times = Array.from({ length: 3 }, () => {
        const startedAt = performance.now()
        splitListedLines(text, findings)
        return performance.now() - startedAt
      })
      return Math.min(...times)
    }
    timed(25_000)
    expect(timed(200_000) / Math.max(0.5, timed(25_000))).toBeLessThan(2.5 ** 3)
  })
})
