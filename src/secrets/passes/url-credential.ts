import { ALNUM, hasClass, skipLeft } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { looksRandom } from "../token-shape.ts"
import { isStandIn } from "../value-filter.ts"

const MAX_USERINFO = 512
const STAND_INS = /^(?:pass|passwd|pwd|password|pw|secret|token|user|username|usr|x-oauth-basic|p|xxx)$/i

/** Characters that end the authority of a URL (RFC 3986 section 3.2) or the string it stands in. */
function endsAuthority(code: number): boolean {
  if (code <= 32 || code > 0xfff0) return true
  // " ' < > ` | and the delimiters / ? # and backslash
  return (
    code === 34 ||
    code === 39 ||
    code === 60 ||
    code === 62 ||
    code === 96 ||
    code === 124 ||
    code === 47 ||
    code === 63 ||
    code === 35 ||
    code === 92
  )
}

class UrlCredentialRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    const text = this.#text
    if (skipLeft(text, start, ALNUM, start - 1) === start) return
    const stop = Math.min(text.length, end + MAX_USERINFO)
    let at = -1
    let colon = -1
    let i = end
    for (; i < stop; i++) {
      const code = text.charCodeAt(i)
      if (endsAuthority(code)) break
      if (code === 64) at = i
      if (code === 58 && colon === -1) colon = i
    }
    if (at === -1) at = slashInPassword(text, i, colon)
    if (at === -1) return
    if (colon !== -1 && colon < at) this.#password(colon + 1, at)
    else this.#token(end, at)
  }

  #password(start: number, end: number): void {
    const secret = this.#text.slice(start, end)
    if (secret === "" || STAND_INS.test(secret) || (secret.length > 2 && isStandIn(secret))) return
    if (secret.length < 3 || /^[{<$%[(]/.test(secret)) return
    this.#emit("url-credential", start, end)
  }

  /** A token in place of the user name: `https://<token>@host`. */
  #token(start: number, end: number): void {
    if (end - start >= 16 && looksRandom(this.#text, start, end)) this.#emit("url-credential", start, end)
  }
}

/**
 * Passwords with an unescaped `/`, `?` or `#` are not legal but common in connection strings: looks on to an `@`
 * before the next blank or quote, where a colon said that a password has begun and no port follows it.
 */
function slashInPassword(text: string, from: number, colon: number): number {
  if (colon === -1 || !hasClass(text, colon + 1, 0xff)) return -1
  const rest = text.slice(colon + 1, Math.min(text.length, from + 64))
  if (/^\d{1,5}(?:[/?#]|$)/.test(rest)) return -1
  const found = /^[^\s"'<>`|@]{1,120}@(?=[\w.-]{2,100}(?:[:/]|$))/.exec(rest)
  return found === null ? -1 : colon + found[0].length
}

/** Passwords and tokens in the user information of a URL, connection strings included. */
export const urlCredentialPass: Pass = {
  detectors: [
    {
      id: "url-credential",
      title: "Password in the user information of a URL",
      source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
      label: "BasicAuthDetector",
    },
  ],
  keywords: ["://"],
  begin: (text, emit) => new UrlCredentialRun(text, emit),
}
