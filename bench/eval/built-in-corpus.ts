import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { builtinRules, createScanner, passDetectors, type Rule } from "../../src/secrets/index.ts"
import {
  ALNUM,
  BASE64,
  fakePem,
  fakeToken,
  fakeUuid,
  HEX,
  LOWER_ALNUM,
  seededRandom,
} from "../../tests/support/fake-token.ts"
import type { Adversarial, Corpus, KnownValue, Negative, Positive } from "./corpus.ts"
import { DISGUISES, multiLineDisguises, pemDisguises } from "./disguises.ts"
import { samplePattern } from "./sample-pattern.ts"

const ROOT = join(import.meta.dirname, "../..")
const TRIES = 40
const SAMPLES = 3
const CHUNK = 1500

/** How a token stands in what an agent reads. `value` needs no name beside it to be found. */
const PLACES: readonly ((value: string) => string)[] = [
  (value) => `Use ${value} for now.`,
  (value) => `export SERVICE_VALUE=${value}\nexport DEBUG=1`,
  (value) => `{"id": 7, "value": "${value}", "on": true}`,
  (value) => `service:\n  value: ${value}\n  port: 8080`,
  (value) => `const client = connect("${value}")`,
  (value) => `curl -H 'X-Value: ${value}' https://api.example.test/v1`,
  (value) => `+  value = "${value}"`,
  (value) => `2026-05-04T10:11:12Z WARN refused ${value} from 10.0.0.7`,
  (value) => `| value | \`${value}\` |`,
]

/** Names and syntaxes of secrets of services that no rule knows. */
const VENDORS = ["acme", "blorptech", "zentry", "quillbase", "norvik"]
const KEYS = ["api_key", "API_TOKEN", "clientSecret", "password", "auth-token", "private_key", "accessKey"]
const SYNTAXES: readonly ((key: string, value: string) => string)[] = [
  (key, value) => `${key.toUpperCase().replaceAll("-", "_")}=${value}`,
  (key, value) => `${key}: ${value}`,
  (key, value) => `${key}: "${value}"`,
  (key, value) => `{"${key}": "${value}"}`,
  (key, value) => JSON.stringify({ body: JSON.stringify({ [key]: value }) }),
  (key, value) => `${key} = "${value}"`,
  (key, value) => `<${key}>${value}</${key}>`,
  (key, value) => `<add key="${key}" value="${value}" />`,
  (key, value) => `run --${key.replaceAll("_", "-")} ${value}`,
  (key, value) => `config.set("${key}", "${value}")`,
  (key, value) => `the ${key} is "${value}"`,
  (key, value) => `| ${key} | ${value} |`,
]
const VALUES: readonly ((seed: number) => string)[] = [
  (seed) => fakeToken(HEX, 32, seed),
  (seed) => fakeToken(ALNUM, 24, seed),
  (seed) => fakeToken(LOWER_ALNUM, 20, seed),
  (seed) => fakeToken(BASE64, 40, seed),
  (seed) => `Tr0ub4dor!${fakeToken(ALNUM, 4, seed)}`,
]

/** Lines that speak of secrets and hold none. */
const MENTIONS: readonly string[] = [
  "Set the API_KEY environment variable before you start the server.",
  "const token = process.env.API_TOKEN",
  'password = os.environ["DB_PASSWORD"]',
  "The password must be at least 12 characters long.",
  "secret: ${{ secrets.DEPLOY_TOKEN }}",
  "api_key: <your-api-key>",
  "PASSWORD=changeme",
  'if (!password) throw new Error("password is required")',
  "token: string | undefined",
  "def check_password(password: str) -> bool:",
  "client_secret = var.client_secret",
  "Authorization: Bearer $TOKEN",
  "curl -H 'Authorization: Bearer <token>' https://api.example.test",
  "private_key_path = /etc/ssl/private/server.key",
  "aws_secret_access_key = \"{{ lookup('env', 'AWS_SECRET_ACCESS_KEY') }}\"",
  "# never commit your secret key",
  "tokens used: 1834 of 200000",
  "maxTokens: 4096, tokenLimit: 8192",
  'placeholder="Enter your password"',
  '"passwordLabel": "Password",',
  "SECRET_KEY_BASE=********",
  "postgres://user:password@localhost:5432/app",
  "mysql -u root -p$MYSQL_PASSWORD app",
  "export GITHUB_TOKEN=$(gh auth token)",
  "get_secret_value(secret_id='prod/db')",
  "token_type: bearer, expires_in: 3600",
  "passwordResetTokenExpiry: Date",
  "CREATE USER app WITH PASSWORD :'password';",
  "the access token expires after one hour",
  "key: Enter, code: KeyA, keyCode: 13",
]

function structured(rule: Rule): Positive[] {
  const alone = createScanner({ rules: [rule], disable: passDetectors.map(({ id }) => id) })
  const write = samplePattern(rule.pattern)
  const random = seededRandom(rule.id.length * 31 + rule.id.charCodeAt(0))
  const found: Positive[] = []
  for (let attempt = 0; attempt < TRIES && found.length < SAMPLES; attempt++) {
    const value = write(random)
    const text = rule.beside === true ? `${rule.keywords[0]}: "${value}"` : value
    const [finding] = alone.scan(text)
    if (finding === undefined) continue
    const secret = text.slice(finding.start, finding.end)
    const place = PLACES[(found.length + rule.id.length) % PLACES.length]
    const placed = rule.beside === true || place === undefined ? text : place(value)
    found.push({
      text: placed,
      secret,
      tier: "structured",
      source: "rule",
      provider: rule.vendor ?? rule.id,
      common: true,
    })
  }
  return found
}

