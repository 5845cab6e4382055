import { parseJson } from "../../base/json.ts"
import type { DialectId } from "../../wire/dialect.ts"
import { objectOf } from "../../wire/read.ts"
import { bareModelName, longestMatch } from "./model-name.ts"
import { prefixOf, type RequestSegments } from "./segments.ts"

/** Between the two numbers the sources disagree, or the provider promises nothing. */
interface TokenBounds {
  /** Prompts of fewer tokens are never cached. */
  readonly never: number
  /** Prompts of at least so many can be. */
  readonly always: number
}

/** How long a cached prefix lives after it was last used. */
export interface CacheLifetime {
  /** Until then the provider keeps it. */
  readonly sureMs: number
  /** From then on a miss is to be expected. */
  readonly goneMs: number
}

/** What is known about the prompt cache that a request meets. */
export interface CacheRules {
  /** `marked`: only prefixes up to a breakpoint of the request are cached; `implicit`: the provider chooses. */
  readonly mode: "marked" | "implicit"
  readonly minimum?: TokenBounds
  readonly lifetime?: CacheLifetime
  /** How many blocks before a breakpoint an earlier entry is looked for. */
  readonly lookbackBlocks?: number
  /** An entry is read whole or not at all; otherwise any beginning of it can be. */
  readonly wholeEntries: boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A request may reach the cache some seconds after it began: that close to the end nothing is sure. */
const SURE_SHARE = 0.95

const MARKED_DIALECTS: ReadonlySet<DialectId> = new Set(["anthropic-messages", "bedrock-converse"])

// platform.claude.com, "Prompt caching", minimum length, as read in litellm's and SDK issues of 2026-07 to 2026-10. For
// Sonnet 4.6 and Opus 4.7 the observed and the documented numbers differ. Newer models are not verified.
const CLAUDE_MINIMUM: readonly (TokenBounds & { readonly model: string })[] = [
  ...minimum(512, 512, "claude-opus-5 claude-fable-5 claude-fable-5-1 claude-mythos-5 claude-mythos-5-1"),
  ...minimum(1024, 1024, "claude-opus-4-8 claude-opus-4-1 claude-opus-4 claude-sonnet-5 claude-sonnet-4-5"),
  ...minimum(1024, 1024, "claude-sonnet-4 claude-3-7-sonnet claude-3-5-sonnet claude-3-opus"),
  ...minimum(1024, 2048, "claude-sonnet-4-6"),
  ...minimum(2048, 4096, "claude-opus-4-7"),
  ...minimum(4096, 4096, "claude-opus-4-6 claude-opus-4-5 claude-haiku-4-5"),
  ...minimum(2048, 2048, "claude-haiku-3-5 claude-3-5-haiku claude-3-haiku"),
]
const ANY_CLAUDE: TokenBounds = { never: 512, always: 4096 }
// developers.openai.com, "Prompt caching": gpt-4o and newer.
const OPENAI_MINIMUM: TokenBounds = { never: 1024, always: 1024 }
// ai.google.dev, "Context caching": 1,024 to 4,096 by model, and other numbers for the same model over time.
const GEMINI_MINIMUM: TokenBounds = { never: 1024, always: 4096 }
// AWS, "Prompt caching for faster model inference": Nova.
const NOVA_MINIMUM: TokenBounds = { never: 1000, always: 1536 }

/**
 * What is known of the cache for a request of this dialect, model and content. Facts are as of 2026-12-01.
 *
 * OpenCode sets breakpoints for every provider that speaks chat completions; they count where Claude answers.
 */
export function cacheRules(dialect: DialectId, model: string | null, segments: RequestSegments): CacheRules {
  const family = familyOf(dialect, model)
  const hasMarks = prefixOf(segments).some(({ mark }) => mark !== undefined)
  if (MARKED_DIALECTS.has(dialect) || (family === "claude" && hasMarks)) {
    return markedRules(family, model, segments)
  }
  if (family === "openai") return openaiRules(bareModelName(model ?? ""), segments)
  if (family === "gemini") return geminiRules()
  return { mode: "implicit", wholeEntries: false }
}

/** Milliseconds that a breakpoint's `ttl` stands for; five minutes where it says none (platform.claude.com). */
function ttlMs(ttl: string | undefined): number {
  return ttl === "1h" ? HOUR_MS : 5 * MINUTE_MS
}

type Family = "claude" | "openai" | "gemini" | "nova"

function familyOf(dialect: DialectId, model: string | null): Family | undefined {
  const name = bareModelName(model ?? "")
  if (name.startsWith("claude-") || (name === "" && dialect === "anthropic-messages")) return "claude"
  if (name.startsWith("gemini-") || (name === "" && dialect === "google-generate-content")) return "gemini"
  if (name.startsWith("nova-")) return "nova"
  // gpt-oss is served by others.
  return /^(?:gpt-(?!oss)|chatgpt-|codex-|o\d)/.test(name) ? "openai" : undefined
}

function markedRules(
  family: Family | undefined,
  model: string | null,
  segments: RequestSegments,
): CacheRules {
  const last = prefixOf(segments).findLast(({ mark }) => mark !== undefined)
  const keptMs = ttlMs(last?.mark?.ttl)
  const rules = { mode: "marked", wholeEntries: true, lifetime: lifetimeOf(keptMs) } as const
  if (family === "nova") return { ...rules, minimum: NOVA_MINIMUM }
  if (family !== "claude") return { mode: "marked", wholeEntries: true }
  const known = longestMatch(model ?? "", CLAUDE_MINIMUM)
  return { ...rules, lookbackBlocks: 20, minimum: known ?? ANY_CLAUDE }
}

/**
 * From GPT-5.6 on, prefixes are cached at breakpoints for at least 30 minutes; GPT-5.5 keeps them up to 24 hours; older
 * models clear them after five to ten minutes without use, or keep them up to 24 hours on request.
 */
function openaiRules(model: string, segments: RequestSegments): CacheRules {
  const rules = { mode: "implicit", minimum: OPENAI_MINIMUM } as const
  const version = gptVersion(model)
  if (version >= 5.6) {
    const { ttl, mode } = objectOf(settingOf(segments, "prompt_cache_options"))
    const lifetime = lifetimeOf(ttl === "12h" ? 12 * HOUR_MS : 30 * MINUTE_MS)
    return { ...rules, mode: mode === "explicit" ? "marked" : "implicit", wholeEntries: true, lifetime }
  }
  const isExtended = settingOf(segments, "prompt_cache_retention") === "24h" || version === 5.5
  const lifetime = isExtended
    ? { sureMs: HOUR_MS, goneMs: DAY_MS }
    : { sureMs: 5 * MINUTE_MS, goneMs: 10 * MINUTE_MS }
  return { ...rules, wholeEntries: false, lifetime }
}

/** Implicit caching promises no time; entries are deleted within 24 hours (cloud.google.com, "Context caching"). */
function geminiRules(): CacheRules {
  const lifetime = { sureMs: 5 * MINUTE_MS, goneMs: DAY_MS }
  return { mode: "implicit", minimum: GEMINI_MINIMUM, wholeEntries: false, lifetime }
}

function settingOf(segments: RequestSegments, name: string): ReturnType<typeof parseJson> {
  return parseJson(segments.settings.get(name) ?? "null")
}

function gptVersion(model: string): number {
  return Number(/^gpt-(\d{1,2}(?:\.\d)?)/.exec(model)?.[1] ?? 0)
}

function lifetimeOf(keptMs: number): CacheLifetime {
  return { sureMs: keptMs * SURE_SHARE, goneMs: keptMs }
}

function minimum(never: number, always: number, models: string): (TokenBounds & { model: string })[] {
  return models.split(" ").map((model) => ({ model, never, always }))
}
