import { coding, editResult, editTool, nextRound, withDate } from "../../../support/conversations.ts"

/** The turns of which most pairs are made: a session, the round after it, and that round with one change. */
export const before = coding(4)
export const after = nextRound(before, 4)
export const tomorrow = withDate(after, "Wed Dec 02 2026")
export const otherTool = editTool(after, "edit", (tool) => ({
  ...tool,
  description: `${tool.description} Be brief.`,
}))
export const pruned = editResult(after, 1, "[Old tool result content cleared]")

/** In seconds, as scenes count. */
export const MINUTE = 60
export const HOUR = 60 * MINUTE

/** What replies report of `before`, and of `after` when `read` tokens were read, where writes are not counted. */
export const earlierTokens = { prompt: 11_000, read: 10_112 }
export const laterTokens = (read: number): { prompt: number; read: number } => ({ prompt: 11_700, read })
