import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { gapMark, headOfLines, KeptTexts, tailOfLines } from "../../../src/wire/kept-text.ts"

describe("KeptTexts", () => {
  test("keep everything up to the limit, whatever the pieces and however many texts share it", () => {
    const pieces = fc.array(
      fc.tuple(
        fc.nat({ max: 2 }),
        fc.string({ unit: fc.constantFrom("a", "é", "日", "🔑", "\n"), maxLength: 9 }),
      ),
      {
        maxLength: 40,
      },
    )
    fc.assert(
      fc.property(pieces, (all) => {
        const limit = all.reduce((sum, [, piece]) => sum + piece.length, 0)
        const texts = new KeptTexts(limit)
        const kept = [texts.text(), texts.text(), texts.text()]
        for (const [index, piece] of all) texts.add(kept[index]!, piece)
        const read = texts.read()
        for (const [index, text] of kept.entries()) {
          const expected = all.filter(([owner]) => owner === index).map(([, piece]) => piece)
          expect(read(text)).toEqual({ text: expected.join(""), leftOutBytes: 0 })
        }
      }),
    )
  })

  test("keep the first and the last half of more, and count every byte that is missing", () => {
    const lines = fc.array(fc.string({ maxLength: 20 }), { minLength: 5, maxLength: 200 })
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 10, max: 400 }),
        fc.integer({ min: 1, max: 50 }),
        (all, limit, size) => {
          const whole = all.map((line) => `${line}\n`).join("")
          const texts = new KeptTexts(limit)
          const text = texts.text()
          for (let at = 0; at < whole.length; at += size) texts.add(text, whole.slice(at, at + size))
          const { text: kept, leftOutBytes } = texts.read()(text)
          if (whole.length <= limit) expect(kept).toBe(whole)
          if (whole.length <= limit) return
          const [head = "", tail = ""] = kept.split(gapMark(leftOutBytes))
          expect(whole.startsWith(head)).toBe(true)
          expect(whole.endsWith(tail)).toBe(true)
          expect(head.length).toBeLessThanOrEqual(Math.ceil(limit / 2))
          expect(tail.length).toBeLessThanOrEqual(Math.floor(limit / 2))
          expect(Buffer.byteLength(head) + Buffer.byteLength(tail) + leftOutBytes).toBe(
            Buffer.byteLength(whole),
          )
          // Asking changes nothing.
          expect(texts.read()(text)).toEqual({ text: kept, leftOutBytes })
        },
      ),
    )
  })

  test("of several texts the oldest tails go first", () => {
    const texts = new KeptTexts(20)
    const first = texts.text()
    const second = texts.text()
    texts.add(first, "0123456789")
    texts.add(first, "abcdefghij")
    texts.add(second, "ABCDEFGHIJ")
    expect(texts.read()(first)).toEqual({ text: `0123456789${gapMark(10)}`, leftOutBytes: 10 })
    expect(texts.read()(second)).toEqual({ text: "ABCDEFGHIJ", leftOutBytes: 0 })
  })

  test("keep what two texts say by turns, and no more notes of whose it is than characters", () => {
    const texts = new KeptTexts(100_000)
    const [even, odd] = [texts.text(), texts.text()]
    for (let turn = 0; turn < 200_000; turn += 1)
      texts.add(turn % 2 === 0 ? even : odd, turn % 2 === 0 ? "e" : "o")
    for (const text of [even, odd]) {
      const { text: kept, leftOutBytes } = texts.read()(text)
      expect(leftOutBytes).toBeGreaterThan(0)
      expect(kept.length).toBeGreaterThan(25_000)
      expect(kept.length).toBeLessThan(27_000)
    }
  })

  test("keep a pair of surrogates that comes in two pieces", () => {
    for (const limit of [100, 2]) {
      const texts = new KeptTexts(limit)
      const text = texts.text()
      for (const piece of ["ab", "\ud83d", "\udd11", "\ud83d", "\udd11"]) texts.add(text, piece)
      const { text: kept } = texts.read()(text)
      // Half a pair would not survive UTF-8.
      expect(Buffer.from(kept).toString()).toBe(kept)
      expect(kept.endsWith("🔑")).toBe(limit === 100)
    }
  })

  test("split no pair of surrogates", () => {
    for (let limit = 2; limit < 12; limit += 1) {
      const texts = new KeptTexts(limit)
      const text = texts.text()
      texts.add(text, "🔑".repeat(10))
      const { text: kept, leftOutBytes } = texts.read()(text)
      const [head = "", tail = ""] = kept.split(gapMark(leftOutBytes))
      expect(head + tail).toBe("🔑".repeat((head.length + tail.length) / 2))
      expect(leftOutBytes).toBe(40 - Buffer.byteLength(head + tail))
    }
  })
})

describe("a cut", () => {
  test("falls on the end of a line, else of a word, else anywhere", () => {
    expect(headOfLines("one\ntwo thr")).toBe("one\n")
    expect(headOfLines("one two thr")).toBe("one two ")
    expect(headOfLines("onetwothr")).toBe("onetwothr")
    expect(tailOfLines("ne two\nthree")).toBe("three")
    expect(tailOfLines("ne two three")).toBe("two three")
    expect(tailOfLines("netwothree")).toBe("netwothree")
  })

  test("does not move further than a token is long", () => {
    const long = "x".repeat(2000)
    expect(headOfLines(`one\n${long}`)).toBe(`one\n${long}`)
    expect(tailOfLines(`${long}\none`)).toBe(`${long}\none`)
  })
})
