import { describe, expect, test } from "vitest"
import { placeholderOf } from "../../../src/base/placeholder.ts"
import { createScanner } from "../../../src/secrets/index.ts"
import { ALNUM, fakeToken } from "../../support/fake-token.ts"

const scanner = createScanner()
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

describe("createScanner", () => {
  test("finds a vendor token between words and names its rule", () => {
    const token = `ghp_${fakeToken(ALNUM, 36)}`
    expect(scanner.scan(`here: ${token} ok`)).toEqual([{ ruleId: "github-token", start: 6, end: 46 }])
  })

  test("takes the value and never the key, also where the key contains the value", () => {
    expect(scanner.scan('postgres_password: "postgres"')).toEqual([{ ruleId: "keyword", start: 20, end: 28 }])
  })

  test("finds a token that a placeholder was put into, on both sides of it", () => {
    const [left, right] = [`ghp_${fakeToken(ALNUM, 12)}`, fakeToken(ALNUM, 24)]
    const marker = placeholderOf("0".repeat(14))
    expect(found(`here ${left}${marker}${right} ok`)).toEqual([left, right])
    expect(found(`a${marker}b ${left}${marker}${right}`)).toEqual([left, right])
    expect(found(`here ${left} ${marker} ${right} ok`)).toEqual([])
    expect(found(`user${marker}name`)).toEqual([])
  })

  test("reports nothing for a disabled rule", () => {
    const quiet = createScanner({ disable: ["keyword"] })
    expect(quiet.scan("DB_PASS=hunter2")).toEqual([])
    expect(quiet.ruleIds).not.toContain("keyword")
    expect(found("DB_PASS=hunter2")).toEqual(["hunter2"])
  })
})
