import { codesOf, KnownNames } from "./known-names.ts"

/** How much a key's name says about its value: 0 nothing, 1 perhaps a secret, 2 a token, 3 a password. */
export type KeyStrength = 0 | 1 | 2 | 3

/** What the name of a key says about its value. */
export interface KeyName {
  readonly strength: KeyStrength
  /** A word beside the secret word, `acme_key`, or a word for nothing else, `pat`: says more than a bare `key`. */
  readonly named: boolean
  /** Only `pass`, which is a verb and a state too. */
  readonly verb: boolean
  /** Its value is often made up by a person: `JWT_SECRET`, `session_secret`. */
  readonly madeUp: boolean
  /**
   * A word of user interfaces beside a word for passwords. `always`: what it names is no password, `showPassword`;
   * `perhaps`: it may be, `confirmPassword`.
   */
  readonly label?: "always" | "perhaps"
}

const PASSWORDS: ReadonlySet<string> = new Set(
  `identified requirepass masterauth pass passcode passphrase passwd passwort password passe passord pwd pw psw kennwort senha contrasena contraseña mdp
  wachtwoord parola parool heslo haslo hasło salasana kodeord mnemonic пароль пароля 密码 密碼 口令 パスワード 비밀번호`
    .trim()
    .split(/\s+/),
)
const PASSWORD_TAIL =
  /(?:password|passwd|passwort|passphrase|kennwort|wachtwoord|(?:db|user|root|admin|my|sql|smtp|mail|redis|ftp|ssh|key|store)(?:pass|pwd))$/

/** Words that make a following `key` a secret and not an index of a map. */
const KEY_QUALIFIERS: ReadonlySet<string> = new Set(
  `access account admin amplitude api app application auth authentication authorization aws azure bearer bot
  client cloud consumer crypto customer decryption deploy developer encrypt encryption gcp google hmac integration
  integrator jwt license licence live management master merchant openai personal private prod production project
  provision provisioning read rest routing sandbox sdk secret security sending server service session shared
  sign signature signing stripe subscription team test tenant unseal user vault verification webhook write`
    .trim()
    .split(/\s+/),
)
/** Words before the secret word that turn it into something harmless. */
const HARMLESS_QUALIFIERS: ReadonlySet<string> = new Set(
  `arrow authenticity cache cancel cancellation canonical column composite csrf dict enum event
  field foreign gpg hash header hot i18n idempotency index json lock map max message metadata min no num object pgp
  partition peek pk primary prompt property pub public query react registry row search sort special
  ssh storage symbol tab translation total used completion prompt input output tokens type unknown unexpected
  invalid current cached row whole compound sub xsrf unique missing parse lexer word last first start end group entry
  shard range bucket natural candidate surrogate verifying`
    .trim()
    .split(/\s+/),
)
/** Words before `token` that make it a place in a list, however random it looks. */
const PLACES: ReadonlySet<string> = new Set(
  `continuation cursor delta next page pagination paging prev previous resume skip starting sync`.split(" "),
)
/** Words beside a word for passwords that name a button, a field or a message of a form. */
const LABELS: ReadonlySet<string> = new Set(
  `ask bad choose copy delete display empty enter expired forget forgot forgotten generate hide incorrect invalid long lost
  mask mismatch missing need placeholder recover recovery remember remove request require reveal same save send short
  show strong toggle type unmask use view weak with without wrong`
    .trim()
    .split(/\s+/),
)
/** The same, but a field of that name may hold a password: `newPassword`. */
const FIELDS: ReadonlySet<string> = new Set(
  `add again change changed confirm confirmation confirmed create current edit new old previous re reenter repeat repeated
  reset retype set update updated validate verify`
    .trim()
    .split(/\s+/),
)
/** Words that may follow the secret word without changing what the value is. */
const KEPT_TAILS: ReadonlySet<string> = new Set(
  `1 2 3 4 5 6 7 8 9 0 a b base64 b64 default dev development enc hex key live local main new old plain plaintext
  primary prod production raw secondary staging str string stg test text tests token uat v1 v2 v3 val value
  base hash confirm confirmation confirmed repeat api again current sandbox equals equal eq tok code root user admin phrase`
    .trim()
    .split(/\s+/),
)
/** Words before `pass` that make it one of several: what renderers, compilers and tests go through. */
const STAGES: ReadonlySet<string> = new Set(
  `all any blur by depth each first fix function last light lighting loop module multi next optimization post
  render second shader shadow single test third`
    .trim()
    .split(/\s+/),
)
/** `using RSA key F00D…`: what follows is the fingerprint. */
const ALGORITHMS: ReadonlySet<string> = new Set(["dsa", "ecdsa", "eddsa", "rsa"])
/** Words whose value must look generated: too common for anything else. */
const PERHAPS: ReadonlySet<string> = new Set(
  "auth oauth access private login salt pepper pat api seed unseal schlüssel schluessel sleutel ключ chave clave jeton geheim 密钥 密鑰 clé llave chiave".split(
    " ",
  ),
)
/** Words that end in `key` and name none. */
const NO_KEY =
  /^(?:monkey|turkey|hockey|whiskey|jockey|donkey|passkey|(?:gpg|pgp|pub|verify|verifying|primary|foreign|public|sort|hot|partition|row|map|cache|index|lookup|group)key)$/
