import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { JsonObject, JsonValue } from "../../../../src/base/json.ts"
import type { DialectId, Replay, WireEvent } from "../../../../src/wire/dialect.ts"
import { dialectById, dialects } from "../../../../src/wire/dialects/index.ts"
import { MAX_REPLAY_CHARS } from "../../../../src/wire/replay-builder.ts"

function replay(id: DialectId, events: readonly WireEvent[]): Replay {
  const assembler = dialectById(id)!.assembler()
  for (const event of events) assembler.push(event)
  return assembler.result()
}

const data = (...values: JsonValue[]): WireEvent[] => values.map((value) => ({ data: value }))
const named = (event: string, value: JsonValue): WireEvent => ({ event, data: value })

const anthropicStream = data(
  {
    type: "message_start",
    message: {
      model: "claude",
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 30,
        output_tokens: 1,
      },
    },
  },
  { type: "ping" },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Let me " } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "think." } },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "c2ln" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hello" } },
  { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: " world" } },
  {
    type: "content_block_start",
    index: 2,
    content_block: { type: "tool_use", id: "t1", name: "read", input: {} },
  },
  {
    type: "content_block_start",
    index: 3,
    content_block: { type: "tool_use", id: "t2", name: "list", input: {} },
  },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: "" } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '{"path": ' } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '"a"}' } },
  { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 42 } },
  { type: "message_stop" },
)
const anthropicReplay: Replay = {
  text: "Hello world",
  reasoning: "Let me think.",
  toolCalls: [
    { id: "t1", name: "read", arguments: '{"path": "a"}' },
    { id: "t2", name: "list", arguments: "{}" },
  ],
  usage: { inputTokens: 60, outputTokens: 42, cacheReadTokens: 30, cacheWriteTokens: 20 },
  finishReason: "tool_use",
  model: "claude",
}

describe("Anthropic", () => {
  test("streams give text, thinking, parallel tool calls and usage with the cache counted once", () => {
    expect(replay("anthropic-messages", anthropicStream)).toEqual(anthropicReplay)
  })

  test("whole replies give the same", () => {
    const reply = {
      type: "message",
      model: "claude",
      content: [
        { type: "thinking", thinking: "Let me think.", signature: "c2ln" },
        { type: "redacted_thinking", data: "cmVk" },
        { type: "text", text: "Hello" },
        { type: "text", text: " world" },
        { type: "tool_use", id: "t1", name: "read", input: { path: "a" } },
        { type: "tool_use", id: "t2", name: "list", input: {} },
      ],
      stop_reason: "tool_use",
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 30,
        output_tokens: 42,
      },
    }
    const expected = { ...anthropicReplay, toolCalls: [...anthropicReplay.toolCalls!] }
    expected.toolCalls[0] = { id: "t1", name: "read", arguments: '{"path":"a"}' }
    expect(dialectById("anthropic-messages")!.replayJson(reply)).toEqual(expected)
  })

  test("errors and refusals are told, with what was said before", () => {
    const overloaded = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }
    expect(replay("anthropic-messages", [...anthropicStream.slice(0, 9), ...data(overloaded)])).toMatchObject(
      {
        text: "Hello",
        error: { type: "overloaded_error", message: "Overloaded" },
      },
    )
    expect(dialectById("anthropic-messages")!.replayJson(overloaded)).toEqual({
      text: "",
      error: { type: "overloaded_error", message: "Overloaded" },
    })
    const refused = {
      type: "message_delta",
      delta: { stop_reason: "refusal", stop_details: { type: "refusal", explanation: "No." } },
    }
    expect(replay("anthropic-messages", data(refused))).toEqual({
      text: "",
      finishReason: "refusal",
      refusal: "No.",
    })
  })

  test("what a compaction leaves is text, streamed and whole", () => {
    const events = data(
      { type: "content_block_start", index: 0, content_block: { type: "compaction" } },
      { type: "content_block_delta", index: 0, delta: { type: "compaction_delta", content: "Summary" } },
    )
    expect(replay("anthropic-messages", events)).toEqual({ text: "Summary" })
    const reply = { content: [{ type: "compaction", content: "Summary" }] }
    expect(dialectById("anthropic-messages")!.replayJson(reply)).toEqual({ text: "Summary" })
  })

  test("a closing usage that repeats every count replaces the first, and thinking tokens are reasoning", () => {
    const end = {
      type: "message_delta",
      delta: {},
      usage: {
        input_tokens: 11,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 30,
        output_tokens: 5,
        output_tokens_details: { thinking_tokens: 4 },
      },
    }
    expect(replay("anthropic-messages", [...anthropicStream.slice(0, 1), ...data(end)]).usage).toEqual({
      inputTokens: 61,
      outputTokens: 5,
      cacheReadTokens: 30,
      cacheWriteTokens: 20,
      reasoningTokens: 4,
    })
  })
})

