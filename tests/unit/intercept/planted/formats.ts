import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  fakeJwt,
  fakePem,
  fakeToken,
  HEX,
  LETTERS,
} from "../../../support/fake-token.ts"

/** A text, and what in it must not be stored. */
export interface Planted {
  readonly text: string
  readonly secrets: readonly string[]
}

/** Writes a secret of its own into a text; equal seeds give equal texts. */
export type Format = (seed: number) => Planted

/** Letters and a digit, as generated passwords have them. */
const password = (seed: number): string =>
  `${fakeToken(LETTERS, 9, seed)}${fakeToken(DIGITS, 1, seed)}${fakeToken(ALNUM, 10, seed)}`
const base64 = (text: string): string => Buffer.from(text).toString("base64")

/** A token that its own form gives away. */
function token(write: (seed: number) => string, around: (token: string) => string = inProse): Format {
  return (seed) => {
    const secret = write(seed)
    return { text: around(secret), secrets: [secret] }
  }
}

/** A value that only what stands around it gives away. */
function named(around: (value: string) => string, write: (seed: number) => string = password): Format {
  return token(write, around)
}

const inProse = (secret: string): string => `Please use ${secret} for the deployment, and nothing else.`

/** Token formats of vendors. */
const tokens: Readonly<Record<string, Format>> = {
  github: token((seed) => `ghp_${fakeToken(ALNUM, 36, seed)}`),
  "github fine-grained": token((s) => `github_pat_${fakeToken(ALNUM, 22, s)}_${fakeToken(ALNUM, 59, s)}`),
  gitlab: token((seed) => `glpat-${fakeToken(BASE64URL, 20, seed)}`),
  "aws key id": token((seed) => `AKIA${fakeToken("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, seed)}`),
  google: token((seed) => `AIza${fakeToken(BASE64URL, 35, seed)}`),
  openai: token((s) => `sk-proj-${fakeToken(ALNUM, 40, s)}T3BlbkFJ${fakeToken(ALNUM, 40, s + 1)}`),
  anthropic: token((seed) => `sk-ant-api03-${fakeToken(ALNUM, 93, seed)}AA`),
  openrouter: token((seed) => `sk-or-v1-${fakeToken(HEX, 64, seed)}`),
  slack: token((s) =>
    ["xoxb", fakeToken(DIGITS, 12, s), fakeToken(DIGITS, 12, s + 1), fakeToken(ALNUM, 24, s)].join("-"),
  ),
  // Its prefix alone is as long as the pieces that are looked for.
  stripe: named(
    (value) => inProse(["sk", "live", value].join("_")),
    (seed) => fakeToken(ALNUM, 24, seed),
  ),
  npm: token((seed) => `npm_${fakeToken(ALNUM, 36, seed)}`),
  sendgrid: token((s) => `SG.${fakeToken(BASE64URL, 22, s)}.${fakeToken(BASE64URL, 43, s)}`),
  digitalocean: token((seed) => `dop_v1_${fakeToken(HEX, 64, seed)}`),
  "hugging face": token((seed) => `hf_${fakeToken(ALNUM, 34, seed)}`),
  age: token((seed) => `AGE-SECRET-KEY-1${fakeToken("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58, seed)}`),
  jwt: token((seed) => fakeJwt({ sub: String(seed), scope: "all" }, seed)),
}

const keyBlock =
  (label: string, write: (pem: string) => string = (pem) => pem): Format =>
  (seed) => {
    const pem = fakePem(label, 5, seed)
    return { text: write(`Key:\n${pem}\n`), secrets: pem.split("\n").slice(1, -1) }
  }

