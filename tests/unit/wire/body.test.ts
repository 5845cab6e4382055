import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { looksLikeJsonObject, parseJsonObject } from "../../../src/wire/body.ts"

describe("parseJsonObject", () => {
  test("reads an object behind white space and a byte order mark", () => {
    expect(parseJsonObject('{"a":1}')).toEqual({ a: 1 })
    expect(parseJsonObject(' \r\n\t{"a":1} ')).toEqual({ a: 1 })
    expect(parseJsonObject('\ufeff{"a":1}')).toEqual({ a: 1 })
  })

  test.each([
    "",
    " ",
    "[1]",
    "null",
    '"{"',
    "{",
    '{"a":',
    "{a:1}",
    "grant_type=x",
    '{"a":1} x',
    "--boundary",
  ])("answers undefined for %j", (text) => {
    expect(parseJsonObject(text)).toBeUndefined()
  })

  test("agrees with JSON.parse on every object and never throws on other text", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (object, text) => {
        const json = JSON.stringify(object)
        expect(parseJsonObject(json)).toEqual(JSON.parse(json))
        expect(() => parseJsonObject(text)).not.toThrow()
      }),
    )
  })

  test("does not look further than the first character to turn other bodies down", () => {
    expect(looksLikeJsonObject(`--form\r\n{"a":1}`)).toBe(false)
    expect(looksLikeJsonObject('{"broken')).toBe(true)
  })
})