const SECRET_WORDS: ReadonlySet<string> = new Set(
  `secret secrets token key authtoken authkey apikey apitoken apisecret accesskey accesstoken secretkey privatekey
  clientsecret appsecret appkey credential credentials creds cred authorization`
    .trim()
    .split(/\s+/),
)
const COMPOUND_TAIL = /(?:secret|token|apikey|accesskey|secretkey|privatekey|authkey|credential)$/

/** Whether the words of a name, lower-case, say that it is a place in a list: `nextPageToken`, `continuation_token`. */
export function isPlaceInList(words: readonly string[]): boolean {
  return words.some(
    (word, i) => (word === "token" || word === "tokens" || word === "key") && PLACES.has(words[i - 1] ?? ""),
  )
}

/** A name of ASCII characters, as nearly all are. */
const ASCII = /^[\0-\x7f]*$/
/** What is glued to capitals at the end of a name: `AWSkey`. */
const GLUED_TAIL = /[A-Z]{2}(?:key|token|secret|password)$/

/** Lower-case words of a name: split at separators, before capitals after lower case, and at the end of a run of capitals. */
function wordsOf(name: string): string[] {
  const bare = name.startsWith("-D") && isLower(name.charCodeAt(2)) ? name.slice(2) : name
  const tail = GLUED_TAIL.exec(bare)
  const tailAt = tail === null ? -1 : tail.index + 2
  if (!ASCII.test(bare)) return foreignWordsOf(bare)
  const lower = bare.toLowerCase()
  const words: string[] = []
  let from = 0
  for (let i = 0; i <= bare.length; i++) {
    const code = i < bare.length ? bare.charCodeAt(i) : 0
    const isWord = isLower(code) || isUpper(code) || isDigit(code)
    if (isWord && (i === from || !beginsWord(bare, i, code, tailAt))) continue
    if (i > from) words.push(lower.slice(from, i))
    from = isWord ? i : i + 1
  }
  return words
}

/** Whether a word begins at `i`, where one goes on as far as its characters tell. */
function beginsWord(name: string, i: number, code: number, tailAt: number): boolean {
  if (i === tailAt) return true
  if (!isUpper(code)) return false
  const before = name.charCodeAt(i - 1)
  if (!isUpper(before)) return true
  return i + 1 !== tailAt && isLower(name.charCodeAt(i + 1))
}

