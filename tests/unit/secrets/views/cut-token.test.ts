import { describe, expect, test } from "vitest"
import { ALNUM, fakeJwt, fakeToken, HEX } from "../../../support/fake-token.ts"
import { masked } from "./masking.ts"
import { tokenSamples } from "./samples.ts"

const github = `ghp_${fakeToken(ALNUM, 36)}`
const cut = github.slice(0, 18)
/** Tokens whose first thirty characters tell them. */
const prefixed = tokenSamples.filter(({ kind }) => !["jwt", "slack bot"].includes(kind))

describe("a token that was cut off is masked", () => {
  test.each(prefixed.map(({ kind, secret }) => [kind, secret] as const))(
    "%s at the end of a text",
    (_, secret) => {
      const first = secret.slice(0, Math.min(30, secret.length - 6))
      const left = masked(`the key starts ${first}`).text
      expect(left).toMatch(/^the key starts <REDACTED:[0-9a-f]{14}>$/)
    },
  )

  test("hex, whatever its digits", () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const first = `dop_v1_${fakeToken(HEX, 64, seed)}`.slice(0, 30)
      expect(masked(`the key starts ${first}`).secrets).toEqual([first])
    }
  })

  test.each([
    ["an ellipsis", `key: ${cut}…`],
    ["dots", `key "${cut}..." is old`],
    ["a note", `${cut} [truncated]\nmore`],
    ["a note in angle brackets", `${cut}<snip>\nmore`],
    ["a count", `${cut}[... 300 more characters]\nmore`],
    ["asterisks", `Using key ${cut}**** for the call`],
  ])("before %s", (_, text) => {
    expect(masked(text).secrets).toEqual([cut])
  })

  test("a web token in its payload, and in its signature", () => {
    const jwt = fakeJwt({ sub: "1234567890", name: "Ann", admin: true })
    const payload = jwt.slice(0, jwt.indexOf(".") + 20)
    expect(masked(`see ${payload}... there`).secrets).toEqual([payload])
    expect(masked(jwt.slice(0, -20)).secrets).toEqual([jwt.slice(0, -20)])
  })
})

describe("what only begins like a token is left alone", () => {
  test.each([
    ["a prefix", "Tokens begin with ghp_"],
    ["a prefix before dots", "Set GITHUB_TOKEN to ghp_... first"],
    ["a stand-in", "sk-ant-api03-xxxxxxxxxxxx..."],
    ["a described stand-in", "ghp_yourTokenHere..."],
    ["capitals", "sk-ant-YOUR-API-KEY-HERE..."],
    ["a sequence", "ghp_1234567890..."],
    ["a name", "npm_config_registry..."],
    ["a short rest", `ghp_${fakeToken(ALNUM, 5)}...`],
    ["the middle of a text", `${cut} is too short for a token`],
    ["a digest behind a word", `see task-${fakeToken(HEX, 12)}`],
  ])("%s", (_, text) => {
    expect(masked(text).secrets).toEqual([])
  })
})
