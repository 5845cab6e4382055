import { ALNUM, hasClass, NAME, SPACE } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isStandIn } from "../stand-in.ts"

/** How far after its command an option is looked for, on the same line. */
const WINDOW = 300
const MAX_HOST = 120
/** A shell word after its option, in quotes or bare. */
const WORD = "(?:\"([^\"\\n]{3,200})\"|'([^'\\n]{3,200})'|([^\\s\"'`;|&<>()\\\\]{3,200}))"
/** What may stand between a command and its option. */
const ARGUMENTS = "[ \\t](?:[^\\n;|&]{0,249}?[ \\t])??"

/**
 * Commands in lower case with the pattern of the option that hands over a password; what such an option means
 * elsewhere differs (`mkdir -p`). `%` stands for the password, `~` for the arguments before the option.
 */
const OPTIONS: Readonly<Record<string, string>> = {
  sshpass: "[ \\t]{1,4}-p[ \\t]{0,4}%",
  mysql: "(?:dump|admin|import|sh|-admin|-dump)?~(?:-p|--password=)%",
  mariadb: "(?:dump|admin|import|sh|-admin|-dump)?~(?:-p|--password=)%",
  "docker login": "~(?:-p|--password)[ \\t=]%",
  "podman login": "~(?:-p|--password)[ \\t=]%",
  "oc login": "~(?:-p|--password)[ \\t=]%",
  "cf login": "~(?:-p|--password)[ \\t=]%",
  "az login": "~(?:-p|--password)[ \\t=]%",
  "helm registry login": "~(?:-p|--password)[ \\t=]%",
  "buildah login": "~(?:-p|--password)[ \\t=]%",
  "skopeo login": "~(?:-p|--password)[ \\t=]%",
  "redis-cli": "~(?:-a|--pass)[ \\t]%",
  psexec: "(?:64)?(?:\\.(?:exe|EXE))?~-p[ \\t]%",
  mongosh: "~(?:-p|--password)[ \\t=]%",
  mongodump: "~(?:-p|--password)[ \\t=]%",
  mongorestore: "~(?:-p|--password)[ \\t=]%",
  cqlsh: "~(?:-p|--password)[ \\t=]%",
  ldapsearch: "~-w[ \\t]{0,2}%",
  ldapmodify: "~-w[ \\t]{0,2}%",
  ldapadd: "~-w[ \\t]{0,2}%",
  sqlcmd: "~-P[ \\t]{0,2}%",
  htpasswd: "[ \\t]+-\\w{0,4}b\\w{0,4}[ \\t]+\\S{1,120}[ \\t]+\\S{1,60}[ \\t]+%",
  smbclient: "~(?:-U|--user)[ \\t=]?[\"']?[\\w.\\\\/-]{1,60}%25%",
  xfreerdp: "~/p:%",
  "zip ": "(?:[^\\n;|&]{0,250}?[ \\t])?(?:-P|--password)[ \\t]{1,2}%",
  "openssl enc": "~(?:-[kK][ \\t]{1,2}|-pass pass:)%",
  ipmitool: "~-P[ \\t]{0,2}%",
  mosquitto_pub: "~(?:-P|--pw)[ \\t]%",
  mosquitto_sub: "~(?:-P|--pw)[ \\t]%",
  lftp: "~-u[ \\t]{1,2}[\\w.@-]{1,60},%",
  "add-generic-password": "~-w[ \\t]{1,2}%",
  "add-internet-password": "~-w[ \\t]{1,2}%",
  "stats auth": "[ \\t]{1,8}[\\w.-]{1,60}:%",
  "net use": "~/user:\\S{1,80}[ \\t]{1,4}%",
  "convertto-securestring": "(?:[ \\t]{1,4}-[Ss]tring)?[ \\t]{1,4}%",
  "unzip ": "(?:[^\\n;|&]{0,250}?[ \\t])?-P[ \\t]{0,2}%",
  "7z ": "[^\\n;|&]{0,249}?[ \\t]-p%",
  "rabbitmqctl add_user": "[ \\t]+\\S{1,60}[ \\t]+%",
  "rabbitmqctl change_password": "[ \\t]+\\S{1,60}[ \\t]+%",
  "::add-mask::": "%",
  "-passin pass:": "%",
  "-passout pass:": "%",
}

/** `echo v |`, and what may stand before the command that reads it. */
const ECHOED =
  /(?:echo|printf)[ \t]{1,4}(?:-n[ \t]{1,4})?["']?([^\s"'|]{3,200})["']?[ \t]{0,4}\|[^\n|]{0,60}$/

/** Commands that read a password from what is piped into them. */
const PIPED: Readonly<Record<string, RegExp>> = {
  "--password-stdin": /(?:echo|printf)[ \t]+(?:-n[ \t]+)?["']?([^\s"'|]{3,200})["']?[ \t]*\|[^\n|]{0,200}$/,
  "sudo -s": /(?:echo|printf)[ \t]+(?:-n[ \t]+)?["']?([^\s"'|]{3,200})["']?[ \t]*\|[ \t]*$/i,
  "gh secret set": ECHOED,
  "wrangler secret put": ECHOED,
  "docker secret create": ECHOED,
  "podman secret create": ECHOED,
  "gcloud secrets create": ECHOED,
  "gcloud secrets versions add": ECHOED,
  "vercel env add": ECHOED,
  "passwd --stdin": ECHOED,
  "glab variable set": ECHOED,
  chpasswd: /(?:echo|printf)[ \t]+(?:-n[ \t]+)?["']?[\w.-]{1,40}:([^\s"'|]{3,200})["']?[ \t]*\|[^\n|]{0,40}$/,
}

