import { coding, nextQuestion, title } from "../../../support/conversations.ts"
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

const gemini = sceneOf("google-generate-content", { model: "gemini-2.5-pro" })
const geminiPair = (call: SceneCall) => [gemini({ at: 0, said: before, tokens: earlierTokens }), gemini(call)]

const geminiPairs: readonly LabelledPair[] = [
  {
    name: "Gemini: the first call, which leaves the count of zero out",
    label: "initial",
    calls: [gemini({ at: 0, said: coding(0), tokens: { prompt: 8100, read: 0 } })],
  },
  {
    name: "Gemini: appended",
    label: "hit",
    calls: geminiPair({ at: 9, said: after, tokens: laterTokens(10_200) }),
  },
  {
    name: "Gemini: a new day",
    label: "system",
    calls: geminiPair({ at: 9, said: tomorrow, tokens: laterTokens(0) }),
  },
  {
    name: "Gemini: a function changed",
    label: "tools",
    calls: geminiPair({ at: 9, said: otherTool, tokens: laterTokens(0) }),
  },
  {
    name: "Gemini: an old result pruned",
    label: "history-rewritten",
    calls: geminiPair({ at: 9, said: pruned, tokens: laterTokens(8170) }),
  },
  {
    name: "Gemini: two minutes, untouched, nothing read",
    label: "server-side",
    calls: geminiPair({ at: 2 * MINUTE, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "Gemini: two hours, for which nothing is promised",
    label: "unknown",
    calls: geminiPair({ at: 2 * HOUR, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "Gemini: thirty hours, after which entries are deleted",
    label: "time-to-live",
    calls: geminiPair({ at: 30 * HOUR, said: after, tokens: laterTokens(0) }),
  },
  {
    name: "Gemini: 2,000 tokens, which some pages say are too few",
    label: "unknown",
    calls: [
      gemini({ at: 0, said: title(), tokens: { prompt: 2000, read: 0 } }),
      gemini({ at: 9, said: nextQuestion(title(), "Shorter."), tokens: { prompt: 2040, read: 0 } }),
    ],
  },
  {
    name: "Gemini: 800 tokens",
    label: "not-cached",
    calls: [
      gemini({ at: 0, said: title(), tokens: { prompt: 800, read: 0 } }),
      gemini({ at: 9, said: nextQuestion(title(), "Shorter."), tokens: { prompt: 840, read: 0 } }),
    ],
  },
]

const converse = sceneOf("bedrock-converse", { model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0" })
const conversePair = (call: SceneCall) => [
  converse({ at: 0, said: before, tokens: { prompt: 11_000, read: 10_200, write: 790 } }),
  converse(call),
]
const point = (read: number) => ({ prompt: 11_700, read, write: 11_690 - read })

const conversePairs: readonly LabelledPair[] = [
  {
    name: "Bedrock: the first call",
    label: "initial",
    calls: [converse({ at: 0, said: coding(0), tokens: { prompt: 8100, read: 0, write: 8090 } })],
  },
  {
    name: "Bedrock: cache points moved on",
    label: "hit",
    calls: conversePair({ at: 9, said: after, tokens: point(10_990) }),
  },
  {
    name: "Bedrock: a new day",
    label: "system",
    calls: conversePair({ at: 9, said: tomorrow, tokens: point(0) }),
  },
  {
    name: "Bedrock: a tool changed",
    label: "tools",
    calls: conversePair({ at: 9, said: otherTool, tokens: point(0) }),
  },
  {
    name: "Bedrock: an old result pruned",
    label: "history-rewritten",
    calls: conversePair({ at: 9, said: pruned, tokens: point(8000) }),
  },
  {
    name: "Bedrock: six idle minutes",
    label: "time-to-live",
    calls: conversePair({ at: 6 * MINUTE, said: after, tokens: point(0) }),
  },
  {
    name: "Bedrock: one idle minute, nothing read",
    label: "server-side",
    calls: conversePair({ at: MINUTE, said: after, tokens: point(0) }),
  },
  {
    name: "Bedrock: a model that reports no caching",
    label: "unknown",
    calls: [
      converse({ at: 0, said: before, model: "meta.llama4-maverick", tokens: { prompt: 11_000 } }),
      converse({ at: 9, said: tomorrow, model: "meta.llama4-maverick", tokens: { prompt: 11_700 } }),
    ],
  },
]

const other = sceneOf("generic-messages", { model: "house-model" })
const otherPair = (call: SceneCall) => [other({ at: 0, said: before, tokens: earlierTokens }), other(call)]

const genericPairs: readonly LabelledPair[] = [
  {
    name: "generic: appended",
    label: "hit",
    calls: otherPair({ at: 9, said: after, tokens: laterTokens(10_900) }),
  },
  {
    name: "generic: a new day",
    label: "system",
    calls: otherPair({ at: 9, said: tomorrow, tokens: laterTokens(0) }),
  },
  {
    name: "generic: a tool changed",
    label: "tools",
    calls: otherPair({ at: 9, said: otherTool, tokens: laterTokens(0) }),
  },
  {
    name: "generic: an old result pruned",
    label: "history-rewritten",
    calls: otherPair({ at: 9, said: pruned, tokens: laterTokens(8700) }),
  },
  {
    name: "generic: untouched, nothing read",
    label: "unknown",
    calls: otherPair({ at: 9, said: after, tokens: laterTokens(0) }),
  },
  { name: "generic: no usage", label: "unknown", calls: otherPair({ at: 9, said: after }) },
]

export const otherPairs: readonly LabelledPair[] = [...geminiPairs, ...conversePairs, ...genericPairs]
