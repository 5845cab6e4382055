import { DIGIT, hasClass, LETTER, NAME } from "./charset.ts"
import { pairOf, valueAsName, yamlPair } from "./name-value-pair.ts"
import { skipBlanks } from "./value-span.ts"

/** A key name in a text. */
export interface Key {
  readonly start: number
  readonly end: number
}

/**
 * Where the value begins, and how it is set off from the key: by a sign, as the text of an element, as the next
 * argument of a call (`set` where the call stores or looks up named values), as the only argument of a setter,
 * as a compared literal, or by blanks and verbs alone.
 */
export interface Separator {
  readonly valueAt: number
  readonly kind:
    | "sign"
    | "element"
    | "argument"
    | "set"
    | "setter"
    | "compared"
    | "default"
    | "loose"
    | "cell"
  /** No blanks around an equals sign. */
  readonly tight: boolean
  /** The sign is a colon: an expression hardly ends a line there. */
  readonly colon?: boolean
}

const SIGN = /^(?::{1,3}=|===|!==|==|!=|\?\?=|\|\|=|\?=|:=|\+=|\.=|=>|->|<-|=|::?|：|＝)/
/** An operator that gives a default for what stands before it; only in front of a string. */
const OTHERWISE = /^(?:\|\||\?\?|\?:|or\b|\/\/|\|\s?default\(?)\s{0,4}(?=["'`])/
const COMPARE = /^(?:-eq|-ne|-ceq|eq|ne|is|like)[ \t]{1,4}(?=["'])/
const TYPES =
  /^(?:&'?\w*\s?str|[Ss]tring|str|text|var|char\*?|const char\*|SecretStr|Optional\[str\]|auto|NSString\s?\*|As[ \t]String|string\s?\|\s?(?:null|undefined))\??[ \t]*(?==[^=>])/
const ANY_TYPE = /^[A-Za-z_&*'][\w.:&*' ]{0,30}(?:<[\w, .?]{1,30}>|\[\w{0,10}\])?[?!]?[ \t]{1,20}(?==[ \t])/
/** YAML tags and anchors, bold text, closing tags between a label and its value. */
const DRESS = /^(?:&[\w-]{1,40}[ \t]+|!{1,2}(?:str|binary|string)[ \t]+|\*\*(?!\*)[ \t]*|<\/\w{1,10}>[ \t]?)+/
/** Inline tags of HTML around a name or a value; those that close a name, in front of a sign or a verb. */
const INLINE_TAGS = /(?:<(?:b|i|em|strong|code|span|td|th|kbd|tt)(?:\s[^<>]{0,60})?>[ \t]?){1,2}/iy
const NAME_CLOSED =
  /(?:<\/(?:b|i|em|strong|code|span|td|th|kbd|tt)>){1,2}(?=[ \t]{0,2}(?:[:=]|(?:is|was)[ \t]))/iy
/** Constructors and conversions that hand on the one string they are given. */
const WRAPPER =
  /^(?:new\s+|&)?(?:[\w.]{0,30}(?:secret(?:str|string|value)?|securestring|sensitive|password|passwd|(?:to)?string|bytes?|utf-?8|bufferfrom|hash(?:sync|pw|password)?|make_password|password_hash|md5|sha1|sha256|literal|just|some)|\[\]byte|Buffer\.from|\w{0,12}::(?:from|new|string|to_string)|String\.valueOf|Optional\.of|ConvertTo-SecureString(?:\s-String)?|atob|b64decode|base64decode)(?:\([ \t]{0,2}|[ \t]{1,2})(?=[@bu]?\\{0,3}["'])/i
const CALL_NAME =
  /^(?:set|with|use|put|change|update|login|auth|verify|check|compare|hash|encrypt|create|\W{0,2}$)/i

const SETTER =
  /^(?!(?:un)?escape|parse|expect|new|get|find|is|has|next|peek|eat|consume|invalid|unexpected|make|remove|delete|read|lookup|require|build|generate|random|validate|decode|revoke)(?:\w{0,40}(?:password|passwd|passphrase|pwd|token|secret|key)|(?:db|user|my)_?pass|pass|equals)$/i

const FILLER =
  "(?:(?:for|of|to|on|in|at|für|fuer|von|vom|zum|zur|im|de|del|della|di|da|do|du|des|la|per|para|pour|voor|van|dla|для|к)[ \\t]{1,2}[^\\n.:;!?\"'`=]{1,40}?[ \\t])?"
const VERB =
  "(?:is|was|are|will be|ist|lautet|heißt|heisst|war|est|es|era|será|sera|è|é|ist jetzt|jest|brzmi|это|luidt|hasło|有|now|equals|to|should be(?![ \\t]{1,4}[\\w-]{1,24}(?:ed|ing|characters|chars|bits|bytes|digits|letters)\\b))"
const ADVERB =
  "(?:[ \\t](?:now|set to|currently|still|simply|just|changed to|been changed to|called|jetzt|nun|ahora|maintenant|ora|agora|ahora|teraz|теперь))?"
const PROSE = new RegExp(`^${FILLER}${VERB}${ADVERB}(?:[ \\t]{0,2}:)?[ \\t]{1,4}`, "i")
/** `Key 2: v`, `password #1 = v`. */
const NUMBERED = /^#?\d{1,2}[ \t]?[:=][ \t]{1,4}/
/** Whose password it is, between the word and its colon: `Password for bob: v`. */
const LABEL_FOR =
  /^(?:for|of|für|fuer|von|de|del|do|da|di|du|pour|para|per|voor|dla|для)[ \t]{1,2}[^\n.:;!?"'`=]{1,40}?[ \t]{0,2}:[ \t]{1,4}/i
/** A remark between a label and its colon: `Password (admin): v`. */
const LABEL = /^\([^()\n]{1,40}\)[ \t]{0,2}[:=][ \t]{1,4}/
/** What is said of the value between a name and the colon before it: `the token you asked for: v`. */
const REMARK = /^(?:[A-Za-z']{1,12}[ \t]){1,5}?[A-Za-z']{1,12}[ \t]?:[ \t]{1,4}(?=[\w"'`])/
/** A dash between a name and a value in prose and lists; a bracket or quote that opens the value. */
const DASHED = /^[-\u2013\u2014]{1,2}[ \t]{1,2}/
const BRACKETED = /\((?=[\w+/=.-]{12,240}\))/y
/** After a name in Chinese, Japanese or Korean. */
const PARTICLE = /^[ \t]{0,2}(?:是|为|為|は|が|는|은)[ \t：:]{0,3}/

const HCL_DEFAULT = /^["'][ \t]{0,4}\{[^{}]{0,300}?\bdefault\s{0,4}=\s{0,4}/
const NAMED_DEFAULT = /^["']\s{0,4},\s{0,4}(?:default|defaultvalue|default_value|fallback)\s{0,2}[=:]\s{0,2}/i
/** Between a label and its value in another element: `<dt>Password</dt><dd>`, `<key>token</key><string>`. */
const NEXT_ELEMENT = /^[ \t]{0,2}:?<\/\w{1,12}>\s{0,40}<(?!key>|\w{1,12}\s(?:name|key)=)\w{1,12}[^<>]{0,60}>/
/** Types into the form field that was just looked up. */
const TYPED =
  /^["'`)\]]{1,5}\.(?:sendKeys|send_keys|type|fill|setValue|set_value|set|val|setText|replaceText|clearAndType)\([ \t]{0,2}(?=["'`])/
/** The accessors of a C# property, before its first value: `{ get; set; } = "v"`. */
const ACCESSORS =
  /^\{[ \t]{0,4}(?:(?:private |protected |internal )?(?:get|set|init);[ \t]{0,4}){1,2}\}[ \t]{0,4}=[ \t]{0,4}(?=[@$]?["'])/
/**
 * Fields below a name before the one that holds its value, which has a digit: `{"sensitive": true, "value": "v"}` as
 * Terraform prints outputs, `Type: String`, `NoEcho: true` and `Default: v` of CloudFormation.
 */
const NESTED =
  /^(?:\{\s{0,40}|\r?\n[ \t]{1,40})(?:["']?(?:allowed\w{1,12}|constraint\w{1,12}|description|max\w{1,10}|min\w{1,10}|noecho|sensitive|type)["']?:[ \t]{0,4}(?:"[^"\n]{0,80}"|[^\s",{}[\]][^\n",{}[\]]{0,80})(?:,\s{0,40}|\s{1,40})){0,5}["']?(?:value|default)["']?:[ \t]{0,4}(?=["']?[^\s"'{}[\]]{0,60}\d)/i
/** Fills a field of a form that is named by a selector, a label or its text. */
const FILLED =
  /^(?:["']?\]["'`]\)?,[ \t]{0,4}|\/[iu]{0,2}\),[ \t]{0,4}|["'],?[ \t]{1,2}with:?[ \t]{1,2})(?=["'`])/
/** The type of a field that may be missing: `token?: string = "v"`. */
const OPTIONAL_TYPE = /^[?!]:[ \t]{0,4}[A-Za-z][\w.| ]{0,40}=[ \t]{0,4}(?=["'`])/
/** An option of a command that hands over the value of what an earlier one names: `--name /app/token --value v`. */
const VALUE_OPTION = /^--?(?:value|body|secret-string|secret|data|plaintext|b|v)(?:=|[ \t]{1,2})/
/** A condition before two values of which the first is read: `token: isLive ? "v" : ""`. */
const CONDITION =
  /[\w.!()[\]=&|]{1,40}(?:[ \t]{1,2}[=!]==?[ \t]{1,2}["']?[\w.]{1,20}["']?)?[ \t]{0,2}\?[ \t]{1,2}(?=["'`])/y
/** Calls that store a value under a name, or give it with a default. */
const STORES =
  /(?:^|[^\w])(?:\w{0,12}\.)?(?:set|put|add|env|get|getenv|getorelse|getordefault|fetch|pop|default|setdefault|append|header|define|config|conf|option|property|push|insert|store|attr|with|arg|fill|type|var|\w{0,20}(?:get|set|put)(?:env|property|header|item|string|secret|var|value|variable|field|option|config|environment\w{0,12})|(?:add|append|request|set|with)\w{0,12}(?:header|property|env|option|arg|param|value|credential)s?)!?\([ \t\n]{0,20}$/i
/** Fields of Android's build scripts: `buildConfigField "String", "API_KEY", "v"`, where the name comes second. */
const BUILD_FIELD = /(?:buildConfigField|resValue)[ \t(]{1,3}["'][\w.]{1,30}["'],[ \t]{0,4}["']$/
const SETS_LINE =
  /(?:^|[\s;&|])(?:ENV|ARG|setenv|setx|(?:config|secrets?|env|variables?)(?:[ \t]+|:)set|set[ \t]+-[a-zA-Z]{1,5}(?:[ \t]+-[a-zA-Z]{1,3}){0,2}|#[ \t]{0,4}define)[ \t]+(?:\/\/[\w./:-]{1,60}:)?$/
/** What stands between `IDENTIFIED` and the password of a new user in SQL. */
const IDENTIFIED =
  /^(?:with[ \t]{1,4}["'`]?\w{1,40}["'`]?[ \t]{1,4})?(?:by|as)[ \t]{1,4}(?:password[ \t]{1,4})?(?=["'])/i
const SQL_BEFORE = /\b(?:with|role|user|encrypted|identified|login|secret|for)\b[^\n'"]{0,80}$/i

/** What stands before a key that begins its line: a line number, a diff sign, a list dash, `export`, a comment, a tag. */
const LINE_START =
  /^(?:[ \t]*\d+[|:\t][ \t]?)?[+]?[ \t]*(?:[#;] ?)?(?:- ["']?)?(?:<[a-z][a-z-]{0,18}>)?(?:export[ \t]+|set[ \t]+|ENV[ \t]+|ARG[ \t]+)?$/

/** Whether a key begins its line. */
export function beginsLine(text: string, key: Key): boolean {
  if (key.start === 0 || text.charCodeAt(key.start - 1) === 10) return true
  const before = text.slice(Math.max(0, key.start - 32), key.start)
  const escaped = before.lastIndexOf("\\n")
  const lineStart = Math.max(before.lastIndexOf("\n") + 1, escaped === -1 ? 0 : escaped + 2)
  return LINE_START.test(before.slice(lineStart))
}

function afterName(text: string, end: number): { at: number; closed: boolean } {
  let at = end
  while (text.charCodeAt(at) === 92 && at < end + 8) at++
  const code = text.charCodeAt(at)
  if (code === 34 || code === 39 || code === 96) at++
  else if (code === 38 && text.startsWith("&quot;", at)) at += 6
  else at = end
  const closed = at > end
  if (text.charCodeAt(at) === 42 && text.startsWith("**", at)) at += 2
  for (let next = text.charCodeAt(at); next === 93 || next === 41; next = text.charCodeAt(at)) at++
  if (text.charCodeAt(at) === 60) at += stickyMatch(NAME_CLOSED, text, at)?.[0].length ?? 0
  if (!closed && text.charCodeAt(at) === 91)
    at += /^\[\w{0,16}\]/.exec(text.slice(at, at + 20))?.[0].length ?? 0
  // A key of a hash in Perl.
  if (text.charCodeAt(at) === 125 && text.charCodeAt(end) === 125 && text.charAt(end - 1) !== "{") at++
  if (!closed && text.charCodeAt(at) === 40 && text.charCodeAt(at + 1) === 41) at += 2
  return { at, closed }
}

/** The sign at `at`. Two of them follow nearly every key, and need no pattern. */
function signAt(text: string, at: number): string | undefined {
  const code = text.charCodeAt(at)
  if (code === 58 || code === 61) {
    const next = text.charCodeAt(at + 1)
    if (next !== 61 && next !== 62 && next !== 58) return code === 61 ? "=" : ":"
  } else if (!isSign(code)) return undefined
  return SIGN.exec(text.slice(at, at + 4))?.[0]
}

/** `! + - . < ? |`, and a colon and an equals sign of full width. */
function isSign(code: number): boolean {
  if (code > 127) return code === 0xff1a || code === 0xff1d
  return (
    code === 33 || code === 43 || (code >= 45 && code <= 46) || code === 60 || code === 63 || code === 124
  )
}

/** Reads what follows a key; undefined where no value can follow. */
export function readSeparator(text: string, key: Key): Separator | undefined {
  const separator = readPlainly(text, key)
  if (separator === undefined || text.charCodeAt(separator.valueAt) !== 60) return separator
  if (separator.kind !== "sign" && separator.kind !== "loose") return separator
  const tags = stickyMatch(INLINE_TAGS, text, separator.valueAt)?.[0].length ?? 0
  return tags === 0 ? separator : { ...separator, valueAt: separator.valueAt + tags, tight: false }
}

function readPlainly(text: string, key: Key): Separator | undefined {
  if (text.charCodeAt(key.start - 1) === 123 && text.charCodeAt(key.start - 2) === 36)
    return inExpansion(text, key)
  const { at, closed } = afterName(text, key.end)
  // The name of a type: `Optional[Secret] = "v"`.
  if (at > key.end && !closed && /^[[<][A-Z][a-z]/.test(text.slice(key.start - 1, key.start + 2)))
    return undefined
  let i = skipBlanks(text, at)
  if (i > at && (hasClass(text, i, LETTER) || text.charCodeAt(i) === 38) && hasEquals(text, i, 40))
    i += TYPES.exec(text.slice(i, i + 40))?.[0].length ?? 0
  const sign = signAt(text, i)
  // The first branch of a condition: `ok ? "pass" : "fail"`.
  if (closed && sign === ":" && /\?[ \t]{1,3}["'`]$/.test(text.slice(Math.max(0, key.start - 6), key.start)))
    return undefined
  if (sign !== undefined) return afterSign(text, i + sign.length, sign, i === key.end)
  return closed ? afterClosed(text, key, at, i) : afterOpen(text, key, at, i)
}

/** `${NAME:-value}` of a shell, `${name:value}` of Spring. */
function inExpansion(text: string, key: Key): Separator | undefined {
  const sign = /^:[-=]?(?=[^\s}?+$:])/.exec(text.slice(key.end, key.end + 3))?.[0]
  return sign === undefined ? undefined : { valueAt: key.end + sign.length, kind: "default", tight: true }
}

/** A name in quotes that no sign follows. */
function afterClosed(text: string, key: Key, at: number, i: number): Separator | undefined {
  const next = text.charAt(i)
  const rest = text.slice(key.end, key.end + 340)
  if (next === "," && isFirstArgument(text, key)) {
    const fallback = NAMED_DEFAULT.exec(rest)
    if (fallback !== null) return { valueAt: key.end + fallback[0].length, kind: "default", tight: false }
    const kind = STORES.test(text.slice(Math.max(0, key.start - 60), quoteBefore(text, key.start)))
      ? "set"
      : "argument"
    return { valueAt: skipBlanks(text, i + 1, true), kind, tight: false }
  }
  if (next === "," && BUILD_FIELD.test(text.slice(Math.max(0, key.start - 64), key.start)))
    return { valueAt: skipBlanks(text, i + 1, true), kind: "set", tight: false }
  const typed = TYPED.exec(rest) ?? filledAfter(text, key, rest)
  if (typed !== null) return { valueAt: key.end + typed[0].length, kind: "setter", tight: false }
  const isLookup = /[)\]]$/.test(text.slice(key.end, at))
  const otherwise = isLookup ? OTHERWISE.exec(text.slice(i, i + 16)) : null
  if (otherwise !== null) return { valueAt: i + otherwise[0].length, kind: "sign", tight: false }
  const variable = HCL_DEFAULT.exec(rest)
  if (variable !== null && /variable\s+"$/.test(text.slice(Math.max(0, key.start - 12), key.start)))
    return { valueAt: key.end + variable[0].length, kind: "sign", tight: false }
  if (next !== "|" || text.charCodeAt(key.end) !== 96) return pairOf(text, key, rest, i > at)
  return { valueAt: skipBlanks(text, i + 1), kind: "cell", tight: false }
}

/** A bare name that no sign follows. */
function afterOpen(text: string, key: Key, at: number, i: number): Separator | undefined {
  const next = text.charAt(i)
  const spoken = text.charCodeAt(key.start - 1) === 32 ? valueAsName(text, key) : undefined
  if (spoken !== undefined) return spoken
  const filled = fieldAfter(text, key)
  if (filled !== undefined) return filled
  if (next === ">" && text.charAt(key.start - 1) === "<")
    return { valueAt: i + 1, kind: "element", tight: false }
  if (next === "|" || next === "?" || next === "/") {
    const otherwise = OTHERWISE.exec(text.slice(i, i + 16))
    if (otherwise !== null) return { valueAt: i + otherwise[0].length, kind: "sign", tight: false }
  }
  if (next === "|" && i > at) return { valueAt: skipBlanks(text, i + 1), kind: "cell", tight: false }
  const label = next === "(" && i > at ? LABEL.exec(text.slice(i, i + 60)) : null
  if (label !== null) return { valueAt: i + label[0].length, kind: "loose", tight: false }
  const typed = (next === "?" || next === "!") && i === at ? OPTIONAL_TYPE.exec(text.slice(i, i + 60)) : null
  if (typed !== null) return { valueAt: i + typed[0].length, kind: "sign", tight: false }
  const property = next === "{" ? ACCESSORS.exec(text.slice(i, i + 70)) : null
  if (property !== null) return { valueAt: i + property[0].length, kind: "sign", tight: false }
  if (next === "(" && i > at && stickyMatch(BRACKETED, text, i) !== null)
    return { valueAt: i + 1, kind: "loose", tight: false }
  if (next === "(" || next === "{") return setterOf(text, key, i)
  if (next === "<") {
    const element = NEXT_ELEMENT.exec(text.slice(i, i + 140))
    return element === null ? undefined : { valueAt: i + element[0].length, kind: "element", tight: false }
  }
  if (
    next === "," &&
    mayBeArgument(text, key.start) &&
    /(?:strn?cmp|equals|compare|eq)\w{0,8}\(\s{0,2}[\w.>-]{0,40}$/i.test(
      text.slice(Math.max(0, key.start - 60), key.start),
    )
  )
    return { valueAt: skipBlanks(text, i + 1), kind: "compared", tight: false }
  const code = text.charCodeAt(i)
  if (code === 10 || code === 13 || Number.isNaN(code))
    return yamlPair(text, key, i) ?? (at === key.end ? lineBelow(text, i) : undefined)
  if (code > 127 && text.charCodeAt(key.end - 1) > 0x2e80) {
    const particle = PARTICLE.exec(text.slice(key.end, key.end + 8))
    if (particle !== null) return { valueAt: key.end + particle[0].length, kind: "sign", tight: false }
  }
  if (i === at) return undefined
  return afterBlank(text, key, i)
}

/** `input[name=password]').type("v")`, `getByLabelText(/password/i), "v"`. */
function fieldAfter(text: string, key: Key): Separator | undefined {
  const code = text.charCodeAt(key.end)
  if (code !== 93 && code !== 47) return undefined
  const rest = text.slice(key.end, key.end + 48)
  const field = filledAfter(text, key, rest) ?? (code === 93 ? TYPED.exec(rest) : null)
  return field === null ? undefined : { valueAt: key.end + field[0].length, kind: "setter", tight: false }
}

/** Behind a bracket the name must be that of an attribute, behind a slash it must be all of a pattern. */
function filledAfter(text: string, key: Key, rest: string): RegExpExecArray | null {
  const field = FILLED.exec(rest)
  if (field === null || /^["'],? /.test(field[0])) return field
  const before = text.slice(Math.max(0, key.start - 80), key.start)
  if (field[0].startsWith("/")) return before.endsWith("/") ? field : null
  return FILLS.test(before) ? field : null
}
const FILLS = /(?:fill|type|typetext|setvalue)\([ \t]{0,2}["'`][^"'`\n]{0,40}=["']?$/i

/** Whether a bracket of a call may stand before a name, with an object or another name between. */
function mayBeArgument(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1)
  return (
    code === 40 ||
    code === 62 ||
    (code <= 32 && (text.charCodeAt(at - 2) <= 32 || text.charCodeAt(at - 2) === 40))
  )
}

/** `Acme access key` as a heading, and its value on the next line. */
function lineBelow(text: string, lineEnd: number): Separator | undefined {
  const isWord = /^(?:\r?\n[ \t]{0,8}){1,3}(?:[\w+/]|```|~~~)/.test(text.slice(lineEnd, lineEnd + 32))
  return isWord ? { valueAt: lineEnd, kind: "loose", tight: false } : undefined
}

/** `setPassword("v")`, `.password("v")`, `std::string password{"v"}`. */
function setterOf(text: string, key: Key, open: number): Separator | undefined {
  const valueAt = skipBlanks(text, open + 1)
  if (!/^(?:[@bu]?\\{0,3}["'`])/.test(text.slice(valueAt, valueAt + 5))) return undefined
  const name = text.slice(key.start, key.end)
  const last = name.slice(name.lastIndexOf(".") + 1)
  return CALL_NAME.test(last) || SETTER.test(last) ? { valueAt, kind: "setter", tight: false } : undefined
}

function afterBlank(text: string, key: Key, i: number): Separator | undefined {
  const first = text.charAt(i)
  const isIdentified = key.end - key.start === 10 && /^identified$/i.test(text.slice(key.start, key.end))
  const identified = isIdentified ? IDENTIFIED.exec(text.slice(i, i + 80)) : null
  if (identified !== null) return { valueAt: i + identified[0].length, kind: "sign", tight: false }
  const option = first === "-" ? VALUE_OPTION.exec(text.slice(i, i + 20)) : null
  if (option !== null) return { valueAt: i + option[0].length, kind: "sign", tight: true, colon: true }
  if (mayBeSet(text, key.start) && SETS_LINE.test(beforeSetting(text, key.start)))
    return { valueAt: i, kind: "sign", tight: true }
  if (isBareSetting(text, key, i)) return { valueAt: i, kind: "sign", tight: true, colon: true }
  if (!mayHoldValue(text, i) && !isLongOption(text, key)) return undefined
  const numbered = first === "#" || hasClass(text, i, DIGIT) ? NUMBERED.exec(text.slice(i, i + 12)) : null
  if (numbered !== null) return { valueAt: i + numbered[0].length, kind: "sign", tight: false }
  const compare = COMPARE.exec(text.slice(i, i + 12))
  if (compare !== null) return { valueAt: i + compare[0].length, kind: "compared", tight: false }
  if ((first === "'" || first === '"') && (isKeyword(text, key) || isSql(text, key)))
    return { valueAt: i, kind: "sign", tight: false }
  const dash = DASHED.exec(text.slice(i, i + 4))
  if (dash !== null) return { valueAt: i + dash[0].length, kind: "loose", tight: false }
  const valueAt = i + (changedLength(text, key, i) || proseLength(text.slice(i, i + 80)))
  const isQuoted = valueAt > i && /^["'`“„«「]/.test(text.charAt(valueAt))
  return { valueAt, kind: isQuoted ? "sign" : "loose", tight: false }
}

/** `--password`: what follows is its value, whatever it is made of. */
function isLongOption(text: string, { start }: Key): boolean {
  return text.charCodeAt(start) === 45 && text.charCodeAt(start + 1) === 45
}

/** `:password "v"`, a keyword of Clojure or Ruby. */
function isKeyword(text: string, key: Key): boolean {
  return text.charAt(key.start - 1) === ":" && /[\s{(,]/.test(text.charAt(key.start - 2))
}

/** `Setze das Passwort auf v`, `cambia la contraseña a v`: a preposition, behind a verb that sets. */
function changedLength(text: string, key: Key, i: number): number {
  const to = CHANGED_TO.exec(text.slice(i, i + 8))
  if (to === null) return 0
  const before = text.slice(Math.max(0, key.start - 40), key.start)
  return CHANGES.test(before) ? to[0].length : 0
}
const CHANGED_TO = /^(?:auf|zu|a|à|para|naar|na)[ \t]{1,2}(?=\S)/i
const CHANGES =
  /(?:^|[^\p{L}])(?:setze?|stelle?|ändere?|aendere?|wechsle|cambi[ae]r?|pon|establece|mets|change[rz]?|d[ée]fini[rs]|alter[ae]r?|mude|defina|imposta|wijzig|verander|zmień|ustaw)(?:[ \t]\p{L}{1,10}){0,2}[ \t]$/iu

/** What stands between a bare name and its value in prose. */
function proseLength(rest: string): number {
  const prose = mayBeProse(rest) ? PROSE.exec(rest) : null
  if (prose !== null || !rest.includes(":")) return prose?.[0].length ?? 0
  return (LABEL_FOR.exec(rest) ?? REMARK.exec(rest))?.[0].length ?? 0
}

/** The ASCII letters with which what `PROSE` finds begins. */
const PROSE_STARTS: ReadonlySet<string> = new Set(
  `is was are will ist lautet hei heisst war est es era ser sera jest brzmi luidt has now equals to should for of on in at f fuer
  von vom zum zur im de del della di da do du des la per para pour voor van dla`
    .trim()
    .split(/\s+/),
)

function mayBeProse(rest: string): boolean {
  let end = 0
  while (hasClass(rest, end, LETTER)) end++
  return end === 0 ? rest.charCodeAt(0) > 127 : PROSE_STARTS.has(rest.slice(0, end).toLowerCase())
}

/** The words with which what `SETS_LINE` finds may end. */
const SETTERS: ReadonlySet<string> = new Set(["ENV", "ARG", "setenv", "setx", "set", "define", "#define"])
const MAX_SETTER = 16

/** Whether a command that sets the name at `at` may stand before it; spares most prose the pattern. */
function mayBeSet(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) === 58) return true
  let end = at
  while (isBlank(text.charCodeAt(end - 1))) end--
  if (end === at) return false
  let start = end
  while (start > end - MAX_SETTER && start > 0 && !endsCommand(text.charCodeAt(start - 1))) start--
  if (text.charCodeAt(start) === 45) return true
  const word = text.slice(start, end)
  return SETTERS.has(word) || word.endsWith(":set")
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

/** White space, `;`, `&` or a bar. */
function endsCommand(code: number): boolean {
  return code <= 32 || code === 59 || code === 38 || code === 124
}

/** Whether a digit, a quote or a sign that only passwords hold stands in what follows a bare name. */
function mayHoldValue(text: string, from: number): boolean {
  const stop = Math.min(text.length, from + 120)
  for (let i = from; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === 10) return false
    if (code < 39 ? code > 32 : code < 58 ? code > 47 || code === 39 || code === 42 : isRare(code))
      return true
  }
  return false
}

/** `@ ^ ~ backtick` and everything above ASCII. */
function isRare(code: number): boolean {
  return code === 64 || code === 94 || code === 96 || code >= 126
}

/** What may hold the command that sets a name; more of it where the name belongs to a host. */
function beforeSetting(text: string, at: number): string {
  return text.slice(Math.max(0, at - (text.charAt(at - 1) === ":" ? 90 : 28)), at)
}

/** A line of a configuration that sets names off by blanks: `requirepass v`, `spring.datasource.password v`. */
function isBareSetting(text: string, key: Key, i: number): boolean {
  if (!isLastWord(text, i)) return false
  const name = text.slice(key.start, key.end)
  if (!/[a-z][._-][a-z]|^requirepass$|^masterauth$/.test(name)) return false
  return /^[^\s"'=:({[]{4,80}[ \t]*(?:\r?\n|$)/.test(text.slice(i, i + 90)) && beginsLine(text, key)
}

/** Whether a word begins at `from` with which the line ends. */
function isLastWord(text: string, from: number): boolean {
  let i = from
  const stop = Math.min(text.length, from + 90)
  while (i < stop && text.charCodeAt(i) > 32) i++
  while (i < stop && isBlank(text.charCodeAt(i))) i++
  return i === stop || text.charCodeAt(i) === 10 || text.charCodeAt(i) === 13
}

function isSql(text: string, key: Key): boolean {
  if (!/^(?:password|secret|by)$/i.test(text.slice(key.start, key.end))) return false
  return (
    /^[A-Z]+$/.test(text.slice(key.start, key.end)) ||
    SQL_BEFORE.test(text.slice(Math.max(0, key.start - 100), key.start))
  )
}

function quoteBefore(text: string, at: number): number {
  let i = at
  while (i > at - 40 && !/["'`]/.test(text.charAt(i - 1))) i--
  while (i > 0 && /["'`\\bru]/.test(text.charAt(i - 1))) i--
  return i
}

/** The key is the first string of a call or a list: `set("KEY", "value")`, `["x-api-key", "value"]`. */
function isFirstArgument(text: string, key: Key): boolean {
  return /[([]\s{0,20}[bru]?\\{0,3}["'`](?:[\s:#.]|[\w[\]]{0,20}\[?(?:name|id|type)=["']?){0,2}$/.test(
    text.slice(Math.max(0, key.start - 48), key.start),
  )
}

function stickyMatch(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** A call that hands on its string; looked for only where a bracket or a blank follows its name. */
function wrapperAt(text: string, at: number): RegExpExecArray | null {
  let i = at
  while (hasClass(text, i, NAME) || isPathSign(text.charCodeAt(i))) i++
  const code = text.charCodeAt(i)
  // Only behind `new` it may be a line break.
  const isCall = code === 40 || code === 32 || code === 9 || (code <= 13 && text.startsWith("new", at))
  return isCall ? WRAPPER.exec(text.slice(at, at + 64)) : null
}

/** `[ ] : &` */
function isPathSign(code: number): boolean {
  return code === 91 || code === 93 || code === 58 || code === 38
}

function conditionAt(text: string, at: number): RegExpExecArray | null {
  return text.slice(at, at + 80).includes("?") ? stickyMatch(CONDITION, text, at) : null
}

/** Whether an equals sign stands in what follows: spares most names the patterns for types. */
function hasEquals(text: string, from: number, reach: number): boolean {
  const stop = Math.min(text.length, from + reach)
  for (let i = from; i < stop; i++) if (text.charCodeAt(i) === 61) return true
  return false
}

/** Whether a type may begin with the character at `at`: a letter or one of `& \' * _`. */
function beginsType(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return hasClass(text, at, LETTER) || (code >= 38 && code <= 39) || code === 42 || code === 95
}

function afterSign(text: string, signEnd: number, sign: string, tight: boolean): Separator {
  let at = skipBlanks(text, signEnd)
  if ((sign === ":" || sign === "::") && beginsType(text, at) && hasEquals(text, at, 81)) {
    const typed = TYPES.exec(text.slice(at, at + 40)) ?? ANY_TYPE.exec(text.slice(at, at + 80))
    if (typed !== null) at = skipBlanks(text, at + typed[0].length + 1)
  }
  const code = text.charCodeAt(at)
  if (code === 38 || code === 33 || code === 42 || code === 60)
    at += DRESS.exec(text.slice(at, at + 80))?.[0].length ?? 0
  else if (hasClass(text, at, NAME) || code === 91 || code === 38)
    at += (wrapperAt(text, at) ?? conditionAt(text, at))?.[0].length ?? 0
  if (code === 123 || code === 10 || code === 13) at += NESTED.exec(text.slice(at, at + 400))?.[0].length ?? 0
  const isCompared = sign === "==" || sign === "===" || sign === "!=" || sign === "!=="
  return {
    valueAt: at,
    kind: isCompared ? "compared" : "sign",
    tight: tight && at === signEnd,
    colon: sign === ":" || sign === "：",
  }
}

/** Those of the patterns above that are put together, for the test that all run in linear time. */
export const separatorPatterns: readonly RegExp[] = [PROSE]
