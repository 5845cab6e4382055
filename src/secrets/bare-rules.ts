import { behindMarks, isEscapeLetter } from "./charset.ts"
import type { Emit } from "./pass.ts"
import { shapeOf } from "./pattern-shape.ts"
import { type CompiledRule, tryRule } from "./rule-run.ts"

/** Rules that share one number as a set of bits. */
const GROUP = 31
const EVERY: number = 2 ** GROUP - 1
const CODES = 129
const ABOVE_ASCII = 128

/** Up to 31 rules, and per offset and code those of them that a match beginning there may belong to. */
interface Group {
  readonly rules: readonly CompiledRule[]
  readonly masks: Int32Array
}

function group(rules: readonly CompiledRule[]): Group {
  const shapes = rules.map(({ rule }) => shapeOf(rule.pattern)?.offsets ?? [])
  const depth = Math.max(...shapes.map((offsets) => offsets.length))
  const masks = new Int32Array(depth * CODES)
  shapes.forEach((offsets, number) => {
    for (let cell = 0; cell < masks.length; cell++) {
      const codes = offsets[Math.floor(cell / CODES)]
      if (codes === undefined || codes[cell % CODES] === 1) masks[cell] = (masks[cell] ?? 0) | (1 << number)
    }
  })
  return { rules, masks }
}

/** The rules of a group that `text` from `start` on may match, as a set of bits. */
function admitted({ masks }: Group, text: string, start: number): number {
  let left = EVERY
  for (let row = 0, i = start; row < masks.length && left !== 0; row += CODES, i++) {
    const code = text.charCodeAt(i)
    left &= masks[row + (code < ABOVE_ASCII ? code : ABOVE_ASCII)] ?? 0
  }
  return left
}

/**
 * Rules without a keyword: their patterns are tried where long runs of token characters begin. One walk over the first
 * characters of a run tells for all of them which may match, after the Shift-And algorithm (Baeza-Yates and Gonnet,
 * CACM 35(10), 1992).
 */
export class BareRules {
  readonly #rules: readonly CompiledRule[]
  #groups: readonly Group[] | undefined

  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules
  }

  /** Tries every rule that may match where a run of token characters begins, or behind the mark it begins with. */
  tryRun(text: string, start: number, emit: Emit): void {
    const behind = behindMarks(text, start)
    if (!isEscapeLetter(text, start)) this.#tryAt(text, start, emit)
    if (behind !== start) this.#tryAt(text, behind, emit)
  }

  #tryAt(text: string, start: number, emit: Emit): void {
    this.#groups ??= this.#grouped()
    for (const one of this.#groups) {
      let left = admitted(one, text, start)
      for (let number = 0; left !== 0; number++, left >>>= 1) {
        const rule = one.rules[number]
        if ((left & 1) === 1 && rule !== undefined) tryRule(rule, text, start, 0, emit)
      }
    }
  }

  #grouped(): Group[] {
    const groups: Group[] = []
    for (let from = 0; from < this.#rules.length; from += GROUP)
      groups.push(group(this.#rules.slice(from, from + GROUP)))
    return groups
  }
}
