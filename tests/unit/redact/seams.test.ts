import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../src/base/json.ts"
import { createMasker, type Masker } from "../../../src/redact/masker.ts"
import { createSeamFinder } from "../../../src/redact/seams.ts"
import type { Scanner } from "../../../src/secrets/rule.ts"
import { createScanner } from "../../../src/secrets/scanner.ts"
import type { DialectId } from "../../../src/wire/dialect.ts"
import { dialectById } from "../../../src/wire/dialects/index.ts"
import { ALNUM, fakeJwt, fakePem, fakeToken } from "../../support/fake-token.ts"

const token = `ghp_${fakeToken(ALNUM, 36)}`
// Compiled once for all.
const scanner = createScanner()
const placeholder = /^<REDACTED:[0-9a-f]{14}>$/

function cutAt(text: string, ...offsets: readonly number[]): readonly string[] {
  return [0, ...offsets].map((offset, index) => text.slice(offset, offsets[index]))
}

/** What is left of `secret` in `texts`: its longest part. */
function longestLeft(secret: string, texts: readonly string[]): number {
  const all = texts.join("\n")
  let longest = 0
  for (let start = 0; start < secret.length; start += 1) {
    while (all.includes(secret.slice(start, start + longest + 1)) && start + longest < secret.length)
      longest += 1
  }
  return longest
}

function countingScanner(): { counted: Scanner; scans: () => number } {
  let scans = 0
  const scan: Scanner["scan"] = (text, context) => {
    scans += 1
    return scanner.scan(text, context)
  }
  return { counted: { ruleIds: scanner.ruleIds, scan }, scans: () => scans }
}

describe("a secret that is split over texts which follow each other", () => {
  test.each([1, 2, 4, 5, 12, 20, 36, 39])("is masked piece by piece, cut after %d characters", (at) => {
    const masker = createMasker({ scanner })
    const { texts, split } = masker.maskTexts([`take ${token.slice(0, at)}`, `${token.slice(at)} please`])
    expect(split).toBe(true)
    expect(texts[0]?.slice("take ".length)).toMatch(placeholder)
    expect(texts[1]?.slice(0, -" please".length)).toMatch(placeholder)
    expect(texts.map((text) => masker.restore(text).text)).toEqual([
      `take ${token.slice(0, at)}`,
      `${token.slice(at)} please`,
    ])
  })

  test("is found over more than two, also one character each", () => {
    const masker = createMasker({ scanner })
    for (const texts of [cutAt(`x ${token} y`, 9, 20, 31), ["x ", ...token.split(""), " y"]]) {
      const masked = masker.maskTexts(texts)
      expect(longestLeft(token, masked.texts)).toBeLessThan(2)
      expect(masked.texts.map((text) => masker.restore(text).text)).toEqual(texts)
    }
  })

  test.each([
    ["its key and a separator in the first", "the db_password=", "Xk9_mQ2vT7z, and so on"],
    ["its key and an opening quote in the first", 'const dbPassword = "', 'Xk9_mQ2vT7z"\nmore'],
    ["a blank behind the separator", "db_password: ", "Xk9_mQ2vT7z\n"],
    ["a part of its key in the first", "set db_pass", "word=Xk9_mQ2vT7z now"],
    ["a part of the value in each", "db_password=Xk9_m", "Q2vT7z now"],
  ])("is found by %s", (_, before, after) => {
    const masker = createMasker({ scanner })
    const { texts } = masker.maskTexts([before, after])
    expect(longestLeft("Xk9_mQ2vT7z", texts)).toBeLessThan(3)
    expect(texts.map((text) => masker.restore(text).text)).toEqual([before, after])
  })

  test("is found where it is a token of many characters or a block of many lines", () => {
    const jwt = fakeJwt({ sub: "1234", scope: "a".repeat(900) })
    const pem = fakePem("RSA PRIVATE KEY", 60)
    for (const secret of [jwt, pem]) {
      for (const at of [30, 700, secret.length - 40]) {
        const masker = createMasker({ scanner })
        const texts = [`see ${secret.slice(0, at)}`, `${secret.slice(at)}\nend`]
        const masked = masker.maskTexts(texts)
        expect(longestLeft(secret, masked.texts)).toBeLessThan(8)
        expect(masked.texts.map((text) => masker.restore(text).text)).toEqual(texts)
      }
    }
  })

  test("is found where it is one of the person's own values", () => {
    const masker = createMasker({ scanner, known: { DOOR: "lavender-and-thyme" } })
    const { texts } = masker.maskTexts(["say lavender-a", "nd-thyme twice"])
    expect(texts[0]).toMatch(/^say <REDACTED:[0-9a-f]{14}>$/)
    expect(texts[1]).toMatch(/^<REDACTED:[0-9a-f]{14}> twice$/)
  })

  test("is found between long texts", () => {
    const padding = "lorem ipsum dolor sit amet\n".repeat(4000)
    const { texts } = createMasker({ scanner }).maskTexts([
      padding + token.slice(0, 11),
      token.slice(11) + padding,
    ])
    expect(longestLeft(token, texts)).toBeLessThan(2)
  })

  test("stays masked the same in every turn, and its pieces are left as they are once masked", () => {
    const masker = createMasker({ scanner })
    const texts = [`a ${token.slice(0, 17)}`, `${token.slice(17)} b`]
    const first = masker.maskTexts(texts).texts
    expect(masker.maskTexts(texts).texts).toEqual(first)
    expect(masker.maskTexts(first)).toMatchObject({ texts: first, changed: false, split: false })
  })
})

