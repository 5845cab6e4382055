/**
 * What a pattern asks of the first characters of a match, read off its source: a few table look-ups tell that it
 * cannot match at a place, where running it would take a call into the engine of regular expressions. Only ever too
 * generous: a construct that is not understood allows everything.
 */
export interface PatternShape {
  /** Per offset from the start of a match, the codes that may stand there; index 128 is everything above ASCII. */
  readonly offsets: readonly Uint8Array[]
}

/** Offsets that are looked at. */
const LIMIT = 24
const BEYOND: number = 1 << LIMIT
const ALL_OFFSETS: number = BEYOND * 2 - 1
const ABOVE_ASCII = 128
const CODES = 129
/** Quantifiers without an upper bound. */
const UNBOUNDED = 1e6

/** From the offsets where a part of a pattern may begin to those where it may end; a set of offsets is a bit mask. */
type Step = (starts: number) => number
type Codes = Uint8Array

/** Thrown inside for syntax outside of what rules are written in. */
class NotUnderstood extends Error {}

function codesOf(holds: (code: number) => boolean, aboveAscii: boolean): Codes {
  return Uint8Array.from({ length: CODES }, (_, code) =>
    Number(code === ABOVE_ASCII ? aboveAscii : holds(code)),
  )
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
const isWord = (code: number): boolean => isDigit(code) || isLetter(code) || code === 95
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13)
const isNewline = (code: number): boolean => code === 10 || code === 13

/** Reads one pattern into steps, and notes what may stand at each offset while the steps run. */
class ShapeReader {
  readonly #source: string
  readonly #isCaseless: boolean
  readonly #dotAll: boolean
  readonly #isUnicode: boolean
  #at = 0
  readonly found: (Codes | undefined)[] = []

  constructor(pattern: RegExp) {
    this.#source = pattern.source
    this.#isCaseless = pattern.ignoreCase
    this.#dotAll = pattern.dotAll
    this.#isUnicode = pattern.unicode
  }

  read(): Step {
    const step = this.#alternatives()
    if (this.#at < this.#source.length) throw new NotUnderstood()
    return step
  }

  #alternatives(): Step {
    const branches = [this.#sequence()]
    while (this.#take("|")) branches.push(this.#sequence())
    const [only] = branches
    if (branches.length === 1 && only !== undefined) return only
    return (starts) => branches.reduce((ends, branch) => ends | branch(starts), 0)
  }

  #sequence(): Step {
    const steps: Step[] = []
    while (this.#at < this.#source.length && !"|)".includes(this.#peek())) steps.push(this.#quantified())
    return (starts) => steps.reduce((ends, step) => step(ends), starts)
  }

  #quantified(): Step {
    const step = this.#atom()
    const quantifier = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at, this.#at + 16))
    if (quantifier === null) return step
    this.#at += quantifier[0].length
    const [, sign, low, comma, high] = quantifier
    const least = sign === undefined ? Number(low) : Number(sign === "+")
    if (sign !== undefined) return repeated(step, least, sign === "?" ? 1 : UNBOUNDED)
    return repeated(step, least, comma === "" ? least : high === "" ? UNBOUNDED : Number(high))
  }

  #atom(): Step {
    const char = this.#next()
    if (char === "(") return this.#group()
    if (char === "^" || char === "$") return (starts) => starts
    if (char === "[") return this.#oneOf(this.#class())
    if (char === ".") return this.#oneOf(codesOf((code) => this.#dotAll || !isNewline(code), true))
    if (char === "\\") return this.#escape()
    if ("*+?".includes(char)) throw new NotUnderstood()
    return this.#oneOf(this.#literal(char.charCodeAt(0)))
  }

