import { describe, expect, test } from "vitest"
import type { JsonObject } from "../../../../src/base/json.ts"
import { type Block, type CacheMark, segmentsOf } from "../../../../src/intercept/index.ts"
import type { DialectId } from "../../../../src/wire/dialect.ts"

interface Case {
  readonly name: string
  readonly dialect: DialectId
  readonly body: JsonObject
  readonly tools?: readonly string[]
  readonly system?: readonly string[]
  readonly messages?: readonly string[]
  /** Paths of the blocks that have a breakpoint behind them. */
  readonly marked?: readonly string[]
}

const mark = { cache_control: { type: "ephemeral" } }
const point = { cachePoint: { type: "default" } }

const cases: readonly Case[] = [
  {
    name: "Anthropic: blocks, parts, structured output",
    dialect: "anthropic-messages",
    body: {
      tools: [{ name: "a" }, { name: "b", ...mark }],
      output_config: { format: { type: "json_schema", schema: {} }, effort: "high" },
      system: [
        { type: "text", text: "A" },
        { type: "text", text: "B", ...mark },
      ],
      messages: [
        { role: "user", content: "Hi" },
        {
          role: "assistant",
          content: [
            { type: "text", text: "Yes" },
            { type: "tool_use", id: "t" },
          ],
        },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "ok", ...mark }] },
      ],
    },
    tools: ["tools[0]", "tools[1]"],
    system: ["output_config.format", "system[0]", "system[1]"],
    messages: [
      "messages[0].content",
      "messages[1].content[0]",
      "messages[1].content[1]",
      "messages[2].content[0]",
    ],
    marked: ["tools[1]", "system[1]", "messages[2].content[0]"],
  },
  {
    name: "Anthropic: a plain system text, and one mark for the whole request",
    dialect: "anthropic-messages",
    body: { system: "Be brief.", messages: [{ role: "user", content: "Hi" }], ...mark },
    system: ["system"],
    messages: ["messages[0].content"],
    marked: ["messages[0].content"],
  },
  {
    name: "chat: leading instructions, later ones, calls, empty contents",
    dialect: "openai-chat",
    body: {
      tools: [{ type: "function", function: { name: "a" } }],
      functions: [{ name: "old" }],
      response_format: { type: "json_schema" },
      messages: [
        { role: "system", content: "A" },
        { role: "developer", content: [{ type: "text", text: "B" }] },
        { role: "user", content: "Hi", ...mark },
        { role: "assistant", content: null, tool_calls: [{ id: "1" }, { id: "2" }] },
        { role: "system", content: "Late." },
        { role: "tool", tool_call_id: "1", content: "" },
      ],
    },
    tools: ["tools[0]", "functions[0]"],
    system: ["response_format", "messages[0].content", "messages[1].content[0]"],
    messages: [
      "messages[2].content",
      "messages[3].tool_calls[0]",
      "messages[3].tool_calls[1]",
      "messages[4].content",
      "messages[5]",
    ],
    marked: ["messages[2].content"],
  },
  {
    name: "chat: Copilot's mark on a message stands behind its last part",
    dialect: "openai-chat",
    body: {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "A" },
            { type: "text", text: "B" },
          ],
          copilot_cache_control: { type: "ephemeral" },
        },
      ],
    },
    messages: ["messages[0].content[0]", "messages[0].content[1]"],
    marked: ["messages[0].content[1]"],
  },
  {
    name: "Responses: schema, template, instructions, items of every kind",
    dialect: "openai-responses",
    body: {
      tools: [{ type: "function", name: "a" }, { type: "web_search" }],
      text: { format: { type: "json_schema" }, verbosity: "low" },
      prompt: { id: "p" },
      instructions: "A",
      input: [
        { role: "developer", content: "B" },
        {
          role: "user",
          content: [
            { type: "input_text", text: "Hi", prompt_cache_breakpoint: { mode: "explicit" } },
            { type: "input_image" },
          ],
        },
        { type: "reasoning", summary: [], encrypted_content: "c2ln" },
        { type: "function_call", call_id: "1", name: "a", arguments: "{}" },
        { type: "function_call_output", call_id: "1", output: "ok" },
      ],
    },
    tools: ["tools[0]", "tools[1]"],
    system: ["text.format", "prompt", "instructions", "input[0].content"],
    messages: ["input[1].content[0]", "input[1].content[1]", "input[2]", "input[3]", "input[4]"],
    marked: ["input[1].content[0]"],
  },
  {
    name: "Responses: a text alone",
    dialect: "openai-responses",
    body: { input: "Hi" },
    messages: ["input"],
  },
  {
    name: "Gemini: declarations, built-in tools, parts",
    dialect: "google-generate-content",
    body: {
      tools: [{ functionDeclarations: [{ name: "a" }, { name: "b" }] }, { googleSearch: {} }],
      systemInstruction: { parts: [{ text: "A" }, { text: "B" }] },
      contents: [{ role: "user", parts: [{ text: "Hi" }, { inlineData: {} }] }],
    },
    tools: ["tools[0].functionDeclarations[0]", "tools[0].functionDeclarations[1]", "tools[1]"],
    system: ["systemInstruction.parts[0]", "systemInstruction.parts[1]"],
    messages: ["contents[0].parts[0]", "contents[0].parts[1]"],
  },
  {
    name: "Gemini: snake case in Cloud Code Assist's envelope",
    dialect: "google-generate-content",
    body: {
      project: "p",
      request: {
        tools: [{ function_declarations: [{ name: "a" }] }],
        system_instruction: { parts: [{ text: "A" }] },
        contents: [{ role: "user", parts: [{ text: "Hi" }] }],
      },
    },
    tools: ["tools[0].function_declarations[0]"],
    system: ["systemInstruction.parts[0]"],
    messages: ["contents[0].parts[0]"],
  },
  {
    name: "Bedrock: cache points are breakpoints, not blocks",
    dialect: "bedrock-converse",
    body: {
      toolConfig: { tools: [{ toolSpec: { name: "a" } }, point] },
      system: [{ text: "A" }, point],
      messages: [{ role: "user", content: [{ text: "Hi" }, { image: {} }, point] }],
    },
    tools: ["toolConfig.tools[0]"],
    system: ["system[0]"],
    messages: ["messages[0].content[0]", "messages[0].content[1]"],
    marked: ["toolConfig.tools[0]", "system[0]", "messages[0].content[1]"],
  },
  {
    name: "generic: messages of any kind",
    dialect: "generic-messages",
    body: { system: "A", messages: ["Hi", { from: "bot", content: "Yes" }] },
    system: ["system"],
    messages: ["messages[0]", "messages[1].content"],
  },
]

