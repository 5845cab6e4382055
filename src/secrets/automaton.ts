/**
 * One dense Aho-Corasick automaton over all keywords, ASCII letters folded. A text is walked once, one table
 * lookup per character, whatever the number of keywords (Aho and Corasick, CACM 18(6), 1975).
 */
export interface Automaton {
  /** Walks `text` and leaves its hits in `hitStates` and `hitEnds`; returns how many there are. */
  collect(text: string): number
  /** State of each hit of the last walk; index of `outputs`. */
  readonly hitStates: () => Int32Array
  /** Exclusive end offset of each hit of the last walk, ascending. */
  readonly hitEnds: () => Int32Array
  /** Keyword numbers that end in a state; empty for states that accept nothing. */
  readonly outputs: readonly (readonly number[])[]
}

/** A trie under construction: `next` has `width` columns per state, -1 where there is no edge. */
interface Trie {
  readonly next: Int32Array
  readonly states: number
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

function buildTrie(keywords: readonly string[], columns: Uint8Array, shift: number): Trie {
  const most = keywords.reduce((sum, keyword) => sum + keyword.length, 1)
  const next = new Int32Array(most << shift).fill(-1)
  const accepts: number[][] = [[]]
  let states = 1
  keywords.forEach((keyword, number) => {
    let state = 0
    for (let i = 0; i < keyword.length; i++) {
      const cell = (state << shift) + (columns[keyword.charCodeAt(i)] ?? 0)
      if (next[cell] === -1) {
        next[cell] = states++
        accepts.push([])
      }
      state = next[cell] ?? 0
    }
    accepts[state]?.push(number)
  })
  return { next, states, accepts }
}

/** Turns the trie into a complete transition table, breadth first; inherits the outputs of suffixes. */
function complete(trie: Trie, shift: number): number[] {
  const { next, states, accepts } = trie
  const width = 1 << shift
  const fail = new Int32Array(states)
  const order: number[] = [0]
  for (let head = 0; head < order.length; head++) {
    const state = order[head] ?? 0
    const fallback = fail[state] ?? 0
    if (state !== 0) accepts[state]?.push(...(accepts[fallback] ?? []))
    for (let column = 0; column < width; column++) {
      const cell = (state << shift) + column
      const child = next[cell] ?? -1
      const elsewhere = state === 0 ? 0 : (next[(fallback << shift) + column] ?? 0)
      if (child === -1) next[cell] = elsewhere
      if (child === -1) continue
      fail[child] = elsewhere
      order.push(child)
    }
  }
  return order
}

/**
 * Renumbers so that accepting states come last, then stores rows ready for `table[state + column]`: the walk
 * tells a hit by one comparison.
 */
function renumber(
  trie: Trie,
  order: readonly number[],
  shift: number,
): { table: Int32Array; firstHit: number; outputs: number[][] } {
  const accepts = (state: number): boolean => (trie.accepts[state]?.length ?? 0) > 0
  const sorted = [...order.filter((state) => !accepts(state)), ...order.filter(accepts)]
  const place = new Int32Array(trie.states)
  sorted.forEach((state, index) => {
    place[state] = index
  })
  const width = 1 << shift
  const table = new Int32Array(trie.states << shift)
  for (let state = 0; state < trie.states; state++)
    for (let column = 0; column < width; column++)
      table[((place[state] ?? 0) << shift) + column] =
        (place[trie.next[(state << shift) + column] ?? 0] ?? 0) << shift
  const outputs = sorted.map((state) => trie.accepts[state] ?? [])
  const firstHit = sorted.findIndex(accepts)
  return { table, firstHit: (firstHit === -1 ? sorted.length : firstHit) << shift, outputs }
}

/** Compiles lower-case ASCII keywords. Cost: about 2 ms for 500 keywords. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const { columns, shift } = columnsOf(keywords)
  const trie = buildTrie(keywords, columns, shift)
  const { table, firstHit, outputs } = renumber(trie, complete(trie, shift), shift)
  let states: Int32Array = new Int32Array(1024)
  let ends: Int32Array = new Int32Array(1024)

  const grow = (): void => {
    const more = new Int32Array(states.length * 2)
    more.set(states)
    states = more
    const moreEnds = new Int32Array(ends.length * 2)
    moreEnds.set(ends)
    ends = moreEnds
  }

  const collect = (text: string): number => {
    const length = text.length
    let state = 0
    let count = 0
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      state = table[state + (code < 128 ? (columns[code] ?? 0) : 0)] ?? 0
      if (state < firstHit) continue
      if (count === states.length) grow()
      states[count] = state >> shift
      ends[count++] = i + 1
    }
    return count
  }
  return { collect, hitStates: () => states, hitEnds: () => ends, outputs }
}
