import { CLASSES, DIGIT, HEX, LOWER, UPPER } from "../charset.ts"
import { bitsPerChar } from "../likelihood.ts"
import { readLinePrefix } from "../line-prefix.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { textKind } from "../views/text-kind.ts"

/** Widths in use: 64 (RFC 7468), 70 (OpenSSH), 72 and 76 (RFC 2045, GNU base64). */
const MIN_WIDTH = 60
const MAX_WIDTH = 76
/** A run may hold a path and a line number before its base64. */
const MAX_RUN = 320
const MIN_ROWS = 3
/** Plus signs that a diff, or a diff of a merge, puts before a line. */
const MAX_PLUS = 2
/** Random base64 of 64 characters lies above 6; words, paths and identifiers below 5. */
const MIN_BITS = 5.4
/** How far around a block its BEGIN and END lines may stand. */
const ARMOUR_REACH = 500
const ARMOUR = /-{4,5} ?(BEGIN|END) ([A-Z0-9][A-Z0-9 ]{1,50})-{4,5}/g
/**
 * What may stand between a row and the next: padding, the end of a string, a line break or an escaped one, and up to two
 * empty lines, as OpenCode's grep tool puts them between its matches.
 */
const ROW_END =
  /={0,2}(?:\\{1,4}[nr]|[ \t\r"'`,;+)]|\u001b\[[\d;]{0,10}[mK]){0,10}(?:\n(?:[ \t]{0,8}\r?\n){0,2}|$)|={0,2}(?:\\{1,4}r)?\\{1,4}n(?:\\{1,4}n){0,2}|={0,2}\\{0,3}["'`]/y
/** Base64 of the first bytes of images, fonts, archives, documents, media and web assembly. */
const FILE_MAGIC =
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|JVBERi|UEsDB|H4sI|AGFzbQ|d09GRg|d09GMg|UklGR|AAABAA|AAEAAA|PD94|PHN2Zy|T2dnUw|SUQz|KLUv|Qlpo|YnBsaXN0|\/Td6|AAAA.{4}ZnR5c)/
/**
 * DER of X.509 certificates, requests and revocation lists (a SEQUENCE in a SEQUENCE, both in long form), RSA's
 * SubjectPublicKeyInfo and RSAPublicKey, PKCS #7 (RFC 2315: the object identifiers of `pkcs-7`), answers of OCSP (RFC 6960).
 */
const PUBLIC_DER =
  /^\x30(?:\x81.|\x82..|\x83...|\x80)(?:\x30[\x81-\x83]|\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03|\x02[\x81\x82]|\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07|\x0a\x01\x00\xa0)/s

/** The end of a certificate in XML (XML Signature, section 4.5.4), perhaps behind one more row. */
const CERTIFICATE_END = /^[ \t]{0,20}(?:[A-Za-z0-9+/]{1,76}={0,2}\s{0,20})?<\/(?:\w{1,10}:)?X509Certificate>/
/** Rows of a block that are decoded to see whether they are text. */
const MAX_JUDGED = 12

/** One line of base64. */
interface Row {
  readonly lineStart: number
  readonly start: number
  readonly end: number
  /** Start of the line after it. */
  readonly next: number
  readonly marked: boolean
  readonly isPadded: boolean
  /** More than a prefix stands before it, as `{"key":"` does: only the first row of a block may be such. */
  readonly isOpening: boolean
}

function isGenerated(text: string, start: number, end: number): boolean {
  let upper = 0
  let lower = 0
  let digit = 0
  let hex = 0
  for (let i = start; i < end; i++) {
    const flags = CLASSES[text.charCodeAt(i)] ?? 0
    if (flags & UPPER) upper++
    if (flags & LOWER) lower++
    if (flags & DIGIT) digit++
    if (flags & HEX) hex++
  }
  if (upper < 6 || lower < 6 || digit < 1 || hex > (end - start) * 0.8) return false
  return bitsPerChar(text, start, end) >= MIN_BITS
}

/** Whether seven of ten bytes are printable ASCII, which one of three random bytes is. */
function isMostlyText(base64: string): boolean {
  const bytes = Buffer.from(base64, "base64")
  let printable = 0
  for (const byte of bytes) if ((byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13)) printable++
  return printable * 10 >= bytes.length * 7
}

/** Start of the base64 in a run that may begin with an escape's letter or end a path (`k.pem-3-`). */
function base64Start(text: string, start: number, end: number): number {
  for (let i = end; i > start; i--) {
    const code = text.charCodeAt(i - 1)
    if (code === 45 || code === 95) return i
  }
  return text.charAt(start - 1) === "\\" && text.charAt(start) === "n" ? start + 1 : start
}

function lineStartOf(text: string, at: number): number {
  const floor = Math.max(0, at - MAX_RUN)
  const before = text.slice(floor, at)
  const real = before.lastIndexOf("\n")
  const escaped = before.lastIndexOf("\\n")
  if (real === -1 && escaped === -1) return floor === 0 ? 0 : -1
  return floor + (real > escaped ? real + 1 : escaped + 2)
}

/** Reads the row that holds the run; undefined where the line holds anything else. */
function readRow(text: string, runStart: number, runEnd: number): Row | undefined {
  const start = base64Start(text, runStart, runEnd)
  const width = runEnd - start
  if (width < MIN_WIDTH || width > MAX_WIDTH + MAX_PLUS) return undefined
  ROW_END.lastIndex = runEnd
  if (!ROW_END.test(text)) return undefined
  const next = ROW_END.lastIndex
  const lineStart = lineStartOf(text, start)
  if (lineStart === -1) return undefined
  const prefix = readLinePrefix(text, lineStart)
  const isReached = prefix.end >= start || /^[\s"'`+]{1,8}$/.test(text.slice(prefix.end, start))
  if (!isReached && !/["'`]$/.test(text.slice(start - 1, start))) return undefined
  return {
    lineStart,
    start,
    end: runEnd,
    next,
    marked: prefix.marked,
    isPadded: text.charAt(runEnd) === "=",
    isOpening: !isReached,
  }
}

/** Whether a block is no key: it bears the armour of a certificate or public key, or begins like a file. */
function isPublic(text: string, rows: readonly Row[], first: Row): boolean {
  const before = text.slice(Math.max(0, first.lineStart - ARMOUR_REACH), first.start)
  ARMOUR.lastIndex = 0
  const opened = [...before.matchAll(ARMOUR)].at(-1)
  if (opened !== undefined && opened[1] === "BEGIN") return !(opened[2] ?? "").includes("PRIVATE KEY")
  const above = before.split("\n").at(-2)?.trim() ?? ""
  if (above.includes(";base64,") || (above.length >= MIN_WIDTH && FILE_MAGIC.test(above))) return true
  const last = rows.at(-1)?.next ?? first.next
  ARMOUR.lastIndex = 0
  const closed = ARMOUR.exec(text.slice(last, last + ARMOUR_REACH))
  if (closed !== null && closed[1] === "END") return !(closed[2] ?? "").includes("PRIVATE KEY")
  if (CERTIFICATE_END.test(text.slice(last, last + 100))) return true
  const head = text.slice(first.start, first.start + 60)
  if (FILE_MAGIC.test(head) || PUBLIC_DER.test(atob(head))) return true
  // A text in base64 is judged by what it says.
  if (textKind(Buffer.from(text.slice(first.start, first.end), "base64")) !== undefined) return true
  return rows.slice(0, MAX_JUDGED).every((row) => isMostlyText(text.slice(row.start, row.end)))
}

/** The last line of a block, shorter than the others. */
function shortRow(text: string, from: number, width: number, plus: number): [number, number] | undefined {
  const prefix = readLinePrefix(text, from)
  const isSign = plus === 0 && text.charAt(prefix.end - 1) === "+"
  const rest = text.slice(isSign ? prefix.end - 1 : prefix.end, prefix.end + width)
  const match = /^(["'`]?)([A-Za-z0-9+/]{2,76}={0,2})/.exec(rest)
  const base64 = match?.[2] ?? ""
  const start = prefix.end - (isSign ? 1 : 0) + (match?.[1]?.length ?? 0)
  const end = start + base64.length
  ROW_END.lastIndex = end
  if (base64.length % 4 !== 0 || base64 === "" || !ROW_END.test(text)) return undefined
  const isBase64 =
    base64.endsWith("=") || (base64.length >= 8 && /[A-Z]/.test(base64) && /[a-z0-9]/.test(base64))
  return isBase64 ? [start, end] : undefined
}

/** How many plus signs begin every row: the marks of a diff, which base64 alone would hardly share. */
function sharedPlusSigns(text: string, rows: readonly Row[]): number {
  let count = 0
  while (count < MAX_PLUS && rows.every((row) => text.charAt(row.start + count) === "+")) count++
  return count
}

class KeyLinesRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #rows: Row[] = []

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(): void {}

  run(start: number, end: number): void {
    if (end - start < MIN_WIDTH || end - start > MAX_RUN) return
    const row = readRow(this.#text, start, end)
    if (row === undefined) return
    const last = this.#rows.at(-1)
    const isNext =
      last !== undefined &&
      !last.isPadded &&
      !row.isOpening &&
      row.lineStart === last.next &&
      row.end - row.start === last.end - last.start
    if (!isNext) this.finish()
    this.#rows.push(row)
  }

  finish(): void {
    const rows = this.#rows
    this.#rows = []
    const [first] = rows
    if (first === undefined || rows.length < MIN_ROWS) return
    const text = this.#text
    const plus = sharedPlusSigns(text, rows)
    const width = first.end - first.start - plus
    if (width > MAX_WIDTH) return
    const generated = rows.filter((row) => isGenerated(text, row.start, row.end)).length
    if (generated < MIN_ROWS || generated * 2 < rows.length || isPublic(text, rows, first)) return
    this.#report(rows, plus, width)
  }

  #report(rows: readonly Row[], plus: number, width: number): void {
    const text = this.#text
    const spans = rows.map((row): [number, number] => [row.start + plus, padded(text, row.end)])
    const head = /^[A-Za-z0-9+/]{4,76}$/.exec(text.slice(0, rows[0]?.lineStart ?? 0).trimEnd())
    if (head !== null && /[0-9A-Z+/]/.test(head[0])) spans.unshift([0, head[0].length])
    const tail =
      rows.at(-1)?.isPadded === true ? undefined : shortRow(text, rows.at(-1)?.next ?? 0, width, plus)
    if (tail !== undefined) spans.push(tail)
    const isListed = rows.every((row) => row.marked)
    if (isListed) for (const [start, end] of spans) this.#emit("private-key-lines", start, end)
    else this.#emit("private-key-lines", spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 0)
  }
}

function padded(text: string, end: number): number {
  let i = end
  while (i < end + 2 && text.charAt(i) === "=") i++
  return i
}

/** Base64 lines as wide as those of key files, without the BEGIN and END lines that would name them. */
export const keyLinesPass: Pass = {
  detectors: [
    {
      id: "private-key-lines",
      title: "Lines of a private key whose first and last line were cut off",
      source: "https://www.rfc-editor.org/rfc/rfc7468#section-2",
      label: "PrivateKeyDetector",
    },
  ],
  keywords: [],
  begin: (text, emit) => new KeyLinesRun(text, emit),
}
