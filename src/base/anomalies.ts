/** A failure that Airlock survived and that a person must be able to see. Never holds a secret. */
export interface Anomaly {
  /** `scope/step`, for example `capture/dump-write`. */
  readonly phase: string
  /** One line, at most 300 characters. */
  readonly message: string
  readonly atMs: number
}

const MAX_KEPT = 50
const MAX_MESSAGE_CHARS = 300

/** Counts anomalies of one plugin instance and keeps the latest ones (at most 50). Never throws. */
export class AnomalyLog {
  #count = 0
  #recent: Anomaly[] = []
  readonly #now: () => number
  readonly #onAdd: ((anomaly: Anomaly) => void) | undefined

  /** @param onAdd called for each anomaly, for a log line; what it throws is dropped. */
  constructor(now: () => number = Date.now, onAdd?: (anomaly: Anomaly) => void) {
    this.#now = now
    this.#onAdd = onAdd
  }

  add(phase: string, message: string): void {
    const line = message.replace(/\s+/g, " ").trim().slice(0, MAX_MESSAGE_CHARS) || "unknown anomaly"
    const anomaly: Anomaly = { phase, message: line, atMs: this.#now() }
    this.#count += 1
    this.#recent.push(anomaly)
    if (this.#recent.length > MAX_KEPT) this.#recent.shift()
    try {
      this.#onAdd?.(anomaly)
    } catch {
      // Observation never harms: a broken log must not break what was being observed.
    }
  }

  get count(): number {
    return this.#count
  }

  get latest(): Anomaly | undefined {
    return this.#recent.at(-1)
  }

  get recent(): readonly Anomaly[] {
    return this.#recent
  }
}
