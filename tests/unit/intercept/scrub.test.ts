import { describe, expect, test } from "vitest"
import type { JsonValue } from "../../../src/base/json.ts"
import { createScrubber } from "../../../src/intercept/scrub.ts"
import { REDACTED } from "../../../src/intercept/secret-key.ts"
import { CANARY, MASKED } from "./exchange-lab.ts"

const scrubber = createScrubber((text) => text.replaceAll(CANARY, MASKED))
const words = (list: string): string[] => list.trim().split(/\s+/)
const json = (value: unknown): JsonValue => scrubber.json(value as JsonValue)

describe("JSON, by name", () => {
  const secretNames = words(`
    api_key apiKey API_KEY OPENAI_API_KEY x-api-key apikey APIKEY apiKeys token access_token
    refreshToken accesstoken tokens authToken password db_password dbPassword passwd pwd passphrase
    userPassword1 authorization Authorization secret secret_note client_secret clientSecret private_key
    privateKey access_key accessKeyId AWS_SECRET_ACCESS_KEY secretAccessKey credentials credential jwt
    cookie cookies set-cookie session bearer session_key
  `)
  test.each(secretNames)("%s loses its value", (name) => {
    expect(json({ deep: [{ [name]: "value" }] })).toEqual({ deep: [{ [name]: REDACTED }] })
    expect(json({ [name]: { nested: "value" } })).toEqual({ [name]: REDACTED })
    expect(json({ [name]: ["value"] })).toEqual({ [name]: REDACTED })
  })

  test("a number under password goes, too", () => {
    expect(json({ password: 123_456, pwd: 42 })).toEqual({ password: REDACTED, pwd: REDACTED })
  })

  const plain: Record<string, unknown> = {
    max_tokens: 4096,
    max_completion_tokens: 10,
    maxOutputTokens: 8192,
    budget_tokens: 1024,
    promptTokenCount: 12,
    candidatesTokenCount: 34,
    usage: { prompt_tokens: 1, completion_tokens: 2, completion_tokens_details: { reasoning_tokens: 0 } },
    usageMetadata: { promptTokensDetails: [{ modality: "TEXT", tokenCount: 5 }], totalTokenCount: 9 },
    tokens: { input: 3, output: 4, cache: { read: 1, write: 0 } },
    prompt_cache_key: "ses_1",
    public_key: "ssh-ed25519 AAAA",
    primary_key: "id",
    key: "Enter",
    tokenizer: "o200k",
    session_id: "ses_1",
    author: "me",
    passed: "yes",
    secretary: "Ms. Jones",
    password: null,
    token: true,
    keys: ["a", "b"],
    session: "ses_712202e09ee9Mo545z5jc1",
    dependencies: { cookie: "^0.7.1", "js-tokens": "4.0.0", "@types/jwt": "~1.2.3-beta.4" },
    packages: {
      "node_modules/cookie": { version: "1", dev: true },
      "session@^1.2.0": { resolution: { integrity: "sha512-x" } },
      cookie: { version: "0.7.1", resolved: "https://h.test/cookie.tgz", integrity: "sha512-x" },
      "server-cookie": ["server-cookie@1.2.3", "", {}, "sha512-x"],
    },
  }
  test.each(Object.keys(plain))("%s stays when it holds no secret", (name) => {
    const value = { [name]: plain[name] }
    expect(json(value)).toBe(value as JsonValue)
  })

  test("log-probabilities keep their tokens (OpenAI and Gemini)", () => {
    const value = {
      logprobs: {
        content: [{ token: "Hello", logprob: -0.1, top_logprobs: [{ token: "Hi", logprob: -2 }] }],
      },
      logprobsResult: { chosenCandidates: [{ token: "Hello", tokenId: 7, logProbability: -0.2 }] },
    }
    expect(json(value)).toEqual(value)
  })

  test("tool schemas keep properties called token or password, but no default values of them", () => {
    const schema = (extra: Record<string, unknown>): unknown => ({
      tools: [
        {
          name: "get_token",
          input_schema: {
            type: "object",
            properties: {
              token: { type: "string", description: "The token to look up", minLength: 3, ...extra },
              password: { anyOf: [{ type: "string" }, { type: "null" }] },
              credentials: { type: "object", properties: { user: { type: "string" } }, required: ["user"] },
              note: { type: "string" },
            },
            required: ["token", "password"],
          },
        },
      ],
    })
    expect(json(schema({}))).toEqual(schema({}))
    expect(json(schema({ default: "hunter2", examples: ["hunter3"], value: { x: 1 } }))).toEqual(
      schema({ default: REDACTED, examples: REDACTED, value: REDACTED }),
    )
  })

  test("tool schemas keep definitions called so, schemas without a type, and choices that are no secret", () => {
    const key = { type: "object", properties: { secret: { title: "Secret", default: null } } }
    const schema = {
      $defs: { Credentials: key, Token: { type: "string" }, password: {} },
      definitions: { Secret: { $ref: "#/$defs/Token" } },
      properties: { apiKey: { type: "string", enum: ["primary", "secondary"] }, token: { title: "Token" } },
    }
    expect(json(schema)).toBe(schema)
    expect(json({ properties: { apiKey: { enum: [CANARY] } } })).toEqual({
      properties: { apiKey: { enum: [MASKED] } },
    })
  })

  test("a property of data that is merely called properties is no schema", () => {
    expect(json({ properties: { password: "hunter2", token: { type_of: "x", raw: "hunter3" } } })).toEqual({
      properties: { password: REDACTED, token: REDACTED },
    })
  })
})

