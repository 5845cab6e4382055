/** How much of the text before an address says whose it is. */
const BEFORE = 420
/** That, and the longest word. */
const WORDS_REACH: number = BEFORE + 80
/**
 * Words that say whose an address is, searched for once in the whole text. `people`: their addresses are public record
 * and matched by tools, also on the lines that follow. `line`: trailers, notices, keys, identities of git, for the line.
 * `ask`: a request to report something, if it goes on so. `command`: takes `user@host`, if its form fits.
 */
const WORDS =
  /(?:\b|_)(?:(?<people>authors?(?:_?e?mail)?|committers?|maintain(?:ers?|ed)(?:_email)?|contributors?|contributed|copyright|taggers?|uploaders?|packagers?|credits?|thanks|written|ported|rewritten|originally|translators?|translat(?:ed|ion)|developers?|owners?|bugs|publisher|_npmuser|mailmap|vendor)(?![a-z])|(?<line>message-id:|in-reply-to:|references:|ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|user\.email|git_(?:author|committer)_|(?:s|gem|spec|gemspec|specification)\.e?mail)|(?<ask>report|bug|vulnerabilit|security|issue|problem|patch)|(?<command>ssh|scp|sftp|rsync|mosh|autossh|sshfs|sshpass|telnet|rlogin|ping|host|nslookup|dig|lftp|ansible|kinit|su)(?![a-z]))|-by:|\(c\)|©|&copy;/gi
const ASK =
  /report.{0,60}(?:bug|vulnerabilit|security|issue|abuse|problem)|(?:bug|vulnerabilit|security|issue|problem).{0,40}report|(?:send|mail|submit).{0,30}(?:patch|bug|fix)/i
