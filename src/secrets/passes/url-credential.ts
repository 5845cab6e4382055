import { isGenerated } from "../generated.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isDollarPassword } from "../stand-in.ts"
import { isGenericHost, isLocalHost, isStoreScheme } from "../store-scheme.ts"
import { looksRandom } from "../token-shape.ts"
import { hostEnd, readUri, type Uri, uriEnd } from "../uri.ts"
import { isStandIn } from "../value-filter.ts"

/** What documents write as a password. A person may use one too: see `isRealPassword`. */
const WEAK = /^(?:pass|passwd|password|secret|pwd|pw|mypassword|mysecret)$/i
const STAND_INS = /^(?:token|user|username|usr|x-oauth-basic|p|xxx|db_?pass(?:word)?|db_?pwd)$/i
/** What documents write as a user. */
const ANY_USER =
  /^(?:|u|usr|user|username|user_?name|login|name|me|you|my_?user(?:name)?|db_?user(?:name)?|some_?user|test_?user|foo|bar|bob|alice|john|default|account|admin_?user)$/i
/** Looked up or filled in later: `${PASS}`, `$PASS`, `{pass}`, `<pass>`, `[PASS]`, `%s`, `%(pass)s`, `(pass)`. */
const TEMPLATE = /^(?:\$[{(]|\$[A-Za-z_]\w*$|[{<([]|%(?:[sdv]|\(|\{|[A-Za-z_]\w*%)|#\{|:[a-z]|\*+$|\.{2,})/
/** What a Markdown link or a list puts between two addresses: no user, and no password. */
const BETWEEN = /[)\]}][[(,{]|\]:|,(?!\s?(?:dc|ou|o|cn|uid)=)[a-z]+$/i
/** Half of a key pair, as gem servers use them: `cafe0123:beef4567@`. */
const HEX_WORD = /^[0-9a-f]{8,64}$/i
/** A password among the parameters: `?user=x&password=y`, `;password=y`. */
const PARAMETER =
  /[?&;](?:password|passwd|pwd|pass|auth_?token|access_?token|secret|sslpassword|requirepass)=(\{[^{}\s]{1,200}\}|[^&;\s]{1,400})/i
const USER_PARAMETER = /[?&;](?:user(?:name|[ _]?id)?|uid)=([^&;\s]{0,80})/i

const TOKEN_USER =
  /^(?:oauth2?|oauth2accesstoken|x-access-token|x-token-auth|x-oauth-basic|gitlab-ci-token|gitlab\+deploy-token-\d+|git|_?_?token_?_?|api|apikey|pat|build|_json_key(?:_base64)?)$/i
const PUBLIC_HOST =
  /(?:^|\.)(?:github(?:usercontent)?\.com|gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com|visualstudio\.com|npmjs\.(?:org|com)|pypi\.org|pythonhosted\.org|rubygems\.org|crates\.io|docker\.(?:io|com)|ghcr\.io|huggingface\.co)(?::\d+)?$/i

class UrlCredentialRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  /** What was masked whole is not read again. */
  #doneTo = 0
  /** Parameters up to here were looked at. */
  #parametersTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    const uri = readUri(this.#text, start, end)
    if (uri === undefined) return
    if (uri.at !== -1) this.#userInfo(uri)
    if (this.#doneTo <= start && isStore(uri)) this.#parameters(uri)
  }

  #userInfo(uri: Uri): void {
    const { userStart, colon, at } = uri
    const user = this.#text.slice(userStart, colon === -1 ? at : colon)
    const password = colon === -1 ? "" : this.#text.slice(colon + 1, at)
    if (BETWEEN.test(user) || /[)\]][[(]/.test(password)) return
    if (password.length < 3 && user.length < 16) return
    if (HEX_WORD.test(user) && HEX_WORD.test(password)) this.#found(uri, userStart, at)
    else if (this.#isReal(uri, user, password)) this.#found(uri, colon + 1, at)
    else if (isToken(user, password)) this.#found(uri, userStart, userStart + user.length)
  }

  /** Documents write `user:password` before the host of any store, but before a real web host people do. */
  #isReal(uri: Uri, user: string, password: string): boolean {
    const host = this.#host(uri.at + 1)
    if (isRealPassword(user, password, host)) return true
    return !isStore(uri) && WEAK.test(password) && !isGenericHost(host)
  }

  #host(start: number): string {
    const end = hostEnd(this.#text, start)
    return end === start ? this.#text.charAt(start).trim() : this.#text.slice(start, end)
  }

  /**
   * Masks the whole address of a store elsewhere, and of any other server that a user and a password open all up to
   * the path; otherwise the credential alone.
   */
  #found(uri: Uri, start: number, end: number): void {
    const hosts = uri.at === -1 ? uri.userStart : uri.at + 1
    const host = this.#host(hosts)
    const whole = isStore(uri)
    const user = uri.colon === -1 ? "" : this.#text.slice(uri.userStart, uri.colon)
    if (isLocalHost(host) || (!whole && (start === uri.userStart || isOpenDoor(user, host)))) {
      this.#emit("url-credential", start, end)
      return
    }
    const authorityEnd = hostEnd(this.#text, hosts)
    this.#doneTo = Math.max(
      end,
      whole ? uriEnd(this.#text, authorityEnd) : sentenceEnd(this.#text, authorityEnd),
    )
    this.#emit(whole ? "connection-string" : "server-address", uri.start, this.#doneTo)
  }

  #parameters(uri: Uri): void {
    if (uri.userStart < this.#parametersTo) return
    const hosts = uri.at === -1 ? uri.userStart : uri.at + 1
    const end = hostEnd(this.#text, hosts)
    this.#parametersTo = uriEnd(this.#text, end)
    const tail = this.#text.slice(end, this.#parametersTo)
    const match = PARAMETER.exec(tail)
    const secret = match?.[1]
    if (match === null || secret === undefined) return
    const user = USER_PARAMETER.exec(tail)?.[1] ?? ""
    const bare = secret.replace(/^\{(.*)\}$/, "$1")
    if (!isRealPassword(user, bare, this.#text.slice(hosts, end))) return
    const start = end + match.index + match[0].length - secret.length
    this.#found(uri, start, start + secret.length)
  }
}

/** A token in place of the user name: `https://<token>@host`, `https://<token>:x-oauth-basic@host`. */
function isToken(user: string, password: string): boolean {
  if (user.length < 16) return false
  return password === "x-oauth-basic" ? /\d/.test(user) : looksRandom(user, 0, user.length)
}

function isStore(uri: Uri): boolean {
  return uri.isJdbc || isStoreScheme(uri.scheme)
}

/**
 * Hosts that everyone knows, users that stand for a token, and what is filled in later: around such a credential is
 * nothing to hide.
 */
function isOpenDoor(user: string, host: string): boolean {
  return TOKEN_USER.test(user) || PUBLIC_HOST.test(host) || TEMPLATE.test(user) || !/^[\w[]/.test(host)
}

/** Without the punctuation of the sentence behind a host. */
function sentenceEnd(text: string, end: number): number {
  let i = end
  while (text.charAt(i - 1) === "." || text.charAt(i - 1) === ":") i--
  return i
}

/**
 * Whether the password is one. Words like `password` count only where neither the user nor the host shows that the
 * whole is an example: people do use them.
 */
export function isRealPassword(user: string, password: string, host: string): boolean {
  if (password.length < 3 || STAND_INS.test(password)) return false
  const plain = decoded(password)
  if (isDollarPassword(plain) || isGenerated(plain)) return true
  if (TEMPLATE.test(password)) return false
  if (WEAK.test(password)) return !ANY_USER.test(user) && !isGenericHost(host)
  return !isStandIn(plain)
}

/** Percent-encoding hides what a stand-in is written with: `%3Cpassword%3E`. */
function decoded(password: string): string {
  return password.replace(/%(24|3C|3E|5B|5D|7B|7D)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** Passwords and tokens in the user information of a URL; of a data store elsewhere, the whole address. */
export const urlCredentialPass: Pass = {
  detectors: [
    {
      id: "connection-string",
      title: "Address of a database, broker or cache with the password in it",
      source: "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS",
      label: "BasicAuthDetector",
    },
    {
      id: "server-address",
      title: "Address of a server with user and password in it, up to the path",
      source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
      label: "BasicAuthDetector",
    },
    {
      id: "url-credential",
      title: "Password in the user information of a URL",
      source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
      label: "BasicAuthDetector",
    },
  ],
  keywords: ["://", ":\\/\\/"],
  begin: (text, emit) => new UrlCredentialRun(text, emit),
}
