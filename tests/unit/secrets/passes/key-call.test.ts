import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken, HEX, UPPER_ALNUM } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const KEY = fakeToken(ALNUM, 32)
const HEX32 = fakeToken(HEX, 32)
const HEX64 = fakeToken(HEX, 64)
const SID = `AC${fakeToken(HEX, 32, 5)}`
const TYPED = `${fakeToken(ALNUM, 13)}7`

describe("keys by position", () => {
  test.each([
    [`const t = jwt.sign({ id: user.id }, "${KEY}", { expiresIn: "1h" });`, KEY],
    [`jwt.sign(payload, '${HEX64}')`, HEX64],
    [`jwt.encode(payload, "${KEY}", algorithm="HS256")`, KEY],
    [`jwt.decode(token, '${KEY}', algorithms=["HS256"])`, KEY],
    [`crypto.createHmac("sha256", "${KEY}").update(body)`, KEY],
    [`hmac.new(b"${KEY}", body, hashlib.sha256)`, KEY],
    [`createCipheriv("aes-256-gcm", Buffer.from("${HEX64}", "hex"), iv)`, HEX64],
    [`const client = require('twilio')('${SID}', '${HEX32}');`, HEX32],
    [`client = Client("${SID}", "${HEX32}")`, HEX32],
    [`algoliasearch("${fakeToken(UPPER_ALNUM, 10)}", "${HEX32}")`, HEX32],
    [`new ethers.Wallet("0x${HEX64}", provider)`, `0x${HEX64}`],
  ])("%s", (text, key) => {
    // The id of the account before it may be masked too.
    expect(found(text).filter((value) => value !== SID)).toEqual([key])
  })

  test.each([
    `jwt.sign(payload, privateKey, { algorithm: "RS256" })`,
    `jwt.sign(payload, process.env.SECRET)`,
    `jwt.sign({ id: 1 }, "secret")`,
    `jwt.sign({ id: 1 }, "your-secret-key")`,
    `createHmac("sha256", secret).update("${HEX64}")`,
    `createCipheriv("aes-256-gcm", key, Buffer.from("${HEX32}", "hex"))`,
    `createHash("sha256", "${HEX64}")`,
    `algoliasearch("${fakeToken(UPPER_ALNUM, 10)}", "search-only-key")`,
    `new ethers.Wallet(process.env.KEY, "0x${HEX64}")`,
    `Client("acme", "${HEX32}")`,
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("fields of forms that a test fills", () => {
  test.each([
    `await page.fill('input[name="password"]', '${TYPED}')`,
    `await page.fill("input[type=password]", "${TYPED}")`,
    `await page.type('input[name="password"]', '${TYPED}')`,
    `cy.get('input[name=password]').type('${TYPED}')`,
    `userEvent.type(screen.getByLabelText(/password/i), '${TYPED}')`,
    `fill_in "Password", with: "${TYPED}"`,
    `And I fill in "Password" with "${TYPED}"`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([TYPED])
  })

  test.each([
    `splituser('user[:passwd]@host[:port]') --> 'user[:passwd]', 'host[:port]'`,
    `await page.fill('input[name="password"]', password)`,
    `page.locator('input[name="password"]', 'visible')`,
    `fill_in "Password", with: user.password`,
    `text.split(/token/i), "gibt99es"`.replace("/token/i", "/x token/i"),
  ])("left alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })
})

describe("values in a field below their name", () => {
  test.each([
    `{"db_password":{"value":"${TYPED}"}}`,
    `{\n  "db_password": {\n    "sensitive": true,\n    "type": "string",\n    "value": "${TYPED}"\n  }\n}`,
    `db_password:\n  value: ${TYPED}\n  sensitive: true\n`,
    `Parameters:\n  DBPassword:\n    Type: String\n    NoEcho: true\n    Default: ${TYPED}\n`,
    `{"DBPassword":{"Type":"String","NoEcho":true,"Default":"${TYPED}"}}`,
    `{"Parameter":{"Name":"/prod/db/password","Type":"SecureString","Value":"${TYPED}"}}`,
    `aws ssm put-parameter --name "/prod/db/password" --value "${TYPED}" --type SecureString`,
  ])("%j", (text) => {
    expect(found(text)).toEqual([TYPED])
  })

  test.each([
    `{"password":{"value":"Passwort"}}`,
    `{"password":{"type":"string","minLength":8,"default":""}}`,
    `password:\n  type: string\n  format: password\n`,
    `token:\n  description: of the api2\n  default: none\n`,
    `{"Name":"/prod/db/password","Type":"SecureString","Version":12}`,
    `aws ssm get-parameter --name "/prod/db/password" --with-decryption --region eu-west-1`,
    `{"maxTokens":{"type":"number","default":4096}}`,
  ])("left alone: %j", (text) => {
    expect(found(text)).toEqual([])
  })
})
