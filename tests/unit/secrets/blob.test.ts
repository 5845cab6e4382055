import { describe, expect, test } from "vitest"
import { isInsideBlob } from "../../../src/secrets/blob.ts"
import { createScanner } from "../../../src/secrets/index.ts"
import { ALNUM, BASE64, BASE64URL, fakeToken, UPPER_ALNUM } from "../../support/fake-token.ts"

const TOKEN = `AKIA${fakeToken(UPPER_ALNUM, 16)}`

function isInside(before: string, token: string = TOKEN): boolean {
  return isInsideBlob(before + token, before.length, before.length + token.length)
}

describe("what lies inside longer base64", () => {
  test.each([
    ["after a slash of base64", `${fakeToken(BASE64, 40)}/`],
    ["after a plus of base64", `${fakeToken(BASE64, 30)}+`],
    ["after a hyphen of base64url", `${fakeToken(BASE64URL, 40)}-`],
    ["behind a full line of armour", `${fakeToken(BASE64, 64)}\n`],
    ["behind a full line with a carriage return", `${fakeToken(BASE64, 64)}\r\n`],
  ])("%s a match is chance", (_, before) => {
    expect(isInside(before)).toBe(true)
  })

  test("before more base64 a match is chance, too", () => {
    const text = `${TOKEN}/${fakeToken(BASE64, 40)}`
    expect(isInsideBlob(text, 0, TOKEN.length)).toBe(true)
    expect(isInsideBlob(`${TOKEN}/objects/of/the/bucket`, 0, TOKEN.length)).toBe(false)
  })

  test.each([
    ["after a URL path of words", "https://api.example.test/v1/items/"],
    ["after a short segment", "bucket/a1B2/"],
    ["behind a line of words", "the key is on the next line of this file, look\n"],
    ["behind a blank", `${fakeToken(BASE64, 40)} `],
    ["in a name of words", "my-backup-credentials-of-production-"],
  ])("%s it is not", (_, before) => {
    expect(isInside(before)).toBe(false)
  })

  test("a token with a character that base64 has not is a token after a slash, too", () => {
    expect(isInside(`${fakeToken(BASE64, 40)}/`, `ghp_${fakeToken(ALNUM, 36)}`)).toBe(false)
  })

  test("no rule reports from the middle of encoded bytes", () => {
    const scanner = createScanner()
    expect(
      scanner.scan(`data ${fakeToken(BASE64, 200)}/${TOKEN}/${fakeToken(BASE64, 200)}==\nend of the data\n`),
    ).toEqual([])
    expect(scanner.scan(`data ${TOKEN} more`)).toHaveLength(1)
  })
})
