import type { JsonValue } from "../base/json.ts"
import type { Replay, ReplayToolCall, Usage } from "./dialect.ts"

/** Most characters of one reply that are kept; what comes later is counted as missing (`truncated`). */
export const MAX_REPLAY_CHARS: number = 8 * 1024 * 1024
const MAX_LOOSE_PIECES = 1024

interface ToolDraft {
  id: string | undefined
  name: string
  arguments: string
  /** The arguments as a whole, for calls of which no piece came. */
  whole: string
}

type Draft = { -readonly [K in keyof Usage]?: number | undefined }

/** Puts a `Replay` together piece by piece; memory is bounded by `MAX_REPLAY_CHARS`. Never throws. */
export class ReplayBuilder {
  readonly #text = new Pieces()
  readonly #reasoning = new Pieces()
  readonly #refusal = new Pieces()
  #tools = new Map<string, ToolDraft>()
  #usage: Draft = {}
  #finishReason: string | undefined
  #model: string | undefined
  #error: { readonly type?: string; readonly message: string } | undefined
  #room: number = MAX_REPLAY_CHARS
  #truncated = false

  text(piece: JsonValue | undefined): void {
    this.#text.add(this.#take(piece))
  }

  reasoning(piece: JsonValue | undefined): void {
    this.#reasoning.add(this.#take(piece))
  }

  refusal(piece: JsonValue | undefined): void {
    this.#refusal.add(this.#take(piece))
  }

  /** Opens the tool call `key`, or completes what is known of it; an empty id or name changes nothing. */
  tool(key: string, id: JsonValue | undefined, name: JsonValue | undefined): void {
    const draft = this.#draft(key)
    if (draft === undefined) return
    if (draft.id === undefined && typeof id === "string" && id !== "") draft.id = this.#take(id)
    if (draft.name === "" && typeof name === "string") draft.name = this.#take(name)
  }

  /** Adds a piece to the argument text of the tool call `key`. */
  toolArguments(key: string, piece: JsonValue | undefined): void {
    const draft = this.#draft(key)
    if (draft !== undefined) draft.arguments += this.#take(piece)
  }

  /** Gives the whole argument text of the tool call `key`, which counts only where no piece of it comes. */
  toolArgumentsDefault(key: string, whole: JsonValue | undefined): void {
    const draft = this.#draft(key)
    if (draft !== undefined && draft.arguments === "") draft.whole = this.#take(whole)
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
    if (typeof reason === "string" && reason !== "") this.#finishReason = reason
  }

  model(name: JsonValue | undefined): void {
    if (typeof name === "string" && name !== "") this.#model = name
  }

  error(type: JsonValue | undefined, message: JsonValue | undefined): void {
    const text = this.#take(typeof message === "string" ? message : "unknown provider error")
    this.#error = typeof type === "string" && type !== "" ? { type, message: text } : { message: text }
  }

  result(): Replay {
    const usage = defined(this.#usage)
    const reasoning = this.#reasoning.joined()
    const refusal = this.#refusal.joined()
    return {
      text: this.#text.joined(),
      ...(reasoning !== "" && { reasoning }),
      ...(this.#tools.size > 0 && { toolCalls: [...this.#tools.values()].map(toolCall) }),
      ...(refusal !== "" && { refusal }),
      ...(Object.keys(usage).length > 0 && { usage }),
      ...(this.#finishReason !== undefined && { finishReason: this.#finishReason }),
      ...(this.#model !== undefined && { model: this.#model }),
      ...(this.#error !== undefined && { error: this.#error }),
      ...(this.#truncated && { truncated: true as const }),
    }
  }

  #draft(key: string): ToolDraft | undefined {
    const known = this.#tools.get(key)
    if (known !== undefined) return known
    // An empty call costs room too, so that a stream of them ends.
    if (this.#room < 64) {
      this.#truncated = true
      return undefined
    }
    this.#room -= 64
    const draft: ToolDraft = { id: undefined, name: "", arguments: "", whole: "" }
    this.#tools.set(key, draft)
    return draft
  }

  #take(piece: JsonValue | undefined): string {
    if (typeof piece !== "string" || piece === "") return ""
    if (piece.length > this.#room) this.#truncated = true
    const taken = piece.slice(0, this.#room)
    this.#room -= taken.length
    return taken
  }
}

/** A text that comes in pieces. After `+=` engines keep every piece apart, which costs many times its characters. */
class Pieces {
  #whole = ""
  #rest: string[] = []

  add(piece: string): void {
    if (piece === "") return
    this.#rest.push(piece)
    if (this.#rest.length >= MAX_LOOSE_PIECES) this.joined()
  }

  joined(): string {
    if (this.#rest.length > 0) this.#whole += this.#rest.join("")
    this.#rest = []
    return this.#whole
  }
}

function toolCall(draft: ToolDraft): ReplayToolCall {
  const { id, name } = draft
  const text = draft.arguments || draft.whole
  return id === undefined ? { name, arguments: text } : { id, name, arguments: text }
}

function defined(usage: Draft): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== undefined))
}
