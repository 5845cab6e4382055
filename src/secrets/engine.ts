import { buildAutomaton, type Automaton } from "./automaton.ts"
import { DIGIT, hasClass } from "./charset.ts"
import type { Candidate } from "./candidates.ts"
import type { Emit, Pass, PassRun } from "./pass.ts"
import type { Rule } from "./rule.ts"
import { afterColour, nextRun } from "./runs.ts"
import { compileRule, tryRule, type CompiledRule } from "./rule-run.ts"

/** Rules and passes behind one automaton, built on first use. */
export interface Engine {
  /** Every span that some detector claims, in no order. Not re-entrant. */
  detect(text: string): Candidate[]
}

/** What a keyword wakes: numbers of rules, and numbers of passes. */
interface Consumers {
  readonly rules: readonly number[]
  readonly passes: readonly number[]
  readonly length: number
}

interface Machine {
  readonly automaton: Automaton
  readonly consumers: readonly Consumers[]
  readonly compiled: readonly CompiledRule[]
  /** Rules without keywords. */
  readonly bare: readonly CompiledRule[]
}

function gather(
  rules: readonly Rule[],
  passes: readonly Pass[],
): Map<string, { rules: number[]; passes: number[] }> {
  const byKeyword = new Map<string, { rules: number[]; passes: number[] }>()
  const at = (keyword: string): { rules: number[]; passes: number[] } => {
    const known = byKeyword.get(keyword) ?? { rules: [], passes: [] }
    byKeyword.set(keyword, known)
    return known
  }
  rules.forEach((rule, index) => rule.keywords.forEach((keyword) => at(keyword).rules.push(index)))
  passes.forEach((pass, index) => pass.keywords.forEach((keyword) => at(keyword).passes.push(index)))
  return byKeyword
}

function build(rules: readonly Rule[], passes: readonly Pass[]): Machine {
  const byKeyword = gather(rules, passes)
  const consumers = [...byKeyword].map(([keyword, woken]) => ({
    rules: woken.rules,
    passes: woken.passes,
    length: keyword.length,
  }))
  const compiled = rules.map(compileRule)
  const bare = compiled.filter(({ rule }) => rule.keywords.length === 0)
  return { automaton: buildAutomaton([...byKeyword.keys()]), consumers, compiled, bare }
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
      runOver(machine, passes, text, emit)
      return candidates
    },
  }
}

function runOver(machine: Machine, passes: readonly Pass[], text: string, emit: Emit): void {
  const { automaton, consumers, compiled } = machine
  const count = automaton.collect(text)
  const states = automaton.hitStates()
  const ends = automaton.hitEnds()
  const doneTo = new Int32Array(compiled.length)
  const runs: PassRun[] = passes.map((pass) => pass.begin(text, emit))
  for (let hit = 0; hit < count; hit++) {
    const end = ends[hit] ?? 0
    for (const keyword of automaton.outputs[states[hit] ?? 0] ?? []) {
      const woken = consumers[keyword]
      if (woken === undefined) continue
      const start = end - woken.length
      for (const pass of woken.passes) runs[pass]?.hit(start, end)
      for (const rule of woken.rules) {
        const one = compiled[rule]
        if (one !== undefined) doneTo[rule] = tryRule(one, text, start, doneTo[rule] ?? 0, emit)
      }
    }
  }
  visitRuns(machine, runs, text, emit)
  for (const run of runs) run.finish?.()
}

/** Shows every long run of token characters to the passes that ask for it and to the rules without keywords. */
function visitRuns(machine: Machine, passRuns: readonly PassRun[], text: string, emit: Emit): void {
  const listeners = passRuns.filter((run) => run.run !== undefined)
  for (let run = nextRun(text, 0); run !== undefined; run = nextRun(text, run[1])) {
    const end = run[1]
    const start = afterColour(text, run[0])
    for (const listener of listeners) listener.run?.(start, end)
    if (!hasDigits(text, start, end)) continue
    for (const rule of machine.bare) tryRule(rule, text, start, 0, emit)
  }
}

/** Two digits or more: what every format without a literal has, and most words and paths have not. */
function hasDigits(text: string, start: number, end: number): boolean {
  let digits = 0
  for (let i = start; i < end && digits < 2; i++) if (hasClass(text, i, DIGIT)) digits++
  return digits === 2
}
