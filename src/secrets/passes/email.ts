import { ALNUM, hasClass } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"

const MAX_LOCAL = 64
const MAX_DOMAIN = 255
const LOCAL = /[A-Za-z0-9._%+-]/
const DOMAIN =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?){0,6}\.[A-Za-z]{2,24}$/
/** Lines and fields whose addresses are public record and are matched by tools: git, manifests, licences. */
const PUBLIC_LINE =
  /(?:^|\n)[^\n]{0,160}(?:(?<![a-z])(?:author|committer|maintain(?:er|ed)|contributor|copyright|tagger|uploader)s?(?![a-z])|\b(?:19|20)\d\d\b[^\n]{0,80}<|report[^\n]{0,40}(?:bug|vulnerabilit|security|issue|abuse)|(?:signed-off|reviewed|co-authored|acked|tested|reported|suggested|helped)-by:|\(c\)|©|@author|ssh-(?:rsa|ed25519|dss)|ecdsa-sha2)[^\n]{0,200}$/i
const MANIFEST =
  /["']?(?:author|authors|contributors|maintainers|bugs|owners|publisher|_npmUser)["']?\s*[:=]\s*[[{][^\]]*$/i
/** Address-like names that are files, packages or hosts. */
const NOT_A_DOMAIN =
  /\.(?:png|jpe?g|gif|svg|webp|css|scss|js|mjs|cjs|ts|tsx|jsx|json|html?|md|py|go|rs|java|local|git|so|lock|service|timer|target|socket|mount)$/i
const RIGHT_CONTEXT = /^(?::[A-Za-z~/.]|\/)/

class EmailRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit

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
    if (isRemote(text, start, at, end) || isPublic(text, start)) return
    this.#emit("email", start, end)
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
  const before = text.slice(Math.max(0, start - 12), start)
  return /(?:\/|:|@|=)$/.test(before)
    ? !/(?:mailto:|[a-z"'][:=])$/i.test(before) || before.endsWith("//")
    : /\b(?:ssh|scp|sftp)\s$/.test(before)
}

function isPublic(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 400), start)
  const line = before.slice(before.lastIndexOf("\n") + 1)
  return PUBLIC_LINE.test(`\n${line}`) || MANIFEST.test(before)
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
