import { ALNUM, hasClass } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isRealPassword } from "./url-credential.ts"

/** How far the arguments of one call are read. */
const WINDOW = 600
const MAX_PASSWORD = 200

/** An argument of a call: a string literal without its quotes, or an expression. */
export interface Argument {
  readonly start: number
  readonly end: number
  readonly isLiteral: boolean
  /** Where reading stopped: at the comma or the bracket behind it, or where the call could not be read. */
  readonly stop: number
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

const QUOTE = 34
const APOSTROPHE = 39
const OPEN = 40
const CLOSE = 41
const COMMA = 44
const OPEN_SQUARE = 91
const BACKSLASH = 92
const CLOSE_SQUARE = 93

/** What an expression that is an argument does not hold: quotes, a semicolon, a brace. */
function endsExpression(code: number): boolean {
  return code === QUOTE || code === APOSTROPHE || code === 59 || code === 123
}

/** Reads one argument; brackets of calls inside of it are skipped. */
export function readArgument(text: string, from: number, limit: number): Argument {
  let i = from
  while (i < limit && isBlank(text.charCodeAt(i))) i++
  const wrapper = /^(?:Some\(|[bBrRuUN]{1,2}(?=["']))/.exec(text.slice(i, i + 6))
  if (wrapper !== null) i += wrapper[0].length
  const quote = text.charCodeAt(i)
  if (quote === QUOTE || quote === APOSTROPHE) return readLiteral(text, i + 1, limit, quote)
  let depth = 0
  let end = i
  for (; end < limit; end++) {
    const code = text.charCodeAt(end)
    if (endsExpression(code)) break
    if (code === OPEN || code === OPEN_SQUARE) depth++
    if (depth === 0 && (code === COMMA || code === CLOSE)) break
    if (code === CLOSE || code === CLOSE_SQUARE) depth--
  }
  return { start: i, end, isLiteral: false, stop: end }
}

function readLiteral(text: string, start: number, limit: number, quote: number): Argument {
  let end = start
  for (
    let code = text.charCodeAt(end);
    end < limit && code !== quote && code !== 10;
    code = text.charCodeAt(end)
  )
    end += code === BACKSLASH ? 2 : 1
  let stop = Math.min(end + 1, limit)
  while (stop < limit && isBlank(text.charCodeAt(stop))) stop++
  return { start, end: Math.min(end, limit), isLiteral: text.charCodeAt(end) === quote, stop }
}

/**
 * Calls that take a user and then a password by position, with the number of arguments before the user; names in
 * lower case.
 */
const CALLS: Readonly<Record<string, number>> = {
  "mysqli_connect(": 1,
  "mysql_connect(": 1,
  "mysql_pconnect(": 1,
  "mysql_real_connect(": 2,
  "new mysqli(": 1,
  "new pdo(": 1,
  "dbi->connect(": 1,
  "oci_connect(": 0,
  "oci_pconnect(": 0,
  "ftp_login(": 1,
  "drivermanager.getconnection(": 1,
  "mysqldb.connect(": 1,
  "pymysql.connect(": 1,
  "epgsql:connect(": 1,
  "smtp.login(": 0,
  "server.login(": 0,
  "imap.login(": 0,
  "client.login(": 0,
  "ftp.login(": 0,
  "session.login(": 0,
  "mail.login(": 0,
  "plainauth(": 1,
  "userpassword(": 0,
  "basicauth(": 0,
  "httpdigestauth(": 0,
  "usernamepasswordauthenticationtoken(": 0,
  "basicawscredentials(": 0,
  "newstaticcredentials(": 0,
  "directoryentry(": 1,
  "networkcredential(": 0,
  "passwordauthentication(": 0,
  "usernamepasswordcredentials(": 0,
  "httpbasicauth(": 0,
  "setbasicauth(": 0,
  "basic_auth(": 0,
  "authtokens.basic(": 0,
  "auth=(": 0,
  "wifi.begin(": 0,
}

class ConnectCallRun implements PassRun {
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
    const before = CALLS[text.slice(start, end).toLowerCase()] ?? 0
    const limit = Math.min(text.length, end + WINDOW)
    let user = readArgument(text, end, limit)
    for (let i = 0; i < before && text.charAt(user.stop) === ","; i++)
      user = readArgument(text, user.stop + 1, limit)
    this.#doneTo = user.stop
    if (text.charAt(user.stop) !== ",") return
    const password = readArgument(text, user.stop + 1, limit)
    this.#doneTo = password.stop
    if (!password.isLiteral || password.end - password.start > MAX_PASSWORD) return
    this.#judge(text.slice(user.start, user.end), password)
  }

  #judge(user: string, { start, end }: Argument): void {
    const password = this.#text.slice(start, end)
    if (end - start < 4 || user === password || /\s/.test(password)) return
    if (isRealPassword(user, password, "")) this.#emit("call-password", start, end)
  }
}

/** Passwords as the second of two positional arguments: `new PDO(dsn, user, password)`, `auth=(user, password)`. */
export const connectCallPass: Pass = {
  detectors: [
    {
      id: "call-password",
      title: "Password as an argument of a call that connects or signs in",
      source: "https://www.php.net/manual/en/pdo.construct.php",
      label: "KeywordDetector",
    },
  ],
  keywords: Object.keys(CALLS),
  begin: (text, emit) => new ConnectCallRun(text, emit),
}
