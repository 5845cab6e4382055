import { AirlockError } from "../base/errors.ts"
import { isJsonArray, isJsonObject, type JsonObject } from "../base/json.ts"
import { parseJsonObject } from "../wire/body.ts"
import { identify } from "../wire/dialects/index.ts"
import { type Attribution, attribute, attributeToTurn, MARK_HEADER } from "./attribution.ts"
import { compose, inOrder } from "./compose.ts"
import { refusal } from "./refusal.ts"
import {
  type FetchArguments,
  headersOf,
  methodOf,
  type ReadBody,
  readBody,
  signalOf,
  textAtHand,
  urlOf,
} from "./request-reader.ts"
import { callToSend } from "./request-writer.ts"
import type { Exchange, Need, Stage } from "./stage.ts"
import { TurnLedger } from "./turn-ledger.ts"

export type HostFetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

/** One plugin instance (OpenCode makes one per project directory) as the wrapper sees it. */
export interface TrafficInstance {
  readonly id: string
  readonly directory: string
  readonly stages: readonly Stage[]
  /** Whether one of this instance's hooks has met the session. */
  ownsSession(sessionId: string): boolean
  /** Rule ids of secrets in a text whose shape no dialect knows; absent where masking is off. */
  findSecrets?(text: string): readonly string[]
  /**
   * A provider request of this instance has passed (sent or refused).
   *
   * @param exchange `undefined` for a model call of OpenCode's whose body nobody had to see
   */
  onExchange?(exchange: Exchange | undefined, sent: boolean): void
}

/**
 * Everything that passes `fetch` in this process, shared by all plugin instances. Requests that are no provider
 * request go to the host's fetch with the caller's own arguments.
 */
export class Traffic {
  readonly ledger: TurnLedger = new TurnLedger()
  readonly #instances = new Map<string, TrafficInstance>()

  /** Adds an instance. @returns how to take it out again; doing so never touches another instance */
  register(instance: TrafficInstance): () => void {
    this.#instances.set(instance.id, instance)
    return () => {
      this.#instances.delete(instance.id)
    }
  }

