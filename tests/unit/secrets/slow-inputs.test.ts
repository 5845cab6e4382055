import { describe, expect, test } from "vitest"
import { createScanner } from "../../../src/secrets/index.ts"
import { countWork } from "../../support/count-work.ts"
import { hotInputs } from "../../support/hot-inputs.ts"
import { describeSlowInput, searchSlowInputs, slowText } from "../../support/slow-inputs.ts"

const SEED = 20_261_120
const TRIALS = 250
const LENGTH = 4_000
const FINALISTS = 3
const FINAL_LENGTH = 24_000
/** Characters looked at for each character of the text: what is dense in names is read by every pass, view and round. */
const MAX_WORK = 900
/** Of counted work at lengths where views of views still come in; quadratic work shows as 4. */
const MAX_GROWTH = 2.3

const scanner = createScanner()

function workOf(text: string): number {
  return countWork(() => scanner.scan(text))
}

describe("work on inputs that were searched for", () => {
  test("stays within its bound and grows with the length of the text", { timeout: 120_000 }, () => {
    let trials = 0
    const worst = searchSlowInputs(
      SEED,
      (pieces) => workOf(slowText(pieces, LENGTH)) / LENGTH,
      () => trials++ < TRIALS,
    )
    expect(worst.length).toBeGreaterThan(FINALISTS)
    for (const input of worst.slice(0, FINALISTS)) {
      const half = workOf(slowText(input.pieces, FINAL_LENGTH / 2))
      const full = workOf(slowText(input.pieces, FINAL_LENGTH))
      const told = `seed ${SEED}: ${describeSlowInput(input)} repeated`
      expect(full / FINAL_LENGTH, `work per character, ${told}`).toBeLessThan(MAX_WORK)
      expect(full / half, `growth per doubling, ${told}`).toBeLessThanOrEqual(MAX_GROWTH)
    }
  })
})

describe("countWork", () => {
  test("sees quadratic work in loops, slices and patterns, and puts everything back", () => {
    const methods = (): unknown[] => [
      ...Object.values(Object.getOwnPropertyDescriptors(String.prototype)),
      Object.getOwnPropertyDescriptor(RegExp.prototype, "exec"),
    ]
    const before = methods()
    const loops = [
      (text: string): void => {
        for (let i = 0; i < text.length; i++) for (let j = 0; j < i; j++) text.charCodeAt(j)
      },
      (text: string): void => {
        for (let i = 0; i < text.length; i++) text.slice(i)
      },
      (text: string): void => {
        for (let i = 0; i < text.length; i++) /b/.test(text)
      },
    ]
    for (const loop of loops) {
      const growth = countWork(() => loop("a".repeat(800))) / countWork(() => loop("a".repeat(400)))
      expect(growth).toBeGreaterThan(3.4)
    }
    expect(countWork(() => /b/.test("a".repeat(1000)))).toBeGreaterThanOrEqual(1000)
    expect(methods()).toEqual(before)
  })

  test("counts the same work for the same scan", () => {
    const text = hotInputs(2000)
      .map((input) => input.text)
      .join("\n")
    scanner.scan(text)
    expect(workOf(text)).toBe(workOf(text))
  })
})
