import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../../src/base/json.ts"
import { diffRequests, type RequestDiff, segmentsOf } from "../../../../src/intercept/index.ts"
import type { DialectId } from "../../../../src/wire/dialect.ts"
import { dialects } from "../../../../src/wire/dialects/index.ts"
import { requestWriters } from "../../../support/conversation-dialects.ts"
import {
  addTool,
  append,
  coding,
  compacted,
  type Conversation,
  editResult,
  editTool,
  nextRound,
  type Turn,
  withDate,
} from "../../../support/conversations.ts"

const ids = dialects.map(({ id }) => id)
const MODEL = "claude-sonnet-4-5"
const write = (id: DialectId, said: Conversation) => requestWriters[id](said, { model: MODEL })
const diff = (id: DialectId, before: Conversation, after: Conversation): RequestDiff =>
  diffRequests(write(id, before), write(id, after), id)

const before = coding(3)

describe.each(ids)("diffRequests of %s", (id) => {
  test("finds nothing in a request that is sent again", () => {
    const found = diff(id, before, before)
    expect(found.first).toBeUndefined()
    expect(found.keptShare).toBe(1)
    expect(found.keptChars).toBe(found.beforeChars)
    expect(found.beforeChars).toBeGreaterThan(20_000)
    for (const segment of Object.values(found.segments)) {
      expect(segment).toMatchObject({ reordered: false, changed: [], added: [], removed: [] })
      expect(segment.kept).toBeGreaterThan(0)
    }
  })

  test("finds nothing in a request that goes on", () => {
    const found = diff(id, before, nextRound(before, 3))
    expect(found.first).toBeUndefined()
    expect(found.keptShare).toBe(1)
    expect(found.afterChars).toBeGreaterThan(found.beforeChars)
    expect(found.segments.messages.added.length).toBeGreaterThan(0)
    expect(found.segments.messages.removed).toEqual([])
  })

  test("names the tool and the property of it that changed, and where", () => {
    const after = editTool(nextRound(before, 3), "patch", (it) => ({
      ...it,
      description: it.description.replace("Note 7", "Note X"),
    }))
    const { first, segments, keptShare } = diff(id, before, after)
    expect(first).toMatchObject({ segment: "tools", change: "changed", name: "patch", textOffset: 5 })
    expect(first?.path).toMatch(/\[7\](?:\.function|\.toolSpec)?\.description$/)
    expect(segments.tools).toMatchObject({ kept: 12, added: [], removed: [] })
    expect(segments.tools.changed).toHaveLength(1)
    expect(keptShare).toBeGreaterThan(0.1)
    expect(keptShare).toBeLessThan(0.6)
  })

  test("tells an added, a removed and a moved tool from a changed one", () => {
    const [head, second, ...rest] = before.tools
    const moved = { ...before, tools: [second!, head!, ...rest] }
    expect(diff(id, before, addTool(before, "browser")).first).toMatchObject({
      segment: "tools",
      change: "added",
      name: "browser",
    })
    expect(diff(id, addTool(before, "browser"), before).first).toMatchObject({
      change: "removed",
      name: "browser",
    })
    const found = diff(id, before, moved)
    expect(found.first).toMatchObject({ segment: "tools", change: "moved" })
    expect(found.segments.tools).toMatchObject({ kept: 13, reordered: true, changed: [] })
  })

  test("finds a new date in the system prompt, to the character", () => {
    const { first, keptChars } = diff(id, before, withDate(before, "Tue Dec 08 2026"))
    expect(first).toMatchObject({ segment: "system", change: "changed", offset: keptChars })
    const text = JSON.stringify(write(id, before))
    expect(text).toContain("Dec 01")
    expect(first?.textOffset).toBeGreaterThan(0)
  })

  test("finds an edited result in the history", () => {
    const { first, segments } = diff(id, before, editResult(before, 1, "[cleared]"))
    expect(first).toMatchObject({ segment: "messages", change: "changed" })
    expect(segments.messages.changed).toHaveLength(1)
    expect(segments.tools.changed).toEqual([])
    expect(segments.system.changed).toEqual([])
  })

  test("finds a compaction", () => {
    const { first, segments, keptShare } = diff(id, before, compacted(before))
    expect(first?.segment).toBe("messages")
    expect(segments.messages.kept).toBe(0)
    expect(segments.messages.changed.length + segments.messages.removed.length).toBeGreaterThan(5)
    expect(keptShare).toBeGreaterThan(0.5)
  })

  test("takes any body, also one of another dialect", () => {
    for (const body of [null, [], "text", {}, { messages: 3, tools: "x", input: {}, contents: [null] }]) {
      expect(diffRequests(body, body, id).first).toBeUndefined()
    }
  })
})

