import { beyondAscii } from "./beyond-ascii.ts"

/** Shortest run of token characters that is noted: what the seed's entropy detectors ask for. */
export const MIN_RUN = 20
/** Bit of a column's number that says that the character belongs to a token. */
export const IN_TOKEN = 128
const COLUMN: number = IN_TOKEN - 1
/** The walk sees ASCII codes, and one for everything above. */
const ABOVE_ASCII = 128
export const CODES: number = ABOVE_ASCII + 1
/** Shorter texts are walked in one piece. */
const MIN_SPLIT = 2048

/** A text as detectors may read it beside the string; valid until the next walk. */
export interface TextCodes {
  /** A code for each code unit: those of ASCII, and 128 for everything above. Longer than the text. */
  readonly codes: Uint8Array
  /** What the text holds beyond ASCII, as the bits of `beyond-ascii.ts`. */
  readonly beyond: number
}

/** What one walk over a text found. The arrays are reused by the next walk and longer than what they hold. */
export interface Walk extends TextCodes {
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
  /** Number of the next state, per state and column. */
  readonly cells: Uint16Array | Int32Array
  /** Column of each of `CODES`, with `IN_TOKEN`. */
  readonly columns: Uint8Array
  /** States from here on accept something. */
  readonly firstHit: number
  /** Bits of the number of a column. */
  readonly columnBits: number
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
  codes: Uint8Array = new Uint8Array(0)
  beyond = 0

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

  append({ hits, hitStates, hitEnds, runs, runStarts }: Notes): void {
    this.hitStates = appended(this.hitStates, this.hits, hitStates, hits)
    this.hitEnds = appended(this.hitEnds, this.hits, hitEnds, hits)
    this.runStarts = appended(this.runStarts, this.runs, runStarts, runs)
    this.hits += hits
    this.runs += runs
  }
}

function doubled(array: Int32Array): Int32Array {
  const more = new Int32Array(array.length * 2)
  more.set(array)
  return more
}

/** `to` with the first of `from` behind those it holds, in a longer array where it has no room. */
function appended(to: Int32Array, held: number, from: Int32Array, added: number): Int32Array {
  let array = to
  while (array.length < held + added) array = doubled(array)
  array.set(from.subarray(0, added), held)
  return array
}

const encoder = new TextEncoder()

/**
 * Walks texts. Each step waits for the table's cell of the step before, so that two halves of a text are walked side by
 * side in little more time than one, and token characters are counted beside them at no cost.
 */
export class Walker {
  readonly #tables: WalkTables
  readonly #first: Notes = new Notes()
  readonly #second: Notes = new Notes()
  /** The text as one byte for each code unit: an array is read faster than a string. */
  #codes: Uint8Array = new Uint8Array(32 * 1024)
  /** The code units of a text beyond ASCII. */
  #units: Uint16Array<ArrayBuffer> = new Uint16Array(0)

  constructor(tables: WalkTables) {
    this.#tables = tables
  }

  walk(text: string): Walk {
    const { length } = text
    const beyond = this.#read(text)
    const codes = this.#codes
    const { cells, columns, firstHit, columnBits } = this.#tables
    const first = this.#first
    const second = this.#second
    first.clear()
    second.clear()
    const half = length < MIN_SPLIT ? 0 : length >> 1
    let leftState = 0
    let leftRun = 0
    let rightState = this.#stateAt(half)
    let rightRun = this.#runBefore(half)
    for (let i = 0, j = half; i < half; i++, j++) {
      const left = columns[codes[i] ?? 0] ?? 0
      const right = columns[codes[j] ?? 0] ?? 0
      // All ones for a token character, else zero: counts without a branch that would be guessed wrong.
      leftRun = (leftRun + 1) & -(left >> 7)
      rightRun = (rightRun + 1) & -(right >> 7)
      if (leftRun === MIN_RUN) first.run(i + 1 - MIN_RUN)
      if (rightRun === MIN_RUN) second.run(j + 1 - MIN_RUN)
      leftState = cells[(leftState << columnBits) + (left & COLUMN)] ?? 0
      rightState = cells[(rightState << columnBits) + (right & COLUMN)] ?? 0
      if (leftState >= firstHit) first.hit(leftState - firstHit, i + 1)
      if (rightState >= firstHit) second.hit(rightState - firstHit, j + 1)
    }
    for (let j = half * 2; j < length; j++) {
      const right = columns[codes[j] ?? 0] ?? 0
      rightRun = (rightRun + 1) & -(right >> 7)
      if (rightRun === MIN_RUN) second.run(j + 1 - MIN_RUN)
      rightState = cells[(rightState << columnBits) + (right & COLUMN)] ?? 0
      if (rightState >= firstHit) second.hit(rightState - firstHit, j + 1)
    }
    first.append(second)
    first.codes = codes
    first.beyond = beyond
    return first
  }

  /** Fills the array of codes; answers what the text holds beyond ASCII. */
  #read(text: string): number {
    const { length } = text
    if (this.#codes.length < length) this.#codes = new Uint8Array(length * 2)
    const codes = this.#codes
    const { read, written } = encoder.encodeInto(text, codes)
    // A byte for each code unit: nothing but ASCII.
    if (read === length && written === length) return 0
    if (this.#units.length < length) this.#units = new Uint16Array(length * 2)
    const units = this.#units
    Buffer.from(units.buffer).write(text, "utf16le")
    const table = beyondAscii()
    let beyond = 0
    for (let i = 0; i < length; i++) {
      const code = units[i] ?? 0
      codes[i] = code < ABOVE_ASCII ? code : ABOVE_ASCII
      if (code >= ABOVE_ASCII) beyond |= table[code] ?? 0
    }
    return beyond
  }

  /** The state before `at`: the last characters decide it, as many as the longest keyword has. */
  #stateAt(at: number): number {
    const { cells, columns, columnBits, longest } = this.#tables
    const codes = this.#codes
    let state = 0
    for (let i = Math.max(0, at - longest); i < at; i++)
      state = cells[(state << columnBits) + ((columns[codes[i] ?? 0] ?? 0) & COLUMN)] ?? 0
    return state
  }

  /** How many token characters stand before `at`, at most `MIN_RUN`. */
  #runBefore(at: number): number {
    const { columns } = this.#tables
    const codes = this.#codes
    let run = 0
    while (run < Math.min(at, MIN_RUN) && (columns[codes[at - run - 1] ?? 0] ?? 0) >= IN_TOKEN) run++
    return run
  }
}
