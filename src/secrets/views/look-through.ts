import { type Candidate, dropOverlaps } from "../candidates.ts"
import type { Engine } from "../engine.ts"
import { veilSpans } from "../placeholder-gaps.ts"
import type { Finding } from "../rule.ts"
import { encodedView } from "./encoded-view.ts"
import { inlineView } from "./inline-view.ts"
import { joinedStrings } from "./joined-strings.ts"
import type { Lookout, Sightings } from "./lookout.ts"
import { unprefixedView } from "./unprefixed-view.ts"
import type { View } from "./view.ts"
import { wrappedView } from "./wrapped-view.ts"
import { writtenLinesView } from "./written-lines-view.ts"

/** Views of views of a text: base64 of JSON with escapes in base64 is read, what is hidden deeper is not. */
const MAX_DEPTH = 3
/** Characters of all views together, per character of the text; fewer where every other word is a name. */
const MAX_GROWTH = 4
const MIN_GROWTH = 1
/** Characters per name from which on a text is dense in names, which cost most. */
const DENSE = 50
/** What short texts may have in any case: a file of common size. */
const SPARE_CHARS = 16 * 1024

export interface LookThroughParts {
  readonly engine: Engine
  readonly lookout: Lookout
  /** Detectors that count in a decoded text too; personal data there is data of a program. */
  readonly counts: (ruleId: string) => boolean
  /** Detectors that know the format of what they find, and so where it ends. */
  readonly isFormat: (ruleId: string) => boolean
}

/**
 * Every secret that a text shows plainly or in another writing (base64, hex, escapes, with invisible characters or
 * terminal codes in it, broken over lines, in lines that a tool marked), as spans of the text itself. Cost is linear: all views together are at
 * most four times as long as the text, or so long as a file of common size.
 */
export function detectThrough(parts: LookThroughParts, text: string): Candidate[] {
  const plain = look(parts, text)
  return withViews(parts, plain, MAX_DEPTH, { chars: budgetFor(text, plain.sightings.names.length) })
}

/** How many characters all views of a text may hold. */
function budgetFor(text: string, names: number): number {
  const growth = names === 0 ? MAX_GROWTH : (MAX_GROWTH * text.length) / names / DENSE
  return text.length * Math.min(MAX_GROWTH, Math.max(MIN_GROWTH, growth)) + SPARE_CHARS
}

/** What a text shows plainly. */
interface Look {
  readonly text: string
  readonly candidates: readonly Candidate[]
  readonly sightings: Sightings
}

function look({ engine, lookout }: LookThroughParts, text: string): Look {
  return { text, candidates: engine.detect(text), sightings: lookout.take() }
}

function withViews(
  parts: LookThroughParts,
  { text, candidates, sightings }: Look,
  depth: number,
  budget: { chars: number },
): Candidate[] {
  if (depth === 0) return [...candidates]
  const covered = dropOverlaps([...candidates])
  // The value of a key that was found would only be found again, and costs most to judge.
  const values = covered.filter(({ ruleId }) => ruleId === "keyword")
  const rest = veilSpans(text, values)
  const views = [
    () => wrappedView(text, sightings.broken, wholeTokens(parts, candidates)),
    () => encodedView(text, sightings.encoded),
    () => inlineView(text, sightings.marks, values),
    () => unprefixedView(rest, sightings.names),
    () => writtenLinesView(rest),
  ]
  const added = joinedStrings(text, candidates, parts.isFormat)
  for (const build of views) {
    const view = build()
    if (view === undefined || view.text.length > budget.chars) continue
    budget.chars -= view.text.length
    added.push(...inView(parts, view, depth, budget))
  }
  if (added.length === 0) return [...candidates]
  return [...candidates, ...added.filter((finding) => !isCovered(covered, finding))]
}

/** Where the tokens end whose vendor's rule, and not only a word beside them, tells that they are whole. */
function wholeTokens({ isFormat }: LookThroughParts, candidates: readonly Candidate[]): Set<number> {
  return new Set(candidates.filter(({ ruleId }) => isFormat(ruleId)).map(({ end }) => end))
}

function inView(parts: LookThroughParts, view: View, depth: number, budget: { chars: number }): Candidate[] {
  return withViews(parts, look(parts, view.text), depth - 1, budget)
    .filter(({ ruleId }) => parts.counts(ruleId))
    .flatMap(({ ruleId, start, end, rank }) =>
      view.trace(start, end).map((span) => ({ ruleId, start: span.start, end: span.end, rank })),
    )
}

/** Whether one of the sorted, disjoint `findings`, or several that adjoin, hold all of `span`. */
function isCovered(findings: readonly Finding[], span: { start: number; end: number }): boolean {
  let low = 0
  let high = findings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((findings[middle]?.end ?? 0) > span.start) high = middle
    else low = middle + 1
  }
  let at = span.start
  for (let i = low; i < findings.length && at < span.end; i++) {
    const finding = findings[i]
    if (finding === undefined || finding.start > at) return false
    at = finding.end
  }
  return at >= span.end
}
