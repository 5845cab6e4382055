import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../src/base/json.ts"
import { GooglePartialArgs } from "../../../src/wire/google-partial-args.ts"

function jsonOf(parts: JsonValue, maxChars = 10_000): unknown {
  const args = new GooglePartialArgs(maxChars)
  args.add(parts)
  return JSON.parse(args.json())
}

const text = (jsonPath: string, stringValue: string): JsonObject => ({ jsonPath, stringValue })

describe("GooglePartialArgs", () => {
  test("puts values and pieces of texts where their paths say", () => {
    const parts = [
      text("$.a.b[0].c", "x"),
      text("$.a.b[1]", "y"),
      { jsonPath: "$.a.n", numberValue: 1.5 },
      { jsonPath: "$.t", boolValue: false },
      { jsonPath: "$.z", nullValue: null },
      text("$.a.b[0].c", "yz"),
    ]
    expect(jsonOf(parts)).toEqual({ a: { b: [{ c: "xyz" }, "y"], n: 1.5 }, t: false, z: null })
    expect(jsonOf([])).toEqual({})
  })

  test("ignores what it cannot place, and throws at nothing", () => {
    const parts = [
      text("$", "root"),
      text("", "root"),
      text("$.a", "leaf"),
      text("$.a.b", "below a leaf"),
      text("$.list[999999999]", "far"),
      text(`$${".a".repeat(100)}`, "deep"),
      { jsonPath: "$.nothing" },
      { jsonPath: 7, stringValue: "x" },
      "no object",
    ]
    expect(jsonOf(parts)).toEqual({ a: "leaf" })
    expect(jsonOf("no list")).toEqual({})
  })

  test("takes a dangerous name for a name", () => {
    expect(JSON.stringify(jsonOf([text("$.__proto__.polluted", "x")]))).toBe('{"__proto__":{"polluted":"x"}}')
    expect(Reflect.get({}, "polluted")).toBeUndefined()
  })

  test("keeps a bounded part", () => {
    const many = Array.from({ length: 1000 }, (_, index) => text(`$.a${index}`, "x".repeat(100)))
    expect(JSON.stringify(jsonOf(many, 1000)).length).toBeLessThan(1500)
  })
})
