import type { CaptureLimits } from "./scope.ts"

/** A form of `/intercept` as the person gave it. */
export type InterceptCommand =
  | { readonly verb: "status" }
  | { readonly verb: "on"; readonly all: boolean; readonly limits: CaptureLimits }
  | { readonly verb: "off"; readonly all: boolean }
  | { readonly verb: "last" }
  | { readonly verb: "open" }
  | { readonly verb: "purge"; readonly all: boolean }
  | { readonly verb: "usage"; readonly problem?: string }

/** The forms of seed 000, and ours. */
const USAGE = "Usage: `/intercept`, `/intercept on`, or `/intercept off`."
const FURTHER =
  "Further: `/intercept on all`, `/intercept on [all] --provider openai,anthropic --max-size 5MB`, `/intercept off all`, `/intercept last`, `/intercept open`, `/intercept purge [all]`."

const MIB = 1024 * 1024
const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, KB: 1024, MB: MIB, GB: 1024 * MIB }
const MIN_SIZE = 1024
const MAX_SIZE = 1024 * MIB
/** What is shown again: nothing that could be Markdown or a secret. */
const OPTION_NAME = /^--?[a-z-]{1,20}$/
const PROVIDER_NAME = /^[A-Za-z0-9][\w.-]{0,63}$/

/** Reads the arguments of `/intercept` (seed 000): case matters, and what is not understood is `usage`. */
export function parseCommand(args: string): InterceptCommand {
  // `opencode run --command intercept "on all"` hands the quotes over.
  const given = args.trim().replace(/^(["'])(.*)\1$/s, "$2")
  const [verb = "", ...rest] = given.trim().split(/\s+/)
  if (verb === "on") return parseOn(rest)
  const all = rest.length === 1 && rest[0] === "all"
  const alone = rest.length === 0
  if (verb === "" || (verb === "last" && alone) || (verb === "open" && alone))
    return { verb: verb === "" ? "status" : verb }
  if ((verb === "off" || verb === "purge") && (alone || all)) return { verb, all }
  return { verb: "usage" }
}

function parseOn(words: readonly string[]): InterceptCommand {
  let all = false
  let providers: readonly string[] | undefined
  let maxBodyBytes: number | undefined
  for (let i = 0; i < words.length; i++) {
    const [option, inline] = splitOption(words[i] ?? "")
    if (option === "all" && !all && inline === undefined) {
      all = true
      continue
    }
    if (option !== "--provider" && option !== "--max-size") {
      return option.startsWith("-") && OPTION_NAME.test(option)
        ? { verb: "usage", problem: `\`${option}\` is no option of \`on\`.` }
        : { verb: "usage" }
    }
    const value = inline ?? words[++i] ?? ""
    if (option === "--provider") {
      const names = value.split(",")
      if (!names.every((name) => PROVIDER_NAME.test(name)))
        return {
          verb: "usage",
          problem: "--provider takes names with commas between, for example openai,anthropic.",
        }
      providers = [...(providers ?? []), ...names]
    } else {
      maxBodyBytes = bytesOf(value)
      if (maxBodyBytes === undefined)
        return {
          verb: "usage",
          problem: "--max-size takes a size from 1KB to 1GB, for example 500KB or 5MB.",
        }
    }
  }
  const limits = {
    ...(providers === undefined ? {} : { providers }),
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
  }
  return { verb: "on", all, limits }
}

function splitOption(word: string): [string, string?] {
  const at = word.startsWith("--") ? word.indexOf("=") : -1
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

function bytesOf(text: string): number | undefined {
  const match = /^(\d{1,10})(|B|KB|MB|GB)$/.exec(text.toUpperCase())
  if (match === null) return undefined
  const bytes = Number(match[1]) * (UNITS[match[2] ?? ""] ?? 1)
  return bytes >= MIN_SIZE && bytes <= MAX_SIZE ? bytes : undefined
}

/** One reply: a heading, what was asked for, and the status. */
export function reply(heading: string, lines: readonly string[], status: readonly string[]): string {
  const said = lines.length === 0 ? [] : [...lines, ""]
  return [`## Interceptor ${heading}`, "", ...said, ...status].join("\n")
}

export function usageLines(problem?: string): string[] {
  return [...(problem === undefined ? [] : [problem, ""]), USAGE, FURTHER]
}
