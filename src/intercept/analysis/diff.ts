import type { JsonValue } from "../../base/json.ts"
import type { DialectId } from "../../wire/dialect.ts"
import { commonPrefixLength, firstDifference } from "./first-difference.ts"
import { segmentsOf } from "./read-segments.ts"
import { type Block, prefixOf, type RequestSegments, SEGMENT_NAMES, type SegmentName } from "./segments.ts"

/** `moved`: the block is still there, at another place. */
export type BlockChange = "changed" | "added" | "removed" | "moved"

/** The first block at which the later request no longer is the earlier one. */
export interface FirstChange {
  readonly segment: SegmentName
  readonly change: BlockChange
  /** The place in the body of the later request, of the earlier one where the block was removed: `tools[7].description`. */
  readonly path: string
  /** Name of the tool, where the block is one. */
  readonly name?: string
  /** Characters of the prefix before the first character that differs. */
  readonly offset: number
  /** The same within the text at `path`, where one text became another. */
  readonly textOffset?: number
}

/** What became of one segment. Paths of removed blocks are those of the earlier request. */
export interface SegmentDiff {
  /** Blocks that both requests have, wherever they stand. */
  readonly kept: number
  /** Whether kept blocks stand in another order. */
  readonly reordered: boolean
  readonly changed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Two consecutive requests, compared as a provider's cache sees them. Lengths are characters of the blocks' JSON. */
export interface RequestDiff {
  /** Absent where the later request repeats the earlier one, with or without more messages after it. */
  readonly first?: FirstChange
  readonly beforeChars: number
  readonly afterChars: number
  /** Characters of the earlier request that the later one begins with. */
  readonly keptChars: number
  /** `keptChars / beforeChars`; 1 where the earlier request had none. */
  readonly keptShare: number
  /** Whole blocks that the later request begins with. */
  readonly keptBlocks: number
  readonly segments: Readonly<Record<SegmentName, SegmentDiff>>
  /** Names of the settings that differ, among those that a provider documents as part of the cache key. */
  readonly settings: readonly string[]
}

/**
 * Compares two requests of one dialect, segment by segment. Time is linear in their sizes. Cache marks are no part of the
 * comparison, and messages after the last one of `before` are no change.
 *
 * @throws RangeError where a body is nested deeper than the stack (thousands of levels).
 */
export function diffRequests(before: JsonValue, after: JsonValue, dialect: DialectId): RequestDiff {
  return diffSegments(segmentsOf(before, dialect), segmentsOf(after, dialect))
}

/** `diffRequests` for requests that were taken apart already. */
export function diffSegments(before: RequestSegments, after: RequestSegments): RequestDiff {
  const beforeChars = charsOf(prefixOf(before))
  const { first, keptChars, keptBlocks } = commonPrefix(before, after)
  return {
    ...(first === undefined ? {} : { first }),
    beforeChars,
    afterChars: charsOf(prefixOf(after)),
    keptChars,
    keptShare: beforeChars === 0 ? 1 : keptChars / beforeChars,
    keptBlocks,
    segments: {
      tools: diffBlocks(before.tools, after.tools),
      system: diffBlocks(before.system, after.system),
      messages: diffBlocks(before.messages, after.messages),
    },
    settings: changedSettings(before.settings, after.settings),
  }
}

/** Characters of `blocks`. */
export function charsOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0)
}

interface CommonPrefix {
  readonly first?: FirstChange
  readonly keptChars: number
  readonly keptBlocks: number
}

function commonPrefix(before: RequestSegments, after: RequestSegments): CommonPrefix {
  let keptChars = 0
  let keptBlocks = 0
  for (const segment of SEGMENT_NAMES) {
    const [mine, theirs] = [before[segment], after[segment]]
    const same = leadingBlocks(mine, theirs)
    keptChars += charsOf(mine.slice(0, same))
    keptBlocks += same
    const continued = same === mine.length && (same === theirs.length || segment === "messages")
    if (continued) continue
    const first = firstChange(mine, theirs, same, keptChars)
    return { first, keptChars: first.offset, keptBlocks }
  }
  return { keptChars, keptBlocks }
}