  get instances(): readonly TrafficInstance[] {
    return [...this.#instances.values()]
  }

  /**
   * Takes the place of one `fetch(input, init)`; `host` is what sends. What the host's fetch throws is thrown; a
   * failure of our own before anything was sent is answered with a provider-style error, because OpenCode takes a
   * rejected fetch for a network failure and tries again.
   */
  async handle(call: FetchArguments, host: HostFetch): Promise<Response> {
    if (methodOf(call) !== "POST") return host(call.input, call.init)
    const headers = headersOf(call)
    const token = headers.get(MARK_HEADER)
    if (this.#instances.size === 0 && token === null) return host(call.input, call.init)
    const arrival = token === null ? undefined : this.ledger.arrive(token)
    const attribution = attribute(headers, arrival)
    const owners = this.#ownersOf(arrival?.mark.instanceId, attribution.sessionId)
    if (owners.length === 0) return refusal(ownerless(), undefined)
    const need = needOf(owners, attribution)
    const passing: Passing = { call, host, headers, attribution, owners, need }
    if (arrival === undefined && this.ledger.hasUnmarked(attribution.sessionId)) return this.#checked(passing)
    if (need === "nothing") return untouched(passing)
    const text = need === "sent" ? textAtHand(call, headers) : undefined
    return text === undefined ? this.#checked(passing) : watched(passing, text)
  }

  /** Reads the body and lets the stages see it before anything is sent. */
  async #checked(passing: Passing): Promise<Response> {
    const { call, host, headers, owners, need } = passing
    const isOurs = passing.attribution.source !== "none"
    let read: ReadBody | undefined
    try {
      read = await readBody(call, headers, need !== "body" ? "ifSmall" : isOurs ? "always" : "json")
    } catch (error) {
      return refusal(error, undefined)
    }
    const send = (changedText?: string): Promise<Response> => {
      const { input, init } = callToSend(call, headers, read, changedText)
      return host(input, init)
    }
    const exchange = read?.text === undefined ? undefined : exchangeOf(passing, read.text)
    if (exchange === undefined) {
      const problem = isOurs ? judgeUnknown(owners, read?.text) : undefined
      return problem ? refusal(problem, undefined) : send()
    }
    return runStages(this.#asAnnounced(exchange), owners, (last) => send(last.bodyText))
  }

  /** A request without a token may be one of those that were announced without one. */
  #asAnnounced(exchange: Exchange): Exchange {
    const { attribution, dialect, body, url } = exchange
    if (attribution.source !== "header" || attribution.sessionId === undefined) return exchange
    const model = dialect.model(body)
    const isFor = (name: string): boolean => name === model || namesModel(url, name)
    const arrival = this.ledger.arriveUnmarked(attribution.sessionId, isFor, hasTools(body))
    return arrival ? { ...exchange, attribution: attributeToTurn(attribution, arrival) } : exchange
  }

  /**
   * The instance a request belongs to, first, and others of the same directory (capabilities may be loaded as
   * separate plugins). A request that nobody claims (`opencode agent create`) goes to the newest instance that
   * masks, so that it is masked whichever project it came from.
   */
  #ownersOf(instanceId: string | undefined, sessionId: string | undefined): readonly TrafficInstance[] {
    const all = this.instances
    const newestFirst = all.toReversed()
    const owner =
      (instanceId === undefined ? undefined : this.#instances.get(instanceId)) ??
      (sessionId === undefined ? undefined : newestFirst.find((one) => one.ownsSession(sessionId))) ??
      newestFirst.find((one) => one.findSecrets !== undefined) ??
      newestFirst[0]
    if (!owner) return []
    return [owner, ...newestFirst.filter((one) => one !== owner && one.directory === owner.directory)]
  }
}

/** One call on its way, before its body was looked at. */
interface Passing {
  readonly call: FetchArguments
  readonly host: HostFetch
  readonly headers: Headers
  readonly attribution: Attribution
  readonly owners: readonly TrafficInstance[]
  readonly need: Need
}

/** The most that any stage of `owners` needs. Who looks for secrets in unknown bodies needs all of them. */
function needOf(owners: readonly TrafficInstance[], attribution: Attribution): Need {
  let need: Need = "nothing"
  for (const owner of owners) {
    if (owner.findSecrets !== undefined) return "body"
    for (const stage of owner.stages) {
      const one = stage.needs?.(attribution) ?? "body"
      if (one === "body" || (one === "sent" && stage.watch === undefined)) return "body"
      if (one === "sent") need = one
    }
  }
  return need
}

/** Sends a request that nobody has to see: the caller's own arguments, without our headers. */
function untouched({ call, host, headers, attribution, owners }: Passing): Promise<Response> {
  const { input, init } = callToSend(call, headers, undefined)
  if (attribution.source !== "none") for (const owner of owners) owner.onExchange?.(undefined, true)
  return host(input, init)
}

/** By then a capture has looked at the request, and its caller has the first bytes of a reply that came at once. */
const COUNT_AFTER_MS = 10

/** Sends the request at once; the stages look at it behind its back. */
function watched(passing: Passing, text: () => string | undefined): Promise<Response> {
  const { call, host, headers, attribution, owners } = passing
  const { input, init } = callToSend(call, headers, undefined)
  const sent = host(input, init)
  let parsed: { readonly exchange: Exchange | undefined } | undefined
  const exchange = (): Exchange | undefined => {
    const read = parsed === undefined ? text() : undefined
    parsed ??= { exchange: read === undefined ? undefined : exchangeOf(passing, read) }
    return parsed.exchange
  }
  const stages = inOrder(owners.flatMap((owner) => owner.stages))
  const size = sizeOf(call.init?.body)
  const watching = stages.filter((stage) => stage.needs?.(attribution) === "sent")
  const response = watching.reduceRight(
    (before, stage) => stage.watch?.(before, exchange, size) ?? before,
    sent,
  )
  setTimeout(() => {
    try {
      if (exchange() !== undefined) for (const owner of owners) owner.onExchange?.(exchange(), true)
    } catch {
      // Who only counts requests harms none.
    }
  }, COUNT_AFTER_MS)
  return response
}

/** Characters or bytes of a body; 0 for one whose size shows only when it is read. */
function sizeOf(body: unknown): number {
  if (typeof body === "string") return body.length
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body.byteLength : 0
}

/** The provider request that a call with this body is, if it is one. */
function exchangeOf({ call, headers, attribution }: Passing, bodyText: string): Exchange | undefined {
  const body = parseJsonObject(bodyText)
  const dialect = body === undefined ? undefined : identify(body)
  if (body === undefined || dialect === undefined) return undefined
  const signal = signalOf(call)
  return {
    dialect,
    url: urlOf(call),
    method: "POST",
    headers: withoutMark(headers),
    body,
    bodyText,
    signed: headers.get("authorization")?.startsWith("AWS4-") ?? false,
    attribution,
    ...(signal ? { signal } : {}),
  }
}

async function runStages(
  exchange: Exchange,
  owners: readonly TrafficInstance[],
  send: (exchange: Exchange) => Promise<Response>,
): Promise<Response> {
  let sent = false
  const stages = owners.flatMap((owner) => owner.stages)
  const run = compose(stages, (last) => {
    sent = true
    return send(last)
  })
  try {
    return await run(exchange)
  } catch (error) {
    if (sent) throw error
    return refusal(error, exchange.dialect)
  } finally {
    for (const owner of owners) owner.onExchange?.(exchange, sent)
  }
}

/** A model call of OpenCode's whose body no dialect knows may pass only if it holds nothing to mask. */
function judgeUnknown(
  owners: readonly TrafficInstance[],
  text: string | undefined,
): AirlockError | undefined {
  const guards = owners.flatMap((owner) => owner.findSecrets?.bind(owner) ?? [])
  if (guards.length === 0) return undefined
  if (text === undefined) {
    return new AirlockError(
      "MASK_BODY_UNREADABLE",
      "Its body is not text, so it cannot be checked for secrets. Use another provider package for this model.",
    )
  }
  const rules = new Set(guards.flatMap((find) => find(text)))
  if (rules.size === 0) return undefined
  return new AirlockError(
    "MASK_BODY_UNKNOWN",
    `Its shape is unknown to Airlock and it holds ${[...rules].join(", ")}. Remove the secret from the conversation, or use another provider package for this model.`,
  )
}

function ownerless(): AirlockError {
  return new AirlockError(
    "MASK_FAILED",
    "The project it belongs to was closed or reloaded meanwhile. Send your message again.",
  )
}

function hasTools({ tools, toolConfig }: JsonObject): boolean {
  return (isJsonArray(tools) && tools.length > 0) || isJsonObject(toolConfig)
}

/** Gemini and Bedrock have the model's name in the path, percent-encoded. */
function namesModel(url: string, model: string): boolean {
  return url.includes(`/${model}`) || url.includes(`/${encodeURIComponent(model)}`)
}

function withoutMark(headers: Headers): Headers {
  const copy = new Headers(headers)
  copy.delete(MARK_HEADER)
  return copy
}
