import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "../../../src/base/json.ts"

/** An answer of OpenCode's HTTP API. */
export interface ApiAnswer {
  readonly status: number
  readonly text: string
  readonly json: JsonValue | undefined
}

export interface PromptInput {
  readonly parts: readonly JsonObject[]
  readonly model?: { readonly providerID: string; readonly modelID: string }
  readonly agent?: string
  readonly system?: string
  readonly format?: JsonObject
  readonly noReply?: boolean
}

/** OpenCode's HTTP API for one project directory. Plain fetch: the wire contract is what is tested. */
export class OpencodeClient {
  readonly #url: string
  readonly #directory: string

  constructor(url: string, directory: string) {
    this.#url = url
    this.#directory = directory
  }

  /** Any request. `timeoutMs` bounds it; a failure names method and path. */
  async request(method: string, path: string, body?: unknown, timeoutMs = 30_000): Promise<ApiAnswer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: this.#headers(),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw new Error(`${method} ${path} did not answer: ${String(error)}`)
    })
    const text = await response.text()
    return { status: response.status, text, json: parseJson(text) }
  }

  async createSession(body: JsonObject = {}): Promise<string> {
    const answer = await this.request("POST", "/session", body)
    if (!isJsonObject(answer.json) || typeof answer.json.id !== "string")
      throw unexpected("POST /session", answer)
    return answer.json.id
  }

  /** Sends a prompt and waits for the turn to end. */
  prompt(sessionId: string, input: string | PromptInput, timeoutMs?: number): Promise<ApiAnswer> {
    const body = typeof input === "string" ? { parts: [{ type: "text", text: input }] } : input
    return this.request("POST", `/session/${sessionId}/message`, body, timeoutMs)
  }

  /** Runs a slash command and waits for its answer. */
  command(sessionId: string, command: string, args = "", extra: JsonObject = {}): Promise<ApiAnswer> {
    return this.request("POST", `/session/${sessionId}/command`, { command, arguments: args, ...extra })
  }

  /** Compacts a session. */
  summarize(sessionId: string, model: { providerID: string; modelID: string }): Promise<ApiAnswer> {
    return this.request("POST", `/session/${sessionId}/summarize`, model)
  }

  async messages(sessionId: string): Promise<readonly JsonObject[]> {
    const answer = await this.request("GET", `/session/${sessionId}/message`)
    if (!isJsonArray(answer.json)) throw unexpected("GET messages", answer)
    return answer.json.filter(isJsonObject)
  }

  /** Stops a running turn. */
  abort(sessionId: string): Promise<ApiAnswer> {
    return this.request("POST", `/session/${sessionId}/abort`)
  }

  /** The event stream (`GET /event`), until `signal` ends it. */
  async *events(signal: AbortSignal): AsyncGenerator<JsonObject> {
    const response = await fetch(`${this.#url}/event`, { headers: this.#headers(), signal })
    let buffer = ""
    try {
      for await (const bytes of response.body ?? []) {
        buffer += Buffer.from(bytes).toString("utf8")
        const blocks = buffer.split("\n\n")
        buffer = blocks.pop() ?? ""
        for (const block of blocks) {
          const event = parseJson(block.replace(/^data: /, ""))
          if (isJsonObject(event)) yield event
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  #headers(): Record<string, string> {
    return { "content-type": "application/json", "x-opencode-directory": encodeURIComponent(this.#directory) }
  }

  /** Ends this directory's instance; the next request starts a new one. */
  dispose(): Promise<ApiAnswer> {
    return this.request("POST", "/instance/dispose")
  }
}

/** Text of the text parts of a message, as the HTTP API gives messages. */
export function messageText(message: JsonValue | undefined): string {
  if (!isJsonObject(message) || !isJsonArray(message.parts)) return ""
  return message.parts
    .filter(isJsonObject)
    .flatMap((part) => (part.type === "text" && typeof part.text === "string" ? [part.text] : []))
    .join("\n")
}

/** JSON text of the error that an assistant message carries; empty where it has none. */
export function messageError(message: JsonValue | undefined): string {
  const info = isJsonObject(message) ? message.info : undefined
  return isJsonObject(info) && info.error !== undefined ? JSON.stringify(info.error) : ""
}

function unexpected(what: string, answer: ApiAnswer): Error {
  return new Error(`${what} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
}
