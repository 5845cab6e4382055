import { describe, expect, test } from "vitest"
import { clipEscapes } from "../../../src/secrets/escape-clip.ts"

/** What is left of the part of `marked` between the bars. */
function clipped(marked: string): string[] {
  const [before = "", inside = "", after = ""] = marked.split("|")
  const finding = { ruleId: "x", start: before.length, end: before.length + inside.length }
  const text = before + inside + after
  return clipEscapes(text, finding).map(({ start, end }) => text.slice(start, end))
}

describe("clipEscapes", () => {
  test.each([
    ["behind the letter of an escape", "a\\|nsecret|", "secret"],
    ["behind that of a text in a string in a string", "a\\\\|tsecret|", "secret"],
    ["behind an escaped quote", 'a\\|"secret|', "secret"],
    ["behind the digits of an escape", "a\\u00|3dsecret|", "secret"],
    ["before the backslash of an escape", '|secret\\|"', "secret"],
    ["before the backslashes of a nested one", '|secret\\\\|\\"', "secret"],
    ["before the digits of an escape", "|secret\\u00|3d", "secret"],
  ])("begins or ends %s", (_, marked, left) => {
    expect(clipped(marked)).toEqual([left])
  })

  test.each(["a|nsecret|", "\\|ssecret|", "|secret|\\n", '|secret\\\\|"', "|secret\\|"])(
    "leaves %j whole",
    (marked) => {
      expect(clipped(marked)).toEqual([marked.split("|")[1]])
    },
  )

  test("drops what is nothing but a part of an escape", () => {
    expect(clipped("\\|n|x")).toEqual([])
  })
})
