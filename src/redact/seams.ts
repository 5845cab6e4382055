import { PLACEHOLDER_CHARS } from "../base/placeholder.ts"
import type { Finding } from "../secrets/rule.ts"
import type { MaskedText } from "./masked-text.ts"
import { createSeamMemo, type Split } from "./seam-memo.ts"
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
/** What this finds is a value by the key before it alone. */
const KEYWORD_RULE = "keyword"
/** A value may begin after these, and blanks. */
const OPENING = /[=:"'`([>][ \t]{0,2}$/
/** How far behind a seam a value may begin whose key was cut. */
const KEY_REACH = 128
/** A name and what stands behind it, which is no padding of base64. */
const NAME = /^([\w.-]{1,64})["']?(?:\s{1,2}:?=\s|:?=[^\s=]|:\s)/
const BEHIND_MASK = /<REDACTED:[0-9a-f]{14}>$/
const WORD = /^(?:\p{Lu}?\p{Ll}{2,}|\p{Lu}{3,})$/u

/**
 * A finder that remembers what it has looked at: a conversation that is sent again costs a few look-ups for each seam.
 * What a seam cannot join (a line break, a blank on either side) is not looked at.
 */
export function createSeamFinder(parts: SeamFinderParts): SeamFinder {
  const memo = createSeamMemo()
  return {
    find(texts) {
      const row = memo.rowOf(texts)
      const now = parts.version()
      const known = memo.get(row, now)
      if (known) return known
      const split = findInBothViews(texts, parts)
      memo.set(row, now, split)
      return split
    },
  }
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
      const findings = split.get(index)
      if (findings) findings.push(finding)
      else split.set(index, [finding])
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

const NO_SEGMENT: Segment = { index: -1, offset: 0, at: 0, length: 0 }

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
  const own = segments.map((segment) => textOf(texts, segment))
  const joined = own.join("")
  const near = scan(joined).filter((finding) => isNearSeam(segments, finding) && mayCross(joined, finding))
  if (near.length === 0) return []
  const alone = new Map<number, readonly Finding[]>()
  /** Whether a span lies in one text, which shows it on its own. */
  const isFound = ({ start, end }: Span): boolean => {
    const place = segmentAt(segments, start)
    const { at, length } = segments[place] ?? NO_SEGMENT
    if (end > at + length) return false
    const findings = alone.get(place) ?? detect(own[place] ?? "")
    alone.set(place, findings)
    return coversOne(findings, { start: start - at, end: end - at })
  }
  return near.filter((finding) => {
    if (isFound(finding) || isMaskedAnyway(texts, segments, finding)) return false
    const pieces = piecesOf(segments, finding).map(({ segment: { at }, place, start, end }) => ({
      start,
      end,
      isWord: isWordIn(own[place] ?? "", start - at, end - at),
    }))
    const isBehindMask = BEHIND_MASK.test(
      joined.slice(Math.max(0, finding.start - PLACEHOLDER_CHARS), finding.start),
    )
    return !(isBehindMask && pieces[0]?.isWord) && !isWordBeside(pieces, isFound)
  })
}

function isNearSeam(segments: readonly Segment[], { start, end }: Span): boolean {
  // The last segment that begins within reach; the first one begins at no seam.
  const place = segmentAt(segments, end - 1)
  return place > 0 && start < (segments[place]?.at ?? 0) + KEY_REACH
}

/**
 * Whether what is found in the joined text may be one that was cut. A name at the end of one text is not the key of what the
 * next begins with: only `key=` is, with its sign.
 */
function mayCross(joined: string, { ruleId, start }: Finding): boolean {
  if (WEAK_RULE.test(ruleId)) return false
  return ruleId !== KEYWORD_RULE || !/[\w.-]/.test(joined.charAt(start - 1))
}

/** Number of the last of the segments that begin at or before a place in the joined text. */
function segmentAt(segments: readonly Segment[], place: number): number {
  return lastUpTo(segments.length, (index) => (segments[index]?.at ?? 0) <= place)
}

/** The last of `count` indexes for which `isUpTo` holds, as it does for all before; -1 where it holds for none. */
function lastUpTo(count: number, isUpTo: (index: number) => boolean): number {
  let low = -1
  let high = count - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isUpTo(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** Whether one of `findings`, which are sorted and apart, covers a span. */
function coversOne(findings: readonly Span[], { start, end }: Span): boolean {
  const last = findings[lastUpTo(findings.length, (index) => (findings[index]?.start ?? 0) <= start)]
  return last !== undefined && last.end >= end
}

/** A part of a span of the joined text, by the segment that it lies in. */
interface SegmentPiece extends Span {
  readonly segment: Segment
  readonly place: number
}

function piecesOf(segments: readonly Segment[], { start, end }: Span): readonly SegmentPiece[] {
  const pieces: SegmentPiece[] = []
  for (let place = segmentAt(segments, start); place < segments.length; place += 1) {
    const segment = segments[place]
    if (!segment || segment.at >= end) break
    const piece = {
      segment,
      place,
      start: Math.max(start, segment.at),
      end: Math.min(end, segment.at + segment.length),
    }
    if (piece.start < piece.end) pieces.push(piece)
  }
  return pieces
}

/** Whether a finding lies in one text, which is masked there already. */
function isMaskedAnyway(
  texts: readonly AdjacentText[],
  segments: readonly Segment[],
  { start, end }: Span,
): boolean {
  const { index, offset, at, length } = segments[segmentAt(segments, start)] ?? NO_SEGMENT
  if (end > at + length) return false
  const shift = offset - at
  return coversOne(texts[index]?.masked.findings ?? [], { start: start + shift, end: end + shift })
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
  return crossing.flatMap(({ ruleId, ...span }) =>
    piecesOf(segments, span).map(({ segment: { index, offset, at }, start, end }) => ({
      index,
      ruleId,
      start: start - at + offset,
      end: end - at + offset,
    })),
  )
}
