import { DIGIT, hasClass, PATH as PATH_CHARS } from "../charset.ts"

/** One way in which tools mark every line of what they show. */
interface Kind {
  /** Sticky; its first group, if any, is a name that all lines share. None for what is read by hand, being frequent. */
  readonly pattern: RegExp | undefined
}

/** `12: `, `00012| `, `12→`, `12<tab>`, `12-` and `Line 12: `. */
const NUMBER: Kind = { pattern: undefined }
const STAMP: Kind = { pattern: /\d{4}-\d\d-\d\d[T ][\d:.,]{5,20}(?:Z|[+-]\d\d:?\d\d)?(?= )/y }
const BLAME: Kind = { pattern: /\^?[0-9a-f]{7,40} [^\n()]{0,120}\([^\n()]{1,120} \d{1,7}\)/y }
const PATH: Kind = {
  pattern: /([\w.@~%+/\\-]{1,200}?)(?:[:-]\d{1,7}[:-]|(?<=\.\w{1,10}):(?!\/\/))/y,
}
const SERVICE: Kind = { pattern: /([\w.-]{1,60})[ \t]{1,30}\|(?=[ \n\r]|$)/y }
const QUOTE: Kind = { pattern: /[ \t]{0,8}(?:> ?){0,2}>/y }
/** Behind its blanks `//`, `--`, `#`, `;` or `*`. */
const COMMENT: Kind = { pattern: undefined }

const FEED = 10
const MAX_INDENT = 8
const MAX_NAME = 200
const MAX_COMMENT_INDENT = 40
const MAX_DIGITS = 7
const BY_DIGIT: readonly Kind[] = [NUMBER, STAMP, BLAME, PATH]
const NUMBERS: readonly Kind[] = [NUMBER]
const BY_NAME: readonly Kind[] = [BLAME, PATH, SERVICE]
const NAMES: readonly Kind[] = [PATH, SERVICE]
const LINES: readonly Kind[] = [NUMBER, PATH, SERVICE]
const QUOTES: readonly Kind[] = [QUOTE]
const COMMENTS: readonly Kind[] = [COMMENT]
const NONE: readonly Kind[] = []

/** What one line begins with. */
export interface ListingMark {
  readonly kind: Kind
  /** Where its content begins, before a blank that may follow the mark. */
  readonly end: number
  readonly name: string
  readonly number: number
}

/** Which kinds may begin with the first character of a line that is no blank; `isIndented` where blanks precede it. */
function kindsFor(text: string, at: number, isIndented: boolean): readonly Kind[] {
  const code = text.charCodeAt(at)
  if (code >= 48 && code <= 57) return isIndented ? NUMBERS : BY_DIGIT
  if (code === 62) return QUOTES
  if (code === 35 || code === 42 || code === 59) return COMMENTS
  if (code === 47) return text.charCodeAt(at + 1) === 47 ? COMMENTS : isIndented ? NONE : NAMES
  if (code === 45) return text.charCodeAt(at + 1) === 45 ? COMMENTS : NONE
  if (code === 76 && text.startsWith("Line ", at)) return LINES
  if (isIndented) return NONE
  if (code === 94 || (code >= 97 && code <= 102)) return BY_NAME
  const isName = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 46 || code === 126
  return isName || code === 95 ? NAMES : NONE
}

/** Marks that the lines at `from` and at `next` share; undefined where they share none. */
export function sharedMark(text: string, from: number, next: number): ListingMark | undefined {
  let at = from
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++
  const kinds = kindsFor(text, at, at > from)
  for (const kind of kinds) {
    // Names are the same on both lines: spares most code the pattern.
    if ((kind === PATH || kind === SERVICE) && !sharesName(text, from, next)) continue
    if (kind === STAMP && !hasSameHead(text, from, next)) continue
    const mark = readMark(text, from, kind)
    if (mark !== undefined && followingMark(text, next, mark) !== undefined) return mark
  }
  return undefined
}

function hasSameHead(text: string, a: number, b: number): boolean {
  return text.charCodeAt(a) === text.charCodeAt(b) && text.charCodeAt(a + 1) === text.charCodeAt(b + 1)
}