function foreignWordsOf(name: string): string[] {
  return name
    .replace(/([A-Z]{2})(?=(?:key|token|secret|password)$)/, "$1 ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isPassword(word: string): boolean {
  return PASSWORDS.has(word) || (word.length > MIN_PASSWORD_TAIL && PASSWORD_TAIL.test(word))
}
/** The shortest of what `PASSWORD_TAIL` finds is longer. */
const MIN_PASSWORD_TAIL = 4

/** What the word at `at` of a name says. */
function strengthOfWord(words: readonly string[], at: number): KeyStrength {
  const word = words[at] ?? ""
  const previous = at === 0 ? undefined : words[at - 1]
  if (previous === "no" || (word === "pass" && previous !== undefined && STAGES.has(previous))) return 0
  if (isPassword(word)) return 3
  if (word === "key" && previous !== undefined && ALGORITHMS.has(previous)) return 0
  if (previous !== undefined && (HARMLESS_QUALIFIERS.has(previous) || PLACES.has(previous))) return 0
  if (word.startsWith("csrf") || word.startsWith("xsrf")) return 0
  for (let i = 0; i < at; i++) {
    const one = words[i]
    if (one === "public" || one === "cache" || one === "csrf") return 0
  }
  if (word === "key") return previous !== undefined && KEY_QUALIFIERS.has(previous) ? 2 : 1
  if (PERHAPS.has(word)) return at === words.length - 1 ? 1 : 0
  if (word === "secrets" || word === "credentials") return 1
  if (SECRET_WORDS.has(word) || COMPOUND_TAIL.test(word)) return 2
  return endsInKey(word) && !NO_KEY.test(word) ? 1 : 0
}

/** `clientkey`, `someapi`: at least three letters before. */
function endsInKey(word: string): boolean {
  return word.length >= 6 && (word.endsWith("key") || word.endsWith("api"))
}

const NOTHING: KeyName = { strength: 0, named: false, verb: false, madeUp: false }

/**
 * Judges a whole key name such as `postgres_password`, `nextPageToken` or `AUTH_TOKEN_STORAGE_KEY`. The last
 * secret word counts, unless what stands after it names something else (`token_url`, `secretName`).
 */
export function judgeKey(name: string): KeyName {
  return judgeKeyAt(name, codesOf(name), 0, name.length)
}

/**
 * The same for the name at `text[start, end)`, which is remembered. A number at its end counts as a word, whatever it is.
 *
 * @param codes the codes of the text, as a walk reads them
 */
export function judgeKeyAt(text: string, codes: Uint8Array, start: number, end: number): KeyName {
  const stop = numberAt(text, start, end)
  known ??= new KnownNames()
  const place = known.placeOf(codes, start, stop, stop < end)
  const remembered = place === -1 ? undefined : known.at(place, codes, start, stop)
  if (remembered !== undefined) return remembered
  const name = text.slice(start, stop)
  const judged = judgeWords(wordsOf(stop < end ? `${name}0` : name))
  if (place !== -1) known.set(place, codes, start, stop, judged)
  return judged
}

/** Where a word of digits begins that ends a name, behind a separator; the end of the name where none does. */
function numberAt(text: string, start: number, end: number): number {
  let i = end
  while (i > start && isDigit(text.charCodeAt(i - 1))) i--
  const before = i > start ? text.charCodeAt(i - 1) : 0
  return i > start && (before === 95 || before === 45 || before === 46) ? i : end
}

function judgeWords(words: readonly string[]): KeyName {
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i] ?? ""
    const strength = strengthOfWord(words, i)
    // The digest of a token: unlike that of a password, it opens nothing.
    if (strength > 0 && strength < 3 && words.includes("hash", i)) return NOTHING
    if (strength > 0) {
      const madeUp = word.endsWith("secret") || (word === "key" && words[i - 1] === "secret")
      const named = i > 0 || word === "pat" || endsInKey(word)
      const judged: KeyName = { strength, named, verb: word === "pass" && i === 0, madeUp }
      const label = strength === 3 ? labelOf(words) : undefined
      return label === undefined ? judged : { ...judged, label }
    }
    if (!KEPT_TAILS.has(word) && !/^\d+$/.test(word)) return NOTHING
  }
  return NOTHING
}

/** The same few names fill a text. */
let known: KnownNames<KeyName> | undefined

function labelOf(words: readonly string[]): KeyName["label"] {
  if (words.some((word) => LABELS.has(word))) return "always"
  return words.some((word) => FIELDS.has(word)) ? "perhaps" : undefined
}
