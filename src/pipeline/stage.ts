import type { JsonObject } from "../base/json.ts"
import type { Dialect } from "../wire/dialect.ts"
import type { Attribution } from "./attribution.ts"

/** One provider request on its way out. Stages never mutate it: they hand a new one to `next`. */
export interface Exchange {
  readonly dialect: Dialect
  readonly url: string
  readonly method: string
  /** Request headers without Airlock's own. */
  readonly headers: Headers
  readonly body: JsonObject
  /** The JSON text of `body`, exactly as it would be sent. */
  readonly bodyText: string
  /** The bytes are signed (AWS SigV4): changing them would break the request. */
  readonly signed: boolean
  readonly attribution: Attribution
  /** The caller's abort signal, so that an abort can be told from a lost connection. */
  readonly signal?: AbortSignal
}

export type Next = (exchange: Exchange) => Promise<Response>

/**
 * Every step a request can take, outermost first. The order is the contract of design invariants 1 and 2; what the
 * console said is taken out before anything else, since it was never meant for a provider.
 */
export const STAGE_ORDER = ["console", "mask", "capture", "replay", "credential"] as const

export type StageName = (typeof STAGE_ORDER)[number]

/**
 * How much of a request a stage has to see: its body before it leaves, its body once it has left, or nothing.
 */
export type Need = "body" | "sent" | "nothing"

/**
 * One step of the pipeline. `run` calls `next` at most once and answers the response of the request. What it
 * throws reaches the provider SDK as a failed request, so the request is not sent.
 */
export interface Stage {
  readonly name: StageName
  /** What the stage has to see of a request of this owner, known before its body is read. @default "body" for all */
  needs?(attribution: Attribution): Need
  run(exchange: Exchange, next: Next): Promise<Response>
  /**
   * Takes the place of `run` where no stage needs the body before it leaves: the caller's own request is on its way.
   *
   * @param exchange parses the body at its first call; `undefined` where no dialect knows it
   */
  watch?(sent: Promise<Response>, exchange: () => Exchange | undefined, size: number): Promise<Response>
}
