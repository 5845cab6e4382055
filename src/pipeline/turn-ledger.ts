import { randomUUID } from "node:crypto"
import type { Arrival, Mark } from "./attribution.ts"

const MAX_TURNS = 2000

interface Turn {
  readonly mark: Mark
  /** Name of the model on the wire, for a turn whose request carries no mark. */
  readonly unmarkedModel?: string
  requests: number
}

/**
 * Remembers which announced model calls the wrapper has seen, so that a transport that passes us by is noticed
 * (design invariant 4). Bounded: the oldest announcements are dropped past 2,000.
 */
export class TurnLedger {
  readonly #turns = new Map<string, Turn>()
  /** How many of them announced a request without a token. */
  #unmarked = 0
  readonly #seenProviders = new Set<string>()
  readonly #blindProviders = new Set<string>()
  readonly #waiting = new Set<() => void>()

  /** Announces a model call. @returns the token to put into the mark header */
  announce(mark: Mark): string {
    const token = randomUUID()
    this.#remember(token, { mark, requests: 0 })
    return token
  }

  /**
   * Announces a model call whose request must not carry a header: because it may pass the wrapper by and reach the
   * provider with it, or because its headers are signed. Such a request is known by session and model.
   *
   * @param wireModel name of the model as the request has it
   */
  announceUnmarked(mark: Mark, wireModel: string): void {
    this.#remember(randomUUID(), { mark, unmarkedModel: wireModel, requests: 0 })
  }

  /** Whether a request of `sessionId` without a token may be an announced one. */
  hasUnmarked(sessionId: string | undefined): boolean {
    if (sessionId === undefined || this.#unmarked === 0) return false
    return [...this.#turns.values()].some(
      (turn) => turn.unmarkedModel !== undefined && turn.mark.sessionId === sessionId,
    )
  }

  /**
   * The wrapper saw a request of `sessionId` without a token.
   *
   * @param isFor whether it asks for that model
   * @returns the one announced call that it can be: of those that fit, the one that still waits for its first request, else
   * the only one there is. `undefined` where none fits, or where several do; then all of them count as seen
   */
  arriveUnmarked(
    sessionId: string,
    isFor: (wireModel: string) => boolean,
    hasTools = false,
  ): Arrival | undefined {
    const fitting = [...this.#turns.values()].filter(
      ({ unmarkedModel, mark }) =>
        unmarkedModel !== undefined && mark.sessionId === sessionId && isFor(unmarkedModel),
    )
    const waiting = fitting.filter((turn) => turn.requests === 0)
    const [turn, ...others] = narrowed(waiting.length > 0 ? waiting : fitting, hasTools)
    if (turn === undefined || others.length > 0) {
      for (const one of fitting) this.#count(one)
      return undefined
    }
    this.#count(turn)
    return { mark: turn.mark, attempt: turn.requests }
  }

  /** The wrapper saw a request with `token`. @returns its mark and the number of this attempt */
  arrive(token: string): Arrival | undefined {
    const turn = this.#turns.get(token)
    if (!turn) return undefined
    this.#count(turn)
    return { mark: turn.mark, attempt: turn.requests }
  }

  /**
   * A reply to `messageId` by `agent` is complete. Settles its announcements.
   *
   * @returns whether the wrapper saw at least one of them; undefined when none was announced
   */
  finish(
    sessionId: string,
    messageId: string,
    agent: string | undefined,
  ): { seen: boolean; mark: Mark } | undefined {
    let last: Turn | undefined
    let seen = false
    for (const [token, turn] of this.#turns) {
      const { mark } = turn
      if (mark.sessionId !== sessionId || mark.messageId !== messageId) continue
      if (agent !== undefined && mark.agent !== agent) continue
      this.#forget(token)
      last = turn
      seen ||= turn.requests > 0
    }
    if (!last) return undefined
    if (!seen) this.#blindProviders.add(last.mark.providerId)
    return { seen, mark: last.mark }
  }

  /** Whether a turn of this provider ended without passing the wrapper and none has passed since. */
  isBlind(providerId: string): boolean {
    return this.#blindProviders.has(providerId)
  }

  /** Whether the wrapper has seen an announced request of this provider in this process. */
  hasSeen(providerId: string): boolean {
    return this.#seenProviders.has(providerId)
  }

  /** Waits for `hasSeen(providerId)`, at most `withinMs`. @returns whether it came true */
  async waitUntilSeen(providerId: string, withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs
    while (!this.hasSeen(providerId) && performance.now() < until) {
      let wake: () => void = () => undefined
      const news = new Promise<void>((resolve) => {
        wake = resolve
      })
      this.#waiting.add(wake)
      const timer = setTimeout(wake, until - performance.now())
      await news
      clearTimeout(timer)
      this.#waiting.delete(wake)
    }
    return this.hasSeen(providerId)
  }

  /** Whether an announced call has neither ended nor been dropped: its request may still come. */
  get hasOpenTurns(): boolean {
    return this.#turns.size > 0
  }

  #remember(token: string, turn: Turn): void {
    this.#turns.set(token, turn)
    if (turn.unmarkedModel !== undefined) this.#unmarked += 1
    const oldest = this.#turns.keys().next()
    if (this.#turns.size > MAX_TURNS && !oldest.done) this.#forget(oldest.value)
  }

  #forget(token: string): void {
    if (this.#turns.get(token)?.unmarkedModel !== undefined) this.#unmarked -= 1
    this.#turns.delete(token)
  }

  #count(turn: Turn): void {
    turn.requests += 1
    this.#seenProviders.add(turn.mark.providerId)
    for (const wake of this.#waiting) wake()
    this.#blindProviders.delete(turn.mark.providerId)
  }
}

/** OpenCode asks for a title beside the first turn, with the same model where no small one is set, and without tools. */
function narrowed(turns: readonly Turn[], hasTools: boolean): readonly Turn[] {
  if (turns.length < 2) return turns
  const titles = turns.filter((turn) => turn.mark.agent === "title")
  if (hasTools || titles.length === 0) return turns.filter((turn) => turn.mark.agent !== "title")
  return titles
}
