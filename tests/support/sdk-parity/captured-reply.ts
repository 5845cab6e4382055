import type { JsonValue } from "../../../src/base/json.ts"
import { describeResponse } from "../../../src/intercept/response-file.ts"
import { ResponseRecorder } from "../../../src/intercept/response-recorder.ts"
import { createScrubber } from "../../../src/intercept/scrub.ts"
import type { ReplayDetails, ResponseFile, StoredToolCall } from "../../../src/intercept/trio.ts"
import type { Dialect, DialectId } from "../../../src/wire/dialect.ts"
import { dialectById } from "../../../src/wire/dialects/index.ts"
import { toolInput } from "../../../src/wire/tool-input.ts"
import { tapResponse } from "../../../src/wire/tap-response.ts"
import type { ComparableReply } from "./fixture.ts"

/** Our raw finish reasons under the SDK's names. What is not here is `other` there too. */
const FINISH: Readonly<Record<string, string>> = {
  // Anthropic
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  tool_use: "tool-calls",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "content-filter",
  // Bedrock, beside those that it shares with Anthropic
  content_filtered: "content-filter",
  guardrail_intervened: "content-filter",
  // OpenAI chat completions
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
  // OpenAI Responses: the state of the response, or why it is incomplete
  completed: "stop",
  max_output_tokens: "length",
  failed: "error",
  // Gemini
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content-filter",
  RECITATION: "content-filter",
  PROHIBITED_CONTENT: "content-filter",
  MALFORMED_FUNCTION_CALL: "error",
}

/** Records what passes a real `fetch`, as the capture stage does. */
export class Tap {
  readonly #dialect: DialectId
  readonly #maxBodyBytes: number
  #recorder: ResponseRecorder | undefined
  #response: Response | undefined

  constructor(dialect: DialectId, maxBodyBytes = 1024 * 1024) {
    this.#dialect = dialect
    this.#maxBodyBytes = maxBodyBytes
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init)
    const recorder = new ResponseRecorder({
      dialect: this.#dialectOf(),
      contentType: response.headers.get("content-type"),
      contentEncoding: response.headers.get("content-encoding"),
      maxBodyBytes: this.#maxBodyBytes,
    })
    this.#recorder = recorder
    this.#response = response
    const ignore = (): void => undefined
    return tapResponse(response, {
      chunk: (bytes) => recorder.push(bytes),
      end: ignore,
      abort: ignore,
      fail: ignore,
    })
  }

  /** The `….response.json` of the reply, with nothing in it to scrub. */
  async file(): Promise<ResponseFile> {
    if (this.#recorder === undefined || this.#response === undefined) throw new Error("nothing was fetched")
    await this.#recorder.finish(true)
    const { status, statusText, headers } = this.#response
    const facts = { status, statusText, contentType: headers.get("content-type"), end: "complete" } as const
    const body = this.#recorder.body()
    return (
      await describeResponse(
        { ...facts, endReason: null, body },
        createScrubber((text) => text),
      )
    ).file
  }

  /** What `file` says, in the words of the SDK. */
  replyOf(file: ResponseFile): ComparableReply {
    return comparable(
      file.bodyFormat === "json" ? jsonReply(this.#dialectOf(), file.body) : streamReply(file),
    )
  }

  #dialectOf(): Dialect {
    const dialect = dialectById(this.#dialect)
    if (dialect === undefined) throw new Error(`no dialect ${this.#dialect}`)
    return dialect
  }
}

interface OurReply {
  readonly text: string
  readonly details: Omit<ReplayDetails, "text">
}

/** What the file of a stream says. */
function streamReply({ body, replay = {} }: ResponseFile): OurReply {
  return { text: typeof body === "string" ? body : (replay.text ?? ""), details: replay }
}

/** What a JSON body says, which the file holds as it is. */
function jsonReply(dialect: Dialect, body: JsonValue): OurReply {
  const { text, toolCalls, ...details } = dialect.replayJson(body)
  const calls = toolCalls?.map((call): StoredToolCall => {
    const input = toolInput(call)
    return input === undefined ? call : Object.assign({ input }, call)
  })
  return { text, details: { ...details, ...(calls && { toolCalls: calls }) } }
}

function comparable({ text, details }: OurReply): ComparableReply {
  const { reasoning = "", toolCalls = [], usage = {}, finishReason, refusal, error } = details
  const unified = FINISH[finishReason ?? ""] ?? (finishReason === undefined && error ? "error" : "other")
  // Gemini and Responses say that they are done, and the SDK that a tool is to be called.
  const isCall = unified === "stop" && toolCalls.some(({ providerExecuted }) => !providerExecuted)
  return {
    text,
    reasoning,
    toolCalls: toolCalls.map(({ id, name, arguments: given, input = given, providerExecuted = false }) => ({
      id,
      name,
      input,
      providerExecuted,
    })),
    usage: {
      input: usage.inputTokens ?? 0,
      output: usage.outputTokens ?? 0,
      cacheRead: usage.cacheReadTokens ?? 0,
      cacheWrite: usage.cacheWriteTokens ?? 0,
      reasoning: usage.reasoningTokens ?? 0,
    },
    finish: isCall ? "tool-calls" : unified,
    rawFinish: finishReason,
    refusal,
    error: error?.message,
  }
}