describe("texts that follow each other without a secret between them", () => {
  test.each([
    ["a line break", [`key ${token}\n`, "Called the tool"]],
    ["a blank", ["my password is ", "hunters moon is the first"]],
    [
      "a value that ends one and a word that begins the next",
      ["password: Xk9mQ2vT7z", "Called the Read tool"],
    ],
    ["a value that ends one and a name that begins the next", ["password: Xk9mQ2vT7z", "next_key2 = 7"]],
    ["a word that ends one and a token that begins the next", ["Read", `${token} there`]],
    ["prose", ["This is a sentence.", "This is the next one."]],
    ["paths", ["src/lib/alpha.ts", "src/lib/beta.ts", "tests/unit/gamma.test.ts"]],
    ["hashes", [fakeToken("0123456789abcdef", 40), fakeToken("0123456789abcdef", 40, 2)]],
    ["ids", ["3f2c9a", "b81d04", "77e5aa"]],
  ])("are masked as each alone: %s", (_, texts) => {
    const together = createMasker({ scanner, cacheBytes: 0 }).maskTexts(texts)
    expect(together.split).toBe(false)
    const alone = createMasker({ scanner })
    const shape = (text: string): string => text.replace(/<REDACTED:[0-9a-f]{14}>/g, "<>")
    expect(together.texts.map(shape)).toEqual(texts.map((text) => shape(alone.mask(text).text)))
  })

  test("are no names that make the next one a value, without a sign between them", () => {
    const kinds = ["password", "token", "secret", "key"]
    for (const count of [2, 5, 12, 800]) {
      const names = Array.from({ length: count }, (_, index) => `${kinds[index % kinds.length]}_${index}`)
      const value: JsonValue = { columns: names }
      expect(createMasker({ scanner }).maskValue(value).value).toBe(value)
    }
  })

  test("are not scanned again in the next turn", () => {
    const { counted, scans } = countingScanner()
    const masker = createMasker({ scanner: counted })
    const texts = Array.from({ length: 40 }, (_, index) => `part ${index} of a long text.`)
    masker.maskTexts(texts)
    const before = scans()
    masker.maskTexts(texts)
    expect(scans()).toBe(before)
    // One more part costs that part and its seam.
    masker.maskTexts([...texts, "and one more"])
    expect(scans() - before).toBeLessThan(5)
  })
})

describe("many short texts that follow each other", () => {
  const many = (count: number, make: (index: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, index) => make(index))

  test.each([
    ["words", (index: number) => `word${index}`, 4],
    ["keys without a value", () => "password=", 12],
    ["names of secrets", (index: number) => `password_${index}`, 6],
    ["beginnings of tokens", (index: number) => `ghp_${fakeToken(ALNUM, 10, index)}`, 8],
    ["parts of one token", () => fakeToken(ALNUM, 12), 8],
  ])("are scanned a few times each, and no more often the more there are: %s", (_, make, most) => {
    for (const count of [200, 800]) {
      let chars = 0
      const counted: Scanner = {
        ruleIds: scanner.ruleIds,
        scan(text, context) {
          chars += text.length
          return scanner.scan(text, context)
        },
      }
      const texts = many(count, make)
      createMasker({ scanner: counted }).maskTexts(texts)
      expect(chars / texts.join("").length).toBeLessThan(most)
    }
  })

  test("are judged in time that grows with their number: all of a secret's 20 000 single characters", () => {
    const secret = `ghp_${fakeToken(ALNUM, 36)}`
    const texts = many(500, () => `${secret} `)
      .join("")
      .split("")
    const finder = createSeamFinder({
      scan: (text) => scanner.scan(text),
      detect: (text) => scanner.scan(text),
      version: () => 0,
    })
    const alone = texts.map((text) => ({ text, masked: { text, findings: [], placeholders: [] } }))
    const startedAt = performance.now()
    const split = finder.find(alone)
    expect(split.size).toBe(500 * secret.length)
    // Half a second where it is linear; half a minute where each finding is compared with each seam.
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })
})

