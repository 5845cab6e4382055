import type { Audit, AuditEntry } from "../redact/audit.ts"
import type { Masker } from "../redact/masker.ts"
import { restoreToolArgs } from "../redact/restore-args.ts"
import { sinkOf } from "../redact/sinks.ts"
import { maskAdjacentParts } from "./adjacent-parts.ts"
import { MaskTally } from "./mask-tally.ts"
import { isMutable, maskFields, maskPart, type Mutable } from "./part-masker.ts"

/** How many restored calls are remembered: more than any prompt holds. */
const MAX_RESTORED_CALLS = 5000

export interface RedactHooksOptions {
  readonly masker: Masker
  readonly audit: Audit
  /** Mask what OpenCode stores of the person's own messages (`OPENCODE_REDACTOR_MASK_LOCAL`). */
  readonly maskLocal: boolean
}

/** A message with its parts, as OpenCode hands it over. */
export interface HookMessage {
  readonly info: Mutable
  readonly parts: readonly Mutable[]
}

/** Where a hook call comes from, for the audit line. */
export interface HookOrigin {
  readonly sessionID?: string | undefined
  readonly messageID?: string | undefined
}

/** Where a tool call comes from. */
export interface CallOrigin extends HookOrigin {
  readonly callID?: string | undefined
}

// Without it the model takes a file that holds a placeholder for one that holds the value.
const COMMAND_NOTE =
  "\n\n[Airlock] This command held placeholders, which stand for secrets. Commands get the placeholders, not the values; use the write or edit tool to put a value into a file."

/**
 * The first layer: masks what OpenCode is about to show, store or put into a prompt, in place, and restores what
 * a local tool is about to write. Whatever throws here stops the operation, never lets it pass unmasked.
 */
export class RedactHooks {
  readonly #masker: Masker
  readonly #audit: Audit
  readonly #maskLocal: boolean
  #mcpPrefixes: readonly string[] = []
  /** Arguments as the model gave them, with their placeholders, of calls whose arguments were restored. */
  readonly #restoredCalls = new Map<string, unknown>()
  readonly #storedCalls = new Set<string>()
  /** Shell commands that hold placeholders, until they have run. */
  readonly #placeholderCommands = new Set<string>()

  constructor({ masker, audit, maskLocal }: RedactHooksOptions) {
    this.#masker = masker
    this.#audit = audit
    this.#maskLocal = maskLocal
  }

  /**
   * `config`: takes note of the MCP servers. OpenCode names their tools `<server>_<tool>`, so a server called `apply`
   * can offer a tool that looks like the built-in `apply_patch`; such a name sends its arguments away.
   */
  configure(mcpServers: readonly string[]): void {
    this.#mcpPrefixes = mcpServers.map((name) => `${name.replace(/[^a-zA-Z0-9_-]/g, "_")}_`)
  }

