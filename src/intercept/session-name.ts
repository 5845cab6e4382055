import { createHash } from "node:crypto"

/** Directory of exchanges that no session could be named for (seed 000). */
export const UNKNOWN_SESSION = "unknown-session"

const SAFE_NAME = /^[A-Za-z0-9_-]{1,128}$/
// Device names that Windows gives to no file, whatever the directory.
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** Whether `name` can be a session's directory: one path segment of letters, digits, `_` and `-`. */
export function isSessionName(name: string): boolean {
  return SAFE_NAME.test(name) && !RESERVED.test(name)
}

/**
 * Directory name for a session id. OpenCode imports any id (`ses_x/../../y` too), so an id that is not safe as
 * one path segment is replaced by a name derived from its hash: equal ids stay together, none leaves the root.
 */
export function sessionName(sessionId: string | undefined): string {
  const id = sessionId?.trim() ?? ""
  if (id === "") return UNKNOWN_SESSION
  if (isSessionName(id)) return id
  return `unsafe-${createHash("sha256").update(id).digest("hex").slice(0, 32)}`
}
