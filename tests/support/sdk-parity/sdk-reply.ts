import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock"
import { anthropic, createAnthropic } from "@ai-sdk/anthropic"
import { createGoogleGenerativeAI, google } from "@ai-sdk/google"
import { createOpenAI, openai } from "@ai-sdk/openai"
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import {
  generateObject,
  generateText,
  jsonSchema,
  type LanguageModel,
  streamObject,
  streamText,
  tool,
  type ToolSet,
} from "ai"
import type { ComparableCall, ComparableReply, HostedTool, ParityFixture, SdkProvider } from "./fixture.ts"

type Fetch = typeof globalThis.fetch

const MODEL = "scripted"
// No server here looks at it.
const apiKey = "none"

const MODELS: Readonly<Record<SdkProvider, (baseURL: string, fetch: Fetch) => LanguageModel>> = {
  anthropic: (baseURL, fetch) => createAnthropic({ baseURL, fetch, apiKey })(MODEL),
  "openai-chat": (baseURL, fetch) => createOpenAI({ baseURL, fetch, apiKey }).chat(MODEL),
  "openai-responses": (baseURL, fetch) => createOpenAI({ baseURL, fetch, apiKey }).responses(MODEL),
  "openai-compatible": (baseURL, fetch) =>
    createOpenAICompatible({ name: MODEL, baseURL, fetch, apiKey, includeUsage: true })(MODEL),
  google: (baseURL, fetch) => createGoogleGenerativeAI({ baseURL, fetch, apiKey })(MODEL),
  bedrock: (baseURL, fetch) => createAmazonBedrock({ baseURL, fetch, apiKey, region: "us-east-1" })(MODEL),
}

const HOSTED: Readonly<Record<HostedTool, () => ToolSet>> = {
  "anthropic-web-search": () => offer("web_search", anthropic.tools.webSearch_20250305({})),
  "anthropic-code-execution": () => offer("code_execution", anthropic.tools.codeExecution_20250825({})),
  "openai-web-search": () => offer("web_search", openai.tools.webSearch({})),
  "openai-code-interpreter": () => offer("code_interpreter", openai.tools.codeInterpreter({})),
  "openai-custom": () => offer("patch", openai.tools.customTool({ name: "patch" })),
  "google-code-execution": () => offer("code_execution", google.tools.codeExecution({})),
}

/** The packages' tools have types of their own, which do not fit `exactOptionalPropertyTypes`. */
function offer(name: string, hosted: unknown): ToolSet {
  return { [name]: hosted as ToolSet[string] }
}

/** What the SDK yields for whatever `baseURL` answers, streamed or not. */
export async function sdkReply(
  fixture: Pick<ParityFixture, "provider" | "tools" | "hosted">,
  baseURL: string,
  fetch: Fetch,
  streamed: boolean,
): Promise<ComparableReply> {
  // It prints, for example, that it does not know the model.
  Reflect.set(globalThis, "AI_SDK_LOG_WARNINGS", false)
  const request = {
    model: MODELS[fixture.provider](baseURL, fetch),
    tools: toolsOf(fixture),
    prompt: "Hello",
    maxRetries: 0,
  }
  return streamed ? streamedReply(request) : wholeReply(request)
}

/** The object that the SDK makes of a reply to a request for one. */
export async function sdkObject(
  provider: SdkProvider,
  baseURL: string,
  fetch: Fetch,
  streamed: boolean,
): Promise<unknown> {
  Reflect.set(globalThis, "AI_SDK_LOG_WARNINGS", false)
  const request = {
    model: MODELS[provider](baseURL, fetch),
    schema: jsonSchema({ type: "object", properties: { city: { type: "string" }, days: { type: "array" } } }),
    prompt: "Hello",
    maxRetries: 0,
  }
  if (!streamed) return (await generateObject(request)).object
  const { object, partialObjectStream } = streamObject(request)
  for await (const partial of partialObjectStream) void partial
  return object
}

type Request = Parameters<typeof streamText>[0] & Parameters<typeof generateText>[0]

