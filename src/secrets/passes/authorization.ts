import { ALNUM, hasClass, startsToken } from "../charset.ts"
import { isGenerated } from "../generated.ts"
import { isPlaceInList } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isDollarPassword } from "../stand-in.ts"
import { looksHex, looksRandom } from "../token-shape.ts"
import { isGrouped, isStandIn } from "../value-filter.ts"
import { passes } from "../validators.ts"

const MAX_CREDENTIAL = 4096

/** token68 of RFC 9110 section 11.2, without the padding that is added where it stands. */
const TOKEN68 = /[A-Za-z0-9._~+/-]{6,4096}={0,2}/y
/** `curl -u user:password` and `--user user:'password'`; the password ends with the shell word. */
const CURL_USER = /(["']?)([^\s"':\\$`]{1,120}):(["']?)([^\s"'\\`]{0,200})\3\1/y
/** The same in quotes, with signs and blanks in the password; in a shell `'\\''` is a quote in single quotes. */
const CURL_SINGLE = /(')([^\s"':\\$`]{1,120}):()((?:[^'\n]|'\\''){0,200})'/y
const CURL_DOUBLE = /(")([^\s"':\\$`]{1,120}):()((?:[^"\\\n]|\\.){0,200})"/y
const CURL_OPTION = /\s(?:-u|--user|--proxy-user|-U|--basic -u)[ \t=]{0,2}(?=["'\w])/g
/** Name and value of a cookie, RFC 6265 section 4.1.1. */
const COOKIE = /([\w.!-]{1,64})=([^\s;,"'\\]{16,4096})/g
/** Names of cookies that stand for a login. */
const SESSION = /sess|sid$|^sid|auth|token|jwt|login|remember|identity|ticket|saml|bearer|_at$|_rt$/i
const HARMLESS_COOKIE = /csrf|xsrf|^_ga|^_gid|consent|locale/i
const MAX_COOKIES = 4096
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
    if (word === "cookie") {
      this.#cookies(end)
      return
    }
    const beside = /([A-Za-z]{4,16})[-_]$/.exec(this.#text.slice(Math.max(0, start - 17), start))?.[1]
    if (beside !== undefined && isPlaceInList([beside.toLowerCase(), word])) return
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
    for (const option of command.matchAll(CURL_OPTION)) {
      const at = from + option.index + option[0].length
      const quote = text.charAt(at)
      const quoted =
        quote === "'" ? execAt(CURL_SINGLE, text, at) : quote === '"' ? execAt(CURL_DOUBLE, text, at) : null
      const match = quoted ?? execAt(CURL_USER, text, at)
      if (match !== null) this.#user(match, at + match[0].length)
    }
    this.#curlTo = from + CURL_WINDOW
  }

  /** The password, and a user that is no name but a key itself (`-u key:`). */
  #user([, quote = "", user = "", inner = "", secret = ""]: RegExpExecArray, end: number): void {
    const secretEnd = end - quote.length - inner.length
    const userEnd = secretEnd - secret.length - inner.length - 1
    const isKey = user.length >= 12 && (looksRandom(user, 0, user.length) || looksHex(user, 0, user.length))
    const isAlone = secret === "" && user.length >= 8 && /[0-9]/.test(user) && /[A-Za-z]/.test(user)
    if ((isKey || isAlone) && !isStandIn(user)) this.#report("curl-user", userEnd - user.length, userEnd)
    if (!isStandIn(secret) || isDollarPassword(secret) || isGenerated(secret))
      this.#report("curl-user", secretEnd - secret.length, secretEnd)
  }

  /** `Cookie: name=value; …` in a header, an object or an option. */
  #cookies(from: number): void {
    const text = this.#text
    const lead = /^\\?["']?\]?\s{0,4}[:=,]?\s{0,4}\\?["'`]?/.exec(text.slice(from, from + 16))?.[0] ?? ""
    const start = from + lead.length
    if (lead === "" || text.charAt(start) === "(") return
    const line = /^[^\n"'`]*/.exec(text.slice(start, start + MAX_COOKIES))?.[0] ?? ""
    for (const match of line.matchAll(COOKIE)) {
      const [whole, name = "", value = ""] = match
      if (!SESSION.test(name) || HARMLESS_COOKIE.test(name) || isStandIn(value)) continue
      const isLong = value.length >= 20 && value.replace(/[^0-9]/g, "").length >= 4
      if (!isLong && !isGrouped(value) && !looksRandom(value, 0, value.length)) continue
      const at = start + match.index + whole.length - value.length
      this.#report("session-cookie", at, at + value.length)
    }
    this.#doneTo = Math.max(this.#doneTo, start + line.length)
  }

  #report(id: string, start: number, end: number): void {
    this.#doneTo = end
    this.#emit(id, start, end)
  }
}

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
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
    {
      id: "session-cookie",
      title: "Cookie of a signed-in session",
      source: "https://www.rfc-editor.org/rfc/rfc6265#section-4.2",
      label: "KeywordDetector",
    },
  ],
  keywords: ["bearer ", "basic ", "token ", "apikey ", "api-key ", "bot ", "curl ", "wget ", "cookie"],
  begin: (text, emit) => new AuthorizationRun(text, emit),
}
