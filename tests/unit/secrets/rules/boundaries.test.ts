import { describe, expect, test } from "vitest"
import { createScanner, passDetectors } from "../../../../src/secrets/index.ts"
import { telephonyRules } from "../../../../src/secrets/rules/telephony.ts"
import { fakeToken, HEX } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: telephonyRules, disable: passDetectors.map(({ id }) => id) })
const key = `SK${fakeToken(HEX, 32)}`
const authToken = fakeToken(HEX, 32, 5)

function found(text: string): string[] {
  return scanner.scan(text).map(({ start, end }) => text.slice(start, end))
}

describe("the left boundary of a rule", () => {
  test.each(["\\n", "\\r", "\\t", "\\\\n", "\\n+", "\\n-", "\n+", "\r\n-", "+"])(
    "holds behind %j",
    (mark) => {
      expect(found(`${mark === "+" ? "" : "x"}${mark}${key}`)).toEqual([key])
    },
  )

  test.each(["n", "t", "x", "a+", "a-", "/"])("does not hold inside of a longer run, behind %j", (mark) => {
    expect(found(`x${mark}${key}`)).toEqual([])
  })

  test("separates a name from its value by an escaped tab", () => {
    expect(found(`{"row":"TWILIO_AUTH_TOKEN\\t${authToken}"}`)).toEqual([authToken])
  })
})
