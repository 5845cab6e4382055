import { describe, expect, test } from "vitest"
import { builtinRules } from "../../../src/secrets/index.ts"
import { readRules, storeRules } from "../../../src/secrets/stored-rules.ts"

describe("rules stored as text", () => {
  test("come back as they were, with their patterns", () => {
    const read = readRules(storeRules(builtinRules))
    expect(read.map((rule) => ({ ...rule }))).toEqual([...builtinRules])
    expect(read.map(({ pattern }) => String(pattern))).toEqual(
      builtinRules.map(({ pattern }) => String(pattern)),
    )
  })

  test("have their patterns compiled when these are asked for, once", () => {
    const [rule] = readRules(storeRules(builtinRules.slice(0, 1)))
    expect(rule?.pattern).toBeInstanceOf(RegExp)
    expect(rule?.pattern).toBe(rule?.pattern)
  })

  test("hold nothing that JSON cannot: no rule has a function", () => {
    const [rule] = builtinRules
    if (rule === undefined) throw new Error("There are no rules.")
    const broken = { ...rule, pattern: /\u{1F511}"\\/iu }
    expect(readRules(storeRules([broken]))[0]?.pattern).toEqual(/\u{1F511}"\\/iu)
    expect(
      builtinRules.flatMap((one) => Object.values(one)).filter((value) => typeof value === "function"),
    ).toEqual([])
  })
})
