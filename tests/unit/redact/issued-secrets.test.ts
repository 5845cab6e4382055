import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../src/base/json.ts"
import { placeholderPattern } from "../../../src/base/placeholder.ts"
import { scopeOf } from "../../../src/redact/issued-literals.ts"
import { createMasker, type Masker } from "../../../src/redact/masker.ts"
import { restoreToolArgs } from "../../../src/redact/restore-args.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"
import { openaiChat } from "../../../src/wire/dialects/openai-chat.ts"
import { ALNUM, BASE64, fakePem, fakeToken, LOWER, LOWER_ALNUM } from "../../support/fake-token.ts"
import { ruleScanner } from "./rule-scanner.ts"

const password = ["Vq7", "rT2x", "Lm9z"].join("")
const inContext = (value: string): string => `password = "${value}"`

function maskerThatSaw(...values: string[]): Masker {
  const masker = createMasker()
  for (const value of values) masker.mask(inContext(value))
  return masker
}

function shape(text: string): string {
  return text.replace(placeholderPattern(), "#")
}

describe("a secret found once", () => {
  test("is masked under the same placeholder and rule where nothing tells that it is one", () => {
    const masker = createMasker()
    const first = masker.mask(inContext(password))
    const later = masker.mask(`The value is\n${password}\n`)
    expect(later.text).toBe(`The value is\n${first.placeholders[0]}\n`)
    expect(later.findings.map(({ ruleId }) => ruleId)).toEqual(["keyword"])
  })

  test.each([
    ["glued to the left", (value: string) => `zz${value}`],
    ["glued to the right", (value: string) => `${value}zz9`],
    ["between dots", (value: string) => `a.${value}.b`],
    ["in a path", (value: string) => `/v/${value}/x`],
    ["in JSON in JSON", (value: string) => JSON.stringify(JSON.stringify({ v: value }))],
    ["in a query", (value: string) => `?v=${encodeURIComponent(value)}&w=1`],
    ["in base64 of more", (value: string) => Buffer.from(`abc${value}def`).toString("base64")],
    ["in base64 before more", (value: string) => Buffer.from(`${value}+more of it`).toString("base64")],
    ["in base64 after a name", (value: string) => Buffer.from(`user:${value}!`).toString("base64")],
  ])("is masked %s", (_, place) => {
    const values = [password, `${password}"\\é&/`, ["gh", "p_", fakeToken(ALNUM, 36, 3)].join("")]
    const masker = maskerThatSaw(...values)
    for (const value of values) {
      const masked = masker.mask(place(value))
      expect(masked.text).not.toContain(value)
      expect(Buffer.from(shape(masked.text), "base64").toString()).not.toContain(value.slice(2, -2))
      expect(masked.findings.length).toBeGreaterThan(0)
      expect(masker.restore(masked.text).text).toBe(place(value))
    }
  })

  test("never leaves again, whatever neutral text it stands in", () => {
    const secret = fc
      .string({ unit: fc.constantFrom(...`${ALNUM}!$#%&/"\\+-_é`.split("")), minLength: 8, maxLength: 60 })
      .filter((value) => scopeOf(value, "password") === "anywhere" && value.trim() === value)
    const neutral = fc.oneof(
      fc.string({ unit: fc.constantFrom(...` .,:;/()\nlorem ipsum dolor 12`.split("")), maxLength: 30 }),
      fc.constantFrom("zz", "9", "_", "<REDACTED:", "<REDACTED:00000000000000>", "x="),
    )
    fc.assert(
      fc.property(secret, neutral, neutral, (value, left, right) => {
        const masker = createMasker({ scanner: ruleScanner() })
        masker.mask(value, { name: "password" })
        for (const text of [left + value + right, JSON.stringify({ [left]: left + value + right })]) {
          const masked = masker.mask(text)
          expect(masked.text).not.toContain(value)
          expect(masked.text).not.toContain(JSON.stringify(value).slice(1, -1))
          expect(masker.mask(masked.text).text).toBe(masked.text)
          expect(masker.restore(masked.text).text).toBe(text)
        }
      }),
      { numRuns: 500 },
    )
  })

  test("is masked in what was sent before it was known", () => {
    const masker = createMasker()
    const earlier = `the value ${password} was looked up`
    const json = JSON.stringify({ v: earlier, escaped: 'a "b"' }).replace("V", String.raw`\u0056`)
    expect(masker.mask(earlier).text).toBe(earlier)
    expect(masker.mask(json, { json: true }).text).toBe(json)
    masker.mask(inContext(password))
    expect(shape(masker.mask(earlier).text)).toBe("the value # was looked up")
    expect(JSON.parse(shape(masker.mask(json, { json: true }).text))).toMatchObject({
      v: "the value # was looked up",
    })
  })

  test("is masked in earlier parts of the very request, document or value that gives it away", () => {
    const later = inContext(password)
    const body: JsonObject = {
      model: "m",
      messages: [
        { role: "user", content: `see ${password}` },
        { role: "user", content: later },
      ],
    }
    expect(JSON.stringify(createMasker().maskBody(body, openaiChat).body)).not.toContain(password)
    expect(JSON.stringify(createMasker().maskValue([`see ${password}`, later]).value)).not.toContain(password)
    const json = JSON.stringify([`see ${password}`, later])
    const masker = createMasker()
    const masked = masker.mask(json, { json: true })
    expect(masked.text).not.toContain(password)
    expect(masked.findings).toHaveLength(2)
    expect(masker.mask(masked.text, { json: true }).text).toBe(masked.text)
  })

  test("is not scanned for again in a history that holds none of what is new", () => {
    const scanner = ruleScanner()
    const masker = createMasker({ scanner })
    const history = ["first part", "second part", inContext("Kx81-qqp2-44")]
    for (const part of history) masker.mask(part)
    masker.mask(inContext(password))
    const scans = scanner.scanned.length
    for (const part of history) masker.mask(part)
    expect(scanner.scanned).toHaveLength(scans)
  })

  test("comes out whole where it is part of another, or overlaps with it", () => {
    const [a, b] = [`${password}-mid`, `mid-${["Zx55", "ppQ1"].join("")}`]
    const masker = maskerThatSaw(password, a, b, `pre.${password}.post`)
    expect(shape(masker.mask(`x pre.${password}.post y`).text)).toBe("x # y")
    expect(shape(masker.mask(`x ${password}-mid-${b.slice(4)} y`).text)).toBe("x # y")
    expect(shape(masker.mask(`x ${password}-mix y`).text)).toBe("x #-mix y")
  })

  test("is masked again in arguments of a tool that looks up local files", () => {
    const masker = createMasker()
    const placeholder = masker.mask(inContext(password)).placeholders[0]!
    for (const [tool, args] of [
      ["grep", { pattern: placeholder, path: `src/${placeholder}` }],
      ["glob", { pattern: `**/${placeholder}*` }],
      ["read", { filePath: `/home/x/${placeholder}.txt` }],
      ["write", { filePath: "a", content: `v ${placeholder} w` }],
      ["edit", { filePath: "a", oldString: "x", newString: placeholder }],
    ] as const) {
      const before = structuredClone<JsonValue>(args)
      expect(restoreToolArgs({ tool, args, masker }).restored).toBeGreaterThan(0)
      expect(JSON.stringify(args)).toContain(password)
      expect(masker.maskValue(args).value).toEqual(before)
    }
  })

  test("is not looked for any more once the vault has dropped it", () => {
    const vault = createMemoryVault()
    const masker = createMasker({ scanner: ruleScanner(), vault })
    const placeholder = vault.issue(password, "password")
    expect(masker.mask(`see ${password}`).placeholders).toEqual([placeholder])
    vault.forget(placeholder)
    expect(masker.mask(`look at ${password}`).text).toBe(`look at ${password}`)
    vault.issue(password, "password")
    expect(masker.mask(`look at ${password}`).placeholders).toEqual([placeholder])
  })

  test("is known to a masker made later for the same vault", () => {
    const vault = createMemoryVault()
    const placeholder = vault.issue(password, "password")
    expect(createMasker({ vault }).mask(`see ${password}`).placeholders).toEqual([placeholder])
  })
})

