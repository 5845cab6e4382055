import { CLASSES, TOKEN } from "./charset.ts"

/** Shortest run of token characters that is noted: what the seed's entropy detectors ask for. */
export const MIN_RUN = 20

/** What one walk over a text found. The arrays are reused by the next walk and longer than what they hold. */
export interface Walk {
  readonly hits: number
  /** State of each hit; index of `outputs`. */
  readonly hitStates: Int32Array
  /** Exclusive end offset of each hit, ascending. */
  readonly hitEnds: Int32Array
  readonly runs: number
  /** Start of each maximal run of `MIN_RUN` or more token characters, ascending. */
  readonly runStarts: Int32Array
}

/**
 * One dense Aho-Corasick automaton over all keywords, ASCII letters folded. A text is walked once, one table
 * lookup per character, whatever the number of keywords (Aho and Corasick, CACM 18(6), 1975). The walk waits for
 * the table, so it counts token characters beside it at no cost.
 */
export interface Automaton {
  walk(text: string): Walk
  /** Keyword numbers that end in a state; empty for states that accept nothing. */
  readonly outputs: readonly (readonly number[])[]
}

/** A trie: per state, its children as alternating column and state, and the keywords that end there. */
interface Trie {
  readonly children: number[][]
  readonly accepts: number[][]
}

/** Column of each ASCII code; 0 for characters that no keyword holds and for everything above ASCII. */
function columnsOf(keywords: readonly string[]): { columns: Uint8Array; shift: number } {
  const columns = new Uint8Array(128)
  let used = 0
  for (const keyword of keywords)
    for (let i = 0; i < keyword.length; i++) {
      const code = keyword.charCodeAt(i)
      if (code < 128 && columns[code] === 0) columns[code] = ++used
    }
  for (let code = 65; code <= 90; code++) columns[code] = columns[code + 32] ?? 0
  return { columns, shift: Math.max(1, Math.ceil(Math.log2(used + 1))) }
}

function childOf(children: readonly number[], column: number): number {
  for (let i = 0; i < children.length; i += 2) if (children[i] === column) return children[i + 1] ?? -1
  return -1
}

function buildTrie(keywords: readonly string[], columns: Uint8Array): Trie {
  const children: number[][] = [[]]
  const accepts: number[][] = [[]]
  keywords.forEach((keyword, number) => {
    let state = 0
    for (let i = 0; i < keyword.length; i++) {
      const column = columns[keyword.charCodeAt(i)] ?? 0
      const own = children[state] ?? []
      const known = childOf(own, column)
      state = known === -1 ? children.length : known
      if (known !== -1) continue
      own.push(column, state)
      children.push([])
      accepts.push([])
    }
    accepts[state]?.push(number)
  })
  return { children, accepts }
}

/**
 * The complete transition table, breadth first: each row is a native copy of the row of the state's longest
 * proper suffix, with the state's own children written over it. Outputs of suffixes are inherited.
 */
function complete({ children, accepts }: Trie, shift: number): Int32Array {
  const width = 1 << shift
  const table = new Int32Array(children.length << shift)
  const suffix = new Int32Array(children.length)
  const queue: number[] = [0]
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0
    const fallback = suffix[state] ?? 0
    const row = state << shift
    if (state !== 0) {
      table.copyWithin(row, fallback << shift, (fallback << shift) + width)
      accepts[state]?.push(...(accepts[fallback] ?? []))
    }
    const own = children[state] ?? []
    for (let i = 0; i < own.length; i += 2) {
      const cell = row + (own[i] ?? 0)
      const child = own[i + 1] ?? 0
      suffix[child] = state === 0 ? 0 : (table[cell] ?? 0)
      table[cell] = child
      queue.push(child)
    }
  }
  return table
}

/**
 * Renumbers so that accepting states come last, and stores row offsets for `table[state + column]`: the walk tells
 * a hit by one comparison.
 */
function renumber(
  table: Int32Array,
  accepts: readonly number[][],
  shift: number,
): { table: Int32Array; firstHit: number; outputs: number[][] } {
  const isHit = (state: number): boolean => (accepts[state]?.length ?? 0) > 0
  const states = accepts.map((_, state) => state)
  const sorted = [...states.filter((state) => !isHit(state)), ...states.filter(isHit)]
  const offsets = new Int32Array(sorted.length)
  sorted.forEach((state, place) => {
    offsets[state] = place << shift
  })
  const width = 1 << shift
  const moved = new Int32Array(table.length)
  for (let state = 0; state < sorted.length; state++)
    moved.set(table.subarray(state << shift, (state << shift) + width), offsets[state] ?? 0)
  for (let cell = 0; cell < moved.length; cell++) {
    const target = moved[cell] ?? 0
    if (target !== 0) moved[cell] = offsets[target] ?? 0
  }
  const misses = states.length - states.filter(isHit).length
  return { table: moved, firstHit: misses << shift, outputs: sorted.map((state) => accepts[state] ?? []) }
}

/** Bit of a column's number that says that the character belongs to a token. */
const IN_TOKEN = 128

/** The columns with the token bit, for the walk. */
function withTokenBit(columns: Uint8Array): Uint8Array {
  return columns.map((column, code) => column | (((CLASSES[code] ?? 0) & TOKEN) === 0 ? 0 : IN_TOKEN))
}

function doubled(array: Int32Array): Int32Array {
  const more = new Int32Array(array.length * 2)
  more.set(array)
  return more
}

/** Compiles lower-case ASCII keywords. Linear in their total length. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const { columns, shift } = columnsOf(keywords)
  const trie = buildTrie(keywords, columns)
  const { table, firstHit, outputs } = renumber(complete(trie, shift), trie.accepts, shift)
  const columnsAndBit = withTokenBit(columns)
  let hitStates: Int32Array = new Int32Array(1024)
  let hitEnds: Int32Array = new Int32Array(1024)
  let runStarts: Int32Array = new Int32Array(1024)

  const walk = (text: string): Walk => {
    const length = text.length
    let state = 0
    let hits = 0
    let run = 0
    let runs = 0
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      const column = code < 128 ? (columnsAndBit[code] ?? 0) : 0
      // All ones for a token character, else zero: counts without a branch that would be guessed wrong.
      run = (run + 1) & -(column >> 7)
      if (run === MIN_RUN) {
        if (runs === runStarts.length) runStarts = doubled(runStarts)
        runStarts[runs++] = i + 1 - MIN_RUN
      }
      state = table[state + (column & 127)] ?? 0
      if (state < firstHit) continue
      if (hits === hitStates.length) {
        hitStates = doubled(hitStates)
        hitEnds = doubled(hitEnds)
      }
      hitStates[hits] = state >> shift
      hitEnds[hits++] = i + 1
    }
    return { hits, hitStates, hitEnds, runs, runStarts }
  }
  return { walk, outputs }
}
