import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { placeholderPattern } from "../../../src/base/placeholder.ts"
import { createMasker, type Masker } from "../../../src/redact/masker.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"
import { createScanner } from "../../../src/secrets/scanner.ts"
import { anyTexts, secretTexts } from "../../support/secret-texts.ts"

const scanner = createScanner()
const key = new Uint8Array(32).fill(7)
const RUNS = { numRuns: 400, seed: 20_263 }

function localMasker(): Masker {
  return createMasker({ scanner, vault: createMemoryVault({ key }) })
}

describe("mask, with the built-in rules", () => {
  test("is undone by restore, exactly", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const masker = localMasker()
        expect(masker.restore(masker.mask(text).text).text).toBe(text)
      }),
      RUNS,
    )
  })

  test("changes nothing the second time, also for another masker with the same key", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const masker = localMasker()
        const once = masker.mask(text).text
        expect(masker.mask(once).text).toBe(once)
        expect(localMasker().mask(once).text).toBe(once)
      }),
      RUNS,
    )
  })

  test("reports findings in order, apart, inside the text, and outside of its placeholders", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const { findings } = localMasker().mask(text)
        let last = 0
        for (const { start, end } of findings) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
        for (const { index, 0: placeholder } of text.matchAll(placeholderPattern())) {
          const end = index + placeholder.length
          expect(findings.filter((finding) => finding.start < end && finding.end > index)).toEqual([])
        }
      }),
      RUNS,
    )
  })

  test("puts a placeholder where each finding stands, and leaves every other character", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const masker = localMasker()
        const masked = masker.mask(text)
        let rest = masked.text
        let from = 0
        for (const { start, end } of masked.findings) {
          const kept = text.slice(from, start)
          expect(rest.startsWith(kept)).toBe(true)
          const placeholder = rest.slice(kept.length, kept.length + 25)
          expect(masker.restore(placeholder).text).toBe(text.slice(start, end))
          rest = rest.slice(kept.length + 25)
          from = end
        }
        expect(rest).toBe(text.slice(from))
      }),
      RUNS,
    )
  })

  test("masks a text that was masked and goes on as it would have", () => {
    fc.assert(
      fc.property(secretTexts, secretTexts, (before, after) => {
        const masker = localMasker()
        const once = `${masker.mask(before).text}\n\n${after}`
        const masked = masker.mask(once)
        expect(masker.restore(masked.text).text).toBe(masker.restore(once).text)
        expect(masker.mask(masked.text).text).toBe(masked.text)
      }),
      RUNS,
    )
  })
})

describe("maskValue and maskTexts, with the built-in rules", () => {
  test("are undone by restore and change nothing the second time", () => {
    const rows = fc.array(anyTexts, { maxLength: 4 })
    fc.assert(
      fc.property(rows, (texts) => {
        const masker = localMasker()
        const once = masker.maskTexts(texts)
        expect(once.texts.map((text) => masker.restore(text).text)).toEqual(texts)
        expect(masker.maskTexts(once.texts).texts).toEqual(once.texts)
        const value = masker.maskValue({ list: texts }).value
        expect(masker.maskValue(value).value).toBe(value)
      }),
      RUNS,
    )
  })
})
