import { ALNUM, hasClass, LETTER, startsToken } from "./charset.ts"

/** A URI with user information or parameters, as offsets into its text (RFC 3986 section 3). */
export interface Uri {
  /** Where the scheme begins, with `jdbc:` or `r2dbc:` before it. */
  readonly start: number
  /** Scheme in lower case, without driver (`postgresql+psycopg2`) and without `jdbc:`. */
  readonly scheme: string
  /** Written with `jdbc:` or `r2dbc:`: always a database. */
  readonly isJdbc: boolean
  /** Where the user information, or else the host, begins. */
  readonly userStart: number
  /** The colon before the password; -1 without. */
  readonly colon: number
  /** The `@` before the host; -1 without user information. */
  readonly at: number
}

const MAX_SCHEME = 40
const MAX_USERINFO = 512
/** Longest URI that is masked whole. */
const MAX_URI = 2048

/** What is left of an escape in front of a scheme: `\u0022postgres`, `%3Dpostgres`, `\npostgres`. */
const ESCAPE_END = /^(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[0-9a-f]{2}|[nrt])(?=[a-z])/i
/** `jdbc:mysql:`, `jdbc:mysql:replication:`, `r2dbc:pool:`, read backwards from the last scheme. */
const JDBC = /(?:^|[^A-Za-z0-9])((?:jdbc|r2dbc):(?:[a-z0-9-]{1,20}:){0,2})$/i
const PORT = /^\d{1,5}(?:[/?#'<>`|[\])]|$)/
/** The same with signs that end a URI elsewhere, up to an `@` that a host with a port, a path or a dot follows. */
const SIGNED_PASSWORD =
  /^[^\s"@\\]{1,120}@(?=[\w-]{1,63}(?:(?:\.[\w-]{1,63}){1,5}(?::\d{1,5})?(?:[/?,\s"'`]|$)|(?::\d{1,5}\b|\/\w)))/
/** A password with unescaped delimiters, up to an `@` that a host follows. */
const RAW_PASSWORD = /^[^\s"'<>`|@]{1,120}@(?=[\w.-]{2,100}(?:[:/]|$))/
/** More of a password that had an `@` in it, up to an `@` that a full host name follows. */
const LATER_HOST = /^[^\s"'<>`|@=]{0,64}@(?=[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?::\d{1,5})?(?:[/,?]|$))/
/** One more host of a list: `,h2.acme:27017`. */
const NEXT_HOST =
  /^,(?:[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?::\d{1,5})?|[\w-]{1,63}:\d{1,5})(?=[,/?\s"'`<>)\]]|$)/
/** Go's MySQL driver: `tcp(host:3306)`. */
const GO_ADDRESS = /^(?:tcp|udp|unix)\([^()\s"'`<>]{0,120}\)/
const NEXT_PARAMETER = /^;[\w.-]{1,40}=/
/** Characters of a JSON string that are escaped inside of a URI: `\/`, `\u0026`. */
const ESCAPED = /^\\(?:\/|u00(?:26|2[bdf]|3[da]|40|7e))/i

/** Controls, blanks, quotes, `< > | \` and backtick end a URI wherever they stand, and so does a placeholder. */
function endsUri(code: number): boolean {
  if (code <= 32 || code > 0xfff0) return true
  return (
    code === 34 || code === 39 || code === 60 || code === 62 || code === 96 || code === 124 || code === 92
  )
}

/** `/ ? #`: the end of the authority. */
function endsAuthority(code: number): boolean {
  return code === 47 || code === 63 || code === 35
}

/**
 * Reads the URI whose `://` stands at `[colonAt, userStart)`. Costs no more than a few hundred characters.
 * @returns undefined where no scheme stands before it
 */
export function readUri(text: string, colonAt: number, userStart: number): Uri | undefined {
  const start = schemeStart(text, colonAt)
  if (start === colonAt) return undefined
  const jdbc = text.charAt(start - 1) === ":" ? JDBC.exec(text.slice(Math.max(0, start - 48), start)) : null
  const scheme = text.slice(start, colonAt).toLowerCase().replace(/\+.*$/, "")
  const { colon, at } = readUserInfo(text, userStart, text.charAt(start - (jdbc?.[1]?.length ?? 0) - 1))
  return {
    start: start - (jdbc?.[1]?.length ?? 0),
    scheme,
    isJdbc: jdbc !== null,
    userStart,
    colon: at === -1 ? -1 : colon,
    at,
  }
}

/** Where the scheme before `colonAt` begins; what belongs to an escape before it (`\n`, `%3D`) is left out. */
function schemeStart(text: string, colonAt: number): number {
  let start = colonAt
  while (start > colonAt - MAX_SCHEME && isSchemeChar(text, start - 1)) start--
  const before = text.charAt(start - 1)
  const escape = before === "\\" || before === "%" ? ESCAPE_END.exec(text.slice(start, colonAt)) : null
  if (escape === null) return firstLetter(text, start, colonAt)
  const from = start + escape[0].length
  return startsToken(text, from) ? from : start
}

/** Letters, digits, `+ . -`, and `_` for drivers such as `oracle+cx_oracle`. */
function isSchemeChar(text: string, index: number): boolean {
  return hasClass(text, index, ALNUM) || "+._-".includes(text.charAt(index) || " ")
}

function firstLetter(text: string, from: number, to: number): number {
  let start = from
  while (start < to && !hasClass(text, start, LETTER)) start++
  return start
}

function readUserInfo(text: string, from: number, before: string): { colon: number; at: number } {
  const stop = Math.min(text.length, from + MAX_USERINFO)
  let at = -1
  let colon = -1
  let i = from
  for (; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === 92 && ESCAPED.test(text.slice(i, i + 6)) && text.charCodeAt(i + 1) !== 47) continue
    if (endsUri(code) || endsAuthority(code)) break
    if (code === 64) at = i
    if (code === 58 && colon === -1) colon = i
  }
  if (colon === -1 || (at !== -1 && colon > at)) return { colon: -1, at }
  return { colon, at: at === -1 ? rawPasswordEnd(text, i, colon, before) : laterAt(text, at, i) }
}

/**
 * Passwords with an unescaped `/`, `?` or `#` are not legal but common in connection strings: looks on to an `@`
 * before the next blank or quote, where a colon said that a password has begun and no port follows it.
 */
function rawPasswordEnd(text: string, from: number, colon: number, before: string): number {
  const signed = endsUri(text.charCodeAt(from)) ? signedPasswordEnd(text, colon, before) : -1
  if (signed !== -1) return signed
  if (!hasClass(text, colon + 1, 0xff)) return -1
  const rest = text.slice(colon + 1, Math.min(text.length, from + 64))
  if (PORT.test(rest)) return -1
  const found = RAW_PASSWORD.exec(rest)
  return found === null ? -1 : colon + found[0].length
}

/** Where the password holds a quote, a bar or an angle bracket: not the quote that opened the URI, nor a tag or another URI. */
function signedPasswordEnd(text: string, colon: number, before: string): number {
  const rest = text.slice(colon + 1, colon + 260)
  const password = SIGNED_PASSWORD.exec(rest)?.[0].slice(0, -1)
  if (password === undefined || PORT.test(rest) || /:\/\/|<\/|\]\(|['"`][,;:)\]}>+]/.test(password)) return -1
  if (/["'`<]/.test(before) && password.includes(before === "<" ? ">" : before)) return -1
  return colon + 1 + password.length
}

/** The `@` before the host where the password holds one and then a delimiter: `p@ss/word@db.acme.com`. */
function laterAt(text: string, at: number, authorityEnd: number): number {
  if (!endsAuthority(text.charCodeAt(authorityEnd))) return at
  const host = text.slice(at + 1, authorityEnd)
  if (host.length > 40 || /[.:[\]]/.test(host)) return at
  const later = LATER_HOST.exec(text.slice(authorityEnd, authorityEnd + 240))
  return later === null ? at : authorityEnd + later[0].length - 1
}

/** The hosts of the authority, from `hostStart` on: offsets of the end, and the text with all of a list. */
export function hostEnd(text: string, hostStart: number): number {
  let i = hostStart
  const stop = Math.min(text.length, hostStart + MAX_URI)
  i += GO_ADDRESS.exec(text.slice(hostStart, hostStart + 140))?.[0].length ?? 0
  if (i === hostStart && text.charAt(i) === "[")
    i += /^\[[0-9A-Fa-f:.%]{2,60}\]/.exec(text.slice(i, i + 64))?.[0].length ?? 0
  for (; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === 44) {
      const next = NEXT_HOST.exec(text.slice(i, i + 460))
      if (next === null) return i
      i += next[0].length - 1
    } else if (
      !hasClass(text, i, ALNUM) &&
      !(code === 45 || code === 46 || code === 58 || code === 95 || code === 37)
    )
      return i
  }
  return i
}

/**
 * Where the URI ends whose hosts end at `from`: before blanks, quotes, brackets, a comma, a semicolon that no
 * parameter follows, and before the punctuation of the sentence around it.
 */
export function uriEnd(text: string, from: number): number {
  const stop = Math.min(text.length, from + MAX_URI)
  let i = from
  for (; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) {
      const escaped = ESCAPED.exec(text.slice(i, i + 6))
      if (escaped === null) break
      i += escaped[0].length - 1
      continue
    }
    if (code > 126 || endsUri(code)) break
    // ) ] }
    if (code === 41 || code === 93 || code === 125) break
    if (code === 44) break
    if (code === 59 && !continuesAfterSemicolon(text, i)) break
  }
  while (i > from && /[.:!?*~]/.test(text.charAt(i - 1))) i--
  return i
}

function continuesAfterSemicolon(text: string, at: number): boolean {
  return text.slice(at - 4, at) === "&amp" || NEXT_PARAMETER.test(text.slice(at, at + 44))
}