async function streamedReply(request: Request): Promise<ComparableReply> {
  const errors: string[] = []
  let text = ""
  let reasoning = ""
  const calls: ComparableCall[] = []
  let end: Partial<ComparableReply> = {}
  // Without a handler the SDK prints errors.
  const { fullStream, providerMetadata } = streamText({ ...request, onError: () => undefined })
  providerMetadata.then(undefined, () => undefined)
  try {
    for await (const part of fullStream) {
      if (part.type === "error") errors.push(messageOf(part.error))
      if (part.type === "text-delta") text += part.text
      if (part.type === "reasoning-delta") reasoning += part.text
      if (part.type === "tool-call") calls.push(callOf(part))
      if (part.type === "finish-step") end = endOf(part)
    }
  } catch (error) {
    errors.push(messageOf(error))
  }
  const [error] = errors
  const { usage = NO_USAGE, finish = error === undefined ? "other" : "error", rawFinish, refusal } = end
  return { text, reasoning, toolCalls: calls, usage, finish, rawFinish, refusal, error }
}

async function wholeReply(request: Request): Promise<ComparableReply> {
  try {
    const { steps, text, reasoningText = "" } = await generateText(request)
    const [step] = steps
    if (step === undefined) throw new Error("the SDK took no step")
    const calls = step.toolCalls.map(callOf)
    return { text, reasoning: reasoningText, toolCalls: calls, ...endOf(step), error: undefined }
  } catch (error) {
    const nothing = { text: "", reasoning: "", toolCalls: [], usage: NO_USAGE, finish: "error" }
    return { ...nothing, rawFinish: undefined, refusal: undefined, error: messageOf(error) }
  }
}

const NO_USAGE = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 }

interface StepEnd {
  readonly usage: {
    readonly inputTokens: number | undefined
    readonly outputTokens: number | undefined
    readonly inputTokenDetails: {
      readonly cacheReadTokens: number | undefined
      readonly cacheWriteTokens: number | undefined
    }
    readonly outputTokenDetails: { readonly reasoningTokens: number | undefined }
  }
  readonly finishReason: string
  readonly rawFinishReason: string | undefined
  readonly providerMetadata?: unknown
}

/** The SDK's usage under our names: `inputTokens` counts cache reads and writes in, `outputTokens` reasoning. */
function endOf({
  usage,
  finishReason,
  rawFinishReason,
  providerMetadata,
}: StepEnd): Pick<ComparableReply, "usage" | "finish" | "rawFinish" | "refusal"> {
  return {
    usage: {
      input: usage.inputTokens ?? 0,
      output: usage.outputTokens ?? 0,
      cacheRead: usage.inputTokenDetails.cacheReadTokens ?? 0,
      cacheWrite: usage.inputTokenDetails.cacheWriteTokens ?? 0,
      reasoning: usage.outputTokenDetails.reasoningTokens ?? 0,
    },
    finish: finishReason,
    rawFinish: rawFinishReason,
    // Anthropic's is the only refusal text that the SDK passes on.
    refusal: stringAt(providerMetadata, "anthropic", "stopDetails", "explanation"),
  }
}

function callOf(call: {
  readonly toolCallId: string
  readonly toolName: string
  readonly input: unknown
  readonly providerExecuted?: boolean | undefined
}): ComparableCall {
  return {
    id: call.toolCallId,
    name: call.toolName,
    input: call.input,
    providerExecuted: call.providerExecuted === true,
  }
}

function toolsOf({ tools = [], hosted = [] }: Pick<ParityFixture, "tools" | "hosted">): ToolSet {
  const inputSchema = jsonSchema({ type: "object" })
  const functions = tools.map((name): [string, ToolSet[string]] => [name, tool({ inputSchema })])
  return Object.assign(Object.fromEntries(functions), ...hosted.map((name) => HOSTED[name]()))
}

/** Message of whatever the SDK reports: an error, a text, or the provider's own error object. */
function messageOf(error: unknown): string {
  if (typeof error === "string") return error
  const places = [["message"], ["error", "message"], ["response", "error", "message"]]
  const messages = places.map((path) => stringAt(error, ...path))
  const message = messages.find((one) => one !== undefined) ?? JSON.stringify(error)
  // The SDK's own error goes on with the value that it did not expect.
  return message.split(": Value:", 1)[0] ?? message
}

function stringAt(value: unknown, ...path: readonly string[]): string | undefined {
  let at = value
  for (const key of path) at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined
  return typeof at === "string" ? at : undefined
}
