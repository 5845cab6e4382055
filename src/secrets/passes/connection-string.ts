import { ALNUM, hasClass } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isLocalHost } from "../store-scheme.ts"
import { uriEnd } from "../uri.ts"
import { isRealPassword } from "./url-credential.ts"

const WINDOW = 400
const FEED = 10
const APOSTROPHE = 39
const BACKSLASH = 92
const BRACE = 125
/** Longest value of a pair. */
const MAX_VALUE = 132
/** Oracle's thin and OCI drivers: `scott/tiger@host:1521:sid`, `scott/tiger@//host/service`. */
const ORACLE_JDBC =
  /^(?:thin|oci8?|kprb):([\w.$#-]{1,64})\/("[^"\s]{3,64}"|[^\s"'`<>@]{3,64})@(?:\/\/)?([\w.-]{1,120}|\(DESCRIPTION)/i
/** SQL*Plus and its relatives: `sqlplus -s scott/tiger@host/service`. */
const ORACLE_LOGIN =
  /^(?:[ \t]{1,3}-\w{1,8}(?:[ \t]\d\.\d)?){0,4}[ \t]{1,3}(?:userid=)?["']?([\w.$#-]{1,64})\/("[^"\s]{3,64}"|[^\s"'`<>@$]{3,64})@(?:\/\/)?[\w.-]{1,120}/
/** Ends what stands before the `@tcp(` of Go's MySQL driver: user and password. */
const ENDS_LOGIN = /[\s"'`=(]/
const GO_ADDRESS = /^@(?:tcp|udp|unix)\(([^()\s"'`<>]{0,120})\)(?:\/[\w-]{0,64})?(?:\?[\w=&%.:/+-]{0,300})?/
/** A value without quotes or braces. */
const BARE = /^[^\s;"'`{<$%][^\s;"'`]{2,127}/
/** Keys of connection strings of ADO, OLE DB and ODBC; semicolons part them. */
const ADO_KEY =
  /(?:^|[^a-z])(?:server|data source|address|addr|network address|host|hostname|driver|dsn|provider|initial catalog|database|dbname|dbq|port|user ?(?:id|name)?|uid|account|trusted_connection|integrated security|encrypt|persist security info)[ \t]?$/i
/** Keys of keyword strings of libpq; blanks part them. */
const LIBPQ_KEY = /(?:^|[^a-z_])(?:host|hostaddr|port|dbname|user|sslmode|connect_timeout)$/
const LIBPQ_SERVER = /(?:^|[\s"'`(])(?:host|hostaddr|sslmode|port)=[^\s,]/
const LIBPQ_WHO = /(?:^|[\s"'`(])(?:user|dbname)=[^\s,]/

class ConnectionStringRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0
  /** Nothing ends a bare value before this offset, from the last key on: values overlap where one holds the next key. */
  #clearTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    const first = this.#text.charAt(start)
    if (first === "@") this.#goDriver(start)
    else if (first === ":") this.#jdbc(start, end)
    else if (hasClass(this.#text, start - 1, ALNUM)) return
    else if (/[pP]/.test(first)) this.#keyValue(start, end)
    else this.#login(end)
  }

  #jdbc(start: number, end: number): void {
    const text = this.#text
    const match = ORACLE_JDBC.exec(text.slice(end, end + WINDOW))
    const [whole, user, password, host] = match ?? []
    if (whole === undefined || user === undefined || password === undefined || host === undefined) return
    if (!isRealPassword(user, unquoted(password), host)) return
    const at = end + whole.lastIndexOf("@")
    if (isLocalHost(host)) this.#found("url-credential", at - password.length, at)
    else this.#found("connection-string", start - 4, uriEnd(text, end + whole.length))
  }

  #login(end: number): void {
    const [whole, user, password] = ORACLE_LOGIN.exec(this.#text.slice(end, end + WINDOW)) ?? []
    if (whole === undefined || user === undefined || password === undefined) return
    if (!isRealPassword(user, unquoted(password), "")) return
    const at = end + whole.lastIndexOf("@")
    this.#found("url-credential", at - password.length, at)
  }

  #goDriver(start: number): void {
    const text = this.#text
    let from = start
    while (from > 0 && from > start - 200 && !ENDS_LOGIN.test(text.charAt(from - 1))) from--
    const login = text.slice(from, start)
    const colon = login.indexOf(":")
    if (colon < 1 || colon > 64) return
    const [user, password] = [login.slice(0, colon), login.slice(colon + 1)]
    const [whole, host] = GO_ADDRESS.exec(text.slice(start, start + WINDOW)) ?? []
    if (whole === undefined || host === undefined) return
    const name = host.startsWith("/") ? "localhost" : host
    if (!isRealPassword(user, password, name)) return
    if (isLocalHost(name)) this.#found("url-credential", start - password.length, start)
    else this.#found("connection-string", from, start + whole.length)
  }

  /** `Password={a;b}` and the like, where a neighbour shows that it is a connection string. */
  #keyValue(start: number, end: number): void {
    const text = this.#text
    const before = keyBefore(text, start, ";")
    const isAfterPair = before !== "" && ADO_KEY.test(before)
    const isAfterLibpq = !isAfterPair && LIBPQ_KEY.test(keyBefore(text, start, " "))
    const value = isAfterPair || isAfterLibpq || this.#mayBePaired(end) ? readValue(text, end) : undefined
    if (value === undefined) return
    const isLibpq =
      (isAfterLibpq || LIBPQ_KEY.test(keyAfter(text, value.after, " "))) &&
      (value.quote === "'" || (value.quote === "" && isKeywordString(text, start, value)))
    const after = isLibpq || isAfterPair ? "" : keyAfter(text, value.after, ";")
    if (!isLibpq && !isAfterPair && (after === "" || !ADO_KEY.test(after))) return
    const secret = text.slice(value.start, value.end)
    if (!isRealPassword("sa", secret, "") || secret.includes("://")) return
    this.#found("connection-string-password", value.start, value.end)
  }

  /** Whether the value at `from` is in quotes or braces, or a semicolon could follow it. */
  #mayBePaired(from: number): boolean {
    const text = this.#text
    let start = from
    while (text.charAt(start) === " " && start < from + 2) start++
    if ("{\"'\\".includes(text.charAt(start))) return true
    let i = Math.max(start, this.#clearTo)
    while (i < start + MAX_VALUE && !endsBare(text.charCodeAt(i))) i++
    this.#clearTo = i
    const code = text.charCodeAt(i)
    return code === 59 || code <= 32 || code > 127
  }

  #found(id: string, start: number, end: number): void {
    this.#doneTo = end
    this.#emit(id, start, end)
  }
}

/** Whether the line around a bare value holds a server and a user or database, parted by blanks and by nothing else. */
function isKeywordString(text: string, start: number, value: Value): boolean {
  if (
    /[,()]/.test(text.slice(value.end - 1, value.end)) ||
    /,[ \t]{1,4}$/.test(text.slice(Math.max(0, start - 5), start))
  )
    return false
  const before = text.slice(Math.max(0, start - 200), start)
  const after = text.slice(value.after, value.after + 200)
  const line = `${before.slice(before.lastIndexOf("\n") + 1)} ${after.split("\n", 1)[0] ?? ""}`
  return LIBPQ_SERVER.test(line) && LIBPQ_WHO.test(line)
}

interface Value {
  readonly start: number
  readonly end: number
  /** Behind the closing quote or brace. */
  readonly after: number
  readonly quote: string
}

/** A blank, a quote or a semicolon, the end of the text, or anything above ASCII, which may be a blank too. */
function endsBare(code: number): boolean {
  return !(code > 32 && code < 128) || code === 59 || code === 34 || code === 39 || code === 96
}

/** The value that begins at `from`, blanks before it skipped: in braces (`}}` is one of them), in quotes, or bare. */
function readValue(text: string, from: number): Value | undefined {
  let start = from
  while (text.charAt(start) === " " && start < from + 2) start++
  if (text.charAt(start) === "\\") start++
  const quote = text.charAt(start)
  if (quote !== "{" && quote !== '"' && quote !== "'") {
    const length = BARE.exec(text.slice(start, start + MAX_VALUE))?.[0].length ?? 0
    return length === 0 ? undefined : { start, end: start + length, after: start + length, quote: "" }
  }
  const close = closing(text, start + 1, quote === "{" ? BRACE : quote.charCodeAt(0))
  if (close === -1) return undefined
  const end = text.charAt(close - 1) === "\\" ? close - 1 : close
  return { start: start + 1, end, after: close + 1, quote }
}

/** Where the quote or brace closes; doubled or escaped ones do not. -1 if not on this line. */
function closing(text: string, from: number, close: number): number {
  const stop = Math.min(text.length, from + MAX_VALUE)
  for (let i = from; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === FEED) return -1
    if (code === BACKSLASH && close === APOSTROPHE) i++
    else if (code === close) {
      if (i + 1 === stop || text.charCodeAt(i + 1) !== close) return i === from ? -1 : i
      i++
    }
  }
  return -1
}

/** The key of the pair before `start`, where `separator` parts the two; what stands before the key may lead it. */
function keyBefore(text: string, start: number, separator: ";" | " "): string {
  let end = start
  while (end > start - 5 && isBlank(text.charCodeAt(end - 1))) end--
  if (separator === ";" ? text.charCodeAt(end - 1) !== 59 : end === start) return ""
  const floor = Math.max(0, end - 200)
  for (let i = end - 1; i >= floor; i--) {
    const code = text.charCodeAt(i)
    if (code === FEED) return ""
    if (code === 61) return text.slice(Math.max(floor, i - 24), i)
  }
  return ""
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

/** The key of the pair behind a value that ends at `from`. */
function keyAfter(text: string, from: number, separator: ";" | " "): string {
  const next = text.charCodeAt(from)
  if (separator === ";" ? next !== 59 && next > 32 && next < 128 : next !== 32) return ""
  const stop = from + MAX_KEY
  let start = skipSpace(text, from, stop)
  if (separator === ";") {
    if (text.charCodeAt(start) !== 59) return ""
    start = skipSpace(text, start + 1, stop)
  }
  let end = start
  while (end < stop && (hasClass(text, end, ALNUM) || isInKey(text.charCodeAt(end)))) end++
  return text.charCodeAt(end) === 61 && end < stop ? text.slice(start, end) : ""
}
/** How much of what follows a value is read for a key. */
const MAX_KEY = 40

function skipSpace(text: string, from: number, stop: number): number {
  let i = from
  while (i < stop && (text.charCodeAt(i) <= 32 || text.charCodeAt(i) > 127)) i++
  return i
}

/** A blank, a tab or an underscore: what keys hold beside letters. */
function isInKey(code: number): boolean {
  return code === 32 || code === 9 || code === 95
}

function unquoted(value: string): string {
  return value.replaceAll('"', "")
}

/** Connection strings that are no URLs: Oracle, Go's MySQL driver, ADO and ODBC, libpq. */
export const connectionStringPass: Pass = {
  detectors: [
    {
      id: "connection-string-password",
      title: "Password of a connection string of ADO, OLE DB, ODBC or libpq",
      source: "https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax",
      label: "KeywordDetector",
    },
  ],
  keywords: [
    "password=",
    "password =",
    "pwd=",
    "pwd =",
    ":oracle:",
    "@tcp(",
    "@udp(",
    "@unix(",
    "sqlplus",
    "sqlldr",
    "expdp",
    "impdp",
    "rman target",
  ],
  begin: (text, emit) => new ConnectionStringRun(text, emit),
}
