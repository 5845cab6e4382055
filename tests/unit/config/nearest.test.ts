import { describe, expect, test } from "vitest"
import { nearestName } from "../../../src/config/nearest.ts"

describe("nearestName", () => {
  test.each([
    ["doctr", "doctor"],
    ["dcotor", "doctor"],
    ["CONFIG", "config"],
    ["confgi", "config"],
    ["configs", "config"],
  ])("takes %s for %s", (name, expected) => {
    expect(nearestName(name, ["doctor", "config"])).toBe(expected)
  })

  test("suggests nothing for a name that is far from all", () => {
    expect(nearestName("export", ["doctor", "config"])).toBeUndefined()
  })
})
