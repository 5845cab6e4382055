/** Most repetitions beyond the least that a quantifier is given. */
const SPREAD = 12

/** Writes one text that a pattern describes; `random` answers numbers in [0, 1). */
type Writer = (random: () => number) => string

const PRINTABLE: readonly string[] = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
const DIGITS = range("0", "9")
const WORD = [...range("a", "z"), ...range("A", "Z"), ...DIGITS, "_"]
const ESCAPED: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: WORD,
  s: [" "],
  S: PRINTABLE.slice(1),
  D: PRINTABLE.filter((char) => !DIGITS.includes(char)),
  W: PRINTABLE.filter((char) => !WORD.includes(char)),
  n: ["\n"],
  r: ["\r"],
  t: ["\t"],
}

/**
 * A writer of texts that a rule's pattern matches. Look-around is left out, so a text may be one that the pattern
 * refuses: try it before use. Quantifiers stay near their lower bound.
 */
export function samplePattern(pattern: RegExp): Writer {
  return new Reader(pattern.source).alternation()
}

function range(from: string, to: string): string[] {
  const first = from.charCodeAt(0)
  return Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, i) => String.fromCharCode(first + i))
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  alternation(): Writer {
    const branches = [this.#sequence()]
    while (this.#take("|")) branches.push(this.#sequence())
    return (random) => pick(random, branches)(random)
  }

  #sequence(): Writer {
    const parts: Writer[] = []
    while (this.#at < this.#source.length && !"|)".includes(this.#peek())) {
      const atom = this.#atom()
      parts.push(this.#quantified(atom))
    }
    return (random) => parts.map((part) => part(random)).join("")
  }

  #atom(): Writer {
    if (this.#take("(")) return this.#group()
    if (this.#take("[")) return oneOf(this.#classChars())
    const char = this.#next()
    if (char === ".") return oneOf(PRINTABLE)
    if (char === "^" || char === "$") return () => ""
    return char === "\\" ? this.#escape() : () => char
  }

  #group(): Writer {
    const look = /^\?<?[=!]/.exec(this.#rest())
    const name = /^\?(?::|<[A-Za-z]\w*>|i:|i-:)/.exec(this.#rest())
    this.#at += (look ?? name)?.[0].length ?? 0
    const inner = this.alternation()
    this.#take(")")
    return look === null ? inner : () => ""
  }

  #escape(): Writer {
    const char = this.#next()
    if (char === "b" || char === "B") return () => ""
    return oneOf(this.#escaped(char))
  }

  #escaped(char: string): readonly string[] {
    const hex = char === "x" ? /^[0-9a-fA-F]{2}/ : /^[0-9a-fA-F]{4}/
    const code = char === "x" || char === "u" ? hex.exec(this.#rest())?.[0] : undefined
    if (code === undefined) return ESCAPED[char] ?? [char]
    this.#at += code.length
    return [String.fromCharCode(Number.parseInt(code, 16))]
  }

  #classChars(): readonly string[] {
    const isNegated = this.#take("^")
    const chars = new Set<string>()
    while (!this.#take("]")) for (const char of this.#classItem()) chars.add(char)
    return isNegated ? PRINTABLE.filter((char) => !chars.has(char)) : [...chars]
  }

  #classItem(): readonly string[] {
    const char = this.#next()
    const first = char === "\\" ? this.#escaped(this.#next()) : [char]
    if (first.length > 1 || this.#peek() !== "-" || this.#source.charAt(this.#at + 1) === "]") return first
    this.#at++
    const end = this.#next()
    const last = end === "\\" ? (this.#escaped(this.#next())[0] ?? "") : end
    return range(first[0] ?? "", last)
  }

  #quantified(atom: Writer): Writer {
    const found = /^(?:\{(\d+)(?:(,)(\d*))?\}|[?*+])\??/.exec(this.#rest())
    if (found === null) return atom
    this.#at += found[0].length
    const [least, most] = bounds(found)
    return (random) => {
      const count = least + Math.floor(random() * (Math.min(most, least + SPREAD) - least + 1))
      return Array.from({ length: count }, () => atom(random)).join("")
    }
  }

  #rest(): string {
    return this.#source.slice(this.#at)
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #next(): string {
    return this.#source.charAt(this.#at++)
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false
    this.#at++
    return true
  }
}

function oneOf(chars: readonly string[]): Writer {
  return (random) => pick(random, chars)
}

function bounds([whole, least, comma, most]: RegExpExecArray): [number, number] {
  if (whole.startsWith("?")) return [0, 1]
  if (whole.startsWith("*")) return [0, Number.POSITIVE_INFINITY]
  if (whole.startsWith("+")) return [1, Number.POSITIVE_INFINITY]
  const from = Number(least)
  if (comma === undefined) return [from, from]
  return [from, most === "" || most === undefined ? Number.POSITIVE_INFINITY : Number(most)]
}