  /** `experimental.chat.messages.transform`: the history of a prompt. */
  messages(messages: readonly HookMessage[]): void {
    this.#tallied("experimental.chat.messages.transform", {}, (tally) => {
      const changed = messages.flatMap(({ info, parts }) => {
        maskFields(info, ["system"], tally)
        for (const part of parts) this.#putBack(part)
        return maskParts(parts, tally)
      })
      return { parts: changed.length, partsChanged: changed.filter(Boolean).length }
    })
  }

  /** `experimental.chat.system.transform`: the system prompt's paragraphs. */
  system(paragraphs: string[], origin: HookOrigin): void {
    this.#tallied("experimental.chat.system.transform", origin, (tally) => {
      paragraphs.forEach((text, index) => {
        paragraphs[index] = tally.text(text)
      })
      return { parts: tally.texts, partsChanged: tally.textsChanged }
    })
  }

  /** `chat.message`: what the person has just sent. Counted always, changed only by choice. */
  message(parts: readonly Mutable[], origin: HookOrigin): void {
    this.#tallied("chat.message", origin, (tally) => {
      const shown = this.#maskLocal ? parts : parts.map((part) => structuredClone(part))
      const changed = maskParts(shown, tally)
      return { parts: parts.length, partsChanged: changed.filter(Boolean).length }
    })
  }

  /**
   * `tool.execute.before`: puts secrets back into what a local file tool is about to write.
   *
   * @throws AirlockError RESTORE_UNRESOLVED, which the model receives as the tool's result
   */
  toolBefore(
    tool: string,
    args: unknown,
    origin: HookOrigin & { readonly callID?: string | undefined },
  ): void {
    const startedAt = performance.now()
    const { callID, ...where } = origin
    const given = structuredClone(args)
    const name = this.#mcpPrefixes.some((prefix) => tool.startsWith(prefix)) ? `mcp:${tool}` : tool
    const { found, restored } = restoreToolArgs({ tool: name, args, masker: this.#masker })
    if (restored > 0 && callID !== undefined) this.#rememberCall(callID, given)
    if (found > 0 && callID !== undefined && sinkOf(name) === "process") this.#placeholderCommands.add(callID)
    if (found === 0 && sinkOf(name) !== "file") return
    this.#audit.record({
      hook: "tool.execute.before",
      durationMs: performance.now() - startedAt,
      toolName: tool,
      tokensFound: found,
      tokensRestored: restored,
      findings: [],
      ...where,
    })
  }

  /** `tool.execute.after`: what a tool answered, before it is stored. Also raw MCP results. */
  toolAfter(tool: string, output: Mutable, { callID, ...origin }: CallOrigin): void {
    if (
      callID !== undefined &&
      this.#placeholderCommands.delete(callID) &&
      typeof output.output === "string"
    ) {
      output.output += COMMAND_NOTE
    }
    this.#tallied("tool.execute.after", origin, (tally) => {
      maskFields(output, ["title", "output", "metadata", "structuredContent"], tally)
      for (const part of objectsOf(output.attachments)) maskPart(part, tally, "display")
      const content = objectsOf(output.content)
      maskAdjacentParts(content, tally)
      for (const item of content) maskMcpContent(item, tally)
      return { toolName: tool }
    })
  }

  /** `experimental.text.complete`: what the model said, before it is stored. */
  textComplete(output: { text: string }, origin: HookOrigin): void {
    this.#tallied("experimental.text.complete", origin, (tally) => {
      output.text = tally.text(output.text)
      return {}
    })
  }

  /**
   * `event`: masks what the person is shown of finished tools and diffs. Events are the live objects of the bus,
   * so the change must happen before anything is awaited.
   */
  event(type: string, properties: unknown): void {
    if (!isMutable(properties)) return
    if (type === "message.part.updated") this.#partUpdated(properties.part)
    if (type === "session.diff") this.#diff(properties)
    if (type === "tui.prompt.append" || type === "tui.command.execute") this.#observe(type, properties)
  }

  /**
   * OpenCode stores the restored arguments and sends them again as history. There they are replaced by what the model
   * wrote, so that a value which only its context gave away, or which is too common to look for, does not travel.
   */
  #putBack(part: Mutable): void {
    if (part.type !== "tool" || typeof part.callID !== "string" || !isMutable(part.state)) return
    const given = this.#restoredCalls.get(part.callID)
    if (given !== undefined) part.state.input = structuredClone(given)
  }

  /**
   * Whether a finished tool part holds arguments that were restored; true once for each call. What OpenCode has stored of
   * it should then be replaced by the part as `event` left it, so that it stays masked when this process is gone.
   */
  isFirstSightOfRestored(part: unknown): part is Mutable {
    if (!isMutable(part) || typeof part.callID !== "string" || !isMutable(part.state)) return false
    if (part.state.status !== "completed" && part.state.status !== "error") return false
    if (!this.#restoredCalls.has(part.callID) || this.#storedCalls.has(part.callID)) return false
    this.#storedCalls.add(part.callID)
    return true
  }

  #rememberCall(callId: string, given: unknown): void {
    this.#restoredCalls.set(callId, given)
    const oldest = this.#restoredCalls.keys().next()
    if (this.#restoredCalls.size > MAX_RESTORED_CALLS && !oldest.done)
      this.#restoredCalls.delete(oldest.value)
  }

  #partUpdated(part: unknown): void {
    if (!isMutable(part) || part.type !== "tool" || !isMutable(part.state)) return
    if (part.state.status !== "completed" && part.state.status !== "error") return
    this.#putBack(part)
    this.#tallied("event:message.part.updated", originOf(part), (tally) => {
      const changed = maskPart(part, tally, "display")
      return { parts: 1, partsChanged: changed ? 1 : 0 }
    })
  }

  #diff(properties: Mutable): void {
    this.#tallied("event:session.diff", originOf(properties), (tally) => {
      for (const diff of objectsOf(properties.diff)) maskFields(diff, ["before", "after", "patch"], tally)
      return { fields: tally.texts, fieldsChanged: tally.textsChanged }
    })
  }

  #observe(type: string, properties: Mutable): void {
    this.#tallied(`event:${type}`, {}, (tally) => {
      tally.deep(properties)
      return { fields: tally.texts, fieldsChanged: tally.textsChanged }
    })
  }

  #tallied(hook: string, origin: HookOrigin, run: (tally: MaskTally) => Partial<AuditEntry>): void {
    const startedAt = performance.now()
    const tally = new MaskTally(this.#masker)
    const facts = run(tally)
    if (tally.textsChanged === 0) return
    this.#audit.record({
      hook,
      durationMs: performance.now() - startedAt,
      bytesIn: tally.bytesIn,
      bytesOut: tally.bytesOut,
      findings: tally.findings,
      ...origin,
      ...facts,
    })
  }
}

/** Masks the parts of a message. @returns for each whether it changed */
function maskParts(parts: readonly Mutable[], tally: MaskTally): readonly boolean[] {
  const split = maskAdjacentParts(parts, tally)
  return parts.map((part, index) => maskPart(part, tally, "prompt") || split[index] === true)
}

// An MCP result's image and audio items are base64 media; only text may be touched.
function maskMcpContent(item: Mutable, tally: MaskTally): void {
  maskFields(item, ["text"], tally)
  if (isMutable(item.resource)) maskFields(item.resource, ["text"], tally)
}

function objectsOf(value: unknown): readonly Mutable[] {
  return Array.isArray(value) ? value.filter(isMutable) : []
}

function originOf(source: Mutable): HookOrigin {
  const { sessionID, messageID } = source
  return {
    ...(typeof sessionID === "string" ? { sessionID } : {}),
    ...(typeof messageID === "string" ? { messageID } : {}),
  }
}