const chunk = (delta: JsonValue, rest: JsonObject = {}): JsonObject => ({
  model: "gpt",
  choices: [{ index: 0, delta, ...rest }],
})
const call = (index: number, fields: JsonObject): JsonObject => ({ index, ...fields })

describe("OpenAI chat", () => {
  test("streams give text, reasoning, interleaved tool calls and usage with the cache counted once", () => {
    const events = data(
      chunk({ role: "assistant", content: "" }),
      chunk({ reasoning_content: "Let me " }),
      chunk({ reasoning: "think." }),
      chunk({ content: "Hello" }),
      chunk({ content: " world" }),
      chunk({
        tool_calls: [call(0, { id: "c1", type: "function", function: { name: "read", arguments: "" } })],
      }),
      chunk({
        tool_calls: [call(1, { id: "c2", type: "function", function: { name: "list", arguments: "{" } })],
      }),
      chunk({ tool_calls: [call(0, { function: { arguments: '{"path": ' } })] }),
      chunk({
        tool_calls: [call(1, { function: { arguments: "}" } }), call(0, { function: { arguments: '"a"}' } })],
      }),
      chunk({}, { finish_reason: "tool_calls" }),
      {
        choices: [],
        usage: {
          prompt_tokens: 60,
          completion_tokens: 42,
          prompt_tokens_details: { cached_tokens: 30, cache_write_tokens: 20 },
          completion_tokens_details: { reasoning_tokens: 7 },
        },
      },
    )
    expect(replay("openai-chat", events)).toEqual({
      text: "Hello world",
      reasoning: "Let me think.",
      toolCalls: [
        { id: "c1", name: "read", arguments: '{"path": "a"}' },
        { id: "c2", name: "list", arguments: "{}" },
      ],
      usage: {
        inputTokens: 60,
        outputTokens: 42,
        cacheReadTokens: 30,
        cacheWriteTokens: 20,
        reasoningTokens: 7,
      },
      finishReason: "tool_calls",
      model: "gpt",
    })
  })

  test("tool calls that come whole on one position, or without any, stay apart", () => {
    const whole = (id: string, index?: number): JsonObject => ({
      ...(index !== undefined && { index }),
      id,
      function: { name: "f", arguments: `{"id":"${id}"}` },
    })
    const calls = ["c1", "c2"].map((id) => ({ id, name: "f", arguments: `{"id":"${id}"}` }))
    const chunks = (index?: number): WireEvent[] =>
      ["c1", "c2"].flatMap((id) => data(chunk({ tool_calls: [whole(id, index)] })))
    expect(replay("openai-chat", chunks(0)).toolCalls).toEqual(calls)
    expect(replay("openai-chat", chunks()).toolCalls).toEqual(calls)
    expect(replay("openai-chat", data(chunk({ tool_calls: [whole("c1"), whole("c2")] }))).toolCalls).toEqual(
      calls,
    )
  })

  test("a tool call whose id is repeated in every piece is one call", () => {
    const piece = (text: string): JsonValue =>
      chunk({ tool_calls: [call(0, { id: "c1", function: { name: "f", arguments: text } })] })
    expect(replay("openai-chat", data(piece("{"), piece("}"))).toolCalls).toEqual([
      { id: "c1", name: "f", arguments: "{}" },
    ])
  })

  test("pieces without position and id continue the latest call", () => {
    const events = data(
      chunk({ tool_calls: [{ id: "c1", function: { name: "f", arguments: "{" } }] }),
      chunk({ tool_calls: [{ function: { arguments: "}" } }] }),
    )
    expect(replay("openai-chat", events).toolCalls).toEqual([{ id: "c1", name: "f", arguments: "{}" }])
  })

  test("whole replies give everything, also tool calls in a later choice, function_call and custom tools", () => {
    const reply = {
      model: "gpt",
      choices: [
        { index: 0, message: { role: "assistant", content: "Hi", reasoning_text: "Hm", refusal: null } },
        {
          index: 1,
          message: {
            content: "alternative",
            tool_calls: [
              { id: "c1", type: "function", function: { name: "read", arguments: '{ "a": 1 }' } },
              { id: "c2", type: "custom", custom: { name: "patch", input: "raw" } },
              { id: "c3", type: "function", function: { name: "native", arguments: { a: 1 } } },
            ],
            function_call: { name: "legacy", arguments: "{}" },
          },
          finish_reason: "tool_calls",
        },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 2, prompt_cache_hit_tokens: 1 },
    }
    expect(dialectById("openai-chat")!.replayJson(reply)).toEqual({
      text: "Hi",
      reasoning: "Hm",
      toolCalls: [
        { id: "c1", name: "read", arguments: '{ "a": 1 }' },
        { id: "c2", name: "patch", arguments: "raw", freeText: true },
        { id: "c3", name: "native", arguments: '{"a":1}' },
        { name: "legacy", arguments: "{}" },
      ],
      usage: { inputTokens: 3, outputTokens: 2, cacheReadTokens: 1 },
      finishReason: "tool_calls",
      model: "gpt",
    })
  })

  test("refusals, errors in the stream, text in parts and Groq's usage are read", () => {
    const events = data(
      chunk({ refusal: "I can" }),
      chunk({ refusal: "not." }),
      chunk({ content: [{ type: "text", text: "part" }] }),
      { choices: [], x_groq: { usage: { prompt_tokens: 1, completion_tokens: 2 } } },
      { error: { message: "boom", type: "server_error", code: "x" } },
    )
    expect(replay("openai-chat", events)).toEqual({
      text: "part",
      refusal: "I cannot.",
      usage: { inputTokens: 1, outputTokens: 2 },
      model: "gpt",
      error: { type: "server_error", message: "boom" },
    })
    expect(replay("openai-chat", data({ error: "plain" })).error).toEqual({ message: "plain" })
  })

  test("Ollama's own chunks are read", () => {
    const events = data(
      { model: "llama", message: { role: "assistant", content: "Hi", thinking: "Hm" }, done: false },
      {
        model: "llama",
        message: { content: "" },
        done: true,
        done_reason: "stop",
        prompt_eval_count: 3,
        eval_count: 2,
      },
    )
    expect(replay("openai-chat", events)).toEqual({
      text: "Hi",
      reasoning: "Hm",
      usage: { inputTokens: 3, outputTokens: 2 },
      finishReason: "stop",
      model: "llama",
    })
  })
})

