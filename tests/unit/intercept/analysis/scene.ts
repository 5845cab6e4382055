import type { CacheCall, CacheVerdict } from "../../../../src/intercept/index.ts"
import { usageOf } from "../../../../src/intercept/index.ts"
import type { DialectId } from "../../../../src/wire/dialect.ts"
import { replyWriters, requestWriters, type Sending } from "../../../support/conversation-dialects.ts"
import type { Conversation, Tokens } from "../../../support/conversations.ts"

/** Two calls, or more, of which the last is judged, and how it was made to be. */
export interface LabelledPair {
  readonly name: string
  readonly label: CacheVerdict
  readonly calls: readonly CacheCall[]
}

/** One call of a scene. Times are seconds since the scene began. */
export interface SceneCall extends Partial<Sending> {
  readonly at: number
  readonly said: Conversation
  /** What the reply reports; absent for a reply without usage. */
  readonly tokens?: Tokens
  readonly agent?: string
  readonly session?: string
  readonly status?: number
  /** Seconds until the reply began. */
  readonly waited?: number
  readonly dialect?: DialectId
  readonly origin?: string
}

const BEGIN_MS = Date.UTC(2026, 11, 1, 9)

/** Makes the calls of one dialect and model. */
export function sceneOf(dialect: DialectId, sending: Sending): (call: SceneCall) => CacheCall {
  return (call) => {
    const spoken = call.dialect ?? dialect
    const how = { ...sending, ...call }
    const reply = call.tokens === undefined ? undefined : replyWriters[spoken](call.tokens)
    const usage = reply === undefined ? undefined : usageOf({ body: reply, bodyFormat: "json" }, spoken)
    const startedAtMs = BEGIN_MS + call.at * 1000
    return {
      sessionId: call.session ?? "ses_main",
      agent: call.agent ?? "build",
      model: how.model,
      dialect: spoken,
      startedAtMs,
      replyBeganAtMs: startedAtMs + (call.waited ?? 2) * 1000,
      status: call.status ?? 200,
      ...(call.origin === undefined ? {} : { origin: call.origin }),
      body: requestWriters[spoken](call.said, how),
      ...(usage === undefined ? {} : { usage }),
    }
  }
}
