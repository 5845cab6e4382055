import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { placeholderOf, placeholderPattern } from "../../../src/base/placeholder.ts"
import { createScanner, type Finding } from "../../../src/secrets/index.ts"
import { fakePem } from "../../support/fake-token.ts"
import { anyTexts, secretTexts, tokens } from "../../support/secret-texts.ts"

const scanner = createScanner()

/** Stands in for a vault: any fourteen hex digits, different for every finding. */
function mask(text: string, findings: readonly Finding[] = scanner.scan(text)): string {
  let masked = ""
  let from = 0
  findings.forEach(({ start, end }, index) => {
    masked += text.slice(from, start) + placeholderOf((0xabc000 + index).toString(16).padStart(14, "d"))
    from = end
  })
  return masked + text.slice(from)
}

/** Secrets directly between characters that a string of JSON escapes. */
const escapedTexts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\n",
        "\r\n",
        "\t",
        "\b",
        "\f",
        '"',
        "\\",
        "\u0001",
        "\u001f",
        "_",
        "=",
        "x",
        "password",
      ),
      fc.constantFrom(
        ...tokens(),
        fakePem("PRIVATE KEY", 4).slice(40),
        fakePem("RSA PRIVATE KEY", 4).slice(0, 200),
      ),
    ),
    { minLength: 2, maxLength: 12 },
  )
  .map((parts) => parts.join(""))

const RUNS = { numRuns: 3000, seed: 20_261 }

describe("scan", () => {
  test("returns findings in order, disjoint, non-empty and inside the text", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        let last = 0
        for (const { start, end } of scanner.scan(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
      RUNS,
    )
  })

  test("never covers a character of a placeholder", () => {
    fc.assert(
      fc.property(secretTexts, (text) => {
        const findings = scanner.scan(text)
        for (const match of text.matchAll(placeholderPattern())) {
          const end = match.index + match[0].length
          expect(findings.filter((finding) => finding.start < end && finding.end > match.index)).toEqual([])
        }
      }),
      RUNS,
    )
  })

  test("finds nothing more once its findings are masked", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const masked = mask(text)
        expect(mask(masked)).toBe(masked)
      }),
      RUNS,
    )
  })

  test.each([
    ["a string of JSON", (text: string) => JSON.stringify({ out: text }), JSON.parse],
    [
      "a string of JSON in a string of JSON",
      (text: string) => JSON.stringify(JSON.stringify({ out: text.replaceAll('"', "") })),
      (text: string) => JSON.parse(JSON.parse(text)),
    ],
  ])("leaves %s valid", (_, write, read) => {
    fc.assert(
      fc.property(fc.oneof(secretTexts, escapedTexts), (text) => {
        expect(() => read(mask(write(text)))).not.toThrow()
      }),
      RUNS,
    )
  })

  test("does not depend on the digits of placeholders", () => {
    fc.assert(
      fc.property(secretTexts, fc.stringMatching(/^[0-9a-f]{14}$/), (text, hex) => {
        const other = text.replaceAll(placeholderPattern(), placeholderOf(hex))
        expect(scanner.scan(other)).toEqual(scanner.scan(text))
      }),
      RUNS,
    )
  })

  test("moves its findings with the text when characters of two code units stand before it", () => {
    fc.assert(
      fc.property(secretTexts, fc.integer({ min: 1, max: 40 }), (text, count) => {
        const shift = `${"\u{1F600}".repeat(count)}\n`
        const moved = scanner.scan(`\n${text}`).map(({ ruleId, start, end }) => ({
          ruleId,
          start: start + shift.length - 1,
          end: end + shift.length - 1,
        }))
        expect(scanner.scan(shift + text)).toEqual(moved)
      }),
      { ...RUNS, numRuns: 1000 },
    )
  })
})
