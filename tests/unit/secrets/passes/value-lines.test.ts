import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeToken } from "../../../support/fake-token.ts"
import { GENERATORS, madeLetters, madePasswords, madeWord } from "../../../support/made-passwords.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

/** Formats that give a value without quotes a line of its own. */
const LINES: readonly (readonly [string, (value: string) => string])[] = [
  ["an environment file", (value) => `DB_HOST=x\nDB_PASSWORD=${value}\nDB_PORT=1\n`],
  ["an export", (value) => `export DB_PASSWORD=${value}\n`],
  ["YAML", (value) => `db:\n  password: ${value}\n  host: x\n`],
  ["an INI file", (value) => `[mysql]\nuser = x\npassword = ${value}\nport = 1\n`],
  ["properties", (value) => `db.user=x\nspring.datasource.password=${value}\ndb.port=1\n`],
  ["a list of compose", (value) => `    environment:\n      - POSTGRES_PASSWORD=${value}\n      - X=1\n`],
  ["a list of compose in quotes", (value) => `    environment:\n      - "POSTGRES_PASSWORD=${value}"\n`],
  ["a note", (value) => `User: bob\nPassword: ${value}\n`],
]
const PHRASE = ["blue", "horse", "lantern", "river"]
const CAPITALS = PHRASE.map((word) => word.charAt(0).toUpperCase() + word.slice(1))

describe("a password that has the rest of its line", () => {
  describe.each(LINES)("in %s", (_, write) => {
    test.each(Object.keys(GENERATORS) as (keyof typeof GENERATORS)[])(
      "with signs, made by %s",
      (generator) => {
        const values = madePasswords(generator, 60, 3).filter((value) => !value.includes('"'))
        const missed = values.filter((value) => found(write(value)).join("\n") !== value)
        expect(missed.length).toBeLessThan(5)
      },
    )

    test.each([
      ["brackets in a word", `P(ab)${fakeToken(ALNUM, 4, 2)}1`],
      ["a quote in a word", `it's${madeWord(4, 1)}710!`],
      ["words with dots", `${CAPITALS.slice(0, 3).join(".")}9`],
      ["words with dots, in lower case", `${PHRASE.join(".")}7`],
      ["a word, a dot and a number", `${CAPITALS[2] ?? ""}.2024`],
      ["a dollar sign for an s", `$umm${madeWord(2, 4)}814`],
    ])("%s", (_name, value) => {
      expect(found(write(value))).toEqual([value])
    })
  })

  test.each(LINES.slice(0, 4))("words with blanks, in %s", (_, write) => {
    expect(found(write(PHRASE.join(" ")))).toEqual([PHRASE.join(" ")])
  })

  test("four groups of four, as passwords for one app are shown", () => {
    const groups = [1, 2, 3, 4].map((seed) => madeWord(4, seed)).join(" ")
    expect(found(`SMTP_PASS=${groups}\n`)).toEqual([groups])
    expect(found(`SMTP_PASS=${groups} # mail\n`)).toEqual([groups])
  })

  test.each([
    "password: must be at least eight characters",
    "password: used when connecting via socket",
    "password: stored salted hashed values",
    "pass: blue horse lantern river",
    "the password: blue horse lantern river",
    "password: process.env['DB_PASS2']!,",
    "password = config['db2'].password,",
    "password=$(aws ssm get-parameter --name x1)",
    "password: ENC(a1B2c3)",
    "password: Map<String,List<Int32>>;",
    "password: &'static[u8],",
    "password: (see_section_2)",
    "password=forms.CharField(widget=forms.PasswordInput(attrs={'id':'p1'}))",
    "password: /^(?=.*[a-z])(?=.*[A-Z]).{8,}$/,",
    "pass: ~/.ssh/id2",
    "pwd=/Users/jDoe/Work2/X1aB/proj",
    "pass:function(e){return e?t[1]:n2},",
    "password: this.form.value2.text1",
    "password=self.settings.main.name",
  ])("%s is none", (text) => {
    expect(found(text)).toEqual([])
    expect(found(`a: b\n${text}\nc: d\n`)).toEqual([])
  })

  test("a command behind a variable is no part of it", () => {
    expect(found("PGPASSWORD=lantern psql blue horse river\n")).toEqual(["lantern"])
  })

  test("it ends where another entry or the string around begins", () => {
    const value = `A(b)${fakeToken(ALNUM, 6, 3)}9`
    expect(found(`{"env":"A=1\\nDB_PASSWORD=${value}\\nPORT=1"}`).join()).not.toContain("PORT")
    expect(found(`password=A(b)c9&user=bob`).join()).not.toContain("user=bob")
    expect(found(`password: ${value}</p>`).join()).not.toContain("</p>")
  })
})

describe("properties", () => {
  const word = PHRASE.slice(1, 3).join("")
  const letters = madeLetters(20, 5)

  test.each([
    `spring.datasource.password=${word}`,
    `# pool\ndb.password=${word}\ndb.user=app`,
    `db.password=${word}`,
  ])("words are passwords there: %s", (text) => {
    expect(found(text)).toEqual([word])
  })

  test.each([
    "self.password=password2word\nself.user=user",
    "user.password=hashed\nreturn user",
    "app.db.password=hashed;",
    "this.form.password=hashed",
    "call(x)\nmy.password=hashed\nother(y)",
  ])("none: %s", (text) => {
    expect(found(text).join()).not.toContain("hashed")
  })

  test("letters that look random are a password wherever its name has a sign", () => {
    expect(found(`login user=bob password=${letters} ip=1.2.3.4`)).toEqual([letters])
    expect(found(`tool --password ${letters} --verbose`)).toEqual([letters])
    expect(found("tool --password lanternriverhorses --verbose")).toEqual([])
  })
})