describe("diffRequests", () => {
  test("gives the place in the body of the later request", () => {
    const after = editTool(before, "patch", (it) => ({ ...it, description: "Short." }))
    const paths = ids.map((id) => diff(id, before, after).first?.path)
    expect(paths).toEqual([
      "tools[0].functionDeclarations[7].description",
      "toolConfig.tools[7].toolSpec.description",
      "tools[7].description",
      "tools[7].function.description",
      "tools[7].description",
      "tools[7].description",
    ])
  })

  test("counts the offset in characters of the prefix", () => {
    const body = (description: string) => ({
      tools: [{ name: "a", description }],
      messages: [{ role: "user", content: "Hi" }],
    })
    const { first, keptChars } = diffRequests(body("one two"), body("one three"), "anthropic-messages")
    expect(first).toEqual({
      segment: "tools",
      change: "changed",
      path: "tools[0].description",
      name: "a",
      offset: '{"name":"a","description":"one t'.length,
      textOffset: 5,
    })
    expect(keptChars).toBe(first?.offset)
  })

  test("sees another order of properties, which changes what the model reads", () => {
    const before = { tools: [{ name: "a", input_schema: { type: "object", title: "A" } }] }
    const after = { tools: [{ name: "a", input_schema: { title: "A", type: "object" } }] }
    expect(diffRequests(before, after, "anthropic-messages").first?.path).toBe("tools[0].input_schema.title")
  })

  test("names what a message says beside its parts", () => {
    const body = (role: string) => ({ model: "m", messages: [{ role, content: "Hi" }] })
    expect(diffRequests(body("user"), body("assistant"), "openai-chat").first).toMatchObject({
      path: "messages[0].role",
      change: "changed",
    })
  })

  test("sees a change of a message that is a plain text", () => {
    const found = diffRequests({ messages: ["Hi", "A"] }, { messages: ["Hi", "B"] }, "generic-messages")
    expect(found.first).toMatchObject({ path: "messages[1]", segment: "messages", change: "changed" })
  })

  test("takes a text and its one text part for the same", () => {
    const body = (content: JsonValue) => ({ messages: [{ role: "user", content }] })
    const parts = [{ type: "text", text: "Hi" }]
    expect(diffRequests(body("Hi"), body(parts), "anthropic-messages").first).toBeUndefined()
  })

  test("leaves cache marks out of the comparison, wherever they stand", () => {
    const mark = { cache_control: { type: "ephemeral", ttl: "1h" } }
    const body = (a: JsonObject, b: JsonObject, c: JsonObject) => ({
      tools: [{ name: "a", ...a }],
      system: [{ type: "text", text: "Be brief.", ...b }],
      messages: [
        {
          role: "user",
          content: [{ type: "tool_result", tool_use_id: "t", content: [{ type: "text", text: "Hi", ...c }] }],
        },
      ],
    })
    const [marked, bare] = [body(mark, mark, mark), body({}, {}, {})]
    const found = diffRequests(marked, bare, "anthropic-messages")
    expect(found.first).toBeUndefined()
    expect(found.segments.messages).toMatchObject({ kept: 1, changed: [] })
    const blocks = segmentsOf(marked, "anthropic-messages")
    expect([...blocks.tools, ...blocks.system, ...blocks.messages].map((block) => block.mark)).toEqual([
      { ttl: "1h" },
      { ttl: "1h" },
      { ttl: "1h" },
    ])
  })

  test("compares placeholders and scrubbed values like any text", () => {
    const masked = editResult(before, 0, "TOKEN=<REDACTED:0123456789abcd>")
    expect(diff("openai-chat", masked, masked).first).toBeUndefined()
    const other = editResult(before, 0, "TOKEN=<REDACTED:0123456789abce>")
    expect(diff("openai-chat", masked, other).first?.segment).toBe("messages")
  })

  test("names the settings that differ", () => {
    const body = (choice: string) => ({
      tool_choice: { type: choice },
      max_tokens: choice.length,
      messages: [],
    })
    expect(diffRequests(body("auto"), body("any"), "anthropic-messages").settings).toEqual(["tool_choice"])
  })

  test("takes megabytes in linear time", () => {
    const long = "All of it is text. ".repeat(100)
    const turns = Array.from({ length: 3000 }, (_, n): Turn => ({ role: "user", text: `${n} ${long}` }))
    const one = append(before, ...turns)
    const two = editResult(nextRound(one, 9), 0, "[cleared]")
    const [a, b] = [write("anthropic-messages", one), write("anthropic-messages", two)]
    const startedAt = performance.now()
    const found = diffRequests(a, b, "anthropic-messages")
    // 6 MB, a quarter of a second on a busy machine. To compare 3,000 blocks each with each would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(3000)
    expect(found.beforeChars).toBeGreaterThan(5_000_000)
    expect(found.first?.segment).toBe("messages")
    expect(found.segments.messages.kept).toBeGreaterThan(3000)
  })
})

