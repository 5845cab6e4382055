import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { type JsonValue, parseJson } from "../base/json.ts"
import type { Env } from "../base/paths.ts"
import { REDACTED } from "../intercept/secret-key.ts"
import { literalsOfIssued } from "../redact/issued-literals.ts"
import { createLiteralMatcher, type Literal, type LiteralMatcher } from "../redact/literal-matcher.ts"
import type { Span } from "../redact/spans.ts"
import {
  configuredCredentials,
  environmentCredentials,
  sentCredentials,
  storedCredentials,
} from "./credential-values.ts"

/**
 * The credentials that OpenCode itself holds, looked for by value: as they are, JSON-escaped, URL-encoded, in
 * base64. What was seen once is looked for until 1000 others have come, because a token that was renewed a moment ago
 * still works. Everyday values are left out (`isCredential`).
 */
export interface HeldCredentials {
  /** Where credentials stand; sorted and apart. Never throws. */
  find(text: string): readonly Span[]
  /** `text` with `[REDACTED]` in their place; the very text given where there is none. */
  scrub(text: string): string
  /** What OpenCode was configured with. Kept, and looked at when a text is. */
  configured(config: object): void
  /** A request leaves with these. Costs next to nothing: they are kept, and looked at when a text is. */
  sent(headers: Iterable<readonly [string, string]>, url: string): void
}

export interface HeldCredentialsOptions {
  /** OpenCode's data directory. */
  readonly opencodeData: string
  /** Read anew whenever the files are looked at. */
  readonly env: Env
  /** Milliseconds. @default Date.now */
  readonly now?: () => number
}

const FILES = ["auth.json", "mcp-auth.json"]
const CHECK_EVERY_MS = 1000
const MAX_FILE_BYTES = 1024 * 1024
const MAX_VALUES = 1000
const MAX_UNREAD = 256
// Not the rule of a finding, only what tells how far a value is looked for: it may be any word.
const RULE = "keyword"

/** Nothing is read before the first text is looked at, so a session without captures costs nothing. */
export function createHeldCredentials(options: HeldCredentialsOptions): HeldCredentials {
  return new Holder(options)
}

class Holder implements HeldCredentials {
  readonly #env: Env
  readonly #now: () => number
  readonly #files: readonly StoredFile[]
  readonly #matcher: LiteralMatcher = createLiteralMatcher()
  readonly #literals = new Map<string, readonly Literal[]>()
  readonly #unread: (readonly [headers: Iterable<readonly [string, string]>, url: string])[] = []
  #config: object | undefined
  #inlineAuth: string | undefined
  #checkedAtMs = Number.NEGATIVE_INFINITY

  constructor({ opencodeData, env, now = Date.now }: HeldCredentialsOptions) {
    this.#env = env
    this.#now = now
    this.#files = FILES.map((name) => new StoredFile(join(opencodeData, name)))
  }

  find(text: string): readonly Span[] {
    this.#refresh()
    return this.#matcher.find(text)
  }

  scrub(text: string): string {
    let from = 0
    let scrubbed = ""
    for (const { start, end } of this.find(text)) {
      scrubbed += text.slice(from, start) + REDACTED
      from = end
    }
    return from === 0 ? text : scrubbed + text.slice(from)
  }

  configured(config: object): void {
    this.#config = config
  }

  sent(headers: Iterable<readonly [string, string]>, url: string): void {
    this.#unread.push([headers, url])
    if (this.#unread.length > MAX_UNREAD) this.#unread.shift()
  }

  #refresh(): void {
    for (const [headers, url] of this.#unread.splice(0)) this.#add(sentCredentials(headers, url))
    if (this.#now() - this.#checkedAtMs < CHECK_EVERY_MS) return
    this.#checkedAtMs = this.#now()
    for (const file of this.#files) this.#add(storedCredentials(file.changed()))
    this.#add(environmentCredentials(this.#env))
    // Once: by now every plugin's hook has had its say, and afterwards OpenCode keeps it as it is.
    this.#add(configuredCredentials(this.#config))
    this.#config = undefined
    const inline = this.#env.OPENCODE_AUTH_CONTENT
    if (inline === undefined || inline === this.#inlineAuth) return
    this.#inlineAuth = inline
    this.#add(storedCredentials(parseJson(inline)))
  }

  #add(values: readonly string[]): void {
    for (const value of values) {
      const known = this.#literals.get(value)
      // The last in order is the last to be forgotten.
      this.#literals.delete(value)
      this.#literals.set(value, known ?? this.#lookFor(value))
    }
    for (const [value, literals] of this.#literals) {
      if (this.#literals.size <= MAX_VALUES) return
      for (const literal of literals) this.#matcher.remove(literal)
      this.#literals.delete(value)
    }
  }

  #lookFor(value: string): readonly Literal[] {
    const literals = literalsOfIssued(value, RULE)
    for (const literal of literals) this.#matcher.add(literal)
    return literals
  }
}

/** A JSON file that is read only when it looks different from the last time. */
class StoredFile {
  readonly #path: string
  #mark = ""

  constructor(path: string) {
    this.#path = path
  }

  /** What it holds now, or `undefined`: not there, as before, or half written; then the next look reads it again. */
  changed(): JsonValue | undefined {
    try {
      const stats = statSync(this.#path)
      const mark = `${stats.mtimeMs} ${stats.size} ${stats.ino}`
      if (mark === this.#mark || stats.size > MAX_FILE_BYTES || !stats.isFile()) return undefined
      const json = parseJson(readFileSync(this.#path, "utf8"))
      if (json !== undefined) this.#mark = mark
      return json
    } catch {
      return undefined
    }
  }
}
