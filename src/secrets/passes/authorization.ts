import { ALNUM, hasClass, startsToken } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { looksHex, looksRandom } from "../token-shape.ts"
import { isStandIn } from "../value-filter.ts"
import { passes } from "../validators.ts"

const MAX_CREDENTIAL = 4096

/** token68 of RFC 9110 section 11.2, without the padding that is added where it stands. */
const TOKEN68 = /[A-Za-z0-9._~+/-]{6,4096}={0,2}/y
/** `curl -u user:password` and `--user user:password`; the password ends with the shell word. */
const CURL_USER =
  /[ \t](?:-u|--user|--proxy-user|-U)[ \t=]{0,2}(["']?)([\w.@%+-]{1,80}):([^\s"'\\$`]{3,200})\1/y
const CURL_WINDOW = 600

class AuthorizationRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0
  #curlTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo || !startsToken(this.#text, start)) return
    const word = this.#text.slice(start, end).trim().toLowerCase()
    if (word === "curl" || word === "wget") {
      if (start >= this.#curlTo) this.#curl(end - 1)
      return
    }
    const isHeader = /authorization\\?["']?\]?\s{0,4}[:=,]\s{0,4}\\?["'`]?$/i.test(
      this.#text.slice(Math.max(0, start - 32), start),
    )
    this.#credential(end, word, isHeader)
  }

  #credential(from: number, scheme: string, isHeader: boolean): void {
    const text = this.#text
    let at = from
    while (at < from + 8 && (text.charAt(at) === " " || text.charAt(at) === "\t")) at++
    TOKEN68.lastIndex = at
    if (!TOKEN68.test(text)) return
    const end = Math.min(TOKEN68.lastIndex, at + MAX_CREDENTIAL)
    const value = text.slice(at, end).replace(/[.,]$/, "")
    if (scheme === "basic") {
      if (value.length >= 8 && passes("decodes-to-credentials", value))
        this.#report("authorization-basic", at, at + value.length)
      return
    }
    if (isStandIn(value) || hasClass(text, end, ALNUM)) return
    if (text.charAt(end) === "(" || text.charAt(end) === "$") return
    const mixed = /[0-9]/.test(value) && /[A-Za-z]/.test(value)
    const random = looksRandom(value, 0, value.length) || looksHex(value, 0, value.length)
    if ((isHeader && mixed) || (value.length >= 16 && random))
      this.#report("authorization-bearer", at, at + value.length)
  }

  #curl(from: number): void {
    const text = this.#text
    const command = text.slice(from, from + CURL_WINDOW)
    for (const option of command.matchAll(/[ \t](?:-u|--user|--proxy-user|-U)[ \t=]/g)) {
      CURL_USER.lastIndex = from + option.index
      const match = CURL_USER.exec(text)
      const secret = match?.[3]
      if (match === null || secret === undefined || isStandIn(secret)) continue
      const end = CURL_USER.lastIndex - (match[1]?.length ?? 0)
      this.#report("curl-user", end - secret.length, end)
    }
    this.#curlTo = from + CURL_WINDOW
  }

  #report(id: string, start: number, end: number): void {
    this.#doneTo = end
    this.#emit(id, start, end)
  }
}

/** Credentials of HTTP authentication: header values and the options of curl. */
export const authorizationPass: Pass = {
  detectors: [
    {
      id: "authorization-bearer",
      title: "Bearer token of an Authorization header",
      source: "https://www.rfc-editor.org/rfc/rfc6750#section-2.1",
    },
    {
      id: "authorization-basic",
      title: "Basic credentials of an Authorization header",
      source: "https://www.rfc-editor.org/rfc/rfc7617#section-2",
      label: "BasicAuthDetector",
    },
    {
      id: "curl-user",
      title: "Password of curl's --user option",
      source: "https://curl.se/docs/manpage.html#-u",
      label: "BasicAuthDetector",
    },
  ],
  keywords: ["bearer ", "basic ", "token ", "apikey ", "api-key ", "bot ", "curl ", "wget "],
  begin: (text, emit) => new AuthorizationRun(text, emit),
}
