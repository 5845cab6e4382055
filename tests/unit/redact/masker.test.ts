import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AirlockError } from "../../../src/base/errors.ts"
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/base/json.ts"
import { placeholderPattern } from "../../../src/base/placeholder.ts"
import { createMasker, type Masker } from "../../../src/redact/masker.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"
import type { Scanner } from "../../../src/secrets/rule.ts"
import type { Dialect, TextVisitor } from "../../../src/wire/dialect.ts"
import { ruleScanner } from "./rule-scanner.ts"

const token = ["tok", "_abcdef", "0123456789"].join("")
const otherToken = ["tok", "_zyxwvu", "9876543210"].join("")
const key = new Uint8Array(32).fill(3)
const forged = "<REDACTED:00000000000000>"

function localMasker(): Masker {
  return createMasker({ scanner: ruleScanner(), vault: createMemoryVault({ key }) })
}

/** Hands out `content` strings as plain text and `arguments` strings as JSON, like the OpenAI dialects. */
function mapBody(value: JsonValue, visit: TextVisitor, name?: string): JsonValue {
  if (typeof value === "string" && name === "content") return visit(value, {})
  if (typeof value === "string" && name === "arguments") return visit(value, { json: true })
  if (isJsonArray(value))
    return keepSame(
      value,
      value.map((item) => mapBody(item, visit, name)),
    )
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, item]) => [key, mapBody(item!, visit, key)] as const)
  return entries.every(([key, item]) => item === value[key]) ? value : Object.fromEntries(entries)
}

function keepSame(before: readonly JsonValue[], after: readonly JsonValue[]): readonly JsonValue[] {
  return after.every((item, index) => item === before[index]) ? before : after
}

const dialect = {
  id: "openai-chat",
  mapText: (body: JsonObject, visit: TextVisitor) => mapBody(body, visit) as JsonObject,
} as Dialect

