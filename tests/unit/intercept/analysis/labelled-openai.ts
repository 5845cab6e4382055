import { coding, compacted, nextQuestion, title } from "../../../support/conversations.ts"
import {
  after,
  before,
  earlierTokens,
  HOUR,
  laterTokens,
  MINUTE,
  otherTool,
  pruned,
  tomorrow,
} from "./labelled-turns.ts"
import { type LabelledPair, type SceneCall, sceneOf } from "./scene.ts"

const gpt = sceneOf("openai-chat", { model: "gpt-5.1" })
const gptPair = (call: SceneCall) => [gpt({ at: 0, said: before, tokens: earlierTokens }), gpt(call)]
const longKept = { settings: { prompt_cache_retention: "24h" } }
const longKeptPair = (call: SceneCall) => [
  gpt({ at: 0, said: before, tokens: earlierTokens, ...longKept }),
  gpt({ ...call, ...longKept }),
]

const gateway = { model: "anthropic/claude-sonnet-4.5", marks: "opencode" } as const

const chatPairs: readonly LabelledPair[] = [
  {
    name: "chat: the first call",
    label: "initial",
    calls: [gpt({ at: 0, said: coding(0), tokens: { prompt: 8100, read: 0 } })],
  },
  {
    name: "chat: appended, read in steps of 128",
    label: "hit",
    calls: gptPair({ at: 20, said: after, tokens: laterTokens(10_880) }),
  },
  {
    name: "chat: a new day",
    label: "system",
    calls: gptPair({ at: 20, said: tomorrow, tokens: laterTokens(4096) }),
  },
  {
    name: "chat: a tool changed",
    label: "tools",
    calls: gptPair({ at: 20, said: otherTool, tokens: laterTokens(0) }),
  },
  {
    name: "chat: an old result pruned, the part before it read",
    label: "history-rewritten",
    calls: gptPair({ at: 20, said: pruned, tokens: laterTokens(8704) }),
  },
  {
    name: "chat: two minutes, untouched, nothing read",
    label: "server-side",
    calls: gptPair({ at: 2 * MINUTE, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "chat: seven idle minutes, which may or may not be too long",
    label: "unknown",
    calls: gptPair({ at: 7 * MINUTE, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "chat: a quarter of an hour idle",
    label: "time-to-live",
    calls: gptPair({ at: 15 * MINUTE, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "chat: kept for 24 hours on request, 45 idle minutes, nothing read",
    label: "server-side",
    calls: longKeptPair({ at: 45 * MINUTE, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "chat: kept up to 24 hours on request, three idle hours",
    label: "unknown",
    calls: longKeptPair({ at: 3 * HOUR, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "chat: kept for 24 hours on request, thirty idle hours",
    label: "time-to-live",
    calls: longKeptPair({ at: 30 * HOUR, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "chat: just below 1,024 tokens",
    label: "not-cached",
    calls: [
      gpt({ at: 0, said: title(), tokens: { prompt: 990, read: 0 } }),
      gpt({ at: 9, said: nextQuestion(title(), "Shorter."), tokens: { prompt: 1010, read: 0 } }),
    ],
  },
  {
    name: "chat: a server that never tells cached tokens",
    label: "unknown",
    calls: [
      gpt({ at: 0, said: before, model: "qwen3-coder", tokens: { prompt: 11_000 } }),
      gpt({ at: 9, said: tomorrow, model: "qwen3-coder", tokens: { prompt: 11_700 } }),
    ],
  },
  {
    name: "chat: another cache key",
    label: "unknown",
    calls: gptPair({
      at: 9,
      said: after,
      tokens: laterTokens(0),
      settings: { prompt_cache_key: "ses_other" },
    }),
  },
  {
    name: "chat: Claude behind a gateway, marks on the messages moved on",
    label: "hit",
    calls: [
      gpt({ at: 0, said: before, ...gateway, tokens: { prompt: 11_000, read: 10_200, write: 790 } }),
      gpt({ at: 9, said: after, ...gateway, tokens: { prompt: 11_700, read: 10_990, write: 700 } }),
    ],
  },
  {
    name: "chat: Claude behind a gateway, eight idle minutes",
    label: "time-to-live",
    calls: [
      gpt({ at: 0, said: before, ...gateway, tokens: { prompt: 11_000, read: 10_200, write: 790 } }),
      gpt({ at: 8 * MINUTE, said: after, ...gateway, tokens: { prompt: 11_700, read: 0, write: 11_690 } }),
    ],
  },
  {
    name: "chat: breakpoints that OpenCode sends to a server that may not know them",
    label: "unknown",
    calls: [
      gpt({ at: 0, said: before, model: "qwen3-coder", marks: "opencode", tokens: earlierTokens }),
      gpt({ at: 9, said: after, model: "qwen3-coder", marks: "opencode", tokens: laterTokens(0) }),
    ],
  },
  {
    name: "chat: a provider whose cache is not documented here, history edited",
    label: "history-rewritten",
    calls: [
      gpt({ at: 0, said: before, model: "deepseek-chat", tokens: earlierTokens }),
      gpt({ at: 9, said: pruned, model: "deepseek-chat", tokens: laterTokens(8704) }),
    ],
  },
  {
    name: "chat: OpenAI's open model, served by somebody else, untouched",
    label: "unknown",
    calls: [
      gpt({ at: 0, said: before, model: "gpt-oss-120b", tokens: earlierTokens }),
      gpt({ at: 9, said: after, model: "gpt-oss-120b", tokens: laterTokens(0) }),
    ],
  },
  {
    name: "chat: a provider whose cache is not documented here, untouched",
    label: "unknown",
    calls: [
      gpt({ at: 0, said: before, model: "deepseek-chat", tokens: earlierTokens }),
      gpt({ at: 9, said: after, model: "deepseek-chat", tokens: laterTokens(0) }),
    ],
  },
]

const codex = sceneOf("openai-responses", { model: "gpt-6.2-sol" })
const codexPair = (call: SceneCall) => [
  codex({ at: 0, said: before, tokens: { prompt: 11_000, read: 10_200, write: 780 } }),
  codex(call),
]
const written = (read: number) => ({ prompt: 11_700, read, write: 11_680 - read })

const explicit = { settings: { prompt_cache_options: { mode: "explicit" } } }

const responsesPairs: readonly LabelledPair[] = [
  {
    name: "Responses: the first call",
    label: "initial",
    calls: [codex({ at: 0, said: coding(0), tokens: { prompt: 8100, read: 0, write: 8080 } })],
  },
  {
    name: "Responses: appended",
    label: "hit",
    calls: codexPair({ at: 9, said: after, tokens: written(10_980) }),
  },
  {
    name: "Responses: a new day",
    label: "system",
    calls: codexPair({ at: 9, said: tomorrow, tokens: written(0) }),
  },
  {
    name: "Responses: half of the tools gone",
    label: "tools",
    calls: codexPair({ at: 9, said: { ...after, tools: after.tools.slice(0, 6) }, tokens: written(0) }),
  },
  {
    name: "Responses: compaction",
    label: "history-rewritten",
    calls: codexPair({ at: 9, said: compacted(after), tokens: { prompt: 8900, read: 0, write: 8880 } }),
  },
  {
    name: "Responses: half an hour and more idle",
    label: "time-to-live",
    calls: codexPair({ at: 35 * MINUTE, said: after, tokens: written(0) }),
  },
  {
    name: "Responses: twenty minutes idle, nothing read",
    label: "server-side",
    calls: codexPair({ at: 20 * MINUTE, said: after, tokens: written(0) }),
  },
  {
    name: "Responses: GPT-5.5 keeps prefixes for longer, half an hour idle",
    label: "server-side",
    calls: [
      codex({ at: 0, said: before, model: "gpt-5.5", tokens: earlierTokens }),
      codex({ at: 30 * MINUTE, said: after, model: "gpt-5.5", tokens: laterTokens(0) }),
    ],
  },
  {
    name: "Responses: explicit breakpoints only, and none set",
    label: "not-cached",
    calls: [
      codex({ at: 0, said: before, ...explicit, tokens: { prompt: 11_000, read: 0, write: 0 } }),
      codex({ at: 9, said: after, ...explicit, tokens: { prompt: 11_700, read: 0, write: 0 } }),
    ],
  },
  {
    name: "Responses: from Terra to Sol",
    label: "model-changed",
    calls: [
      codex({
        at: 0,
        said: before,
        model: "gpt-6.1-terra",
        tokens: { prompt: 11_000, read: 0, write: 10_980 },
      }),
      codex({ at: 9, said: after, tokens: written(0) }),
    ],
  },
  {
    name: "Responses: the provider holds the history",
    label: "unknown",
    calls: codexPair({
      at: 9,
      said: { ...after, turns: after.turns.slice(-1) },
      tokens: written(0),
      settings: { previous_response_id: "resp_1" },
    }),
  },
]

export const openaiPairs: readonly LabelledPair[] = [...chatPairs, ...responsesPairs]
