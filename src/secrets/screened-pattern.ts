import { admits, type PatternShape, shapeOf } from "./pattern-shape.ts"
import { charBit } from "./value-chars.ts"

/** Of a branch of a pattern: sets of kinds of characters of which a match holds one completely, and its lengths. */
interface Needs {
  readonly sets: readonly number[]
  readonly least: number
  readonly most: number
}

/** More sets than this tell too little. */
const MAX_SETS = 12
const NOTHING: Needs = { sets: [0], least: 0, most: 0 }
const ANYTHING: Needs = { sets: [0], least: 0, most: Number.POSITIVE_INFINITY }

/** Thrown inside for syntax outside of what patterns here are written in. */
class NotUnderstood extends Error {}

function either(branches: readonly Needs[]): Needs {
  const sets = [...new Set(branches.flatMap((branch) => branch.sets))]
  return {
    sets: sets.length > MAX_SETS ? [0] : sets,
    least: Math.min(...branches.map(({ least }) => least)),
    most: Math.max(...branches.map(({ most }) => most)),
  }
}

function both(a: Needs, b: Needs): Needs {
  const sets = [...new Set(a.sets.flatMap((one) => b.sets.map((other) => one | other)))]
  return { sets: sets.length > MAX_SETS ? a.sets : sets, least: a.least + b.least, most: a.most + b.most }
}

/** Reads what every match of a pattern holds. Only ever too generous. */
class NeedsReader {
  readonly #source: string
  /** Under the flag `u` a character may be two code units, and letters above ASCII fold to some of ASCII. */
  readonly #isUnicode: boolean
  #at = 0

  constructor(source: string, isUnicode: boolean) {
    this.#source = source
    this.#isUnicode = isUnicode
  }

  read(): Needs {
    const needs = this.#alternatives()
    if (this.#at < this.#source.length) throw new NotUnderstood()
    return needs
  }

  #alternatives(): Needs {
    const branches = [this.#sequence()]
    while (this.#take("|")) branches.push(this.#sequence())
    return either(branches)
  }

  #sequence(): Needs {
    let needs = NOTHING
    while (this.#at < this.#source.length && !"|)".includes(this.#source.charAt(this.#at)))
      needs = both(needs, this.#quantified())
    return needs
  }

  #quantified(): Needs {
    const needs = this.#atom()
    const quantifier = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at, this.#at + 16))
    if (quantifier === null) return needs
    this.#at += quantifier[0].length
    const [, sign, low, comma, high] = quantifier
    const least = sign === undefined ? Number(low) : Number(sign === "+")
    const isOpen = sign === "*" || sign === "+" || (comma === "," && high === "")
    const most = isOpen ? Number.POSITIVE_INFINITY : sign === "?" ? 1 : Number(comma === "" ? low : high)
    return {
      sets: least === 0 ? [0] : needs.sets,
      least: needs.least * least,
      most: needs.most === 0 ? 0 : needs.most * most,
    }
  }

  #atom(): Needs {
    const char = this.#source.charAt(this.#at++)
    if (char === "(") return this.#group()
    if (char === "^" || char === "$") return NOTHING
    if (char === "[") return this.#class()
    if (char === ".") return this.#one([0])
    if (char === "\\") return this.#escape()
    if (char === "" || "*+?".includes(char)) throw new NotUnderstood()
    return this.#one([charBit(char.charCodeAt(0))])
  }

  #group(): Needs {
    const opening = /^\?(?::|<?[=!]|<\w+>)/.exec(this.#source.slice(this.#at, this.#at + 60))?.[0] ?? ""
    if (opening === "" && this.#source.charAt(this.#at) === "?") throw new NotUnderstood()
    this.#at += opening.length
    const inner = this.#alternatives()
    if (!this.#take(")")) throw new NotUnderstood()
    return /[=!]$/.test(opening) ? NOTHING : inner
  }

  #escape(): Needs {
    const char = this.#source.charAt(this.#at++)
    if (char === "b" || char === "B") return NOTHING
    if (char === "d") return this.#one([charBit(48)])
    if (char === "u" || char === "x") return this.#code(char === "x")
    if (/[DwWsSpP1-9k]/.test(char)) {
      if (/[pP]/.test(char)) this.#at += /^\{[^}]{1,40}\}/.exec(this.#source.slice(this.#at))?.[0].length ?? 0
      return /[1-9k]/.test(char) ? ANYTHING : this.#one([0])
    }
    if (/[nrtfv]/.test(char)) return this.#one([charBit(32)])
    if (/\w/.test(char)) throw new NotUnderstood()
    return this.#one([charBit(char.charCodeAt(0))])
  }

  /** What a code in hex stands for. */
  #code(isShort: boolean): Needs {
    const rest = this.#source.slice(this.#at, this.#at + 8)
    const digits = (isShort ? /^[0-9a-fA-F]{2}/ : /^(?:\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{4})/).exec(rest)?.[0]
    if (digits === undefined) throw new NotUnderstood()
    this.#at += digits.length
    return this.#one([charBit(Number.parseInt(digits.replace("{", ""), 16))])
  }

  /** One of several signs; a class that also holds letters or escapes tells nothing. */
  #class(): Needs {
    const close = /^(?:[^\]\\]|\\.)*\]/s.exec(this.#source.slice(this.#at))?.[0]
    if (close === undefined) throw new NotUnderstood()
    this.#at += close.length
    const members = close.slice(0, -1)
    const isRange = /[^\\]-./s.test(members)
    if (isRange || /^\^|[A-Za-z0-9]|\\[^\]\\[/.*+?(){}|^$-]|[^\0-\x7f]/.test(members)) return this.#one([0])
    const signs = members.replace(/\\(.)/g, "$1")
    return this.#one([...new Set(Array.from(signs, (sign) => charBit(sign.charCodeAt(0))))])
  }

  /** One character of one of the kinds. */
  #one(kinds: readonly number[]): Needs {
    const isVague = kinds.length > MAX_SETS || (this.#isUnicode && kinds.includes(charBit(97)))
    return { sets: isVague ? [0] : kinds, least: 1, most: this.#isUnicode ? 2 : 1 }
  }

  #take(char: string): boolean {
    if (this.#source.charAt(this.#at) !== char) return false
    this.#at++
    return true
  }
}

