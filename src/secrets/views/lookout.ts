import { hasClass, startsToken, TOKEN } from "../charset.ts"
import type { Pass, PassRun } from "../pass.ts"
import type { Rule } from "../rule.ts"
import { cutTokenDetector, isCutToken } from "./cut-token.ts"
import { mayBeEncoded } from "./encoded-head.ts"
import { Marks } from "./marks.ts"
import { tokenEnd } from "./seam.ts"
import { strongPrefixes } from "./strong-prefix.ts"
import type { Span } from "./view.ts"

/** What a scan came by that may be part of a secret in another writing. */
export interface Sightings {
  /** Tokens with a vendor's prefix after which a line or a string ends. */
  readonly broken: readonly Span[]
  /** Runs of token characters whose first ones may be text in base64 or hex. */
  readonly encoded: readonly Span[]
  /** Where words stand that name secrets, ascending. */
  readonly names: readonly number[]
  /** What the inline view may undo, as the bits of `marks.ts`. */
  readonly marks: number
}

/** Parts of the names of secrets; the value may stand on a line below. All are keywords of the pass for assignments. */
const NAME_WORDS: readonly string[] = [
  "pass",
  "pwd",
  "psw",
  "secret",
  "token",
  "key",
  "auth",
  "cred",
  "access",
  "private",
  "login",
  "unseal",
  "mnemonic",
  "pw:",
  'pw"',
  "api:",
  'api"',
  "salt:",
  'salt"',
]

/** A pass that collects sightings on the walk that finds the plain secrets, and reports tokens that were cut off. */
export interface Lookout {
  readonly pass: Pass
  /** These take note of names, and of what may be written otherwise; they report nothing. */
  readonly names: Pass
  readonly marks: Pass
  /** The sightings of the scan that ended last. */
  take(): Sightings
}

/** @param rules those whose prefixes tell a token although it is not whole */
export function createLookout(rules: readonly Rule[]): Lookout {
  let broken: Span[] = []
  let encoded: Span[] = []
  let named: number[] = []
  const marks = new Marks()
  const begin: Pass["begin"] = (text, emit) => {
    broken = []
    encoded = []
    return new LookoutRun(text, { broken, encoded }, (start, end) => emit(cutTokenDetector.id, start, end))
  }
  let keywords: readonly string[] | undefined
  const pass: Pass = {
    detectors: [cutTokenDetector],
    /** Gathered when the first text is scanned, not at start-up. */
    get keywords() {
      keywords ??= strongPrefixes(rules)
      return keywords
    },
    begin,
  }
  const take = (): Sightings => {
    const sightings = { broken, encoded, names: named, marks: marks.found }
    broken = []
    encoded = []
    named = []
    return sightings
  }
  const names: Pass = {
    detectors: [],
    keywords: NAME_WORDS,
    begin() {
      const starts: number[] = []
      named = starts
      return { hit: (start) => void starts.push(start) }
    },
  }
  return { pass, names, marks: marks.pass, take }
}

class LookoutRun implements PassRun {
  readonly #text: string
  readonly #broken: Span[]
  readonly #encoded: Span[]
  readonly #emit: (start: number, end: number) => void
  #start = -1
  #end = -1

  constructor(
    text: string,
    sightings: { broken: Span[]; encoded: Span[] },
    emit: (start: number, end: number) => void,
  ) {
    this.#text = text
    this.#broken = sightings.broken
    this.#encoded = sightings.encoded
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    const text = this.#text
    if (start < this.#end && start !== this.#start) return
    if (!startsToken(text, start)) return
    const tokenStop = start === this.#start ? this.#end : tokenEnd(text, end)
    if (start !== this.#start && isBreak(text, tokenStop)) this.#broken.push({ start, end: tokenStop })
    this.#start = start
    this.#end = tokenStop
    // Base64 of any JSON begins with `eyJ`; the pass for web tokens tells those that were cut off.
    if (!text.startsWith("eyJ", start) && isCutToken(text, end, tokenStop)) this.#emit(start, tokenStop)
  }

  run(start: number, end: number): void {
    if (mayBeEncoded(this.#text, start, end)) this.#encoded.push({ start, end })
  }
}

/** A line, a string or an escape may end here. */
function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    code === 10 ||
    code === 13 ||
    code === 34 ||
    code === 39 ||
    code === 92 ||
    code === 96 ||
    (code === 61 && !hasClass(text, at + 1, TOKEN)) ||
    ((code === 32 || code === 9) && /^[ \t]{1,8}(?:[\\^`][ \t]{0,4})?\r?\n/.test(text.slice(at, at + 20)))
  )
}
