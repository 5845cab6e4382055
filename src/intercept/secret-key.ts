import { isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"

/** What stands where a secret-bearing key, header or query parameter had its value (seed 000). */
export const REDACTED = "[REDACTED]"

/** The words of `list` as a set. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

// One of these words anywhere in a name makes it secret.
const SECRET_WORDS: ReadonlySet<string> = words(`
  password passwords passwd passwds pwd passphrase passphrases passcode secret secrets
  authorization credential credentials creds cookie cookies jwt jwts bearer
`)
const TOKEN_WORDS: ReadonlySet<string> = words("token tokens")
// `<word> key` is a secret; `public key`, `cache key`, `primary key` and a bare `key` are not.
const KEY_OWNERS: ReadonlySet<string> = words(`
  api private access secret signing encryption ssh client service master subscription session auth
  account shared storage license deploy functions virtual host
`)
// Names written without a border between their words: `apikey`, `dbpassword`, `accesskeyid`.
const JOINED =
  /(?:api|private|access|secret|signing|encryption|master|subscription)keys?(?:id)?$|(?:access|auth|refresh|session|id|bearer|bot|api|csrf|xsrf|user|github|gitlab|slack|npm)tokens?$|(?:password|passwd|passphrase|secret|credentials?)$/
// Beside `token`, these say that the value counts or describes tokens: `max_tokens`, `promptTokensDetails`.
const COUNT_WORDS: ReadonlySet<string> = words(`
  count counts detail details limit limits usage budget max min total remaining used window
  estimate estimated prompt completion input output cached reasoning thinking cache image audio
  text per
`)

/** The words of a name: camelCase and everything but letters and digits separate, digits at the end fall away. */
export function nameWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ""))
    .filter((word) => word !== "")
}

/** What a name says about its value: `token` names need a look at the value, because tokens are also counted. */
export type NameKind = "secret" | "token" | "plain"

const kinds = new Map<string, NameKind>()
const MAX_KINDS = 2000
const MAX_NAME_CHARS = 200

/** Classifies a property, header or parameter name. Remembers the answer for short names. */
export function nameKind(name: string): NameKind {
  if (name.length > MAX_NAME_CHARS) return "plain"
  const known = kinds.get(name)
  if (known !== undefined) return known
  const kind = classify(nameWords(name))
  if (kinds.size < MAX_KINDS) kinds.set(name, kind)
  return kind
}

function classify(parts: readonly string[]): NameKind {
  if (parts.some((word) => SECRET_WORDS.has(word))) return "secret"
  if (parts.some((word, index) => isKeyWord(word) && KEY_OWNERS.has(parts[index - 1] ?? ""))) return "secret"
  if (parts.length === 1 && parts[0] === "session") return "secret"
  if (parts.some((word) => TOKEN_WORDS.has(word))) return "token"
  const joined = parts.find((word) => JOINED.test(word))
  if (joined === undefined) return "plain"
  return /tokens?$/.test(joined) ? "token" : "secret"
}

function isKeyWord(word: string): boolean {
  return word === "key" || word === "keys"
}

/**
 * Whether `value` under `name` inside `owner` must not be stored. Rules of seed 000 and the names that the public
 * code missed; what only counts tokens, a log-probability's `token`, and values that cannot hold a secret (null,
 * booleans) are kept.
 */
export function isSecretProperty(name: string, value: JsonValue, owner: JsonObject): boolean {
  if (value === null || typeof value === "boolean" || value === "") return false
  const kind = nameKind(name)
  if (kind === "plain") return false
  if (kind === "secret") return true
  return !isTokenCount(name, value) && !isLogProbability(owner)
}

function isTokenCount(name: string, value: JsonValue): boolean {
  if (isOnlyNumbers(value)) return true
  const counts = nameWords(name).some((word) => COUNT_WORDS.has(word))
  if (typeof value === "string") return counts && /^\d{1,12}$/.test(value)
  return counts
}

function isOnlyNumbers(value: JsonValue): boolean {
  if (typeof value === "number" || value === null) return true
  if (typeof value !== "object") return false
  return Object.values(value).every((item) => item === undefined || isOnlyNumbers(item))
}

// `{"token":"Hello","logprob":-0.1}` (OpenAI) and `{"token":"Hello","logProbability":-0.1}` (Gemini).
function isLogProbability(owner: JsonObject): boolean {
  return Object.keys(owner).some((name) => /^log_?prob/i.test(name))
}

/** Whether `value` looks like a JSON Schema: then a property named `password` describes one and holds none. */
export function isSchema(value: JsonValue | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false
  const names = Object.keys(value)
  return names.length === 0 || names.some((name) => SCHEMA_MARKS.has(name))
}

const SCHEMA_MARKS: ReadonlySet<string> = words(`
  type $ref anyOf oneOf allOf enum const description properties items
`)

/** Schema keywords whose value is a schema or holds schemas. */
export const SCHEMA_BRANCHES: ReadonlySet<string> = words(`
  properties items anyOf oneOf allOf not additionalProperties prefixItems patternProperties $defs
  definitions dependentSchemas
`)

/** Schema keywords whose text describes; anything else (`default`, `examples`, `const`) could be a value. */
export const SCHEMA_TEXTS: ReadonlySet<string> = words(`
  type $ref $schema $id $comment title description format pattern required nullable deprecated
  readOnly writeOnly contentEncoding contentMediaType
`)
