import type { AnomalyLog } from "../base/anomalies.ts"
import { AirlockError, errorMessage } from "../base/errors.ts"
import { type Capture, type CaptureContext, type CaptureStart, ExchangeCapture } from "./capture.ts"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { Attempts } from "./attempts.ts"
import { assertOwnRoot, CaptureRoot } from "./capture-root.ts"
import { type InterceptCommand, parseCommand, reply, usageLines } from "./command.ts"
import { writeFailure } from "./exchange-error.ts"
import { LateCapture } from "./late-capture.ts"
import { wholeMask } from "./whole-mask.ts"
import type { LiveMask } from "./live-text.ts"
import type { RuleOf } from "./masks.ts"
import { openDirectory } from "./open-directory.ts"
import { finishAbandoned } from "./recovery.ts"
import { pruneCaptures, pruneReplacementRoots } from "./retention.ts"
import { CaptureScope } from "./scope.ts"
import { createScrubber, type ScrubText } from "./scrub.ts"
import { deleteFinished, lastCapture, lastLines } from "./session-captures.ts"
import { isSessionName, sessionName } from "./session-name.ts"
import { statusLines } from "./status.ts"
import { CaptureStore } from "./store.ts"

export type { Capture, CaptureStart } from "./capture.ts"

export interface InterceptorOptions {
  /** Directory of all captures, absolute; created when the first one is switched on. */
  readonly root: string
  /** The masker's text function. */
  readonly scrubText: ScrubText
  /** The masker, for texts that come in pieces. @default `scrubText`, for which each text is held back until its end */
  readonly live?: LiveMask
  /** The rule behind a placeholder, for the counts in meta files. @default every one is `unknown` */
  readonly ruleOf?: RuleOf
  /** Which conversations are captured; share one to switch several interceptors together. @default a new one, off */
  readonly scope?: CaptureScope
  readonly anomalies: AnomalyLog
  /** @default Date.now */
  readonly now?: () => number
  /** @default 24 */
  readonly retentionHours?: number
  /** Bytes of all captures under the root; beyond it the oldest sessions go. @default no limit */
  readonly maxTotalBytes?: number
  /** Exchanges under the root; beyond it the oldest sessions go. @default no limit */
  readonly maxCaptures?: number
  /** Most bytes kept of a response: of its body, or of what a stream said. @default 10485760 */
  readonly maxBodyBytes?: number
  /** Silence after which an exchange counts as stalled, in milliseconds. @default 60000 */
  readonly stalledAfterMs?: number
}

/** Captures exchanges of the conversations it is switched on for. */
export interface Interceptor {
  /** Whether any conversation is captured. */
  readonly enabled: boolean
  /** Whether requests of a session (of none: undefined) may be captured. Costs look-ups only. */
  covers(sessionId: string | undefined, parentSessionId: string | undefined): boolean
  /** Runs `/intercept <args>` and answers the reply to show. The state changes at once; the reply may look at the disk. */
  command(args: string, sessionId: string | undefined): Promise<string>
  /** Tells that a session is a subagent's of another. */
  adopt(sessionId: string, parentSessionId: string): void
  /**
   * Starts observing a provider request; `undefined` where its conversation is not captured. Costs next to nothing before
   * the reply is over.
   */
  begin(start: CaptureStart): Capture | undefined
  /**
   * The same for a request that is looked at later, when that costs its caller nothing: `describe` is called some
   * milliseconds after this, or when the first chunk of the reply has passed; undefined: it was no provider request.
   *
   * @param size of the body in characters or bytes, as far as it is known
   */
  beginLater(describe: () => CaptureStart | undefined, size: number): Capture
  /** Finishes what a dead process left, and deletes expired sessions. Never rejects: failures become `cleanup/…` anomalies. */
  prune(): Promise<void>
  /** Resolves when everything that has ended is on disk. Exchanges that still run are not waited for. */
  settled(): Promise<void>
  /** Writes exchanges that still run as `aborted`, captures no more, and waits for the disk. */
  close(): Promise<void>
}

const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024
const DEFAULT_STALLED_AFTER_MS = 60_000
const NOTHING_CAPTURED = "Nothing of this conversation is captured yet."

export function createInterceptor(options: InterceptorOptions): Interceptor {
  return new DiskInterceptor(options)
}

class DiskInterceptor implements Interceptor {
  #closed = false
  #queue: Promise<void> = Promise.resolve()
  readonly #open = new Set<ExchangeCapture>()
  /** Have left and are not looked at yet, in the order in which they left. */
  readonly #later = new Set<LateCapture>()
  readonly #options: InterceptorOptions
  readonly #root: CaptureRoot
  readonly #scope: CaptureScope
  readonly #store: CaptureStore
  readonly #context: CaptureContext

