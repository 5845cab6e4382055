import { Buffer } from "node:buffer"
import type { JsonValue } from "../base/json.ts"
import type { Replay, ReplayToolCall, Usage } from "./dialect.ts"
import { type Kept, type KeptText, KeptTexts } from "./kept-text.ts"

/**
 * Most characters of the texts of one reply that are kept: of a longer one, the first and the last half. No model says as
 * much in one reply, and what is kept costs some ten times its size while it is scrubbed and written.
 */
export const MAX_REPLAY_CHARS: number = 2 * 1024 * 1024
/** What one tool call costs beside its arguments: objects here, and keys and indentation in a file. */
const CHARS_PER_TOOL_CALL = 256
// Ids, names and reasons are a few dozen characters; nobody is to fill the memory with them.
const MAX_NAME_CHARS = 4096
const MAX_ERROR_CHARS = 65_536

interface ToolDraft {
  id: string | undefined
  name: string
  readonly arguments: KeptText
  /** The arguments as a whole, for calls of which no piece came. */
  whole: string | (() => string)
  freeText: boolean
  providerExecuted: boolean
}

/** What is known of a tool call beside its id, name and arguments. */
export type ToolTraits = Pick<ReplayToolCall, "freeText" | "providerExecuted">

type Draft = { -readonly [K in keyof Usage]?: number | undefined }

/** Puts a `Replay` together piece by piece in bounded memory. Never throws. */
export class ReplayBuilder {
  readonly #texts: KeptTexts
  readonly #text: KeptText
  readonly #reasoning: KeptText
  readonly #refusal: KeptText
  readonly #tools = new Map<string, ToolDraft>()
  #toolRoom: number
  #usage: Draft = {}
  #finishReason: string | undefined
  #model: string | undefined
  #error: { readonly type?: string; readonly message: string } | undefined
  /** Bytes of tool calls for which there was no room at all. */
  #lostBytes = 0

  constructor(maxChars: number = MAX_REPLAY_CHARS) {
    this.#texts = new KeptTexts(maxChars)
    this.#text = this.#texts.text()
    this.#reasoning = this.#texts.text()
    this.#refusal = this.#texts.text()
    // Beside the texts: a tool call at the end of a long text is what matters most of it.
    this.#toolRoom = Math.max(16 * CHARS_PER_TOOL_CALL, Math.floor(maxChars / 4))
  }

  text(piece: JsonValue | undefined): void {
    this.#texts.add(this.#text, textOf(piece))
  }

  reasoning(piece: JsonValue | undefined): void {
    this.#texts.add(this.#reasoning, textOf(piece))
  }

  refusal(piece: JsonValue | undefined): void {
    this.#texts.add(this.#refusal, textOf(piece))
  }

  /** Opens the tool call `key`, or completes what is known of it; an empty id or name changes nothing. */
  tool(key: string, id: JsonValue | undefined, name: JsonValue | undefined, traits: ToolTraits = {}): void {
    const draft = this.#draft(key)
    if (draft === undefined) {
      this.#lostBytes += Buffer.byteLength(textOf(id)) + Buffer.byteLength(textOf(name))
      return
    }
    if (draft.id === undefined && textOf(id) !== "") draft.id = this.#nameOf(id)
    if (draft.name === "") draft.name = this.#nameOf(name)
    draft.freeText ||= traits.freeText === true
    draft.providerExecuted ||= traits.providerExecuted === true
  }

  /** Adds a piece to the argument text of the tool call `key`. */
  toolArguments(key: string, piece: JsonValue | undefined): void {
    const text = textOf(piece)
    const draft = this.#draft(key)
    if (draft === undefined) {
      this.#lostBytes += Buffer.byteLength(text)
      return
    }
    this.#texts.add(draft.arguments, text)
    if (text !== "") draft.whole = ""
  }