function leadingBlocks(before: readonly Block[], after: readonly Block[]): number {
  const first = before.findIndex(({ text }, index) => text !== after[index]?.text)
  return first === -1 ? before.length : first
}

function firstChange(
  before: readonly Block[],
  after: readonly Block[],
  at: number,
  keptChars: number,
): FirstChange {
  const [mine, theirs] = [before[at], after[at]]
  const common = commonPrefixLength(mine?.text ?? "", theirs?.text ?? "")
  const offset = keptChars + common
  const change = changeOf(before, after, at)
  if (change === "changed" && mine !== undefined && theirs !== undefined) {
    return { ...placeOf(theirs), ...placeInside(mine, theirs), change, offset }
  }
  return { ...placeOf(change === "removed" ? mine : theirs), change, offset }
}

function placeOf(block: Block | undefined): Pick<FirstChange, "segment" | "path" | "name"> {
  // Of two segments that differ, the block that was added or removed is there.
  if (block === undefined) return { segment: "messages", path: "messages" }
  const { segment, path, name } = block
  return name === undefined ? { segment, path } : { segment, path, name }
}

/** Names the first property that differs, of the message before those of its part. */
function placeInside(before: Block, after: Block): { path: string; textOffset?: number } {
  const header = firstDifference(before.header?.value ?? {}, after.header?.value ?? {})
  const found = header ?? firstDifference(before.value, after.value)
  const owner = header === undefined ? after.path : (after.header?.path ?? after.path)
  if (found === undefined) return { path: owner }
  const path = `${owner}${found.path}`
  return found.offset === 0 ? { path } : { path, textOffset: found.offset }
}

function changeOf(before: readonly Block[], after: readonly Block[], at: number): BlockChange {
  const [mine, theirs] = [before[at], after[at]]
  if (mine === undefined) return "added"
  if (theirs === undefined) return "removed"
  if (keyOf(mine) === keyOf(theirs)) return "changed"
  const isKept = after.some((block, index) => index > at && keyOf(block) === keyOf(mine))
  const wasThere = before.some((block, index) => index > at && keyOf(block) === keyOf(theirs))
  if (isKept && wasThere) return "moved"
  if (isKept) return "added"
  return wasThere ? "removed" : "changed"
}

/** A tool is the same tool while its name stays, any other block while its text does. */
function keyOf({ name, text }: Block): string {
  return name ?? text
}

function diffBlocks(before: readonly Block[], after: readonly Block[]): SegmentDiff {
  const placesLeft = placesByText(after)
  const places: number[] = []
  const lost: Block[] = []
  for (const block of before) {
    const place = placesLeft.get(block.text)?.pop()
    if (place === undefined) lost.push(block)
    if (place !== undefined) places.push(place)
  }
  const kept = new Set(places)
  const fresh = after.filter((_, index) => !kept.has(index))
  const { changed, added, removed } = pairUp(lost, fresh)
  const reordered = places.some((place, index) => place < (places[index - 1] ?? 0))
  return { kept: places.length, reordered, changed, added, removed }
}

/** The places of each text, the first one last: `pop` answers them in order. */
function placesByText(blocks: readonly Block[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [index, { text }] of [...blocks.entries()].toReversed()) {
    const known = places.get(text)
    if (known === undefined) places.set(text, [index])
    known?.push(index)
  }
  return places
}

/** A lost and a fresh block are one that changed where their name or, without names, their place is the same. */
function pairUp(
  lost: readonly Block[],
  fresh: readonly Block[],
): Pick<SegmentDiff, "changed" | "added" | "removed"> {
  const partners = new Map(fresh.map((block) => [block.name ?? block.path, block]))
  const changed = new Set<Block>()
  const removed: string[] = []
  for (const block of lost) {
    const key = block.name ?? block.path
    const partner = partners.get(key)
    partners.delete(key)
    if (partner === undefined) removed.push(block.path)
    if (partner !== undefined) changed.add(partner)
  }
  const added = fresh.filter((block) => !changed.has(block))
  return { changed: [...changed].map(pathOf), added: added.map(pathOf), removed }
}

function pathOf({ path }: Block): string {
  return path
}

function changedSettings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => before.get(name) !== after.get(name))
}
