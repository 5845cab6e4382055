import { ALNUM, hasClass } from "../charset.ts"
import type { KeyName } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { looksHex, looksRandom } from "../token-shape.ts"
import { acceptsValue } from "../value-filter.ts"
import { readArgument } from "./connect-call.ts"

/** How far the arguments of one call are read. */
const WINDOW = 500
const MAX_KEY = 200
/** What turns a literal into the bytes of a key. */
const BYTES = /^(?:Buffer\.from\(|new Buffer\(|\[\]byte\(|(?:bytes\.)?fromhex\(|unhexlify\(|a2b_hex\()/

/** A call that takes a key by position. */
interface KeyCall {
  /** How many arguments stand before the key. */
  readonly before: number
  /** The key is generated: words and short values are something else. */
  readonly generated: boolean
}

const made = (before: number): KeyCall => ({ before, generated: false })
const generated = (before: number): KeyCall => ({ before, generated: true })

/** Calls that sign, encrypt or make a client with a key, in lower case. */
const CALLS: Readonly<Record<string, KeyCall>> = {
  "jwt.sign(": made(1),
  "jwt.encode(": made(1),
  "jwt.verify(": made(1),
  "jwt.decode(": generated(1),
  "createhmac(": made(1),
  "hmac.new(": generated(0),
  "createcipheriv(": generated(1),
  "createdecipheriv(": generated(1),
  "twilio')(": generated(1),
  'twilio")(': generated(1),
  "twilio(": generated(1),
  'client("ac': generated(1),
  "client('ac": generated(1),
  "algoliasearch(": generated(1),
  "ethers.wallet(": generated(0),
  "new wallet(": generated(0),
}
const NAME: KeyName = { strength: 2, named: true, verb: false, madeUp: true }
const STYLE = { quoted: true, line: false, loose: false, exact: true } as const

class KeyCallRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    const text = this.#text
    if (start < this.#doneTo || hasClass(text, start - 1, ALNUM)) return
    const call = CALLS[text.slice(start, end).toLowerCase()]
    if (call === undefined) return
    const limit = Math.min(text.length, end + WINDOW)
    // Two of them hold the beginning of their first argument.
    const isOpen = text.charAt(end - 1) !== "("
    if (isOpen && !/^ac[0-9a-f]{32}["']$/i.test(text.slice(end - 2, end + 33))) return
    let argument = readArgument(text, skipObject(text, isOpen ? end - 3 : end, limit), limit)
    for (let i = 0; i < call.before; i++) {
      this.#doneTo = argument.stop
      if (text.charAt(argument.stop) !== ",") return
      argument = readArgument(text, argument.stop + 1, limit)
    }
    const bytes = BYTES.exec(text.slice(argument.start, argument.start + 20))
    if (bytes !== null) argument = readArgument(text, argument.start + bytes[0].length, limit)
    this.#doneTo = argument.start
    if (!argument.isLiteral || argument.end - argument.start > MAX_KEY) return
    this.#judge(call, argument.start, argument.end)
  }

  #judge({ generated: mustBeGenerated }: KeyCall, start: number, end: number): void {
    const text = this.#text
    const value = text.slice(start, end)
    const from = value.startsWith("0x") ? start + 2 : start
    const isGenerated =
      end - from >= 16 && (looksHex(text, from, end) || (/\d/.test(value) && looksRandom(text, from, end)))
    if (isGenerated ? /[\s:]|\.\w+\./.test(value) : mustBeGenerated) return
    if (acceptsValue(value, NAME, STYLE)) this.#emit("call-key", start, end)
  }
}

/** Behind the object at `from`, as far as it holds no other; `from` where none begins. */
function skipObject(text: string, from: number, limit: number): number {
  return from + (/^\s{0,20}\{[^{}]{0,300}\}/.exec(text.slice(from, limit))?.[0].length ?? 0)
}

/** Keys by position: `jwt.sign(payload, "v")`, `createHmac("sha256", "v")`, `twilio(sid, "v")`, `new ethers.Wallet("0x…")`. */
export const keyCallPass: Pass = {
  detectors: [
    {
      id: "call-key",
      title: "Key as an argument of a call that signs, encrypts or makes a client",
      source: "https://github.com/auth0/node-jsonwebtoken#usage",
      label: "KeywordDetector",
    },
  ],
  keywords: Object.keys(CALLS),
  begin: (text, emit) => new KeyCallRun(text, emit),
}