/** Texts in which secrets, forged placeholders and their fragments stand close together. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        token,
        otherToken,
        "password = ",
        'password="',
        "hunter2hunter2",
        forged,
        "<REDACTED:",
        ">",
      ),
      fc.constantFrom(
        "\n",
        "1: ",
        "2: ",
        "+",
        "-----BEGIN KEY-----",
        "-----END KEY-----",
        "00000000000000>",
        "tok_",
      ),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(""))

describe("mask", () => {
  test("replaces what the scanner finds and names the rule and place, never the value", () => {
    const masked = localMasker().mask(`use ${token} now`)
    expect(masked.text).toMatch(/^use <REDACTED:[0-9a-f]{14}> now$/)
    expect(masked.findings).toEqual([{ ruleId: "token", start: 4, end: 4 + token.length, count: 1 }])
  })

  test("answers the very same text where nothing is found", () => {
    const plain = "nothing to see"
    expect(localMasker().mask(plain)).toEqual({ text: plain, findings: [], placeholders: [] })
  })

  test("gives one secret one placeholder wherever it stands", () => {
    const masked = localMasker().mask(`${token} and ${otherToken} and ${token}`)
    const placeholders = masked.text.match(placeholderPattern())
    expect(placeholders).toHaveLength(3)
    expect(placeholders![0]).toBe(placeholders![2])
    expect(placeholders![0]).not.toBe(placeholders![1])
  })

  test("masks nothing more the second time", () => {
    fc.assert(
      fc.property(text, (original) => {
        const masker = localMasker()
        const once = masker.mask(original).text
        expect(masker.mask(once).text).toBe(once)
      }),
      { numRuns: 500 },
    )
  })

  test("is undone by restore for every text without an issued placeholder", () => {
    fc.assert(
      fc.property(text, (original) => {
        const masker = localMasker()
        expect(masker.restore(masker.mask(original).text).text).toBe(original)
      }),
      { numRuns: 500 },
    )
  })

  test("places findings of later passes in the original text", () => {
    fc.assert(
      fc.property(text, (original) => {
        const masker = localMasker()
        const masked = masker.mask(original)
        let marked = original
        for (const { start, end } of masked.findings.toReversed()) {
          marked = `${marked.slice(0, start)}#${marked.slice(end)}`
        }
        const kept = masked.text.replace(placeholderPattern(), (found) =>
          original.includes(found) ? found : "#",
        )
        expect(marked).toBe(kept)
      }),
      { numRuns: 300 },
    )
  })

  test("looks again until a text has settled, because masks move texts closer together", () => {
    const near: Scanner = {
      ruleIds: ["near"],
      scan(text) {
        const at = text.search(/s[0-9]{40}/)
        return at >= 0 && at < 60 ? [{ ruleId: "near", start: at, end: at + 41 }] : []
      },
    }
    const masker = createMasker({ scanner: near })
    const original = ["0", "1", "2"].map((digit) => `s${digit.repeat(40)}`).join(" ")
    const masked = masker.mask(original)
    expect(masked.text).not.toContain("s1")
    expect(masked.text).not.toContain("s2222")
    expect(masked.findings.map(({ start, end }) => original.slice(start, end)[1])).toEqual(["0", "1", "2"])
    expect(masker.mask(masked.text).text).toBe(masked.text)
    expect(masker.restore(masked.text).text).toBe(original)
  })

  test("does not let a marker inside a secret save the rest of it", () => {
    const greedy: Scanner = {
      ruleIds: ["greedy"],
      scan: (text) => {
        const match = /(?<=password = ")[^"]+/.exec(text)
        return match ? [{ ruleId: "greedy", start: match.index, end: match.index + match[0].length }] : []
      },
    }
    const masker = createMasker({ scanner: greedy })
    for (const marker of [forged, "<SECRET>", "<REDACTED:"]) {
      const original = `password = "horse${marker}battery"`
      const masked = masker.mask(original).text
      expect(masked).not.toContain("horse")
      expect(masked).not.toContain("battery")
      expect(masker.restore(masked).text).toBe(original)
    }
  })

  test("throws and names no text when the scanner fails", () => {
    const failing: Scanner = {
      ruleIds: [],
      scan: (text) => {
        throw new RangeError(`cannot look at ${text}`)
      },
    }
    const masker = createMasker({ scanner: failing })
    const error = thrownBy(() => masker.mask(`my ${token}`))
    expect(error).toBeInstanceOf(AirlockError)
    expect(error).toMatchObject({ code: "MASK_FAILED" })
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain(token)
    expect(() => masker.maskBody({ content: `my ${token}` }, dialect)).toThrow(AirlockError)
    expect(() => masker.maskValue([`my ${token}`])).toThrow(AirlockError)
  })

  test("throws on findings that are not within the text", () => {
    const findings = [
      { ruleId: "x", start: 0, end: 99 },
      { ruleId: "x", start: 2, end: 2 },
      { ruleId: "x", start: Number.NaN, end: 3 },
    ]
    for (const finding of findings) {
      const masker = createMasker({ scanner: { ruleIds: ["x"], scan: () => [finding] } })
      expect(() => masker.mask("a short text")).toThrow(AirlockError)
    }
  })

  test("masks a numbered listing line by line, so that line numbers never get into a restored key", () => {
    const lines = ["-----BEGIN KEY-----", "abcdefgh", "ijklmnop", "-----END KEY-----"]
    const listings = [
      (line: string, index: number) => `${index + 9}: ${line}`,
      (line: string, index: number) => `0000${index + 1}| ${line}`,
      (line: string, index: number) => `     ${index + 1}\t${line}`,
      (line: string, index: number) => `  Line ${index + 1}: ${line}`,
      (line: string) => `+${line}`,
    ]
    for (const listing of listings) {
      const original = lines.map(listing).join("\n")
      const masker = localMasker()
      const masked = masker.mask(original)
      expect(masked.findings).toHaveLength(4)
      const copied = masked.text.match(placeholderPattern())!.join("\n")
      expect(masker.restore(copied).text).toBe(lines.join("\n"))
      expect(masker.restore(masked.text).text).toBe(original)
    }
  })

  test("keeps carriage returns of a listing out of its pieces", () => {
    const original = ["1: -----BEGIN KEY-----", "2: abcdefgh", "3: -----END KEY-----"].join("\r\n")
    const masker = localMasker()
    expect(masker.mask(original).text.replace(placeholderPattern(), "#")).toBe("1: #\r\n2: #\r\n3: #")
    expect(masker.restore(masker.mask(original).text).text).toBe(original)
  })

  test("masks as one what only begins like a listing", () => {
    for (const original of [
      "1: -----BEGIN KEY-----\nabcdefgh\n3: -----END KEY-----",
      "+-----BEGIN KEY-----\n+ab\n-----END KEY-----",
    ]) {
      expect(localMasker().mask(original).text).toMatch(/^(?:1: |\+)<REDACTED:[0-9a-f]{14}>$/)
    }
  })

  test("masks a key that stands in plain text, indented or not, as one", () => {
    for (const indent of ["", "    "]) {
      const original = ["-----BEGIN KEY-----", "12: abcdefgh", "-----END KEY-----"]
        .map((line) => indent + line)
        .join("\n")
      const masker = localMasker()
      expect(masker.mask(original).findings).toHaveLength(1)
      expect(masker.restore(masker.mask(original).text).text).toBe(original)
    }
  })

  test("hands the property name on to the scanner", () => {
    const masker = localMasker()
    expect(masker.mask("swordfish", { name: "password" }).text).toMatch(/^<REDACTED:/)
    expect(masker.mask("swordfish", { name: "user" }).text).toBe("swordfish")
    expect(masker.mask("swordfish").text).toBe("swordfish")
  })
})

describe("mask of JSON in a string", () => {
  test("masks strings and names and keeps every other byte", () => {
    const masker = localMasker()
    const json = `{ "big": 12345678901234567890, "f": 1.0,\n "user\\/name": "x", "${token}": ["a \\"${otherToken}\\""] }`
    const masked = masker.mask(json, { json: true })
    expect(masked.text).not.toContain(token)
    expect(masked.text).not.toContain(otherToken)
    expect(masked.text.replace(placeholderPattern(), "#")).toBe(
      `{ "big": 12345678901234567890, "f": 1.0,\n "user\\/name": "x", "#": ["a \\"#\\""] }`,
    )
    expect(masked.findings).toHaveLength(2)
  })

  test("answers the very same text where nothing is found", () => {
    const json = '{"a" : [1, 2,\t"b\\u0041"]}'
    expect(localMasker().mask(json, { json: true }).text).toBe(json)
  })

  test("looks at each string under its nearest property name, through arrays too", () => {
    const masker = localMasker()
    const json =
      '{"user":"swordfish","password":["swordfish",{"user":"swordfish"},"swordfish"],"x":{"password":"p\\nq"},"y":"swordfish"}'
    const shape = masker.mask(json, { json: true }).text.replace(placeholderPattern(), "#")
    expect(shape).toBe(
      '{"user":"swordfish","password":["#",{"user":"swordfish"},"#"],"x":{"password":"#"},"y":"swordfish"}',
    )
  })

  test("hands the document's own name on to values outside of objects, not to names", () => {
    const masker = localMasker()
    const masked = masker.mask('["swordfish",{"swordfish":"swordfish"}]', {
      json: true,
      name: "password",
    }).text
    expect(masked.replace(placeholderPattern(), "#")).toBe('["#",{"swordfish":"swordfish"}]')
  })

  test("masks malformed JSON as plain text", () => {
    const masked = localMasker().mask(`{"password": "${token}`, { json: true })
    expect(masked.text).toMatch(/^\{"password": "<REDACTED:[0-9a-f]{14}>$/)
  })

  test("stays JSON that parses to the original once restored", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), text, (value, secretText) => {
        const masker = localMasker()
        const original = JSON.stringify({ value, [secretText]: [secretText, { password: secretText }] })
        const masked = masker.mask(original, { json: true }).text
        expect(masker.mask(masked, { json: true }).text).toBe(masked)
        expect(restoreDeep(masker, JSON.parse(masked))).toEqual(JSON.parse(original))
      }),
      { numRuns: 300 },
    )
  })
})

describe("maskBody", () => {
  test("masks what the dialect hands out, counts by rule and leaves the input alone", () => {
    const body = {
      model: token,
      messages: [{ content: `${token} ${otherToken} password = hunter2` }, { content: "hi" }],
    }
    const before = structuredClone(body)
    const masked = localMasker().maskBody(body, dialect)
    expect(body).toEqual(before)
    expect(masked.body.model).toBe(token)
    expect(JSON.stringify(masked.body.messages)).not.toContain(token)
    expect(masked).toMatchObject({ changed: true, fields: 2, fieldsChanged: 1 })
    expect(masked.findings).toEqual([
      { ruleId: "token", count: 2 },
      { ruleId: "password", count: 1 },
    ])
  })

  test("answers the very same body where nothing is found", () => {
    const body = { messages: [{ content: "hi", arguments: '{ "a": 1 }' }] }
    const masked = localMasker().maskBody(body, dialect)
    expect(masked.body).toBe(body)
    expect(masked).toMatchObject({ changed: false, findings: [], fieldsChanged: 0 })
  })

  test("masks inside tool arguments without touching their form", () => {
    const body = { arguments: `{"n": 1.50, "token": "${token}"}` }
    const masked = localMasker().maskBody(body, dialect)
    expect(masked.body.arguments).toMatch(/^\{"n": 1\.50, "token": "<REDACTED:[0-9a-f]{14}>"\}$/)
  })

  test("fails closed, without quoting anything, when the dialect cannot read the body", () => {
    const broken = {
      ...dialect,
      mapText: () => {
        throw new TypeError(`bad ${token}`)
      },
    } as Dialect
    const error = thrownBy(() => localMasker().maskBody({ content: token }, broken))
    expect(error).toMatchObject({ code: "MASK_FAILED" })
    expect(`${error.message}${error.stack}`).not.toContain(token)
  })
})

describe("maskValue", () => {
  test("masks strings and keys deeply and keeps numbers, order and special names", () => {
    const value = JSON.parse(
      `{"a":[1,null,{"${token}":"x"}],"__proto__":{"b":"${token}"},"c":"${otherToken}"}`,
    ) as JsonValue
    const masked = localMasker().maskValue(value)
    const text = JSON.stringify(masked.value)
    expect(text.replace(placeholderPattern(), "#")).toBe(
      '{"a":[1,null,{"#":"x"}],"__proto__":{"b":"#"},"c":"#"}',
    )
    expect(masked.changed).toBe(true)
    expect(masked.findings).toEqual([{ ruleId: "token", count: 3 }])
  })

  test("answers the very same value, parts of it included, where nothing changed", () => {
    const untouched = { deep: ["text"] }
    const masker = localMasker()
    expect(masker.maskValue(untouched).value).toBe(untouched)
    const masked = masker.maskValue({ untouched, other: token })
    expect(isJsonObject(masked.value) && masked.value.untouched).toBe(untouched)
  })

  test("loses no property where a name and its placeholder stand side by side", () => {
    const masker = localMasker()
    const placeholder = masker.mask(token).text
    const masked = masker.maskValue({ [placeholder]: 1, [token]: 2 })
    expect(Object.values(masked.value as JsonObject)).toEqual([1, 2])
    expect(JSON.stringify(masked.value)).not.toContain(token)
  })
})

describe("restore", () => {
  test("puts back what this vault issued and reports the rest once each", () => {
    const masker = localMasker()
    const mine = masker.mask(token).text
    const foreign = createMasker({
      scanner: ruleScanner(),
      vault: createMemoryVault({ key, project: "other" }),
    }).mask(token).text
    const restored = masker.restore(`${mine} ${forged} ${foreign} ${mine} ${forged}`)
    expect(restored).toEqual({
      text: `${token} ${forged} ${foreign} ${token} ${forged}`,
      restored: 2,
      unresolved: [forged, foreign],
    })
  })

  test("does not look into what it puts in", () => {
    const vault = createMemoryVault({ key })
    const inner = vault.issue("inner-secret", "rule")
    const outer = vault.issue(`holds ${inner} and $& and $1`, "rule")
    expect(createMasker({ scanner: ruleScanner(), vault }).restore(outer).text).toBe(
      `holds ${inner} and $& and $1`,
    )
  })

  test("leaves misspelt placeholders as they are", () => {
    const masker = localMasker()
    const id = masker.mask(token).text.slice(10, -1)
    const misspelt = [
      `<redacted:${id}>`,
      `<REDACTED:${id.slice(1)}>`,
      `<REDACTED:${id}0>`,
      `REDACTED:${id}`,
      `<REDACTED: ${id}>`,
    ]
    for (const other of misspelt) expect(masker.restore(other)).toMatchObject({ text: other, restored: 0 })
  })
})

describe("createMasker without arguments", () => {
  test("has a scanner and a vault of its own", () => {
    const masker = createMasker()
    const original = `DB_PASSWORD="${["9kQ2", "xLw8", "Zr4T", "b7"].join("")}"`
    const masked = masker.mask(original)
    expect(masked.text).toMatch(/<REDACTED:[0-9a-f]{14}>/)
    expect(masker.restore(masked.text).text).toBe(original)
  })
})

function thrownBy(what: () => unknown): Error {
  try {
    what()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error("nothing was thrown")
}

function restoreDeep(masker: Masker, value: unknown): unknown {
  if (typeof value === "string") return masker.restore(value).text
  if (Array.isArray(value)) return value.map((item) => restoreDeep(masker, item))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [masker.restore(name).text, restoreDeep(masker, item)]),
  )
}
