import type { Finding } from "../secrets/rule.ts"
import { LiteralTree } from "./literal-tree.ts"

/** An exact text to look for. */
export interface Literal {
  /** At least `LITERAL_MIN_CHARS` characters. */
  readonly text: string
  /** Rule that a match is reported under. */
  readonly ruleId: string
  /** Matches only where it is not part of a longer word or number. */
  readonly wholeWord?: boolean
  /** Matches only where no unit follows (`4821 ms`), for short numbers. */
  readonly notQuantity?: boolean
  /** Characters before and after a match that belong to it, too (base64 digits that hold its outer bits). */
  readonly extend?: readonly [before: number, after: number]
}

/** Looks for a set of literals that can grow and shrink at any time. */
export interface LiteralMatcher {
  /** Costs the length of its text. Shorter ones than `LITERAL_MIN_CHARS` are ignored. */
  add(literal: Literal): void
  /** Takes out the very object that was added. */
  remove(literal: Literal): void
  /** Sorted and apart; where matches overlap they are one, under the rule of the longest. */
  find(text: string): Finding[]
}

/** Shortest literal that can be looked for. */
export const LITERAL_MIN_CHARS = 4

const WORD = /[\p{L}\p{N}_]/u
const UNIT_FOLLOWS = /^\s?[a-z%]/
/** Shifting by 5 bits, a hash of 20 bits forgets a character when the fourth after it comes in. */
const HASH_MASK = 0xfffff

/**
 * Goes over a text once and, at each place, takes the longest literal that stands there; overlapping matches
 * become one, so no half of a value survives. A rolling hash of four characters indexes a table that is nearly
 * always empty, so the cost hardly depends on how many literals there are.
 */
export function createLiteralMatcher(literals: readonly Literal[] = []): LiteralMatcher {
  const tree = new LiteralTree<Literal>()
  // One megabyte, which a masker without literals does without.
  let gate: Uint8Array | undefined

  const add = (literal: Literal): void => {
    if (literal.text.length < LITERAL_MIN_CHARS) return
    gate ??= new Uint8Array(HASH_MASK + 1)
    gate[hashOf(literal.text)] = 1
    tree.add(literal.text, literal)
  }
  for (const literal of literals) add(literal)

  return {
    add,
    remove(literal) {
      tree.remove(literal.text, literal)
      if (tree.isEmpty) gate = undefined
    },
    find: (text) => (gate ? findIn(text, tree, gate) : []),
  }
}

function findIn(text: string, tree: LiteralTree<Literal>, gate: Uint8Array): Finding[] {
  const found = new MergedFindings()
  let hash = 0
  for (let last = 0; last < text.length; last += 1) {
    hash = ((hash << 5) ^ text.charCodeAt(last)) & HASH_MASK
    if (gate[hash] === 0) continue
    const at = last - LITERAL_MIN_CHARS + 1
    const literal = at < 0 ? undefined : tree.longestAt(text, at, (each) => standsAt(each, text, at))
    if (literal) found.add(findingOf(literal, text, at))
  }
  return found.all
}

/** Hash of the first four characters, as the rolling one gives it. */
function hashOf(text: string): number {
  let hash = 0
  for (let at = 0; at < LITERAL_MIN_CHARS; at += 1) hash = ((hash << 5) ^ text.charCodeAt(at)) & HASH_MASK
  return hash
}

/** Whether the conditions of a literal hold whose text begins at `at`. */
function standsAt({ text: { length }, wholeWord, notQuantity }: Literal, text: string, at: number): boolean {
  const end = at + length
  if (notQuantity && UNIT_FOLLOWS.test(text.slice(end, end + 2))) return false
  return !wholeWord || (!continuesWord(text, at - 1, at) && !continuesWord(text, end, end - 1))
}

/** Whether the character outside the match and the one at its edge are of one word. */
function continuesWord(text: string, outside: number, edge: number): boolean {
  return WORD.test(text.charAt(outside)) && WORD.test(text.charAt(edge))
}

function findingOf(
  { text: { length }, ruleId, extend = [0, 0] }: Literal,
  text: string,
  at: number,
): Finding {
  const [before, after] = extend
  return { ruleId, start: Math.max(0, at - before), end: Math.min(text.length, at + length + after) }
}

/** Joins as they come, so that a text of nothing but overlaps does not pile up. */
class MergedFindings {
  readonly all: Finding[] = []
  #longest = 0

  add(next: Finding): void {
    const last = this.all.at(-1)
    const length = next.end - next.start
    if (!last || next.start >= last.end) {
      this.all.push(next)
      this.#longest = length
      return
    }
    const ruleId = length > this.#longest ? next.ruleId : last.ruleId
    this.#longest = Math.max(this.#longest, length)
    const start = Math.min(last.start, next.start)
    this.all[this.all.length - 1] = { ruleId, start, end: Math.max(last.end, next.end) }
  }
}
