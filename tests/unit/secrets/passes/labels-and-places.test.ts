import { describe, expect, test } from "vitest"
import { isPlaceInList, judgeKey } from "../../../../src/secrets/key-name.ts"
import { createScanner } from "../../../../src/secrets/index.ts"
import { acceptsNamedValue } from "../../../../src/secrets/passes/assignment.ts"
import { isLabel } from "../../../../src/secrets/stand-in.ts"
import { ALNUM, fakeToken, HEX, LETTERS, LOWER_ALNUM } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

const WORD = ["ses", "ame"].join("")
const MIXED = ["ses", "ame", "99x"].join("")
const FIELDS = ["newPassword", "confirmPassword", "resetPassword", "changePassword", "password_confirmation"]
const BUTTONS = ["showPassword", "hide_password", "FORGOT_PASSWORD", "toggle-password", "invalidPassword"]

describe("names of fields and buttons beside a word for passwords", () => {
  test.each(FIELDS)("%s keeps a value that is no text of a form", (name) => {
    for (const value of [
      MIXED,
      ["Tr0ub4dor", "9"].join("!"),
      ["s3cr3t", "Horse!!"].join(""),
      WORD,
      `${WORD}Horse`,
    ])
      expect(found(`"${name}": "${value}"`)).toEqual([value])
  })

  test.each(BUTTONS)("%s keeps a value with digits", (name) => {
    expect(found(`"${name}": "${MIXED}"`)).toEqual([MIXED])
  })

  test.each([...FIELDS, ...BUTTONS])(
    "%s leaves the text of a form alone, in JSON and as a property",
    (name) => {
      for (const value of [
        "Confirm",
        "Bestätigung",
        "Oublié ?",
        "¿Olvidada?",
        "Неверный!",
        "SAVE",
        "Non valida",
      ]) {
        expect(found(`"${name}": "${value}"`)).toEqual([])
        expect(acceptsNamedValue(name, value)).toBe(false)
      }
    },
  )

  test("the same text behind a name without such a word is masked", () => {
    expect(found('"dbPassword": "Confirmer"')).toEqual(["Confirmer"])
    expect(acceptsNamedValue("dbPassword", "Confirmer")).toBe(true)
  })

  test("a selector of a field is no password, one that holds more is", () => {
    expect(found('this.addPassword = "#add-password"\npassword = ".login-password"')).toEqual([])
    expect(found(`password = "#${WORD}"`)).toEqual([`#${WORD}`])
  })

  test("what is handed to a call is a password", () => {
    expect(found('user.changePassword("Correcthorse")')).toEqual(["Correcthorse"])
  })

  test("a lower-case word is a text only behind a name that never names a password", () => {
    expect(isLabel(WORD, "always")).toBe(true)
    expect(isLabel(WORD, "perhaps")).toBe(false)
    expect(isLabel(`auth.${WORD}`, "always")).toBe(true)
    expect(isLabel("Confirm", judgeKey("db_password").label)).toBe(false)
  })
})

describe("places in lists", () => {
  const names = ["nextPageToken", "NextToken", "next_token", "pageToken", "continuationToken", "syncToken"]

  test.each(names)("%s and its value are left alone in every form", (name) => {
    for (const value of [
      fakeToken(HEX, 32),
      fakeToken(ALNUM, 24),
      fakeToken(ALNUM, 40),
      fakeToken(ALNUM, 48),
    ])
      for (const text of [
        `"${name}": "${value}"`,
        `${name}=${value}`,
        `${name}: ${value}`,
        `?${name}=${value}&n=1`,
      ])
        expect(found(text)).toEqual([])
  })

  test.each(["authToken", "access_token", "NEXT_PUBLIC_API_TOKEN", "page_access_token", "nextAuthToken"])(
    "%s is none",
    (name) => {
      const value = fakeToken(ALNUM, 40)
      expect(found(`${name}="${value}"`)).toEqual([value])
    },
  )

  test("a token after such a word is none of a header either", () => {
    const value = fakeToken(ALNUM, 40)
    expect(found(`aws logs tail --next-token ${value}`)).toEqual([])
    expect(found(`acme logs tail --auth-token ${value}`)).toEqual([value])
  })

  test("both readers of names agree on it", () => {
    expect(isPlaceInList(["next", "page", "token"])).toBe(true)
    expect(isPlaceInList(["page", "access", "token"])).toBe(false)
    expect(judgeKey("resumeToken").strength).toBe(0)
  })
})