/** Both lines begin with the same characters up to what may end a name: a colon, a dash, a blank or a bar. */
function sharesName(text: string, a: number, b: number): boolean {
  for (let i = 0; i <= MAX_NAME; i++) {
    const code = text.charCodeAt(a + i)
    const other = text.charCodeAt(b + i)
    if (endsName(code) && endsName(other)) return i > 0
    if (code !== other || code === FEED) return false
  }
  return false
}

function endsName(code: number): boolean {
  return code === 58 || code === 45 || code === 32 || code === 9 || code === 124
}

function readMark(text: string, from: number, kind: Kind, expected = -1): ListingMark | undefined {
  const { pattern } = kind
  if (pattern === undefined)
    return kind === NUMBER ? readNumber(text, from, expected) : readComment(text, from)
  if (kind === BLAME && !isHexDigit(text.charCodeAt(from + 6))) return undefined
  if (kind === STAMP && text.charCodeAt(from + 4) !== 45) return undefined
  if (kind === PATH && !mayBePath(text, from)) return undefined
  pattern.lastIndex = from
  const groups = pattern.exec(text)
  if (groups === null) return undefined
  return { kind, end: from + groups[0].length, name: groups[1] ?? "", number: 0 }
}

/** Whether a number follows a path behind a colon or a dash, or a colon the ending of a file's name. */
function mayBePath(text: string, from: number): boolean {
  const stop = Math.min(text.length, from + MAX_NAME + 1)
  for (let i = from; i < stop; i++) {
    const code = text.charCodeAt(i)
    if ((code === 58 || code === 45) && hasClass(text, i + 1, DIGIT)) return true
    if (!hasClass(text, i, PATH_CHARS))
      return code === 58 && text.slice(Math.max(from, i - 11), i).includes(".")
  }
  return true
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
}

function readComment(text: string, from: number): ListingMark | undefined {
  let at = from
  while (at < from + MAX_COMMENT_INDENT && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++
  const code = text.charCodeAt(at)
  const isDouble = (code === 47 || code === 45) && text.charCodeAt(at + 1) === code
  if (!isDouble && code !== 35 && code !== 59 && code !== 42) return undefined
  const end = at + (isDouble ? 2 : 1)
  const after = text.charCodeAt(end)
  if (after > 32) return undefined
  return { kind: COMMENT, end, name: text.charAt(at), number: 0 }
}

/** @param expected the number that goes on from the line before; what follows it may be a digit, as of a row's id */
function readNumber(text: string, from: number, expected: number): ListingMark | undefined {
  let at = from
  while (at < from + MAX_INDENT && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++
  const isWord = text.charCodeAt(at) === 76 && text.startsWith("Line ", at)
  if (isWord) at += 5
  const start = at
  let number = 0
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(at)) {
    number = number * 10 + code - 48
    at++
  }
  if (at === start || at > start + MAX_DIGITS) return undefined
  const end = signEnd(text, at, number === expected)
  return end === -1 ? undefined : { kind: NUMBER, end, name: "", number }
}

/** Where the sign behind a line's number ends; -1 where there is none, or a time or a date goes on. */
function signEnd(text: string, at: number, isExpected: boolean): number {
  const code = text.charCodeAt(at)
  if (code === 9 || code === 124 || code === 0x2192) return at + 1
  if (code === 32) return text.charCodeAt(at + 1) === 124 ? at + 2 : -1
  if (code !== 58 && code !== 45) return -1
  const next = text.charCodeAt(at + 1)
  return next >= 48 && next <= 57 && !isExpected ? -1 : at + 1
}

/** Whether the line at `next` goes on with the mark of the one at `from`, and both are of the same kind as `like`. */
export function goesOn(text: string, from: number, next: number, like: ListingMark): boolean {
  const mark = readMark(text, from, like.kind, like.number - 1)
  return mark !== undefined && followingMark(text, next, mark) !== undefined
}

/** The mark of the line at `from`, where it goes on from the line before it. */
export function followingMark(text: string, from: number, before: ListingMark): ListingMark | undefined {
  const mark = readMark(text, from, before.kind, before.number + 1)
  if (mark === undefined) return undefined
  if (before.kind === NUMBER) return mark.number > before.number ? mark : undefined
  return mark.name === before.name ? mark : undefined
}
