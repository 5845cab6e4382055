import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../../src/base/json.ts"
import type { TextSlot } from "../../../../src/wire/dialect.ts"
import { dialectById, dialects, identify } from "../../../../src/wire/dialects/index.ts"
import { base64, type Plant, wireRequests } from "../../../support/wire-fixtures.ts"

const plain: Plant = (label) => `TEXT<${label}>`

function visits(body: JsonObject): { text: string; slot: TextSlot }[] {
  const seen: { text: string; slot: TextSlot }[] = []
  identify(body)!.mapText(body, (text, slot) => {
    seen.push({ text, slot })
    return text
  })
  return seen
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value)
    for (const item of Object.values(value)) deepFreeze(item)
  }
  return value
}

describe.each(wireRequests)("$name", ({ dialect, body }) => {
  test("is recognised as its own dialect and by no other", () => {
    expect(dialects.filter((item) => item.claims(body(plain))).map((item) => item.id)).toEqual([dialect])
  })

  test("has every text visited exactly once", () => {
    const labels: string[] = []
    const request = body((label) => {
      labels.push(label)
      return plain(label)
    })
    expect(new Set(labels).size).toBe(labels.length)
    const seen = visits(request).map(({ text }) => text)
    const counts = labels.map((label) => [
      label,
      seen.reduce((sum, text) => sum + text.split(plain(label)).length - 1, 0),
    ])
    expect(counts).toEqual(labels.map((label) => [label, 1]))
  })

  test("has no id, name, signature, media payload or schema keyword visited", () => {
    const touched = visits(body(plain)).filter(({ text }) => text.includes("KEEP"))
    expect(touched).toEqual([])
  })

  test("carries the visitor's texts, and nothing else is changed", () => {
    const request = deepFreeze(body((label) => `before ${label}`))
    const mapped = dialectById(dialect)!.mapText(request, (text) => text.replaceAll("before ", "after "))
    expect(mapped).toEqual(body((label) => `after ${label}`))
    expect(JSON.stringify(mapped)).toBe(JSON.stringify(body((label) => `after ${label}`)))
  })

  test("is answered as the very same object where no text changed", () => {
    const request = deepFreeze(body(plain))
    expect(dialectById(dialect)!.mapText(request, (text) => text)).toBe(request)
  })
})

describe("structural sharing", () => {
  test("keeps the objects of a history whose last message alone changed", () => {
    const request = {
      model: "m",
      stream_options: {},
      messages: [
        { role: "user", content: "old" },
        { role: "user", content: "new" },
      ],
    }
    const mapped = identify(request)!.mapText(request, (text) => (text === "new" ? "masked" : text))
    const messages = mapped.messages as JsonValue[]
    expect(messages[0]).toBe(request.messages[0])
    expect(messages[1]).toEqual({ role: "user", content: "masked" })
    expect(request.messages[1]!.content).toBe("new")
  })
})

describe("slots", () => {
  const slotOf = (body: JsonObject, text: string): TextSlot =>
    visits(body).find((visit) => visit.text === text)!.slot

  test("name free-form arguments after their property and leave prose without a name", () => {
    const body = {
      system: "prose",
      max_tokens: 1,
      messages: [
        {
          role: "assistant",
          content: [{ type: "tool_use", input: { password: "a", list: ["b"], nested: { deep: "c" } } }],
        },
      ],
    }
    expect(slotOf(body, "prose")).toEqual({})
    expect(slotOf(body, "a")).toEqual({ name: "password" })
    expect(slotOf(body, "b")).toEqual({ name: "list" })
    expect(slotOf(body, "c")).toEqual({ name: "deep" })
    expect(slotOf(body, "password")).toEqual({ isKey: true })
  })

  test("mark OpenAI's argument strings as JSON", () => {
    const text = '{"password":"a"}'
    const call = { id: "1", type: "function", function: { name: "f", arguments: text } }
    expect(slotOf({ model: "m", messages: [{ role: "assistant", tool_calls: [call] }] }, text)).toEqual({
      json: true,
    })
    const item = { type: "function_call", arguments: text }
    expect(slotOf({ model: "m", input: [item] }, text)).toEqual({ json: true })
  })

  test("name a schema's default after its property, but not its description", () => {
    const schema = { properties: { password: { description: "about", default: "secret" } } }
    const body = { model: "m", input: "x", tools: [{ type: "function", name: "f", parameters: schema }] }
    expect(slotOf(body, "secret")).toEqual({ name: "password" })
    expect(slotOf(body, "about")).toEqual({})
  })

  test("name the strings of unknown content after their property", () => {
    expect(slotOf({ messages: [{ password: "a" }] }, "a")).toEqual({ name: "password" })
  })
})