  /**
   * Gives the whole argument text of the tool call `key`, which counts only where no piece of it comes. A function is asked
   * each time a result is wanted.
   */
  toolArgumentsDefault(key: string, whole: string | (() => string)): void {
    const draft = this.#draft(key)
    if (draft === undefined || !draft.arguments.isEmpty) return
    // A long one is no placeholder for pieces to come: it shares their limit.
    if (typeof whole === "string" && whole.length > CHARS_PER_TOOL_CALL)
      this.#texts.add(draft.arguments, whole)
    else draft.whole = whole
  }

  toolId(key: string): string | undefined {
    return this.#tools.get(key)?.id
  }

  get toolCount(): number {
    return this.#tools.size
  }

  /** Takes over the counts that are numbers; later counts replace earlier ones. */
  usage(counts: Draft): void {
    for (const [name, count] of Object.entries(counts)) {
      if (count !== undefined) this.#usage = { ...this.#usage, [name]: count }
    }
  }

  finish(reason: JsonValue | undefined): void {
    if (textOf(reason) !== "") this.#finishReason = shortOf(reason)
  }

  model(name: JsonValue | undefined): void {
    if (textOf(name) !== "") this.#model = shortOf(name)
  }

  /** Notes an error of the provider. The first one stays: what follows is mostly its consequence. */
  error(type: JsonValue | undefined, message: JsonValue | undefined): void {
    if (this.#error !== undefined) return
    const text = typeof message === "string" ? message.slice(0, MAX_ERROR_CHARS) : "unknown provider error"
    this.#error = textOf(type) === "" ? { message: text } : { type: shortOf(type), message: text }
  }

  result(): Replay {
    const usage = defined(this.#usage)
    const kept = this.#texts.read()
    const text = kept(this.#text)
    const reasoning = kept(this.#reasoning)
    const refusal = kept(this.#refusal)
    const calls = [...this.#tools.values()].map((draft) => toolCall(draft, kept(draft.arguments)))
    const gaps = [text, reasoning, refusal, ...calls].map(({ leftOutBytes }) => leftOutBytes)
    const leftOutBytes = gaps.reduce((sum, bytes) => sum + bytes, this.#lostBytes)
    return {
      text: text.text,
      ...(reasoning.text !== "" && { reasoning: reasoning.text }),
      ...(calls.length > 0 && { toolCalls: calls.map(({ call }) => call) }),
      ...(refusal.text !== "" && { refusal: refusal.text }),
      ...(Object.keys(usage).length > 0 && { usage }),
      ...(this.#finishReason !== undefined && { finishReason: this.#finishReason }),
      ...(this.#model !== undefined && { model: this.#model }),
      ...(this.#error !== undefined && { error: this.#error }),
      ...(leftOutBytes > 0 && { truncated: true as const, leftOutBytes }),
    }
  }

  #draft(key: string): ToolDraft | undefined {
    const known = this.#tools.get(key)
    if (known !== undefined) return known
    // An empty call costs room too, so that a stream of them ends.
    if (this.#toolRoom < CHARS_PER_TOOL_CALL) return undefined
    this.#toolRoom -= CHARS_PER_TOOL_CALL
    const draft: ToolDraft = {
      id: undefined,
      name: "",
      arguments: this.#texts.text(),
      whole: "",
      freeText: false,
      providerExecuted: false,
    }
    this.#tools.set(key, draft)
    return draft
  }

  #nameOf(value: JsonValue | undefined): string {
    const name = shortOf(value)
    this.#toolRoom -= name.length
    return name
  }
}

function toolCall(
  { id, name, whole, freeText, providerExecuted }: ToolDraft,
  { text, leftOutBytes }: Kept,
): { readonly call: ReplayToolCall; readonly leftOutBytes: number } {
  const call = {
    ...(id !== undefined && { id }),
    name,
    arguments: text !== "" ? text : typeof whole === "string" ? whole : whole(),
    ...(freeText && { freeText }),
    ...(providerExecuted && { providerExecuted }),
  }
  return { call, leftOutBytes }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : ""
}

function shortOf(value: JsonValue | undefined): string {
  return textOf(value).slice(0, MAX_NAME_CHARS)
}

function defined(usage: Draft): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== undefined))
}
