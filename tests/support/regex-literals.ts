/** A regular expression literal of a TypeScript file. */
export interface RegexLiteral {
  readonly source: string
  readonly flags: string
  readonly line: number
}

/** Words that are followed by an expression, so that a slash behind them begins a literal. */
const BEFORE_EXPRESSION = new Set(
  "return typeof case in of delete void throw new else do await yield instanceof".split(" "),
)

/** Reads TypeScript just closely enough to tell regular expression literals from divisions, strings and comments. */
class Reader {
  readonly #text: string
  #at = 0
  /** A slash here would begin a literal. */
  #isOperand = true
  /** Open braces inside each open `${` of a template. */
  readonly #templates: number[] = []
  readonly literals: RegexLiteral[] = []

  constructor(text: string) {
    this.#text = text
  }

  read(): readonly RegexLiteral[] {
    while (this.#at < this.#text.length) this.#token()
    return this.literals
  }

  #token(): void {
    const rest = this.#text.slice(this.#at, this.#at + 2)
    const char = rest.charAt(0)
    if (/\s/.test(char)) this.#at++
    else if (rest === "//") this.#skipTo("\n")
    else if (rest === "/*") this.#skipTo("*/")
    else if (char === "/") this.#slash()
    else if (char === '"' || char === "'") this.#string(char)
    else if (char === "`") this.#template()
    else if (/[\w$]/.test(char)) this.#word()
    else this.#sign(char)
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at + 2)
    this.#at = found === -1 ? this.#text.length : found + end.length
  }

  #string(quote: string): void {
    this.#at++
    while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== quote)
      this.#at += this.#text.charAt(this.#at) === "\\" ? 2 : 1
    this.#at++
    this.#isOperand = false
  }

  /** Stands at the backtick, or at the brace that ends a part in braces. */
  #template(): void {
    this.#at++
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at)
      if (char === "`") break
      if (char === "$" && this.#text.charAt(this.#at + 1) === "{") {
        this.#at += 2
        this.#templates.push(0)
        this.#isOperand = true
        return
      }
      this.#at += char === "\\" ? 2 : 1
    }
    this.#at++
    this.#isOperand = false
  }

  #word(): void {
    const word = /^[\w$]+/.exec(this.#text.slice(this.#at, this.#at + 100))?.[0] ?? " "
    this.#at += word.length
    this.#isOperand = BEFORE_EXPRESSION.has(word)
  }

  #sign(char: string): void {
    const open = this.#templates.at(-1)
    if (open !== undefined && char === "}" && open === 0) {
      this.#templates.pop()
      this.#template()
      return
    }
    if (open !== undefined && (char === "{" || char === "}"))
      this.#templates[this.#templates.length - 1] = open + (char === "{" ? 1 : -1)
    this.#at++
    this.#isOperand = char !== ")" && char !== "]"
  }

  #slash(): void {
    const start = this.#at++
    if (!this.#isOperand) {
      this.#isOperand = true
      return
    }
    let inClass = false
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text.charAt(this.#at)
      if (char === "\n") throw new Error(`Line ${this.#lineOf(start)}: a pattern does not end.`)
      if (char === "\\") this.#at++
      else if (char === "[") inClass = true
      else if (char === "]") inClass = false
      else if (char === "/" && !inClass) break
    }
    const source = this.#text.slice(start + 1, this.#at)
    const flags = /^[a-z]*/.exec(this.#text.slice(this.#at + 1, this.#at + 12))?.[0] ?? ""
    this.#at += 1 + flags.length
    this.#isOperand = false
    this.literals.push({ source, flags, line: this.#lineOf(start) })
  }

  #lineOf(at: number): number {
    return this.#text.slice(0, at).split("\n").length
  }
}

/** Every regular expression literal of a source text, in order. */
export function regexLiterals(text: string): readonly RegexLiteral[] {
  return new Reader(text).read()
}
