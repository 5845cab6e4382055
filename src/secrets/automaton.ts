import { CLASSES, TOKEN } from "./charset.ts"
import { CODES, IN_TOKEN, type Walk, Walker } from "./walker.ts"

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

/** Characters in the order in which source code and logs hold them most: the first columns of a row share a line of the cache. */
const BY_FREQUENCY = "etaoirnslcdpumh_-.:/01gf\"by2w'3,k=54v8697()x"

/** Column of each code as the walk sees them; 0 for characters that no keyword holds and for everything above ASCII. */
function columnsOf(keywords: readonly string[]): { columns: Uint8Array; width: number } {
  const columns = new Uint8Array(CODES)
  const held = new Set(keywords.join(""))
  const common = new Set(BY_FREQUENCY)
  const ordered = [...[...common].filter((char) => held.has(char)), ...held].filter((char) => char < "\x80")
  let used = 0
  for (const char of ordered) {
    const code = char.charCodeAt(0)
    if (columns[code] === 0) columns[code] = ++used
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
  /** Per state a row of the next states. */
  readonly cells: Uint16Array | Int32Array
  /** States from here on accept something. */
  readonly firstHit: number
  /** Keywords of the accepting states, in their order. */
  readonly outputs: readonly (readonly number[])[]
}

/** Small cells keep the busiest rows in the processor's cache; more states than this need larger ones. */
const MAX_SMALL = 65_536

/**
 * Breadth first: each row is a native copy of the row of the state's longest proper suffix, with the state's own
 * children written over it, and outputs of suffixes are inherited. Numbers of states that accept nothing are dealt out from the
 * front, so that the busiest lie together, and of accepting ones from the back: the walk tells a hit by one comparison.
 */
function complete({ children, accepts }: Trie, columnBits: number): Table {
  const count = children.length
  const width = 1 << columnBits
  const cells = count > MAX_SMALL ? new Int32Array(count * width) : new Uint16Array(count * width)
  const numbers = new Int32Array(count)
  const stateAt = new Int32Array(count)
  const suffix = new Int32Array(count)
  const queue: number[] = [0]
  let front = 1
  let back = count
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0
    const row = (numbers[state] ?? 0) * width
    const fallback = (numbers[suffix[state] ?? 0] ?? 0) * width
    if (state !== 0) cells.copyWithin(row, fallback, fallback + width)
    const own = children[state] ?? []
    for (let i = 0; i < own.length; i += 2) {
      const cell = row + (own[i] ?? 0)
      const child = own[i + 1] ?? 0
      const inherited = state === 0 ? 0 : (stateAt[cells[cell] ?? 0] ?? 0)
      suffix[child] = inherited
      accepts[child]?.push(...(accepts[inherited] ?? []))
      const number = accepts[child]?.length === 0 ? front++ : --back
      stateAt[number] = child
      numbers[child] = number
      cells[cell] = number
      queue.push(child)
    }
  }
  const outputs = Array.from(stateAt.subarray(back), (state) => accepts[state] ?? [])
  return { cells, firstHit: back, outputs }
}

/** The columns with the token bit, for the walk. */
function withTokenBit(columns: Uint8Array): Uint8Array {
  return columns.map((column, code) => column | (((CLASSES[code] ?? 0) & TOKEN) === 0 ? 0 : IN_TOKEN))
}

/** Compiles lower-case ASCII keywords. Linear in their total length. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const { columns, width } = columnsOf(keywords)
  const columnBits = Math.ceil(Math.log2(Math.max(width, 2)))
  const { cells, firstHit, outputs } = complete(buildTrie(keywords, columns), columnBits)
  const longest = keywords.reduce((most, keyword) => Math.max(most, keyword.length), 0)
  const walker = new Walker({ cells, columns: withTokenBit(columns), firstHit, columnBits, longest })
  return { walk: (text) => walker.walk(text), outputs }
}
