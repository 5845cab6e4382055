/**
 * A provider package for OpenCode (`provider.<id>.npm: "file://…"`) that posts `{ messages }` without a model, which only the
 * dialect `generic-messages` claims, and reads a reply in the form of chat completions. Implements as much of
 * LanguageModelV3 (`@ai-sdk/provider` 3) as OpenCode uses.
 */
export function createGeneric({ baseURL, fetch: send = fetch }: GenericOptions): {
  languageModel(modelId: string): object
} {
  return {
    languageModel: (modelId) => ({
      specificationVersion: "v3",
      provider: "generic",
      modelId,
      supportedUrls: {},
      doStream: async (options: CallOptions) => {
        const response = await send(`${baseURL}/generic`, {
          method: "POST",
          headers: { "content-type": "application/json", ...withoutEmpty(options.headers) },
          body: JSON.stringify({ messages: options.prompt.flatMap(toMessages), stream: true }),
          ...(options.abortSignal === undefined ? {} : { signal: options.abortSignal }),
        })
        if (!response.ok || response.body === null) throw await failure(response)
        return { stream: response.body.pipeThrough(new TransformStream(partsOf())) }
      },
      doGenerate: () => Promise.reject(new Error("OpenCode streams its turns")),
    }),
  }
}

interface GenericOptions {
  readonly baseURL: string
  readonly fetch?: typeof fetch
}

interface CallOptions {
  readonly prompt: readonly PromptMessage[]
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly abortSignal?: AbortSignal
}

interface PromptMessage {
  readonly role: string
  readonly content: string | readonly PromptPart[]
}

interface PromptPart {
  readonly type: string
  readonly text?: string
  readonly toolCallId?: string
  readonly toolName?: string
  readonly input?: unknown
  readonly output?: { readonly value?: unknown }
}

/** The messages that say what one message of the prompt says. */
function toMessages({ role, content }: PromptMessage): readonly object[] {
  if (typeof content === "string") return [{ role, content }]
  if (role === "tool") {
    return content.map(({ toolCallId, output }) => ({
      role,
      tool_call_id: toolCallId,
      content: JSON.stringify(output?.value ?? ""),
    }))
  }
  const calls = content.filter((part) => part.type === "tool-call")
  const toolCalls = calls.map(({ toolCallId, toolName, input }) => ({
    id: toolCallId,
    type: "function",
    function: { name: toolName, arguments: JSON.stringify(input) },
  }))
  const text = content.map((part) => part.text ?? "").join("")
  return [{ role, content: text, ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }) }]
}

interface Delta {
  readonly content?: string
  readonly tool_calls?: readonly { id: string; function: { name: string; arguments: string } }[]
}

interface Frame {
  readonly choices?: readonly { readonly delta?: Delta; readonly finish_reason?: string | null }[]
}

/** Turns server-sent events into the parts of a LanguageModelV3 stream. */
function partsOf(): Transformer<Uint8Array, object> {
  const decoder = new TextDecoder()
  let buffer = ""
  let raw = "stop"
  let isOpen = false
  return {
    start: (out) => out.enqueue({ type: "stream-start", warnings: [] }),
    transform: (bytes, out) => {
      buffer += decoder.decode(bytes, { stream: true })
      const blocks = buffer.split("\n\n")
      buffer = blocks.pop() ?? ""
      for (const block of blocks) {
        const data = block.replace(/^data: /, "")
        if (data === "[DONE]") continue
        const choice = (JSON.parse(data) as Frame).choices?.[0]
        const text = choice?.delta?.content ?? ""
        if (text !== "" && !isOpen) out.enqueue({ type: "text-start", id: "0" })
        isOpen ||= text !== ""
        if (text !== "") out.enqueue({ type: "text-delta", id: "0", delta: text })
        for (const { id, function: called } of choice?.delta?.tool_calls ?? []) {
          out.enqueue({ type: "tool-call", toolCallId: id, toolName: called.name, input: called.arguments })
        }
        raw = choice?.finish_reason ?? raw
      }
    },
    flush: (out) => {
      if (isOpen) out.enqueue({ type: "text-end", id: "0" })
      const unified = raw === "tool_calls" ? "tool-calls" : "stop"
      const tokens = { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0, text: 1, reasoning: 0 }
      const usage = { inputTokens: tokens, outputTokens: tokens }
      out.enqueue({ type: "finish", finishReason: { unified, raw }, usage })
    },
  }
}

/** An error as OpenCode knows it from the AI SDK, which tells it by a symbol, so that a busy provider is asked again. */
async function failure(response: Response): Promise<Error> {
  const isRetryable = response.status === 429 || response.status >= 500
  return Object.assign(new Error(await response.text()), {
    name: "AI_APICallError",
    [Symbol.for("vercel.ai.error")]: true,
    [Symbol.for("vercel.ai.error.AI_APICallError")]: true,
    url: response.url,
    requestBodyValues: {},
    statusCode: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    isRetryable,
  })
}

function withoutEmpty(headers: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}
