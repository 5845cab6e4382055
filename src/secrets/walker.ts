import { skipLeft, TOKEN } from "./charset.ts"

/** Shortest run of token characters that is noted: what the seed's entropy detectors ask for. */
export const MIN_RUN = 20
/** Bit of a column's number that says that the character belongs to a token. */
export const IN_TOKEN = 128
const COLUMN: number = IN_TOKEN - 1
/** Shorter texts are walked in one piece. */
const MIN_SPLIT = 2048

/** What one walk over a text found. The arrays are reused by the next walk and longer than what they hold. */
export interface Walk {
  readonly hits: number
  /** Number of the accepting state of each hit. */
  readonly hitStates: Int32Array
  /** Exclusive end offset of each hit, ascending. */
  readonly hitEnds: Int32Array
  readonly runs: number
  /** Start of each maximal run of `MIN_RUN` or more token characters, ascending. */
  readonly runStarts: Int32Array
}

/** The tables of an automaton. */
export interface WalkTables {
  /** Where the row of the next state begins, per row and column. */
  readonly cells: Int32Array
  /** Column of each ASCII code, with `IN_TOKEN`. */
  readonly columns: Uint8Array
  /** Rows from here on accept something. */
  readonly firstHit: number
  readonly width: number
  /** Length of the longest keyword. */
  readonly longest: number
}

/** What is found in one half of a text. */
class Notes implements Walk {
  hits = 0
  hitStates: Int32Array = new Int32Array(1024)
  hitEnds: Int32Array = new Int32Array(1024)
  runs = 0
  runStarts: Int32Array = new Int32Array(1024)

  clear(): void {
    this.hits = 0
    this.runs = 0
  }

  hit(state: number, end: number): void {
    if (this.hits === this.hitStates.length) {
      this.hitStates = doubled(this.hitStates)
      this.hitEnds = doubled(this.hitEnds)
    }
    this.hitStates[this.hits] = state
    this.hitEnds[this.hits++] = end
  }

  run(start: number): void {
    if (this.runs === this.runStarts.length) this.runStarts = doubled(this.runStarts)
    this.runStarts[this.runs++] = start
  }

  append(other: Notes): void {
    for (let i = 0; i < other.hits; i++) this.hit(other.hitStates[i] ?? 0, other.hitEnds[i] ?? 0)
    for (let i = 0; i < other.runs; i++) this.run(other.runStarts[i] ?? 0)
  }
}

function doubled(array: Int32Array): Int32Array {
  const more = new Int32Array(array.length * 2)
  more.set(array)
  return more
}

/**
 * Walks texts. Each step waits for the table's cell of the step before, so that two halves of a text are walked side by
 * side in little more time than one, and token characters are counted beside them at no cost.
 */
export class Walker {
  readonly #tables: WalkTables
  readonly #first: Notes = new Notes()
  readonly #second: Notes = new Notes()

  constructor(tables: WalkTables) {
    this.#tables = tables
  }

  walk(text: string): Walk {
    const { cells, columns, firstHit, width } = this.#tables
    const first = this.#first
    const second = this.#second
    first.clear()
    second.clear()
    const half = text.length < MIN_SPLIT ? 0 : text.length >> 1
    let leftState = 0
    let leftRun = 0
    let rightState = this.#stateAt(text, half)
    let rightRun = half - skipLeft(text, half, TOKEN, half - MIN_RUN)
    for (let i = 0, j = half; i < half; i++, j++) {
      const leftCode = text.charCodeAt(i)
      const rightCode = text.charCodeAt(j)
      const left = leftCode < 128 ? (columns[leftCode] ?? 0) : 0
      const right = rightCode < 128 ? (columns[rightCode] ?? 0) : 0
      // All ones for a token character, else zero: counts without a branch that would be guessed wrong.
      leftRun = (leftRun + 1) & -(left >> 7)
      rightRun = (rightRun + 1) & -(right >> 7)
      if (leftRun === MIN_RUN) first.run(i + 1 - MIN_RUN)
      if (rightRun === MIN_RUN) second.run(j + 1 - MIN_RUN)
      leftState = cells[leftState + (left & COLUMN)] ?? 0
      rightState = cells[rightState + (right & COLUMN)] ?? 0
      if (leftState >= firstHit) first.hit((leftState - firstHit) / width, i + 1)
      if (rightState >= firstHit) second.hit((rightState - firstHit) / width, j + 1)
    }
    for (let j = half * 2; j < text.length; j++) {
      const code = text.charCodeAt(j)
      const right = code < 128 ? (columns[code] ?? 0) : 0
      rightRun = (rightRun + 1) & -(right >> 7)
      if (rightRun === MIN_RUN) second.run(j + 1 - MIN_RUN)
      rightState = cells[rightState + (right & COLUMN)] ?? 0
      if (rightState >= firstHit) second.hit((rightState - firstHit) / width, j + 1)
    }
    first.append(second)
    return first
  }

  /** The state before `at`: the last characters decide it, as many as the longest keyword has. */
  #stateAt(text: string, at: number): number {
    const { cells, columns, longest } = this.#tables
    let state = 0
    for (let i = Math.max(0, at - longest); i < at; i++) {
      const code = text.charCodeAt(i)
      state = cells[state + (code < 128 ? (columns[code] ?? 0) & COLUMN : 0)] ?? 0
    }
    return state
  }
}
