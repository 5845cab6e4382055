import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  fakeToken,
  fakeUuid,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
} from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })

function found(text: string): string[] {
  return scanner.scan(text).map(({ start, end }) => text.slice(start, end))
}

function ids(text: string): string[] {
  return scanner.scan(text).map(({ ruleId }) => ruleId)
}

const LONG = fakeToken(ALNUM, 36)
const MIXED = fakeToken(ALNUM, 28)

describe("tokens with a prefix that no rule knows", () => {
  test.each([
    ["a kind between", `acme_live_${MIXED}`],
    ["a personal token", `acmepat-pat-${MIXED}`],
    ["two kinds", `acme_api_v1_${MIXED}`],
    ["a leading kind", `sk_${MIXED}`],
    ["hex behind a strong kind", `acme_sk_${fakeToken(HEX, 40)}`],
    ["lower-case letters and digits behind a kind", `acme_test_${fakeToken(LOWER_ALNUM, 32)}`],
    ["hex of both cases", `acme_test_${fakeToken(`${HEX}ABCDEF`, 40)}`],
    ["a number between", `live_126031192_${LONG}`],
    ["capitals", `ACMK-${fakeToken(UPPER_ALNUM, 27)}`],
    ["hyphens in the body", `acme_secret_${MIXED.slice(0, 12)}-${MIXED.slice(12)}_${MIXED}`],
    ["no kind, but a long body", `acme_${LONG}`],
    ["a hyphen", `acme-${LONG}`],
  ])("with %s are found alone, quoted, assigned and in a sentence", (_, token) => {
    for (const text of [token, `x "${token}" y`, `acme: ${token}`, `use ${token}, please`, `see ${token}.`])
      expect(found(text)).toEqual([token])
  })

  test.each([
    ["an id of an agent's call", `toolu_01${fakeToken(ALNUM, 30)}`],
    ["a digest", `sha256-${fakeToken(ALNUM, 43)}`],
    ["a tag of an image", `acme-prod-${fakeToken(HEX, 40)}`],
    ["a database of a test run", `acme_test_${fakeToken(HEX, 32)}`],
    ["a constant", `ACMK_${fakeToken(UPPER_ALNUM, 27)}`],
    ["a number of a ticket", "ACME-20240811000000000000000000"],
    ["a fingerprint", `SHA-${fakeToken(UPPER_ALNUM, 40)}`],
    ["a short body", `acme_${fakeToken(ALNUM, 20)}`],
    ["words", "acme_live_customerAccountOverviewPage2"],
    ["a file", `acme-${LONG}.js`],
    ["a path", `https://cdn.example.test/acme-${LONG}`],
    ["a call", `acme_${LONG}(1)`],
    ["a harmless name", `trace=acme_${LONG}`],
  ])("%s is none", (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe("generated values of names that are no words for secrets", () => {
  test.each([
    ["a variable of the environment", `ACME_PAGES=${MIXED}`],
    ["a name that says client", `acmeClient: "${MIXED}"`],
    ["a session", `session = ${MIXED}`],
    ["a signing value", `hmac: ${MIXED}`],
  ])("%s is found", (_, text) => {
    expect(found(text)).toEqual([MIXED])
  })

  test.each([
    ["an id", `ACME_REQUEST_ID=${MIXED}`],
    ["a digest", `ACME_HASH=${MIXED}`],
    ["hex", `ACME_PAGES=${fakeToken(HEX, 40)}`],
    ["an ordinary name", `pages: ${MIXED}`],
    ["a short id of a session", `session=${fakeToken(BASE64URL, 21)}`],
    ["words", "ACME_PAGES=customerAccountOverviewPage200"],
  ])("%s is not", (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe("random characters in quotes", () => {
  test("are found where nothing says that they are harmless", () => {
    const random = fakeToken(BASE64, 44)
    expect(ids(`call("${random}")`)).toEqual(["entropy-base64"])
    expect(ids(`call("${fakeToken(HEX, 46)}")`)).toEqual(["entropy-hex"])
  })

  test.each([
    ["base64 of a sentence", `x("${btoa("Many hands make light work, they say.")}")`],
    [
      "hex of a sentence",
      `x("${"patience is the key".replace(/./g, (char) => char.charCodeAt(0).toString(16))}")`,
    ],
    ["a public key", `const pubkey256 = "${fakeToken(BASE64, 44)}"`],
    ["a challenge", `code_challenge: "${fakeToken(BASE64URL, 43)}"`],
    ["an entity tag", `etag: W/"${fakeToken(BASE64URL, 27)}"`],
    ["a table of numbers", `["${fakeToken(HEX, 63, 1)}","${fakeToken(HEX, 62, 2)}"]`],
    ["a coordinate of a curve", `{x:"${fakeToken(HEX, 63)}"}`],
    ["a UUID", `x("${fakeUuid()}")`],
    ["what stands behind a closing quote", `port("PORT"${fakeToken(HEX, 26)}", "a")`],
    ["a token of a form", `<input name="authenticity_token" value="${fakeToken(BASE64URL, 86)}">`],
    ["an id of a payment", `x("cus_${fakeToken(ALNUM, 24)}")`],
  ])("%s is not", (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe("arguments of calls that make a client", () => {
  const hex = fakeToken(HEX, 32)
  const short = fakeToken(LOWER_ALNUM, 20)
  test.each([
    [`new AcmeClient("${hex}")`, hex],
    [`client, err := acme.NewClient("${short}")`, short],
    [`const acme = require("acme")("${hex}")`, hex],
    [`acme.configure('${hex}')`, hex],
  ])("%s", (text, key) => {
    expect(found(text)).toEqual([key])
  })

  test.each([
    'new AcmeClient("customer-service-events")',
    `new AcmeClient("${fakeUuid()}")`,
    `acme.getCommit("${hex}")`,
    `require("./fixtures/${hex}")`,
  ])("%s holds none", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("UUIDs and hex behind a prefix", () => {
  test("are found behind a word that says what they are", () => {
    expect(found(`["acme-live-${fakeUuid()}"]`)).toEqual([`acme-live-${fakeUuid()}`])
    expect(found(`a,acme_api_${fakeToken(HEX, 32)},b`)).toEqual([`acme_api_${fakeToken(HEX, 32)}`])
  })

  test("are left alone behind any other", () => {
    expect(found(`["acme-${fakeUuid()}"]`)).toEqual([])
    expect(found(`a,acme_build_${fakeToken(HEX, 32)},b`)).toEqual([])
  })
})