describe("values that stand apart from their name", () => {
  test.each([
    ["a heredoc", `  password = <<EOT\n${WORD}\nEOT\n`, WORD],
    ["an indented heredoc", `  password = <<-EOT\n    ${WORD}\n  EOT\n`, WORD],
    ["a quoted mark", `token = <<~"EOF"\r\n  ${MIXED}abcd\r\n  EOF`, `${MIXED}abcd`],
    ["a bracket that opens before", `PASSWORD = (\n    "${WORD}"\n)`, WORD],
    ["a continued line", `TOKEN=\\\n  ${fakeToken(ALNUM, 30)}\nX=1`, fakeToken(ALNUM, 30)],
    ["a continued line with quotes", `export PASSWORD=\\\n  "${WORD}"\n`, WORD],
    ["a default behind another name", `password: \${X:-${MIXED}}`, MIXED],
    ["a word as default", `POSTGRES_PASSWORD: \${PG:-${WORD}}`, WORD],
    ["a default in quotes", `"password": "\${X:-${MIXED}}"`, MIXED],
    ["a default of Spring", `password: \${DB_PW:${MIXED}}`, MIXED],
    ["a default for unset names alone", `password=\${DB_PW-${MIXED}}`, MIXED],
    ["a default behind its own name", `DB_PASSWORD=\${DB_PASSWORD:-${WORD}}`, WORD],
  ])("%s", (_, text, value) => {
    expect(found(text)).toEqual([value])
  })

  test.each([
    ["a heredoc of several lines", `  password = <<EOT\n${WORD}\n${WORD}\nEOT\n`],
    ["a reference in a heredoc", `  password = <<EOT\n\${var.db}\nEOT\n`],
    ["a shift", `token = 1 << bits\n`],
    ["a reference in brackets", `PASSWORD = (\n    os.environ["DB"]\n)`],
    ["an option on a continued line", `docker login --password=\\\n  -u bob`],
    ["a reference without default", "password: ${DB_PW}"],
    ["a message in place of a default", "password: ${DB_PW:?must be set}"],
    ["an empty default", "password: ${DB_PW:-}"],
    ["a reference as default", "password: ${DB_PW:-$OTHER}"],
    ["a stand-in as default", "password: ${DB_PW:-changeme}"],
    ["a lookup", "password: ${env:DB_PW}"],
    ["a store", "password: ${ssm:/acme/db-pw}"],
    ["a placeholder", "password: ${my-placeholder}"],
  ])("%s holds none", (_, text) => {
    expect(found(text)).toEqual([])
  })

  test.each([
    ["letters and digits", fakeToken(ALNUM, 22)],
    ["letters", fakeToken(LETTERS, 22)],
    ["52 of lower case and digits", fakeToken(LOWER_ALNUM, 52)],
  ])("a personal access token of %s", (_, token) => {
    for (const text of [`pat: ${token}`, `PAT=${token}`, `"pat": "${token}"`])
      expect(found(text)).toEqual([token])
  })

  test("a pattern called pat is none", () => {
    expect(found('pat = "[a-z]+"\npat: horse-battery\npat = "customerAccountOverviewPage"')).toEqual([])
  })
})

describe("keyword strings of libpq with a word as password", () => {
  test.each([
    `host=db.acme.io user=bob password=${WORD} dbname=x`,
    `psql "host=db.acme.io port=5432 dbname=x user=bob password=${WORD}"`,
    `password=${WORD} host=db.acme.io user=bob`,
    `dsn = "host=db.acme.io password=${WORD} user=bob sslmode=require"`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([WORD])
  })

  test.each([
    `connect(host=h, user=u, password=${WORD}, dbname=d)`,
    `connect(host=h, user=u, password=${WORD})`,
    "host=db.acme.io user=bob password=$PGPASSWORD dbname=x",
    "host=%s user=%s password=%s dbname=%s",
    "host={h} user={u} password={p} dbname={d}",
    `step user=bob password=${WORD} done`,
  ])("%s holds none", (text) => {
    expect(found(text)).toEqual([])
  })
})
