import { ScreenedPattern } from "./screened-pattern.ts"
import { charsOf } from "./value-chars.ts"

/** Longest value that is looked at; longer ones are no names and no short expressions. */
const MAX_LENGTH = 200

/** Directories that begin the paths of a system. */
const SYSTEM_PATH: ScreenedPattern = new ScreenedPattern(
  /^\/(?:dev|etc|home|mnt|opt|proc|root|run|srv|sys|tmp|usr|var)\/[\w@.+/-]+$/,
)
/** A file of a web page with its directory: `static/css/a1dbaf0870dd3bcf.css`. */
const ASSET: ScreenedPattern = new ScreenedPattern(
  /^(?:[\w@.~-]{1,60}\/){1,8}[\w@.~-]{1,100}\.(?:[cm]?[jt]sx?|css|gif|html?|ico|jpe?g|json|map|png|svg|webp|woff2?)$/,
)
/** A version of a Go module or a package with what may follow its numbers; a package of Debian with its version. */
const RELEASE: ScreenedPattern = new ScreenedPattern(
  /^v\d{1,5}\.\d{1,5}\.\d{1,5}(?:[-+][\w.+-]{1,60})?$|^\d[\w.+~:-]{1,60}_(?:all|amd64|arm64|armhf|i386)\.deb$/,
)
/** Classes that bundlers make of the name of a class and a hash: `_token_7k0ur_1`, `Login_password__3xY2a`, `Login-module__token--3xY2a`. */
const CSS_MODULE: ScreenedPattern = new ScreenedPattern(
  /^_[A-Za-z][\w-]{1,40}_[a-z0-9]{5}_\d{1,4}$|^[A-Za-z][\w.-]{0,40}-module__[\w-]{1,60}$|^[A-Z][\w.-]{1,40}_(?:password|token|secret|key)[A-Za-z]{0,20}__[\w-]{5}$/,
)
/** What stands between two strings of code, where the quote that closes one was taken for an opening one. */
const BETWEEN_STRINGS: ScreenedPattern = new ScreenedPattern(/^[ \t]{0,4}[),;\]}].*[(,+:=[{?][ \t]{0,4}$/s)

/** A type of GraphQL that may not be null: `String!`, `[ID!]!`. */
const NON_NULL: ScreenedPattern = new ScreenedPattern(/^\[?[A-Z][A-Za-z]{1,40}!?\]?!$/)
const NON_NULL_SCALAR: ScreenedPattern = new ScreenedPattern(
  /^\[?(?:Boolean|Bytes|Date|DateTime|Email|EmailAddress|Float|ID|Int|JSON|Password|SecretString|String|Token|URL|UUID)!?\]?!$/,
)
/** Another option, an empty assignment or attribute, a variable of Vim, a pointer or tag, an edit of sed, a repetition. */
const SYNTAX: ScreenedPattern = new ScreenedPattern(
  /^(?:--[a-z][a-z-]*|[:@#]?[A-Za-z][\w.:-]{0,60}=|[abglstvw]:[A-Za-z_]\w*(?:[.[].*)?|\*{1,2}(?:[A-Za-z_]\w*\(.*|[A-Za-z][A-Za-z_.-]*\*)|s\/[^/]+\/[^/]*\/[gi]{0,2}|\d?\*\([\w /|()*]*)$/,
)
/** A path of modules, types and functions as C++ and Rust write it: `auth::token::verify::h7a1961d5ceb00fc2`. */
const MODULE_PATH: ScreenedPattern = new ScreenedPattern(/^[A-Za-z_]\w*(?:::[A-Za-z_<{]\w*>?)+-?$/)
const OPERAND = /^!{0,2}(?:\d{1,3}|[A-Za-z_$][\w$.]*)$/

/** Names and short numbers between operators, as minified code writes them: `!a&&b`, `k,this`, `e?t.a:n`. */
function isExpression(value: string): boolean {
  if (/^!{1,2}(?:\d|[A-Za-z_$][\w$]?)(?:$|[,;})])/.test(value)) return true
  const isChoice = value.includes("?") && value.includes(":")
  if (!isChoice && !/[,;]|&&|\|\|/.test(value)) return false
  const operands = value.split(isChoice ? /&&|\|\||[,;?:]/ : /&&|\|\||[,;]/)
  if (operands.length < 2) return false
  return operands.every((operand) => OPERAND.test(operand) && (operand.length <= 4 || !/\d/.test(operand)))
}

/** Whether a value of any style is written as paths, versions and generated class names are. */
export function isWrittenByTools(value: string, chars: number = charsOf(value)): boolean {
  if (value.length > MAX_LENGTH) return false
  return (
    SYSTEM_PATH.test(value, chars) ||
    ASSET.test(value, chars) ||
    RELEASE.test(value, chars) ||
    CSS_MODULE.test(value, chars)
  )
}

/** Whether a text in quotes is what stands between two strings. */
export function isBetweenStrings(value: string, chars: number = charsOf(value)): boolean {
  return value.length <= MAX_LENGTH && BETWEEN_STRINGS.test(value, chars)
}

/**
 * Whether an unquoted value is syntax or an expression. Where it has its line for itself (`isLine`), as in YAML, it
 * may be a password with signs: only what cannot be one is taken for code there.
 */
export function isCodeShape(value: string, isLine: boolean, chars: number = charsOf(value)): boolean {
  if (value.length > MAX_LENGTH) return false
  if (NON_NULL_SCALAR.test(value, chars) || SYNTAX.test(value, chars) || MODULE_PATH.test(value, chars))
    return true
  return !isLine && (NON_NULL.test(value, chars) || isExpression(value))
}