const responsesOutput = [
  { type: "reasoning", id: "rs", summary: [{ type: "summary_text", text: "Let me think." }] },
  { type: "message", id: "msg", content: [{ type: "output_text", text: "Hello world" }] },
  { type: "function_call", id: "fc", call_id: "c1", name: "read", arguments: '{"path": "a"}' },
  { type: "custom_tool_call", id: "ct", call_id: "c2", name: "patch", input: "*** Begin" },
  { type: "web_search_call", id: "ws", status: "completed", action: { type: "search", query: "q" } },
]
const responsesEnd = {
  model: "gpt",
  status: "completed",
  usage: {
    input_tokens: 60,
    input_tokens_details: { cached_tokens: 30 },
    output_tokens: 42,
    output_tokens_details: { reasoning_tokens: 7 },
  },
}
const responsesReplay: Replay = {
  text: "Hello world",
  reasoning: "Let me think.",
  toolCalls: [
    { id: "c1", name: "read", arguments: '{"path": "a"}' },
    { id: "c2", name: "patch", arguments: "*** Begin", freeText: true },
    { id: "ws", name: "web_search", arguments: '{"type":"search","query":"q"}', providerExecuted: true },
  ],
  usage: { inputTokens: 60, outputTokens: 42, cacheReadTokens: 30, reasoningTokens: 7 },
  finishReason: "completed",
  model: "gpt",
}