const paths = (blocks: readonly Block[]) => blocks.map(({ path }) => path)

describe("segmentsOf", () => {
  test.each(cases)("$name", ({ dialect, body, tools = [], system = [], messages = [], marked = [] }) => {
    const found = segmentsOf(body, dialect)
    expect(paths(found.tools)).toEqual(tools)
    expect(paths(found.system)).toEqual(system)
    expect(paths(found.messages)).toEqual(messages)
    const all = [...found.tools, ...found.system, ...found.messages]
    expect(paths(all.filter(({ mark }) => mark !== undefined))).toEqual(marked)
    expect(all.filter(({ text }) => /cache_?(?:control|point|breakpoint)/i.test(text))).toEqual([])
  })

  test("knows a tool by its name, a hosted one by its type", () => {
    const named = (dialect: DialectId, body: JsonObject) =>
      segmentsOf(body, dialect).tools.map(({ name }) => name)
    const responses = {
      tools: [{ type: "function", name: "a" }, { type: "web_search" }, { type: "custom", name: "c" }],
    }
    expect(named("openai-responses", responses)).toEqual(["a", "web_search", "c"])
    const chat = {
      tools: [
        { type: "function", function: { name: "a" } },
        { type: "custom", custom: { name: "b" } },
      ],
    }
    expect(named("openai-chat", chat)).toEqual(["a", "b"])
    const gemini = { tools: [{ functionDeclarations: [{ name: "a" }] }, { codeExecution: {} }] }
    expect(named("google-generate-content", gemini)).toEqual(["a", "codeExecution"])
  })

  test("reads for how long a breakpoint keeps", () => {
    const ttls = (dialect: DialectId, body: JsonObject): readonly (CacheMark | undefined)[] =>
      segmentsOf(body, dialect).system.map(({ mark }) => mark)
    const anthropic = {
      system: [{ type: "text", text: "A", cache_control: { type: "ephemeral", ttl: "1h" } }],
    }
    expect(ttls("anthropic-messages", anthropic)).toEqual([{ ttl: "1h" }])
    const bedrock = { system: [{ text: "A" }, { cachePoint: { type: "default", ttl: "1h" } }, { text: "B" }] }
    expect(ttls("bedrock-converse", bedrock)).toEqual([{ ttl: "1h" }, undefined])
    expect(
      ttls("anthropic-messages", { system: [{ type: "text", text: "A", cache_control: null }] }),
    ).toEqual([undefined])
  })

  test("knows when the provider holds the history", () => {
    const held = (body: JsonObject) => segmentsOf({ input: "Hi", ...body }, "openai-responses").historyHeld
    expect(held({ previous_response_id: "resp_1" })).toBe(true)
    expect(held({ conversation: "conv_1" })).toBe(true)
    expect(held({ conversation: null })).toBe(false)
    expect(held({})).toBe(false)
  })

  test("settings leave out the prompt and what only steers the sampling", () => {
    const body = {
      system: "SECRET",
      messages: [{ role: "user", content: "SECRET" }],
      tool_choice: { type: "auto" },
      temperature: 1,
    }
    const { settings } = segmentsOf(body, "anthropic-messages")
    expect(settings.get("tool_choice")).toBe('{"type":"auto"}')
    expect([...settings.keys()]).not.toContain("temperature")
    expect([...settings.values()].join()).not.toContain("SECRET")
  })
})
