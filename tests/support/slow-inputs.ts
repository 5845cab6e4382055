import { builtinRules } from "../../src/secrets/index.ts"
import { secretPasses } from "../../src/secrets/passes/index.ts"
import { fakeToken, seededRandom } from "./fake-token.ts"
import { hotUnits } from "./hot-inputs.ts"

/** An input of one repeated unit, put together from pieces. */
export interface SlowInput {
  readonly pieces: readonly string[]
  readonly cost: number
}

type Random = () => number

/** Stands for the number of the repetition, so that no two are alike and nothing can be remembered. */
const COUNTER = "\u0000"
const SEPARATORS = [
  "=",
  ":",
  ": ",
  " = ",
  "=>",
  " ",
  "\n",
  "\n  ",
  ",",
  ";",
  "&",
  "|",
  ".",
  "/",
  "-",
  "_",
  "@",
  "://",
  "%",
  "\t",
]
const QUOTES = ['"', "'", "`", '\\"', '\\\\\\"', "&quot;", "{", "}", "[", "]", "(", ")", "<", ">", "$", "${"]
const ESCAPES = [
  "\\n",
  "\\u003d",
  "%3D",
  "\\x3d",
  "\\",
  "\u001b[33m",
  "\u200b",
  "+",
  "==",
  "0x",
  "\r\n",
  "12: ",
  "+ ",
  "// ",
]
const ALPHABETS = [
  "0123456789",
  "abcdef0123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "aB3dE5gH7jK9mN1pQ2",
  "aB3+/-_=",
]
const MAX_PIECES = 8

function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error("There is nothing to pick from.")
  return one
}

/** All keywords that wake something. */
function keywords(): readonly string[] {
  return [...new Set([...secretPasses, ...builtinRules].flatMap((one) => one.keywords))]
}

function recased(random: Random, word: string): string {
  const kind = random()
  if (kind < 0.5) return word
  return kind < 0.75 ? word.toUpperCase() : word.replace(/^./, (first) => first.toUpperCase())
}

function newPiece(random: Random, words: readonly string[]): string {
  const kind = random()
  if (kind < 0.3) return recased(random, pick(random, words))
  if (kind < 0.5) return pick(random, SEPARATORS)
  if (kind < 0.62) return pick(random, QUOTES)
  if (kind < 0.7) return pick(random, ESCAPES)
  if (kind < 0.8) return pick(random, hotUnits)
  if (kind < 0.85) return COUNTER
  return fakeToken(pick(random, ALPHABETS), 1 + Math.floor(random() ** 2 * 80), Math.floor(random() * 1000))
}

function mutated(random: Random, pieces: readonly string[], words: readonly string[]): string[] {
  const next = [...pieces]
  const at = Math.floor(random() * (next.length + 1))
  const kind = random()
  if (kind < 0.4 || next.length < 2) next.splice(at, 0, newPiece(random, words))
  else if (kind < 0.6) next.splice(at, 1)
  else if (kind < 0.85) next.splice(at, 1, newPiece(random, words))
  else next.splice(at, 0, pick(random, next).repeat(1 + Math.floor(random() * 3)))
  return next.slice(0, MAX_PIECES)
}

/** The unit of `pieces`, repeated to `length` characters. */
export function slowText(pieces: readonly string[], length: number): string {
  const unit = pieces.join("") || "a"
  if (!unit.includes(COUNTER)) return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
  const parts: string[] = []
  for (let i = 0, size = 0; size < length; i++) {
    const part = unit.replaceAll(COUNTER, String(i))
    parts.push(part)
    size += part.length
  }
  return parts.join("").slice(0, length)
}

/** How to make an input again, for people. */
export function describeSlowInput({ pieces }: Pick<SlowInput, "pieces">): string {
  return JSON.stringify(pieces.join("").replaceAll(COUNTER, "<number>"))
}

/**
 * Looks for inputs that cost much: random ones first, then changes to the worst so far. Deterministic for a
 * seed and a deterministic `cost`. Goes on while `goesOn()`; returns the worst, the very worst first.
 */
export function searchSlowInputs(
  seed: number,
  cost: (pieces: readonly string[]) => number,
  goesOn: () => boolean,
): readonly SlowInput[] {
  const random = seededRandom(seed)
  const words = keywords()
  let worst: SlowInput[] = []
  const seen = new Set<string>()
  while (goesOn()) {
    const isFresh = worst.length < 4 || random() < 0.4
    const parent = isFresh ? [newPiece(random, words)] : pick(random, worst).pieces
    const pieces = mutated(random, parent, words)
    const unit = pieces.join("")
    if (seen.has(unit)) continue
    seen.add(unit)
    worst = [...worst, { pieces, cost: cost(pieces) }].toSorted((a, b) => b.cost - a.cost).slice(0, 12)
  }
  return worst
}
