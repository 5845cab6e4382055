import { hasClass, SPACE, TOKEN } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"

/** A 16384-bit RSA key in PEM has 12.7 kB; PGP blocks with certificates reach more. */
const MAX_BLOCK = 64 * 1024
const MAX_PUTTY = 16 * 1024
const HEADER =
  /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----/y
const FOOTER =
  /-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|---- END SSH2 ENCRYPTED PRIVATE KEY ----/y
const PUTTY_HEADER = /PuTTY-User-Key-File-[1-3]: [^\r\n\\"]{0,100}/y
/** Armour headers inside a block (RFC 1421 section 4.6, RFC 9580 section 6.2.2) and PuTTY's fields. */
const FIELD = /[A-Za-z][A-Za-z-]{1,30}: [^\r\n\\"]{0,200}/y
const BACKSLASH = 92
const DASH = 45

/**
 * Characters between the base64 lines of a block: white space, the escapes that stand for it, and the quotes,
 * commas and plus signs of a string that is concatenated over lines.
 */
function skipFiller(text: string, from: number, stop: number): number {
  let i = from
  while (i < stop) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i += hasClass(text, i + 1, SPACE) ? 1 : 2
    else if (hasClass(text, i, SPACE) || "\"'`+,|>#*=".includes(text.charAt(i))) i++
    else break
  }
  return Math.min(i, stop)
}

/** A read tool's line number (`00012| `, `12: `, `   12→`) at the start of a line. */
const LINE_NUMBER = /\d{1,6}(?:[|:→\t]|\. )[ \t]?/y

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** End of the body that begins at `from`: base64 runs and armour headers; prose or an END line stops it. */
function bodyEnd(text: string, from: number, stop: number): number {
  let end = from
  let i = from
  while (i < stop) {
    i = skipFiller(text, i, stop)
    const numbered = matchAt(LINE_NUMBER, text, i)
    if (numbered !== -1) i = numbered
    const field = matchAt(FIELD, text, i)
    if (field !== -1) {
      i = end = field
      continue
    }
    let run = i
    while (run < stop && hasClass(text, run, TOKEN) && text.charCodeAt(run) !== DASH) run++
    while (run < stop && text.charAt(run) === "=") run++
    const isLast =
      run > i && end > from && (run === stop || isBreak(text, run)) && !/\n\s*\n/.test(text.slice(end, i))
    const isLine = run - i >= 16 || isLast
    if (!isLine) return end
    i = end = run
  }
  return end
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 10 || code === 13 || code === BACKSLASH || code === 34 || code === 39
}

/** Start of the base64 lines that end at `to`, for a block whose BEGIN line was cut off. */
function bodyStart(text: string, to: number, floor: number): number {
  let start = to
  let i = to
  while (i > floor) {
    while (i > floor && (hasClass(text, i - 1, SPACE) || text.charCodeAt(i - 1) === 61)) i--
    if (i - 1 > floor && text.charAt(i - 1) === "n" && text.charCodeAt(i - 2) === BACKSLASH) i -= 2
    let run = i
    while (run > floor && hasClass(text, run - 1, TOKEN) && text.charCodeAt(run - 1) !== DASH) {
      if (text.charAt(run - 1) === "n" && text.charCodeAt(run - 2) === BACKSLASH) break
      run--
    }
    if (i - run < 16 && !(i - run > 1 && start === to)) return start
    i = start = run
  }
  return start
}

class PrivateKeyRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number): void {
    if (start < this.#doneTo) return
    const text = this.#text
    if (text.charAt(start) === "P" || text.charAt(start) === "p") {
      this.#putty(start)
      return
    }
    const headerEnd = matchAt(HEADER, text, start)
    if (headerEnd !== -1) this.#block(start, headerEnd)
    else this.#tail(start)
  }

  #block(start: number, headerEnd: number): void {
    const text = this.#text
    const stop = Math.min(text.length, headerEnd + MAX_BLOCK)
    const body = bodyEnd(text, headerEnd, stop)
    const lineAt = skipFiller(text, body, stop)
    const footerAt = matchAt(LINE_NUMBER, text, lineAt)
    const footerEnd = matchAt(FOOTER, text, footerAt === -1 ? lineAt : footerAt)
    const end = footerEnd === -1 ? body : footerEnd
    this.#doneTo = end
    if (body > headerEnd || footerEnd !== -1 || isBareLine(text, start, headerEnd))
      this.#emit("private-key", start, end)
  }

  /** A block without its BEGIN line: `start` is where its END line stands. */
  #tail(start: number): void {
    const end = matchAt(FOOTER, this.#text, start)
    if (end === -1) return
    const from = bodyStart(this.#text, start, Math.max(this.#doneTo, start - MAX_BLOCK))
    this.#doneTo = end
    if (start - from >= 16) this.#emit("private-key", from, end)
  }

  /** PuTTY's PPK format: fields, then `Private-Lines` or `Private-MAC`. */
  #putty(start: number): void {
    const text = this.#text
    const headerEnd = matchAt(PUTTY_HEADER, text, start)
    if (headerEnd === -1) return
    const end = bodyEnd(text, headerEnd, Math.min(text.length, start + MAX_PUTTY))
    this.#doneTo = Math.max(end, start + 1)
    if (end - start > 60) this.#emit("private-key", start, end)
  }
}

/** A header that stands alone on its line, outside quotes, announces a key that was cut off. */
function isBareLine(text: string, start: number, end: number): boolean {
  const before = start === 0 || hasClass(text, start - 1, SPACE)
  return before && (end === text.length || hasClass(text, end, SPACE))
}

/** Private keys in PEM, OpenSSH, PGP and PuTTY form; encrypted, escaped and cut-off ones too. */
export const privateKeyPass: Pass = {
  detectors: [
    {
      id: "private-key",
      title: "Private key block (PEM, OpenSSH, PGP, PuTTY)",
      source: "https://www.rfc-editor.org/rfc/rfc7468",
      label: "PrivateKeyDetector",
    },
  ],
  keywords: ["-----begin ", "-----end ", "---- begin ssh2", "putty-user-key-file-"],
  begin: (text, emit) => new PrivateKeyRun(text, emit),
}
