import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeToken, HEX, LOWER_ALNUM } from "../../../support/fake-token.ts"
import { nested, snake, type Syntax, syntaxes, type Words } from "../../../support/syntaxes.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

const PASSWORD_KEYS: readonly Words[] = [
  ["acmebolt", "db", "password"],
  ["zorvex", "passwd"],
]
const TOKEN_KEYS: readonly Words[] = [
  ["acmebolt", "api", "key"],
  ["zorvex", "access", "token"],
  ["quillhub", "client", "secret"],
]

/** Passwords by what makes them hard: few digits, signs of every syntax. Joined, so that none stands in the file. */
const PASSWORDS: readonly string[] = [
  ["hunter", "2xq"].join(""),
  ["S3cr3tHorse", ""].join("!!"),
  ["abcd", "efgh7"].join(","),
  ["p@ss", "w0rd7"].join(":"),
  ["wood", "en9Boat"].join("#"),
  ["wood", "en9Boat"].join("-+%"),
  ["le$", "Gr4nd"].join("*"),
  ["Tail", "9wag"].join("?="),
]
/** Only where quotes keep them together. */
const QUOTED_ONLY: readonly string[] = [
  ["blue", "horse", "battery", "staple"].join(" "),
  ["Blue7", "horse", "lamp"].join(" "),
  ["(round)", "[8square]"].join("&"),
  ["semi", "c0lon"].join(";"),
]
const TOKENS: readonly string[] = [
  fakeToken(ALNUM, 32),
  fakeToken(HEX, 40),
  `${fakeToken(BASE64, 42)}==`,
  [8, 4, 4, 4, 12].map((length) => fakeToken(HEX, length)).join("-"),
  `zvx_${fakeToken(LOWER_ALNUM, 28)}`,
]

/** Values that a syntax can hold as they are. */
function fits({ quoting, name }: Syntax, value: string): boolean {
  if (quoting === "plain" && /[\s;&()[\]{}]/.test(value)) return false
  if (quoting === "text" && name.startsWith("curl")) return !/[\s&]/.test(value)
  if (/query|form/.test(name)) return /^[\w.-]+$/.test(value)
  if (quoting === "plain" && /YAML|Markdown/.test(name)) return !/[,#:]/.test(value)
  if (/default|Spring|Docker|fish|cmd|docker|command|Makefile/.test(name)) return !/[$#?*!\s]/.test(value)
  return true
}

const all = Object.values(syntaxes).flat()

describe("every syntax: the value, exactly", () => {
  for (const [family, list] of Object.entries(syntaxes))
    for (const syntax of list) {
      const cases = [
        ...PASSWORD_KEYS.flatMap((key) => PASSWORDS.map((value) => ({ key, value }))),
        ...TOKEN_KEYS.flatMap((key) => TOKENS.map((value) => ({ key, value }))),
        ...(syntax.quoting === "double" || syntax.quoting === "single"
          ? QUOTED_ONLY.map((value) => ({ key: ["acmebolt", "password"], value }))
          : []),
      ].filter(({ value }) => fits(syntax, value))
      test(`${family}: ${syntax.name} (${cases.length} cases)`, () => {
        const wrong = cases
          .map(({ key, value }) => ({ text: syntax.write(key, value), value }))
          .filter(({ text, value }) => found(text).join("\n") !== value)
        expect(wrong.map(({ text }) => `${text} -> ${found(text).join(" + ")}`)).toEqual([])
        expect(cases.length).toBeGreaterThan(10)
      })
    }

  test.each([1, 2])("JSON inside JSON, %d deep", (depth) => {
    for (const value of [...PASSWORDS, ...TOKENS])
      expect(found(nested(JSON.stringify({ acmebolt_password: value, n: 1 }), depth))).toEqual([value])
  })

  test("keeps what is escaped in quotes, up to the closing quote", () => {
    const value = ["abcd", "efgh9"].join('\\"')
    for (const { quoting, name, write } of all)
      if (quoting === "double" && !/verbatim|XML|HTML|entities|prose/.test(name))
        expect(found(write(["acmebolt", "password"], value)), name).toEqual([value])
  })

  test("keeps an apostrophe inside double quotes", () => {
    const value = ["it", "s4horse"].join("'")
    for (const { quoting, name, write } of all)
      if (quoting === "double") expect(found(write(["acmebolt", "password"], value)), name).toEqual([value])
  })

  test("takes words for a password where the name says so and the syntax shows a literal", () => {
    const value = ["correct", "horse"].join("")
    for (const { quoting, name, write } of all)
      if (/double|single/.test(quoting) || /^(?:env file|YAML block|Docker|compose)/.test(name))
        expect(found(write(["acmebolt", "password"], value)), name).toEqual([value])
  })
})

/** What stands in place of a value. */
const NO_VALUES: readonly string[] = [
  "changeme",
  "<your-key>",
  "${ACMEBOLT_VALUE}",
  "{{ acmebolt_value }}",
  "xxxxxxxxxxxx",
  "************",
  "YOUR_ACMEBOLT_KEY",
  "null",
  "string",
  "required",
  "%s",
  "op://team/acmebolt/field",
  "vault:kv/data/acmebolt#field",
  "arn:aws:secretsmanager:eu-west-1:000000000000:secret:acmebolt",
  "[REDACTED]",
  "dbPassword",
  "access-token",
  "process.env.ACMEBOLT",
  "secrets.ACMEBOLT",
  "https://acmebolt.test/reset",
  "/run/secrets/acmebolt",
  "12h",
  "aes-256-gcm",
]
const NO_PLAIN: readonly string[] = [
  "$ACMEBOLT",
  "true",
  "getValue(config)",
  "config.acmebolt.value",
  "!Ref Acmebolt",
  "None",
]

describe("every syntax: no value, no finding", () => {
  for (const [family, list] of Object.entries(syntaxes))
    for (const syntax of list) {
      const isPlain = syntax.quoting === "plain" && !/block|default|Spring/.test(syntax.name)
      const values = isPlain ? [...NO_VALUES, ...NO_PLAIN] : NO_VALUES
      const cases = [...PASSWORD_KEYS, ...TOKEN_KEYS].flatMap((key) =>
        values.map((value) => ({ key, value })),
      )
      test(`${family}: ${syntax.name} (${cases.length} cases)`, () => {
        const masked = cases
          .map(({ key, value }) => syntax.write(key, value))
          .filter((text) => found(text).length > 0)
        expect(masked.map((text) => `${text} -> ${found(text).join(" + ")}`)).toEqual([])
      })
    }

  test("names beside the secret's own are left alone, whatever the syntax", () => {
    const harmless = [
      ["next", "page", "token"],
      ["public", "key"],
      ["password", "hint"],
      ["token", "url"],
      ["secret", "name"],
      ["key", "path"],
      ["max", "tokens"],
      ["csrf", "token"],
    ]
    for (const { name, write } of all)
      for (const key of harmless)
        expect(found(write(key, fakeToken(LOWER_ALNUM, 12, 5))), `${name}: ${snake(key)}`).toEqual([])
  })
})
