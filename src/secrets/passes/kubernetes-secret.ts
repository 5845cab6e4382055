import type { Emit, Pass, PassRun } from "../pass.ts"
import { isStandIn } from "../stand-in.ts"

/** How far around `kind: Secret` its manifest is read. */
const REACH = 16 * 1024
/** Shorter base64 holds a flag or a user name. */
const MIN_BASE64 = 10
/** A plain value that is shorter is a flag, a port or the name of a user. */
const MIN_PLAIN = 6

/** Where the values begin: the key `data` or `stringData` alone on its line, or with the brace of a JSON object. */
const DATA_LINE = /^([ \t]{0,80})["']?(data|binaryData|stringData)["']?:[ \t]{0,8}(?:#.{0,200})?\r?$/
const DATA_OBJECT = /"(data|binaryData|stringData)"\s{0,8}:\s{0,8}\{([^{}]{0,16000})\}/g
/** A key with its colon. */
const ENTRY = /^[ \t]{1,80}["']?[\w./-]{1,253}["']?:/
const BLOCK = /^[|>][+-]?\d?[ \t]{0,8}\r?$/
const BASE64 = /^(["']?)([A-Za-z0-9+/]{10,16000}={0,2})\1[ \t]{0,8}\r?$/
const MEMBER = /:\s{0,8}"([A-Za-z0-9+/]{10,16000}={0,2})"/g
const PLAIN_MEMBER = /:\s{0,8}"((?:[^"\\\n]|\\.){6,16000})"/g
/** A word or a number that says how something is done; a template of another program. */
const NO_SECRET = /^(?:true|false|null|[\d.]{1,12}|[{[]|\{\{.*\}\}|[&*!]\w.*)$/i

function indentOf(line: string): number {
  let i = 0
  while (line.charAt(i) === " " || line.charAt(i) === "\t") i++
  return i
}

/** The values under one `data:` of a YAML manifest, line by line. */
class YamlValues {
  readonly #emit: (start: number, end: number) => void
  #parent = -1
  #child = -1
  #inBlock = false
  #isPlain = false

  constructor(emit: (start: number, end: number) => void) {
    this.#emit = emit
  }

  line(line: string, at: number): void {
    const indent = indentOf(line)
    if (indent === line.trimEnd().length || line.charAt(indent) === "#") return
    if (this.#parent !== -1 && indent > this.#parent) return this.#value(line, at, indent)
    const data = DATA_LINE.exec(line)
    this.#parent = data === null ? -1 : indent
    this.#isPlain = data?.[2] === "stringData"
    this.#child = -1
    this.#inBlock = false
  }

  #value(line: string, at: number, indent: number): void {
    if (this.#child === -1) this.#child = indent
    if (indent > this.#child) return this.#inBlock ? this.#read(line.slice(indent), at + indent) : undefined
    const key = ENTRY.exec(line)?.[0] ?? line
    const rest = line.slice(key.length).trimStart()
    this.#inBlock = BLOCK.test(rest)
    if (!this.#inBlock) this.#read(rest, at + line.length - rest.length)
  }

  #read(rest: string, at: number): void {
    if (this.#isPlain) return this.#plain(rest, at)
    const value = BASE64.exec(rest)
    if (value === null) return
    const [, quote = "", secret = ""] = value
    this.#emit(at + quote.length, at + quote.length + secret.length)
  }

  #plain(rest: string, at: number): void {
    const value = plainScalar(rest)
    if (!isPlainSecret(value)) return
    const start = at + (/^["']/.test(rest) ? 1 : 0)
    this.#emit(start, start + value.length)
  }
}

/** A scalar as `stringData` holds it, without its quotes; a comment needs a blank before it. */
function plainScalar(rest: string): string {
  const quote = rest.charAt(0)
  if (quote === '"' || quote === "'") {
    const close = rest.lastIndexOf(quote)
    return close > 0 ? rest.slice(1, close) : rest.slice(1).trimEnd()
  }
  const comment = rest.indexOf(" #")
  return (comment === -1 ? rest : rest.slice(0, comment)).trimEnd()
}

function isPlainSecret(value: string): boolean {
  return value.trim().length >= MIN_PLAIN && !NO_SECRET.test(value) && !isStandIn(value)
}

class KubernetesSecretRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number, end: number): void {
    if (start < this.#doneTo || /[\w-]/.test(this.#text.charAt(end))) return
    const from = this.#manifestStart(start)
    const next = this.#text.indexOf("\n---", end)
    const to = Math.min(this.#text.length, end + REACH, next === -1 ? Number.POSITIVE_INFINITY : next)
    this.#doneTo = to
    const report = (at: number, until: number): void => this.#emit("kubernetes-secret", at, until)
    if (this.#text.charAt(start + "kind".length) === ":") readYaml(this.#text, from, to, report)
    else readJson(this.#text.slice(from, to), from, report)
  }

  #manifestStart(start: number): number {
    const floor = Math.max(this.#doneTo, start - REACH)
    const divider = this.#text.slice(floor, start).lastIndexOf("\n---")
    return divider === -1 ? floor : floor + divider
  }
}

function readYaml(
  text: string,
  from: number,
  to: number,
  report: (start: number, end: number) => void,
): void {
  const values = new YamlValues(report)
  for (let at = from; at < to; ) {
    const feed = text.indexOf("\n", at)
    const end = feed === -1 ? to : Math.min(feed, to)
    values.line(text.slice(at, end), at)
    at = end + 1
  }
}

function readJson(manifest: string, at: number, report: (start: number, end: number) => void): void {
  for (const data of manifest.matchAll(DATA_OBJECT)) {
    const [, field = "", body = ""] = data
    const isPlain = field === "stringData"
    const bodyAt = at + data.index + data[0].length - 1 - body.length
    for (const member of body.matchAll(isPlain ? PLAIN_MEMBER : MEMBER)) {
      if (isPlain && !isPlainSecret(member[1] ?? "")) continue
      const end = bodyAt + member.index + member[0].length - 1
      report(end - (member[1]?.length ?? MIN_BASE64), end)
    }
  }
}

/** What a Kubernetes Secret holds, in base64 or plainly, in YAML and in JSON, before or after the kind. */
export const kubernetesSecretPass: Pass = {
  detectors: [
    {
      id: "kubernetes-secret",
      title: "Value in the manifest of a Kubernetes Secret",
      source: "https://kubernetes.io/docs/concepts/configuration/secret/",
    },
  ],
  keywords: ["kind: secret", 'kind: "secret', "kind: 'secret", 'kind": "secret', 'kind":"secret'],
  begin: (text, emit) => new KubernetesSecretRun(text, emit),
}
