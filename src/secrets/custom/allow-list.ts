import { createHash } from "node:crypto"
import type { RE2JS } from "re2js"
import type { Scanner } from "../rule.ts"
import { compileCustomRule } from "./compile-rule.ts"
import type { CustomRuleProblem } from "./custom-rule.ts"
import { loadRe2 } from "./re2.ts"

/** What a person wants left as it is (`redact.allow`): a finding for which everything that is said here holds. */
export interface AllowEntry {
  /** Id of the rule that finds it. @default any rule */
  readonly rule?: string | undefined
  /** Matches the whole value; RE2 syntax, as in `redact.rules`. */
  readonly pattern?: string | undefined
  /** SHA-256 of the value in UTF-8, 64 lower-case hex digits: names a value without writing it down. */
  readonly sha256?: string | undefined
}

interface Allowed {
  readonly entry: AllowEntry
  readonly pattern: RE2JS | undefined
}

/** What is wrong with the patterns of `entries`; empty where all can be used. */
export async function allowListProblems(
  entries: readonly AllowEntry[],
): Promise<readonly CustomRuleProblem[]> {
  const compiled = await compileAll(entries)
  return compiled.flatMap((one, index) =>
    "message" in one ? [{ index, key: "pattern" as const, message: one.message }] : [],
  )
}

/**
 * Puts an allow-list in front of scanners: what it allows is not found. Nothing is loaded for an empty one.
 *
 * @throws Error naming the place of the first entry that cannot be used
 */
export async function loadAllowList(entries: readonly AllowEntry[]): Promise<(scanner: Scanner) => Scanner> {
  const compiled = await compileAll(entries)
  const allowed = compiled.map((one, index) => {
    if ("message" in one) throw new Error(`Entry ${index} of the allow-list: its pattern ${one.message}.`)
    return one
  })
  if (allowed.length === 0) return (scanner) => scanner
  return (scanner) => ({
    get ruleIds() {
      return scanner.ruleIds
    },
    scan: (text, context) =>
      scanner
        .scan(text, context)
        .filter(
          ({ ruleId, start, end }) => !allowed.some((one) => allows(one, ruleId, text.slice(start, end))),
        ),
  })
}

function allows({ entry, pattern }: Allowed, ruleId: string, value: string): boolean {
  if (entry.rule !== undefined && entry.rule !== ruleId) return false
  if (pattern !== undefined && !pattern.testExact(value)) return false
  return (
    entry.sha256 === undefined || entry.sha256 === createHash("sha256").update(value, "utf8").digest("hex")
  )
}

async function compileAll(
  entries: readonly AllowEntry[],
): Promise<readonly (Allowed | { message: string })[]> {
  if (entries.every(({ pattern }) => pattern === undefined)) {
    return entries.map((entry) => ({ entry, pattern: undefined }))
  }
  const re2 = await loadRe2()
  return entries.map((entry) => {
    if (entry.pattern === undefined) return { entry, pattern: undefined }
    const compiled = compileCustomRule(re2, { id: "allow", pattern: entry.pattern }, false)
    return "message" in compiled ? { message: compiled.message } : { entry, pattern: compiled.pattern }
  })
}
