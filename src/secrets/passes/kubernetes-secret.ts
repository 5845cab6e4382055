import type { Emit, Pass, PassRun } from "../pass.ts"

/** How far around `kind: Secret` its manifest is read. */
const REACH = 16 * 1024
/** Shorter base64 holds a flag or a user name. */
const MIN_BASE64 = 10

/** Where the values begin: the key `data` alone on its line, or with the brace of a JSON object. */
const DATA_LINE = /^([ \t]{0,80})["']?(?:data|binaryData)["']?:[ \t]{0,8}(?:#.{0,200})?\r?$/
const DATA_OBJECT = /"(?:data|binaryData)"\s{0,8}:\s{0,8}\{([^{}]{0,16000})\}/g
/** A key with its colon. */
const ENTRY = /^[ \t]{1,80}["']?[\w./-]{1,253}["']?:/
const BLOCK = /^[|>][+-]?\d?[ \t]{0,8}\r?$/
const BASE64 = /^(["']?)([A-Za-z0-9+/]{10,16000}={0,2})\1[ \t]{0,8}\r?$/
const MEMBER = /:\s{0,8}"([A-Za-z0-9+/]{10,16000}={0,2})"/g

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

  constructor(emit: (start: number, end: number) => void) {
    this.#emit = emit
  }

  line(line: string, at: number): void {
    const indent = indentOf(line)
    if (indent === line.trimEnd().length || line.charAt(indent) === "#") return
    if (this.#parent !== -1 && indent > this.#parent) return this.#value(line, at, indent)
    const data = DATA_LINE.exec(line)
    this.#parent = data === null ? -1 : indent
    this.#child = -1
    this.#inBlock = false
  }

  #value(line: string, at: number, indent: number): void {
    if (this.#child === -1) this.#child = indent
    if (indent > this.#child) return this.#inBlock ? this.#base64(line.slice(indent), at + indent) : undefined
    const key = ENTRY.exec(line)?.[0] ?? line
    const rest = line.slice(key.length).trimStart()
    this.#inBlock = BLOCK.test(rest)
    if (!this.#inBlock) this.#base64(rest, at + line.length - rest.length)
  }

  #base64(rest: string, at: number): void {
    const value = BASE64.exec(rest)
    if (value === null) return
    const [, quote = "", secret = ""] = value
    this.#emit(at + quote.length, at + quote.length + secret.length)
  }
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
    const body = data[1] ?? ""
    const bodyAt = at + data.index + data[0].length - 1 - body.length
    for (const member of body.matchAll(MEMBER)) {
      const end = bodyAt + member.index + member[0].length - 1
      report(end - (member[1]?.length ?? MIN_BASE64), end)
    }
  }
}

/** What a Kubernetes Secret holds in base64, in YAML and in JSON, with `data` before or after the kind. */
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
