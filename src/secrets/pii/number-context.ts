import { ALNUM, hasClass, LETTER } from "../charset.ts"

/** A span that begins where it was looked for. */
export interface NumberMatch {
  readonly ruleId: string
  readonly start: number
  readonly end: number
}

/** How far before a number its name is looked for. */
const REACH = 48

/** Runs a sticky pattern at `index`. */
export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index
  return pattern.exec(text)
}

/** Whether the number that ends at `end` is whole: no letter, digit or underscore follows, and no `.5`, `-5`, `:5`. */
export function endsNumber(text: string, end: number): boolean {
  if (hasClass(text, end, ALNUM) || text.charAt(end) === "_") return false
  return !(".-:/".includes(text.charAt(end) || " ") && /\d/.test(text.charAt(end + 1)))
}

/** Whether the number that begins at `start` is whole: no letter, digit, and no `5.`, `5-`, `#`, `$` before it. */
export function beginsNumber(text: string, start: number): boolean {
  const before = text.charAt(start - 1)
  if (before === "") return true
  if ("_#$@%^&".includes(before)) return false
  return !(".-:/+".includes(before) && hasClass(text, start - 2, ALNUM) && !/[:/]/.test(before))
}

/** The text directly before `start`, on its line and the end of the one before. */
export function contextBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - REACH), start)
}

/**
 * The text before a number if it could name it: a letter at most twenty characters away, and no other number between
 * them, so that columns of numbers cost nothing. Empty otherwise.
 */
export function nameBefore(text: string, start: number): string {
  const stop = Math.max(0, start - 20)
  for (let i = start - 1; i >= stop; i--) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code >= 48 && code <= 57)) return ""
    if (code > 127 || hasClass(text, i, LETTER) || code === 35) return contextBefore(text, start)
  }
  return ""
}

/** Whether `name` stands before the number. */
export function isNamed(name: RegExp, text: string, start: number): boolean {
  const before = nameBefore(text, start)
  return before !== "" && name.test(before)
}

/** The digits of a span. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, "")
}
