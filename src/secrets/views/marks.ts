import { ALNUM, DIGIT, hasClass, HEX, skipRight, SPACE } from "../charset.ts"
import { UNSEEN } from "../beyond-ascii.ts"
import type { Pass, PassRun } from "../pass.ts"

/** What a text may hold that another view shows otherwise, as bits of one number. */
export const ESCAPES = 1
export const TERMINAL = 2
export const BYTES = 4
export const INVISIBLE = 8

const BACKSLASH = 92
/** What stands behind the backslashes of escapes, of codes that are read and of those of a terminal. */
const ESCAPED = "uUxX/_-0eE"

/** What the characters at `[start, end)` may belong to. */
function markAt(text: string, start: number, end: number): number {
  const next = text.charCodeAt(end)
  switch (text.charCodeAt(start)) {
    case BACKSLASH:
      return ESCAPED.includes(text.charAt(end) || " ") ? ESCAPES | TERMINAL : 0
    case 37: // %
      return hasClass(text, end, HEX) && hasClass(text, end + 1, HEX) ? ESCAPES : 0
    case 38: // &
      return next === 35 || hasClass(text, end, ALNUM) ? ESCAPES : 0
    case 61: // =3D
      return text.startsWith("=3D", start) ? ESCAPES : 0
    case 91: // [
      return beginsList(text, end) ? BYTES : 0
    case 48: // 0x
      return hasClass(text, end, DIGIT) && hasClass(text, end + 1, HEX) ? BYTES : 0
    default:
      return TERMINAL
  }
}

/** Whether a number of two digits or more stands at `at`, behind blanks and line breaks. */
function beginsList(text: string, at: number): boolean {
  const i = skipRight(text, at, SPACE, at + MAX_BLANKS)
  return hasClass(text, i, DIGIT) && hasClass(text, i + 1, DIGIT)
}
const MAX_BLANKS = 40

/** Tells which of the inline views may show anything, on the walk that finds the plain secrets; reports nothing. */
export class Marks {
  #found = 0

  readonly pass: Pass = {
    detectors: [],
    keywords: ["\\", "%", "&", "=3d", "[", "0x", "\u001b", "\b", "\0"],
    begin: (text, _, { beyond }): PassRun => {
      this.#found = (beyond & UNSEEN) === 0 ? 0 : INVISIBLE
      return {
        hit: (start, end) => {
          this.#found |= markAt(text, start, end)
        },
      }
    },
  }

  /** The marks of the scan that ended last. */
  get found(): number {
    return this.#found
  }
}