describe("wrong types", () => {
  test.each([
    {
      model: "m",
      max_tokens: 1,
      system: { odd: "leak" },
      messages: [{ role: "user", content: { odd: "leak" } }],
    },
    { model: "m", stop: "x", messages: ["leak", { role: "user", content: [["leak"]] }] },
    { model: "m", input: ["leak", ["leak"], { type: "function_call", arguments: ["leak"] }] },
    {
      contents: [{ parts: ["leak", { text: ["leak"] }, { functionCall: "leak" }] }],
      systemInstruction: "leak",
    },
    {
      inferenceConfig: {},
      system: "leak",
      messages: [{ content: "leak" }, { content: [{ toolUse: "leak" }] }],
    },
    { messages: ["leak", 1, null, ["leak"], { content: { deep: ["leak"] } }], tools: "leak" },
    { messages: [{ name: { first: "leak" }, id: ["x", { deep: "leak" }], user_id: { note: "leak" } }] },
    { model: "m", input: "leak", tools: [{ description: { odd: "leak" }, parameters: "leak" }, "leak"] },
  ])("are walked as content, not skipped: %j", (body) => {
    const planted = JSON.stringify(body).split("leak").length - 1
    expect(visits(body).filter(({ text }) => text === "leak").length).toBe(planted)
  })
})

describe("nesting deeper than the stack", () => {
  test("is refused with an error rather than passed on unvisited", () => {
    let deep: JsonValue = "secret"
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep]
    const body = { messages: [deep] }
    expect(() => identify(body)!.mapText(body, (text) => text)).toThrow(RangeError)
  })
})

describe("media payloads", () => {
  const mapInline = (mimeType: string | undefined, data: string): unknown => {
    const part = { inlineData: { ...(mimeType !== undefined && { mimeType }), data } }
    const mapped = identify({ contents: [{ parts: [part] }] })!.mapText(
      { contents: [{ parts: [part] }] },
      (text) => text.replaceAll("secret", "masked"),
    )
    const [content] = mapped.contents as { parts: { inlineData: { data: string } }[] }[]
    return content!.parts[0]!.inlineData.data
  }

  test.each([
    "text/plain",
    "text/x-env; charset=utf-8",
    "application/json",
    "application/x-yaml",
    "image/svg+xml",
    "application/octet-stream",
    undefined,
  ])("of type %s are decoded, masked and encoded again", (type) => {
    expect(mapInline(type, base64("a secret é"))).toBe(base64("a masked é"))
  })

  test.each(["image/png", "application/pdf", "audio/wav", "application/zip"])(
    "of type %s are left alone",
    (type) => {
      expect(mapInline(type, base64("a secret"))).toBe(base64("a secret"))
    },
  )

  test("that say nothing of their type and hold no text are left alone", () => {
    const bytes = Buffer.from([0, 1, 2, 3, ...Buffer.from("secret"), 0xff, 0xd8]).toString("base64")
    expect(mapInline("application/octet-stream", bytes)).toBe(bytes)
  })

  test("of text in an old code page or UTF-16 keep their other bytes", () => {
    const latin = Buffer.from("caf\u00e9 secret \u00ff", "latin1")
    const masked = Buffer.from("caf\u00e9 masked \u00ff", "latin1").toString("base64")
    expect(mapInline("text/plain", latin.toString("base64"))).toBe(masked)
    const wide = Buffer.from("\ufeffa secret", "utf16le").toString("base64")
    expect(mapInline("text/plain", wide)).toBe(Buffer.from("\ufeffa masked", "utf16le").toString("base64"))
  })

  test("with a textual type that are no base64 at all are visited as text", () => {
    expect(mapInline("text/plain", "a secret, plainly")).toBe("a masked, plainly")
  })

  test("that look like base64 but never were are visited as they stand", () => {
    const token = `secret${"_Ab9".repeat(8)}`
    expect(mapInline("text/plain", token)).toBe(token.replace("secret", "masked"))
  })

  test("in wrapped base64 are decoded", () => {
    const wrapped = base64("a secret, wrapped").replace(/.{8}/g, "$&\r\n")
    expect(mapInline("text/plain", wrapped)).toBe(base64("a masked, wrapped"))
  })

  test("keep their exact bytes where nothing changed", () => {
    const unpadded = base64("nothing here").replace(/=+$/, "")
    expect(mapInline("text/plain", unpadded)).toBe(unpadded)
  })
})

describe("any JSON", () => {
  const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValue>
  const bodies = fc.oneof(
    fc.record(
      { messages: fc.array(json), model: json, system: json, tools: json },
      { requiredKeys: ["messages"] },
    ),
    fc.record({ input: json, instructions: json, tools: json, text: json }),
    fc.record({ contents: json, tools: json, systemInstruction: json, generationConfig: json }),
    fc.record({ messages: fc.array(fc.record({ role: fc.string(), content: json })), toolConfig: json }),
  )

  test("passes through every dialect unchanged under a visitor that changes nothing", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        for (const dialect of dialects) expect(dialect.mapText(body, (text) => text)).toBe(body)
      }),
    )
  })

  test("is mapped the same way twice, without touching the input", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const before = JSON.stringify(body)
        for (const dialect of dialects) {
          const once = JSON.stringify(dialect.mapText(body, (text) => `${text}!`))
          expect(JSON.stringify(dialect.mapText(body, (text) => `${text}!`))).toBe(once)
        }
        expect(JSON.stringify(body)).toBe(before)
      }),
    )
  })

  test("may name a property __proto__ without losing or leaking it", () => {
    const body = JSON.parse(
      '{"messages":[{"role":"user","content":[{"type":"tool_use","input":{"__proto__":"a"}}]}]}',
    )
    const mapped = identify(body)!.mapText(body, (text) => (text === "a" ? "b" : text))
    expect(JSON.stringify(mapped)).toBe(JSON.stringify(body).replace('"a"', '"b"'))
  })
})