describe("a private key found once", () => {
  const pem = fakePem("PRIVATE KEY")
  const lines = pem.split("\n").slice(1, -1)

  test("has every line masked, wherever it stands alone", () => {
    const masker = createMasker()
    masker.mask(pem)
    for (const line of lines) {
      for (const text of [line, `12: ${line}`, `"${line}\\n" +`, `zz${line}zz`]) {
        expect(masker.mask(text).text).not.toContain(line)
        expect(masker.restore(masker.mask(text).text).text).toBe(text)
      }
    }
  })

  test("has every line masked when it was seen in a numbered listing or on one line", () => {
    for (const seen of [
      pem
        .split("\n")
        .map((line, index) => `${index + 1}: ${line}`)
        .join("\n"),
      JSON.stringify({ key: pem }),
    ]) {
      const masker = createMasker()
      masker.mask(seen)
      const copied = masker.mask(lines.join("\n\n")).text
      expect(lines.filter((line) => copied.includes(line))).toEqual([])
    }
  })

  test("does not mask the markers of other blocks", () => {
    const masker = createMasker()
    masker.mask(
      pem
        .split("\n")
        .map((line, index) => `${index + 1}: ${line}`)
        .join("\n"),
    )
    const text = "A key is framed by `-----BEGIN PRIVATE KEY-----` and `-----END PRIVATE KEY-----`."
    expect(masker.mask(text).text).toBe(text)
  })
})

