import { CLASSES, TOKEN } from "./charset.ts"
import { IN_TOKEN, type Walk, Walker } from "./walker.ts"

/**
 * One dense Aho-Corasick automaton over all keywords, ASCII letters folded. A text is walked once, one table
 * lookup per character, whatever the number of keywords (Aho and Corasick, CACM 18(6), 1975).
 */
export interface Automaton {
  walk(text: string): Walk
  /** Keyword numbers that end in each accepting state. */
  readonly outputs: readonly (readonly number[])[]
}

/** A trie: per state, its children as alternating column and state, and the keywords that end there. */
interface Trie {
  readonly children: number[][]
  readonly accepts: number[][]
}

/** Column of each ASCII code; 0 for characters that no keyword holds and for everything above ASCII. */
function columnsOf(keywords: readonly string[]): { columns: Uint8Array; width: number } {
  const columns = new Uint8Array(128)
  let used = 0
  for (const keyword of keywords)
    for (let i = 0; i < keyword.length; i++) {
      const code = keyword.charCodeAt(i)
      if (code < 128 && columns[code] === 0) columns[code] = ++used
    }
  for (let code = 65; code <= 90; code++) columns[code] = columns[code + 32] ?? 0
  return { columns, width: used + 1 }
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

/** The complete transition table and what its states accept. */
interface Table {
  /** Per state a row; each cell holds where the next state's row begins. */
  readonly cells: Int32Array
  /** Rows from here on belong to states that accept something. */
  readonly firstHit: number
  /** Keywords of the accepting states, in the order of their rows. */
  readonly outputs: readonly (readonly number[])[]
}

/**
 * Breadth first: each row is a native copy of the row of the state's longest proper suffix, with the state's own
 * children written over it, and outputs of suffixes are inherited. Rows that accept nothing are dealt out from the
 * front, so that the busiest lie together, and accepting ones from the back: the walk tells a hit by one comparison.
 */
function complete({ children, accepts }: Trie, width: number): Table {
  const count = children.length
  const cells = new Int32Array(count * width)
  const rows = new Int32Array(count)
  const stateAt = new Int32Array(count)
  const suffix = new Int32Array(count)
  const queue: number[] = [0]
  let front = 1
  let back = count
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0
    const row = rows[state] ?? 0
    const fallback = rows[suffix[state] ?? 0] ?? 0
    if (state !== 0) cells.copyWithin(row, fallback, fallback + width)
    const own = children[state] ?? []
    for (let i = 0; i < own.length; i += 2) {
      const cell = row + (own[i] ?? 0)
      const child = own[i + 1] ?? 0
      const inherited = state === 0 ? 0 : (stateAt[(cells[cell] ?? 0) / width] ?? 0)
      suffix[child] = inherited
      accepts[child]?.push(...(accepts[inherited] ?? []))
      const place = accepts[child]?.length === 0 ? front++ : --back
      stateAt[place] = child
      rows[child] = place * width
      cells[cell] = place * width
      queue.push(child)
    }
  }
  const outputs = Array.from(stateAt.subarray(back), (state) => accepts[state] ?? [])
  return { cells, firstHit: back * width, outputs }
}

/** The columns with the token bit, for the walk. */
function withTokenBit(columns: Uint8Array): Uint8Array {
  return columns.map((column, code) => column | (((CLASSES[code] ?? 0) & TOKEN) === 0 ? 0 : IN_TOKEN))
}

/** Compiles lower-case ASCII keywords. Linear in their total length. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const { columns, width } = columnsOf(keywords)
  const { cells, firstHit, outputs } = complete(buildTrie(keywords, columns), width)
  const longest = keywords.reduce((most, keyword) => Math.max(most, keyword.length), 0)
  const walker = new Walker({ cells, columns: withTokenBit(columns), firstHit, width, longest })
  return { walk: (text) => walker.walk(text), outputs }
}