describe("properties of diffRequests", () => {
  const text = fc.string({ maxLength: 30, unit: "grapheme" })
  const turn: fc.Arbitrary<Turn> = fc.oneof(
    fc.record({ role: fc.constant("user" as const), text }),
    fc.record({
      role: fc.constant("assistant" as const),
      text,
      calls: fc.array(fc.record({ id: text, name: text, input: fc.dictionary(text, text, { maxKeys: 3 }) }), {
        maxLength: 2,
      }),
    }),
    fc.record({
      role: fc.constant("results" as const),
      outputs: fc.array(fc.record({ id: text, text }), { minLength: 1, maxLength: 2 }),
    }),
  )
  const said: fc.Arbitrary<Conversation> = fc.record({
    tools: fc.array(
      fc.record({ name: text, description: text, schema: fc.dictionary(text, text, { maxKeys: 3 }) }),
      { maxLength: 4 },
    ),
    system: fc.array(text, { maxLength: 3 }),
    turns: fc.array(turn, { maxLength: 6 }),
  })
  const dialect = fc.constantFrom(...ids)

  test("equal bodies have no change, whatever they hold", () => {
    fc.assert(
      fc.property(dialect, said, (id, conversation) => {
        const found = diff(id, conversation, structuredClone(conversation))
        expect(found.first).toBeUndefined()
        expect(found.keptChars).toBe(found.beforeChars)
        expect(found.settings).toEqual([])
        for (const segment of Object.values(found.segments)) {
          expect(segment).toMatchObject({ reordered: false, changed: [], added: [], removed: [] })
        }
      }),
      { numRuns: 200 },
    )
  })

  test("appended messages keep the whole prefix", () => {
    fc.assert(
      fc.property(dialect, said, fc.array(turn, { minLength: 1, maxLength: 3 }), (id, conversation, more) => {
        const first: Turn = { role: "user", text: "First." }
        const start = { ...conversation, turns: [first, ...conversation.turns] }
        const found = diff(id, start, append(start, ...more))
        expect(found.first).toBeUndefined()
        expect(found.keptShare).toBe(1)
        expect(found.segments.messages.removed).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test("a change is where the two prefixes part", () => {
    fc.assert(
      fc.property(dialect, said, said, (id, one, other) => {
        const [a, b] = [one, other].map((it) => {
          const { tools, system, messages } = segmentsOf(write(id, it), id)
          return [...tools, ...system, ...messages].map(({ text }) => text)
        })
        const found = diff(id, one, other)
        expect(a!.slice(0, found.keptBlocks)).toEqual(b!.slice(0, found.keptBlocks))
        expect(found.keptChars).toBeLessThanOrEqual(found.beforeChars)
        expect(found.keptShare).toBeLessThanOrEqual(1)
        if (found.first === undefined) expect(a).toEqual(b!.slice(0, a!.length))
      }),
      { numRuns: 200 },
    )
  })
})
