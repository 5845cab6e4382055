/**
 * Header by which a chat turn announces itself to the wrapper (design invariant 4). The wrapper removes it, so it
 * never leaves the machine.
 */
export const MARK_HEADER = "x-airlock-exchange"

/** OpenCode's own switch: a request that carries it is sent over HTTP and never over the WebSocket pool. */
export const FORCE_HTTP_HEADER = "x-opencode-title"

/** Headers that exist only inside this machine. */
export const LOCAL_HEADERS: readonly string[] = [MARK_HEADER, FORCE_HTTP_HEADER]

// OpenCode 1.18 puts the session on the wire under these names, by provider.
const SESSION_HEADERS = ["x-session-affinity", "x-session-id", "x-opencode-session", "session-id"]
const PARENT_HEADER = "x-parent-session-id"

/** What a hook knew about a model call before it was made. */
export interface Mark {
  readonly instanceId: string
  readonly sessionId: string
  readonly agent: string
  readonly providerId: string
  readonly modelId: string
  /** The user message the turn answers. */
  readonly messageId: string
}

/** Whose request an exchange is, and how we know. Never guessed from "the latest session". */
export interface Attribution {
  /**
   * `mark`: it carries the token of its announcement. `turn`: it carries none, and exactly one announced call of its session
   * and model was waiting. `header`: OpenCode's session header is all there is.
   */
  readonly source: "mark" | "turn" | "header" | "none"
  readonly sessionId?: string
  readonly parentSessionId?: string
  readonly agent?: string
  readonly providerId?: string
  readonly modelId?: string
  readonly messageId?: string
  /** 1 for the first request of a mark, 2 for its first retry. */
  readonly attempt?: number
}

/** An announced call that a request belongs to. */
export interface Arrival {
  readonly mark: Mark
  readonly attempt: number
}

/** Combines the mark of a request, if it had one, with the session headers OpenCode itself sends. */
export function attribute(headers: Headers, arrival: Arrival | undefined): Attribution {
  const parentSessionId = headers.get(PARENT_HEADER)?.trim()
  const parent = parentSessionId ? { parentSessionId } : {}
  if (arrival) return { source: "mark", ...knownFrom(arrival), ...parent }
  const sessionId = sessionOf(headers)
  if (sessionId === undefined) return { source: "none" }
  return { source: "header", sessionId, ...parent }
}

/** What is known of a request without a token from the one announced call that it can be. */
export function attributeToTurn(before: Attribution, arrival: Arrival): Attribution {
  return { ...before, ...knownFrom(arrival), source: "turn" }
}

function knownFrom({ mark, attempt }: Arrival): Omit<Attribution, "source"> {
  const { sessionId, agent, providerId, modelId, messageId } = mark
  return { sessionId, agent, providerId, modelId, messageId, attempt }
}

/** Session id that OpenCode put on the request, if any. */
export function sessionOf(headers: Headers): string | undefined {
  return SESSION_HEADERS.map((name) => headers.get(name)?.trim()).find((value) => value)
}
