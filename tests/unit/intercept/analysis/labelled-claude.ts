import { REDACTED } from "../../../../src/intercept/index.ts"
import {
  addTool,
  append,
  coding,
  compacted,
  type Conversation,
  editResult,
  editTool,
  nextQuestion,
  nextRound,
  title,
  withDate,
} from "../../../support/conversations.ts"
import { type LabelledPair, sceneOf } from "./scene.ts"

// Five minutes unless said otherwise. Tools and system are about 8,000 tokens, each round adds 700.
const claude = sceneOf("anthropic-messages", { model: "claude-sonnet-4-5" })
const SYSTEM_TOKENS = 8000
const before = coding(4)
const after = nextRound(before, 4)
const first = claude({ at: 0, said: before, tokens: { prompt: 11_000, read: 10_200, write: 790 } })
const left = 10_990

/** What the later call reports when it read `read` of its 11,700 tokens and wrote the rest. */
const reads = (read: number) => ({ prompt: 11_700, read, write: 11_690 - read })
const nothing = reads(0)

/** The second call of a pair whose first is `first`, twenty seconds later. */
const then = (said: Conversation, tokens = nothing, more: object = {}) => [
  first,
  claude({ at: 20, said, tokens, ...more }),
]

const reorderedTools = { ...after, tools: after.tools.toReversed() }
const shorterDescription = editTool(after, "grep", (tool) => ({
  ...tool,
  description: tool.description.slice(0, 400),
}))
const otherSchema = editTool(after, "task", (tool) => ({
  ...tool,
  schema: { ...tool.schema, required: ["path", "limit"] },
}))
const manyCalls = append(
  before,
  {
    role: "assistant",
    text: "Reading all of them.",
    calls: Array.from({ length: 24 }, (_, n) => ({
      id: `many_${n}`,
      name: "read",
      input: { path: `m${n}.ts` },
    })),
  },
  {
    role: "results",
    outputs: Array.from({ length: 24 }, (_, n) => ({ id: `many_${n}`, text: `export ${n}` })),
  },
)
const thoughtful = append(before, { role: "assistant", text: "So.", thinking: "Let me see.", calls: [] })

