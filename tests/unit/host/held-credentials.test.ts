import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { isCredential } from "../../../src/host/credential-values.ts"
import { createHeldCredentials, type HeldCredentials } from "../../../src/host/held-credentials.ts"
import { ALNUM, BASE64, DIGITS, fakePem, fakeToken, HEX, LOWER } from "../../support/fake-token.ts"

const secret = (seed: number, length = 32): string => fakeToken(ALNUM, length, 4000 + seed)

let dir = ""
let nowMs = 0
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "airlock-held-"))
  nowMs = 1_000_000
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const held = (env: Record<string, string | undefined> = {}): HeldCredentials =>
  createHeldCredentials({ opencodeData: dir, env, now: () => nowMs })
const auth = (value: unknown, file = "auth.json"): void =>
  writeFileSync(join(dir, file), typeof value === "string" ? value : JSON.stringify(value))
const isHeld = (credentials: HeldCredentials, value: string): boolean =>
  !credentials.scrub(`a ${value} b`).includes(value)

describe("where credentials are looked for", () => {
  test("auth.json: keys, tokens of logins, secret metadata, and what plugins add; never ids and names", () => {
    const account = secret(9)
    auth({
      acme: { type: "api", key: secret(1), metadata: { accountId: account, apiToken: secret(2) } },
      openai: {
        type: "oauth",
        access: secret(3),
        refresh: secret(4),
        expires: 1_790_000_000_000,
        accountId: account,
      },
      "https://corp.test": { type: "wellknown", key: "CORP_GATEWAY_2_KEY", token: secret(5) },
      plugin: { type: "other", nested: { sessionToken: secret(6) } },
    })
    const credentials = held()
    for (const seed of [1, 2, 3, 4, 5, 6]) expect(isHeld(credentials, secret(seed))).toBe(true)
    for (const value of [account, "CORP_GATEWAY_2_KEY", "1790000000000"]) {
      expect(isHeld(credentials, value)).toBe(false)
    }
  })

  test("mcp-auth.json", () => {
    const tokens = { accessToken: secret(1), refreshToken: secret(2), expiresAt: 1, scope: "read:things-2" }
    const clientInfo = { clientId: secret(9), clientSecret: secret(3) }
    auth({ docs: { tokens, clientInfo, codeVerifier: secret(4), serverUrl: "https://h/1" } }, "mcp-auth.json")
    const credentials = held()
    for (const seed of [1, 2, 3, 4]) expect(isHeld(credentials, secret(seed))).toBe(true)
    for (const value of [secret(9), "read:things-2", "https://h/1"])
      expect(isHeld(credentials, value)).toBe(false)
  })

  test("OPENCODE_AUTH_CONTENT, and the environment by the ends of names", () => {
    const names = [
      "ACME_API_KEY",
      "GITHUB_TOKEN",
      "JWT_SECRET",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_BEARER_TOKEN_BEDROCK",
      "OPENROUTER_KEY",
      "PGPASSWORD",
      "acme_api_key",
    ]
    const harmless = ["SESSION_ID", "SSH_PUBLIC_KEY", "TOKEN_NAME", "BUILD_HASH", "KEYBOARD"]
    const env = Object.fromEntries([...names, ...harmless].map((name, index) => [name, secret(20 + index)]))
    const credentials = held({
      ...env,
      OPENCODE_AUTH_CONTENT: JSON.stringify({ acme: { type: "api", key: secret(1) } }),
    })
    expect(isHeld(credentials, secret(1))).toBe(true)
    for (const name of names) expect([name, isHeld(credentials, env[name] ?? "")]).toEqual([name, true])
    for (const name of harmless) expect([name, isHeld(credentials, env[name] ?? "")]).toEqual([name, false])
  })

  test("the environment: JSON by what it names, key blocks line by line", () => {
    const pem = fakePem("PRIVATE KEY", 4, 77)
    const service = JSON.stringify({
      clientid: secret(9),
      clientsecret: secret(1),
      key: { private_key: pem },
    })
    const credentials = held({ AICORE_SERVICE_KEY: service, SIGNING_KEY: fakePem("EC PRIVATE KEY", 2, 78) })
    expect(isHeld(credentials, secret(1))).toBe(true)
    expect(isHeld(credentials, secret(9))).toBe(false)
    for (const line of pem.split("\n").slice(1, 5)) expect(isHeld(credentials, line)).toBe(true)
    expect(isHeld(credentials, fakePem("EC PRIVATE KEY", 2, 78).split("\n")[1] ?? "")).toBe(true)
  })

  test("configuration: options and headers of providers and models, MCP servers; in any order of hooks", () => {
    const config: Record<string, unknown> = {
      model: secret(90),
      provider: {
        acme: {
          name: secret(91),
          options: {
            apiKey: secret(1),
            baseURL: `https://h.test/${secret(92)}`,
            fetch: () => undefined,
            headers: { "x-corp-auth": secret(2), Authorization: `Bearer ${secret(3)}`, "x-team": secret(93) },
          },
          models: {
            m: { headers: { "helicone-auth": `Bearer ${secret(4)}` }, options: { clientSecret: secret(5) } },
          },
        },
      },
      mcp: { docs: { environment: { DOCS_TOKEN: secret(6) }, headers: { "X-Key": secret(7) } } },
    }
    const credentials = held()
    credentials.configured(config)
    // Another plugin's hook runs after ours.
    config.experimental = { password: secret(8) }
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
      expect([seed, isHeld(credentials, secret(seed))]).toEqual([seed, true])
    for (const seed of [90, 91, 92, 93]) expect(isHeld(credentials, secret(seed))).toBe(false)
  })

  test("requests as they leave: headers, URL parameters, user information, basic authorization, cookies", () => {
    const credentials = held()
    const basic = Buffer.from(`app:${secret(4)}`).toString("base64")
    credentials.sent(
      [
        ["x-api-key", secret(1)],
        ["authorization", `Basic ${basic}`],
        ["cookie", `theme=dark; sid=${secret(5)}`],
        ["x-request-id", secret(90)],
      ],
      `https://u:${secret(2)}@h.test/v1?key=${secret(3)}&alt=${secret(91)}`,
    )
    credentials.sent(new Headers({ "x-goog-api-key": secret(6) }), "no url")
    for (const value of [1, 2, 3, 4, 5, 6].map((seed) => secret(seed)))
      expect(isHeld(credentials, value)).toBe(true)
    expect(isHeld(credentials, basic)).toBe(true)
    for (const seed of [90, 91]) expect(isHeld(credentials, secret(seed))).toBe(false)
  })

  test("nothing that a signature made for one request", () => {
    const credentials = held()
    const signed = `AWS4-HMAC-SHA256 Credential=x/2026/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=${fakeToken(HEX, 64, 3)}`
    credentials.sent([["authorization", signed]], "https://h.test/")
    expect(credentials.find(signed)).toEqual([])
  })
})

