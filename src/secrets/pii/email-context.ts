/** How much of the text before an address says whose it is. */
const BEFORE = 420
/** Words of people whose addresses are public record and are matched by tools. */
const PEOPLE =
  /(?<![a-z])(?:authors?|author_?e?mail|committers?|maintain(?:ers?|ed)(?:_email)?|contributors?|contributed|copyright|taggers?|uploaders?|packagers?|credits?|thanks|written|ported|rewritten|originally|translators?|translat(?:ed|ion)|developers?|owners?|bugs|publisher|_npmuser|maintainers_email|mailmap|vendor)(?![a-z])/gi
/** Lines whose addresses are public record: trailers, notices, change logs, keys, blame, identities of git. */
const PUBLIC_LINE =
  /(?:message-id|in-reply-to|references|x-[\w-]{2,30}):|(?:signed-off|co-authored|co-developed|reviewed|acked|tested|reported|suggested|helped|reviewed-and-tested|debugged|diagnosed|original-patch|fixed|based-on-patch|inspired|mentored)-by:|\(c\)|©|&copy;|^\s*(?:[#*;%/|-]{0,4}\s?)?(?:\*\s)?(?:(?:mon|tue|wed|thu|fri|sat|sun)\s\w{3}\s\d{1,2}\s)?(?:19|20)\d\d(?:[-/.]\d\d[-/.]\d\d|(?:\s?[-,–]\s?(?:19|20)?\d\d(?:\d\d)?){0,8})?,?\s{1,8}[^\d:=@<]{2,60}(?:<|&lt;)|^\s--\s|report.{0,60}(?:bug|vulnerabilit|security|issue|abuse|problem)|(?:bug|vulnerabilit|security|issue|problem).{0,40}report|(?:send|mail|submit).{0,30}(?:patch|bug|fix)|ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|\buser\.email\b|git_(?:author|committer)_|author_?email|^\s*\d{1,7}\t|^\^?[0-9a-f]{7,40}\s.{0,80}\(?<$|\b(?:s|gem|spec|gemspec|specification)\.e?mail\b|@(?:author|copyright|maintainer|version)\b|\bby\s(?:[A-Z][\w.'-]*\s){1,4}[(<]$|^(?:from|to) [0-9a-f]{40} /i
/** A comment of source code that ends in a name and an opening bracket: authorship. */
const COMMENT = /^\s{0,80}(?:\/\/|\/?\*|#|;|--|%|dnl|rem|<!--|"""|!)/i
const NAME_END = /[A-Za-zÀ-ɏͰ-ӿ.]\s[(<]$/
/** A rule of CODEOWNERS begins with a path or a pattern. */
const CODE_PATH = /^(?:\*|\/|[\w.*-]{1,60}\/)\S{0,120}$/
/** Goes on after a heading or an opening bracket, entry after entry. */
const LIST_BEGIN = /^["'\]]?\s?(?:[:=]{0,2}\s?[[{(]|>|:?\s*\n)/
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

/** Whether the address is the remote of a command or of a URL and not a mailbox. */
export function isRemote(text: string, start: number, at: number, end: number): boolean {
  if (text.slice(start, at) === "git" || REMOTE_AFTER.test(text.slice(end, end + 48))) return true
  const before = text.slice(Math.max(0, start - 120), start)
  const word = before.slice(before.search(/[^\s"'<>`]*$/))
  const scheme = word.lastIndexOf("://")
  if (scheme !== -1 && !/[/?#]/.test(word.slice(scheme + 3))) return true
  if (/[/@]$/.test(word)) return true
  return REMOTE_KEY.test(before) || REMOTE_COMMAND.test(before)
}

/** Whether the text around says that the address is published: authors, manifests, licences, links of documents. */
export function standsInPublic(text: string, start: number, end: number): boolean {
  if (PUBLISHED_AFTER.test(text.slice(end, end + 12))) return true
  const before = text.slice(Math.max(0, start - BEFORE), start)
  if (PUBLISHED_BEFORE.test(before.slice(-24))) return true
  const line = before.slice(Math.max(before.lastIndexOf("\n") + 1, before.length - 200))
  if (PUBLIC_LINE.test(line) || isComment(line) || isCodeOwners(line)) return true
  return isAmongPeople(before, line.length) || isIdentity(before)
}

/** Whether a list of names and addresses goes on: the address before it was public and ended at `lineEnd`. */
export function continuesList(text: string, lineEnd: number, start: number): boolean {
  if (lineEnd === -1 || start - lineEnd > 100) return false
  return NEXT_ENTRY.test(text.slice(lineEnd, start))
}

/** The word stands on the same line, on one of the two before, or heads a list that is still going on. */
function isAmongPeople(before: string, lineLength: number): boolean {
  let last = -1
  for (const match of before.matchAll(PEOPLE)) last = match.index + match[0].length
  if (last === -1) return false
  if (last > before.length - lineLength) return true
  const between = before.slice(last)
  const lines = between.split("\n")
  if (lines.length <= 3 && !between.includes("\n\n")) return true
  if (!LIST_BEGIN.test(between) || /^[^\n[]*\[[^\]]*\]\s*,?\s*\n/.test(between)) return false
  return lines.slice(1).every((line) => LIST_LINE.test(line))
}

function isComment(line: string): boolean {
  return NAME_END.test(line) && COMMENT.test(line)
}

/** A path or a pattern, then its owners. */
function isCodeOwners(line: string): boolean {
  const [path, ...owners] = line.trim().split(/\s{1,40}/)
  return path !== undefined && CODE_PATH.test(path) && owners.every((owner) => owner.includes("@"))
}

/** `[user]` of a git configuration. */
function isIdentity(before: string): boolean {
  return /\[user\]\s*\n(?:[^\n[]*\n){0,4}\s*email\s*=\s*"?$/.test(before)
}

/** The patterns above, for the test that they run in linear time. */
export const emailContextPatterns: readonly RegExp[] = [
  PEOPLE,
  PUBLIC_LINE,
  COMMENT,
  NAME_END,
  CODE_PATH,
  LIST_BEGIN,
  LIST_LINE,
  NEXT_ENTRY,
  REMOTE_AFTER,
  REMOTE_COMMAND,
  REMOTE_KEY,
  PUBLISHED_AFTER,
  PUBLISHED_BEFORE,
]
