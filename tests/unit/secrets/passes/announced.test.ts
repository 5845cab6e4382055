import { describe, expect, test } from "vitest"
import { createScanner, passDetectors } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken, fakeUuid, HEX, LOWER, UPPER_ALNUM } from "../../../support/fake-token.ts"

const others = passDetectors.map(({ id }) => id).filter((id) => id !== "announced-token")
const scanner = createScanner({ rules: [], disable: others, pii: [] })

function found(text: string): string[] {
  return scanner.scan(text).map(({ start, end }) => text.slice(start, end))
}

const TOKEN = fakeToken(ALNUM, 24)

describe("a token behind a word in capitals", () => {
  test.each([
    ["a blank", `acme SECRET ${TOKEN}`],
    ["no separator before the word", `acmeTOKEN=${TOKEN}`],
    ["hyphens", `acme-PRIVATE-${TOKEN}`],
    ["two words", `acme PRIVATE KEY ${TOKEN}`],
    ["a further word", `acme ACCESS code ${TOKEN}`],
    ["a line break", `acme\nKEY\n${TOKEN}`],
    ["quotes", `acme SECRET: "${TOKEN}"`],
  ])("is found after %s", (_, text) => {
    expect(found(text)).toEqual([TOKEN])
  })

  test.each([
    ["a UUID", fakeUuid()],
    ["hex", fakeToken(HEX, 40)],
    ["capitals and digits", fakeToken(UPPER_ALNUM, 20)],
    ["what people type instead of a token", "abcd1234efgh5678ijkl"],
    ["an alphabet", LOWER],
    ["a long number", "8".repeat(3) + "271".repeat(9)],
  ])("may be %s", (_, value) => {
    expect(found(`acme ACCESS ${value} and more`)).toEqual([value])
  })

  test.each([
    ["a lower-case word", `acme secret ${TOKEN}`],
    ["a constant", `ACME_SECRET_LEVEL ${TOKEN}`],
    ["a key of a table", `create table a (PRIMARY KEY ${TOKEN})`],
    ["a name of an index", "users UNIQUE KEY idx_users_2024_created"],
    ["words", "the ACCESS restricted-area-level-2024-b"],
    ["a hex number", "file ACCESS 0x1f0fff1f0fff1f"],
    ["filler", `acme TOKEN ${"x".repeat(32)}`],
    ["a short value", "acme KEY ab12cd34"],
    ["no word before", `SECRET ${TOKEN}`],
  ])("is none after %s", (_, text) => {
    expect(found(text)).toEqual([])
  })
})
