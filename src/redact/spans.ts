import { PLACEHOLDER_CHARS, placeholderPattern } from "../base/placeholder.ts"
import type { Finding } from "../secrets/rule.ts"

/** A stretch of a text; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Sorts findings and joins those that overlap; a joined one bears the rule of its longest part. */
export function joinOverlaps(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.end - a.end)
  const joined: Finding[] = []
  let longest = 0
  for (const finding of sorted) {
    const last = joined.at(-1)
    const length = finding.end - finding.start
    if (!last || finding.start >= last.end) {
      joined.push(finding)
      longest = length
      continue
    }
    const ruleId = length > longest ? finding.ruleId : last.ruleId
    longest = Math.max(longest, length)
    joined[joined.length - 1] = { ruleId, start: last.start, end: Math.max(last.end, finding.end) }
  }
  return joined
}

/**
 * Cuts findings around whatever looks like a placeholder, issued or not: what is masked already must come out of
 * `restore` as it is, and a marker inside a secret must not save the rest of it. Sorted findings in and out.
 */
export function cutAroundPlaceholders(text: string, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0 || !text.includes("<REDACTED:")) return [...findings]
  const kept: Finding[] = []
  const markers = [...text.matchAll(placeholderPattern())].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }))
  let first = 0
  for (const finding of findings) {
    while ((markers[first]?.end ?? Number.POSITIVE_INFINITY) <= finding.start) first += 1
    let start = finding.start
    for (let at = first; (markers[at]?.start ?? Number.POSITIVE_INFINITY) < finding.end; at += 1) {
      const marker = markers[at]
      if (!marker) break
      if (marker.start > start) kept.push({ ...finding, start, end: marker.start })
      start = Math.max(start, marker.end)
    }
    if (start < finding.end) kept.push({ ...finding, start })
  }
  return kept
}

/** Maps findings in the text masked with `pieces` back to the original; no finding touches a placeholder. */
export function inOriginal(findings: readonly Finding[], pieces: readonly Span[]): Finding[] {
  let next = 0
  let shift = 0
  return findings.map(({ ruleId, start, end }) => {
    for (let piece = pieces[next]; piece && piece.start + shift < start; piece = pieces[next]) {
      shift += PLACEHOLDER_CHARS - (piece.end - piece.start)
      next += 1
    }
    return { ruleId, start: start - shift, end: end - shift }
  })
}

/** How the read, grep and `cat -n` tools number lines, and how a diff marks them. */
const NUMBERED = /^\s*(?:Line )?\d{1,7}(?:: ?|\| ?|→|\t)/
const DIFF_MARKED = /^[+-]/
/** No listing numbers its lines further to the right. */
const MARK_MAX_CHARS = 64

/**
 * Splits a finding that runs over several lines of a listing (`12: …`, `+…`) into one per line, without the
 * numbers: restored into a file as one piece, they would end up in the middle of a person's key. Sorted findings in and out.
 */
export function splitListedLines(text: string, findings: readonly Finding[]): Finding[] {
  let lineStart = 0
  let newline = text.indexOf("\n")
  return findings.flatMap((finding) => {
    // Carried forward from finding to finding: a line that holds thousands of them is gone over once.
    while (newline !== -1 && newline < finding.start) {
      lineStart = newline + 1
      newline = text.indexOf("\n", lineStart)
    }
    if (newline === -1 || newline >= finding.end) return [finding]
    const mark = markOf(text.slice(lineStart, Math.min(finding.start, lineStart + MARK_MAX_CHARS)))
    return mark ? (piecesOf(text, finding, mark) ?? [finding]) : [finding]
  })
}

function markOf(prefix: string): RegExp | undefined {
  if (NUMBERED.test(prefix)) return NUMBERED
  const sign = DIFF_MARKED.exec(prefix)?.[0]
  return sign === undefined ? undefined : new RegExp(`^\\${sign}`)
}

/** One finding per line, or `undefined` where a line lacks the mark, so the text is no listing. */
function piecesOf(text: string, finding: Finding, mark: RegExp): Finding[] | undefined {
  const pieces: Finding[] = []
  let lineStart = finding.start
  while (lineStart < finding.end) {
    const newline = text.indexOf("\n", lineStart)
    const lineEnd = newline === -1 ? finding.end : Math.min(newline, finding.end)
    const line = text.slice(lineStart, lineEnd)
    const marked = lineStart === finding.start ? 0 : mark.exec(line)?.[0].length
    if (marked === undefined) return undefined
    const end = lineEnd - (line.endsWith("\r") ? 1 : 0)
    if (lineStart + marked < end) pieces.push({ ...finding, start: lineStart + marked, end })
    lineStart = lineEnd + 1
  }
  return pieces
}
