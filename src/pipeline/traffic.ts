import { AirlockError } from "../base/errors.ts"
import { parseJsonObject } from "../wire/body.ts"
import { identify } from "../wire/dialects/index.ts"
import { attribute, MARK_HEADER } from "./attribution.ts"
import { compose } from "./compose.ts"
import { refusal } from "./refusal.ts"
import {
  type FetchArguments,
  headersOf,
  methodOf,
  type ReadBody,
  readBody,
  signalOf,
  urlOf,
} from "./request-reader.ts"
import { callToSend } from "./request-writer.ts"
import type { Exchange, Stage } from "./stage.ts"
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
  /** A provider request of this instance has passed (sent or refused). */
  onExchange?(exchange: Exchange, sent: boolean): void
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
    const attribution = attribute(headers, arrival?.mark, arrival?.attempt ?? 1)
    const owners = this.#ownersOf(arrival?.mark.instanceId, attribution.sessionId)
    if (owners.length === 0) return refusal(ownerless(), undefined)
    let read: ReadBody | undefined
    try {
      read = await readBody(call, headers)
    } catch (error) {
      return refusal(error, undefined)
    }
    const send = (changedText?: string): Promise<Response> => {
      const { input, init } = callToSend(call, headers, read, changedText)
      return host(input, init)
    }
    const text = read?.text
    const body = text === undefined ? undefined : parseJsonObject(text)
    const dialect = body === undefined ? undefined : identify(body)
    if (text === undefined || body === undefined || dialect === undefined) {
      const problem = attribution.source === "none" ? undefined : judgeUnknown(owners, text)
      return problem ? refusal(problem, undefined) : send()
    }
    const url = urlOf(call)
    if (arrival === undefined && attribution.sessionId !== undefined) {
      const model = dialect.model(body)
      this.ledger.arriveUnmarked(attribution.sessionId, (name) => name === model || namesModel(url, name))
    }
    const signal = signalOf(call)
    const exchange: Exchange = {
      dialect,
      url,
      method: "POST",
      headers: withoutMark(headers),
      body,
      bodyText: text,
      signed: headers.get("authorization")?.startsWith("AWS4-") ?? false,
      attribution,
      ...(signal ? { signal } : {}),
    }
    return runStages(exchange, owners, (last) => send(last.bodyText))
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

/** Gemini and Bedrock have the model's name in the path, percent-encoded. */
function namesModel(url: string, model: string): boolean {
  return url.includes(`/${model}`) || url.includes(`/${encodeURIComponent(model)}`)
}

function withoutMark(headers: Headers): Headers {
  const copy = new Headers(headers)
  copy.delete(MARK_HEADER)
  return copy
}
