/** What is captured where capturing is on. */
export interface CaptureLimits {
  /** Provider labels (`openai`) or provider ids of OpenCode's configuration; absent: all. */
  readonly providers?: readonly string[]
  /** Most bytes kept of a body; absent: as configured. */
  readonly maxBodyBytes?: number
}

export interface CaptureCounts {
  /** Exchanges on disk. */
  readonly captures: number
  readonly bytes: number
}

/** Why an exchange of a session is captured. */
export type ScopeState = "conversation" | "all" | "off"

/** Whose exchange it is. */
interface ExchangeOwner {
  readonly sessionId?: string | undefined
  readonly parentSessionId?: string | undefined
  /** Names of its provider, for `providers`. */
  readonly providers: readonly string[]
}

interface Counter {
  captures: number
  bytes: number
}

const MAX_SESSIONS = 10_000
/** Subagents of subagents; an imported conversation can name itself as its parent. */
const MAX_GENERATIONS = 32

/**
 * Which conversations of a process are captured, and how much was. A conversation is a session with its subagents. All
 * plugin instances of a process share one, so that `on all` means the process.
 */
export class CaptureScope {
  #all: CaptureLimits | undefined
  readonly #on = new Map<string, CaptureLimits>()
  /** Switched off by name while everything is on. */
  readonly #off = new Set<string>()
  readonly #parents = new Map<string, string>()
  readonly #counters = new Map<string, Counter>()
  readonly #total: Counter = { captures: 0, bytes: 0 }

  /** Whether anything is captured at all. */
  get isActive(): boolean {
    return this.#all !== undefined || this.#on.size > 0
  }

  /** Whether every conversation is captured that is not switched off by name. */
  get isAll(): boolean {
    return this.#all !== undefined
  }

  /** Captures the conversation of a session: from now on, whatever was said of it before. */
  enable(sessionId: string | undefined, limits: CaptureLimits = {}): void {
    const id = keyOf(sessionId)
    this.#off.delete(id)
    this.#on.set(id, limits)
    bound(this.#on)
  }

  /** Captures every conversation, with these limits: what was said of one before no longer counts. */
  enableAll(limits: CaptureLimits = {}): void {
    this.#off.clear()
    this.#on.clear()
    this.#all = limits
  }

  /** Leaves the conversation of a session alone, also where everything else is captured. */
  disable(sessionId: string | undefined): void {
    const id = keyOf(sessionId)
    for (const ancestor of this.#lineage(id)) this.#on.delete(ancestor)
    if (this.#all === undefined) return
    this.#off.add(id)
    if (this.#off.size > MAX_SESSIONS) this.#off.delete(this.#off.values().next().value ?? "")
  }

  disableAll(): void {
    this.#all = undefined
    this.#on.clear()
    this.#off.clear()
  }

  /** A session was made by another one: it is a subagent's. */
  adopt(sessionId: string, parentSessionId: string): void {
    this.#parents.set(sessionId, parentSessionId)
    bound(this.#parents)
  }

  /** The limits that hold for a session, with the reason; undefined where it is not captured. */
  of(
    sessionId: string | undefined,
  ): { readonly state: ScopeState; readonly limits: CaptureLimits } | undefined {
    for (const id of this.#lineage(keyOf(sessionId))) {
      const limits = this.#on.get(id)
      if (limits !== undefined) return { state: "conversation", limits }
      if (this.#off.has(id)) return undefined
    }
    return this.#all === undefined ? undefined : { state: "all", limits: this.#all }
  }

  /** The limits for an exchange, undefined where it is not captured. */
  forExchange({ sessionId, parentSessionId, providers }: ExchangeOwner): CaptureLimits | undefined {
    if (sessionId !== undefined && parentSessionId !== undefined) this.adopt(sessionId, parentSessionId)
    const limits = this.of(sessionId)?.limits
    if (limits?.providers?.every((name) => !providers.includes(name))) return undefined
    return limits
  }

  count(sessionId: string | undefined, captures: number, bytes: number): void {
    const id = keyOf(sessionId)
    const counter = this.#counters.get(id) ?? { captures: 0, bytes: 0 }
    for (const one of [counter, this.#total]) {
      one.captures += captures
      one.bytes += bytes
    }
    this.#counters.set(id, counter)
    bound(this.#counters)
  }

  /** What was captured of a session and its subagents. */
  countsOf(sessionId: string | undefined): CaptureCounts {
    const sum = { captures: 0, bytes: 0 }
    for (const id of this.sessionsOf(sessionId)) {
      const counter = this.#counters.get(id)
      sum.captures += counter?.captures ?? 0
      sum.bytes += counter?.bytes ?? 0
    }
    return sum
  }

  get totals(): CaptureCounts {
    return { ...this.#total }
  }

  /** A session and those of its subagents that captures or hooks have named, `""` for exchanges of no session. */
  sessionsOf(sessionId: string | undefined): readonly string[] {
    const root = keyOf(sessionId)
    const known = new Set([...this.#counters.keys(), ...this.#parents.keys()])
    known.delete(root)
    return [root, ...[...known].filter((id) => this.#lineage(id).includes(root))]
  }

  /** A session, the one that made it, and so on. */
  #lineage(id: string): string[] {
    const lineage = [id]
    for (
      let at = this.#parents.get(id);
      at !== undefined && lineage.length < MAX_GENERATIONS;
      at = this.#parents.get(at)
    ) {
      if (lineage.includes(at)) break
      lineage.push(at)
    }
    return lineage
  }
}

function keyOf(sessionId: string | undefined): string {
  return sessionId?.trim() ?? ""
}

/** Forgets the entry that came first. */
function bound(map: Map<string, unknown>): void {
  if (map.size <= MAX_SESSIONS) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}