describe("what only its context made a secret", () => {
  const ordinary = [
    "postgres",
    "admin",
    "test",
    "true",
    "1234",
    "2026",
    "54321",
    "100000",
    "123456",
    "swordfish",
    "Summer",
    "PASSWORD",
    "database",
    "dev-password",
    "user_password",
    "v1.2.3",
    "127.0.0.1",
    "sha256",
    "aaaaaaaa",
    "********",
    "abababab",
    "2024-11-05",
    "10.0.0.12:8080",
    ["$", "{token(12)}-x"].join(""),
  ]

  test("is left alone elsewhere where it is an everyday word, a short number or a version", () => {
    expect(ordinary.filter((value) => scopeOf(value, "keyword") !== "context")).toEqual([])
    const masker = createMasker({ scanner: ruleScanner() })
    for (const value of ordinary) masker.mask(value, { name: "password" })
    const text = `The ${ordinary.join(" and ")} stay.`
    expect(masker.mask(text).text).toBe(text)
  })

  test("is masked as a whole word only where it is short or made of words", () => {
    const wordlike = [
      "hunter2",
      "ab1!",
      "woRdy",
      "open-sesame",
      "correct horse battery",
      "8273645",
      "hunterTwo",
    ]
    expect(wordlike.filter((value) => scopeOf(value, "keyword") !== "word")).toEqual([])
    const masker = createMasker({ scanner: ruleScanner() })
    for (const value of wordlike) masker.mask(value, { name: "password" })
    for (const value of wordlike) {
      expect(shape(masker.mask(`so (${value}) it is`).text)).toBe("so (#) it is")
      expect(masker.mask(`so x${value}x it is`).text).toBe(`so x${value}x it is`)
    }
  })

  test("is masked at any place where it looks generated, or has eight characters and is no word", () => {
    const generated = [
      "hunter22",
      "p@ssw0rd!x",
      fakeToken(LOWER_ALNUM, 10, 2),
      fakeToken(LOWER, 24, 4),
      fakeToken(BASE64, 40, 5),
    ]
    expect(generated.filter((value) => scopeOf(value, "keyword") !== "anywhere")).toEqual([])
  })

  test("is masked at any place where a rule knows its form", () => {
    expect(scopeOf("ab".repeat(10), "some-vendor-key")).toBe("context")
    expect(scopeOf("correct-horse-battery", "some-vendor-key")).toBe("anywhere")
    expect(scopeOf("correct-horse-battery", "keyword")).toBe("word")
  })

  test("keeps an e-mail address whole", () => {
    const masker = createMasker({ scanner: ruleScanner(), vault: withEmail("joe@example.net") })
    expect(shape(masker.mask("to joe@example.net, not mojoe@example.net").text)).toBe(
      "to #, not mojoe@example.net",
    )
  })
})

function withEmail(address: string): ReturnType<typeof createMemoryVault> {
  const vault = createMemoryVault()
  vault.issue(address, "email")
  return vault
}

describe("masking with many secrets", () => {
  /** Milliseconds of the fastest of `runs`. */
  const fastest = (runs: number, work: () => void): number =>
    Math.min(
      ...Array.from({ length: runs }, () => {
        const startedAt = performance.now()
        work()
        return performance.now() - startedAt
      }),
    )

  /** Everything on one line, as minified JSON is. */
  const dense = (findings: number): string =>
    Array.from({ length: findings }, (_, index) => `password = pw${index}xY${"-filler".repeat(9)} `).join("")

  test("takes twice the time for twice the secrets in one line of up to 1.6 MB", () => {
    const timed = (findings: number): number => {
      const text = dense(findings)
      return fastest(4, () => createMasker({ scanner: ruleScanner(), cacheBytes: 0 }).mask(text))
    }
    expect(dense(20_000).length).toBeGreaterThan(1_500_000)
    timed(5000)
    expect(timed(20_000) / timed(2500)).toBeLessThan(2.5 ** 3)
  }, 60_000)

  test.each([
    ["URL passwords", (index: number) => `https://u:pw${index}xY@h `],
    ["password pairs", (index: number) => `db_password_${index}=hunter2${index}\n`],
  ])("gets through 100 KB of %s", (_, unit) => {
    let text = ""
    for (let index = 0; text.length < 100_000; index += 1) text += unit(index)
    const masker = createMasker({ cacheBytes: 0 })
    const startedAt = performance.now()
    const masked = masker.mask(text)
    expect(performance.now() - startedAt).toBeLessThan(2000)
    expect(masked.findings.length).toBeGreaterThan(2500)
    expect(masker.restore(masked.text).text).toBe(text)
  })

  test("hardly costs more with 5,000 secrets that begin alike than with 50", () => {
    const text = "a ghp_ghp_ in prose, ".repeat(20_000)
    const timed = (count: number): number => {
      const vault = createMemoryVault()
      const masker = createMasker({ scanner: { ruleIds: [], scan: () => [] }, vault, cacheBytes: 0 })
      for (let index = 0; index < count; index += 1)
        vault.issue(["gh", "p_", fakeToken(ALNUM, 36, index)].join(""), "github-token")
      return fastest(5, () => masker.mask(text))
    }
    timed(50)
    expect(timed(5000) / Math.max(1, timed(50))).toBeLessThan(6)
  })
})
