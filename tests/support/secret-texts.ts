import fc from "fast-check"
import { placeholderOf } from "../../src/base/placeholder.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  fakeBase64,
  fakeJwt,
  fakePem,
  fakeToken,
  fakeUuid,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
} from "./fake-token.ts"

/** Generators of texts in which secrets of many kinds stand close to each other and to what makes them hard to see. */

/** Secrets by their own form, of different vendors, lengths and alphabets; each seed gives others. */
export function tokens(seed = 1): readonly string[] {
  return [
    `ghp_${fakeToken(ALNUM, 36, seed)}`,
    `github_pat_${fakeToken(ALNUM, 22, seed)}_${fakeToken(ALNUM, 59, seed)}`,
    `glpat-${fakeToken(BASE64URL, 20, seed)}`,
    `AKIA${fakeToken("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, seed)}`,
    `AIza${fakeToken(BASE64URL, 35, seed)}`,
    `xoxb-${fakeToken(DIGITS, 12, seed)}-${fakeToken(DIGITS, 12, seed)}-${fakeToken(ALNUM, 24, seed)}`,
    ["sk", "live", fakeToken(ALNUM, 24, seed)].join("_"),
    `npm_${fakeToken(ALNUM, 36, seed)}`,
    `SG.${fakeToken(BASE64URL, 22, seed)}.${fakeToken(BASE64URL, 43, seed)}`,
    `dop_v1_${fakeToken(HEX, 64, seed)}`,
    `hf_${fakeToken(ALNUM, 34, seed)}`,
    `AGE-SECRET-KEY-1${fakeToken(UPPER_ALNUM, 58, seed)}`,
    fakeJwt({ sub: String(seed) }, seed),
    fakeJwt({ sub: "x", scope: fakeToken(LOWER_ALNUM, 600, seed) }, seed),
    fakePem("RSA PRIVATE KEY", 6, seed),
    fakePem("OPENSSH PRIVATE KEY", 3, seed).replaceAll("\n", "\\n"),
    `postgres://app:${fakeToken(ALNUM, 16, seed)}@db.example.test:5432/app`,
    `https://user:${fakeToken(ALNUM, 20, seed)}@git.example.test/repo.git`,
  ]
}

/** Values that only what stands beside them gives away. */
export function values(seed = 1): readonly string[] {
  return [
    fakeToken(ALNUM, 12, seed),
    fakeToken(HEX, 40, seed),
    fakeToken(BASE64, 44, seed),
    fakeBase64(32, seed),
    fakeUuid(),
    `${fakeToken(ALNUM, 9, seed)}!${fakeToken(ALNUM, 6, seed)}%`,
    "hunter2hunter2",
    "correct horse",
    "postgres",
  ]
}

/** What may stand around a value in a text. */
const CONTEXTS: readonly ((value: string) => string)[] = [
  (value) => `export API_TOKEN=${value}\n`,
  (value) => `DB_PASSWORD="${value}"\n`,
  (value) => `db:\n  password: ${value}\n  user: app\n`,
  (value) => `{"client_secret": "${value}", "id": 7}`,
  (value) => `"{\\"password\\":\\"${value}\\"}"`,
  (value) => `[auth]\ntoken = '${value}'\n`,
  (value) => `<property name="secretKey">${value}</property>`,
  (value) => `Authorization: Bearer ${value}\r\n`,
  (value) => `Authorization: Basic ${btoa(`app:${value.replace(/[^\x20-\x7e]/g, "")}`)}\n`,
  (value) => `curl -u app:${value} https://api.example.test/v1\n`,
  (value) => `mysql --password=${value} -h db\n`,
  (value) => `const apiKey = "${value}"; // rotate\n`,
  (value) => `| password | ${value} |\n`,
  (value) => `The password is ${value}, keep it.\n`,
  (value) => `  12: secret_key = ${value}\n  13: debug = true\n`,
  (value) => `+api_key: ${value}\n`,
  (value) => `\u001b[32mtoken\u001b[0m=\u001b[1m${value}\u001b[0m\n`,
  (value) => `key=${encodeURIComponent(value)}&x=1`,
  (value) => `secret: ${btoa(value.replace(/[^\x20-\x7e]/g, ""))}\n`,
  (value) => value,
]

/** What cuts, hides or imitates secrets. */
const NOISE: readonly string[] = [
  placeholderOf("0123456789abcd"),
  placeholderOf("ffffffffffffff"),
  "<REDACTED:",
  "<REDACTED:0123456789ab",
  "456789abcd>",
  "<SECRET>",
  "-----BEGIN PRIVATE KEY-----",
  "-----END PRIVATE KEY-----",
  "password",
  "API_TOKEN",
  "client_secret",
  "Authorization",
  "token_type",
  "secretKey",
  "=",
  ": ",
  " = ",
  ":=",
  " is ",
  ", ",
  ";",
  "\n",
  " ",
  '"',
  "'",
  "`",
  '\\"',
  "\\n",
  "\\u003d",
  "{",
  "}",
  "(",
  ")",
  "<",
  ">",
  "&",
  "?",
  "%3D",
  "\u{1F511}",
  "\u{1F1E9}\u{1F1EA}",
  "\ud83d",
  "é",
  "\u200b",
  "\ufeff",
  "\u001b[31m",
  "true",
  "process.env.TOKEN",
  "${TOKEN}",
  "ann@corp.example",
  "git@github.com:o/r.git",
  "https://",
  "Bearer ",
  "x".repeat(12),
]

const secrets: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.nat(), fc.boolean())
  .map(([seed, pick, byForm]) => {
    const all = byForm ? tokens(seed) : values(seed)
    return all[pick % all.length] ?? ""
  })

/** A secret in its context, whole or cut off, or a piece of noise. */
const piece: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NOISE) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(secrets, fc.constantFrom(...CONTEXTS))
      .map(([secret, inContext]) => inContext(secret)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(secrets, fc.nat(40), fc.boolean())
      .map(([secret, at, head]) => (head ? secret.slice(0, at) : secret.slice(at))),
  },
)

/** Short texts full of secrets, and what confuses. */
export const secretTexts: fc.Arbitrary<string> = fc
  .array(piece, { maxLength: 16 })
  .map((pieces) => pieces.join(""))

/** `secretTexts`, and any characters at all. */
export const anyTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: secretTexts },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
)

/** Cuts a text into chunks at offsets of its choice, also inside surrogate pairs, and with empty chunks. */
export function chunksOf(text: string, cuts: readonly number[]): readonly string[] {
  const offsets = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length]
  return offsets.slice(1).map((offset, index) => text.slice(offsets[index], offset))
}
