import { ALNUM, hasClass } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"

const MAX_LOCAL = 64
const MAX_DOMAIN = 255
const LOCAL = /[A-Za-z0-9._%+-]/
const DOMAIN =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?){0,6}\.[A-Za-z]{2,24}$/
/** Words of lines whose addresses are public record and are matched by tools: git, manifests, licences, keys. */
const PUBLIC_LINE =
  /(?<![a-z])(?:author|committer|maintain(?:er|ed)|contributor|copyright|tagger|uploader)s?(?![a-z])|(?:signed-off|co-authored|reviewed|acked|tested|reported|suggested|helped)-by:|\(c\)|©|\b(?:19|20)\d\d\b.{0,80}<|report.{0,40}(?:bug|vulnerabilit|security|issue|abuse)|ssh-(?:rsa|ed25519|dss)|ecdsa-sha2/i
/** A copyright notice may break its line before the address. */
const COPYRIGHT = /copyright|©|\(c\)/i
/** A list or object of people that is still open. */
const OPEN_PEOPLE =
  /(?:authors?|contributors|maintainers|bugs|owners|publisher|_npmUser)["']?\s{0,4}[:=]\s{0,4}[[{][^\]]{0,400}$/i
/** Addresses this close together share one answer about the text before them. */
const BLOCK = 200
/** Address-like names that are files, packages or hosts. */
const NOT_A_DOMAIN =
  /\.(?:png|jpe?g|gif|svg|webp|css|scss|js|mjs|cjs|ts|tsx|jsx|json|html?|md|py|go|rs|java|local|git|so|lock|service|timer|target|socket|mount)$/i
const RIGHT_CONTEXT = /^(?::[A-Za-z~/.]|\/)/

class EmailRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #judgedTo = -1
  #isPublic = false

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(at: number): void {
    const text = this.#text
    if (!hasClass(text, at + 1, ALNUM) || !hasClass(text, at - 1, ALNUM)) return
    let start = at
    while (start > 0 && start > at - MAX_LOCAL - 1 && LOCAL.test(text.charAt(start - 1))) start--
    if (at - start > MAX_LOCAL || text.charAt(start) === ".") return
    const end = domainEnd(text, at + 1)
    const domain = text.slice(at + 1, end)
    if (!DOMAIN.test(domain) || NOT_A_DOMAIN.test(domain)) return
    if (isRemote(text, start, at, end) || this.#standsInPublic(start)) return
    this.#emit("email", start, end)
  }

  /** Judged once per line, and once per block of a long line, so that many addresses cost no more than the text. */
  #standsInPublic(start: number): boolean {
    if (start < this.#judgedTo) return this.#isPublic
    const text = this.#text
    const before = text.slice(Math.max(0, start - 2 * BLOCK), start)
    const line = before.slice(Math.max(before.lastIndexOf("\n") + 1, before.length - BLOCK))
    const lineEnd = text.slice(start, start + BLOCK).indexOf("\n")
    this.#judgedTo = start + (lineEnd === -1 ? BLOCK : lineEnd)
    this.#isPublic = PUBLIC_LINE.test(line) || COPYRIGHT.test(before.slice(-120)) || OPEN_PEOPLE.test(before)
    return this.#isPublic
  }
}

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

/** `git@host:path`, `ssh://user@host/path`, `user:password@host`, `rsync user@host:dir`. */
function isRemote(text: string, start: number, at: number, end: number): boolean {
  if (text.slice(start, at) === "git" || RIGHT_CONTEXT.test(text.slice(end, end + 2))) return true
  const before = text.slice(Math.max(0, start - 80), start)
  const word = before.slice(before.search(/[^\s"'<>`]*$/))
  if (word.includes("://") || /[/@=]$/.test(word)) return true
  return /\b(?:ssh|scp|sftp)\s$/.test(before)
}

/** E-mail addresses of people; not those of git authors, package manifests or remotes. */
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