  constructor(options: InterceptorOptions) {
    const { root, anomalies, scrubText } = options
    this.#options = options
    this.#root = new CaptureRoot(root, anomalies)
    this.#scope = options.scope ?? new CaptureScope()
    this.#store = new CaptureStore(this.#root)
    this.#context = {
      store: this.#store,
      scrubber: createScrubber(scrubText),
      live: options.live ?? wholeMask(scrubText),
      attempts: new Attempts(),
      ruleOf: options.ruleOf ?? (() => undefined),
      anomalies,
      now: options.now ?? Date.now,
      maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
      stalledAfterMs: options.stalledAfterMs ?? DEFAULT_STALLED_AFTER_MS,
      enqueue: (task) => this.#enqueue(task),
      onWritten: (sessionId, captures, bytes) => this.#scope.count(sessionId, captures, bytes),
      onEnd: (capture) => {
        this.#open.delete(capture)
      },
    }
  }

  get enabled(): boolean {
    return this.#scope.isActive && !this.#closed
  }

  covers(sessionId: string | undefined, parentSessionId: string | undefined): boolean {
    if (!this.enabled) return false
    if (sessionId !== undefined && parentSessionId !== undefined) this.adopt(sessionId, parentSessionId)
    return this.#scope.of(sessionId) !== undefined
  }

  async command(args: string, sessionId: string | undefined): Promise<string> {
    const command = parseCommand(args)
    const { heading, lines } = await this.#run(command, sessionId)
    return reply(heading, lines, this.#status(sessionId))
  }

  adopt(sessionId: string, parentSessionId: string): void {
    this.#scope.adopt(sessionId, parentSessionId)
  }

  beginLater(describe: () => CaptureStart | undefined, size: number): Capture {
    const late: LateCapture = new LateCapture(
      () => {
        this.#later.delete(late)
        const start = guardedStart(describe, this.#options.anomalies)
        return start === undefined ? undefined : this.begin(start)
      },
      () => this.#startEarlier(late),
      { now: this.#context.now, size },
    )
    this.#later.add(late)
    return late
  }

  begin(start: CaptureStart): ExchangeCapture | undefined {
    if (!this.enabled) return undefined
    const { sessionId, parentSessionId, providerId, dialect } = start
    const providers = providerId === undefined ? [dialect.provider] : [dialect.provider, providerId]
    const limits = this.#scope.forExchange({ sessionId, parentSessionId, providers })
    if (limits === undefined) return undefined
    // A person may keep less than is configured, and what a project has tightened stays so.
    const maxBodyBytes = Math.min(limits.maxBodyBytes ?? Number.POSITIVE_INFINITY, this.#context.maxBodyBytes)
    const capture = new ExchangeCapture(start, { ...this.#context, maxBodyBytes })
    this.#open.add(capture)
    return capture
  }

  async prune(): Promise<void> {
    const { root, anomalies, now, retentionHours, maxTotalBytes, maxCaptures } = this.#options
    await this.#finishAbandoned(root)
    const common = {
      anomalies,
      ...(now === undefined ? {} : { now }),
      ...(retentionHours === undefined ? {} : { retentionHours }),
      ...(maxTotalBytes === undefined ? {} : { maxTotalBytes }),
      ...(maxCaptures === undefined ? {} : { maxCaptures }),
    }
    await pruneCaptures({ ...common, root })
    await pruneReplacementRoots(common)
  }

  async settled(): Promise<void> {
    for (const late of this.#later) if (late.hasEnded) late.start()
    for (;;) {
      const queue = this.#queue
      await queue
      if (queue === this.#queue) return
    }
  }

  async close(): Promise<void> {
    for (const late of this.#later) late.start()
    this.#closed = true
    for (const capture of this.#open) capture.interrupt()
    await this.settled()
    await this.#store.close()
  }

  /** Numbers are given in the order in which requests left. */
  #startEarlier(late: LateCapture): void {
    for (const earlier of this.#later) {
      if (earlier === late) return
      earlier.start()
    }
  }

  #status(sessionId: string | undefined): string[] {
    const { anomalies } = this.#options
    return statusLines({ root: this.#root.path, sessionId, scope: this.#scope, anomalies })
  }

  async #run(command: InterceptCommand, sessionId: string | undefined): Promise<CommandResult> {
    switch (command.verb) {
      case "status":
        return { heading: "Status", lines: [] }
      case "on":
        if (command.all) this.#scope.enableAll(command.limits)
        else this.#scope.enable(sessionId, command.limits)
        this.#secureRoot()
        return { heading: "Enabled", lines: [] }
      case "off":
        if (command.all) this.#scope.disableAll()
        else this.#scope.disable(sessionId)
        return { heading: "Disabled", lines: [] }
      case "last":
        return { heading: "Last", lines: await this.#last(sessionId) }
      case "open":
        return { heading: "Open", lines: await this.#openFor(sessionId) }
      case "purge":
        return { heading: "Purged", lines: await this.#purge(command.all, sessionId) }
      case "usage":
      default:
        return { heading: "Usage", lines: usageLines(command.problem) }
    }
  }

  async #last(sessionId: string | undefined): Promise<readonly string[]> {
    const directory = this.#directoryOf(sessionId)
    const last = directory === undefined ? undefined : await lastCapture(directory)
    return directory === undefined || last === undefined ? [NOTHING_CAPTURED] : lastLines(directory, last)
  }

  async #openFor(sessionId: string | undefined): Promise<readonly string[]> {
    const directory = this.#directoryOf(sessionId)
    if (directory === undefined || (await lastCapture(directory)) === undefined) return [NOTHING_CAPTURED]
    const problem = await openDirectory(directory)
    return [problem ?? "The directory opens in your file manager."]
  }

  async #purge(all: boolean, sessionId: string | undefined): Promise<readonly string[]> {
    await this.settled()
    const names = all
      ? await sessionsIn(this.#root.path)
      : this.#scope.sessionsOf(sessionId).map((id) => sessionName(id))
    let deleted = 0
    try {
      for (const name of names) {
        const directory = this.#root.existingSession(name)
        if (directory !== undefined) deleted += await deleteFinished(directory)
      }
    } catch (error) {
      const phase = error instanceof AirlockError ? "cleanup/path-safety" : "cleanup/entry-delete"
      this.#options.anomalies.add(phase, errorMessage(error))
      return [`${deleted} captures were deleted, then it failed; see the latest anomaly.`]
    }
    const whose = all ? "all conversations" : "this conversation and its subagents"
    return [`${deleted} ${deleted === 1 ? "capture" : "captures"} of ${whose} deleted.`]
  }

  /** Where a session's captures lie; undefined where there are none, or where the place is not ours. */
  #directoryOf(sessionId: string | undefined): string | undefined {
    try {
      return this.#root.existingSession(sessionName(sessionId))
    } catch (error) {
      const { phase, message } = writeFailure(error)
      this.#options.anomalies.add(phase, message)
      return undefined
    }
  }

  // The root is proven at once, so that the reply to `on` names the directory that will be used.
  #secureRoot(): void {
    try {
      this.#root.secure()
    } catch (error) {
      const { phase, message } = writeFailure(error)
      this.#options.anomalies.add(phase, message)
    }
  }

  async #finishAbandoned(root: string): Promise<void> {
    const { scrubber, anomalies } = this.#context
    for (const name of await sessionsIn(root)) {
      const directory = join(root, name)
      const names = await readdir(directory).catch(() => [])
      await finishAbandoned(directory, names, { store: this.#store, scrubber, anomalies })
    }
  }

  #enqueue(task: () => Promise<void>): void {
    this.#queue = this.#runAfter(this.#queue, task)
  }

  /** One at a time, and never in the turn of the event loop that gave the caller its last byte. */
  async #runAfter(before: Promise<void>, task: () => Promise<void>): Promise<void> {
    await before
    await new Promise<void>((resolve) => setImmediate(resolve))
    try {
      await task()
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      this.#options.anomalies.add("capture/dump-write", `the capture could not be written (${name})`)
    }
  }
}

/** Observation never harms: what cannot be described is not captured. */
function guardedStart(
  describe: () => CaptureStart | undefined,
  anomalies: AnomalyLog,
): CaptureStart | undefined {
  try {
    return describe()
  } catch (error) {
    anomalies.add("capture/observe", errorMessage(error))
    return undefined
  }
}

interface CommandResult {
  /** Last word of the reply's heading. */
  readonly heading: string
  readonly lines: readonly string[]
}

/** Names of the sessions under a root that is ours; none where it is missing or somebody else's. */
async function sessionsIn(root: string): Promise<readonly string[]> {
  try {
    assertOwnRoot(root)
    const entries = await readdir(root, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() && isSessionName(entry.name)).map(({ name }) => name)
  } catch {
    return []
  }
}