describe("OpenAI Responses", () => {
  const deltas = data(
    { type: "response.created", response: { model: "gpt", status: "in_progress" } },
    { type: "response.output_item.added", output_index: 0, item: { type: "reasoning", id: "rs" } },
    { type: "response.reasoning_summary_text.delta", output_index: 0, delta: "Let me " },
    { type: "response.reasoning_summary_text.delta", output_index: 0, delta: "think." },
    { type: "response.output_item.done", output_index: 0, item: responsesOutput[0]! },
    { type: "response.output_text.delta", output_index: 1, delta: "Hello" },
    { type: "response.output_text.delta", output_index: 1, delta: " world" },
    { type: "response.output_item.done", output_index: 1, item: responsesOutput[1]! },
    {
      type: "response.output_item.added",
      output_index: 2,
      item: { type: "function_call", id: "fc", call_id: "c1", name: "read", arguments: "" },
    },
    {
      type: "response.output_item.added",
      output_index: 3,
      item: { type: "custom_tool_call", id: "ct", call_id: "c2", name: "patch", input: "" },
    },
    { type: "response.function_call_arguments.delta", output_index: 2, delta: '{"path": ' },
    { type: "response.custom_tool_call_input.delta", output_index: 3, delta: "*** Begin" },
    { type: "response.function_call_arguments.delta", output_index: 2, delta: '"a"}' },
    { type: "response.output_item.done", output_index: 2, item: responsesOutput[2]! },
    { type: "response.output_item.done", output_index: 3, item: responsesOutput[3]! },
    { type: "response.output_item.done", output_index: 4, item: responsesOutput[4]! },
  )

  test.each([
    ["with the output repeated at the end", responsesOutput],
    ["without it", []],
  ])("streams give every kind of output once, %s", (_, output) => {
    const end = data({ type: "response.completed", response: { ...responsesEnd, output } })
    expect(replay("openai-responses", [...deltas, ...end])).toEqual(responsesReplay)
  })

  test("streams whose output comes only with the end, or only as whole items, give the same", () => {
    const end = data({ type: "response.completed", response: { ...responsesEnd, output: responsesOutput } })
    expect(replay("openai-responses", end)).toEqual(responsesReplay)
    const items = responsesOutput.flatMap((item, index) =>
      data({ type: "response.output_item.done", output_index: index, item }),
    )
    const bare = data({ type: "response.completed", response: responsesEnd })
    expect(replay("openai-responses", [...items, ...bare])).toEqual(responsesReplay)
  })

  test("a call that was only begun is told by name", () => {
    expect(replay("openai-responses", deltas.slice(0, 11))).toMatchObject({
      toolCalls: [
        { id: "c1", name: "read", arguments: '{"path": ' },
        { id: "c2", name: "patch", arguments: "" },
      ],
      model: "gpt",
    })
    expect(replay("openai-responses", deltas.slice(0, 11)).finishReason).toBeUndefined()
    expect(dialectById("openai-responses")!.replayJson({ status: "queued" }).finishReason).toBeUndefined()
  })

  test("whole replies give the same", () => {
    const reply = { object: "response", ...responsesEnd, error: null, output: responsesOutput }
    expect(dialectById("openai-responses")!.replayJson(reply)).toEqual(responsesReplay)
  })

  test("refusals, cut answers and both shapes of error are told", () => {
    const refusal = data(
      { type: "response.refusal.delta", output_index: 0, delta: "I cannot." },
      {
        type: "response.incomplete",
        response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      },
    )
    expect(replay("openai-responses", refusal)).toEqual({
      text: "",
      refusal: "I cannot.",
      finishReason: "max_output_tokens",
    })
    const failed = { status: "failed", error: { code: "server_error", message: "boom" } }
    const error = { type: "server_error", message: "boom" }
    expect(replay("openai-responses", data({ type: "response.failed", response: failed }))).toMatchObject({
      error,
    })
    expect(
      replay("openai-responses", data({ type: "error", code: "server_error", message: "boom" })).error,
    ).toEqual(error)
    expect(
      replay("openai-responses", data({ type: "error", error: { type: "server_error", message: "boom" } }))
        .error,
    ).toEqual(error)
  })
})

