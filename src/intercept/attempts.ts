import { createHash } from "node:crypto"

/** By what a request is known again when it is sent once more. */
export interface AttemptKey {
  readonly sessionId?: string | undefined
  readonly agent?: string | undefined
  readonly messageId?: string | undefined
  readonly bodyText: string
}

const MAX_FAILED = 1000
/** Requests of one turn differ at their ends: a retry has the same, the next step has one more message. */
const TAIL_CHARS = 4096

/**
 * Counts attempts: OpenCode announces every retry of a call anew, so a retry is known by what it repeats, the very request that
 * has just failed.
 */
export class Attempts {
  readonly #failed = new Map<string, number>()

  /** The number of a request, from 1. Call `settle` with it when its exchange is over. */
  numberOf(key: AttemptKey): { readonly attempt: number; readonly settle: (failed: boolean) => void } {
    const id = idOf(key)
    const attempt = (this.#failed.get(id) ?? 0) + 1
    const settle = (failed: boolean): void => {
      this.#failed.delete(id)
      if (!failed) return
      this.#failed.set(id, attempt)
      const oldest = this.#failed.keys().next()
      if (this.#failed.size > MAX_FAILED && !oldest.done) this.#failed.delete(oldest.value)
    }
    return { attempt, settle }
  }
}

function idOf({ sessionId, agent, messageId, bodyText }: AttemptKey): string {
  const hash = createHash("sha256").update(bodyText.slice(-TAIL_CHARS)).digest("base64")
  return [sessionId, agent, messageId, bodyText.length, hash].join("\n")
}