/** A body of each dialect whose one message has the two texts in parts that follow each other. */
const BODIES: readonly (readonly [DialectId, string, (a: string, b: string) => JsonObject])[] = [
  [
    "anthropic-messages",
    "two text blocks",
    (a, b) => ({
      system: "s",
      max_tokens: 9,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: a },
            { type: "text", text: b },
          ],
        },
      ],
    }),
  ],
  [
    "anthropic-messages",
    "a text block and a tool result",
    (a, b) => ({
      system: "s",
      max_tokens: 9,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: a },
            { type: "tool_result", tool_use_id: "t", content: b },
          ],
        },
      ],
    }),
  ],
  [
    "anthropic-messages",
    "two blocks of one tool result",
    (a, b) => ({
      system: "s",
      max_tokens: 9,
      messages: [
        {
          role: "user",
          content: [
            {
              type: "tool_result",
              tool_use_id: "t",
              content: [
                { type: "text", text: a },
                { type: "text", text: b },
              ],
            },
          ],
        },
      ],
    }),
  ],
  [
    "anthropic-messages",
    "two paragraphs of the system prompt",
    (a, b) => ({
      max_tokens: 9,
      system: [
        { type: "text", text: a },
        { type: "text", text: b },
      ],
      messages: [{ role: "user", content: "x" }],
    }),
  ],
  [
    "openai-chat",
    "two text parts",
    (a, b) => ({
      model: "m",
      stop: "x",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: a },
            { type: "text", text: b },
          ],
        },
      ],
    }),
  ],
  [
    "openai-responses",
    "two input texts",
    (a, b) => ({
      model: "m",
      input: [
        {
          role: "user",
          content: [
            { type: "input_text", text: a },
            { type: "input_text", text: b },
          ],
        },
      ],
    }),
  ],
  ["openai-responses", "two strings", (a, b) => ({ model: "m", input: [a, b] })],
  [
    "google-generate-content",
    "two parts",
    (a, b) => ({ contents: [{ role: "user", parts: [{ text: a }, { text: b }] }] }),
  ],
  [
    "google-generate-content",
    "a text and what a function answered",
    (a, b) => ({
      contents: [
        { role: "user", parts: [{ text: a }, { functionResponse: { name: "f", response: { output: b } } }] },
      ],
    }),
  ],
  [
    "bedrock-converse",
    "two blocks",
    (a, b) => ({
      inferenceConfig: { maxTokens: 9 },
      messages: [{ role: "user", content: [{ text: a }, { text: b }] }],
    }),
  ],
  [
    "bedrock-converse",
    "a text and a tool result",
    (a, b) => ({
      inferenceConfig: { maxTokens: 9 },
      messages: [
        { role: "user", content: [{ text: a }, { toolResult: { toolUseId: "t", content: [{ text: b }] } }] },
      ],
    }),
  ],
  [
    "generic-messages",
    "two parts",
    (a, b) => ({
      messages: [
        {
          role: "user",
          content: [
            { kind: 1, text: a },
            { kind: 1, text: b },
          ],
        },
      ],
    }),
  ],
]

function maskedBody(masker: Masker, id: DialectId, body: JsonObject): { text: string; body: JsonObject } {
  const dialect = dialectById(id)
  expect(dialect?.claims(body)).toBe(true)
  if (!dialect) throw new Error(`no dialect ${id}`)
  const masked = masker.maskBody(body, dialect)
  return { text: JSON.stringify(masked.body), body: masked.body }
}

