import { type Candidate, dropOverlaps } from "./candidates.ts"
import { type MaskedView, maskedView } from "./placeholder-gaps.ts"
import type { Finding } from "./rule.ts"

/** Rounds after which masking adds nothing more; each sees what the one before would leave in the text. */
const MAX_ROUNDS = 4
/** Longer texts are looked at again only around what the last round found. */
const WHOLE = 16 * 1024
/** How far before and behind a finding something may show once it is masked: a name, a value, a statement. */
const BEFORE = 2048
const BEHIND = 4096
/** So much more is read, since what stands at the edge of a part may be cut off. */
const MARGIN = 1024

/** Scans a text or a part of it, and does not look again at what it would leave. */
export type ScanOnce = (text: string, isWhole: boolean) => Finding[]

interface Part {
  readonly start: number
  readonly end: number
}

/**
 * Scans until a text that was masked by the findings yields nothing more. That makes masking idempotent, and finds what
 * only shows once its neighbour is masked.
 */
export function scanRounds(text: string, scan: ScanOnce): Finding[] {
  let findings = scan(text, true)
  let latest: readonly Finding[] = findings
  for (let round = 1; round < MAX_ROUNDS && latest.length > 0; round++) {
    const view = maskedView(text, findings)
    const parts = partsAround(view, latest)
    const more =
      parts === undefined ? scan(view.text, true) : parts.flatMap((part) => scanPart(view.text, part, scan))
    if (more.length === 0) return findings
    latest = more.map(({ ruleId, start, end }) => ({
      ruleId,
      start: view.original(start),
      end: view.original(end),
    }))
    findings = dropOverlaps([...ranked(findings, 1), ...ranked(latest, 0)])
  }
  return findings
}

function ranked(findings: readonly Finding[], rank: number): Candidate[] {
  return findings.map(({ ruleId, start, end }) => ({ ruleId, start, end, rank }))
}

/** The parts of a masked text around the latest findings, joined where they meet; undefined for the whole text. */
function partsAround(view: MaskedView, latest: readonly Finding[]): Part[] | undefined {
  const { length } = view.text
  if (length <= WHOLE || latest.length * (BEFORE + BEHIND) > length) return undefined
  const parts: Part[] = []
  for (const { start, end } of latest) {
    const from = Math.max(0, view.masked(start) - BEFORE)
    const to = Math.min(length, view.masked(end) + BEHIND)
    const last = parts.at(-1)
    if (last !== undefined && from <= last.end + 2 * MARGIN)
      parts[parts.length - 1] = { start: last.start, end: Math.max(last.end, to) }
    else parts.push({ start: from, end: to })
  }
  return parts
}

/** Findings of one part: it is read with its margins, and what touches them is left out. */
function scanPart(text: string, { start, end }: Part, scan: ScanOnce): Finding[] {
  const from = Math.max(0, start - MARGIN)
  const to = Math.min(text.length, end + MARGIN)
  return scan(text.slice(from, to), false)
    .map((finding) => ({ ruleId: finding.ruleId, start: finding.start + from, end: finding.end + from }))
    .filter((finding) => finding.start >= start && finding.end <= end)
}
