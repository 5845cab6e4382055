import { isBetweenStrings, isCodeShape, isWrittenByTools } from "./code-shape.ts"
import type { KeyName } from "./key-name.ts"
import { bitsPerChar } from "./likelihood.ts"
import { isGenerated, isPrintableNoise } from "./generated.ts"
import { isDollarPassword, isDottedPhrase, isEcho, isStandIn, PROSE } from "./stand-in.ts"
import { ScreenedPattern } from "./screened-pattern.ts"
import { isUuid, looksHex, looksRandom } from "./token-shape.ts"
import { charsOf, DIGIT_CHARS, FOREIGN_CHARS, LETTER_CHARS, SLASH_CHARS, SPACE_CHARS } from "./value-chars.ts"

export { isStandIn } from "./stand-in.ts"

/** How a value is written: what decides how much proof it needs. */
export interface ValueStyle {
  readonly quoted: boolean
  /** Has the line for itself, as in an environment file or a YAML mapping: a literal, never code. */
  readonly line: boolean
  /** `password is v`, `token v`: no separator, so the value must speak for itself. */
  readonly loose: boolean
  /** Compared with the key, `secret == "v"`, or the only argument of its setter: a literal of that kind. */
  readonly exact: boolean
  /** Of a name for what signs, in an environment file: a phrase with dashes may be one. */
  readonly signing?: boolean
}

/** Digits and letters; `chars` is what `charsOf` tells of a value, here and below. */
function isMixed(chars: number): boolean {
  return (chars & MIXED) === MIXED
}
const MIXED: number = DIGIT_CHARS | LETTER_CHARS

