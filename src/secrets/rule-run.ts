import { isInsideBlob } from "./blob.ts"
import {
  beginsLine,
  behindMarks,
  CLASSES,
  hasClass,
  isEscapeLetter,
  NAME,
  skipRight,
  startsToken,
  TOKEN,
} from "./charset.ts"
import { isBesideCredential } from "./credential-context.ts"
import { isDummy } from "./dummy.ts"
import { shannonBits } from "./entropy.ts"
import type { Emit } from "./pass.ts"
import { admits, type PatternShape, shapeOf } from "./pattern-shape.ts"
import type { Rule } from "./rule.ts"
import { passes } from "./validators.ts"

/** A match this long that fails its check is not searched again for a shorter one inside. */
const LONG_MATCH = 64

/** How much of the text before a match a condition at the start of its pattern may read. */
const MAX_BEFORE = 4
/** A condition on the one or two characters before the match. */
const CONDITION = /^\(\?<([=!])(\[[^\]]{1,60}\](?: \?)?|\\?[^()|\\])\)/

/** A pattern that begins with so many characters of one class and a sign. */
const CLASS_AND_SIGN = /^\[[\w-]{1,40}\]\{(\d{1,3})\}(?:\\([.$])|([-:_@#=]))/

/** A rule that is made ready to be tried at single places when it is first woken: most rules never are. */
export class CompiledRule {
  readonly rule: Rule
  readonly reach: number
  #shape: PatternShape | undefined
  #pattern: RegExp | undefined
  /** What stands before the match, or must not. */
  #before: RegExp | undefined
  #isWanted = true
  #isRead = false
  /** A sign that every match holds at a known distance from its start, beyond what the shape looks at. */
  #signAt = 0
  #sign = -1

  constructor(rule: Rule) {
    this.rule = rule
    this.reach = rule.reach ?? 0
  }

  /** The match that begins at `start`. */
  matchAt(text: string, start: number): RegExpExecArray | null {
    if (!this.#isRead) this.#read()
    if (this.#sign !== -1 && text.charCodeAt(start + this.#signAt) !== this.#sign) return null
    if (this.#shape !== undefined && !admits(this.#shape, text, start)) return null
    const { rule } = this
    if (rule.glued !== true && !startsToken(text, start)) return null
    this.#pattern ??= this.#prepare()
    const before = this.#before?.test(textBefore(text, start))
    if (before !== undefined && before !== this.#isWanted) return null
    this.#pattern.lastIndex = start
    return this.#pattern.exec(text)
  }

  #read(): void {
    const { pattern } = this.rule
    this.#isRead = true
    this.#shape = shapeOf(pattern)
    const head = isOneBranch(pattern.source) ? CLASS_AND_SIGN.exec(pattern.source) : null
    if (head === null) return
    this.#signAt = Number(head[1])
    this.#sign = (head[2] ?? head[3] ?? "").charCodeAt(0)
  }

  /**
   * The pattern as the engine runs it: only ever at one offset, with the groups' places where one is the secret. A
   * look-behind at its start is tested for itself: Bun runs a pattern that holds one fifteen times slower.
   */
  #prepare(): RegExp {
    const { pattern, secretGroup } = this.rule
    const flags = pattern.flags.replace(/[gyd]/g, "")
    const [whole = "", sign, before] = (isOneBranch(pattern.source) && CONDITION.exec(pattern.source)) || []
    if (before !== undefined) this.#before = new RegExp(`(?:${before})$`, flags)
    this.#isWanted = sign !== "!"
    return new RegExp(pattern.source.slice(whole.length), `${flags}y${secretGroup === undefined ? "" : "d"}`)
  }
}

/** What stands before `start`; an escaped line break or tab and the sign of a diff line read as a line break. */
function textBefore(text: string, start: number): string {
  const last = text.charAt(start - 1)
  if (isEscapeLetter(text, start - 1)) return "\n"
  if ((last === "+" || last === "-") && beginsLine(text, start - 1)) return "\n"
  return text.slice(Math.max(0, start - MAX_BEFORE), start)
}

/** Whether no bar stands outside of groups and classes, so that what stands first holds for every match. */
function isOneBranch(source: string): boolean {
  const bare = source.replace(/\\./g, "").replace(/\[[^[\]]*\]/g, "")
  let depth = 0
  for (const char of bare) {
    if (char === "|" && depth === 0) return false
    if (char === "(") depth++
    if (char === ")") depth--
  }
  return true
}

function isStrong(rule: Rule, secret: string): boolean {
  if (rule.validate !== undefined && !passes(rule.validate, secret)) return false
  if (isDummy(secret)) return false
  if (rule.minEntropy === undefined) return true
  if (rule.checksum !== undefined && passes(rule.checksum, secret)) return true
  return shannonBits(secret) >= rule.minEntropy
}

/** Span of the secret inside a match, from the groups' indices. */
function secretSpan(rule: Rule, match: RegExpExecArray): [number, number] | undefined {
  if (rule.secretGroup === undefined) return [match.index, match.index + match[0].length]
  if (typeof rule.secretGroup === "number") return match.indices?.[rule.secretGroup]
  return match.indices?.groups?.[rule.secretGroup]
}

/** Token characters, the full stop and the tilde. */
function isTokenOrMark(code: number): boolean {
  return code === 46 || code === 126 || (code < 128 && ((CLASSES[code] ?? 0) & TOKEN) !== 0)
}

/** Where the token around a keyword begins: token characters, full stops and tildes, at most `reach` of them. */
function tokenStart(text: string, keywordAt: number, reach: number): number {
  const floor = Math.max(0, keywordAt - reach)
  let i = keywordAt
  while (i > floor && isTokenOrMark(text.charCodeAt(i - 1))) i--
  return i
}

/**
 * Tries one rule where a keyword stands at `keywordAt`. Returns the offset before which the rule need not be
 * tried again.
 */
export function tryRule(
  compiled: CompiledRule,
  text: string,
  keywordAt: number,
  doneTo: number,
  emit: Emit,
): number {
  if (compiled.rule.beside === true) return tryBeside(compiled, text, keywordAt, doneTo, emit)
  if (compiled.reach === 0) return tryAt(compiled, text, keywordAt, doneTo, emit)
  for (const start of tokenStarts(text, keywordAt, compiled.reach)) {
    const done = tryAt(compiled, text, start, doneTo, emit)
    if (done !== doneTo) return done
  }
  return doneTo
}

/** Where the token around a keyword may begin: at first, behind the mark it begins with, or behind its last slash. */
function tokenStarts(text: string, keywordAt: number, reach: number): number[] {
  const first = tokenStart(text, keywordAt, reach)
  const starts = isEscapeLetter(text, first) ? [] : [first]
  const behind = behindMarks(text, first)
  if (behind !== first && behind <= keywordAt) starts.push(behind)
  const slash = text.slice(first, keywordAt).lastIndexOf("/")
  if (slash !== -1) starts.push(first + slash + 1)
  return starts
}

/** How far after its name a value may begin. */
const BESIDE_REACH = 40
const VALUE: number = NAME | TOKEN
/** Shorter words are never the beginning of a value. */
const MIN_VALUE = 6
/** What may stand between a name and its value; the first group must occur. */
const SEPARATORS = " \t:=>,("
const DECORATION = "\"'`\\[])|\r\n"

/** What says that the value behind it is a digest or the id of a commit, which many kinds of key look like. */
const HASH_NAME = /(?:sha-?\d{1,3}|md5|digest|checksum|integrity|commit|revision|etag)(?![A-Za-z])/iy

function isHashName(text: string, start: number): boolean {
  HASH_NAME.lastIndex = start
  return HASH_NAME.test(text)
}

/** What a line may end with whose value stands on the next one; a blank is none. */
const OPEN = ":=>,(["

/** Whether a value may still follow behind the line break at `newline`; behind a value, a comma ends the statement. */
function goesOn(text: string, newline: number, from: number, hasValue: boolean): boolean {
  let i = newline - 1
  while (i >= from && " \t\r\"'`\\".includes(text.charAt(i))) i--
  return i >= from && OPEN.includes(text.charAt(i)) && !(hasValue && text.charAt(i) === ",")
}

/** Tries the pattern at every place after a name where a separator ends and a token begins. */
function tryBeside(
  compiled: CompiledRule,
  text: string,
  keywordAt: number,
  doneTo: number,
  emit: Emit,
): number {
  const from = skipRight(text, keywordAt, NAME, keywordAt + BESIDE_REACH)
  const stop = Math.min(text.length, from + BESIDE_REACH)
  const emitKey: Emit = (ruleId, start, end) => {
    if (isBesideCredential(text, keywordAt, start, end)) emit(ruleId, start, end)
  }
  let separated = false
  let hasValue = false
  for (let i = from; i < stop; i++) {
    const char = text.charAt(i)
    const isEscaped = isEscapeLetter(text, i)
    if (SEPARATORS.includes(char) || (isEscaped && char === "t")) separated = true
    else if (char === "\n" || (isEscaped && char === "n")) {
      if (!goesOn(text, i, from, hasValue)) return doneTo
    } else if (isEscaped) continue
    else if (!DECORATION.includes(char)) {
      if (!separated || !hasClass(text, i, VALUE)) return doneTo
      if (isHashName(text, i)) return doneTo
      const end = skipRight(text, i, VALUE, stop + MIN_VALUE)
      const done = end - i < MIN_VALUE ? doneTo : tryAt(compiled, text, i, doneTo, emitKey)
      if (done !== doneTo) return done
      i = end - 1
      separated = false
      hasValue = true
    }
  }
  return doneTo
}

function tryAt(compiled: CompiledRule, text: string, start: number, doneTo: number, emit: Emit): number {
  if (start < doneTo) return doneTo
  const match = compiled.matchAt(text, start)
  return match === null ? doneTo : report(compiled.rule, match, emit)
}

function report(rule: Rule, match: RegExpExecArray, emit: Emit): number {
  const span = secretSpan(rule, match)
  if (span === undefined) return match.index + 1
  if (!isStrong(rule, match.input.slice(span[0], span[1])) || isInsideBlob(match.input, span[0], span[1]))
    return match[0].length >= LONG_MATCH ? match.index + match[0].length : match.index + 1
  emit(rule.id, span[0], span[1])
  return span[1]
}
