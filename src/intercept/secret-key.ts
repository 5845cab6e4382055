import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import { judgeKey } from "../secrets/key-name.ts"

/** What stands where a secret-bearing key, header or query parameter had its value (seed 000). */
export const REDACTED = "[REDACTED]"

/** The words of `list` as a set. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

// One of these words anywhere in a name makes it secret.
const SECRET_WORDS: ReadonlySet<string> = words(`
  password passwords passwd passwds pwd passphrase passphrases passcode secret secrets
  authorization credential credentials creds cookie cookies jwt jwts bearer psk otp totp
`)
const TOKEN_WORDS: ReadonlySet<string> = words("token tokens")
// `<word> key` is a secret; `public key`, `cache key`, `primary key` and a bare `key` are not.
const KEY_OWNERS: ReadonlySet<string> = words(`
  api private access secret signing encryption ssh client service master subscription session auth
  account shared storage license deploy functions virtual host
`)
// Two words that make a name secret where each alone says little.
const SECRET_PAIRS: ReadonlySet<string> = new Set([
  "auth header",
  "backup code",
  "backup codes",
  "basic auth",
  "client assertion",
  "code verifier",
  "device code",
  "mfa code",
  "proxy auth",
  "recovery code",
  "recovery codes",
  "recovery phrase",
  "saml assertion",
  "saml response",
  "seed phrase",
  "verification code",
])
// `x-auth`, `helicone-auth`, `x-corp-auth-2`; what stands at the end may say that it only describes.
const AUTH_WORDS: ReadonlySet<string> = words("auth authn oauth authentication")
const DESCRIBING: ReadonlySet<string> = words(`
  type scheme method mode provider required status style url uri host realm version
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

/**
 * Whether a header or a parameter is a credential by a name that in a body would need a look at the value: `pass`,
 * `authkey`, `x-auth`.
 */
export function namesCredential(name: string): boolean {
  if (name.length > MAX_NAME_CHARS) return false
  const parts = nameWords(name)
  if (parts.some((word) => AUTH_WORDS.has(word))) return !DESCRIBING.has(parts.at(-1) ?? "")
  return nameKind(name) === "plain" && judgeKey(name).strength > 1
}

/** Whether the masker should know the name to judge the value: `passwort`, `licenseKey`, `salt`. */
export function mayNameSecret(name: string): boolean {
  return name.length <= MAX_NAME_CHARS && judgeKey(name).strength > 0
}

function classify(parts: readonly string[]): NameKind {
  if (parts.some((word) => SECRET_WORDS.has(word))) return "secret"
  if (parts.some((word, index) => isKeyWord(word) && KEY_OWNERS.has(parts[index - 1] ?? ""))) return "secret"
  if (parts.some((word, index) => SECRET_PAIRS.has(`${parts[index - 1]} ${word}`))) return "secret"
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
 * code missed; what only counts tokens, a log-probability's `token`, packages of a lock file, and values that cannot
 * hold a secret (null, booleans) are kept.
 */
export function isSecretProperty(name: string, value: JsonValue, owner: JsonObject): boolean {
  if (value === null || typeof value === "boolean" || value === "") return false
  // A login as OpenCode and other agents store it: `{"type":"oauth","access":"…","refresh":"…"}`.
  if (owner.type === "oauth" && (name === "access" || name === "refresh")) return true
  const kind = nameKind(name)
  if (kind === "plain" || isPackage(name, value) || isSessionId(value)) return false
  if (kind === "secret") return true
  return !isTokenCount(name, value) && !isLogProbability(owner)
}

const VERSION = /^[\^~]?\d{1,5}\.\d{1,5}\.\d{1,5}(?:[-+][\w.-]{1,40})?$/
// How `bun.lock` names one.
const PACKAGE = /^\S{1,200}@\d{1,5}\.\d{1,5}\.\d/

// What a lock file says of a package called `cookie`, `js-tokens`, `node_modules/@types/jwt` or `session@^1.2.0`.
function isPackage(name: string, value: JsonValue): boolean {
  if (typeof value === "string") return VERSION.test(value)
  if (isJsonArray(value)) return typeof value[0] === "string" && PACKAGE.test(value[0])
  if (!isJsonObject(value)) return false
  if (name.includes("/") || /@[\^~\d]/.test(name)) return true
  return typeof value.version === "string" && ("resolved" in value || "integrity" in value || "dist" in value)
}

// An id of OpenCode's own opens nothing.
function isSessionId(value: JsonValue): boolean {
  return typeof value === "string" && /^ses_[A-Za-z0-9]{10,40}$/.test(value)
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
