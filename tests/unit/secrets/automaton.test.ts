import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { buildAutomaton } from "../../../src/secrets/automaton.ts"

/** What the automaton must report, found the slow way: `[keyword, end]` in order of end. */
function naive(keywords: readonly string[], text: string): string[] {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const hits: string[] = []
  for (let end = 1; end <= text.length; end++)
    for (const keyword of keywords) if (folded.slice(0, end).endsWith(keyword)) hits.push(`${end} ${keyword}`)
  return hits.sort()
}

/** The same for long texts. */
function found(keywords: readonly string[], text: string): string[] {
  const hits: string[] = []
  for (const keyword of keywords)
    for (let at = text.indexOf(keyword); at !== -1; at = text.indexOf(keyword, at + 1))
      hits.push(`${at + keyword.length} ${keyword}`)
  return hits.sort()
}

function hitsOf(keywords: readonly string[], text: string): string[] {
  const automaton = buildAutomaton(keywords)
  const walk = automaton.walk(text)
  const hits: string[] = []
  for (let i = 0; i < walk.hits; i++)
    for (const number of automaton.outputs[walk.hitStates[i] ?? 0] ?? [])
      hits.push(`${walk.hitEnds[i]} ${keywords[number]}`)
  return hits.sort()
}

describe("buildAutomaton", () => {
  test("reports keywords inside and across each other, whatever the case of ASCII letters", () => {
    const keywords = ["pass", "password", "word", "ss", "://", "q~"]
    expect(hitsOf(keywords, "xPaSSword://Q~")).toEqual(naive(keywords, "xPaSSword://Q~"))
    expect(hitsOf(keywords, "xPaSSword://Q~")).toContain("9 password")
  })

  test("agrees with searching for every keyword at every place", () => {
    const alphabet = fc.constantFrom("a", "b", "-", "A", "é", "\u{1F511}")
    const keyword = fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.uniqueArray(keyword, { maxLength: 12 }),
        fc.string({ unit: alphabet, maxLength: 60 }),
        (keywords, text) => {
          expect(hitsOf(keywords, text)).toEqual(naive(keywords, text))
        },
      ),
      { numRuns: 2000, seed: 7 },
    )
  })

  test("keeps all hits of a text with more hits than its buffer holds at first", () => {
    const automaton = buildAutomaton(["a"])
    const { hits, hitEnds } = automaton.walk("a".repeat(5000))
    expect(hits).toBe(5000)
    expect(hitEnds[4999]).toBe(5000)
  })

  test("finds in long texts, which are walked in two halves, what it finds in short ones", () => {
    const keywords = ["abab", "bba", "a-b-a-b", "b"]
    const part = fc.constantFrom("abab", "bba", "a-b-a-b", "-", "c", "é", "x1".repeat(5), "y".repeat(19), " ")
    fc.assert(
      fc.property(fc.array(part, { minLength: 500, maxLength: 700 }), fc.nat(40), (parts, shift) => {
        const text = `${parts.join("")}${"-".repeat(2048)}`.slice(shift)
        expect(hitsOf(keywords, text)).toEqual(found(keywords, text))
        const { runs, runStarts } = buildAutomaton(keywords).walk(text)
        const expected = [...text.matchAll(/[A-Za-z0-9+/_-]{20,}/g)].map(({ index }) => index)
        expect([...runStarts.subarray(0, runs)]).toEqual(expected)
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  test("notes where every run of 20 or more token characters begins", () => {
    const automaton = buildAutomaton(["key"])
    const unit = fc.constantFrom("a", "Z", "0", "_", "-", "/", "+", " ", "é", ".", "\n")
    const text = fc.array(fc.oneof(unit, fc.constantFrom("x1".repeat(10), "b".repeat(19))), { maxLength: 12 })
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join("")
        const { runs, runStarts } = automaton.walk(whole)
        const expected = [...whole.matchAll(/[A-Za-z0-9+/_-]{20,}/g)].map(({ index }) => index)
        expect([...runStarts.subarray(0, runs)]).toEqual(expected)
      }),
      { numRuns: 1000, seed: 7 },
    )
    expect(automaton.walk(`${"a".repeat(20)} `.repeat(3000)).runs).toBe(3000)
  })
})