function hasSpecial(value: string): boolean {
  return /[!#$%^&*+=~?@|\\/]/.test(value)
}

/** A name, a dotted path or a call: code, where it is not quoted. */
const CODE: ScreenedPattern = new ScreenedPattern(
  /^[&*!~-]?[A-Za-z_$][\w$]*(?:(?:\?\.|\.|->|::)[A-Za-z_$][\w$]*)*[?!]?(?:[([{<].*)?$/,
)

const URL_OR_PATH: ScreenedPattern = new ScreenedPattern(
  /^(?:[a-z][a-z0-9+.-]*:\/\/|\.{0,2}\/|~\/|[A-Za-z]:\\)|^\/?[\w.-]+(?:\/[\w.-]+)+$|^[\w-]+(?:\.[\w-]+)+\.(?:com|org|net|io|dev|js|ts|py|json|ya?ml|txt|pem|key|crt|env|md|go|rs|java)$/,
)

/** Versions of packages, dates, spans of time, sizes, addresses, algorithms, media types: never secrets. */
const MEASURE: ScreenedPattern = new ScreenedPattern(
  /^(?:0x[0-9a-f]{1,8}|[a-z][\w.-]{1,60}[-:@]v?\d{1,4}\.\d{1,5}(?:\.\w{1,12})?|v?\d+(?:\.\d+){1,3}|\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]{2,16})?|\d+ ?(?:ms|s|m|h|d|w|y|[kKmMgG]i?[bB]?|px|%|bits?|days?|hours?|minutes?|seconds?)|(?:hs|rs|es|ps)(?:256|384|512)|md5|(?:hmac[-_]?)?sha[-_]?\d{1,3}(?:[-_]\d{3})?|(?:aes|rsa|ecdsa|chacha20)(?:[-_/](?:\d{3,4}|cbc|gcm|ctr|ecb|oaep|poly1305|sha\d{1,3})){0,4}|bcrypt|scrypt|argon2\w{0,2}|ed25519|pbkdf2|(?:application|text|image|multipart|audio|video)\/[\w.+-]{1,60})$/i,
)

/** A name with a capital inside that reads like words: `no2FaPass`. */
function isIdentifier(value: string, chars: number): boolean {
  if (!CODE.test(value, chars) || !/[a-z0-9][A-Z]/.test(value)) return false
  if (bitsPerChar(value, 0, value.length) >= 5.6) return false
  return value.replace(/[^0-9]/g, "").length * 4 <= value.length
}

/** Starts like an expression, a list, a comment or a URL. */
const EXPRESSION: ScreenedPattern = new ScreenedPattern(
  /^(?:[[({]|\/[/*]|[a-z][a-z0-9+.-]{1,20}:\/\/|new\s|await\s|yield\b|qr?[qwx]?[/({]|:\w+:|function\b|\w+\()/i,
)

/** What a test, a check or a step did. */
const OUTCOME: ScreenedPattern = new ScreenedPattern(
  /^(?:fail(?:ed|ure)?|passed|success|succeeded|skip(?:ped)?|pending|ok|error|warn(?:ing)?)$/i,
)

/** What git prints behind the name of a branch: `[fix-password 1a2b3c4]`. */
const SHORT_COMMIT = /^[0-9a-f]{7,12}$/

function acceptsPassword(value: string, chars: number, style: ValueStyle, key: KeyName): boolean {
  if (key.verb && (style.loose || OUTCOME.test(value, chars))) return false
  // How many tests passed.
  if (key.verb && chars === DIGIT_CHARS && !style.quoted) return false
  if (style.loose)
    return (
      value.length >= 6 &&
      !URL_OR_PATH.test(value, chars) &&
      !SHORT_COMMIT.test(value) &&
      (isMixed(chars) || /\w[!#$%^&*~]|[$#]\w/.test(value))
    )
  if (value.length < 4 || ((chars & SLASH_CHARS) !== 0 && isPath(value))) return false
  if (style.quoted) return !key.verb || !/^[A-Z][a-z\u00df-\u024f]+$/.test(value)
  if (style.line && !/^[A-Za-z_]\w*(?:[.(]\w*[.(]|\(.*\)$)/.test(value)) return true
  if (isDottedPhrase(value) || (style.line && /^[\w.!-]+$/.test(value) && isGenerated(value))) return true
  if (style.line) return false
  if ((chars & LETTER_CHARS) === 0 && /^[0-9.]+$/.test(value)) return !value.includes(".")
  if (value.length >= 16 && isLettersAndDigits(value) && looksRandom(value, 0, value.length)) return true
  if (isIdentifier(value, chars) || /^[a-z]+(?:-[a-z]+)+$/.test(value)) return false
  if (isMixed(chars) || hasSpecial(value)) return !/^[!&*~-]?[A-Za-z_$][\w$]*(?:[.([]|->|::)/.test(value)
  return !CODE.test(value, chars)
}

function isLettersAndDigits(value: string): boolean {
  return /^[A-Za-z0-9]+$/.test(value)
}

/** Begins like a path, and is no base64 that a slash begins and no password with signs. */
function isPath(value: string): boolean {
  if (!/^[./~]?\//.test(value)) return false
  if (/^[\w./~@-]+$/.test(value)) return !isSlashedBase64(value)
  return !isSlashedBase64(value) && !isGenerated(value)
}

/** A path would have a slash in every few letters, or words. */
function isSlashedBase64(value: string): boolean {
  if (value.length < 16 || !/^\/[A-Za-z0-9+/]{15,}={0,2}$/.test(value)) return false
  if (!/[+=]/.test(value) && value.indexOf("/", 1) !== -1) return false
  return looksRandom(value, 1, value.length)
}

function acceptsToken(value: string, chars: number, style: ValueStyle, key: KeyName): boolean {
  if (style.loose && chars === DIGIT_CHARS && value.length >= 20) return true
  if (style.loose && !isMixed(chars))
    return isLongCase(value) || (isLetters(value) && looksRandom(value, 0, value.length))
  if (style.loose)
    return (
      value.length >= 15 &&
      (isLongId(value) || isUuid(value) || isGrouped(value) || looksRandom(value, 0, value.length))
    )
  if ((chars & LETTER_CHARS) === 0 && /^[0-9.,:]+$/.test(value)) return /^[0-9]{16,}$/.test(value)
  if (value.length < 8) return false
  if (looksRandom(value, 0, value.length)) return true
  if (isUuid(value) || isLongCase(value)) return true
  if (URL_OR_PATH.test(value, chars) && !isMixed(chars)) return false
  if (key.madeUp && isMadeUp(value, style)) return true
  if (!style.quoted && WORDS.test(value, chars)) return false
  if (!style.quoted && !style.line && CODE.test(value, chars))
    return value.length >= 16 && /[0-9]{2}/.test(value) && !/[.([]/.test(value)
  return isMixed(chars) || (style.quoted && /^[^\s/.:]+$/.test(value) && /[#!$^*]/.test(value))
}

/** Words joined by dashes with hardly a digit: `base64url-encoded`. */
const WORDS: ScreenedPattern = new ScreenedPattern(
  /^[A-Za-z]+(?:\d{1,3}[A-Za-z]*)?(?:[-_.][A-Za-z]+\d{0,3})+$/,
)

/** Words without digits in place of a secret: `keyboardcat`. Dashes alone make a name of something else. */
function isMadeUp(value: string, style: ValueStyle): boolean {
  if (style.exact) return /^[\w-]{8,64}$/.test(value) && !SECRET_NAME.test(value)
  if (style.signing === true && PHRASE.test(value) && !NO_PHRASE.test(value)) return true
  return (style.quoted || style.line) && /^[a-z]{10,40}$/i.test(value) && !/[a-z][A-Z]/.test(value)
}

/** Four words or more with dashes between. */
const PHRASE = /^(?=.{16,100}$)[A-Za-z]+(?:[-_][A-Za-z0-9]+){3,9}$/
/** Says what should stand there; the name of a secret that is kept elsewhere. */
const NO_PHRASE =
  /^(?:put|add|set|use|run|paste|insert|some|any|min|must|enter|replace|generate)[-_]|change|random|here|string|characters?|minimum|at[-_]least|example|[-_](?:secrets|creds?|credentials?|tls|certs?|pull[-_]secret)$/i
/** A name of a secret as its value: `cfg_secret_key`. */
const SECRET_NAME = /^[a-z]+(?:_[a-z]+)*_(?:key|token|secret|password)(?:_\d{1,2})?$/
/** Of those, what is no phrase of a person: `subject_token_0`, `cfg_secret_key`. */
const NUMBERED_NAME = /_\d{1,2}$|^[a-z]{1,8}_(?:access|api|auth|client|private|secret)_(?:key|token)$/

/** Letters and digits without words between them, long and with four digits or more. */
function isLongId(value: string): boolean {
  return value.length >= 15 && /^[A-Za-z0-9_+=/-]+$/.test(value) && value.replace(/[^0-9]/g, "").length >= 4
}

/** Characters of base64 without a path among them, or letters and digits behind a short prefix, `pk_…`. */
const LONG_ID = /^(?:[a-z]{2,4}_)?(?:[A-Za-z0-9]+|(?=.*[+=])[A-Za-z0-9+/]+)={0,2}$/

/** Letters without a digit, long enough to tell them from words; longer where they are of one case. */
function isLetters(value: string): boolean {
  if (value.length >= 24 && /^(?:[a-z]+|[A-Z]+)$/.test(value)) return true
  return value.length >= 20 && /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z_-]+$/.test(value)
}

/** Letters of one case that hardly read like words, longer than any one word. */
function isLongCase(value: string): boolean {
  return /^(?:[a-z]{24,}|[A-Z]{24,})$/.test(value) && bitsPerChar(value, 0, value.length) >= LETTER_BITS
}
/** Bits per character of 24 letters: 99.5 of 100 runs of words lie below, 99.8 of 100 random ones above. */
const LETTER_BITS = 5.4

/** Letters and digits that take turns, `ABC123DEF456`, as no words do. */
function alternates(value: string): boolean {
  if (!/^[A-Za-z0-9]{12,}$/.test(value)) return false
  const digits = value.match(/[0-9]+/g) ?? []
  return digits.length >= 2 && digits.join("").length >= 4
}

/** Groups that each hold a digit, or all of the lengths that a UUID has. */
export function isGrouped(value: string): boolean {
  if (value.length < 16 || value.replace(/[^0-9]/g, "").length < 6) return false
  return DIGIT_GROUPS.test(value) || UUID_LIKE.test(value) || isProductKey(value)
}

/** Groups of one length in capitals, as licences are written: `ABCD-1234-EFGH-5678`. */
function isProductKey(value: string): boolean {
  const groups = value.split("-")
  return (
    groups.length > 2 &&
    groups.every((group) => PRODUCT_GROUP.test(group) && group.length === groups[0]?.length)
  )
}
const PRODUCT_GROUP = /^[A-Z0-9]{4,8}$/
const DIGIT_GROUPS = /^[A-Za-z]*[0-9][A-Za-z0-9]*(?:[-_.][A-Za-z]*[0-9][A-Za-z0-9]*)*$/
const UUID_LIKE = /^[A-Za-z0-9]{6,12}(?:-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{8,14}$/

/** Nearly nothing but characters in order, as in `abcdef123456`: what examples hold. Long ones may stand for more. */
function isKeyboardRun(value: string): boolean {
  if (value.length >= (/[-_]/.test(value) ? 20 : 16)) return false
  let covered = 0
  let run = 1
  for (let i = 1; i <= value.length; i++) {
    if (value.charCodeAt(i) - value.charCodeAt(i - 1) === 1) run++
    else {
      if (run >= 5) covered += run
      run = 1
    }
  }
  return covered >= value.length * 0.75
}

/** JSON in base64 is what a provider of Terraform keeps as `private`; JWTs have their own pass. */
function acceptsPerhaps(value: string, chars: number, isNamed: boolean): boolean {
  if (isNamed && /^[0-9]{20,}$/.test(value)) return true
  if (!isMixed(chars)) return isNamed && isLetters(value) && looksRandom(value, 0, value.length)
  if (isNamed && (alternates(value) || isGrouped(value))) return true
  if (value.length < 16 || (!isNamed && /^ey[IJ]/.test(value))) return false
  if (isUuid(value)) return isNamed
  if (isNamed && isLongId(value) && LONG_ID.test(value)) return true
  return looksRandom(value, 0, value.length) || looksHex(value, 0, value.length)
}

/** Words of a list with blanks between, as diceware makes them; any quoted text without prose in an environment. */
function isPassphrase(value: string, chars: number, isLine: boolean): boolean {
  if (/pass|enter|invalid|secret|must/i.test(value)) return false
  if (isLine) return true
  if (PROSE.test(value)) return false
  if (value.length >= 10 && isMixed(chars) && /^\S+(?: \S+){1,7}$/.test(value)) return true
  return /^[a-z]{3,10}(?: [a-z]{3,10}){3,23}$/.test(value)
}

function acceptsStrength(value: string, chars: number, key: KeyName, style: ValueStyle): boolean {
  if (key.strength === 3) return !isEcho(value, 0) && acceptsPassword(value, chars, style, key)
  if (isEcho(value, 3) || isKeyboardRun(value)) return false
  return key.strength === 2 ? acceptsToken(value, chars, style, key) : acceptsPerhaps(value, chars, key.named)
}

/** Written like a reference or a placeholder in part, as generated passwords with signs may be. */
function isPasswordAllTheSame(value: string): boolean {
  return isDollarPassword(value) || isGenerated(value)
}

/**
 * Whether the value beside a key is taken for a secret. Passwords may be words, tokens must hold digits and letters
 * or look generated, a bare `key` must look generated.
 */
export function acceptsValue(value: string, key: KeyName, style: ValueStyle): boolean {
  if (value.charCodeAt(0) === BACKSLASH && ESCAPES.test(value)) {
    const plain = value.replace(ESCAPE, (_, octal: string, hex: string) =>
      String.fromCharCode(octal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8)),
    )
    return plain.charCodeAt(0) !== BACKSLASH && plain.length > 2 && acceptsValue(plain, key, style)
  }
  if (key.strength < 3 && value.length < (style.loose ? 12 : 8)) return false
  const chars = charsOf(value)
  if (style.quoted && !style.loose && isPrintableNoise(value)) return true
  if (isStandIn(value, chars) && !(key.strength === 3 && isPasswordAllTheSame(value))) return false
  if ((chars & SPACE_CHARS) !== 0 || ((chars & FOREIGN_CHARS) !== 0 && /\s/.test(value)))
    return key.strength === 3 && style.quoted && !style.loose && isPassphrase(value, chars, style.line)
  if (!style.quoted && EXPRESSION.test(value, chars)) return false
  if (SCHEME.test(value, chars)) return false
  if ((chars & MIXED) === 0) return false
  if (style.loose && NAMED_VALUE.test(value, chars)) return false
  if (MEASURE.test(value, chars) || !acceptsStrength(value, chars, key, style)) return false
  if (isWrittenByTools(value, chars)) return false
  if (SECRET_NAME.test(value) && NUMBERED_NAME.test(value)) return false
  return style.quoted ? !isBetweenStrings(value, chars) : !isCodeShape(value, style.line, chars)
}
const BACKSLASH = 92
/** Nothing but octal or hex escapes, as a shell's `$'\147\150'` holds them. */
const ESCAPES = /^(?:\\(?:[0-7]{3}|x[0-9a-fA-F]{2}))+$/
const ESCAPE = /\\(?:([0-7]{3})|x([0-9a-fA-F]{2}))/g
const SCHEME: ScreenedPattern = new ScreenedPattern(/^[a-z][a-z0-9+.-]{1,20}:\/\//i)
const NAMED_VALUE: ScreenedPattern = new ScreenedPattern(/^[\w.-]{1,40}=[\w"'$]/)
