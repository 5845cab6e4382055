import { describe, expect, test } from "vitest"
import type { MaskedText } from "../../../src/redact/masked-text.ts"
import { createMaskCache } from "../../../src/redact/mask-cache.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"
import { ruleScanner } from "./rule-scanner.ts"

const token = ["tok", "_abcdef", "0123456789"].join("")

function same(text: string): MaskedText {
  return { text, findings: [], placeholders: [] }
}

/** A history of texts of 4 KB each, new string objects every time, as they come out of `JSON.parse`. */
function history(parts: number): string[] {
  const json = JSON.stringify(
    Array.from({ length: parts }, (_, index) => `part ${index} ${"lorem ipsum ".repeat(340)}`),
  )
  return JSON.parse(json) as string[]
}

describe("createMaskCache", () => {
  test("answers what was stored for the same text in the same slot only", () => {
    const cache = createMaskCache(10_000)
    const masked = same("a text")
    cache.set("text:", "a text", masked)
    expect(cache.get("text:", ["a", "text"].join(" "))).toBe(masked)
    expect(cache.get("text:password", "a text")).toBeUndefined()
    expect(cache.get("text:", "another")).toBeUndefined()
  })

  test("never accounts for more than its bound", () => {
    const cache = createMaskCache(50_000)
    for (let index = 0; index < 500; index += 1) {
      const text = `${index} ${"x".repeat(index * 7)}`
      cache.set("text:", text, index % 2 ? same(text) : { ...same(`${text} masked`), placeholders: ["p"] })
      expect(cache.bytes).toBeLessThanOrEqual(50_000)
    }
    expect(cache.bytes).toBeGreaterThan(0)
  })

  test("drops what has not been used for longest and keeps what is used", () => {
    const cache = createMaskCache(20_000)
    cache.set("text:", "in use", same("in use"))
    cache.set("text:", "not in use", same("not in use"))
    for (let index = 0; index < 200; index += 1) {
      cache.set("text:", `filler ${index} ${"x".repeat(100)}`, same(""))
      expect(cache.get("text:", "in use")).toBeDefined()
    }
    expect(cache.get("text:", "not in use")).toBeUndefined()
  })

  test("does not keep a text that alone would fill it, and nothing at all with a bound of 0", () => {
    const cache = createMaskCache(1000)
    cache.set("text:", "x".repeat(600), same(""))
    expect(cache.bytes).toBe(0)
    const none = createMaskCache(0)
    none.set("text:", "a", same("a"))
    expect(none.get("text:", "a")).toBeUndefined()
  })

  test("counts an entry once however often it is stored or moved", () => {
    const cache = createMaskCache(4000)
    for (let round = 0; round < 50; round += 1) {
      cache.set("text:", "a", same("a"))
      cache.set("text:", `b${round % 3}`, same("b"))
      cache.get("text:", "a")
    }
    cache.clear()
    expect(cache.bytes).toBe(0)
    cache.set("text:", "a", same("a"))
    const once = cache.bytes
    cache.set("text:", "a", same("a"))
    expect(cache.bytes).toBe(once)
  })
})

describe("a masker with a cache", () => {
  test("does not scan a text a second time", () => {
    const scanner = ruleScanner()
    const masker = createMasker({ scanner })
    const first = masker.mask(`use ${token}`)
    const scans = scanner.scanned.length
    expect(masker.mask(`use ${token}`)).toEqual(first)
    expect(scanner.scanned).toHaveLength(scans)
    masker.mask(`use ${token}`, { name: "password" })
    expect(scanner.scanned.length).toBeGreaterThan(scans)
  })

  test("scans every time when the cache is switched off", () => {
    const scanner = ruleScanner()
    const masker = createMasker({ scanner, cacheBytes: 0 })
    masker.mask("plain")
    masker.mask("plain")
    expect(scanner.scanned).toEqual(["plain", "plain"])
  })

  test("masks anew once the vault has dropped a placeholder of the text", () => {
    const vault = createMemoryVault()
    const masker = createMasker({ scanner: ruleScanner(), vault })
    const masked = masker.mask(`use ${token}`)
    vault.forget(masked.placeholders[0]!)
    expect(masker.restore(masked.text).unresolved).toHaveLength(1)
    expect(masker.mask(`use ${token}`).text).toBe(masked.text)
    expect(masker.restore(masked.text).text).toBe(`use ${token}`)
  })

  test("counts a cached text as use of its secrets, so a full vault keeps them", () => {
    const vault = createMemoryVault({ maxEntries: 5 })
    const masker = createMasker({ scanner: ruleScanner(), vault })
    const masked = masker.mask(`use ${token}`).text
    for (let index = 0; index < 50; index += 1) {
      masker.mask(`use ${token}`)
      vault.issue(`another-secret-${index}`, "rule")
    }
    expect(masker.restore(masked).text).toBe(`use ${token}`)
  })

  test("scans nothing of an unchanged history of 1.6 MB again", () => {
    const scanner = ruleScanner()
    const masker = createMasker({ scanner })
    for (const part of history(400)) masker.mask(part)
    const scans = scanner.scanned.length
    // Fresh strings of the same content, as the next request has them.
    for (const part of history(400)) masker.mask(part)
    expect(scanner.scanned).toHaveLength(scans)
  })
})
