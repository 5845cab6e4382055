import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isMaskableValue } from "../../../src/redact/known-values.ts"
import { createMasker, type Masker } from "../../../src/redact/masker.ts"
import type { Scanner } from "../../../src/secrets/rule.ts"

const blind: Scanner = { ruleIds: [], scan: () => [] }

function knowing(...values: string[]): Masker {
  const known = Object.fromEntries(values.map((value, index) => [`VALUE_${index}`, value]))
  return createMasker({ scanner: blind, known })
}

const awkward = 'p"ss wörd/+&\\\n!(x)'

describe("known values", () => {
  test("may be undefined, as in process.env, and are an error naming the key where they are no text", () => {
    const known = { PASS: "tr0ub4dor", GONE: undefined }
    expect(createMasker({ scanner: blind, known }).mask("tr0ub4dor").findings).toHaveLength(1)
    for (const value of [42, null, ["hunter2"]]) {
      // @ts-expect-error from JavaScript anything may come
      expect(() => createMasker({ scanner: blind, known: { ...known, PIN: value } })).toThrow(
        /^known: the value of "PIN" must be a string, it is (?:of type (?:number|object)|null)$/,
      )
    }
  })

  test("are masked wherever they stand, under one rule id", () => {
    const masked = knowing("hunter2").mask("mysql -p'hunter2' # hunter2, hunter2.")
    expect(masked.text).not.toContain("hunter2")
    expect(masked.findings.map(({ ruleId }) => ruleId)).toEqual(["known-value", "known-value", "known-value"])
  })

  test.each([
    ["plain", awkward],
    ["JSON-escaped", JSON.stringify(awkward)],
    ["JSON-escaped twice", JSON.stringify(JSON.stringify(awkward))],
    ["URL-encoded", encodeURIComponent(awkward)],
    ["URL-encoded in lower case", encodeURIComponent(awkward).replace(/%../g, (hex) => hex.toLowerCase())],
    ["form-encoded", new URLSearchParams({ v: awkward }).toString().slice(2)],
    ["base64", Buffer.from(awkward).toString("base64")],
    ["base64url", Buffer.from(awkward).toString("base64url")],
    ["base64 after one byte", Buffer.from(`u${awkward}`).toString("base64")],
    ["base64 after a user name", Buffer.from(`admin:${awkward}`).toString("base64")],
    ["base64 between other bytes", Buffer.from(`ab${awkward}xyz`).toString("base64")],
  ])("are found %s", (_, form) => {
    const masker = knowing(awkward)
    const masked = masker.mask(`see ${form} there`)
    expect(masked.findings).toHaveLength(1)
    const left = masked.text.replace(/<REDACTED:[0-9a-f]{14}>/, "")
    expect(Buffer.from(left.replace(/^see | there$/g, ""), "base64").toString()).not.toMatch(/ss w|örd|\(x\)/)
    expect(masker.restore(masked.text).text).toBe(`see ${form} there`)
  })

  test("leave no base64 digit that holds a part of them", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme-ascii", minLength: 8, maxLength: 40 }).filter(isMaskableValue),
        fc.string({ unit: "grapheme-ascii", maxLength: 8 }),
        fc.string({ unit: "grapheme-ascii", maxLength: 8 }),
        (value, before, after) => {
          const encoded = Buffer.from(before + value + after).toString("base64")
          const { findings } = knowing(value).mask(encoded)
          const start = Math.floor((before.length * 8) / 6)
          const end = Math.ceil(((before.length + value.length) * 8) / 6)
          expect(findings.some((finding) => finding.start <= start && finding.end >= end)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test("take the longest value that stands at a place", () => {
    const masked = knowing("secret-value", "secret-value-long").mask("secret-value-long")
    expect(masked.findings).toMatchObject([{ start: 0, end: 17 }])
  })

  test("leave no half behind where two of them overlap", () => {
    const masked = knowing("abcdefgh-1234", "1234-ijklmnop").mask("x abcdefgh-1234-ijklmnop y")
    expect(masked.text).toMatch(/^x <REDACTED:[0-9a-f]{14}> y$/)
  })

  test("join with what the scanner finds at the same place", () => {
    const scanner: Scanner = {
      ruleIds: ["url"],
      scan: (text) => {
        const start = text.indexOf("user:")
        return start < 0 ? [] : [{ ruleId: "url", start, end: start + 10 }]
      },
    }
    const masker = createMasker({ scanner, known: { A: "hunter2hunter2" } })
    const masked = masker.mask("pg://user:hunter2hunter2@db")
    expect(masked.text).toMatch(/^pg:\/\/<REDACTED:[0-9a-f]{14}>@db$/)
    expect(masked.findings).toMatchObject([{ ruleId: "known-value", start: 5, end: 24 }])
  })

  test("that are short, common words, ports or years are ignored", () => {
    const ignored = [
      "",
      "abc",
      "  ",
      "true",
      "TRUE",
      "localhost",
      "production",
      "3000",
      "5432",
      "2026",
      "postgres",
    ]
    expect(ignored.filter(isMaskableValue)).toEqual([])
    const text = `listening on localhost 3000, production: true, ${ignored.join(" ")}`
    expect(knowing(...ignored).mask(text).text).toBe(text)
  })

  test("that are short match as whole words only, and short numbers not as quantities", () => {
    const masker = knowing("hunter2", "4821", "swordfish")
    for (const text of [
      "xhunter2",
      "hunter21",
      "14821",
      "48213",
      "retry in 4821 ms",
      "4821ms",
      "4821%",
      "swordfishes",
    ]) {
      expect(masker.mask(text).text).toBe(text)
    }
    for (const text of ["/debug/4821 200", "pin=4821", "-p'4821'", "hunter2.", "(swordfish)"]) {
      expect(masker.mask(text).findings).toHaveLength(1)
    }
  })

  test("that are long match inside other text", () => {
    expect(knowing("tok-EZ3vCb").mask("xtok-EZ3vCbx").findings).toHaveLength(1)
  })

  test("never match inside a placeholder", () => {
    const masker = knowing("hunter2-hunter2", "REDACTED", "0000")
    const masked = masker.mask("hunter2-hunter2 <REDACTED:00000000000000>").text
    expect(masked).toMatch(/^<REDACTED:[0-9a-f]{14}> <REDACTED:00000000000000>$/)
    expect(masker.mask(masked).text).toBe(masked)
  })

  test("keep mask idempotent and reversible whatever they are", () => {
    const value = fc.oneof(
      fc.string({ minLength: 4, maxLength: 9, unit: fc.constantFrom("a", "b", "<", "R", "0", "=") }),
    )
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.array(value, { maxLength: 12 }),
        (values, parts) => {
          const masker = knowing(...values)
          const original = parts.join("")
          const masked = masker.mask(original).text
          expect(masker.mask(masked).text).toBe(masked)
          expect(masker.restore(masked).text).toBe(original)
        },
      ),
      { numRuns: 500 },
    )
  })

  test("cost time that grows with the text, not with its square", () => {
    const masker = createMasker({
      scanner: blind,
      known: { A: "a".repeat(300), B: `${"a".repeat(200)}b` },
      cacheBytes: 0,
    })
    const timed = (length: number): number => {
      const text = "a".repeat(length)
      const startedAt = performance.now()
      masker.mask(text)
      return performance.now() - startedAt
    }
    timed(50_000)
    // Eight times the text; its square would be 64 times the time.
    expect(timed(400_000) / Math.max(1, timed(50_000))).toBeLessThan(32)
  })
})
