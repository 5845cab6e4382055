/** How much a key's name says about its value: 0 nothing, 1 perhaps a secret, 2 a token, 3 a password. */
export type KeyStrength = 0 | 1 | 2 | 3

const PASSWORDS: ReadonlySet<string> = new Set(
  "pass passcode passphrase passwd passwort password passe pwd pw psw kennwort senha contrasena contraseña mdp".split(
    " ",
  ),
)
const PASSWORD_TAIL =
  /(?:password|passwd|passwort|passphrase|kennwort|(?:db|user|root|admin|my|sql|smtp|mail|redis|ftp|ssh|key|store)(?:pass|pwd))$/

/** Words that make a following `key` a secret and not an index of a map. */
const KEY_QUALIFIERS: ReadonlySet<string> = new Set(
  `access account admin amplitude api app application auth authentication authorization aws azure bearer bot
  client cloud consumer crypto customer decryption deploy developer encrypt encryption gcp google hmac integration
  integrator jwt license licence live management master merchant openai personal private prod production project
  provision provisioning read rest routing sandbox sdk secret security sending server service session shared
  sign signature signing stripe subscription team test tenant user vault verification webhook write`
    .trim()
    .split(/\s+/),
)
/** Words before the secret word that turn it into something harmless. */
const HARMLESS_QUALIFIERS: ReadonlySet<string> = new Set(
  `arrow cache cancel cancellation canonical column composite continuation cursor dict enum event field foreign
  hash header hot i18n idempotency index json lock map max message metadata min next no num object page pagination
  partition peek pk primary previous prompt property pub public query react registry row search sort special ssh
  storage symbol sync tab translation total used completion prompt input output tokens type unknown unexpected
  invalid current cached row whole compound sub`
    .trim()
    .split(/\s+/),
)
/** Words that may follow the secret word without changing what the value is. */
const KEPT_TAILS: ReadonlySet<string> = new Set(
  `1 2 3 4 5 6 7 8 9 0 a b base64 b64 default dev development enc hex key live local main new old plain plaintext
  primary prod production raw secondary staging str string stg test text tests token uat v1 v2 v3 val value
  base hash confirm confirmation api again current sandbox`
    .trim()
    .split(/\s+/),
)
const SECRET_WORDS =
  /^(?:secret|secrets|token|key|auth|authtoken|authkey|apikey|apitoken|apisecret|accesskey|accesstoken|secretkey|privatekey|clientsecret|appsecret|appkey|credential|credentials|creds|cred|access|private|authorization)$/
const COMPOUND_TAIL = /(?:secret|token|apikey|accesskey|secretkey|privatekey|authkey|credential)$/

/** Splits a name at separators, before capitals after lower case, and at the end of a run of capitals. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9ñ]+/)
    .filter((word) => word !== "")
}

function isPassword(word: string): boolean {
  return PASSWORDS.has(word) || PASSWORD_TAIL.test(word)
}

function strengthOfWord(word: string, before: readonly string[], isLast: boolean): KeyStrength {
  if (isPassword(word)) return 3
  const previous = before.at(-1)
  if (previous !== undefined && HARMLESS_QUALIFIERS.has(previous)) return 0
  if (before.includes("public") || before.includes("cache")) return 0
  if (word === "key") return previous !== undefined && KEY_QUALIFIERS.has(previous) ? 2 : 1
  if (word === "auth" || word === "access" || word === "private" || word.startsWith("authoriz"))
    return isLast ? 1 : 0
  if (word === "secrets" || word === "credentials") return 1
  return SECRET_WORDS.test(word) || COMPOUND_TAIL.test(word) ? 2 : 0
}

/** Names seen before; the same few keys fill a text. Long names are not kept: they may hold more than a name. */
const known = new Map<string, KeyStrength>()
const MAX_KNOWN = 2000
const MAX_KNOWN_LENGTH = 40

/**
 * Judges a whole key name such as `postgres_password`, `nextPageToken` or `AUTH_TOKEN_STORAGE_KEY`. The last
 * secret word counts, unless what stands after it names something else (`token_url`, `secretName`).
 */
export function keyStrength(name: string): KeyStrength {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const strength = judgeWords(wordsOf(name))
  if (name.length > MAX_KNOWN_LENGTH) return strength
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(name, strength)
  return strength
}

function judgeWords(words: readonly string[]): KeyStrength {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i] ?? ""
    const strength = strengthOfWord(word, words.slice(0, i), i === words.length - 1)
    if (strength > 0) return strength
    if (!KEPT_TAILS.has(word) && !/^\d+$/.test(word)) return 0
  }
  return 0
}