describe("JSON, by value", () => {
  test("every string goes through the masker, property names as well", () => {
    expect(json({ a: [`x ${CANARY}`, { b: CANARY }], [CANARY]: 1 })).toEqual({
      a: [`x ${MASKED}`, { b: MASKED }],
      [MASKED]: 1,
    })
  })

  test("JSON inside strings is scrubbed by name, otherwise its text is kept as it was", () => {
    const args = '{ "path": "a.txt",  "api_key": "value", "inner": "{\\"password\\":\\"value\\"}" }'
    expect(json({ arguments: args })).toEqual({
      arguments: `{"path":"a.txt","api_key":"${REDACTED}","inner":"{\\"password\\":\\"${REDACTED}\\"}"}`,
    })
    const harmless = { arguments: '{ "path":   "a.txt" }' }
    expect(json(harmless)).toBe(harmless)
    expect(json('[{"text":"canary-value"}]')).toBe('[{"text":"<masked>"}]')
  })

  test("arguments that were cut off lose what stands under a secret name", () => {
    expect(scrubber.text('{"path":"a.txt","password":"hun')).toBe(`{"path":"a.txt","password":"${REDACTED}"`)
    expect(scrubber.text('{"password" : "a\\"b", "note":"x')).toBe(`{"password" : "${REDACTED}", "note":"x`)
    expect(scrubber.text('{"token":"abc\\')).toBe(`{"token":"${REDACTED}"`)
  })

  test("objects, lists and numbers under a secret name go as well, however far they came", () => {
    const cases = [
      ['{"a":1,"credentials":{"user":"u","deep":[{"x":"v', `{"a":1,"credentials":"${REDACTED}"`],
      ['{"passwords":["a","b"],"note":"x', `{"passwords":"${REDACTED}","note":"x`],
      [
        '{"password":12345,"n":{"pwd":-1.5e3,"z":[',
        `{"password":"${REDACTED}","n":{"pwd":"${REDACTED}","z":[`,
      ],
      ['{"p\\u0061ssword":"v","x', `{"p\\u0061ssword":"${REDACTED}","x`],
      ['{"secret":{"a":"}","b":["\\"]"]},"c":"', `{"secret":"${REDACTED}","c":"`],
      ['[{"token":"a\\\n","b', `[{"token":"${REDACTED}","b`],
      ['{"token":"', `{"token":"`],
      ['{"password":', `{"password":`],
      ['{"max_tokens":5,"usage":{"total_tokens":7},"password":null,"token":true,"x', undefined],
      ['{ "password": z.string(), "token": Token', undefined],
    ] as const
    for (const [text, expected] of cases) expect(scrubber.text(text)).toBe(expected ?? text)
  })

  test("long texts without end cost their length", () => {
    const started = performance.now()
    for (const piece of [
      '"a"',
      '"a":',
      '"token":[',
      '"token":"',
      "\\",
      '{"',
      '"a"    ',
      '"password":{"x":"',
    ]) {
      scrubber.text(`{${piece.repeat(200_000)}`)
    }
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test("a JSON text inside a JSON text is scrubbed by name, too", () => {
    const twice = JSON.stringify(JSON.stringify({ password: "value", note: CANARY }))
    expect(scrubber.text(twice)).toBe(JSON.stringify(JSON.stringify({ password: REDACTED, note: MASKED })))
    expect(scrubber.text(JSON.stringify("plain"))).toBe('"plain"')
    const listed = '"AWS::IAM::AccessKey": "a4f5606c",\n"password": "Has\u0142o"'
    expect(scrubber.text(listed)).toBe(listed)
  })

  test("the masker is told the name where a name like that may mean a secret", () => {
    const told: [string, string | undefined][] = []
    const telling = createScrubber((text, name) => {
      told.push([text, name])
      return text
    })
    telling.json({ passwort: "a", schlüssel: ["b", { x: "c" }], content: "d", salt: '{"kennwort":"e"}' })
    telling.json({ content: [{ token: "f", logprob: -1 }], max_tokens: "100" })
    expect(told).toEqual([
      ["a", "passwort"],
      ["b", "schlüssel"],
      ["c", undefined],
      ["d", undefined],
      ["e", "kennwort"],
      ['{"kennwort":"e"}', "salt"],
      ["f", undefined],
      ["100", undefined],
    ])
  })

  test("signatures, encrypted content and media are not looked into", () => {
    const value = {
      content: [
        { type: "thinking", thinking: "x", signature: CANARY },
        { type: "redacted_thinking", data: CANARY },
        { type: "image", source: { type: "base64", media_type: "image/png", data: CANARY } },
        { inlineData: { mimeType: "application/pdf", data: CANARY } },
        { type: "image_url", image_url: { url: `data:image/png;base64,${CANARY}` } },
        { type: "reasoning", encrypted_content: CANARY },
        { type: "reasoning.encrypted", data: CANARY },
        { reasoningContent: { reasoningText: { text: "x", signature: CANARY } } },
        { text: "x", thoughtSignature: CANARY },
      ],
    }
    expect(json(value)).toBe(value)
  })

  test("what only has the name or the head of such a thing is looked into", () => {
    const image = "data:image/png;base64,AAAA"
    const values = [
      [{ signature: CANARY }, { signature: MASKED }],
      [
        { media_type: "text/plain", data: CANARY },
        { media_type: "text/plain", data: MASKED },
      ],
      [
        { type: "thinking", thinking: "x", signature: `no base64: ${CANARY}` },
        { type: "thinking", thinking: "x", signature: `no base64: ${MASKED}` },
      ],
      [{ url: `${image}\n${CANARY}` }, { url: `${image}\n${MASKED}` }],
      [
        { mimeType: "image/png", data: `see ${CANARY}` },
        { mimeType: "image/png", data: `see ${MASKED}` },
      ],
    ] as const
    for (const [value, expected] of values) expect(json({ value })).toEqual({ value: expected })
  })

  test("nesting without end neither throws nor gets through", () => {
    let value: JsonValue = CANARY
    for (let depth = 0; depth < 2000; depth += 1) value = depth % 2 === 0 ? [value] : { a: value }
    const text = JSON.stringify(json(value))
    expect(text).toContain("nested-too-deep")
    expect(text).not.toContain(CANARY)
  })

  test("does not change what it is given, and a __proto__ key stays a key", () => {
    const value = JSON.parse(`{"__proto__":{"a":"${CANARY}"},"b":"${CANARY}"}`) as JsonValue
    const before = JSON.stringify(value)
    expect(JSON.stringify(json(value))).toBe(`{"__proto__":{"a":"${MASKED}"},"b":"${MASKED}"}`)
    expect(JSON.stringify(value)).toBe(before)
  })
})

describe("JSON, in slices", () => {
  test("gives the same result as in one go", async () => {
    const value = {
      model: "m",
      messages: [{ role: "user", content: CANARY, token: "value" }, "text", null],
      api_keys: ["value"],
      tools: [{ parameters: { type: "object", properties: { token: { type: "string" } } } }],
      ["__proto__"]: CANARY,
    }
    expect(await scrubber.jsonSliced(value)).toEqual(json(value))
    expect(await scrubber.jsonSliced([CANARY])).toEqual([MASKED])
  })

  test("lets other work run between the messages of a long conversation", async () => {
    const slow = createScrubber((text) => {
      const end = performance.now() + 3
      while (performance.now() < end);
      return text
    })
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    await slow.jsonSliced({ messages: Array.from({ length: 30 }, () => ({ content: "a message" })) })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
  })
})

describe("headers", () => {
  const secret = words(`
    Authorization x-api-key api-key x-goog-api-key cookie set-cookie proxy-authorization x-auth
    x-auth-token helicone-auth x-litellm-key x-portkey-virtual-key x-portkey-api-key
    ocp-apim-subscription-key x-functions-key x-amz-security-token cf-access-client-secret
    x-session-token x-csrf-token x-gitlab-token x-corp-auth-2 x-oauth x-auth-request
  `)
  test.each(secret)("%s loses its value", (name) => {
    expect(scrubber.headers([[name, "value"]])).toEqual({ [name.toLowerCase()]: REDACTED })
  })

  test("other headers stay, in lower case and through the masker", () => {
    const headers = {
      "content-type": "application/json",
      "x-custom-header": "visible",
      "x-session-affinity": "ses_1",
      "x-stainless-lang": "js",
      "idempotency-key": "stainless-node-retry-1",
      "openai-organization": "org-1",
      "x-ratelimit-remaining-tokens": "1200",
      "anthropic-beta": "a,b",
      "x-auth-type": "oauth",
      "author-name": "me",
    }
    expect(scrubber.headers(Object.entries(headers))).toEqual(headers)
    expect(scrubber.headers([["X-Note", `a ${CANARY}`]])).toEqual({ "x-note": `a ${MASKED}` })
    expect(scrubber.headers([["x-meta", '{"session_token":"value"}']])).toEqual({
      "x-meta": `{"session_token":"${REDACTED}"}`,
    })
  })

  test("repeated headers are joined, a Headers object is taken as it is", () => {
    expect(
      scrubber.headers([
        ["a", "1"],
        ["A", "2"],
        ["cookie", "x"],
        ["cookie", "y"],
      ]),
    ).toEqual({ a: "1, 2", cookie: REDACTED })
    expect(scrubber.headers(new Headers({ "X-A": "1" }))).toEqual({ "x-a": "1" })
  })
})

describe("URLs", () => {
  test.each([
    ["https://h/v1beta/models/g:streamGenerateContent?alt=sse&key=AIzaValue", "alt=sse&key=[REDACTED]"],
    ["https://h/x?api_key=v&a=1", "?api_key=[REDACTED]&a=1"],
    ["https://h/x?access_token=v#id_token=w&state=s", "?access_token=[REDACTED]#id_token=[REDACTED]&state=s"],
    [
      "https://h/x?X-Amz-Signature=v&X-Amz-Security-Token=w&X-Amz-Date=d",
      "&X-Amz-Security-Token=[REDACTED]&X-Amz-Date=d",
    ],
    ["https://h/x?api%5Fkey=v", "?api%5Fkey=[REDACTED]"],
    ["https://user:pass@h:8080/x", "https://[REDACTED]@h:8080/x"],
    ["https://user:p@ss@h/x", "https://[REDACTED]@h/x"],
  ])("%s", (url, expected) => {
    const scrubbed = scrubber.url(url)
    expect(scrubbed).toContain(expected)
    expect(scrubbed).not.toMatch(/AIzaValue|pass|p@ss|=v\b|=w\b/)
  })

  test("masked values in path and query, encoded ones too", () => {
    expect(scrubber.url(`https://h/${CANARY}/y?q=${CANARY}`)).toBe(`https://h/${MASKED}/y?q=${MASKED}`)
    expect(scrubber.url("https://h/y?q=canary%2Dvalue")).toBe(`https://h/y?q=${MASKED}`)
  })

  test("leaves a harmless URL, and text that is none, as it is", () => {
    for (const url of [
      "https://api.example.com/v1/chat/completions?api-version=2024-10-21&max_tokens=5&a=b%20c&flag",
      "http://127.0.0.1:4096/x#frag",
      "not a url ? %E0%A4%A",
      "",
    ]) {
      expect(scrubber.url(url)).toBe(url)
    }
  })
})
