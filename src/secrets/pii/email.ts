import { ALNUM, hasClass } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isPersonal } from "./email-address.ts"
import { continuesList, PublicRecord } from "./email-context.ts"

const MAX_LOCAL = 64
const MAX_DOMAIN = 255
/** Labels of letters, digits and hyphens, the last one a name that the root zone could hold. */
const DOMAIN =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?){0,6}\.[A-Za-z]{2,24}$/
/** What is left of an escape before an address: `\n`, `\u003c`. */
const ESCAPE = /^(?:u00[0-9a-f]{2}|x[0-9a-f]{2}|[nrt])/i
/** Addresses this close together share one answer about the text before them. */
const BLOCK = 200

class EmailRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #judgedTo = -1
  #isPublic = false
  /** Where the line of the last public address ends: a list goes on from line to line. */
  #publicTo = -1
  readonly #record: PublicRecord

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#record = new PublicRecord(text)
    this.#emit = emit
  }

  hit(at: number): void {
    const text = this.#text
    if (!hasClass(text, at + 1, ALNUM) || !hasClass(text, at - 1, ALNUM)) return
    const end = domainEnd(text, at + 1)
    const domain = text.slice(at + 1, end)
    if (!domain.includes(".") || !DOMAIN.test(domain)) return
    const start = localStart(text, at, text.charAt(end))
    if (start === -1) return
    if (!isPersonal(text, start, at, end)) {
      if (continuesList(text, this.#publicTo, start)) this.#publicTo = lineEnd(text, end)
      return
    }
    if (this.#record.isRemote(start, at, end) || this.#standsInPublic(start, end)) return
    this.#emit("email", start, end)
  }

  /** Judged once per line, and once per block of a long line, so that many addresses cost no more than the text. */
  #standsInPublic(start: number, end: number): boolean {
    if (start < this.#judgedTo) return this.#isPublic
    this.#judgedTo = lineEnd(this.#text, end)
    this.#isPublic = continuesList(this.#text, this.#publicTo, start) || this.#record.covers(start, end)
    if (this.#isPublic) this.#publicTo = this.#judgedTo
    return this.#isPublic
  }
}

/** The end of the line, or of the block of a long one. */
function lineEnd(text: string, from: number): number {
  const length = text.slice(from, from + BLOCK).indexOf("\n")
  return from + (length === -1 ? BLOCK : length)
}

/** Letters, those of Latin languages with accents too (RFC 6531), digits and `. _ % + -`. */
function isLocal(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code >= FIRST_ACCENT && code <= LAST_ACCENT) return true
  return hasClass(text, index, ALNUM) || "._%+-".includes(text.charAt(index) || " ")
}
const FIRST_ACCENT = 0xc0
const LAST_ACCENT = 0x24f

/** The apostrophe of a name such as `o'neil`; one that `after` closes is a quote. */
function isOfName(text: string, index: number, after: string): boolean {
  const mark = text.charAt(index)
  if (mark !== "'" || after === mark || !hasClass(text, index + 1, ALNUM)) return false
  return /(?:^|[\s<(,;:])[A-Za-z]{1,2}$/.test(text.slice(Math.max(0, index - 3), index))
}

/** Where the part before the `@` begins, `after` being what stands behind the address; -1 where none does. */
function localStart(text: string, at: number, after: string): number {
  let start = at
  while (
    start > 0 &&
    start > at - MAX_LOCAL - 1 &&
    (isLocal(text, start - 1) || isOfName(text, start - 1, after))
  )
    start--
  if (at - start > MAX_LOCAL) return -1
  if (text.charAt(start - 1) === "\\") start += ESCAPE.exec(text.slice(start, start + 5))?.[0].length ?? 0
  while (start < at && !beginsLocal(text, start)) start++
  return start === at ? -1 : start
}

function beginsLocal(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return hasClass(text, index, ALNUM) || code === UNDERSCORE || (code >= FIRST_ACCENT && code <= LAST_ACCENT)
}
const UNDERSCORE = 95

function domainEnd(text: string, from: number): number {
  let end = from
  while (
    end < from + MAX_DOMAIN &&
    (hasClass(text, end, ALNUM) || text.charAt(end) === "-" || text.charAt(end) === ".")
  )
    end++
  while (end > from && !hasClass(text, end - 1, ALNUM)) end--
  return end
}

/** E-mail addresses of people; not those of git authors, package manifests, roles or remotes. */
export const emailPass: Pass = {
  detectors: [
    {
      id: "email",
      title: "E-mail address",
      source: "https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2",
      label: "MailDetector",
    },
  ],
  keywords: ["@"],
  begin: (text, emit) => new EmailRun(text, emit),
}