/** Labels written from how each pair was made. */
export const claudePairs: readonly LabelledPair[] = [
  {
    name: "the first call of a conversation",
    label: "initial",
    calls: [claude({ at: 0, said: coding(0), tokens: { prompt: 8100, read: 0, write: 8090 } })],
  },
  { name: "messages appended, all read", label: "hit", calls: then(after, reads(left)) },
  {
    name: "breakpoints moved on with the messages, nothing else",
    label: "hit",
    calls: then(nextQuestion(after, "And the first?"), reads(left)),
  },
  {
    name: "the same masked value in every turn",
    label: "hit",
    calls: [
      claude({
        at: 0,
        said: editResult(before, 0, "token=<REDACTED:0123456789abcd>"),
        tokens: { prompt: 10_300, read: 9500, write: 790 },
      }),
      claude({
        at: 9,
        said: editResult(after, 0, "token=<REDACTED:0123456789abcd>"),
        tokens: { prompt: 11_000, read: 10_290, write: 700 },
      }),
    ],
  },
  {
    name: "a new day in the system prompt",
    label: "system",
    calls: then(withDate(after, "Wed Dec 02 2026")),
  },
  { name: "tools in another order", label: "tools", calls: then(reorderedTools) },
  { name: "a tool's description changed", label: "tools", calls: then(shorterDescription) },
  { name: "a tool's schema changed", label: "tools", calls: then(otherSchema) },
  { name: "an MCP server brought one more tool", label: "tools", calls: then(addTool(after, "browser")) },
  {
    name: "a tool switched off",
    label: "tools",
    calls: then({ ...after, tools: after.tools.filter(({ name }) => name !== "write") }),
  },
  {
    name: "compaction",
    label: "history-rewritten",
    calls: [
      first,
      claude({
        at: 30,
        said: compacted(after),
        tokens: { prompt: 8900, read: SYSTEM_TOKENS, write: 890 },
      }),
    ],
  },
  {
    name: "an old tool result pruned",
    label: "history-rewritten",
    calls: then(editResult(after, 0, "[Old tool result content cleared]"), reads(SYSTEM_TOKENS)),
  },
  {
    name: "an earlier question edited",
    label: "history-rewritten",
    calls: then(
      { ...after, turns: [{ role: "user", text: "Why is it slow?" }, ...after.turns.slice(1)] },
      reads(SYSTEM_TOKENS),
    ),
  },
  {
    name: "a turn undone and another question asked",
    label: "history-rewritten",
    calls: [
      first,
      claude({
        at: 40,
        said: nextQuestion(coding(2), "Try another way."),
        tokens: { prompt: 9600, read: SYSTEM_TOKENS, write: 1590 },
      }),
    ],
  },
  {
    name: "another model of the family",
    label: "model-changed",
    calls: then(after, nothing, { model: "claude-opus-4-1" }),
  },
  {
    name: "another provider goes on with the conversation",
    label: "model-changed",
    calls: then(after, { prompt: 11_700, read: 0, write: 0 }, { model: "gpt-5.1", dialect: "openai-chat" }),
  },
  {
    name: "seven idle minutes",
    label: "time-to-live",
    calls: [first, claude({ at: 420, said: after, tokens: nothing })],
  },
  {
    name: "seventy idle minutes with breakpoints of an hour",
    label: "time-to-live",
    calls: [
      claude({ at: 0, said: before, ttl: "1h", tokens: { prompt: 11_000, read: 0, write: 10_990 } }),
      claude({ at: 4200, said: after, ttl: "1h", tokens: nothing }),
    ],
  },
  {
    name: "seven idle minutes with breakpoints of an hour, and nothing read",
    label: "server-side",
    calls: [
      claude({ at: 0, said: before, ttl: "1h", tokens: { prompt: 11_000, read: 0, write: 10_990 } }),
      claude({ at: 420, said: after, ttl: "1h", tokens: nothing }),
    ],
  },
  { name: "untouched after twenty seconds, nothing read", label: "server-side", calls: then(after) },
  {
    name: "the same model under its dated name, nothing read",
    label: "server-side",
    calls: then(after, nothing, { model: "claude-sonnet-4-5-20250929" }),
  },
  {
    name: "a few seconds short of five minutes",
    label: "unknown",
    calls: [first, claude({ at: 297, said: after, tokens: nothing })],
  },
  {
    name: "just below the minimum of Opus 4.5, twice",
    label: "not-cached",
    calls: [
      claude({ at: 0, said: title(), model: "claude-opus-4-5", tokens: { prompt: 3900, read: 0, write: 0 } }),
      claude({
        at: 9,
        said: nextQuestion(title(), "Shorter."),
        model: "claude-opus-4-5",
        tokens: { prompt: 3990, read: 0, write: 0 },
      }),
    ],
  },
  {
    name: "no breakpoints at all",
    label: "not-cached",
    calls: [
      claude({ at: 0, said: before, marks: "none", tokens: { prompt: 11_000, read: 0, write: 0 } }),
      claude({ at: 9, said: after, marks: "none", tokens: { prompt: 11_700, read: 0, write: 0 } }),
    ],
  },
  {
    name: "breakpoints behind the system prompt only, so that the messages cannot be found",
    label: "unknown",
    calls: then(after, { prompt: 11_700, read: SYSTEM_TOKENS, write: 0 }, { marks: "system" }),
  },
  {
    name: "more blocks appended than a breakpoint looks back",
    label: "unknown",
    calls: then(manyCalls, { prompt: 13_000, read: SYSTEM_TOKENS, write: 4990 }),
  },
  {
    name: "a reply without usage",
    label: "unknown",
    calls: [first, claude({ at: 20, said: after })],
  },
  {
    name: "an error reply",
    label: "unknown",
    calls: [first, claude({ at: 20, said: after, status: 429 })],
  },
  {
    name: "an error reply between, and all read afterwards",
    label: "hit",
    calls: [
      first,
      claude({ at: 20, said: after, status: 529 }),
      claude({ at: 25, said: after, tokens: reads(left) }),
    ],
  },
  {
    name: "a title call between two turns",
    label: "hit",
    calls: [
      first,
      claude({
        at: 5,
        said: title(),
        agent: "title",
        model: "claude-haiku-4-5",
        tokens: { prompt: 400, read: 0, write: 0 },
      }),
      claude({ at: 20, said: after, tokens: reads(left) }),
    ],
  },
  {
    name: "the title call itself, too small to be cached",
    label: "not-cached",
    calls: [
      first,
      claude({
        at: 5,
        said: title(),
        agent: "title",
        model: "claude-haiku-4-5",
        tokens: { prompt: 400, read: 0, write: 0 },
      }),
    ],
  },
  {
    name: "a title call of the same model between, and nothing read: the prefix is that of the turn before",
    label: "system",
    calls: [
      first,
      claude({ at: 5, said: title(), agent: "title", tokens: { prompt: 400, read: 0, write: 0 } }),
      claude({ at: 20, said: withDate(after, "Wed Dec 02 2026"), tokens: nothing }),
    ],
  },
  {
    name: "two first calls side by side",
    label: "initial",
    calls: [
      claude({ at: 0, said: coding(1), waited: 6, tokens: { prompt: 8800, read: 0, write: 8790 } }),
      claude({ at: 3, said: coding(1), tokens: { prompt: 8800, read: 0, write: 8790 } }),
    ],
  },
  {
    name: "two later calls side by side, each reads what the one before both left",
    label: "hit",
    calls: [
      first,
      claude({
        at: 20,
        said: nextRound(after, 5),
        waited: 9,
        tokens: { prompt: 12_400, read: left, write: 1400 },
      }),
      claude({ at: 21, said: after, tokens: reads(left) }),
    ],
  },
  {
    name: "a subagent's first call",
    label: "initial",
    calls: [
      first,
      claude({
        at: 9,
        said: { ...coding(0), system: ["Search the code and answer with paths."] },
        session: "ses_child",
        agent: "explore",
        tokens: { prompt: 5100, read: 0, write: 5090 },
      }),
    ],
  },
  {
    name: "another agent goes on with other tools",
    label: "tools",
    calls: then({ ...after, tools: after.tools.slice(2) }, nothing, { agent: "plan" }),
  },
  {
    name: "the choice of a tool forced, tools and system read",
    label: "unknown",
    calls: then(after, reads(SYSTEM_TOKENS), { settings: { tool_choice: { type: "any" } } }),
  },
  {
    name: "another budget for thinking",
    label: "unknown",
    calls: then(after, reads(SYSTEM_TOKENS), {
      settings: { thinking: { type: "enabled", budget_tokens: 8000 } },
    }),
  },
  {
    name: "the first image of the conversation",
    label: "unknown",
    calls: then(append(after, { role: "user", text: "Like this:", image: "aW1hZ2U=" }), reads(SYSTEM_TOKENS)),
  },
  {
    name: "earlier thinking, and a new turn of the person",
    label: "unknown",
    calls: [
      claude({ at: 0, said: thoughtful, tokens: { prompt: 11_100, read: 10_200, write: 890 } }),
      claude({
        at: 60,
        said: append(thoughtful, { role: "user", text: "Go on." }),
        tokens: { prompt: 11_150, read: SYSTEM_TOKENS, write: 3140 },
      }),
    ],
  },
  {
    name: "a new day and twenty idle minutes: the day alone explains it",
    label: "system",
    calls: [first, claude({ at: 1200, said: withDate(after, "Wed Dec 02 2026"), tokens: nothing })],
  },
  {
    name: "a late result pruned and twenty idle minutes: the pruning would have left tools and system",
    label: "time-to-live",
    calls: [first, claude({ at: 1200, said: editResult(after, 3, "[cleared]"), tokens: nothing })],
  },
  {
    name: "values left out of the capture inside the prefix, nothing read",
    label: "unknown",
    calls: [
      claude({
        at: 0,
        said: editResult(before, 0, `password: ${REDACTED}`),
        tokens: { prompt: 10_300, read: 9500, write: 790 },
      }),
      claude({
        at: 9,
        said: editResult(after, 0, `password: ${REDACTED}`),
        tokens: { prompt: 11_000, read: 0, write: 10_990 },
      }),
    ],
  },
  {
    name: "another model for one turn, and back within five minutes",
    label: "hit",
    calls: [
      first,
      claude({ at: 30, said: after, model: "claude-opus-4-1", tokens: nothing }),
      claude({ at: 60, said: nextRound(after, 5), tokens: { prompt: 12_400, read: left, write: 1400 } }),
    ],
  },
  {
    name: "a call between that reported nothing may have used the prefix",
    label: "unknown",
    calls: [first, claude({ at: 240, said: after }), claude({ at: 480, said: after, tokens: nothing })],
  },
  {
    name: "another gateway for the same model",
    label: "unknown",
    calls: [
      { ...first, origin: "https://api.anthropic.com" },
      claude({ at: 20, said: after, tokens: nothing, origin: "https://gateway.test" }),
    ],
  },
]
