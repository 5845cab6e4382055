import { describe, expect, test } from "vitest"
import { cacheFindings, type CacheVerdict } from "../../../../src/intercept/index.ts"
import { claudePairs } from "./labelled-claude.ts"
import { openaiPairs } from "./labelled-openai.ts"
import { otherPairs } from "./labelled-others.ts"
import type { LabelledPair } from "./scene.ts"

const FLOOR = 0.95
const pairs = [...claudePairs, ...openaiPairs, ...otherPairs]

function verdictOf({ calls }: LabelledPair): CacheVerdict | undefined {
  return cacheFindings(calls).at(-1)?.verdict
}

const wrong = pairs.flatMap((pair) => {
  const verdict = verdictOf(pair)
  return verdict === pair.label ? [] : [{ name: pair.name, label: pair.label, verdict }]
})

describe("the labelled set of pairs of calls", () => {
  test("has at least forty pairs, every dialect and every verdict", () => {
    expect(pairs.length).toBeGreaterThanOrEqual(40)
    expect(new Set(pairs.map(({ name }) => name)).size).toBe(pairs.length)
    expect(new Set(pairs.flatMap(({ calls }) => calls.map(({ dialect }) => dialect))).size).toBe(6)
    const verdicts: readonly CacheVerdict[] = [
      ...(["hit", "not-cached", "initial", "tools", "system"] as const),
      ...(["history-rewritten", "model-changed", "time-to-live", "server-side", "unknown"] as const),
    ]
    expect(new Set(pairs.map(({ label }) => label))).toEqual(new Set(verdicts))
  })

  test("is judged right in at least 95 of 100 pairs", () => {
    const share = 1 - wrong.length / pairs.length
    expect(share, JSON.stringify(wrong, null, 2)).toBeGreaterThanOrEqual(FLOOR)
  })

  test("would miss the floor with other labels", () => {
    const judged = pairs.map(verdictOf)
    const right = pairs.filter((_, index) => judged[index] === pairs.at(index - 1)?.label)
    expect(right.length / pairs.length).toBeLessThan(FLOOR)
  })

  test("never gets a guess where the evidence does not suffice", () => {
    expect(wrong.filter(({ label }) => label === "unknown")).toEqual([])
  })

  test.each(pairs)("$name: every verdict has its evidence", (pair) => {
    for (const { verdict, evidence, lostTokens } of cacheFindings(pair.calls)) {
      expect(evidence.length).toBeGreaterThan(0)
      expect(evidence.every(({ text }) => text.length > 0)).toBe(true)
      expect(lostTokens).toBeGreaterThanOrEqual(0)
      if (verdict === "hit" || verdict === "not-cached" || verdict === "initial") expect(lostTokens).toBe(0)
    }
  })
})
