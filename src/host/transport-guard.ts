import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError } from "../base/errors.ts"
import { FORCE_HTTP_HEADER, MARK_HEADER, type Mark } from "../pipeline/attribution.ts"
import type { Installed } from "../pipeline/install.ts"

/** A model call that OpenCode is about to make. */
export interface AnnouncedCall extends Omit<Mark, "instanceId"> {
  /** Name of the model as the request has it. */
  readonly wireModel: string
  /** The provider was given a fetch of its own, which may or may not call `globalThis.fetch`. */
  readonly ownFetch: boolean
  /** The request's headers are signed before fetch is called (AWS SigV4), so none may be taken away. */
  readonly signed: boolean
}

/**
 * How OpenCode's native runtime stands: `off`; `wrapped`, when its requests should pass the wrapper; `cached`, when it
 * keeps the fetch from before plugins were loaded, because OpenCode has fetched its model list with it.
 */
export type NativeRuntime = "off" | "wrapped" | "cached"

/** An assistant message that is complete. */
export interface FinishedReply {
  readonly sessionId: string
  /** The user message it answers. */
  readonly messageId: string
  readonly agent?: string
  readonly failed: boolean
}

export interface TransportGuardOptions {
  readonly instanceId: string
  readonly installed: Installed
  readonly anomalies: AnomalyLog
  readonly nativeRuntime: NativeRuntime
  /** The person accepts transports that the wrapper cannot see. */
  readonly allowUnseen: boolean
  /** Called when a turn ended, with whether the wrapper saw it. */
  readonly onTurn: (turn: { readonly mark: Mark; readonly seen: boolean }) => void
}

/** Agents whose prompt no message hook can mask: only the wire layer protects them. */
const WIRE_ONLY_AGENTS = new Set(["title"])
const PROOF_WITHIN_MS = 20_000

/** Makes each chat turn announce itself, and refuses turns over a transport that passes us by (invariant 4). */
export class TransportGuard {
  readonly #options: TransportGuardOptions

  constructor(options: TransportGuardOptions) {
    this.#options = options
  }

  /**
   * Called before a request is built.
   *
   * @throws AirlockError TRANSPORT_UNSEEN, which OpenCode shows as the reply's error without calling the model
   */
  async check(call: AnnouncedCall): Promise<void> {
    const { providerId, agent } = call
    const { installed, anomalies, allowUnseen } = this.#options
    if (!(await installed.ensure())) {
      anomalies.add(
        "transport/wrapper-replaced",
        "Another plugin replaced globalThis.fetch; the wrapper was put back",
      )
    }
    if (allowUnseen) return
    const { ledger } = installed.traffic
    if (ledger.isBlind(providerId)) throw unseen(providerId)
    if (!this.#isUnproven(call)) return
    // Hooks mask messages and system prompt; titles and MCP descriptions reach no hook.
    if (this.#isNative(providerId) && this.#options.nativeRuntime === "cached") throw unseen(providerId)
    if (!WIRE_ONLY_AGENTS.has(agent)) return
    // OpenCode asks for the title beside the first turn, so the proof is usually on its way.
    if (!(await ledger.waitUntilSeen(providerId, PROOF_WITHIN_MS))) throw unseen(providerId)
  }

  /** Headers that announce the call to the wrapper, which removes them. */
  announce({ wireModel, signed, ownFetch, ...call }: AnnouncedCall): Record<string, string> {
    const { instanceId, installed } = this.#options
    const { ledger } = installed.traffic
    const mark: Mark = { instanceId, ...call }
    // OpenAI's WebSocket pool passes every fetch by; OpenCode takes plain HTTP for requests with this header.
    const transport = call.providerId === "openai" ? { [FORCE_HTTP_HEADER]: "true" } : {}
    if (signed || this.#isUnproven({ ownFetch, providerId: call.providerId })) {
      ledger.announceUnmarked(mark, wireModel)
      return this.#isNative(call.providerId) ? {} : transport
    }
    return { [MARK_HEADER]: ledger.announce(mark), ...transport }
  }

  /** Whether requests of this provider may pass us by, and none has passed the wrapper yet. */
  #isUnproven({ providerId, ownFetch }: Pick<AnnouncedCall, "providerId" | "ownFetch">): boolean {
    if (!ownFetch && !this.#isNative(providerId)) return false
    return !this.#options.installed.traffic.ledger.hasSeen(providerId)
  }

  #isNative(providerId: string): boolean {
    return this.#options.nativeRuntime !== "off" && NATIVE_PROVIDERS.test(providerId)
  }

  /** A reply is complete: did its request pass the wrapper? A failed reply may never have been requested. */
  finish({ sessionId, messageId, agent, failed }: FinishedReply): void {
    const { installed, anomalies, onTurn } = this.#options
    if (failed) return
    const turn = installed.traffic.ledger.finish(sessionId, messageId, agent)
    if (!turn) return
    onTurn(turn)
    if (turn.seen) return
    anomalies.add(
      "transport/unseen",
      `A reply of ${turn.mark.providerId}/${turn.mark.modelId} came without passing Airlock; further turns are refused`,
    )
  }
}

// The providers for which OpenCode 1.18 has native routes.
const NATIVE_PROVIDERS = /^(openai|anthropic|opencode.*)$/

function unseen(providerId: string): AirlockError {
  return new AirlockError(
    "TRANSPORT_UNSEEN",
    `Airlock cannot see what is sent to "${providerId}": its requests do not pass globalThis.fetch, so nothing in them would be masked. Unset OPENCODE_EXPERIMENTAL_NATIVE_LLM, or use another provider package for this model; \`airlock doctor\` tells more. To go on unprotected, set "allowUnseenTransport": true in ~/.config/opencode/airlock.jsonc.`,
  )
}