describe("Gemini", () => {
  const chunks: JsonValue[] = [
    {
      candidates: [{ content: { parts: [{ text: "Let me think.", thought: true }] } }],
      modelVersion: "gemini",
    },
    { candidates: [{ content: { parts: [{ text: "Hello" }] } }] },
    {
      candidates: [
        {
          content: {
            parts: [{ text: " world" }, { functionCall: { id: "c1", name: "read", args: { path: "a" } } }],
          },
        },
      ],
    },
    {
      candidates: [
        {
          content: {
            parts: [
              { functionCall: { name: "list" } },
              { executableCode: { language: "PYTHON", code: "1" } },
            ],
          },
          finishReason: "STOP",
        },
      ],
      usageMetadata: {
        promptTokenCount: 60,
        cachedContentTokenCount: 30,
        candidatesTokenCount: 35,
        thoughtsTokenCount: 7,
      },
    },
  ]
  const expected: Replay = {
    text: "Hello world",
    reasoning: "Let me think.",
    toolCalls: [
      { id: "c1", name: "read", arguments: '{"path":"a"}' },
      { name: "list", arguments: "{}" },
      { name: "code_execution", arguments: '{"language":"PYTHON","code":"1"}', providerExecuted: true },
    ],
    usage: { inputTokens: 60, outputTokens: 42, cacheReadTokens: 30, reasoningTokens: 7 },
    finishReason: "STOP",
    model: "gemini",
  }

  test("streams give text, thoughts, calls and usage with thoughts in the output", () => {
    expect(replay("google-generate-content", data(...chunks))).toEqual(expected)
  })

  test("streams without SSE (one array) and Code Assist's envelope give the same", () => {
    expect(dialectById("google-generate-content")!.replayJson(chunks)).toEqual(expected)
    const wrapped = chunks.map((response) => ({ response }))
    expect(replay("google-generate-content", data(...wrapped))).toEqual(expected)
  })

  test("blocked prompts and errors are told", () => {
    const google = dialectById("google-generate-content")!
    expect(google.replayJson({ promptFeedback: { blockReason: "SAFETY" } })).toEqual({
      text: "",
      finishReason: "SAFETY",
    })
    expect(
      google.replayJson({ error: { code: 429, message: "slow", status: "RESOURCE_EXHAUSTED" } }),
    ).toEqual({
      text: "",
      error: { type: "RESOURCE_EXHAUSTED", message: "slow" },
    })
  })
})