let compiled: Map<string, RegExp> | undefined

function optionOf(command: string): RegExp | undefined {
  compiled ??= new Map(Object.entries(OPTIONS).map(([name, source]) => [name, patternOf(source)]))
  return compiled.get(command)
}

function patternOf(source: string): RegExp {
  const pattern = source.replace("%25", "\\x25").replace("%", WORD).replace("~", ARGUMENTS)
  return new RegExp(`^${pattern}`)
}

/** A line of PostgreSQL's password file: host, port, database, user, password (`\:` escapes a colon). */
const PGPASS =
  /[\w.*/-]{1,120}:(?:\d{2,5}|\*):[\w.*-]{1,63}:[\w.*@-]{1,63}:((?:[^\s:\\]|\\[:\\]){4,200})[ \t]{0,8}(?:\r?\n|$)/y

/** Where the host that ends at `end` begins; `end` where none does. */
function startOfHost(text: string, end: number): number {
  let at = end
  while (at > end - MAX_HOST && (hasClass(text, at - 1, NAME) || isHostSign(text.charCodeAt(at - 1)))) at--
  return at === 0 || /[\s"'`:|>+=]/.test(text.charAt(at - 1)) ? at : end
}

/** `*` and `/`, for every host and for a socket's folder. */
function isHostSign(code: number): boolean {
  return code === 42 || code === 47
}

/** No password: an option, a path, a variable's name, what stands for one. */
function isNone(word: string): boolean {
  return isStandIn(word) || /^(?:-|\/|[A-Z_]+$)/.test(word)
}

class CommandPasswordRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0
  #pipedTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    const text = this.#text
    const name = text.slice(start, end).toLowerCase()
    const piped = PIPED[name]
    if (piped !== undefined) return this.#piped(start, piped)
    if (start < this.#doneTo) return
    if (name.startsWith(":") && !(name in OPTIONS)) return this.#passwordFile(start)
    if (!hasClass(text, start - 1, ALNUM)) this.#command(name, end)
  }

  #command(name: string, end: number): void {
    const text = this.#text
    const match = optionOf(name)?.exec(text.slice(end, end + WINDOW))
    const secret = match?.[1] ?? match?.[2] ?? match?.[3]
    if (match === undefined || match === null || secret === undefined) {
      // Its arguments were read once; the same word among them is no other command.
      if (hasClass(text, end, SPACE)) this.#doneTo = end + segmentLength(text, end)
      return
    }
    this.#doneTo = end + match[0].length
    if (isNone(secret)) return
    const close = match[3] === undefined ? 1 : 0
    this.#emit("command-password", this.#doneTo - close - secret.length, this.#doneTo - close)
  }

  /** `echo v | command`: the value stands before the keyword, on the same line. */
  #piped(at: number, pattern: RegExp): void {
    const from = Math.max(this.#pipedTo, at - WINDOW)
    const match = pattern.exec(this.#text.slice(from, at))
    this.#pipedTo = at
    const secret = match?.[1]
    if (match === null || secret === undefined || isNone(secret)) return
    const start = from + match.index + match[0].indexOf(secret, 5)
    this.#emit("command-password", start, start + secret.length)
  }

  #passwordFile(at: number): void {
    const text = this.#text
    const start = startOfHost(text, at)
    if (start === at) return
    PGPASS.lastIndex = start
    const secret = PGPASS.exec(text)?.[1]
    if (secret === undefined || isStandIn(secret) || !/[A-Za-z0-9]{3}/.test(secret)) return
    const from = start + text.slice(start, start + 600).indexOf(`:${secret}`, at - start) + 1
    this.#doneTo = from + secret.length
    this.#emit("pgpass", from, from + secret.length)
  }
}

/** Length of the rest of a simple command, as far as its options are looked for. */
function segmentLength(text: string, from: number): number {
  return /^[^\n;|&]{0,250}/.exec(text.slice(from, from + WINDOW))?.[0].length ?? 0
}

/** Passwords that commands take as an option, and those of PostgreSQL's password file. */
export const commandPasswordPass: Pass = {
  detectors: [
    {
      id: "command-password",
      title:
        "Password in the arguments of a command such as sshpass, mysql or docker login, or piped into it",
      source: "https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html",
      label: "KeywordDetector",
    },
    {
      id: "pgpass",
      title: "Password of a line of .pgpass",
      source: "https://www.postgresql.org/docs/current/libpq-pgpass.html",
      label: "KeywordDetector",
    },
  ],
  keywords: [...Object.keys(OPTIONS), ...Object.keys(PIPED), ":*:", ":5432:", ":5433:", ":6432:"],
  begin: (text, emit) => new CommandPasswordRun(text, emit),
}

/** The patterns above, for the test that they run in linear time; compiled when called. */
export function commandPatterns(): readonly RegExp[] {
  return [...Object.values(OPTIONS).map(patternOf), ...Object.values(PIPED), PGPASS]
}
