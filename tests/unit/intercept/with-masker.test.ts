import { describe, expect, test } from "vitest"
import type { JsonValue } from "../../../src/base/json.ts"
import { createScrubber } from "../../../src/intercept/scrub.ts"
import { createMasker } from "../../../src/redact/index.ts"
import { ALNUM, BASE64, fakeJwt, fakePem, fakeToken, UPPER_ALNUM } from "../../support/fake-token.ts"

// The stand-in masker of the other tests knows one word. Here the real one meets what a capture holds.
const masker = createMasker()
const scrubber = createScrubber((text) => masker.mask(text).text)
const secrets = {
  aws: `AKIA${fakeToken(UPPER_ALNUM, 16, 3)}`,
  github: `ghp_${fakeToken(ALNUM, 36, 4)}`,
  jwt: fakeJwt({ sub: "1234" }, 5),
  pem: fakePem("RSA PRIVATE KEY", 6, 6),
}

describe("with the real masker", () => {
  test.each(Object.keys(secrets))("%s is in no string of a capture, wherever it stands", (kind) => {
    const secret = secrets[kind as keyof typeof secrets]
    const stored = JSON.stringify([
      scrubber.json({ messages: [{ content: `use ${secret} please` }], nested: [{ text: secret }] }),
      scrubber.json({ arguments: JSON.stringify({ content: `x=${secret}` }) }),
      scrubber.text(`said: ${secret}`),
      scrubber.text(`{"content":"cut ${JSON.stringify(secret).slice(1, -1)}`),
      scrubber.headers([["x-note", secret.replaceAll("\n", " ")]]),
      scrubber.url(`https://h/x?note=${encodeURIComponent(secret)}`),
    ])
    const [line = secret] = secret.split("\n").slice(kind === "pem" ? 1 : 0)
    expect(line.length).toBeGreaterThan(15)
    expect(stored).not.toContain(line)
  })

  test("what was redacted by name is not masked once more, and scrubbing twice changes nothing", () => {
    const value = { api_key: "value", note: `k ${secrets.github}`, args: '{"password":"value","a":1}' }
    const once = scrubber.json(value)
    expect(once).toMatchObject({ api_key: "[REDACTED]", args: '{"password":"[REDACTED]","a":1}' })
    expect(scrubber.json(once)).toEqual(once)
    const url = scrubber.url("https://h/x?key=abcdefghijkl&password=abcdefghijkl")
    expect(url).toBe("https://h/x?key=[REDACTED]&password=[REDACTED]")
    expect(scrubber.url(url)).toBe(url)
    expect(scrubber.text('{"password":"abcdefghijk')).toBe('{"password":"[REDACTED]"')
  })

  test("usage, schemas, signatures and media are as they were", () => {
    const value: JsonValue = {
      max_tokens: 4096,
      usage: { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 3 } },
      usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 3 },
      tools: [
        {
          name: "get_token",
          input_schema: {
            type: "object",
            properties: { token: { type: "string" }, password: { type: "string" } },
          },
        },
      ],
      content: [
        { type: "thinking", thinking: "hm", signature: fakeToken(BASE64, 400, 7) },
        {
          type: "image",
          source: { type: "base64", media_type: "image/png", data: fakeToken(BASE64, 4000, 8) },
        },
      ],
    }
    expect(scrubber.json(value)).toBe(value)
  })

  test.each([
    'export DB_PASSWORD="',
    "token = '",
    '{\\"client_secret\\":\\"',
    "postgres://app:",
    "<password>",
    "https://h.corp.net/x?access_token=",
  ])("a text that breaks off inside of a value after %s keeps nothing of it", (before) => {
    const part = fakeToken(ALNUM, 16, 9)
    expect(scrubber.text(`The file: ${before}${part}`)).not.toContain(part.slice(0, 8))
  })

  test.each([
    "see https://example.com/docs/getting-started",
    "ask user:john.smithers",
    'const title = "configuration',
    "import { x } from './relative/module",
    "<title>Introduction",
    "https://h.corp.net/x?page=introduction",
  ])("a text that breaks off inside of something harmless stays: %s", (text) => {
    expect(scrubber.text(text)).toBe(text)
  })
})
