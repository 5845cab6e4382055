import { DIGIT, hasClass } from "../charset.ts"
import { shannonBits } from "../entropy.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isHashLength, isSequence, isUuid, looksHex, looksRandom } from "../token-shape.ts"

const MAX_QUOTED = 160
const BASE64_BITS = 4.5
/** How far before a token its keyword may stand, on the same line. */
const CONTEXT = 60
const NAMED =
  /(?:password|passwd|passphrase|secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|credential)s?\b[^\n]*$/i
/** Names beside which hex or base64 is a digest, an id or public. */
const HARMLESS =
  /(?:sha\d{0,3}|md5|hash|digest|checksum|integrity|resolved|commit|rev(?:ision)?|etag|uuid|guid|\bid|_id|Id|public|pub|fingerprint|nonce|trace|span|request|blob|tree|parent|version|cache|sourcemap|mappings|base64,|cert(?:ificate)?|ssh-\w+|h1:|h12:|source|narhash|node_modules|build|image|layer)["']?\s*[:=\s(,[-]*["'`]?$/i

class EntropyRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  readonly #keywords: number[] = []
  #nearest = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(_start: number, end: number): void {
    this.#keywords.push(end)
  }

  run(start: number, end: number): void {
    const keywords = this.#keywords
    while (this.#nearest + 1 < keywords.length && (keywords[this.#nearest + 1] ?? 0) <= start) this.#nearest++
    const keyword = keywords[this.#nearest]
    const isNear = keyword !== undefined && keyword <= start && start - keyword <= CONTEXT
    if (isQuoted(this.#text, start, end)) this.#quoted(start, end, isNear)
    else if (isNear) this.#near(start, end)
  }

  #quoted(start: number, end: number, isNear: boolean): void {
    const text = this.#text
    if (end - start > MAX_QUOTED || !hasDigit(text, start, end) || isHarmlessForm(text, start, end)) return
    const isHex = looksHex(text, start, end)
    if (isHex && !isNear && isHashLength(end - start)) return
    if (!isHex && (shannonBits(text, start, end) < BASE64_BITS || !looksRandom(text, start, end))) return
    const before = text.slice(Math.max(0, start - CONTEXT), start)
    if (HARMLESS.test(before) || isUuid(text.slice(start, end))) return
    if (isHex && isHashLength(end - start) && !namesIt(before)) return
    this.#emit(isHex ? "entropy-hex" : "entropy-base64", start, withPadding(text, end))
  }

  #near(start: number, end: number): void {
    const text = this.#text
    const before = text.slice(Math.max(0, start - CONTEXT), start)
    if (end - start > MAX_QUOTED || !namesIt(before) || HARMLESS.test(before)) return
    if (
      hasClass(text, start - 1, 0) ||
      /[\w.$/\\-]$/.test(before) ||
      /^[.(\w\\/]/.test(text.slice(end, end + 1))
    )
      return
    const value = text.slice(start, end)
    if (isUuid(value) || isHarmlessForm(text, start, end) || !/[0-9]/.test(value) || !/[A-Za-z]/.test(value))
      return
    if (looksHex(text, start, end)) this.#emit("entropy-hex", start, end)
    else if (looksRandom(text, start, end)) this.#emit("entropy-base64", start, withPadding(text, end))
  }
}

/** The keyword stands on the same line and names what follows. */
function namesIt(before: string): boolean {
  return NAMED.test(before)
}

function isQuoted(text: string, start: number, end: number): boolean {
  const open = text.charAt(start - 1)
  if (open !== '"' && open !== "'" && open !== "`") return false
  const after = withPadding(text, end)
  return text.charAt(after) === open || (text.charAt(after) === "\\" && text.charAt(after + 1) === open)
}

/** Integrity values (`sha512-…`, W3C SRI) and alphabets. */
function isHarmlessForm(text: string, start: number, end: number): boolean {
  return /^sha\d{1,3}-/.test(text.slice(start, start + 8)) || isSequence(text, start, end)
}

function hasDigit(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (hasClass(text, i, DIGIT)) return true
  return false
}

function withPadding(text: string, end: number): number {
  let i = end
  while (i < end + 2 && text.charAt(i) === "=") i++
  return i
}

/** Generated characters in quotes, and unquoted ones after a word that names a secret. */
export const entropyPass: Pass = {
  detectors: [
    {
      id: "entropy-hex",
      title: "High-entropy hex string",
      source: "https://github.com/Yelp/detect-secrets (HexHighEntropyString)",
      label: "HexHighEntropyString",
    },
    {
      id: "entropy-base64",
      title: "High-entropy base64 string",
      source: "https://github.com/Yelp/detect-secrets (Base64HighEntropyString)",
      label: "Base64HighEntropyString",
    },
  ],
  keywords: ["pass", "secret", "token", "key", "cred"],
  begin: (text, emit) => new EntropyRun(text, emit),
}