/** Files, commands and texts that name what they hold. */
const contexts: Readonly<Record<string, Format>> = {
  "pem, rsa": keyBlock("RSA PRIVATE KEY"),
  "pem, openssh, escaped": keyBlock("OPENSSH PRIVATE KEY", (pem) => JSON.stringify({ key: pem })),
  "pem in a listing": keyBlock("EC PRIVATE KEY", (pem) =>
    pem
      .split("\n")
      .map((line, index) => `${String(index + 1).padStart(5, "0")}| ${line}`)
      .join("\n"),
  ),
  env: named((value) => `PORT=80\nAPI_TOKEN=${value}\nHOST=db\n`),
  "env, quoted": named((value) => `export DB_PASSWORD="${value}"\n`),
  yaml: named((value) => `db:\n  password: ${value}\n  user: app\n`),
  toml: named((value) => `[auth]\ntoken = '${value}'\n`),
  "json in text": named((value) => `The file says {"client_secret": "${value}", "id": 7}.`),
  "json in json": named((value) => JSON.stringify(JSON.stringify({ password: value, id: 7 }))),
  "cut json": named((value) => `{"path":"a.txt","password":"${value}`),
  "curl, bearer": named((value) => `curl -H "Authorization: Bearer ${value}" https://api.example.test/v1\n`),
  "curl, user": named((value) => `curl -u app:${value} https://api.example.test/v1\n`),
  "basic authorization": (seed) => {
    const value = password(seed)
    return { text: `Authorization: Basic ${base64(`app:${value}`)}\r\nHost: h\r\n`, secrets: [value] }
  },
  "connection string": named((value) => `postgres://app:${value}@db.example.test:5432/app`),
  "url with user information": named((value) => `git clone https://ci:${value}@git.example.test/a.git`),
  "url with a parameter": named((value) => `GET https://h.example.test/x?access_token=${value}&page=2`),
  "azure storage": named(
    (value) =>
      `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${value};EndpointSuffix=core.windows.net`,
    (seed) => `${fakeToken(BASE64, 86, seed)}==`,
  ),
  npmrc: named((value) => `//registry.example.test/:_authToken=${value}\n`),
  netrc: named((value) => `machine git.example.test login ci password ${value}\n`),
  "docker config": (seed) => {
    const value = password(seed)
    const text = JSON.stringify({ auths: { "r.example.test": { auth: base64(`ci:${value}`) } } }, null, 2)
    return { text: `config.json:\n${text}`, secrets: [value] }
  },
  "kubernetes secret": (seed) => {
    const value = password(seed)
    const text = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${base64(value)}\n`
    return { text, secrets: [value] }
  },
  "mysql command": named((value) => `mysql --password=${value} -h db -u app\n`),
  code: named((value) => `const apiKey = "${value}" // rotate\n`),
  python: named((value) => `client = Client(secret_key='${value}', region='eu')\n`),
  xml: named((value) => `<property name="secretKey">${value}</property>`),
  diff: named((value) => `--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-API_KEY=\n+API_KEY=${value}\n`),
  listing: named((value) => `  12: secret_key = ${value}\n  13: debug = true\n`),
  table: named((value) => `| name | password |\n|---|---|\n| app | ${value} |\n`),
  terminal: named((value) => `\u001b[32mtoken\u001b[0m=\u001b[1m${value}\u001b[0m\n`),
  form: named((value) => `user=app&password=${encodeURIComponent(`${value}/+`)}&x=1`),
  prose: named((value) => `The password is ${value}, keep it.`),
}

export const TEXT_FORMATS: Readonly<Record<string, Format>> = { ...tokens, ...contexts }

/** Names of properties whose value must go whatever it is: seed 000, S5 of the security critique, and more like them. */
export const BODY_KEYS: readonly string[] = `
  api_key apiKey apikey APIKEY x-api-key token tokens access_token refreshToken authToken id_token password passwd pwd
  passphrase db_password authorization secret client_secret private_key privateKey access_key accessKeyId
  secretAccessKey credentials credential jwt cookie set-cookie session bearer session_key
  psk otp code_verifier device_code client_assertion recovery_codes seed_phrase basic_auth
`
  .trim()
  .split(/\s+/)

/** Names that only the masker knows; their values must look like secrets. */
export const MASKER_KEYS: readonly string[] = `
  passwort kennwort contraseña senha wachtwoord mot_de_passe пароль 密码 dbPass user_pass storepass authkey consumerKey
  salt pepper sshKey appKey
`
  .trim()
  .split(/\s+/)

export const HEADERS: readonly string[] = `
  authorization x-api-key api-key x-goog-api-key cookie set-cookie proxy-authorization x-auth x-auth-token
  helicone-auth x-litellm-key x-portkey-virtual-key x-portkey-api-key ocp-apim-subscription-key x-functions-key
  x-amz-security-token cf-access-client-secret x-session-token x-csrf-token x-gitlab-token x-corp-auth
  x-oauth x-pass authkey x-user-password
`
  .trim()
  .split(/\s+/)

export const PARAMETERS: readonly string[] = `
  key api_key apikey access_token token sig signature code password client_secret subscription-key X-Amz-Signature
  X-Amz-Security-Token jwt auth x-auth pass dbPass passwort authkey code_verifier
`
  .trim()
  .split(/\s+/)
