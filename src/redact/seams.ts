import { PLACEHOLDER_CHARS } from "../base/placeholder.ts"
import type { Finding } from "../secrets/rule.ts"
import type { MaskedText } from "./masked-text.ts"
import { inOriginal, type Span } from "./spans.ts"

/** One of several texts that go on where the one before ended. */
export interface AdjacentText {
  readonly text: string
  /** The text on its own, masked. */
  readonly masked: MaskedText
}

/** Finds secrets that are split over texts which stand side by side. */
export interface SeamFinder {
  /** What has to be masked beside each text's own findings, by the text's place in the list; empty where nothing is split. */
  find(texts: readonly AdjacentText[]): ReadonlyMap<number, readonly Finding[]>
}

export interface SeamFinderParts {
  /** Everything that is to be masked in a text. */
  readonly scan: (text: string) => readonly Finding[]
  /** What the detectors alone find in a text: not the secrets that are known by value. */
  readonly detect: (text: string) => readonly Finding[]
  /** Grows whenever `scan` may find something new. */
  readonly version: () => number
}

/**
 * Characters of each side that are joined: enough for a token and the key before it. Where a finding reaches the edge, which
 * key blocks do, more is joined.
 */
const WINDOWS: readonly number[] = [512, 4096, 65_536]
/** What these find is judged by its surroundings, and words that were never written together make poor ones. */
const WEAK_RULE = /^(?:high-)?entropy/
/** A value may begin after these, and blanks. */
const OPENING = /[=:"'`([>][ \t]{0,2}$/
/** How far behind a seam a value may begin whose key was cut. */
const KEY_REACH = 128
/** A name and what stands behind it, which is no padding of base64. */
const NAME = /^([\w.-]{1,64})["']?(?:\s{1,2}:?=\s|:?=[^\s=]|:\s)/
const BEHIND_MASK = /<REDACTED:[0-9a-f]{14}>$/
const WORD = /^(?:\p{Lu}?\p{Ll}{2,}|\p{Lu}{3,})$/u

type Split = ReadonlyMap<number, readonly Finding[]>

/** What was found for a row of texts, and for the rows that begin with it; texts are known by their cached results. */
interface Memo {
  readonly next: WeakMap<MaskedText, Memo>
  found?: { readonly version: number; readonly split: Split }
}

/**
 * A finder that remembers what it has looked at: a conversation that is sent again costs a few look-ups for each seam.
 * What a seam cannot join (a line break, a blank on either side) is not looked at.
 */
export function createSeamFinder(parts: SeamFinderParts): SeamFinder {
  const root: Memo = { next: new WeakMap() }
  return {
    find(texts) {
      const memo = texts.reduce((at, { masked }) => memoAfter(at, masked), root)
      const now = parts.version()
      if (memo.found?.version === now) return memo.found.split
      const split = findInBothViews(texts, parts)
      memo.found = { version: now, split }
      return split
    },
  }
}

function memoAfter(memo: Memo, masked: MaskedText): Memo {
  const known = memo.next.get(masked)
  if (known) return known
  const next: Memo = { next: new WeakMap() }
  memo.next.set(masked, next)
  return next
}

/** As the texts are, and as they are once each is masked: then what stood beside a secret stands alone. */
function findInBothViews(texts: readonly AdjacentText[], parts: SeamFinderParts): Split {
  const split = findSplit(texts, parts)
  if (split.size > 0 || texts.every(({ masked }) => masked.findings.length === 0)) return split
  const views = texts.map(({ masked: { text } }) => ({
    text,
    masked: { text, findings: [], placeholders: [] },
  }))
  const found = [...findSplit(views, parts)]
  return new Map(
    found.map(([index, findings]) => [index, inOriginal(findings, texts[index]?.masked.findings ?? [])]),
  )
}

function findSplit(texts: readonly AdjacentText[], parts: SeamFinderParts): Split {
  const split = new Map<number, Finding[]>()
  const seams = texts.flatMap((text, index) => {
    const next = texts[index + 1]
    return next && isGlued(text, next) ? [index] : []
  })
  for (const row of rowsOf(seams)) {
    for (const { index, ...finding } of findInRow(texts, row, parts)) {
      split.set(index, [...(split.get(index) ?? []), finding])
    }
  }
  return split
}

/** Whether a value may run from one text into the next. */
function isGlued(before: AdjacentText, after: AdjacentText): boolean {
  if (!/^\S/.test(after.text)) return false
  const tail = before.text.slice(-8)
  return /\S$/.test(tail) || OPENING.test(tail) || endsInBlock(before)
}

/** A secret of several lines that runs to the end of its text may go on in the next. */
function endsInBlock({ text, masked }: AdjacentText): boolean {
  const last = masked.findings.at(-1)
  if (last === undefined || text.slice(last.end).trim() !== "") return false
  return text.slice(last.start, last.end).includes("\n")
}

/** Seams that follow each other directly, as first and last text. */
function rowsOf(seams: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const rows: { from: number; to: number }[] = []
  for (const seam of seams) {
    const last = rows.at(-1)
    if (last?.to === seam) last.to = seam + 1
    else rows.push({ from: seam, to: seam + 1 })
  }
  return rows
}

/** A stretch of a text inside the joined text. */
interface Segment {
  readonly index: number
  /** Where it begins in its own text. */
  readonly offset: number
  /** Where it begins in the joined text. */
  readonly at: number
  readonly length: number
}

interface Placed extends Finding {
  readonly index: number
}

function findInRow(
  texts: readonly AdjacentText[],
  row: { readonly from: number; readonly to: number },
  parts: SeamFinderParts,
): readonly Placed[] {
  const hasBlock = texts.slice(row.from, row.to).some(endsInBlock)
  for (const [step, window] of WINDOWS.entries()) {
    if (hasBlock && step === 0) continue
    const groups = groupsOf(texts, row, window).map((segments) => ({
      segments,
      crossing: crossingIn(texts, segments, parts),
    }))
    const isCut = groups.some(({ segments, crossing }) => touchesEdge(texts, segments, crossing))
    if (isCut && step < WINDOWS.length - 1) continue
    return groups.flatMap(({ segments, crossing }) => placed(segments, crossing))
  }
  return []
}

/** What is joined and scanned at once; a text too long for its two windows ends one group and begins the next. */
function groupsOf(
  texts: readonly AdjacentText[],
  { from, to }: { readonly from: number; readonly to: number },
  window: number,
): readonly (readonly Segment[])[] {
  const groups: Segment[][] = [[]]
  const add = (index: number, offset: number, length: number): void => {
    const group = groups.at(-1)
    const last = group?.at(-1)
    group?.push({ index, offset, at: last ? last.at + last.length : 0, length })
  }
  for (let index = from; index <= to; index += 1) {
    const length = texts[index]?.text.length ?? 0
    const head = index === from ? 0 : window
    const tail = index === to ? 0 : window
    if (length <= head + tail) {
      add(index, 0, length)
      continue
    }
    if (head > 0) add(index, 0, head)
    if (head > 0 && tail > 0) groups.push([])
    if (tail > 0) add(index, length - tail, tail)
  }
  return groups
}

function crossingIn(
  texts: readonly AdjacentText[],
  segments: readonly Segment[],
  { scan, detect }: SeamFinderParts,
): readonly Finding[] {
  const own = segments.map((segment) => ({ ...segment, text: textOf(texts, segment) }))
  const seams = segments.slice(1).map(({ at }) => at)
  const joined = own.map(({ text }) => text).join("")
  const near = scan(joined).filter(
    ({ ruleId, start, end }) =>
      !WEAK_RULE.test(ruleId) && seams.some((seam) => start < seam + KEY_REACH && seam < end),
  )
  if (near.length === 0) return []
  const alone = own.flatMap(({ at, text }) =>
    detect(text).map(({ ruleId, start, end }) => ({ ruleId, start: start + at, end: end + at })),
  )
  const isFound = (span: Span): boolean => alone.some((one) => covers(one, span))
  return near.filter((finding) => {
    if (isFound(finding) || isMaskedAnyway(texts, segments, finding)) return false
    const pieces = own.flatMap(({ at, text }) => {
      const start = Math.max(finding.start, at)
      const end = Math.min(finding.end, at + text.length)
      return start < end ? [{ start, end, isWord: isWordIn(text, start - at, end - at) }] : []
    })
    const isBehindMask = BEHIND_MASK.test(
      joined.slice(Math.max(0, finding.start - PLACEHOLDER_CHARS), finding.start),
    )
    return !(isBehindMask && pieces[0]?.isWord) && !isWordBeside(pieces, isFound)
  })
}

function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end
}

/** Whether a finding lies in one text, which is masked there already. */
function isMaskedAnyway(
  texts: readonly AdjacentText[],
  segments: readonly Segment[],
  finding: Span,
): boolean {
  return segments.some(({ index, offset, at, length }) => {
    if (finding.start < at || finding.end > at + length) return false
    const inText = { start: finding.start - at + offset, end: finding.end - at + offset }
    return texts[index]?.masked.findings.some((own) => covers(own, inText)) === true
  })
}

/** A word, or the name of another value: `… token: abc123` and `next_key=…`. */
function isWordIn(text: string, start: number, end: number): boolean {
  if (WORD.test(text.slice(start, end))) return true
  const name = NAME.exec(text.slice(start, start + 80))?.[1] ?? ""
  return start + name.length >= end
}

/**
 * A value that one text holds as a whole and a word that happens to stand beside it in the next are no split secret:
 * `… password: hunter2` and `Called the tool …`.
 */
function isWordBeside(
  pieces: readonly (Span & { readonly isWord: boolean })[],
  isFound: (span: Span) => boolean,
): boolean {
  const first = pieces[0]
  const last = pieces.at(-1)
  if (!first || !last || first === last) return false
  return (isFound(first) && last.isWord) || (isFound(last) && first.isWord)
}

function textOf(texts: readonly AdjacentText[], { index, offset, length }: Segment): string {
  return texts[index]?.text.slice(offset, offset + length) ?? ""
}

function touchesEdge(
  texts: readonly AdjacentText[],
  segments: readonly Segment[],
  crossing: readonly Finding[],
): boolean {
  const first = segments[0]
  const last = segments.at(-1)
  if (!first || !last) return false
  const isMoreBefore = first.offset > 0
  const isMoreAfter = last.offset + last.length < (texts[last.index]?.text.length ?? 0)
  const end = last.at + last.length
  const isCutToken = (segment: Segment): boolean => !/\s/.test(textOf(texts, segment))
  if ((isMoreBefore && isCutToken(first)) || (isMoreAfter && isCutToken(last))) return true
  return crossing.some(
    (finding) => (isMoreBefore && finding.start === 0) || (isMoreAfter && finding.end === end),
  )
}

/** The parts of findings in their own texts. */
function placed(segments: readonly Segment[], crossing: readonly Finding[]): readonly Placed[] {
  return crossing.flatMap(({ ruleId, start, end }) =>
    segments.flatMap(({ index, offset, at, length }) => {
      const from = Math.max(start, at)
      const to = Math.min(end, at + length)
      return from < to ? [{ index, ruleId, start: from - at + offset, end: to - at + offset }] : []
    }),
  )
}
