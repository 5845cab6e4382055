import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createScanner, type Finding } from "../../../src/secrets/index.ts"
import { maskedView } from "../../../src/secrets/placeholder-gaps.ts"
import { scanRounds } from "../../../src/secrets/rounds.ts"
import { ALNUM, fakeToken } from "../../support/fake-token.ts"
import { secretTexts } from "../../support/secret-texts.ts"

const scanner = createScanner()
/** Lines without anything to find, longer than what is looked at whole. */
const CLEAN = "  const total = items.reduce((sum, item) => sum + item.price, 0)\n".repeat(400)

/** Says where each `needle` stands whose text before it matches `before`. */
function found(text: string, needle: RegExp): Finding[] {
  return [...text.matchAll(needle)].map(({ index, 0: whole }) => ({
    ruleId: "test",
    start: index,
    end: index + whole.length,
  }))
}

describe("scanRounds", () => {
  test("finds in a long text what only shows once its neighbour is masked", () => {
    const text = `${CLEAN}A B\n${CLEAN}B\n${CLEAN}A B`
    const scan = (part: string): Finding[] => [...found(part, /\bA\b/g), ...found(part, /(?<=> )B/g)]
    const findings = scanRounds(text, scan)
    expect(findings.map(({ start, end }) => text.slice(start, end))).toEqual(["A", "B", "A", "B"])
    expect(findings.map(({ start }) => start)).toEqual([
      CLEAN.length,
      CLEAN.length + 2,
      text.length - 3,
      text.length - 1,
    ])
  })

  test("looks at a long text again only around what was found", () => {
    const text = `${CLEAN}A\n${CLEAN}`
    const lengths: number[] = []
    scanRounds(text, (part) => {
      lengths.push(part.length)
      return found(part, /\bA\b/g)
    })
    expect(lengths[0]).toBe(text.length)
    expect(lengths.slice(1).reduce((sum, length) => sum + length, 0)).toBeLessThan(text.length / 4)
  })

  test("takes no text that a part cuts off for one that ends there", () => {
    const text = `${CLEAN}A${CLEAN}`
    const scan = (part: string, isWhole: boolean): Finding[] => {
      const atEdges = isWhole
        ? []
        : [
            { ruleId: "edge", start: 0, end: 5 },
            { ruleId: "edge", start: part.length - 5, end: part.length },
          ]
      return [...atEdges, ...found(part, /\bA\b/g)].toSorted((a, b) => a.start - b.start)
    }
    expect(scanRounds(text, scan).map(({ ruleId }) => ruleId)).toEqual(["test"])
  })

  test("leaves nothing to find in long texts with secrets here and there", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(secretTexts, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.map((part) => `${CLEAN}${part}\n`).join("")
        const view = maskedView(text, scanner.scan(text))
        expect(scanner.scan(view.text)).toEqual([])
      }),
      { numRuns: 300, seed: 20_261 },
    )
  })
})

describe("maskedView", () => {
  test("maps the ends of findings there and back", () => {
    const text = `a ${fakeToken(ALNUM, 40)} b ${fakeToken(ALNUM, 9)} c`
    const findings = [
      { ruleId: "x", start: 2, end: 42 },
      { ruleId: "x", start: 45, end: 54 },
    ]
    const view = maskedView(text, findings)
    for (const offset of [0, 1, 2, 42, 43, 45, 54, 56])
      expect(view.original(view.masked(offset))).toBe(offset)
    expect(view.text.slice(view.masked(42), view.masked(45))).toBe(" b ")
  })
})
