import { describe, expect, test } from "vitest"
import { placeholderOf } from "../../../../src/base/placeholder.ts"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken, HEX } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [] })
const found = (text: string, name?: string): string[] =>
  scanner.scan(text, name === undefined ? {} : { name }).map(({ start, end }) => text.slice(start, end))

const TOKEN = fakeToken(ALNUM, 24)
const PASSWORD = ["Tr0ub4dor", "3"].join("&")

describe("keyword assignments: the value, exactly", () => {
  test.each([
    ["environment", `DB_PASS=hunter2`, "hunter2"],
    ["environment with commas", "DB_PASSWORD=abcd,efghijklmno", "abcd,efghijklmno"],
    ["shell export", `export API_TOKEN="${TOKEN}"`, TOKEN],
    ["a key that contains its value", 'postgres_password: "postgres"', "postgres"],
    ["JSON", `{"password": "${PASSWORD}", "n": 1}`, PASSWORD],
    ["JSON escapes", '{"password":"abcd\\"efghijklmnop"}', 'abcd\\"efghijklmnop'],
    ["JSON in JSON", '{"body": "{\\"DB_PASSWORD\\": \\"S3cr3tHorse!!\\"}"}', "S3cr3tHorse!!"],
    [
      "JSON in JSON in JSON",
      '"{\\"a\\":\\"{\\\\\\"secret\\\\\\":\\\\\\"S3cr3tHorse\\\\\\"}\\"}"',
      "S3cr3tHorse",
    ],
    ["YAML", `db:\n  password: ${PASSWORD}\n  port: 5432`, PASSWORD],
    ["YAML flow", `{ password: ${PASSWORD}, port: 5432 }`, PASSWORD],
    ["TOML", `client_secret = '${TOKEN}'`, TOKEN],
    ["INI", "[mail]\npassword = s3cret-w0rd", "s3cret-w0rd"],
    ["properties", `spring.datasource.password=${PASSWORD}`, PASSWORD],
    ["XML element", `<apiToken>\n  ${TOKEN}\n</apiToken>`, TOKEN],
    ["XML attributes", `<add key="SmtpPassword" value="${PASSWORD}"/>`, PASSWORD],
    ["Kubernetes env", `{"name": "API_TOKEN", "value": "${TOKEN}"}`, TOKEN],
    ["HCL", `  admin_password = "${PASSWORD}"`, PASSWORD],
    ["command line", `login --user bob --password ${PASSWORD} --host x`, PASSWORD],
    ["command line with equals sign", `login --token=${TOKEN} x`, TOKEN],
    ["call with key and value", `System.setProperty("CONFLUENT_TOKEN", "${TOKEN}")`, TOKEN],
    ["typed constant", `const apiKey: string = "${TOKEN}"`, TOKEN],
    ["Go declaration", `var authToken string = "${TOKEN}"`, TOKEN],
    ["Ruby hash", `:password => "${PASSWORD}"`, PASSWORD],
    ["comparison", `if (password === "${PASSWORD}") {`, PASSWORD],
    ["Python bytes", `SECRET_KEY = b"${TOKEN}"`, TOKEN],
    ["URL query", `https://x.test/?token=${TOKEN}&page=2`, TOKEN],
    ["prose", "the password is hunter2 for now", "hunter2"],
    ["prose in German", "das Passwort lautet hunter2, bitte", "hunter2"],
    ["prose in quotes", "make sure the password is 'centipede' first", "centipede"],
    ["a name and a value without sign", `zenrows key ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ["terminal colours", `\u001b[32mAPI_SECRET\u001b[0m=\u001b[33m${TOKEN}\u001b[0m`, TOKEN],
    ["a terminal colour before the name", "\u001b[31mDB_PASSWORD=correcthorse\u001b[0m", "correcthorse"],
    ["two terminal attributes", "\u001b[1;31mDB_PASSWORD=correcthorse\u001b[0m", "correcthorse"],
    ["an escaped terminal colour", "\\u001b[31mDB_PASSWORD=correcthorse\\n", "correcthorse"],
    ["a YAML literal", `db:\n  password: |\n    correcthorse\n  port: 1`, "correcthorse"],
    ["a folded YAML scalar", `password: >-\n  ${PASSWORD}x\n`, `${PASSWORD}x`],
    ["a YAML value on the next line", "db:\n  password:\n    hunter2xq\n", "hunter2xq"],
    ["a YAML value in a list", "- password:\n    hunter2xq\n", "hunter2xq"],
    ["the short name pw", `pw: ${PASSWORD}`, PASSWORD],
    ["the short name pw, with a prefix", `db_pw = ${PASSWORD}`, PASSWORD],
    ["the short name pw in JSON", `{"pw": "${PASSWORD}"}`, PASSWORD],
    ["the short name psw", `psw=${PASSWORD}`, PASSWORD],
    ["a passphrase of words", 'passphrase = "correct horse battery staple"', "correct horse battery staple"],
    ["a value that holds hidden", 'password = "Hidden!Treasure99"', "Hidden!Treasure99"],
    ["a value that holds masked", "DB_PASSWORD=UnmaskedFury!2291", "UnmaskedFury!2291"],
    ["a value that holds your", 'password = "tellyour-9Kd!22x"', "tellyour-9Kd!22x"],
    ["a value that begins with your", 'password = "YourMove!77"', "YourMove!77"],
    ["a value that holds redacted", "DB_PASSWORD=qX7redactedP!9z", "qX7redactedP!9z"],
    ["a value with three full stops", 'password: "abc...D9!kk2"', "abc...D9!kk2"],
    ["HTML entities", `{&quot;token&quot;: &quot;${TOKEN}&quot;}`, TOKEN],
    ["a template marker in front", 'password = "<SECRET>hunter2hunter2"', "<SECRET>hunter2hunter2"],
  ])("in %s", (_, text, value) => {
    expect(found(text)).toEqual([value])
  })

  test("masks what stands beside a placeholder in the same value", () => {
    const placeholder = placeholderOf("0123456789abcd")
    expect(found(`password="${placeholder}hunter2hunter2"`)).toEqual(["hunter2hunter2"])
    expect(found(`password="${placeholder}"`)).toEqual([])
  })

  test("judges what is glued to a placeholder by the key before it", () => {
    const placeholder = placeholderOf("0123456789abcd")
    expect(found(`password=${placeholder}hunter2!Xq`)).toEqual(["hunter2!Xq"])
    expect(found(`DB_PASSWORD=Zq9!k${placeholder}Lm2#w8Pq`)).toEqual(["Zq9!k", "Lm2#w8Pq"])
    expect(found(`password=${placeholder}${placeholder}hunter2!Xq`)).toEqual(["hunter2!Xq"])
    expect(found(`password=${placeholder} hunter2!Xq`)).toEqual([])
    expect(found(`password=${placeholder}&page=hunter2xq`)).toEqual([])
    expect(found(`login(password=${placeholder}), user2 = 1`)).toEqual([])
  })

  test("looks at keys inside a value of up to 64 characters; reading longer ones again would be quadratic", () => {
    expect(found("key=$HOME/password=hunter2xq")).toEqual(["hunter2xq"])
    expect(found(`key=$HOME/${"x/".repeat(40)}password=hunter2xq`)).toEqual([])
  })
})

describe("keyword assignments: names without a value", () => {
  test.each([
    "const token = await getToken();",
    'export const API_KEY = process.env.API_KEY ?? "";',
    "password: z.string().min(8).max(128),",
    "token: ${{ secrets.GITHUB_TOKEN }}",
    'password: "{{ vault_db_password }}"',
    "DB_PASSWORD=${DB_PASSWORD:?required}",
    'api_key = os.environ["API_KEY"]',
    "interface Login { username: string; password: string; token?: string }",
    "secretKeyRef: { name: db-credentials, key: password }",
    "max_tokens: 4096",
    'password = "********"',
    "API_KEY=YOUR_API_KEY_HERE",
    "password=xxxxxxxx",
    "SyntaxError: Unexpected token } in JSON at position 42",
    "password is required and must be at least eight characters",
    'const AUTH_TOKEN_STORAGE_KEY = "app.auth.token.v2";',
    'password: Yup.string().required("Password is required"),',
    `nextPageToken: "${fakeToken(ALNUM, 24)}"`,
    `public_key: ${fakeToken(ALNUM, 40)}`,
    "autocomplete: 'current-password' | 'new-password' | 'radio'",
    'token_url = "https://auth.example.test/oauth/token"',
    'password = "<hidden>"',
    "password: [REDACTED]",
    "api_token=***masked***",
    'api_key: "sk-proj-abc...wxyz"',
    "apiKey = your-api-key-2024",
    "password: yourpassword",
    "password:\n  type: string",
    "password:\n  required: true\n  min2: 4",
    "password:\n  hunter",
    "password: |\n  The password of the user2.",
    "password:\nuser2name",
    "  password:\n  user2name",
    "def login(password):\n    call2(user)",
    'password_label = "choose what comes after login"',
    'password = "must not be empty please"',
    'passwordHelp = "forgot your account details again"',
    "const npw = spw: 12345",
    "this.passwordInputRef.current?.focus()",
  ])("%s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("a text that is the value of a named property", () => {
  test("is masked whole, without the blanks around it", () => {
    expect(found("  hunter2\n", "password")).toEqual(["hunter2"])
    expect(found(TOKEN, "clientSecret")).toEqual([TOKEN])
  })

  test("is left alone where the name or the value says that it is no secret", () => {
    expect(found("hunter2", "username")).toEqual([])
    expect(found("process.env.DB_PASSWORD", "password")).toEqual([])
    expect(found("string", "password")).toEqual([])
    expect(found("Enter your password", "password")).toEqual([])
  })
})