/** The alternatives of a source, also those of one group that `^` stands before. */
function branchesOf(source: string): string[] {
  const branches = split(source)
  const group = branches.length === 1 ? /^\^\(\?:(.*)\)((?![*+?{])[^()]*)$/s.exec(source) : null
  const inner = group?.[1] === undefined ? undefined : split(group[1])
  if (inner === undefined || !inner.every(isWhole)) return branches
  return inner.map((branch) => `^(?:${branch})${group?.[2] ?? ""}`)
}

/** Cuts a source at the bars outside of groups and classes. */
function split(source: string): string[] {
  const branches: string[] = []
  let depth = 0
  let inClass = false
  let from = 0
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i)
    if (char === "\\") i++
    else if (inClass) inClass = char !== "]"
    else if (char === "[") inClass = true
    else if (char === "(") depth++
    else if (char === ")") depth--
    else if (char === "|" && depth === 0) {
      branches.push(source.slice(from, i))
      from = i + 1
    }
  }
  return [...branches, source.slice(from)]
}

/** Whether brackets close in the order in which they open. */
function isWhole(source: string): boolean {
  const bare = source.replace(/\\./gs, "").replace(/\[[^[\]]*\]/g, "")
  let depth = 0
  for (const char of bare) {
    if (char === "(") depth++
    if (char === ")" && --depth < 0) return false
  }
  return depth === 0
}

function needsOf(branch: string, isUnicode: boolean): Needs {
  try {
    return new NeedsReader(branch, isUnicode).read()
  } catch (error) {
    if (error instanceof NotUnderstood) return ANYTHING
    throw error
  }
}

/** Branches of a pattern that ask for the same, as one pattern. */
interface Part {
  readonly needs: readonly number[]
  readonly least: number
  /** Infinite where the pattern may match a piece of a value. */
  readonly most: number
  /** How a match begins, where it begins the value. */
  readonly shape: PatternShape | undefined
  readonly pattern: RegExp
}

function partsOf(pattern: RegExp): Part[] {
  const groups = new Map<string, { readonly needs: Needs; readonly branches: string[] }>()
  for (const branch of branchesOf(pattern.source)) {
    const { sets, least, most } = needsOf(branch, pattern.unicode)
    const isFirst = branch.startsWith("^")
    const isAnchored = isFirst && branch.endsWith("$") && !branch.endsWith("\\$")
    const needs: Needs = { sets, least, most: isAnchored ? most : Number.POSITIVE_INFINITY }
    const key = JSON.stringify([[...sets].sort((a, b) => a - b), isFirst, isAnchored])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { needs, branches: [branch] })
    else groups.set(key, { needs: either([known.needs, needs]), branches: [...known.branches, branch] })
  }
  return [...groups.values()].map(({ needs, branches }) => {
    const part = new RegExp(branches.join("|"), pattern.flags)
    const isFirst = branches.every((branch) => branch.startsWith("^"))
    return {
      needs: needs.sets,
      least: needs.least,
      most: needs.most,
      shape: isFirst ? shapeOf(part) : undefined,
      pattern: part,
    }
  })
}

/**
 * A pattern for values that is run only where it may match: each of its branches asks for certain signs and lengths,
 * and what is generated holds few signs. Finds what the pattern finds.
 */
export class ScreenedPattern {
  readonly #pattern: RegExp
  #parts: readonly Part[] | undefined
  /** The parts that may match a value with certain characters, by those; of generated values most hold the same. */
  readonly #admitted = new Map<number, readonly Part[]>()
  #lastChars = -1
  #lastParts: readonly Part[] = []

  /** @param pattern neither global nor sticky, without groups that count */
  constructor(pattern: RegExp) {
    this.#pattern = pattern
  }

  /** @param chars what `charsOf(value)` tells */
  test(value: string, chars: number): boolean {
    if (chars !== this.#lastChars) {
      this.#lastParts = this.#partsFor(chars)
      this.#lastChars = chars
    }
    const parts = this.#lastParts
    const { length } = value
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]
      if (part === undefined || length < part.least || length > part.most) continue
      if (part.shape !== undefined && !admits(part.shape, value, 0)) continue
      if (part.pattern.test(value)) return true
    }
    return false
  }

  #partsFor(chars: number): readonly Part[] {
    const known = this.#admitted.get(chars)
    if (known !== undefined) return known
    this.#parts ??= partsOf(this.#pattern)
    const parts = this.#parts.filter(({ needs }) => meets(needs, chars))
    if (this.#admitted.size >= MAX_ADMITTED) this.#admitted.clear()
    this.#admitted.set(chars, parts)
    return parts
  }
}
const MAX_ADMITTED = 64

function meets(needs: readonly number[], chars: number): boolean {
  for (let i = 0; i < needs.length; i++) if (((needs[i] ?? 0) & ~chars) === 0) return true
  return false
}
