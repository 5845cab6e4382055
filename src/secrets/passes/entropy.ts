import { ALNUM, codeSet, hasClass, NAME } from "../charset.ts"
import { whatIsSaid } from "../credential-context.ts"
import { isDummy } from "../dummy.ts"
import { shannonBits } from "../entropy.ts"
import { encodesText, isIdentifierShape } from "../id-shape.ts"
import { isChecksum } from "../key-context.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isPrefixedId, isPrefixedToken } from "../prefixed-token.ts"
import { isHashLength, isSequence, isUuid, looksHex, looksRandom } from "../token-shape.ts"
import { nameKind } from "../value-name.ts"

const MAX_TOKEN = 160
const BASE64_BITS = 4.5
const MIN_ASSIGNED = 24
/** How far before a token its keyword may stand, on the same line. */
const CONTEXT = 60
const NAMED =
  /(?:password|passwd|passphrase|secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|credential)s?\b(?![/@]\w|@\^|\.(?:css|go|html?|java|[cm]?[jt]sx?|json|md|py|rb|rs|ya?ml)\b|-[a-z]{1,20}(?:[@/]|-\d)|:\d{1,4}\.\d)[^\n]*$/i
/** Fields of forms whose values are made for one page. */
const FORM_FIELD = /(?:csrf|xsrf|authenticity|verificationtoken)[^\n]*$/i
/** A member of a list or table of the same: numbers, curves, test vectors. */
const LISTED_BEFORE = /[0-9a-f]{16}["'`][\],\s:[]{1,8}["'`]$/i
const LISTED_AFTER = /^["'`][\],\s:[]{1,8}["'`][0-9a-f]{16}/i
/** How far before a token the call that takes it may begin. */
const CALL = 48
/** Calls that make or sign in a client: `new AcmeClient("v")`, `acme.NewClient("v")`, `require("acme")("v")`. */
const CLIENT_CALL =
  /(?:\w{0,24}(?:client|api|sdk)|\brequire\(["'][\w@/.-]{1,24}["']\)|\.(?:authenticate|configure|auth))\([ \t]{0,2}["'`]$/i

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

  run(from: number, end: number, isFoundWhole: boolean, digits: number): void {
    // Padding may belong to it that the other detector left.
    if (isFoundWhole && this.#text.charCodeAt(end) !== 61) return
    // The dash of a shell's default, `${NAME:-value}`, is no part of the value.
    const start = this.#text.startsWith(":-", from - 1) ? from + 1 : from
    const keywords = this.#keywords
    while (this.#nearest + 1 < keywords.length && (keywords[this.#nearest + 1] ?? 0) <= start) this.#nearest++
    if (end - start > MAX_TOKEN || digits === 0) return
    const keyword = keywords[this.#nearest]
    const isNear = keyword !== undefined && keyword <= start && start - keyword <= CONTEXT
    const isFound = isQuoted(this.#text, start, end)
      ? this.#quoted(start, end, isNear)
      : isNear && this.#near(start, end)
    if (!isFound) this.#standsAlone(start, end)
  }

  #quoted(start: number, end: number, isNear: boolean): boolean {
    const text = this.#text
    if (isHarmlessForm(text, start, end)) return false
    if (isArgument(text, start - 1) && CLIENT_CALL.test(text.slice(Math.max(0, start - CALL), start)))
      return this.#handedOver(start, end)
    const isHex = looksHex(text, start, end)
    if (isHex && !isNear && isHashLength(end - start)) return false
    if (!isHex && (shannonBits(text, start, end) < BASE64_BITS || !looksRandom(text, start, end)))
      return false
    const before = text.slice(Math.max(0, start - CONTEXT), start)
    if (nameKind(text, start) === "harmless" || FORM_FIELD.test(before)) return false
    if (isHex && ((isHashLength(end - start) && !namesIt(before)) || isListed(text, before, end)))
      return false
    return this.#report(isHex ? "entropy-hex" : "entropy-base64", start, end)
  }

  /** A client of a service is made with its key. */
  #handedOver(start: number, end: number): boolean {
    const isHex = looksHex(this.#text, start, end)
    if (!isHex && !looksRandom(this.#text, start, end)) return false
    return this.#report(isHex ? "entropy-hex" : "entropy-base64", start, end)
  }

  #near(start: number, end: number): boolean {
    const text = this.#text
    const before = text.slice(Math.max(0, start - CONTEXT), start)
    if (goesOnBefore(text, start) || goesOnBehind(text.charCodeAt(end)) || !namesIt(before)) return false
    if (nameKind(text, start) === "harmless" || FORM_FIELD.test(before)) return false
    if (!hasLetter(text, start, end) || isHarmlessForm(text, start, end)) return false
    if (looksHex(text, start, end))
      return (
        !isRevision(text, start, end) &&
        isSaidSecret(before, end - start) &&
        this.#report("entropy-hex", start, end)
      )
    return looksRandom(text, start, end) && this.#report("entropy-base64", start, end)
  }

  /** What neither quotes nor a word of the line announce: its own form must, or the name that it is assigned to. */
  #standsAlone(start: number, end: number): void {
    const text = this.#text
    const isPrefixed = isPrefixedToken(text, start, end)
    if (!isPrefixed && !isAssigned(text, start)) return
    if (isInside(text, start, end) || isHarmlessForm(text, start, end)) return
    const kind = nameKind(text, start)
    if (kind === "harmless" || (isPrefixed && isCacheKey(text, start, end))) return
    if (isPrefixed) this.#report("prefixed-token", start, end)
    else if (kind === "credential" && isGenerated(text, start, end))
      this.#report("entropy-base64", start, end)
  }

  /** Last checks, and the only ones that read the token as a whole. */
  #report(id: string, start: number, end: number): boolean {
    const text = this.#text
    const token = text.slice(start, end)
    if (isIdentifierShape(token) || encodesText(token) || isDummy(token)) return false
    this.#emit(id, start, withPadding(text, end))
    return true
  }
}

/** Whether the quote at `at` opens the first argument of a call. */
function isArgument(text: string, at: number): boolean {
  let i = at - 1
  while (i > at - 3 && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i--
  return text.charCodeAt(i) === 40
}

/** A sign of assignment stands before `at`, with two blanks and a quote between at most. */
function isAssigned(text: string, at: number): boolean {
  let i = at - 1
  const quote = text.charCodeAt(i)
  if (quote === 34 || quote === 39 || quote === 96) i--
  const floor = i - 2
  while (i > floor && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i--
  return text.charCodeAt(i) === 58 || text.charCodeAt(i) === 61
}

/** A letter, a digit, one of `_ . $ / \ -`, or a hash sign behind a word. */
function goesOnBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1)
  if (hasClass(text, at - 1, NAME) || code === 47 || code === 92) return true
  return code === 35 && (hasClass(text, at - 2, ALNUM) || text.charCodeAt(at - 2) === 95)
}

/** A full stop, an opening bracket or a backslash; a run of token characters ends before any other part of a word. */
function goesOnBehind(code: number): boolean {
  return code === 46 || code === 40 || code === 92
}

/** A digest or a commit id may stand behind the subject `Fix token refresh`: of its length, a key must be announced. */
function isSaidSecret(before: string, length: number): boolean {
  return !isHashLength(length) || whatIsSaid(before.slice(before.lastIndexOf("\n") + 1)) === true
}

/** What `name@…` and a list of checksums pin: the commit of an action, of a package, of a repository. */
function isRevision(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start - 1) === AT) return isHashLength(end - start) && hasClass(text, start - 2, NAME)
  return text.startsWith(": ", start - 2) && isChecksum(text, start - 2, start, end)
}
const AT = 64

/** The keyword stands on the same line and names what follows. */
function namesIt(before: string): boolean {
  return NAMED.test(before)
}

function isQuoted(text: string, start: number, end: number): boolean {
  const open = text.charAt(start - 1)
  if (open !== '"' && open !== "'" && open !== "`") return false
  // Behind a word a quote closes; a letter alone may be a prefix of the language: b"…".
  if (hasClass(text, start - 2, ALNUM) && hasClass(text, start - 3, ALNUM)) return false
  const after = withPadding(text, end)
  return text.charAt(after) === open || (text.charAt(after) === "\\" && text.charAt(after + 1) === open)
}

function isListed(text: string, before: string, end: number): boolean {
  return LISTED_BEFORE.test(before) || LISTED_AFTER.test(text.slice(end, end + 28))
}

/** Part of a path, a URL, a file name, a call or a longer word. */
function isInside(text: string, start: number, end: number): boolean {
  if (start > 0 && !mayPrecede(text.charCodeAt(start - 1))) return true
  const after = withPadding(text, end)
  if (!mayFollow(text.charCodeAt(after))) return true
  return !/^(?:$|[\s"'`,;)\]}<>|&*]|[.:](?:$|[\s"'`,;)]))/.test(text.slice(after, after + 2))
}

/** White space and ``" ' ` = : ( , [ { < > | ; *``. */
function mayPrecede(code: number): boolean {
  return code < 128 ? BEFORE_TOKEN.has(code) : /\s/.test(String.fromCharCode(code))
}
const BEFORE_TOKEN: ReadonlySet<number> = codeSet("\t\n\v\f\r \"'`=:(,[{<>|;*")

/** What may stand behind a token; none of these belongs to a path, a call or a word. */
function mayFollow(code: number): boolean {
  return code <= 32 || Number.isNaN(code) || code > 127 || AFTER_TOKEN.has(code)
}
const AFTER_TOKEN: ReadonlySet<number> = codeSet("\"'`,;)]}<>|&*.:")

/** `deps-v1-…`: the version of a cache and a checksum, where a line speaks of caches. */
function isCacheKey(text: string, start: number, end: number): boolean {
  if (!/-v\d{1,3}-/.test(text.slice(start, Math.min(end, start + 40)))) return false
  const before = text.slice(Math.max(0, start - CONTEXT), start)
  return /cach(?:e|ing)\b/i.test(before.slice(before.lastIndexOf("\n") + 1))
}

/** Letters of both cases and three digits, nothing like words, and longer than the ids of logs. */
function isGenerated(text: string, start: number, end: number): boolean {
  if (end - start < MIN_ASSIGNED || looksHex(text, start, end)) return false
  const token = text.slice(start, end)
  if (!/^[A-Za-z0-9_-]+$/.test(token) || !/[a-z].*[a-z]/.test(token) || !/[A-Z].*[A-Z]/.test(token))
    return false
  if (token.replace(/\D/g, "").length < 3) return false
  return shannonBits(text, start, end) >= 3.6 && looksRandom(text, start, end)
}

/** Integrity values and nonces (`sha512-…`, W3C SRI and CSP), ids with a prefix, UUIDs, alphabets. */
function isHarmlessForm(text: string, start: number, end: number): boolean {
  if (isSequence(text, start, end) || isPrefixedId(text.slice(start, start + 24))) return true
  return end - start === 36 && isUuid(text.slice(start, end))
}

function hasLetter(text: string, start: number, end: number): boolean {
  return /[A-Za-z]/.test(text.slice(start, end))
}

function withPadding(text: string, end: number): number {
  let i = end
  while (i < end + 2 && text.charAt(i) === "=") i++
  return i
}

/** Generated characters in quotes, after a word or name of a secret, or behind a vendor's prefix. */
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
    {
      id: "prefixed-token",
      title: "Token behind a vendor's prefix",
      source: "https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/",
    },
  ],
  keywords: ["pass", "secret", "token", "key", "cred"],
  begin: (text, emit) => new EntropyRun(text, emit),
}
