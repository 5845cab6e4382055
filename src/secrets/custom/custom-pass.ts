import type { RE2JS } from "re2js"
import { AirlockError } from "../../base/errors.ts"
import { shannonBits } from "../entropy.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import type { CompiledCustomRule } from "./compile-rule.ts"
import { CUSTOM_TITLE, type CustomRule, KEYWORD_REACH } from "./custom-rule.ts"

/**
 * Finding one match is linear in RE2, finding all of them is not: a search may read to the text's end, come back with one
 * character, and so again for the next. So the searches of a text may look at its length times this in all, and at least at
 * `FREE_CHARS`; from then on each sees no more than `WINDOW`.
 */
const FREE_LENGTHS = 32
const FREE_CHARS = 1_000_000
const WINDOW = 2048
/** What of a window without a match is looked at again with what follows. */
const OVERLAP = 1024
/** Nothing shorter is masked, so no pattern needs more searches than this share of the text, and a few. */
const MIN_SECRET = 4
const FREE_SEARCHES = 1000

/** Runs one of the person's rules over texts. */
export function customPass({ rule, pattern }: CompiledCustomRule): Pass {
  const keywords = (rule.keywords ?? []).map((keyword) => keyword.toLowerCase())
  return {
    detectors: [{ id: rule.id, title: rule.title ?? CUSTOM_TITLE, source: "redact.rules" }],
    keywords,
    begin: (text, emit) =>
      keywords.length === 0 ? overAll(rule, pattern, text, emit) : nearKeywords(rule, pattern, text, emit),
  }
}

function overAll(rule: CustomRule, pattern: RE2JS, text: string, emit: Emit): PassRun {
  return {
    hit: () => undefined,
    finish: () => new Search(rule, pattern, text, emit).run(0, text.length),
  }
}

function nearKeywords(rule: CustomRule, pattern: RE2JS, text: string, emit: Emit): PassRun {
  const search = new Search(rule, pattern, text, emit)
  let from = -1
  let to = -1
  const flush = (): void => {
    if (from >= 0) search.run(from, to)
  }
  return {
    hit(start, end) {
      if (from < 0 || start - KEYWORD_REACH.before > to) {
        flush()
        from = Math.max(0, start - KEYWORD_REACH.before)
      }
      to = Math.min(text.length, end + KEYWORD_REACH.after)
    },
    finish: flush,
  }
}

/** The searches of one rule in one text. */
class Search {
  readonly #rule: CustomRule
  readonly #pattern: RE2JS
  readonly #text: string
  readonly #emit: Emit
  #searches: number
  #chars: number

  constructor(rule: CustomRule, pattern: RE2JS, text: string, emit: Emit) {
    this.#rule = rule
    this.#pattern = pattern
    this.#text = text
    this.#emit = emit
    this.#searches = FREE_SEARCHES + Math.ceil(text.length / MIN_SECRET)
    this.#chars = FREE_CHARS + FREE_LENGTHS * text.length
  }

  /** Reports every match in `[from, to)`. */
  run(from: number, to: number): void {
    let at = from
    while (at < to) at = this.#window(at, this.#chars > 0 ? to : Math.min(at + WINDOW, to), to)
  }

  /** Reports the matches in `[from, end)`; answers where to go on. */
  #window(from: number, end: number, to: number): number {
    // One character before, so that \b and ^ know what stands there.
    const base = Math.max(0, from - 1)
    const matcher = this.#pattern.matcher(this.#text.slice(base, end))
    const isWide = end - from > WINDOW
    let at = from
    while (at < end) {
      if (isWide && this.#chars <= 0) return at
      this.#spend(end - at)
      if (!matcher.find(at - base)) return end === to ? to : Math.max(at, end - OVERLAP)
      const matchStart = matcher.start() + base
      const matchEnd = matcher.end() + base
      // Cut off by the window, not by the text: again, with a whole window from its start.
      if (matchEnd === end && end < to && matchStart > from) return matchStart
      this.#report(matcher, base)
      at = Math.max(matchEnd, at + 1)
    }
    return at
  }

  #report(matcher: ReturnType<RE2JS["matcher"]>, base: number): void {
    const { id, secretGroup = 0, minEntropy } = this.#rule
    // A group that took no part in the match has no place.
    if (matcher.start(secretGroup) < 0) return
    const start = matcher.start(secretGroup) + base
    const end = matcher.end(secretGroup) + base
    if (end - start < MIN_SECRET) return
    if (minEntropy !== undefined && shannonBits(this.#text, start, end) < minEntropy) return
    this.#emit(id, start, end)
  }

  #spend(chars: number): void {
    this.#chars -= chars
    this.#searches -= 1
    if (this.#searches >= 0) return
    throw new AirlockError(
      "MASK_FAILED",
      `Your rule "${this.#rule.id}" (redact.rules) matches all over a text of ${this.#text.length} characters, so it is not sent. Make its pattern match longer texts, or give it keywords.`,
    )
  }
}
