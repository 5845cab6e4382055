import { type Automaton, buildAutomaton } from "./automaton.ts"
import { BareRules } from "./bare-rules.ts"
import { CLASSES, DIGIT, skipRightIn, TOKEN } from "./charset.ts"
import type { Candidate } from "./candidates.ts"
import type { Emit, Pass, PassRun } from "./pass.ts"
import type { Rule } from "./rule.ts"
import { afterColour } from "./runs.ts"
import { CompiledRule, tryRule } from "./rule-run.ts"
import { MIN_RUN, type Walk } from "./walker.ts"

/** Rules and passes behind one automaton, built on first use. */
export interface Engine {
  /** Every span that some detector claims, in no order. Not re-entrant. */
  detect(text: string): Candidate[]
}

/**
 * What wakes where a keyword ends, in flat arrays because they are read at every hit: the entries of state `s` are
 * those from `first[s]` to `first[s + 1]`. A target below the number of passes is a pass, else a rule after them.
 */
interface Wakes {
  readonly first: Int32Array
  readonly targets: Int32Array
  /** Length of the keyword. */
  readonly lengths: Int32Array
}

interface Machine {
  readonly automaton: Automaton
  readonly wakes: Wakes
  readonly compiled: readonly CompiledRule[]
  readonly bare: BareRules
  /** Per rule: the offset before which it need not be tried again in the text at hand. */
  readonly doneTo: Int32Array
}

/** Numbers of the passes and, behind them, the rules that each keyword wakes. */
function gather(rules: readonly Rule[], passes: readonly Pass[]): Map<string, number[]> {
  const byKeyword = new Map<string, number[]>()
  const add = (keyword: string, target: number): void => {
    const known = byKeyword.get(keyword)
    if (known === undefined) byKeyword.set(keyword, [target])
    else known.push(target)
  }
  for (const [index, { keywords }] of [...passes, ...rules].entries())
    for (const keyword of keywords) add(keyword, index)
  return byKeyword
}

function flatten(automaton: Automaton, keywords: readonly string[], targets: readonly number[][]): Wakes {
  const first = new Int32Array(automaton.outputs.length + 1)
  const flat: number[] = []
  const lengths: number[] = []
  for (const [state, accepted] of automaton.outputs.entries()) {
    first[state] = flat.length
    for (const keyword of accepted)
      for (const target of targets[keyword] ?? []) {
        flat.push(target)
        lengths.push(keywords[keyword]?.length ?? 0)
      }
  }
  first[automaton.outputs.length] = flat.length
  return { first, targets: Int32Array.from(flat), lengths: Int32Array.from(lengths) }
}

function build(rules: readonly Rule[], passes: readonly Pass[]): Machine {
  const byKeyword = gather(rules, passes)
  const keywords = [...byKeyword.keys()]
  const automaton = buildAutomaton(keywords)
  const compiled = rules.map((rule) => new CompiledRule(rule))
  return {
    automaton,
    wakes: flatten(automaton, keywords, [...byKeyword.values()]),
    compiled,
    bare: new BareRules(compiled.filter(({ rule }) => rule.keywords.length === 0)),
    doneTo: new Int32Array(rules.length),
  }
}

/** Specific rules name a finding before passes do, and passes in the order of their list. */
function rankOf(rules: readonly Rule[], passes: readonly Pass[]): Map<string, number> {
  const ids = [
    ...rules.map((rule) => rule.id),
    ...passes.flatMap((pass) => pass.detectors.map(({ id }) => id)),
  ]
  return new Map(ids.map((id, index) => [id, ids.length - index]))
}

/** Prepares an engine; nothing is compiled before the first text. */
export function createEngine(
  rules: readonly Rule[],
  passes: readonly Pass[],
  isEnabled: (id: string) => boolean,
): Engine {
  let machine: Machine | undefined
  const ranks = rankOf(rules, passes)
  return {
    detect(text) {
      machine ??= build(rules, passes)
      const candidates: Candidate[] = []
      const emit: Emit = (ruleId, start, end) => {
        if (end > start && isEnabled(ruleId))
          candidates.push({ ruleId, start, end, rank: ranks.get(ruleId) ?? 0 })
      }
      runOver(machine, passes, text, emit, candidates)
      return candidates
    },
  }
}

function runOver(
  machine: Machine,
  passes: readonly Pass[],
  text: string,
  emit: Emit,
  candidates: readonly Candidate[],
): void {
  const walk = machine.automaton.walk(text)
  const runs: PassRun[] = []
  for (const pass of passes) runs.push(pass.begin(text, emit, walk))
  wake(machine, runs, walk, text, emit)
  visitRuns(machine, runs, walk, text, emit, endsByStart(candidates))
  for (const run of runs) run.finish?.()
}

/** Shows every hit to the passes and rules that wait for it. */
function wake(machine: Machine, runs: readonly PassRun[], walk: Walk, text: string, emit: Emit): void {
  const { compiled, doneTo } = machine
  const { first, targets, lengths } = machine.wakes
  const { hits, hitStates, hitEnds } = walk
  doneTo.fill(0)
  for (let hit = 0; hit < hits; hit++) {
    const state = hitStates[hit] ?? 0
    const end = hitEnds[hit] ?? 0
    const last = first[state + 1] ?? 0
    for (let entry = first[state] ?? 0; entry < last; entry++) {
      const target = targets[entry] ?? 0
      const start = end - (lengths[entry] ?? 0)
      if (target < runs.length) runs[target]?.hit(start, end)
      else {
        const number = target - runs.length
        const rule = compiled[number]
        if (rule !== undefined) doneTo[number] = tryRule(rule, text, start, doneTo[number] ?? 0, emit)
      }
    }
  }
}

/** How far the findings reach that begin at an offset. */
function endsByStart(candidates: readonly Candidate[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  for (const { start, end } of candidates) if (end > (ends.get(start) ?? 0)) ends.set(start, end)
  return ends
}

/** Shows every long run of token characters to the passes that ask for it and to the rules without keywords. */
function visitRuns(
  machine: Machine,
  passRuns: readonly PassRun[],
  walk: Walk,
  text: string,
  emit: Emit,
  found: ReadonlyMap<number, number>,
): void {
  const listeners = passRuns.filter((run) => run.run !== undefined)
  for (let number = 0; number < walk.runs; number++) {
    const runStart = walk.runStarts[number] ?? 0
    const end = skipRightIn(walk.codes, runStart + MIN_RUN, TOKEN, text.length)
    const start = afterColour(text, runStart)
    const isFound = (found.get(start) ?? 0) >= end
    const digits = someDigits(walk.codes, start, end)
    for (let i = 0; i < listeners.length; i++) listeners[i]?.run?.(start, end, isFound, digits)
    if (digits > 1) machine.bare.tryRun(text, start, emit)
  }
}

/** Counts digits up to two, which every format without a literal has, and most words and paths have not. */
function someDigits(codes: Uint8Array, start: number, end: number): number {
  let digits = 0
  for (let i = start; i < end && digits < 2; i++) if (((CLASSES[codes[i] ?? 0] ?? 0) & DIGIT) !== 0) digits++
  return digits
}