  #group(): Step {
    const opening = /^\?(?::|<?[=!]|<\w+>)/.exec(this.#source.slice(this.#at, this.#at + 60))?.[0] ?? ""
    if (opening === "" && this.#peek() === "?") throw new NotUnderstood()
    this.#at += opening.length
    const inner = this.#alternatives()
    if (!this.#take(")")) throw new NotUnderstood()
    return /[=!]$/.test(opening) ? (starts) => starts : inner
  }

  #escape(): Step {
    const char = this.#next()
    if (char === "b" || char === "B") return (starts) => starts
    if (/[1-9k]/.test(char)) throw new NotUnderstood()
    this.#at--
    return this.#oneOf(this.#escaped(char))
  }

  /** The codes of an escape inside or outside a class; stands at the character behind the backslash. */
  #escaped(char: string): Codes {
    this.#at++
    if (char === "d") return codesOf(isDigit, false)
    if (char === "D") return codesOf((code) => !isDigit(code), true)
    // Unicode folding maps two letters above ASCII to k and s.
    if (char === "w") return codesOf(isWord, this.#isCaseless)
    if (char === "W") return codesOf((code) => !isWord(code), true)
    if (char === "s") return codesOf(isSpace, true)
    if (char === "S") return codesOf((code) => !isSpace(code), true)
    const control = "nrtfv0".indexOf(char)
    if (control !== -1) return this.#literal([10, 13, 9, 12, 11, 0][control] ?? 0)
    const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(
      this.#source.slice(this.#at - 1, this.#at + 4),
    )
    if (hex !== null) {
      this.#at += hex[0].length - 1
      return this.#literal(Number.parseInt(hex[1] ?? hex[2] ?? "", 16))
    }
    if (isWord(char.charCodeAt(0))) throw new NotUnderstood()
    return this.#literal(char.charCodeAt(0))
  }

  #class(): Codes {
    const isNegated = this.#take("^")
    const codes = new Uint8Array(CODES)
    while (!this.#take("]")) {
      const low = this.#member()
      const isRange = this.#peek() === "-" && this.#source.charAt(this.#at + 1) !== "]"
      if (isRange) this.#at++
      addRange(codes, low, isRange ? this.#member() : low)
    }
    if (this.#isCaseless) fold(codes)
    if (!isNegated) return codes
    return codesOf((code) => codes[code] === 0, true)
  }

  #member(): Codes {
    const char = this.#next()
    if (char !== "\\") return single(char.charCodeAt(0))
    const escaped = this.#next()
    if (escaped === "b") return single(8)
    this.#at--
    return this.#escaped(escaped)
  }

  #literal(code: number): Codes {
    const codes = single(code)
    if (this.#isCaseless) fold(codes)
    return codes
  }

  /** One character; under the flag `u` it may be two code units, which are both above ASCII. */
  #oneOf(codes: Codes): Step {
    const step = (starts: number): number => {
      for (let offset = 0; offset < LIMIT; offset++) if (starts & (1 << offset)) this.#note(offset, codes)
      return ((starts << 1) & ALL_OFFSETS) | (starts & BEYOND)
    }
    if (!this.#isUnicode || codes[ABOVE_ASCII] === 0) return step
    return (starts) => {
      const first = step(starts)
      return first | step(first)
    }
  }

  #note(offset: number, codes: Codes): void {
    const known = this.found[offset]
    if (known === undefined) this.found[offset] = codes
    else if (known !== codes) this.found[offset] = known.map((holds, code) => holds | (codes[code] ?? 0))
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #next(): string {
    if (this.#at >= this.#source.length) throw new NotUnderstood()
    return this.#source.charAt(this.#at++)
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false
    this.#at++
    return true
  }
}

function single(code: number): Codes {
  const codes = new Uint8Array(CODES)
  codes[Math.min(code, ABOVE_ASCII)] = 1
  return codes
}

/** Adds what `low` holds, or all from the code that `low` holds to the one that `high` holds. */
function addRange(codes: Codes, low: Codes, high: Codes): void {
  const from = low.indexOf(1)
  const to = high === low ? from : high.indexOf(1)
  for (let code = 0; code < CODES; code++)
    if (low[code] === 1 || high[code] === 1 || (code >= from && code <= to)) codes[code] = 1
}

/** Folds letters, and lets through what folds to `k` and `s` under Unicode. */
function fold(codes: Codes): void {
  for (let upper = 65; upper <= 90; upper++) {
    const holds = (codes[upper] ?? 0) | (codes[upper + 32] ?? 0)
    codes[upper] = holds
    codes[upper + 32] = holds
    if (holds === 1 && (upper === 75 || upper === 83)) codes[ABOVE_ASCII] = 1
  }
}

function repeated(step: Step, least: number, most: number): Step {
  return (starts) => {
    let ends = starts
    for (let count = 0; count < least; count++) {
      const next = step(ends)
      if (next === ends) break
      ends = next
    }
    let all = ends
    for (let count = least; count < most; count++) {
      ends = step(ends)
      if ((all | ends) === all) break
      all |= ends
    }
    return all
  }
}

/** Reads off the shape; undefined where the pattern may be empty or is not understood. */
export function shapeOf(pattern: RegExp): PatternShape | undefined {
  if (pattern.flags.includes("v")) return undefined
  const reader = new ShapeReader(pattern)
  try {
    const ends = reader.read()(1)
    const shortest = Array.from({ length: LIMIT }, (_, offset) => offset).find((at) => ends & (1 << at))
    const offsets = reader.found.slice(0, shortest ?? LIMIT).filter((codes) => codes !== undefined)
    return offsets.length === 0 ? undefined : { offsets }
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

/** Whether a match may begin at `start`. From the far end, where a word that only looks alike has ended. */
export function admits({ offsets }: PatternShape, text: string, start: number): boolean {
  for (let i = offsets.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(start + i)
    if (offsets[i]?.[code < ABOVE_ASCII ? code : ABOVE_ASCII] === 0) return false
  }
  return true
}
