import { describe, expect, test } from "vitest"
import { judgeKey } from "../../../src/secrets/key-name.ts"
import { acceptsValue, type ValueStyle } from "../../../src/secrets/value-filter.ts"
import { ALNUM, DIGITS, fakeToken, HEX } from "../../support/fake-token.ts"

const QUOTED: ValueStyle = { quoted: true, line: false, loose: false, exact: false }
const BARE: ValueStyle = { ...QUOTED, quoted: false }
const LOOSE: ValueStyle = { ...BARE, loose: true }
const NAMES = ["db_password", "access_token", "acme_key", "key"] as const
const uuid = [8, 4, 4, 4, 12].map((length) => fakeToken(HEX, length)).join("-")

/** Which of the four names take the value: one letter each, `y` or `n`. */
function accepted(value: string, style: ValueStyle): string {
  return NAMES.map((name) => (acceptsValue(value, judgeKey(name), style) ? "y" : "n")).join("")
}

describe("what is masked, by class of value and strength of name", () => {
  test.each([
    ["random, 24 characters", fakeToken(ALNUM, 24), QUOTED, "yyyy"],
    ["random, 24 characters, bare", fakeToken(ALNUM, 24), BARE, "yyyy"],
    ["random, 10 characters", fakeToken(ALNUM, 10), QUOTED, "yynn"],
    ["a UUID", uuid, QUOTED, "yyyn"],
    ["hex", fakeToken(HEX, 32), QUOTED, "yyyy"],
    ["four digits", "4821", QUOTED, "ynnn"],
    ["sixteen digits", fakeToken(DIGITS, 16), QUOTED, "yynn"],
    ["twenty digits", fakeToken(DIGITS, 20), QUOTED, "yyyn"],
    ["letters and digits", ["horse", "42", "boat"].join(""), QUOTED, "yynn"],
    ["letters and digits in turns", "ABC194DEF757", QUOTED, "yyyn"],
    ["letters and signs", ["Horse", "boat"].join("!"), QUOTED, "yynn"],
    ["letters and signs, bare", ["Horse", "boat"].join("!"), BARE, "ynnn"],
    ["words", ["correct", "horse"].join(""), QUOTED, "ynnn"],
    ["words, bare", ["correct", "horse"].join(""), BARE, "nnnn"],
    ["words on their own line", ["correct", "horse"].join(""), { ...BARE, line: true }, "ynnn"],
    ["four words with blanks", "blue horse battery staple", QUOTED, "ynnn"],
    ["a sentence", "must not be empty please", QUOTED, "nnnn"],
    ["a short password, loose", ["hunter", "2"].join(""), LOOSE, "ynnn"],
    ["random, loose", fakeToken(ALNUM, 24), LOOSE, "yyyy"],
    ["words, loose", ["correct", "horse"].join(""), LOOSE, "nnnn"],
  ])("%s", (_, value, style, expected) => {
    expect(accepted(value, style)).toBe(expected)
  })

  test("words are a secret where people make it up, and the value of a comparison", () => {
    const value = ["keyboard", "horse"].join("")
    expect(acceptsValue(value, judgeKey("jwt_secret"), QUOTED)).toBe(true)
    expect(acceptsValue(value, judgeKey("access_token"), QUOTED)).toBe(false)
    const sesame = ["open", "sesame"].join("-")
    expect(acceptsValue(sesame, judgeKey("creds.secret"), { ...QUOTED, exact: true })).toBe(true)
    expect(acceptsValue(sesame, judgeKey("creds.secret"), QUOTED)).toBe(false)
  })
})

describe("the strength of a name", () => {
  test.each([
    ["postgres_password", 3],
    ["SmtpPwd", 3],
    ["contraseña", 3],
    ["API_KEY", 2],
    ["authToken", 2],
    ["client-secret", 2],
    ["quillhubPRIVATEkey", 2],
    ["acme_key", 1],
    ["sonar.login", 1],
    ["nextPageToken", 0],
    ["public_key", 0],
    ["csrfToken", 0],
    ["primary_key", 0],
    ["token_url", 0],
    ["secretName", 0],
    ["monkey", 0],
  ])("%s", (name, strength) => {
    expect(judgeKey(name).strength).toBe(strength)
  })
})