/** How lines of change logs, blame, shortlog and format-patch begin: years or a date, a name, an opening bracket. */
const RECORD_LINE =
  /^\s{0,40}(?:[#*;%/|-]{0,4}\s{1,4})?(?:\*\s)?(?:(?:mon|tue|wed|thu|fri|sat|sun)\s\w{3}\s\d{1,2}\s)?(?:19|20)\d\d(?:[-/.]\d\d[-/.]\d\d|(?:\s?[-,–]\s?\d{2,4}){0,8}),?\s{1,8}[^\d:=@<]{2,60}(?:<|&lt;)|^\s--\s|^\s{0,10}\d{1,7}\t|^(?=[ \d]{6}[ \t])[ ]{0,5}\d{1,6}[ \t]{1,8}[^\d:=@<]{2,60}<$|^\^?[0-9a-f]{7,40}(?:\|[^|@\n]{1,60}){1,3}(?:\||<)$|^\^?[0-9a-f]{7,40}\s.{0,80}\(?<$|^(?:from|to) [0-9a-f]{40} /i
/** `by Ann Keller <`, `**Ann Keller** <<`. */
const BY_LINE = /\bby\s(?:[A-Z][\w.'-]{0,30}\s){1,4}[(<]$|\*\*[^*]{2,60}\*\*\s<{1,2}$/
/** A comment of source code that ends in a name and an opening bracket: authorship. */
const COMMENT = /^\s{0,80}(?:\/\/|\/?\*|#|;|--|%|dnl|rem|<!--|"""|!)/i
const NAME_END = /[A-Za-zÀ-ɏͰ-ӿ.]\s[(<]$/
/** A rule of CODEOWNERS begins with a path or a pattern. */
const CODE_PATH = /^(?:\*|\/|[\w.*-]{1,60}\/)\S{0,120}$/
/** Goes on after a heading or an opening bracket, entry after entry. */
const LIST_BEGIN = /^["'\]]?\s?(?:[:=]{0,2}\s?[[{(]|>|:?\s*\n)/
/** The bracket that opened the list closed again. */
const LIST_ENDED = /^[^\n[]{0,60}\[[^\]]{0,400}\]\s{0,4},?\s{0,4}\n/
const LIST_LINE =
  /^\s*(?:[-=~^*+•#/|_.]|\d|$|[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][A-Za-zÀ-ɏͰ-ӿ.'’ -]*[<(,:]|["'[{]|name|e?-?mail|url|web|github|twitter)/i
/** From the end of one line of a list to the next address: indentation, a bullet or years, a name. */
const NEXT_ENTRY = /^\r?\n[^@:;=\n]{0,90}[<("'\s]$/
/** `git@host:path`, `user@host:/path`, `user@host/path`, the prompt of a shell. */
const REMOTE_AFTER = /^(?::[A-Za-z~/.]|\/|\s[^\]\s]{1,40}\][$#])/
const REMOTE_COMMAND =
  /(?:^|[\s;&|$`("'])(?:ssh|scp|sftp|rsync|mosh|autossh|sshfs|ssh-copy-id|sshpass|telnet|rlogin|ping|host|nslookup|dig|lftp|ansible|kinit|su)(?:\s{1,4}-{1,2}[\w-]{1,20}(?:[\s=]{1,2}[^\s-][^\s]{0,60})?){0,6}(?:\s{1,4}[\w./~-]{1,80}){0,3}\s{1,4}$/
const REMOTE_KEY =
  /(?:host|remote|server|target|dest(?:ination)?|ssh|url|origin|upstream|proxyjump|jump)["']?\s?[=:]\s?["']?$/i
/** A link that publishes the address: `[x@y.z](mailto:x@y.z)`, `<a href="mailto:x@y.z">`. */
const PUBLISHED_AFTER = /^(?:\]\(mailto:|<\/a>)/i
const PUBLISHED_BEFORE = /(?:\]\(|href=\\?["'])mailto:$/i

/** What the words of a text say about its addresses. Ask in ascending order: each stretch is searched once. */
export class PublicRecord {
  readonly #text: string
  #readFrom = 0
  #next: RegExpExecArray | null | undefined
  #peopleEnd = -1
  #lineMark = -1
  #askMark = -1
  #commandMark = -1

  constructor(text: string) {
    this.#text = text
  }

  /** Whether the address is the remote of a command or of a URL and not a mailbox. */
  isRemote(start: number, at: number, end: number): boolean {
    const text = this.#text
    if (text.slice(start, at) === "git" || REMOTE_AFTER.test(text.slice(end, end + 48))) return true
    const word = wordBefore(text, start)
    const scheme = word.lastIndexOf("://")
    if (scheme !== -1 && !/[/?#]/.test(word.slice(scheme + 3))) return true
    if (/[/@]$/.test(word)) return true
    const before = text.slice(Math.max(0, start - 120), start)
    if (/[=:"' ]$/.test(before) && REMOTE_KEY.test(before.slice(-24))) return true
    this.#readTo(start)
    return this.#commandMark >= start - before.length && REMOTE_COMMAND.test(before)
  }

  /** Whether the text around says that the address is published: authors, manifests, licences, links of documents. */
  covers(start: number, end: number): boolean {
    const text = this.#text
    if (PUBLISHED_AFTER.test(text.slice(end, end + 12))) return true
    if (PUBLISHED_BEFORE.test(text.slice(Math.max(0, start - 24), start))) return true
    this.#readTo(start)
    const lineStart = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 200)
    if (this.#lineMark >= lineStart || this.#peopleEnd > lineStart) return true
    const line = text.slice(lineStart, start)
    if (this.#askMark >= lineStart && ASK.test(line)) return true
    if (line !== "" && isRecord(line)) return true
    return this.#isListed(start) || isIdentity(text, start) || isPatch(text, lineStart, line)
  }

  #readTo(start: number): void {
    // There is no more of them.
    if (this.#next === null) return
    // What stands further back says nothing about this address.
    if (this.#readFrom < start - WORDS_REACH) {
      this.#readFrom = start - WORDS_REACH
      this.#next = undefined
    }
    if (this.#next === undefined) this.#search()
    while (this.#next !== null && this.#next !== undefined && this.#next.index < start) {
      const { index, groups } = this.#next
      if (groups?.["people"] !== undefined) this.#peopleEnd = index + this.#next[0].length
      else if (groups?.["ask"] !== undefined) this.#askMark = index
      else if (groups?.["command"] !== undefined) this.#commandMark = index
      else this.#lineMark = index
      this.#search()
    }
  }

  #search(): void {
    WORDS.lastIndex = this.#readFrom
    this.#next = WORDS.exec(this.#text)
    this.#readFrom = WORDS.lastIndex
  }

  /** The word stands on one of the two lines before, or heads a list that is still going on. */
  #isListed(start: number): boolean {
    if (this.#peopleEnd === -1 || start - this.#peopleEnd > BEFORE) return false
    const between = this.#text.slice(this.#peopleEnd, start)
    const lines = between.split("\n")
    if (lines.length <= 3 && !between.includes("\n\n")) return true
    if (!LIST_BEGIN.test(between) || LIST_ENDED.test(between)) return false
    return lines.slice(1).every((line) => LIST_LINE.test(line))
  }
}

/** What stands before `start` up to a blank or a quote. */
function wordBefore(text: string, start: number): string {
  let from = start
  while (from > 0 && from > start - 120 && !/[\s"'<>`]/.test(text.charAt(from - 1))) from--
  return text.slice(from, start)
}

function isRecord(line: string): boolean {
  if (RECORD_LINE.test(line)) return true
  return /[(<]$/.test(line) ? BY_LINE.test(line) || isComment(line) : isCodeOwners(line)
}

/** Whether a list of names and addresses goes on: the address before it was public and ended at `lineEnd`. */
export function continuesList(text: string, lineEnd: number, start: number): boolean {
  if (lineEnd === -1 || start - lineEnd > 100) return false
  return NEXT_ENTRY.test(text.slice(lineEnd, start))
}

function isComment(line: string): boolean {
  return NAME_END.test(line) && COMMENT.test(line)
}

/** A path or a pattern, then its owners. */
function isCodeOwners(line: string): boolean {
  const [path, ...owners] = line.trim().split(/\s{1,40}/)
  return path !== undefined && CODE_PATH.test(path) && owners.every((owner) => owner.includes("@"))
}

/** The author of a patch as git writes it for mail: the line above names its commit and the date of all patches. */
function isPatch(text: string, lineStart: number, line: string): boolean {
  if (!/^from: .{0,100}$/i.test(line)) return false
  return PATCH_BEGIN.test(text.slice(Math.max(0, lineStart - 110), lineStart))
}
const PATCH_BEGIN = /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\r?\n$/m

/** `[user]` of a git configuration. */
function isIdentity(text: string, start: number): boolean {
  if (!/=\s?"?$/.test(text.slice(start - 3, start))) return false
  const before = text.slice(Math.max(0, start - 200), start)
  const section = before.lastIndexOf("[")
  return (
    before.startsWith("[user]", section) && before.endsWith("\n", before.search(/\s{0,8}email\s?=\s?"?$/) + 1)
  )
}