function keyworded(): Positive[] {
  return VENDORS.flatMap((vendor, v) =>
    KEYS.flatMap((name, k) =>
      SYNTAXES.map((syntax, s): Positive => {
        const value = (VALUES[(v + k + s) % VALUES.length] ?? String)(v * 1000 + k * 100 + s)
        const key = `${vendor}_${name}`
        return {
          text: syntax(key, value),
          secret: value,
          tier: "keyword",
          source: "syntax",
          provider: vendor,
          common: false,
        }
      }),
    ),
  )
}

function adversarial(): Adversarial[] {
  const secrets = [
    `ghp_${fakeToken(ALNUM, 36, 3)}`,
    `AKIA${fakeToken("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, 4)}`,
    `sk-proj-${fakeToken(ALNUM, 60, 5)}`,
    `xoxb-${fakeToken("0123456789", 12, 6)}-${fakeToken("0123456789", 12, 7)}-${fakeToken(ALNUM, 24, 8)}`,
    `npm_${fakeToken(ALNUM, 36, 9)}`,
    `glpat-${fakeToken(ALNUM, 20, 10)}`,
  ]
  const disguised = Object.entries(DISGUISES).flatMap(([transform, disguise]) =>
    secrets.map((secret) => Object.assign({ transform }, disguise(secret))),
  )
  return [
    ...disguised,
    ...pemDisguises(fakePem("RSA PRIVATE KEY")),
    ...multiLineDisguises(`${fakeToken(ALNUM, 14, 11)}7x`),
  ]
}

function knownValues(): KnownValue[] {
  const env = {
    DB_PASSWORD: "hunter2",
    ADMIN_PIN: "4821",
    PASSPHRASE: "correct horse battery",
    TOKEN: `tok-${fakeToken(ALNUM, 12)}`,
    HMAC: fakeToken(HEX, 32),
    PORT: "3000",
    NODE_ENV: "production",
  }
  const contexts: readonly ((value: string) => string)[] = [
    (value) => `FATAL: refused for "app" using ${value}`,
    (value) => `GET /login?pw=${encodeURIComponent(value)}&next=home`,
    (value) => JSON.stringify({ log: `tried ${value}` }),
    (value) => `body: ${Buffer.from(value).toString("base64")}`,
  ]
  const masked = [env.DB_PASSWORD, env.ADMIN_PIN, env.PASSPHRASE, env.TOKEN, env.HMAC].flatMap((secret) =>
    contexts.map((write) => ({ env, text: write(secret), secret, must_mask: true })),
  )
  const kept = ["listening on 3000", "built for production"].map((text) => ({
    env,
    text,
    secret: "",
    must_mask: false,
  }))
  return [...masked, ...kept]
}

function chunks(text: string): string[] {
  const found: string[] = []
  for (let from = 0; from + CHUNK / 3 < text.length; from += CHUNK) found.push(text.slice(from, from + CHUNK))
  return found
}

/** Sources, types and documentation of the packages that the lock file pins. */
function sources(): { readonly text: string; readonly kind: string }[] {
  const packages = ["valibot", "eventsource-parser", "jsonc-parser", "fast-check", "esbuild", "publint"]
  return packages.flatMap((name) => {
    const folder = join(ROOT, "node_modules", name)
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(?:m?js|d\.ts|md|json)$/.test(path) && !path.includes("node_modules"))
      .toSorted()
      .map((path) => ({ kind: path.split(".").at(-1) ?? "", text: readFileSync(join(folder, path), "utf8") }))
  })
}

function identifiers(): Negative[] {
  const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8")
  const tree = execFileSync("git", ["ls-tree", "-r", "HEAD"], { cwd: ROOT, encoding: "utf8" })
  const ids = Array.from({ length: 20 }, (_, seed) => [
    `${fakeToken(HEX, 64, seed)}  dist/app-${seed}.tar.gz`,
    `image@sha256:${fakeToken(HEX, 64, seed + 50)}`,
    `integrity sha512-${fakeToken(BASE64, 86, seed)}==`,
    `trace_id=${fakeToken(HEX, 32, seed)} span_id=${fakeToken(HEX, 16, seed)} request ${fakeUuid()}`,
    `commit ${fakeToken(HEX, 40, seed)}\n    Merge ${fakeToken(HEX, 7, seed)} into main`,
    `pod/api-${fakeToken(LOWER_ALNUM, 10, seed)}-${fakeToken(LOWER_ALNUM, 5, seed)} Running`,
  ]).flat()
  return [
    ...chunks(lock).map((text) => ({ text, cat: "ids", kind: "lock-npm" })),
    ...chunks(tree).map((text) => ({ text, cat: "ids", kind: "git-ls-tree" })),
    ...ids.map((text) => ({ text, cat: "ids", kind: "hashes" })),
  ]
}

/** A corpus made from the rules' own formats, made-up services and the sources of installed packages. */
export function builtInCorpus(): Corpus {
  const files = sources()
  return {
    name: "built-in corpus",
    positives: [...builtinRules.flatMap(structured), ...keyworded()],
    negatives: [
      ...files.flatMap(({ text, kind }) =>
        chunks(text).map((chunk) => ({ text: chunk, cat: "plain", kind })),
      ),
      ...identifiers(),
      ...MENTIONS.map((text) => ({ text, cat: "mention", kind: "line" })),
    ],
    adversarial: adversarial(),
    knownValues: knownValues(),
    cleanText: files.map(({ text }) => text).join("\n"),
  }
}
