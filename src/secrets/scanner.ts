import { type Candidate, dropOverlaps } from "./candidates.ts"
import { createEngine, type Engine } from "./engine.ts"
import { acceptsNamedValue } from "./passes/assignment.ts"
import { clipEscapes } from "./escape-clip.ts"
import { loadRules } from "./load-rules.ts"
import { secretPasses } from "./passes/index.ts"
import { piiPasses } from "./pii/index.ts"
import type { PiiKind } from "./pii/kinds.ts"
import type { Pass } from "./pass.ts"
import { cutPlaceholders, stitchTokens, veilPlaceholders } from "./placeholder-gaps.ts"
import { scanRounds } from "./rounds.ts"
import type { Finding, Rule, Scanner } from "./rule.ts"
import { detectThrough, type LookThroughParts } from "./views/look-through.ts"
import { createLookout } from "./views/lookout.ts"

export interface ScannerOptions {
  /**
   * Vendor rules in force.
   * @default every built-in rule
   */
  readonly rules?: readonly Rule[]
  /**
   * Ids of rules and passes that report nothing.
   * @default []
   */
  readonly disable?: readonly string[]
  /**
   * Kinds of personal data to find beside secrets.
   * @default ["email"]
   */
  readonly pii?: readonly PiiKind[]
  /**
   * The person's own rules, from `loadCustomRules`.
   * @default []
   */
  readonly custom?: readonly Pass[]
}

/** Builds a scanner. Costs nothing before the first scan, which reads the rules and compiles the automaton. */
export function createScanner(options: ScannerOptions = {}): Scanner {
  let scanner: Scanner | undefined
  const prepared = (): Scanner => (scanner ??= prepare(options))
  return {
    get ruleIds() {
      return prepared().ruleIds
    },
    scan: (text, context) => prepared().scan(text, context),
  }
}

function prepare(options: ScannerOptions): Scanner {
  const rules = options.rules ?? loadRules()
  const pii = options.pii ?? ["email"]
  const personal = piiPasses(pii)
  const lookout = createLookout(rules)
  const passes = [
    ...(options.custom ?? []),
    ...secretPasses,
    lookout.pass,
    lookout.names,
    lookout.marks,
    ...personal,
  ]
  const disabled = new Set(options.disable)
  const ids = [
    ...rules.map((rule) => rule.id),
    ...passes.flatMap((pass) => pass.detectors.map(({ id }) => id)),
  ]
  const ruleIds = ids.filter((id) => !disabled.has(id))
  const engine = createEngine(rules, passes, (id) => !disabled.has(id))
  const personalIds = new Set(personal.flatMap((pass) => pass.detectors.map(({ id }) => id)))
  const formats = new Set(["jwt", ...rules.map(({ id }) => id)])
  const parts: LookThroughParts = {
    engine,
    lookout,
    counts: (id) => !personalIds.has(id),
    isFormat: (id) => formats.has(id),
  }
  const seesNames = !disabled.has("keyword")
  return {
    ruleIds,
    scan: (text, context) => {
      const name = seesNames ? context?.name : undefined
      return scanRounds(text, (part, isWhole) => scanOnce(parts, part, isWhole ? name : undefined))
    },
  }
}

function scanOnce(parts: LookThroughParts, text: string, name: string | undefined): Finding[] {
  const veiled = veilPlaceholders(text)
  const candidates = detectThrough(parts, veiled)
  const named = name === undefined ? undefined : namedValue(veiled, name)
  if (named !== undefined) candidates.push({ ...named, rank: 0 })
  if (veiled !== text) candidates.push(...acrossPlaceholders(parts.engine, veiled))
  const findings = dropOverlaps(candidates).flatMap((finding) => clipEscapes(veiled, finding))
  if (veiled === text) return findings
  return findings
    .flatMap((finding) => cutPlaceholders(veiled, finding))
    .filter((piece) => isWorthMasking(veiled, piece))
}

/** Secrets with a placeholder, issued or forged, in their middle. */
function acrossPlaceholders(engine: Engine, veiled: string): Candidate[] {
  const stitched = stitchTokens(veiled)
  if (stitched === undefined) return []
  return engine.detect(stitched.text).flatMap((candidate) => {
    const finding = stitched.unstitch(candidate)
    return finding === undefined ? [] : [{ ...finding, rank: candidate.rank }]
  })
}

/** What is left of a finding beside a placeholder is masked too, unless it is only syntax. */
function isWorthMasking(text: string, piece: Finding): boolean {
  const rest = text.slice(piece.start, piece.end)
  return rest.length >= 4 && /[A-Za-z0-9]{3}/.test(rest) && !/^(?:Bearer|Basic|Token)\s*$/i.test(rest.trim())
}

function namedValue(text: string, name: string): Finding | undefined {
  const start = text.length - text.trimStart().length
  const value = text.trim()
  return acceptsNamedValue(name, value) ? { ruleId: "keyword", start, end: start + value.length } : undefined
}
