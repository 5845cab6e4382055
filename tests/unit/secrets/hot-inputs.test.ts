import { describe, expect, test } from "vitest"
import { createScanner } from "../../../src/secrets/index.ts"
import { hotInputs } from "../../support/hot-inputs.ts"

/** Generous: a loaded machine is slow. Quadratic work on these inputs takes seconds; `bench/scan.ts` holds 20 ms. */
const LIMIT_MS = 150

const scanner = createScanner()

function bestMs(text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 4; run++) {
    const start = performance.now()
    scanner.scan(text)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

describe("inputs of 100 KB that make careless patterns quadratic", () => {
  test.each(hotInputs(100_000).map(({ name, text }) => [name, text] as const))("%s", (_, text) => {
    expect(bestMs(text)).toBeLessThan(LIMIT_MS)
  })
})
