import { ALNUM, DIGIT, hasClass } from "./charset.ts"

/** Longest value that is read; longer ones are no expressions that matter here. */
const MAX_LENGTH = 200

/** Operators between two operands, longest first. */
const INFIX = /(?:=>|->|::|\?\.|&&|\|\||\?\?|===?|!==?|<<|>>|[-+*/%&|^<>]=|\.{3}|\.\.|[.,;:?=+\-*/%&|^<>])/y
/** What may stand before an operand. */
const PREFIX = /(?:\+\+|--|\.{3}|[-+!~*&@^])/y
/** Numbers of programming languages: decimal, with a unit or a type behind, hex, octal and binary. */
const NUMBER = /(?:0[xX][0-9a-fA-F_]+|0[bo][0-7_]+|[0-9][0-9_]*(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)[a-zA-Z]{0,2}/y
/** A regular expression between slashes. */
const REGEX = /\/[^/\s]{1,190}\/[dgimsuvy]{0,7}/y
/** Of a reference in Rust: `&'a str`. */
const LIFETIME = /'[a-z_]\w*/y
const CAST = /\([A-Za-z_][\w.]*(?:\[\]|\*)*\)(?=[\w"'(&*])/y

const OPENERS = "([{"
const CLOSERS = ")]}"
const QUOTES = "\"'`"

/** Reads a value as an expression of a programming language, word for word. */
class CodeReader {
  readonly #text: string
  /** The closing brackets that are awaited. */
  readonly #open: string[] = []
  /** Nothing stands yet where an operand is expected. */
  #wanted = true
  /** An operand is not needed: behind a bracket that opens, a comma, or a type's angle bracket. */
  #optional = true
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): boolean {
    const text = this.#text
    while (this.#at < text.length) {
      const char = text.charAt(this.#at)
      const isRead = this.#wanted ? this.#operand(char) : this.#operator(char)
      if (!isRead) return false
    }
    return true
  }

  #operand(char: string): boolean {
    if (isWordChar(this.#text, this.#at)) return this.#word()
    if (QUOTES.includes(char)) return this.#string(char)
    if (OPENERS.includes(char)) return this.#cast() || this.#opens(char)
    if (CLOSERS.includes(char)) return this.#optional && this.#closes(char)
    if (char === "/") return this.#take(REGEX, false)
    if (this.#optional && ",;>".includes(char)) return this.#take(INFIX, true)
    return this.#take(PREFIX, true)
  }

  #operator(char: string): boolean {
    if (OPENERS.includes(char)) return this.#opens(char)
    if (CLOSERS.includes(char)) return this.#closes(char)
    // A literal with a prefix, `b"v"`; a call with a template.
    if (QUOTES.includes(char)) return hasClass(this.#text, this.#at - 1, ALNUM) && this.#string(char)
    if (char === "!" && this.#text.charAt(this.#at + 1) !== "=") return this.#skip(1, false)
    if (!this.#take(INFIX, true)) return false
    this.#optional = char === "," || char === ";" || char === ">" || char === "<" || char === ":"
    return true
  }

  #word(): boolean {
    const start = this.#at
    if (hasClass(this.#text, start, DIGIT)) {
      NUMBER.lastIndex = start
      if (!NUMBER.test(this.#text)) return false
      this.#at = NUMBER.lastIndex
      this.#wanted = false
      return !isWordChar(this.#text, this.#at)
    }
    while (isWordChar(this.#text, this.#at)) this.#at++
    this.#wanted = false
    return true
  }

  #string(quote: string): boolean {
    const close = this.#text.indexOf(quote, this.#at + 1)
    if (close === -1) return /[&<,]/.test(this.#text.charAt(this.#at - 1)) && this.#take(LIFETIME, true)
    return this.#skip(close + 1 - this.#at, false)
  }

  #cast(): boolean {
    return this.#take(CAST, true)
  }

  #opens(char: string): boolean {
    this.#open.push(CLOSERS.charAt(OPENERS.indexOf(char)))
    this.#optional = true
    return this.#skip(1, true)
  }

  #closes(char: string): boolean {
    const awaited = this.#open.pop()
    // A bracket that was opened before the value closes what holds it: nothing of the value follows.
    if (awaited === undefined) {
      const isRest = /^[)\]},;]+$/.test(this.#text.slice(this.#at))
      this.#at = this.#text.length
      return isRest
    }
    return awaited === char && this.#skip(1, false)
  }

  #take(pattern: RegExp, wanted: boolean): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    return this.#skip(pattern.lastIndex - this.#at, wanted)
  }

  #skip(count: number, wanted: boolean): boolean {
    this.#at += count
    this.#wanted = wanted
    return true
  }
}

/** Letters, digits, `_`, `$` and everything above ASCII. */
function isWordChar(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return hasClass(text, at, ALNUM) || code === 95 || code === 36 || code > 127
}

/**
 * Whether a value without blanks could be an expression of a programming language, cut off at its end or with brackets
 * behind it that close what holds it: operands and operators take turns, brackets and quotes are paired, words do not
 * begin with digits. What is generated with many signs hardly ever is. Linear.
 */
export function readsAsCode(value: string): boolean {
  return value.length > MAX_LENGTH || new CodeReader(value).read()
}
