import { ALNUM, hasClass, TOKEN } from "./charset.ts"
import { isUuid, looksRandom } from "./token-shape.ts"
import { isGrouped } from "./value-filter.ts"
import { plainSpan, type ValueSpan } from "./value-span.ts"

/** Shortest value that is glued to its name by a dash or a full stop: `acme-token-0123…`. */
export const MIN_GLUED = 16
/** As much of a long value tells what it is. */
const MAX_JUDGED = 300
/** Names in one run of characters that are tried: more of them, each over the rest of the run, tell nothing. */
const MAX_TRIES = 8
const GLUED =
  /^(?:secret|private|access|token|key|password|auth|credentials?)(?:[-_.]?(?:key|token|secret|tok|code))?[-_.]{1,2}(?=[A-Za-z0-9][\w+/=.-]{15})/i

/** Reads values that stand in one word with their name, `acme-SECRET-0123…`. Ask in ascending order. */
export class GluedValues {
  readonly #text: string
  /** End of the characters of tokens around the value that was read last, and how often one was looked for there. */
  #runEnd = 0
  #tries = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The value behind the word at `wordStart`, whose whole name ends at `nameEnd`; undefined where there is none. */
  read(wordStart: number, nameEnd: number): ValueSpan | undefined {
    const text = this.#text
    // The value of an assignment.
    if (text.charCodeAt(nameEnd) === 61 && hasClass(text, nameEnd + 1, ALNUM)) return undefined
    if (!isLong(text, wordStart)) return undefined
    const glue = GLUED.exec(text.slice(wordStart, wordStart + 48))
    if (glue === null) return undefined
    const start = wordStart + glue[0].length
    this.#readRun(start)
    let end = this.#runEnd
    while (end < this.#runEnd + 2 && text.charAt(end) === "=") end++
    if (this.#tries > MAX_TRIES || end < nameEnd) return undefined
    if (end - start <= MAX_JUDGED && plainSpan(text, skipStops(text, end), false, 1) !== undefined)
      return undefined
    while (end > start && text.charAt(end - 1) === ".") end--
    const isValue =
      end - start >= MIN_GLUED && isGenerated(text.slice(start, Math.min(end, start + MAX_JUDGED)))
    return isValue ? { start, end, quoted: false } : undefined
  }

  #readRun(start: number): void {
    this.#tries++
    if (start < this.#runEnd) return
    const text = this.#text
    let i = start
    while (hasClass(text, i, TOKEN) || text.charAt(i) === ".") i++
    this.#runEnd = i
    this.#tries = 1
  }
}

/** Whether a name and its value may stand in the characters from `from` on. */
function isLong(text: string, from: number): boolean {
  let i = from
  while (i < from + MIN_WHOLE && (hasClass(text, i, TOKEN) || isStop(text.charCodeAt(i)))) i++
  return i === from + MIN_WHOLE
}
/** The shortest name, a separator and the shortest value. */
const MIN_WHOLE = 20

/** A full stop or an equals sign. */
function isStop(code: number): boolean {
  return code === 46 || code === 61
}

/** Skips what ends a sentence. */
function skipStops(text: string, from: number): number {
  let i = from
  while (i < from + 4 && (text.charAt(i) === "." || text.charAt(i) === ",")) i++
  return i
}

/** The end of a pod's name: the hash of its template and five characters, in the alphabet that Kubernetes uses. */
const POD = /(?:^|-)[bcdfghjklmnpqrstvwxz2456789]{6,10}-(?:[bcdfghjklmnpqrstvwxz2456789]{5})?$/

/** Random, a UUID, or groups with digits in each, and no pod. */
function isGenerated(value: string): boolean {
  if (POD.test(value)) return false
  if (value.length >= 20 && /^[\w+/-]+={0,2}$/.test(value) && looksRandom(value, 0, value.length)) return true
  return (/[A-Za-z]/.test(value) && isGrouped(value)) || isUuid(value)
}