describe("Bedrock Converse", () => {
  const usage = { inputTokens: 10, cacheReadInputTokens: 30, cacheWriteInputTokens: 20, outputTokens: 42 }
  const expected: Replay = {
    text: "Hello world",
    reasoning: "Let me think.",
    toolCalls: [{ id: "c1", name: "read", arguments: '{"path":"a"}' }],
    usage: { inputTokens: 60, outputTokens: 42, cacheReadTokens: 30, cacheWriteTokens: 20 },
    finishReason: "tool_use",
  }
  const events = [
    named("messageStart", { role: "assistant" }),
    named("contentBlockDelta", {
      contentBlockIndex: 0,
      delta: { reasoningContent: { text: "Let me think." } },
    }),
    named("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { signature: "c2ln" } } }),
    named("contentBlockDelta", { contentBlockIndex: 1, delta: { text: "Hello" } }),
    named("contentBlockDelta", { contentBlockIndex: 1, delta: { text: " world" } }),
    named("contentBlockStop", { contentBlockIndex: 1 }),
    named("contentBlockStart", {
      contentBlockIndex: 2,
      start: { toolUse: { toolUseId: "c1", name: "read" } },
    }),
    named("contentBlockDelta", { contentBlockIndex: 2, delta: { toolUse: { input: '{"path":' } } }),
    named("contentBlockDelta", { contentBlockIndex: 2, delta: { toolUse: { input: '"a"}' } } }),
    named("messageStop", { stopReason: "tool_use" }),
    named("metadata", { usage, metrics: { latencyMs: 5 } }),
  ]

  test("streams give text, reasoning, calls and usage with the cache counted once", () => {
    expect(replay("bedrock-converse", events)).toEqual(expected)
  })

  test("whole replies give the same", () => {
    const content = [
      { reasoningContent: { reasoningText: { text: "Let me think.", signature: "c2ln" } } },
      { text: "Hello" },
      { citationsContent: { content: [{ text: " world" }] } },
      { toolUse: { toolUseId: "c1", name: "read", input: { path: "a" } } },
    ]
    const reply = { output: { message: { role: "assistant", content } }, stopReason: "tool_use", usage }
    expect(dialectById("bedrock-converse")!.replayJson(reply)).toEqual(expected)
  })

  test("exceptions in the stream and error bodies are told, with what was said before", () => {
    const broken = [...events.slice(0, 4), named("modelStreamErrorException", { message: "boom" })]
    expect(replay("bedrock-converse", broken)).toMatchObject({
      text: "Hello",
      error: { type: "modelStreamErrorException", message: "boom" },
    })
    expect(
      dialectById("bedrock-converse")!.replayJson({ message: "The security token is invalid." }),
    ).toEqual({
      text: "",
      error: { message: "The security token is invalid." },
    })
  })
})

describe("generic", () => {
  const generic = dialectById("generic-messages")!

  test("streams are read in whichever known shape they come", () => {
    expect(replay("generic-messages", anthropicStream)).toEqual(anthropicReplay)
    expect(replay("generic-messages", data(chunk({ content: "Hi" }))).text).toBe("Hi")
    expect(replay("generic-messages", data({ type: "response.output_text.delta", delta: "Hi" })).text).toBe(
      "Hi",
    )
    const end = { type: "response.completed", response: { ...responsesEnd, output: responsesOutput } }
    expect(replay("generic-messages", data(end))).toEqual(responsesReplay)
    expect(
      replay("generic-messages", data({ candidates: [{ content: { parts: [{ text: "Hi" }] } }] })).text,
    ).toBe("Hi")
    expect(replay("generic-messages", [named("contentBlockDelta", { delta: { text: "Hi" } })]).text).toBe(
      "Hi",
    )
    expect(replay("generic-messages", data({ message: { content: "Hi" } })).text).toBe("Hi")
  })

  test("whole replies are read in whichever known shape they come", () => {
    expect(generic.replayJson({ choices: [{ message: { content: "Hi" } }] }).text).toBe("Hi")
    expect(generic.replayJson({ type: "message", content: [{ type: "text", text: "Hi" }] }).text).toBe("Hi")
    expect(generic.replayJson({ output: responsesOutput }).text).toBe("Hello world")
    expect(generic.replayJson({ output: { message: { content: [{ text: "Hi" }] } } }).text).toBe("Hi")
    expect(generic.replayJson({ candidates: [{ content: { parts: [{ text: "Hi" }] } }] }).text).toBe("Hi")
    expect(generic.replayJson({ error: { message: "boom" } }).error).toEqual({ message: "boom" })
    expect(generic.replayJson({ message: { content: "Hi" } }).text).toBe("Hi")
    expect(generic.replayJson({ anything: "else" })).toEqual({ text: "" })
  })
})

describe("every dialect", () => {
  const EVENT_NAMES = ["contentBlockStart", "contentBlockDelta", "messageStop", "metadata", "xException", "a"]
  const KEYS = [
    ..."type index delta text content_block message usage choices tool_calls function arguments id name".split(
      " ",
    ),
    ..."output item output_index response candidates content parts functionCall args error input".split(" "),
  ]
  const TYPES = [
    "content_block_start",
    "content_block_delta",
    "input_json_delta",
    "tool_use",
    "function_call",
  ]
  const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom(...TYPES),
      ) as fc.Arbitrary<JsonValue>,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie("tree"), { maxKeys: 5 }),
    ),
  }))

  test("reads whatever comes without throwing, at any moment", () => {
    const event = fc.record({ event: fc.constantFrom(...EVENT_NAMES), data: tree })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (events) => {
        for (const dialect of dialects) {
          const assembler = dialect.assembler()
          for (const item of events) {
            assembler.push(item)
            expect(typeof assembler.result().text).toBe("string")
            expect(typeof dialect.replayJson(item.data).text).toBe("string")
          }
        }
      }),
    )
  })

  test("tells what was said so far without changing what comes", () => {
    for (let cut = 0; cut <= anthropicStream.length; cut += 1) {
      const assembler = dialectById("anthropic-messages")!.assembler()
      for (const event of anthropicStream.slice(0, cut)) assembler.push(event)
      expect(anthropicReplay.text.startsWith(assembler.result().text)).toBe(true)
    }
    const assembler = dialectById("anthropic-messages")!.assembler()
    for (const event of anthropicStream) {
      assembler.push(event)
      assembler.result()
    }
    expect(assembler.result()).toEqual(anthropicReplay)
  })

  test("keeps a bounded part of an endless reply, and says so", () => {
    const piece = "x".repeat(1024 * 1024)
    const events = data(...Array.from({ length: 12 }, () => chunk({ content: piece })))
    const { text, truncated, leftOutBytes } = replay("openai-chat", events)
    expect(text.replaceAll(/[^x]/g, "").length).toBe(MAX_REPLAY_CHARS)
    expect(truncated).toBe(true)
    expect(leftOutBytes).toBe(12 * piece.length - MAX_REPLAY_CHARS)
    expect(text).toContain(`[… ${leftOutBytes} bytes left out …]`)
    expect(replay("openai-chat", data(chunk({ content: piece }))).truncated).toBeUndefined()
  })

  test("drops counts that are none", () => {
    const usage = { prompt_tokens: -1, completion_tokens: 1.5, prompt_tokens_details: { cached_tokens: "3" } }
    expect(replay("openai-chat", data({ choices: [], usage })).usage).toBeUndefined()
  })
})
