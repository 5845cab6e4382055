import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeJwt, fakeToken, HEX, fakeUuid } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const ids = (text: string): string[] => scanner.scan(text).map(({ ruleId }) => ruleId)
const PASSWORD = fakeToken(ALNUM, 14)

describe("authorization", () => {
  test("a bearer token is found, its scheme is kept", () => {
    const token = fakeToken(ALNUM, 32)
    expect(found(`curl -H "Authorization: Bearer ${token}" https://x.test`)).toEqual([token])
  })

  test("basic credentials are found where they decode to user and password", () => {
    const credentials = btoa(`bob:${PASSWORD}`)
    expect(found(`Authorization: Basic ${credentials}`)).toEqual([credentials])
    expect(found("Basic information about the tool")).toEqual([])
  })

  test("the password of curl's user option is found", () => {
    expect(found(`curl -u bob:${PASSWORD} https://x.test`)).toEqual([PASSWORD])
    expect(found('curl -u "$USER:$PASS" https://x.test')).toEqual([])
  })

  test.each([
    "Authorization: Bearer ${TOKEN}",
    "Bearer authentication",
    "Authorization: Bearer <token>",
    "token validation",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("JSON Web Tokens", () => {
  test("are found whole where header and payload decode", () => {
    const token = fakeJwt({ sub: "42" })
    expect(scanner.scan(`jwt ${token}.`)).toEqual([{ ruleId: "jwt", start: 4, end: 4 + token.length }])
  })

  test("are left alone where they do not decode", () => {
    expect(found(`eyJ${fakeToken(ALNUM, 30)}.eyJ${fakeToken(ALNUM, 30)}.x`)).toEqual([])
  })
})

describe("entropy", () => {
  const random = fakeToken(ALNUM, 40, 5)

  test("generated characters in quotes are found", () => {
    expect(found(`const x = "${random}"`)).toEqual([random])
    expect(ids(`const x = "${random}"`)).toEqual(["entropy-base64"])
  })

  test("hex in quotes is found, unless it has the length of a digest", () => {
    expect(ids(`x("${fakeToken(HEX, 46)}")`)).toEqual(["entropy-hex"])
    expect(ids(`x("${fakeToken(HEX, 40)}")`)).toEqual([])
  })

  test("an unquoted token is found near a word that names it", () => {
    expect(found(`The deploy token we use since May: ${random}`)).toEqual([random])
    expect(found(`The deploy target we use since May: ${random}`)).toEqual([])
  })

  test.each([
    ["git objects", `commit ${fakeToken(HEX, 40)}\nindex ${fakeToken(HEX, 40)}..${fakeToken(HEX, 40, 2)}`],
    ["integrity", `"integrity": "sha512-${fakeToken(`${ALNUM}+/`, 86)}=="`],
    ["bare integrity", `["x@1", "", {}, "sha512-${fakeToken(`${ALNUM}+/`, 86)}=="]`],
    ["lock file checksums", `checksum = "${fakeToken(HEX, 64)}"`],
    ["go sums", `example.test/m v1.2.0 h1:${fakeToken(ALNUM, 43)}=`],
    ["identifiers", 'call("getUserTokenFromRequestHeaderOrCookie")'],
    ["uuids", `"id": "${fakeUuid()}"`],
    ["alphabets", `"${ALNUM}"`],
    ["paths", '"src/components/settings/AccountSettingsPage2"'],
  ])("left alone: %s", (_, text) => {
    expect(found(text)).toEqual([])
  })
})
