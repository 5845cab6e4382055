import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { LiteralTree } from "../../../src/redact/literal-tree.ts"

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 6 })

describe("LiteralTree", () => {
  test("answers the longest text that stands at a place, whatever came in and went", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { maxLength: 30 }), word, (steps, text) => {
        const tree = new LiteralTree<string>()
        const held = new Set<string>()
        for (const [each, stays] of steps) {
          if (stays && !held.has(each)) tree.add(each, each)
          if (stays) held.add(each)
          if (!stays) tree.remove(each, each)
          if (!stays) held.delete(each)
        }
        for (let at = 0; at < text.length; at += 1) {
          const here = [...held].filter((each) => text.startsWith(each, at))
          const longest = here.sort((a, b) => b.length - a.length)[0]
          expect(tree.longestAt(text, at, () => true)).toBe(longest)
        }
        expect(tree.isEmpty).toBe(held.size === 0)
      }),
      { numRuns: 1000 },
    )
  })

  test("keeps values of one text apart and passes over those that are not accepted", () => {
    const tree = new LiteralTree<number>()
    tree.add("ab", 1)
    tree.add("ab", 2)
    tree.add("abc", 3)
    expect(tree.longestAt("abcd", 0, (value) => value !== 3)).toBe(1)
    tree.remove("ab", 1)
    tree.remove("ab", 9)
    tree.remove("abcdef", 3)
    expect(tree.longestAt("abcd", 0, (value) => value !== 3)).toBe(2)
    expect(tree.longestAt("abcd", 0, () => true)).toBe(3)
  })
})
