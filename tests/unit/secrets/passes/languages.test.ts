import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken, HEX, LETTERS } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const PASSWORD = ["Hunter2", "Xq"].join("!")
const WORDS = ["correct", "horse"].join("")
const TOKEN = fakeToken(ALNUM, 24)
const ID = [6, 4, 4, 4, 10].map((length) => fakeToken(HEX, length, 3)).join("-")

describe("prose that gives a password away", () => {
  test.each([
    `The password is ${PASSWORD}.`,
    `Password (admin): ${PASSWORD}`,
    `Password for bob: ${PASSWORD}`,
    `change the password to ${PASSWORD}`,
    `the password for the staging server is ${PASSWORD}, ask bob`,
    `My new password is now ${PASSWORD}`,
    `password has value "${WORDS}"; the password was "${PASSWORD}"`,
    `Das Passwort lautet ${PASSWORD}.`,
    `Das Passwort für den Server ist ${PASSWORD}`,
    `das Kennwort ist „${PASSWORD}“`,
    `Le mot de passe est ${PASSWORD}.`,
    `Le mot de passe du serveur est « ${PASSWORD} »`,
    `La contraseña es ${PASSWORD}`,
    `la contraseña del servidor es "${PASSWORD}"`,
    `contraseña: ${PASSWORD}`,
    `A senha é ${PASSWORD}`,
    `a senha do banco é: ${PASSWORD}`,
    `La password è ${PASSWORD}`,
    `Het wachtwoord is ${PASSWORD}`,
    `Hasło to ${PASSWORD}`,
    `hasło: ${PASSWORD}`,
    `пароль: ${PASSWORD}`,
    `Пароль — это "${PASSWORD}"; пароль: ${PASSWORD}`,
    `密码：${PASSWORD}`,
    `密码是 ${PASSWORD}。`,
    `口令: ${PASSWORD}`,
    `パスワードは「${PASSWORD}」です`,
    `パスワード: ${PASSWORD}`,
  ])("%s", (text) => {
    expect(found(text)).toContain(PASSWORD)
    expect(found(text).filter((value) => value !== PASSWORD && value !== WORDS)).toEqual([])
  })

  test.each([
    "The password is required.",
    "the password is incorrect, try again",
    "The password is stored in the vault.",
    "Passwords are hashed with bcrypt.",
    "Das Passwort ist falsch.",
    "Das Passwort lautet anders.",
    "Le mot de passe est obligatoire.",
    "La contraseña es incorrecta.",
    "A senha é obrigatória.",
    "La password è sbagliata.",
    "пароль: обязательно",
    "密码：必填",
    "パスワードは必須です",
    "The token is invalid or has expired",
    "The api key is read from the environment.",
    "a primary key is needed; the sort key is optional",
  ])("says nothing: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("names and values in one word", () => {
  test.each([
    [`acmebolt-SECRET-${ID}`, ID],
    [`acmebolt-secret-key-${ID}`, ID],
    [`zorvex.token.${TOKEN}`, TOKEN],
    [`quillhubTOKEN-${TOKEN}`, TOKEN],
    [`quillhub key-${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
  ])("%s", (text, value) => {
    expect(found(text)).toContain(value)
  })

  test.each([
    "release-token-for-2-users-and-3-admins",
    "api-key-rotation-guide-2024",
    `cache-key-${fakeToken(HEX, 12)}`,
    "secret-sharing.test.ts",
    "token-bucket-limiter-v2.1.0",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("words as passwords where the line shows a literal", () => {
  test.each([
    `db:\n  host: h\n  password: ${WORDS}\n  port: 1\n`,
    `password: ${WORDS}`,
    `- password: ${WORDS} # old\n`,
    `  12| password: ${WORDS}\n`,
    `[db]\nuser = bob\npassword = ${WORDS}\n`,
    `requirepass ${WORDS}\n`,
    `zorvex.db.password ${WORDS}\n`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([WORDS])
  })

  test.each([
    `connect({\n  user,\n  password: ${WORDS}\n})`,
    `const a = {\n  password: ${WORDS},\n}`,
    `type Login = {\n  name: string\n  password: string\n}`,
    `f(\n  password=${WORDS},\n)`,
    `        self.user = user.name\n        self.password = user.${WORDS}\n`,
    `if x:\n    password = ${WORDS}\n    login(password)`,
    `my ($user, $password) = @_;`,
    "pass to `resolveCommand` without running it",
    "{ pass: 'passed', fail: 'failed' }",
    `ok ? "PASS" : "FAIL"`,
    "strings for `password` or `salt`, please",
    `JsonPointer.unescapeToken("path~1to~0key")`,
    `CHALLENGE_PASSWORD: "challengePassword"`,
    "secrets.NewSecret(`[a-zA-Z0-9]{40}`)",
    "STENCIL_DEPTH_PASS: 0x0B96",
    "io.zorvextoken:zorvex-jackson-0.11.2",
    `{"key":"token","value":"abcdef123456"}`,
    `{"key":"token","value":"keyword1"}`,
  ])("left alone in code: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("SQL that sets a password", () => {
  test.each([
    `CREATE USER bob IDENTIFIED BY '${WORDS}';`,
    `CREATE USER 'bob'@'%' IDENTIFIED WITH mysql_native_password BY '${WORDS}';`,
    `ALTER ROLE bob WITH PASSWORD '${WORDS}';`,
    `CREATE ROLE bob LOGIN ENCRYPTED PASSWORD '${WORDS}'`,
    `CREATE LOGIN bob WITH PASSWORD = N'${WORDS}'`,
    `SET PASSWORD FOR bob = PASSWORD('${WORDS}')`,
    `SET PASSWORD = '${WORDS}'`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([WORDS])
  })

  test.each([
    "ALTER ROLE bob WITH PASSWORD '${PASSWORD}';",
    "SELECT password FROM users WHERE name = 'bob'",
    "UPDATE users SET password = ? WHERE id = 7",
    "identified by 3 people as a risk",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("credentials of HTTP", () => {
  test.each([
    [`curl -u "bob:${PASSWORD}" https://h.test`, [PASSWORD]],
    [`curl --user bob:'${PASSWORD}' -iX PATCH`, [PASSWORD]],
    [`curl -X POST https://h.test/ \\\n-u "${TOKEN}:"`, [TOKEN]],
    [`curl -u ${fakeToken(ALNUM, 20, 4)}:${TOKEN} https://h.test`, [fakeToken(ALNUM, 20, 4), TOKEN]],
    [`curl --oauth2-bearer ${TOKEN} https://h.test`, [TOKEN]],
    [`Cookie: theme=dark; session_id=${TOKEN}; lang=en`, [TOKEN]],
    [`Set-Cookie: connect.sid=s%3A${TOKEN}; Path=/; HttpOnly`, [`s%3A${TOKEN}`]],
    [`headers: { "cookie": "auth_token=${TOKEN}" }`, [TOKEN]],
    [`Authorization: sha256~${TOKEN}`, [`sha256~${TOKEN}`]],
    [`Authorization: ZORVEX ${TOKEN}`, [TOKEN]],
    [`Ocp-Apim-Subscription-Key: ${fakeToken(HEX, 32)}`, [fakeToken(HEX, 32)]],
  ])("%s", (text, values) => {
    expect(found(text)).toEqual(values)
  })

  test.each([
    'curl -u "$USER:$PASS" https://h.test',
    "curl -u bob https://h.test",
    `Cookie: _ga=GA1.2.${fakeToken(ALNUM, 20)}; csrftoken=${TOKEN}`,
    "document.cookie = `session=${value}`",
    "Cookie: session_id=<your-session-id>",
    'Authorization: Digest realm="x1", qop="auth"',
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("passwords by position in calls", () => {
  test.each([
    `new NetworkCredential("bob", "${PASSWORD}")`,
    `new UsernamePasswordCredentials("bob", "${PASSWORD}")`,
    `smtp.PlainAuth("", "bob", "${PASSWORD}", host)`,
    `url.UserPassword("bob", "${PASSWORD}")`,
    `requests.get(u, auth=("bob", "${PASSWORD}"))`,
    `requests.get(u, auth=HTTPDigestAuth("bob", "${PASSWORD}"))`,
    `req.SetBasicAuth("bob", "${PASSWORD}")`,
    `client.login("bob", "${PASSWORD}")`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([PASSWORD])
  })

  test.each([
    `new NetworkCredential(user, password)`,
    `client.login("bob", process.env.PASSWORD)`,
    `url.UserPassword("bob", "\${PASSWORD}")`,
    `http.basicAuth("Restricted", handler)`,
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("labels and lines that are laid out otherwise", () => {
  test.each([
    `const acmeboltApiKey =\n  "${TOKEN}";`,
    `acmeboltApiKey:\n    '${TOKEN}',`,
    `Unseal Key 2: ${TOKEN}`,
    `acmebolt_key = "${fakeToken(LETTERS, 28)}"`,
  ])("%s", (text) => {
    expect(found(text)).toHaveLength(1)
    expect(text).toContain(`${found(text)[0]}`)
    expect([TOKEN, fakeToken(LETTERS, 28)]).toContain(found(text)[0])
  })

  test.each([
    `acmebolt_key = "getUserTokenFromRequest"`,
    `const message =\n  "The password is required"`,
    `sort_key = "${fakeToken(LETTERS, 28)}"`,
    "Step 2: password",
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})
