import { ALNUM, hasClass, SPACE } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { isStandIn } from "../value-filter.ts"

/** How far after its command an option is looked for, on the same line. */
const WINDOW = 300
/** A shell word after its option, in quotes or bare. */
const WORD = "(?:\"([^\"\\n]{3,200})\"|'([^'\\n]{3,200})'|([^\\s\"'`;|&<>()\\\\]{3,200}))"

/** Options that hand over a password, per command; what such an option means elsewhere differs (`mkdir -p`). */
const OPTIONS: readonly { readonly command: RegExp; readonly option: RegExp }[] = [
  { command: /^sshpass$/, option: new RegExp(`^[ \\t]{1,4}-p[ \\t]{0,4}${WORD}`) },
  {
    command: /^(?:mysql|mariadb)$/,
    option: new RegExp(
      `^(?:dump|admin|import|sh|-admin|-dump)?[ \\t][^\\n;|&]{0,250}?(?<=[ \\t])(?:-p|--password=)${WORD}`,
    ),
  },
  {
    command: /^(?:docker|podman|oc|az|helm registry|buildah|skopeo) login$/,
    option: new RegExp(`^[ \\t][^\\n;|&]{0,250}?(?<=[ \\t])(?:-p|--password)[ \\t=]${WORD}`),
  },
  {
    command: /^redis-cli$/,
    option: new RegExp(`^[ \\t][^\\n;|&]{0,250}?(?<=[ \\t])(?:-a|--pass)[ \\t]${WORD}`),
  },
]

/** A line of PostgreSQL's password file: host, port, database, user, password (`\:` escapes a colon). */
const PGPASS =
  /^[\w.*/-]{1,120}:(?:\d{2,5}|\*):[\w.*-]{1,63}:[\w.*@-]{1,63}:((?:[^\s:\\]|\\[:\\]){4,200})[ \t]{0,8}(?:\r?\n|$)/

class CommandPasswordRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo) return
    if (this.#text.charAt(start) === ":") this.#passwordFile(start)
    else if (!hasClass(this.#text, start - 1, ALNUM)) this.#command(start, end)
  }

  #command(start: number, end: number): void {
    const text = this.#text
    const name = text.slice(start, end).toLowerCase().trim()
    const option = OPTIONS.find(({ command }) => command.test(name))?.option
    const match = option?.exec(text.slice(end, end + WINDOW))
    const secret = match?.[1] ?? match?.[2] ?? match?.[3]
    if (match === undefined || match === null || secret === undefined) {
      // Its arguments were read once; the same word among them is no other command.
      if (hasClass(text, end, SPACE)) this.#doneTo = end + segmentLength(text, end)
      return
    }
    this.#doneTo = end + match[0].length
    if (isStandIn(secret) || /^(?:-|\/|[A-Z_]+$)/.test(secret)) return
    const close = match[3] === undefined ? 1 : 0
    this.#emit("command-password", this.#doneTo - close - secret.length, this.#doneTo - close)
  }

  #passwordFile(at: number): void {
    const text = this.#text
    const before = text.slice(Math.max(0, at - 200), at)
    const host = /(?:^|[\s"'`:|>+-])([\w.*/-]{1,120})$/.exec(before)?.[1]
    if (host === undefined) return
    const start = at - host.length
    const secret = PGPASS.exec(text.slice(start, start + 600))?.[1]
    if (secret === undefined || isStandIn(secret) || secret === "*") return
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
      title: "Password in the arguments of sshpass, mysql, docker login or redis-cli",
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
  keywords: [
    "sshpass",
    "mysql",
    "mariadb",
    "redis-cli",
    ...["docker", "podman", "oc", "az", "helm registry", "buildah", "skopeo"].map((tool) => `${tool} login`),
    ":*:",
    ":5432:",
    ":5433:",
    ":6432:",
  ],
  begin: (text, emit) => new CommandPasswordRun(text, emit),
}

/** The patterns above, for the test that they run in linear time. */
export const commandPatterns: readonly RegExp[] = [...OPTIONS.map(({ option }) => option), PGPASS]
