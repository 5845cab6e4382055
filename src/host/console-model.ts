import { isJsonObject, type JsonObject, parseJson } from "../base/json.ts"
import { sessionOf } from "../pipeline/attribution.ts"

/** Provider and model under which OpenCode finds the console. Nothing of it ever leaves the process. */
export const CONSOLE_PROVIDER = "airlock"
export const CONSOLE_MODEL = "console"

/** Tells the console which agent asks, so that a title request is answered with a title. */
export const CONSOLE_AGENT_HEADER = "x-airlock-agent"

const HELP =
  "This is Airlock's console. It answers Airlock's own commands, such as `/intercept`, on this machine and calls no model. No other model was found to give your message to: choose one, please."

/** The part of an OpenCode provider entry that Airlock writes. */
export interface ConsoleProvider {
  readonly name: string
  readonly npm: string
  readonly options: { readonly baseURL: string; readonly apiKey: string; readonly fetch: typeof fetch }
  readonly models: Record<string, ConsoleModelEntry>
}

interface ConsoleModelEntry {
  readonly name: string
  readonly tool_call: boolean
  readonly reasoning: boolean
  readonly temperature: boolean
  readonly attachment: boolean
  readonly cost: { readonly input: number; readonly output: number }
  readonly limit: { readonly context: number; readonly output: number }
}

/**
 * A model that runs inside this process and says what commands left for it: so that a command's reply is an
 * ordinary assistant message (HTTP 200, visible in every front end) without a provider call.
 */
export class ConsoleModel {
  readonly #replies = new Map<string, string>()
  /** What was answered last in a session, until OpenCode has its text complete. */
  readonly #said = new Map<string, string>()

  /**
   * Leaves `text` as the answer to the session's next console request, in place of one that was never fetched: an
   * aborted command must not answer for the next one.
   */
  leave(sessionId: string, text: string): void {
    this.#replies.set(sessionId, text)
  }

  /**
   * Whether `text` is what the console has just said in the session, which OpenCode asks once: no model wrote it, so it is
   * not masked. It holds paths, counts and messages of Airlock's own, which never carry a secret.
   */
  takeSaid(sessionId: string, text: string): boolean {
    if (this.#said.get(sessionId)?.trimEnd() !== text.trimEnd()) return false
    return this.#said.delete(sessionId)
  }

  /** Provider entry for OpenCode's configuration. `.invalid` never resolves (RFC 2606), were it ever asked. */
  provider(): ConsoleProvider {
    return {
      // The TUI shows these names at its prompt when a session begins with a command, and only messages that are
      // commands reach the console.
      name: "messages go to your own model",
      npm: "@ai-sdk/openai-compatible",
      options: {
        baseURL: "http://airlock.invalid/v1",
        apiKey: "local",
        fetch: (_input, init) => Promise.resolve(this.#answer(init)),
      },
      models: {
        [CONSOLE_MODEL]: {
          name: "Airlock",
          tool_call: false,
          reasoning: false,
          temperature: false,
          attachment: false,
          cost: { input: 0, output: 0 },
          limit: { context: 10_000_000, output: 32_000 },
        },
      },
    }
  }

  #answer(init: RequestInit | undefined): Response {
    const headers = new Headers(init?.headers)
    const request = typeof init?.body === "string" ? parseJson(init.body) : undefined
    const streamed = isJsonObject(request) && request.stream === true
    const text = this.#textFor(headers)
    return streamed ? streamReply(text) : jsonReply(text)
  }

  #textFor(headers: Headers): string {
    if (headers.get(CONSOLE_AGENT_HEADER) === "title") return "Airlock console"
    const sessionId = sessionOf(headers)
    if (sessionId === undefined) return HELP
    const text = this.#replies.get(sessionId) ?? HELP
    this.#replies.delete(sessionId)
    this.#said.set(sessionId, text)
    return text
  }
}

/** A message as `experimental.chat.messages.transform` hands it over, as far as the console cares. */
interface TranscriptMessage {
  readonly info: {
    readonly role: string
    readonly providerID?: string
    readonly model?: { readonly providerID: string }
  }
}

/**
 * Takes the console's conversation out of a prompt, in place, because OpenCode ignores a replaced array. A prompt
 * that is itself for the console stays whole.
 */
export function dropConsoleMessages(messages: TranscriptMessage[]): void {
  const current = messages.findLast((message) => message.info.role === "user")
  if (current && isConsoleMessage(current)) return
  const kept = messages.filter((message) => !isConsoleMessage(message))
  if (kept.length < messages.length) messages.splice(0, messages.length, ...kept)
}

function isConsoleMessage({ info }: TranscriptMessage): boolean {
  return (info.role === "user" ? info.model?.providerID : info.providerID) === CONSOLE_PROVIDER
}

function streamReply(text: string): Response {
  const chunk = (choice: JsonObject, usage?: JsonObject): string =>
    `data: ${JSON.stringify({
      id: "airlock",
      object: "chat.completion.chunk",
      created: 0,
      model: CONSOLE_MODEL,
      choices: [{ index: 0, ...choice }],
      ...(usage ? { usage } : {}),
    })}\n\n`
  const frames = [
    chunk({ delta: { role: "assistant", content: text } }),
    chunk({ delta: {}, finish_reason: "stop" }, NO_USAGE),
    "data: [DONE]\n\n",
  ]
  return new Response(frames.join(""), { headers: { "content-type": "text/event-stream" } })
}

function jsonReply(text: string): Response {
  const body: JsonObject = {
    id: "airlock",
    object: "chat.completion",
    created: 0,
    model: CONSOLE_MODEL,
    choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }],
    usage: NO_USAGE,
  }
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } })
}

const NO_USAGE: JsonObject = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