describe("what is found", () => {
  const value = `${secret(1, 20)}"/+=\\${secret(2, 10)}`
  const basic = Buffer.from(`user:${value}`)
  test.each([
    ["plain", value],
    ["inside a word", `x${value}y`],
    ["JSON-escaped", JSON.stringify(value)],
    ["JSON-escaped twice", JSON.stringify(JSON.stringify(value))],
    ["URL-encoded", encodeURIComponent(value)],
    ["in base64", Buffer.from(value).toString("base64")],
    ["in base64 behind a name", basic.toString("base64")],
    ["in base64url", basic.toString("base64url")],
  ])("%s", (_, form) => {
    const credentials = held({ ACME_API_KEY: value })
    const text = `got <${form}>, twice <${form}>`
    const scrubbed = credentials.scrub(text)
    expect(scrubbed.match(/\[REDACTED\]/g)).toHaveLength(2)
    expect(scrubbed).not.toContain(secret(1, 20).slice(0, 12))
    expect(credentials.find(text)).toHaveLength(2)
    expect(credentials.scrub(scrubbed)).toBe(scrubbed)
  })

  test("a text without any is answered as it is", () => {
    const text = "an ordinary text"
    expect(held({ ACME_API_KEY: value }).scrub(text)).toBe(text)
    expect(held().scrub(text)).toBe(text)
  })

  test.each([
    "short7!",
    "password",
    "opencode-oauth-dummy-key",
    "stored-by-plugin",
    "not-needed",
    "sk-no-key-required",
    "your-api-key-123",
    "changeme",
    "${ACME_API_KEY}",
    "{env:ACME_API_KEY}",
    "xxxxxxxxxxxxxxxxxxxxxxxx",
    "/home/user1/.config/token.json",
    "C:\\Users\\me1\\token.txt",
    "~/.ssh/id_ed25519",
    "https://api.example.test/v1",
    "the secret of the house",
    "2026-11-20",
    "127.0.0.1:8080",
    "gpt-5-mini",
    "claude-sonnet",
    "32000",
    DIGITS.slice(1),
  ])("%s is no credential", (word) => {
    expect(isCredential(word)).toBe(false)
    const credentials = held({ ACME_API_KEY: word })
    expect(credentials.scrub(`before ${word} after`)).toBe(`before ${word} after`)
  })

  test.each([
    fakeToken(HEX, 32, 1),
    fakeToken(ALNUM, 12, 2),
    fakeToken(LOWER, 24, 3),
    ["hunter", "2", "hunter", "2"].join(""),
    `/${fakeToken(BASE64, 20, 4)}/${fakeToken(ALNUM, 19, 5)}`,
    `sk-${fakeToken(ALNUM, 20, 6)}`,
  ])("a token like number %# is one", (token) => {
    expect(isCredential(token)).toBe(true)
  })
})

