import type { KeyName } from "./key-name.ts"
import { ScreenedPattern } from "./screened-pattern.ts"
import { looksRandom } from "./token-shape.ts"
import { charsOf, DIGIT_CHARS } from "./value-chars.ts"

/** Words that stand where a secret would and are none: types, states, labels, what templates say. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `anonymous anonymous@ -anonymous@ any api_key apikey array auth authorization basic bearer bool boolean byte bytes changeme changeit char charsequence
  credential credentials default define disabled email empty enabled enum env example false file float func function
  generated hidden id input int integer invalid key long missing name new nil no none null number object off on
  optional pass passcode passphrase passwd password placeholder private prompt public pwd readonly redacted required
  sensitive secret securestring static str string symbol test text todo token true tuple type undef undefined unknown unset user
  username uuid value varchar void wrong yes passwort kennwort contrasena contraseña senha wachtwoord parola obligatorio
  adgangskode geslo haslo hasło heslo jelszo jelszó kodeord losenord lozinka lösenord parole parool passord salasana sifre
  slaptažodis zaporka şifre`
    .trim()
    .split(/\s+/),
)

/** Longer values are none of them. */
const MAX_STOP_WORD = 24

/** What templates and documents write in place of a value: brackets around it, or signs. */
const PLACEHOLDER: ScreenedPattern = new ScreenedPattern(
  /^(?:<[^<>]*>|<[A-Za-z][\w -]*|&(?:lt|#x3c|#60);[^&]*(?:&(?:gt|#x3e|#62);?)?|\[[^[\]]*\]|\{[^{}]*\}|%[\w.-]*%|__\w+__|@{1,3}\w+@{1,3}|#{1,3}[A-Z_]+#{1,3})$|\*{3,}|•{3,}|^\.{3}|\.{3}$|^[\w-]{1,16}\.{3}[\w-]{1,8}$|…|^(?:foo|bar|baz|qux|dummy|fake|sample|todo|tbd|n\/a)\b|^[^a-z0-9]*(?:redacted|masked|hidden)[^a-z0-9]*$/i,
)
/** Words that say so. */
const PLACEHOLDER_WORDS: ScreenedPattern = new ScreenedPattern(
  /(?:^|[-_ <])your(?:[-_ ]|[a-z]*$)|(?:^|[-_ ])my[-_](?:api|secret|token|key|pass)|_here$|-here$|change[-_ ]?me|replace[-_ ]?(?:me|with|this)|place[-_]?holder|insert[-_ ]|^generate[-_]|openssl[-_ ]rand|^enter[-_ ]|example[-_]|[-_]example$|x{4,}|(?:^|[-_ .*<[])redacted(?:$|[-_ .*>\]])/i,
)
/** A part of each of them: spares what is generated all of the others. */
const SOME_WORD =
  /your|my[-_]|here$|change|replace|holder|insert|generate|openssl|enter|example|xxxx|redacted/i

/** Looks a value up instead of holding it. */
const REFERENCE: ScreenedPattern = new ScreenedPattern(
  /\$\{|\$\([\w\s./-]|\{\{|<%|#\{|%\(\w{1,40}\)[sd]|^'?\$[A-Za-z_][\w.:>-]*'?$|^\\?\$[a-z_]\w*(?:->|\[)|^%[-\d.]*[sdvqxi@]\b|^%[A-Z_]{2,}%|^:[a-z]\w*$/i,
)
/** The same by words, which no signs in a password spell. */
const LOOKUP: ScreenedPattern = new ScreenedPattern(
  /process\.env|os\.(?:environ|getenv)|getenv|import\.meta|\bENV\[|\bsecrets?\.[A-Za-z_]|\bvault[:_]|\bop:\/\/|arn:aws|ssm:|^ENC[[(]|^!(?:ref|sub|getatt|importvalue|findinmap|join|select|secret|vault|env|env_var|include|reference|input)\b|^@(?:[./]|[a-z][a-z_./-]*$)|^env[(:.]|^ref[+:]|^file:|^@Microsoft\.KeyVault\(|^(?:var|local|data|module|each|self)\.[a-z_]|^AWS::|^projects\/[\w-]+\/secrets\//i,
)

/** Describes values instead of being one: a class of characters with a count, `\\w+`. */
const REGEX: ScreenedPattern = new ScreenedPattern(
  /\[\^?\\?[\w-]{0,8}[a-zA-Z0-9]-[a-zA-Z0-9][^\]]{0,40}\][{+*]|[\])]\{\d|\\[wd][+*{]/,
)

/** Words of values that only say what should stand there: `db-password`, `bad_token`, `mySecretKey1`. */
const ECHO_WORDS: ReadonlySet<string> = new Set(
  `password passwd pass pwd passwort passphrase secret secrets token tokens key keys apikey credential credentials auth
  keyword api app client access private public my your the a an this is not no bad good wrong invalid valid
  correct incorrect new old current some any other another user username admin root db database default dummy fake
  sample example test tests testing mock stub plain hashed hash encrypted here value string field name id label smtp
  mail email jwt bearer refresh session signing master shared to for of in with from and or confirm repeat
  expected actual given missing empty first second third one two three header cookie param query body login
  service account server env variable config setting file path url type kind role group form input hint help error
  message title text forgot reset change update show hide toggle enter set get create delete remove add find
  validate verify check generate placeholder required optional`
    .trim()
    .split(/\s+/),
)
const SECRET_WORD = /pass(?:w(?:or)?d|wort|phrase)?|pwd|secret|token|key|credential/

/**
 * Whether the value is made of nothing but words that name secrets, words that go with them and at most
 * `maxDigits` digits: it says what it is instead of being it, or selects a field of a page. `Passw0rd!` is none: its words are not whole.
 */
export function isEcho(value: string, maxDigits: number): boolean {
  if (value.length > 48 || !/^[#.]?[A-Za-z][A-Za-z _.:-]*\d{0,3}$/.test(value)) return false
  if (maxDigits === 0 && /\d$/.test(value)) return false
  if (!SECRET_WORD.test(value.toLowerCase())) return false
  const words = value.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()
  return words.split(/[^a-z]+/).every((word) => word === "" || isEchoWord(word))
}

/** Whether the value is its own key written otherwise, and says that it is a secret: `CHALLENGE_PASSWORD: "challengePassword"`. */
export function repeatsKey(name: string, value: string): boolean {
  if (value.length > 64 || !/^[A-Za-z][A-Za-z_.-]*\d{0,2}$/.test(value)) return false
  return SECRET_WORD.test(value.toLowerCase()) && bare(name).includes(bare(value))
}

function bare(name: string): string {
  return name.replace(/[^A-Za-z]/g, "").toLowerCase()
}

/** Words of any language with the signs of a sentence: no digit, no capital inside a word. */
const PLAIN_WORDS =
  /^[\p{Ps}\p{Pi}¿¡*]?\p{L}[\p{Ll}\p{Lo}\p{M}]{0,30}(?:(?: [:/&-] |[ '’,-] ?)\p{L}[\p{Ll}\p{Lo}\p{M}]{0,30}){0,12}\s?[?!.…:*)]{0,3}$/u
const CAPITALS = /^\p{Lu}{3,20}(?: \p{Lu}{1,20}){0,8}[?!.…:*]{0,3}$/u
/** Names of messages and routes. */
const MESSAGE_NAME = /^[a-z][\w-]{0,30}(?:[./:][a-z][A-Za-z_-]{0,40}){1,6}$/i

/**
 * Whether the value is what a form shows: words of any language. Where a field of that name may hold a password
 * (`perhaps`), they must look like a text: begin with a capital or hold letters or signs that one seldom types.
 */
export function isLabel(value: string, sure: KeyName["label"]): boolean {
  if (sure === undefined || value.length > 200) return false
  if (CAPITALS.test(value)) return true
  if (sure === "always") return PLAIN_WORDS.test(value) || (MESSAGE_NAME.test(value) && !/\d/.test(value))
  return PLAIN_WORDS.test(value) && (/^[^a-z]/.test(value) || /[^a-z -]/.test(value) || FORM_WORD.test(value))
}
const FORM_WORD = /^(?:again|change|confirm|confirmation|confirmed|repeat|reset|retype|save|update|verify)$/

/** One of the words, or two of them glued: `dbpassword`. */
function isEchoWord(word: string): boolean {
  if (ECHO_WORDS.has(word)) return true
  for (let cut = 2; cut <= word.length - 3; cut++)
    if (ECHO_WORDS.has(word.slice(0, cut)) && ECHO_WORDS.has(word.slice(cut))) return true
  return false
}

/** Whether the value is one or two characters repeated, or one of them most of it: `xxxxxxxx`, `-----`, `a1111111=`. */
function isRepetition(value: string): boolean {
  const first = value.charCodeAt(0)
  let second = first
  let others = 0
  let run = 1
  let longest = 1
  for (let i = 1; i < value.length; i++) {
    const code = value.charCodeAt(i)
    run = code === value.charCodeAt(i - 1) ? run + 1 : 1
    if (run > longest) longest = run
    if (code === first || code === second) continue
    if (second !== first) others++
    else second = code
  }
  return others === 0 || (longest >= 8 && longest >= value.length * 0.6)
}

/** A dollar sign and letters with two digits or more behind them: `$ummer2024`. Variables are numbered with one. */
const DOLLAR_WORD = /^\$[a-z]{3,16}\d{2,6}[!?.*#]?$/
const VARIABLE =
  /^\$(?:arg|conf|config|env|hash|input|name|opt|param|pin|pw|str|tmp|user|val|value|var)\d|pass|pwd|secret|token|key|cred|auth/

/**
 * Whether a value with a dollar sign in front, which is how variables are written, is a password all the same: made up
 * with the sign for an s, or generated.
 */
export function isDollarPassword(value: string): boolean {
  if (value.charCodeAt(0) !== DOLLAR || value.length < 7) return false
  if (DOLLAR_WORD.test(value)) return !VARIABLE.test(value)
  if (!/^\$[A-Za-z0-9]{7,40}$/.test(value) || VARIABLE.test(value.toLowerCase())) return false
  return (
    /[0-9]/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && looksRandom(value, 1, value.length)
  )
}
const DOLLAR = 36

/** A number of a C header: `0x00000360UL`. No longer than 64 bits: keys are. */
const CONSTANT = /^0x[0-9a-f]{1,16}u?l{0,2}$/i

/**
 * Whether the value is a stand-in or a reference, whatever the key says.
 *
 * @param chars what `charsOf(value)` tells
 */
export function isStandIn(value: string, chars: number = charsOf(value)): boolean {
  if (value.length < 3 || isRepetition(value)) return true
  if (value.length <= MAX_STOP_WORD && (chars & DIGIT_CHARS) === 0 && isStopWord(value)) return true
  if (REFERENCE.test(value, chars) || isLookup(value, chars)) return true
  if (value.startsWith("0") && CONSTANT.test(value)) return true
  if (value.length >= 200) return false
  if (value.length >= MIN_ALPHABET && ALPHABET.test(value)) return true
  return PLACEHOLDER.test(value, chars) || (SOME_WORD.test(value) && PLACEHOLDER_WORDS.test(value, chars))
}

/** All letters and digits and then signs: the characters that something may hold. */
const ALPHABET = /(?:ABCDEFGHIJKLMNOPQRSTUVWXYZ|abcdefghijklmnopqrstuvwxyz|0123456789){3}(?:[^A-Za-z0-9]|$)/
const MIN_ALPHABET = 62

/** Whether the value names the place where a secret is kept, or describes its characters. */
export function isLookup(value: string, chars: number = charsOf(value)): boolean {
  return LOOKUP.test(value, chars) || REGEX.test(value, chars)
}

function isStopWord(value: string): boolean {
  return STOP_WORDS.has(value.toLowerCase().replace(/:$/, ""))
}

/** Words of a list with blanks between, as diceware makes them; at most one that goes with secrets, none of a sentence. */
export function isWordList(value: string): boolean {
  if (PROSE.test(value) || !/^[a-z]{3,10}(?: [a-z]{3,10}){3,23}$/.test(value)) return false
  return value.split(" ").filter((word) => ECHO_WORDS.has(word)).length < 2
}

/** Whether words with blanks between read like a remark about a password more than like one. */
export function isRemark(value: string): boolean {
  return REMARK.test(value)
}
const REMARK =
  /\b(?:account|after|all|auth|before|client|command|connection|could|data|database|does|each|every|file|have|hint|how|if|into|it|its|just|last|later|make|more|must|name|need|never|no|off|once|one|only|optional|option|our|out|over|plain|please|random|required?|secure|server|session|should|some|store|strong|text|their|then|there|these|they|until|use|via|web|were|what|when|where|which|while|who|why|will|without|word|words|would)\b|(?:ed|ing|ions?|ly|ment|ies)\b/

/** Words that sentences are made of and passphrases from a word list are not; what forms say about passwords. */
export const PROSE: RegExp =
  /\b(?:a|an|and|are|as|at|be|by|can|cannot|characters?|chars?|digits?|do|does|for|forgot|from|has|in|is|least|length|letters?|login|max|min|minimum|missing|not|numbers?|of|on|or|reset|sign|than|that|the|this|to|too|updated?|user|with|you|your|wrong)\b/i

/** Words with dots between and a number behind: `correct.horse.battery7`. */
const DOTTED =
  /^(?:[a-z]{3,12}(?:\.[a-z]{3,12}){2,7}|[A-Z][a-z]{2,11}(?:\.[A-Z][a-z]{2,11}){1,7})[._-]?\d{1,4}[!?*#$]?$/
/** Words of the paths of objects, packages and messages. */
const PATH_WORDS =
  /\b(?:aws|app|args?|attributes?|attrs?|class|classes|com|conf|constants?|context|core|credentials?|ctx|data|entity|event|fields?|form|forms|globals?|items?|java|javax|kwargs|model|models|module|net|node|object|opts?|org|params?|parent|process|props|req|request|res|response|result|results|root|row|rows|schema|self|spec|state|std|store|sys|system|target|this|types?|utils?|values?|vars?|views?|window)\b/i

/** Whether a value is a passphrase with dots for blanks, and no path of names. */
export function isDottedPhrase(value: string): boolean {
  if (!DOTTED.test(value) || PATH_WORDS.test(value) || SECRET_WORD.test(value.toLowerCase())) return false
  return (
    value
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => ECHO_WORDS.has(word)).length < 2
  )
}

/** Four groups or more of four letters and digits, as passwords for one app are shown. */
export function isGroups(value: string): boolean {
  return /^[a-z0-9]{4}(?: [a-z0-9]{4}){3,7}$/.test(value) && !PROSE.test(value)
}