describe("a body whose message has a secret split over its parts", () => {
  test.each(BODIES)("%s, %s: is masked in both, once and for all", (id, _, build) => {
    const masker = createMasker({ scanner })
    const body = build(`take ${token.slice(0, 15)}`, `${token.slice(15)} please`)
    const once = maskedBody(masker, id, body)
    expect(longestLeft(token, [once.text])).toBeLessThan(3)
    expect(once.text.match(/<REDACTED:[0-9a-f]{14}>/g)).toHaveLength(2)
    expect(masker.restore(once.text).text).toBe(JSON.stringify(body))
    expect(maskedBody(masker, id, once.body).body).toBe(once.body)
    expect(maskedBody(masker, id, structuredClone(body)).text).toBe(once.text)
  })

  test("says how many texts changed and under which rule", () => {
    const [id, , build] = BODIES[0] ?? ["anthropic-messages", "", () => ({})]
    const dialect = dialectById(id)
    if (!dialect) throw new Error(`no dialect ${id}`)
    const body = build(`take ${token.slice(0, 15)}`, token.slice(15))
    const { changed, fieldsChanged, findings } = createMasker({ scanner }).maskBody(body, dialect)
    expect([changed, fieldsChanged]).toEqual([true, 2])
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  })
})

describe("texts of a body that do not follow each other", () => {
  const apart = (id: DialectId, body: JsonObject): void => {
    expect(maskedBody(createMasker({ scanner }), id, body).body).toBe(body)
  }
  // A keyword assignment over the seam; no half of it is a secret.
  const [a, b] = ["the db_password=", "Xk9_mQ2vT7z"]

  test("stay as they are: the last of one message and the first of the next", () => {
    const image = { type: "image", source: { type: "url", url: "https://example.test/a.png" } }
    apart("anthropic-messages", {
      system: "s",
      max_tokens: 9,
      messages: [
        { role: "user", content: [{ type: "text", text: a }] },
        { role: "assistant", content: [image, { type: "text", text: b }] },
      ],
    })
    apart("generic-messages", {
      messages: [
        { role: "a", text: a },
        { role: "b", text: b },
      ],
    })
    apart("openai-responses", {
      model: "m",
      input: [
        { role: "user", content: a },
        { role: "user", content: b },
      ],
    })
  })

  test("stay as they are: a text and a key of a tool's arguments", () => {
    const key = { type: "tool_use", id: "t", name: "n", input: { [b]: "x" } }
    apart("anthropic-messages", {
      system: "s",
      max_tokens: 9,
      messages: [{ role: "assistant", content: [{ type: "text", text: a }, key] }],
    })
  })
})

describe("values", () => {
  test("a secret split over the strings of a list is masked, over keys and objects it is not", () => {
    const masker = createMasker({ scanner })
    const value: JsonValue = { lines: [`take ${token.slice(0, 15)}`, `${token.slice(15)} please`] }
    const masked = masker.maskValue(value)
    expect(longestLeft(token, [JSON.stringify(masked.value)])).toBeLessThan(3)
    expect(JSON.parse(masker.restore(JSON.stringify(masked.value)).text)).toEqual(value)
    const apart: JsonValue = [{ first: "the db_password=" }, { second: "Xk9_mQ2vT7z" }]
    expect(masker.maskValue(apart).value).toBe(apart)
  })
})

const PIECES = [
  token,
  fakeJwt(),
  "db_password=",
  "db_password: ",
  "Xk9_mQ2vT7z",
  "postgres://app:Xk9mQ2vT7z@db.example.test/x",
  "<REDACTED:00000000000000>",
  "<REDACTED:",
  "lorem",
  "\u{1F511}",
  "\n",
  " ",
  "a",
  ".",
  '"',
]

describe("any texts cut anywhere", () => {
  test("come back exactly, and masking them again changes nothing", () => {
    const rows = fc.array(
      fc
        .tuple(fc.constantFrom(...PIECES), fc.integer({ min: 0, max: 60 }))
        .map(([piece, at]) => [piece, at] as const),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(rows, (pieces) => {
        const texts = pieces.flatMap(([piece, at]) => [piece.slice(0, at), piece.slice(at)])
        const masker = createMasker({ scanner })
        const once = masker.maskTexts(texts)
        expect(masker.maskTexts(once.texts).texts).toEqual(once.texts)
        expect(once.texts.map((text) => masker.restore(text).text)).toEqual(texts)
      }),
      { numRuns: 500, seed: 20_262 },
    )
  })
})
