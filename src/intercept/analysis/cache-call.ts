import type { JsonValue } from "../../base/json.ts"
import type { DialectId, Usage } from "../../wire/dialect.ts"
import type { Trio } from "../trio.ts"
import { usageOf } from "./usage.ts"

/** One provider call, as far as the prompt cache goes. */
export interface CacheCall {
  readonly sessionId: string | null
  readonly agent: string | null
  readonly model: string | null
  readonly dialect: DialectId
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number
  /** When the first byte of the reply came: not before then is its prompt in the cache. Absent where none came. */
  readonly replyBeganAtMs?: number
  /** HTTP status; `null` where no response came. */
  readonly status: number | null
  /** Scheme and host that the request went to, where known. */
  readonly origin?: string
  readonly body: JsonValue
  /** Absent where the reply reported none. */
  readonly usage?: Usage
}

/** The call that a capture holds. */
export function cacheCallOf({ request, response, meta }: Trio): CacheCall {
  const startedAtMs = Date.parse(meta.timestamp)
  const waitedMs = meta.firstByteMs ?? meta.headersMs
  const usage = usageOf(response, meta.dialect)
  const origin = originOf(meta.url)
  return {
    sessionId: meta.sessionId,
    agent: meta.agent,
    model: meta.model ?? response.replay?.model ?? null,
    dialect: meta.dialect,
    startedAtMs,
    ...(waitedMs === null ? {} : { replyBeganAtMs: startedAtMs + waitedMs }),
    status: meta.status,
    ...(origin === undefined ? {} : { origin }),
    body: request.body,
    ...(usage === undefined ? {} : { usage }),
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}
