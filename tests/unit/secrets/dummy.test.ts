import { describe, expect, test } from "vitest"
import { isDummy } from "../../../src/secrets/dummy.ts"
import { createScanner } from "../../../src/secrets/index.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  fakeToken,
  HEX,
  LOWER,
  LOWER_ALNUM,
  UPPER_ALNUM,
  UPPER_HEX,
} from "../../support/fake-token.ts"

/** Per alphabet. */
const TOKENS = 100_000
const LENGTHS = [16, 20, 24, 32, 40, 64]

describe("stand-ins in a vendor's format", () => {
  test.each([
    ["x repeated", `glpat-${"x".repeat(20)}`],
    ["X repeated, in two parts", `glsa_${"X".repeat(32)}_${"A".repeat(8)}`],
    ["a digit repeated", `glc_${"1".repeat(40)}=`],
    ["the nil UUID", ["0".repeat(8), "0".repeat(4), "0".repeat(4), "0".repeat(4), "0".repeat(12)].join("-")],
    ["filler of several kinds", `xoxb-${"0".repeat(10)}-${"0".repeat(13)}-${"x".repeat(24)}`],
    ["a long alphabet with digits", `sk-acme01-abc123xyz-${LOWER}-${DIGITS}-fghijklmnop-456def789AA`],
    ["digits counted over and over", `ntn_${"1234567890".repeat(5)}`],
  ])("%s is one", (_, token) => {
    expect(isDummy(token)).toBe(true)
  })

  test.each([
    ["a short body", `AKC${"x".repeat(10)}`],
    ["an alphabet", `gsk_${LOWER}${DIGITS}`],
    ["another letter repeated", `sk_live_${"A".repeat(24)}`],
    ["a real token with zero bytes in its middle", `fm2_lJPEC${"A".repeat(9)}${fakeToken(BASE64, 40)}`],
    ["filler in the lesser part", `tok_${"x".repeat(16)}${fakeToken(ALNUM, 24)}`],
    ["counted digits of a phone or card", "tel_1234567890123456"],
  ])("%s is none", (_, token) => {
    expect(isDummy(token)).toBe(false)
  })

  test("a rule reports none of them", () => {
    const scanner = createScanner({ disable: ["keyword"] })
    expect(scanner.scan(`glpat-${"x".repeat(20)}`)).toEqual([])
    expect(scanner.scan(`glpat-${fakeToken(ALNUM, 20)}`)).toHaveLength(1)
  })

  test.each(
    [HEX, UPPER_HEX, DIGITS, LOWER, LOWER_ALNUM, UPPER_ALNUM, ALNUM, BASE64, BASE64URL].map(
      (alphabet) => [alphabet.slice(0, 12), alphabet] as const,
    ),
  )("none of 100 000 random tokens of %s… is taken for one", (_, alphabet) => {
    let vetoes = 0
    for (let seed = 0; seed < TOKENS; seed++)
      if (isDummy(fakeToken(alphabet, LENGTHS[seed % LENGTHS.length] ?? 32, seed))) vetoes++
    expect(vetoes).toBe(0)
  })
})
