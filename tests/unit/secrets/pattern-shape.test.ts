import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { builtinRules } from "../../../src/secrets/index.ts"
import { admits, shapeOf } from "../../../src/secrets/pattern-shape.ts"

/** Codes that may stand at each offset, as a string of the ASCII ones; a plus for everything above. */
function shown(pattern: RegExp): string[] | undefined {
  return shapeOf(pattern)?.offsets.map((codes) =>
    [...codes]
      .map((holds, code) => (holds === 0 ? "" : code === 128 ? "…" : String.fromCharCode(code)))
      .join(""),
  )
}

const atom = fc.constantFrom(
  "a",
  "b",
  "K",
  "[ab]",
  "[^a]",
  "[A-C]",
  "\\d",
  "\\w",
  ".",
  "\\.",
  "\\x61",
  "[\\w-]",
  "é",
)
const { pattern: source } = fc.letrec((tie) => ({
  pattern: fc.array(tie("branch"), { minLength: 1, maxLength: 3 }).map((branches) => branches.join("|")),
  branch: fc.array(tie("part"), { minLength: 0, maxLength: 4 }).map((parts) => parts.join("")),
  part: fc
    .tuple(tie("unit"), fc.constantFrom("", "", "?", "*", "+", "{2}", "{0,3}", "{1,}", "+?"))
    .map((pair) => pair.join("")),
  unit: fc.oneof(
    { maxDepth: 2 },
    atom,
    atom,
    fc
      .tuple(fc.constantFrom("(", "(?:", "(?<=", "(?!", "(?="), tie("pattern"))
      .map(([open, inner]) => `${open}${String(inner)})`),
  ),
}))

/** Quantified look-behinds are no syntax, quantified look-aheads only without the flag `u`. */
function compiled(text: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(text, flags)
  } catch {
    return undefined
  }
}

describe("shapeOf", () => {
  test("lists what may stand at the first places of a match", () => {
    expect(shown(/ab?[0-2]{2}/)).toEqual(["a", "012b", "012"])
    expect(shown(/(?:no|y)\.x/i)).toEqual(["NYny", ".Oo", ".Xx"])
    expect(shown(/(?<=q)[^\x01-\x7f](?!z)\x41\u0042/)).toEqual(["\u0000…", "A", "B"])
  })

  test("has no shape for patterns that match nothing, or that it does not understand", () => {
    expect(shapeOf(/a?/)).toBeUndefined()
    expect(shapeOf(/(a)\1/)).toBeUndefined()
    expect(shapeOf(new RegExp("[a--b]", "v"))).toBeUndefined()
  })

  test("rejects a place only where the pattern does not match", () => {
    const unit = fc.constantFrom("a", "b", "k", "K", "A", "1", ".", "-", "é", "\u212a", "\u{1F511}", "\n")
    let rejected = 0
    let matched = 0
    fc.assert(
      fc.property(
        source,
        fc.constantFrom("", "i", "u", "iu", "s"),
        fc.string({ unit, maxLength: 8 }),
        (text, flags, input) => {
          const pattern = compiled(text, `${flags}y`)
          const shape = pattern === undefined ? undefined : shapeOf(pattern)
          if (pattern === undefined || shape === undefined) return
          pattern.lastIndex = 0
          const isMatch = pattern.test(input)
          if (isMatch) expect(admits(shape, input, 0)).toBe(true)
          matched += Number(isMatch)
          rejected += Number(!admits(shape, input, 0))
        },
      ),
      { numRuns: 6000, seed: 11 },
    )
    expect(matched).toBeGreaterThan(150)
    expect(rejected).toBeGreaterThan(150)
  })

  test("understands every built-in rule, and sees beyond its keyword", () => {
    const bad = builtinRules.filter(({ pattern }) => (shapeOf(pattern)?.offsets.length ?? 0) < 4)
    expect(bad.map(({ id }) => id)).toEqual([])
  })
})
