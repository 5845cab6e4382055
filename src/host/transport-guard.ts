import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError } from "../base/errors.ts"
import { FORCE_HTTP_HEADER, MARK_HEADER, type Mark } from "../pipeline/attribution.ts"
import type { Installed } from "../pipeline/install.ts"

/** A model call that OpenCode is about to make. */
export type AnnouncedCall = Omit<Mark, "instanceId">

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
  /** OpenCode's native runtime is switched on; it may have cached a fetch from before we were loaded. */
  readonly nativeRuntime: boolean
  /** The person accepts transports that the wrapper cannot see. */
  readonly allowUnseen: boolean
  /** Called when a turn ended, with whether the wrapper saw it. */
  readonly onTurn: (turn: { readonly mark: Mark; readonly seen: boolean }) => void
}

/** Agents whose prompt no message hook can mask: only the wire layer protects them. */
const WIRE_ONLY_AGENTS = new Set(["title"])

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
  async check({ providerId, agent }: AnnouncedCall): Promise<void> {
    const { installed, anomalies, allowUnseen, nativeRuntime } = this.#options
    if (!(await installed.ensure())) {
      anomalies.add(
        "transport/wrapper-replaced",
        "Another plugin replaced globalThis.fetch; the wrapper was put back",
      )
    }
    if (allowUnseen) return
    const { ledger } = installed.traffic
    if (ledger.isBlind(providerId)) throw unseen(providerId)
    if (nativeRuntime && WIRE_ONLY_AGENTS.has(agent) && !ledger.hasSeen(providerId)) throw unseen(providerId)
  }

  /** Headers that announce the call to the wrapper, which removes them. */
  announce(call: AnnouncedCall): Record<string, string> {
    const { instanceId, installed, nativeRuntime } = this.#options
    const { ledger } = installed.traffic
    const mark: Mark = { instanceId, ...call }
    if (nativeRuntime && !ledger.hasSeen(call.providerId)) {
      ledger.announceUnmarked(mark)
      return {}
    }
    const token = ledger.announce(mark)
    // OpenAI's WebSocket pool passes every fetch by; OpenCode takes plain HTTP for requests with this header.
    return call.providerId === "openai"
      ? { [MARK_HEADER]: token, [FORCE_HTTP_HEADER]: "true" }
      : { [MARK_HEADER]: token }
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

function unseen(providerId: string): AirlockError {
  return new AirlockError(
    "TRANSPORT_UNSEEN",
    `Airlock cannot see what is sent to "${providerId}": its requests do not pass globalThis.fetch, so nothing in them would be masked. Unset OPENCODE_EXPERIMENTAL_NATIVE_LLM, or use another provider package for this model; \`airlock doctor\` tells more. To go on unprotected, set "allowUnseenTransport": true in ~/.config/opencode/airlock.jsonc.`,
  )
}
