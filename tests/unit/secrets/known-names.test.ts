import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { judgeKey, judgeKeyAt } from "../../../src/secrets/key-name.ts"
import { codesOf, KnownNames } from "../../../src/secrets/known-names.ts"

function ask(names: KnownNames<string>, name: string, isMarked = false): string | undefined {
  const codes = codesOf(name)
  const place = names.placeOf(codes, 0, name.length, isMarked)
  return place === -1 ? undefined : names.at(place, codes, 0, name.length)
}

function tell(names: KnownNames<string>, name: string, value: string, isMarked = false): void {
  const codes = codesOf(name)
  const place = names.placeOf(codes, 0, name.length, isMarked)
  if (place !== -1) names.set(place, codes, 0, name.length, value)
}

describe("KnownNames", () => {
  test("answers for a name what was told of it last, or nothing", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "K", "_", "1"), minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 300 }), (words) => {
        const names = new KnownNames<string>()
        const told = new Map<string, string>()
        for (const [i, one] of words.entries()) {
          const known = ask(names, one)
          if (known !== undefined) expect(known).toBe(told.get(one))
          tell(names, one, `${i}`)
          told.set(one, `${i}`)
          expect(ask(names, one)).toBe(`${i}`)
        }
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  test("tells a marked name from the same one without the mark", () => {
    const names = new KnownNames<string>()
    for (let length = 1; length <= 40; length++) {
      const name = "n".repeat(length)
      tell(names, name, "plain")
      expect(ask(names, name, true)).toBeUndefined()
      tell(names, name, "marked", true)
      expect(ask(names, name, true)).toBe("marked")
      expect(["plain", undefined]).toContain(ask(names, name))
    }
  })

  test("keeps no long name and none beyond ASCII", () => {
    const names = new KnownNames<string>()
    for (const name of ["a".repeat(41), "contraseña", "密码"]) {
      tell(names, name, "x")
      expect(ask(names, name)).toBeUndefined()
    }
  })

  test("names that are remembered are judged as on the first time", () => {
    const words = fc.constantFrom(
      "api",
      "Key",
      "TOKEN",
      "password",
      "public",
      "_",
      "-",
      ".",
      "12",
      "7",
      "hash",
      "x",
      "ñ",
    )
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (parts) => {
        const name = parts.join("")
        const text = `  ${name}=`
        const first = judgeKeyAt(text, codesOf(text), 2, 2 + name.length)
        expect(judgeKeyAt(text, codesOf(text), 2, 2 + name.length)).toEqual(first)
        expect(judgeKey(name)).toEqual(first)
      }),
      { numRuns: 3000, seed: 7 },
    )
  })
})
