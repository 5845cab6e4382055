import { describe, expect, test } from "vitest"
import { looksRandom } from "../../../src/secrets/token-shape.ts"
import { RandomText } from "../../support/clean-text/random-text.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  fakeToken,
  HEX,
  LOWER,
  LOWER_ALNUM,
  UPPER_ALNUM,
} from "../../support/fake-token.ts"

const TOKENS = 5000

function isRandom(token: string): boolean {
  return looksRandom(token, 0, token.length)
}

/** How many of 100 tokens of the alphabet look random. */
function share(alphabet: string, length: number): number {
  let hits = 0
  for (let seed = 1; seed <= TOKENS; seed++) if (isRandom(fakeToken(alphabet, length, seed))) hits++
  return (100 * hits) / TOKENS
}

describe("random characters", () => {
  test.each([
    ["base62", ALNUM, 16, 99],
    ["base62", ALNUM, 20, 99.5],
    ["base62", ALNUM, 32, 99.9],
    ["base64", BASE64, 24, 99],
    ["base64url", BASE64URL, 32, 99.5],
    ["hex", HEX, 20, 95],
    ["hex", HEX, 32, 99.5],
    ["lower-case letters and digits", LOWER_ALNUM, 20, 99],
    ["capitals and digits", UPPER_ALNUM, 24, 96],
    ["lower-case letters", LOWER, 24, 95],
  ] as const)("of %s (%#) look random", (_, alphabet, length, least) => {
    expect(share(alphabet, length)).toBeGreaterThanOrEqual(least)
  })
})

describe("names", () => {
  test.each([
    ["camel case", (r: RandomText) => r.camel(4)],
    ["snake case", (r: RandomText) => r.words(4, "_")],
    ["kebab case with a number", (r: RandomText) => `${r.words(4, "-")}-${r.int(1, 2099)}`],
    ["constants", (r: RandomText) => r.words(4, "_").toUpperCase()],
    ["paths", (r: RandomText) => r.words(5, "/")],
    [
      "names with digits inside",
      (r: RandomText) => `${r.camel(2)}${r.int(2, 9)}${r.camel(2)}V${r.int(1, 3)}`,
    ],
  ])("in %s look random in less than 1 of 200 cases", (_, make) => {
    let hits = 0
    for (let seed = 1; seed <= TOKENS; seed++) if (isRandom(make(new RandomText(seed)))) hits++
    expect(hits / TOKENS).toBeLessThan(0.005)
  })
})
