import { describe, expect, test } from "vitest"
import { ALNUM, HEX, fakeToken } from "../../../support/fake-token.ts"
import { masked, survives } from "./masking.ts"
import { tokenSamples } from "./samples.ts"
import { breaks, wrapped } from "./transforms.ts"

const named = tokenSamples.map((sample) => [sample.kind, sample.secret] as const)
const github = `ghp_${fakeToken(ALNUM, 36)}`
const openai = `sk-proj-${fakeToken(ALNUM, 74)}T3BlbkFJ${fakeToken(ALNUM, 74)}`

describe("a token that was broken into pieces is masked in each of them", () => {
  test.each(named)("%s", (_, secret) => {
    const pieces = wrapped(secret, 16, "\n").split("\n")
    const found = breaks.flatMap(({ name, write }) => {
      const left = masked(write(secret)).text
      return pieces.some((piece) => piece.length > 4 && survives(piece, left, Math.min(8, piece.length)))
        ? [`${name}: ${left.slice(0, 200)}`]
        : []
    })
    expect(found).toEqual([])
  })

  test("and keeps the breaks, the marks and the syntax between the pieces", () => {
    expect(masked(`+  const t = "${github.slice(0, 20)}" +\n+    "${github.slice(20)}"\n`).secrets).toEqual([
      github.slice(0, 20),
      github.slice(20),
    ])
    expect(masked(`> ${github.slice(0, 20)}\n> ${github.slice(20)}\n> Ann`).secrets).toEqual([
      github.slice(0, 20),
      github.slice(20),
    ])
  })

  test("also where its first piece is a whole token already", () => {
    const [first, rest] = [openai.slice(0, 64), openai.slice(64)]
    expect(masked(`${first}\n${rest}\n`).secrets).toEqual([first, rest])
  })
})

describe("what follows a token is left alone", () => {
  test.each([
    ["a word", `${openai}\ndocumentation\n`],
    ["a sentence", `${openai}\nThis is the 2nd key\n`],
    ["a name with a number", `${openai}\nserver-2\n`],
    ["a key and a value", `${openai}\nPORT=5432\n`],
    ["a version", `${openai}\n1.24.3\n`],
    ["a commit", `${openai}\n${fakeToken(HEX, 40)}\n`],
    ["a path", `${openai}\nsrc/secrets/scanner.ts\n`],
    ["another string", `["${openai}", "other-name-2"]`],
    ["a string that is joined", `url = "${openai}" + "/users/list2"`],
  ])("%s", (_, text) => {
    expect(masked(text).secrets).toEqual([openai])
  })

  test.each([
    ["a whole token of fixed length and a word", `${github}\nabcdefgh\n`],
    ["a whole token and generated characters in another string", `f("${github}", "${fakeToken(ALNUM, 12)}")`],
  ])("%s", (_, text) => {
    expect(masked(text).secrets[0]).toBe(github)
    expect(masked(text).secrets).toHaveLength(1)
  })

  test("a prefix that only documents a token", () => {
    for (const text of [
      "Keys begin with sk-ant-\nand are long",
      "ghp_\nxoxb-\nglpat-\n",
      "sk-proj-abc\ndef\n",
    ])
      expect(masked(text).secrets).toEqual([])
  })
})

test("two tokens below each other stay two", () => {
  const second = `ghp_${fakeToken(ALNUM, 36, 2)}`
  expect(masked(`${github}\n${second}\n`).secrets).toEqual([github, second])
})