describe("changes", () => {
  test("a renewed login is known a second later, and the one before is still", () => {
    const credentials = held()
    auth({ a: { type: "api", key: secret(1) } })
    expect(isHeld(credentials, secret(1))).toBe(true)
    auth({ a: { type: "api", key: secret(2, 33) } })
    nowMs += 999
    expect(isHeld(credentials, secret(2, 33))).toBe(false)
    nowMs += 1
    expect(isHeld(credentials, secret(2, 33))).toBe(true)
    expect(isHeld(credentials, secret(1))).toBe(true)
  })

  test("a file that is half written is read again, one that cannot be used is left", () => {
    const credentials = held()
    auth('{"a":{"type":"api","key":"')
    expect(isHeld(credentials, secret(1))).toBe(false)
    auth({ a: { type: "api", key: secret(1) } })
    nowMs += 1000
    expect(isHeld(credentials, secret(1))).toBe(true)
    for (const broken of ["", "null", "[]", '"text"', '{"a":null,"b":[1],"c":{"key":7}}']) {
      auth(broken)
      nowMs += 1000
      expect(isHeld(credentials, secret(1))).toBe(true)
    }
    mkdirSync(join(dir, "mcp-auth.json"))
    nowMs += 1000
    expect(isHeld(credentials, secret(1))).toBe(true)
  })

  test.skipIf(process.platform === "win32")("a pipe in the place of a file does not stop anything", () => {
    spawnSync("mkfifo", [join(dir, "auth.json")])
    expect(held().find("text")).toEqual([])
  })

  test("the oldest are forgotten first, and only a bounded number is kept", () => {
    const credentials = held({ ACME_API_KEY: secret(1) })
    for (let seed = 10; seed < 1200; seed += 1) {
      credentials.sent([["x-api-key", secret(seed)]], "https://h.test/")
      credentials.find("")
      nowMs += 1000
    }
    expect(isHeld(credentials, secret(1))).toBe(true)
    expect(isHeld(credentials, secret(1199))).toBe(true)
    expect(isHeld(credentials, secret(10))).toBe(false)
  })

  test("nothing is read before a text is looked at", () => {
    let reads = 0
    const env = new Proxy<Record<string, string>>({}, { ownKeys: () => ((reads += 1), []) })
    const credentials = held(env)
    credentials.configured({ provider: {} })
    credentials.sent([["x-api-key", secret(1)]], "https://h.test/")
    expect(reads).toBe(0)
    credentials.find("")
    expect(reads).toBe(1)
  })
})
