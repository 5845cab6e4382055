import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { madePasswords, madeWord } from "../../../support/made-passwords.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

const PHRASE = ["blue", "horse", "lantern", "river"]

describe("a password with signs behind a user", () => {
  test("the user option of curl takes signs and blanks in quotes", () => {
    const [signs = ""] = madePasswords("terraform", 1, 8)
    for (const value of [signs, PHRASE.join(" "), `it'\\''s${madeWord(3, 5)}77`])
      expect(found(`curl -u 'admin:${value}' https://h.test`)).toEqual([value])
    expect(found('curl -u "$USER:$PASS12" https://h.test')).toEqual([])
    expect(found("curl -u 'user:your password here' https://h.test")).toEqual([])
  })

  test.each(["'", "<", "|", "["])("a password of a URL may hold %s", (sign) => {
    const value = `${fakeToken(ALNUM, 6, 2)}${sign}${fakeToken(ALNUM, 6, 3)}9`
    expect(found(`postgres://app:${value}@localhost:5432/x`)).toEqual([value])
  })

  test.each([
    "<a href='http://h.test:80'>host</a> @db.acme.com:25/x",
    "'http://h.test:a'+'@db.acme.com:80/'",
    "http://user:[pass1]@db.acme.com/x",
    "http://user:<pass1>@db.acme.com/x",
    "http://user:$PASS12@db.acme.com/x",
  ])("no password: %s", (text) => {
    expect(found(text)).toEqual([])
  })

  test("a dollar sign for an s is no variable", () => {
    for (const value of [`$umm${madeWord(2, 4)}814`, `$${fakeToken(ALNUM, 14, 6)}`]) {
      expect(found(`curl -u 'admin:${value}' https://h.test`)).toEqual([value])
      expect(found(`postgres://app:${value}@localhost/x`)).toEqual([value])
    }
  })
})
