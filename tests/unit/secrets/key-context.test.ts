import { describe, expect, test } from "vitest"
import { createScanner } from "../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakePem, fakeToken, fakeUuid, HEX, LOWER_ALNUM } from "../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const hex = (length: number, seed = 1): string => fakeToken(HEX, length, seed)

describe("beside what is pinned or public, secrets are found", () => {
  test.each([
    ["a token behind an address", `write to bob@acme.example, the api key is ${hex(40)}`, hex(40)],
    ["a token of 40 hex digits", `ACME_TOKEN=${hex(40)}`, hex(40)],
    ["a signing key of hex", `jwt_signing_key = ${hex(64)}`, hex(64)],
    ["a signing key in quotes", `signingKey: "${hex(64)}"`, hex(64)],
    ["an element that is named for it", `<api key="${fakeUuid()}">`, fakeUuid()],
    ["a named key of hex", `acme_key = "${hex(40)}"`, hex(40)],
    ["a key in the settings of a program", `"Jwt": { "Key": "${hex(64)}", "Issuer": "acme" }`, hex(64)],
    ["a private key of a chain", `token = "0x${hex(64)}"`, `0x${hex(64)}`],
    ["an API key that looks like an address", `api_key = "0x${hex(40)}"`, `0x${hex(40)}`],
  ])("%s", (_, text, secret) => {
    expect(found(text)).toEqual([secret])
  })

  test("a token in two parts that only resembles the name of a pod", () => {
    const token = `acme-secret-${fakeToken(LOWER_ALNUM, 24)}`
    expect(found(token)).toEqual([token])
  })

  test("the lines of a key in a string, without their header", () => {
    const rows = fakePem("PRIVATE KEY").split("\n").slice(1, -1)
    const text = `DATA = """\n${rows.join("\n")}\n"""`
    expect(found(text).join("")).toContain(rows[4])
  })

  test("a value below a heading, however long the heading", () => {
    expect(found(`Acme access key\n${fakeToken(ALNUM, 32)}`)).toEqual([fakeToken(ALNUM, 32)])
    expect(found(`x ${fakeToken(BASE64, 58)}`)).toEqual([])
  })
})
