import * as v from "valibot"
import { parseJson } from "../base/json.ts"

/** Version of the file format. A reader ignores files of another one. */
export const HEARTBEAT_SCHEMA = 1

/** The latest chat turn of an instance. */
interface LastTurn {
  readonly atMs: number
  readonly sessionId: string
  /** Whether the turn's request passed the fetch wrapper. */
  readonly seen: boolean
  readonly provider: string
}

/** What one plugin instance tells `airlock doctor`. Holds no text of any conversation. */
export interface HeartbeatRecord {
  readonly schema: typeof HEARTBEAT_SCHEMA
  /** Airlock's version. */
  readonly version: string
  readonly pid: number
  /** See `processStart`; absent where there is no /proc. */
  readonly processStart?: string
  readonly instanceId: string
  readonly directory: string
  readonly worktree: string
  /** URL of the module that OpenCode loaded. */
  readonly entry: string
  readonly capabilities: { readonly redact: boolean; readonly intercept: boolean }
  /** Whether `globalThis.fetch` is ours. */
  readonly wrapper: "installed" | "missing"
  readonly nativeRuntime: boolean
  readonly config: "ok" | "invalid"
  readonly startedAtMs: number
  readonly updatedAtMs: number
  readonly endedAtMs?: number
  readonly lastTurn?: LastTurn
  /** Provider requests that were sent. */
  readonly exchanges: number
  /** Provider requests that were refused. */
  readonly refused: number
  readonly anomalies: {
    readonly count: number
    readonly latestPhase?: string
    readonly latestMessage?: string
  }
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const recordSchema: v.GenericSchema<unknown, HeartbeatRecord> = v.object({
  schema: v.literal(HEARTBEAT_SCHEMA),
  version: v.string(),
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  processStart: v.exactOptional(v.string()),
  instanceId: v.string(),
  directory: v.string(),
  worktree: v.string(),
  entry: v.string(),
  capabilities: v.object({ redact: v.boolean(), intercept: v.boolean() }),
  wrapper: v.picklist(["installed", "missing"]),
  nativeRuntime: v.boolean(),
  config: v.picklist(["ok", "invalid"]),
  startedAtMs: v.number(),
  updatedAtMs: v.number(),
  endedAtMs: v.exactOptional(v.number()),
  lastTurn: v.exactOptional(
    v.object({ atMs: v.number(), sessionId: v.string(), seen: v.boolean(), provider: v.string() }),
  ),
  exchanges: count,
  refused: count,
  anomalies: v.object({
    count,
    latestPhase: v.exactOptional(v.string()),
    latestMessage: v.exactOptional(v.string()),
  }),
})

/** Reads a heartbeat file's text; `undefined` for torn, foreign or newer ones. */
export function parseHeartbeat(text: string): HeartbeatRecord | undefined {
  const result = v.safeParse(recordSchema, parseJson(text))
  return result.success ? result.output : undefined
}