describe("a value that begins with a dollar sign", () => {
  const made = `$umm${madeWord(2, 4)}814`
  const random = `$${fakeToken(ALNUM, 14, 6)}`

  test.each([
    ["JSON", (value: string) => JSON.stringify({ password: value })],
    ["single quotes", (value: string) => `DB = {'PASSWORD': '${value}'}`],
    ["XML", (value: string) => `<password>${value}</password>`],
    ["SQL", (value: string) => `CREATE USER app WITH PASSWORD '${value}';`],
  ])("is a password in %s", (_, write) => {
    expect(found(write(made))).toEqual([made])
    expect(found(write(random))).toEqual([random])
  })

  test.each(["$password", "$DB_PASS_22", "$user12", "$arg10", "$val22", "$pw2024", "$1", "$dbPass1"])(
    "%s is a variable",
    (value) => {
      expect(found(`password="${value}"`)).toEqual([])
      expect(found(`password: '${value}'`)).toEqual([])
    },
  )

  test("a name for a token takes no made-up one", () => {
    expect(found(`{"access_token":"${made}"}`)).toEqual([])
  })
})

describe("a quote inside of quotes", () => {
  const [before, after] = ["it", `s${madeWord(3, 2)}930!`]

  test.each([
    [`CREATE USER app WITH PASSWORD '${before}''${after}';`, `${before}''${after}`],
    [`db:\n  password: '${before}''${after}'\n`, `${before}''${after}`],
    [`password = "${before}""${after}"`, `${before}""${after}`],
    [`PGPASSWORD='${before}'\\''${after}' psql -h db`, `${before}'\\''${after}`],
  ])("belongs to the value: %s", (text, value) => {
    expect(found(text)).toEqual([value])
  })

  test("two strings that follow each other, and an empty one, stay apart", () => {
    expect(found(`('password', ''), ('${after}x')`)).toEqual([])
    expect(found(`password = '${after}' + '' + 'x2'`)).toEqual([after])
    expect(found(`f(password='${after}', '')`)).toEqual([after])
  })
})

describe("other values", () => {
  test("base64 that begins with a slash, and a path that does not look like it", () => {
    const value = `/${fakeToken(BASE64, 21, 3).replaceAll("/", "q")}==`
    expect(found(`DB_PASSWORD=${value}\n`)).toEqual([value])
    expect(found(`{"password":"${value}"}`)).toEqual([value])
    expect(found("DB_PASSWORD=/srv/Shared/Lantern7/River9\n")).toEqual([])
  })

  test("octal escapes of a shell", () => {
    const octal = (value: string): string =>
      Array.from(value, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`).join("")
    const token = octal(fakeToken(ALNUM, 24, 7))
    expect(found(`API_TOKEN=$'${token}'`)).toEqual([token])
    expect(found(`API_TOKEN=$'${octal("placeholder")}'`)).toEqual([])
    expect(found('METHOD_PASSWORD = b"\\x02"')).toEqual([])
  })

  test("a phrase with dashes for what signs, in an environment file alone", () => {
    const phrase = `my-super-${madeWord(5, 3)}-jwt-phrase`
    expect(found(`JWT_SECRET=${phrase}\n`)).toEqual([phrase])
    expect(found(`SESSION_SECRET="${phrase.replaceAll("-", "_")}"\n`)).toEqual([phrase.replaceAll("-", "_")])
    expect(found(`  secret: ${phrase}\n`)).toEqual([])
    expect(found(`IMAGE_PULL_SECRET=${phrase}\n`)).toEqual([])
    expect(found("JWT_SECRET=change-this-in-production-now\n")).toEqual([])
    expect(found("APP_SECRET=prod-acme-main-db-credentials\n")).toEqual([])
    expect(found("JWT_SECRET=use-a-long-random-string\n")).toEqual([])
  })

  test("salts of WordPress", () => {
    const salt = fakeToken(`${ALNUM}!@#$%^&*()-_ []{}<>~+=,.;:/?|`, 64, 9)
    expect(found(`define('AUTH_KEY',         '${salt}');\n`)).toEqual([salt])
    expect(found(`define('NONCE_SALT',       '${salt}');\n`)).toEqual([salt])
  })

  test.each([
    "PASS: 1234",
    "pass=1234 fail=0",
    'password: "@@PASSWORD@@"',
    'password: "##PASSWORD##"',
    "passphrase: &#x3C;string",
    "password=&#60;password&#62;",
    'subject_token="subject_token_0"',
    "token = 'subject_token_0'",
    "secret_key == 'cfg_secret_key'",
    `_UNRESERVED_PAT = r"${ALNUM.slice(36)}${ALNUM.slice(10, 36)}${ALNUM.slice(0, 10)}._~-"`,
  ])("none: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})
