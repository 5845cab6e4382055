import type { Env } from "../base/paths.ts"
import { parseJson } from "../base/json.ts"
import { isSecretHeader } from "../intercept/scrub-headers.ts"
import { isSecretParameter } from "../intercept/scrub-url.ts"
import { nameKind } from "../intercept/secret-key.ts"
import { scopeOf } from "../redact/issued-literals.ts"
import { isDummy } from "../secrets/dummy.ts"
import { isStandIn } from "../secrets/stand-in.ts"
import { looksRandom } from "../secrets/token-shape.ts"

const MIN_CHARS = 8
const MAX_CHARS = 16_384
const MAX_DEPTH = 8
const MAX_NODES = 5000

// What OpenCode's own files call a credential although the name alone would not say so.
const STORED_NAMES: ReadonlySet<string> = new Set(["key", "access", "refresh", "codeVerifier", "oauthState"])
const ENV_NAME =
  /(?:(?<!(?:^|_)(?:PUBLIC|CACHE|PRIMARY|SORT))_KEYS?|APIKEY|ACCESS_KEY_ID|TOKENS?|_TOKEN_BEDROCK|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?)$/i
const SCHEME = /^(?:Bearer|Basic|Token|ApiKey|Api-Key|Key|Bot|DSN)\s+/i
const PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?(?:[\\/][^\\/\s]+)+[\\/]?$/
// `gpt-5-mini`, `eu-west-1`: words and small numbers.
const NAME = /^[a-z]+\d{0,3}(?:[-_.:/][a-z]*\d{0,3})+$/i

/**
 * Whether a value can be looked for wherever it stands: at least 8 characters, and no word, phrase, name, number, path,
 * URL, reference or stand-in, which also stand where they are no credential.
 */
export function isCredential(value: string): boolean {
  if (value.length < MIN_CHARS || value.length > MAX_CHARS) return false
  // Of a key block its lines are looked for.
  if (value.includes("-----BEGIN ")) return true
  if (/\s|:\/\//.test(value) || isStandIn(value) || isDummy(value)) return false
  if ((PATH.test(value) || NAME.test(value)) && !looksRandom(value, 0, value.length)) return false
  return scopeOf(value, "keyword") === "anywhere"
}

/**
 * Credentials in OpenCode's `auth.json` and `mcp-auth.json` (1.18): by the names that it gives them, and by names
 * that are secret anywhere. Takes anything.
 */
export function storedCredentials(file: unknown): readonly string[] {
  return collect(file, (name, owner) => {
    // Of a `wellknown` login, `key` names an environment variable.
    if (name === "key" && owner.type === "wellknown") return false
    return STORED_NAMES.has(name) || nameKind(name) !== "plain"
  })
}

/** Credentials in configuration: values under secret names, and in `headers` those of secret headers. */
export function configuredCredentials(config: unknown): readonly string[] {
  return collect(config, (name, _owner, parent) => {
    return nameKind(name) !== "plain" || (parent === "headers" && isSecretHeader(name, ""))
  })
}

/** Credentials in the environment: variables whose names end as those of credentials do. */
export function environmentCredentials(env: Env): readonly string[] {
  return Object.keys(env).flatMap((name) => (ENV_NAME.test(name) ? credentialsIn(env[name] ?? "") : []))
}

/** What a request identifies itself with: its secret headers, URL parameters and user information. */
export function sentCredentials(
  headers: Iterable<readonly [string, string]>,
  url: string,
): readonly string[] {
  const found: string[] = []
  for (const [name, value] of headers) if (isSecretHeader(name, value)) found.push(...credentialsIn(value))
  const { username, password, searchParams } = URL.canParse(url) ? new URL(url) : NO_URL
  for (const [name, value] of searchParams) if (isSecretParameter(name, value)) found.push(value)
  return [...found, ...[username, password].map(percentDecoded)].filter(isCredential)
}

const NO_URL = { username: "", password: "", searchParams: new URLSearchParams() }

type Names = (name: string, owner: PlainObject, parent: string) => boolean
type PlainObject = Readonly<Record<string, unknown>>

/** The credentials among the strings of `value` whose name `isNamed` accepts. Bounded in depth and number. */
function collect(value: unknown, isNamed: Names): readonly string[] {
  const found: string[] = []
  let nodes = 0
  const visit = (owner: unknown, parent: string, depth: number): void => {
    if (typeof owner !== "object" || owner === null || depth > MAX_DEPTH) return
    const named: PlainObject = { ...owner }
    for (const [name, item] of Object.entries(named)) {
      nodes += 1
      if (nodes > MAX_NODES) return
      if (typeof item !== "string") visit(item, name, depth + 1)
      else if (isNamed(Array.isArray(owner) ? parent : name, named, parent))
        found.push(...credentialsIn(item))
    }
  }
  visit(value, "", 0)
  return found
}

/** A value, without the scheme in front of it; of `Basic` also the password, of cookies each, of JSON what it names. */
function credentialsIn(value: string): readonly string[] {
  const text = value.trim()
  const json = text.startsWith("{") ? parseJson(text) : undefined
  if (json !== undefined) return configuredCredentials(json)
  const bare = text.replace(SCHEME, "")
  return [bare, ...passwordsOf(text, bare), ...cookieValues(bare), ...urlPasswords(bare)].filter(isCredential)
}

function passwordsOf(text: string, bare: string): readonly string[] {
  if (!/^Basic\s/i.test(text)) return []
  const pair = Buffer.from(bare, "base64").toString("utf8")
  return [pair, pair.slice(pair.indexOf(":") + 1)]
}

function cookieValues(text: string): readonly string[] {
  if (!/^[\w.-]+=[^;]+(?:;|$)/.test(text)) return []
  return text.split(";").map((pair) => pair.slice(pair.indexOf("=") + 1).trim())
}

function urlPasswords(text: string): readonly string[] {
  const password = text.includes("://") && URL.canParse(text) ? new URL(text).password : ""
  return password === "" ? [] : [percentDecoded(password)]
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
