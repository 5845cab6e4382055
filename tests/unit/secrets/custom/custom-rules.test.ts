import { describe, expect, test } from "vitest"
import { AirlockError } from "../../../../src/base/errors.ts"
import { placeholderOf } from "../../../../src/base/placeholder.ts"
import {
  createScanner,
  type CustomRule,
  customRuleProblems,
  type Finding,
  loadCustomRules,
} from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken, LOWER, LOWER_ALNUM } from "../../../support/fake-token.ts"

const token = `zorg_${fakeToken(LOWER_ALNUM, 24)}`
const rule: CustomRule = { id: "zorg-token", pattern: "zorg_[a-z0-9]{24}" }

/** What the given rules find; what others find beside them does not matter here. */
async function scan(text: string, ...rules: readonly CustomRule[]): Promise<readonly Finding[]> {
  const scanner = createScanner({ rules: [], pii: [], custom: await loadCustomRules(rules) })
  return scanner.scan(text).filter(({ ruleId }) => rules.some(({ id }) => id === ruleId))
}

async function found(text: string, ...rules: readonly CustomRule[]): Promise<readonly string[]> {
  return (await scan(text, ...rules)).map(({ ruleId, start, end }) => `${ruleId}: ${text.slice(start, end)}`)
}

async function problem(pattern: string, more: Partial<CustomRule> = {}): Promise<string> {
  const [first] = await customRuleProblems([{ id: "some-rule", pattern, ...more }])
  return first === undefined ? "" : `${first.key} ${first.message}`
}

describe("a person's own rule", () => {
  test("reports its matches under its id, in the offsets of the text", async () => {
    expect(await scan(`\u{1F511} x ${token} y`, rule)).toEqual([
      { ruleId: "zorg-token", start: 5, end: 5 + token.length },
    ])
  })

  test("finds every match, also of texts longer than one search may read", async () => {
    const text = `${token} ${"lorem ipsum ".repeat(20_000)}${token}\n`.repeat(3)
    expect(await found(text, rule)).toEqual(Array.from({ length: 6 }, () => `zorg-token: ${token}`))
  })

  test("reports only the group that is the secret, by number or by name", async () => {
    const text = "door code: 8841-7720 is new"
    const numbered = { id: "door-code", pattern: "door code: ([0-9]{4}-[0-9]{4})", secretGroup: 1 }
    const named = { id: "door-code", pattern: "door code: (?P<code>[0-9]{4}-[0-9]{4})", secretGroup: "code" }
    expect(await found(text, numbered)).toEqual(["door-code: 8841-7720"])
    expect(await found(text, named)).toEqual(["door-code: 8841-7720"])
  })

  test("reports nothing where the group took no part in the match", async () => {
    const either = { id: "either", pattern: "left-[a-z]{6}|right-([a-z]{6})", secretGroup: 1 }
    expect(await found("left-abcdef right-ghijkl", either)).toEqual(["either: ghijkl"])
  })

  test("matches in either case with the flag i alone", async () => {
    const text = token.toUpperCase()
    expect(await found(text, rule)).toEqual([])
    expect(await found(text, { ...rule, flags: "i" })).toEqual([`zorg-token: ${text}`])
  })

  test("is tried only near its keywords, in any case", async () => {
    const near = { id: "badge", pattern: "[0-9]{6}-[0-9]{6}", keywords: ["Badge"] }
    expect(await found("BADGE: 123456-654321", near)).toEqual(["badge: 123456-654321"])
    expect(await found("number 123456-654321", near)).toEqual([])
    expect(await found(`badge${" ".repeat(20_000)}123456-654321`, near)).toEqual([])
    const many = "badge 123456-654321\n".repeat(400)
    expect(await found(many, near)).toHaveLength(400)
  })

  test("knows what stands before a match in the middle of a text", async () => {
    const word = { id: "word", pattern: "\\bqx[a-z]{6}\\b" }
    expect(await found("aqxabcdef qxabcdef qxabcdefg", word)).toEqual(["word: qxabcdef"])
    const start = { id: "start", pattern: "^[0-9]{4}" }
    expect(await found("1234 5678", start)).toEqual(["start: 1234"])
  })

  test("reports only what is random enough where it asks for entropy", async () => {
    const random = { id: "random", pattern: "id=([A-Za-z0-9]{24})", secretGroup: 1, minEntropy: 3 }
    const value = fakeToken(ALNUM, 24)
    expect(await found(`id=${"ab".repeat(12)} id=${value}`, random)).toEqual([`random: ${value}`])
  })

  test("takes a block of many lines", async () => {
    const lines = Array.from({ length: 80 }, (_, line) => fakeToken(LOWER, 64, line)).join("\n")
    const block = `=== ZORG ===\n${lines}\n=== END ===`
    const blocks = { id: "block", pattern: "=== ZORG ===[\\s\\S]+?=== END ===", keywords: ["=== zorg"] }
    expect(await found(`a\n${block}\nb`, blocks)).toEqual([`block: ${block}`])
  })

  test("leaves placeholders alone and masks what its match holds beside them", async () => {
    const placeholder = placeholderOf("0123456789abcd")
    const line = { id: "line", pattern: "secret line: .+" }
    const text = `secret line: one ${placeholder} two`
    const findings = await scan(text, line)
    expect(findings.map(({ start, end }) => text.slice(start, end))).not.toContain(placeholder)
    for (const { start, end } of findings) expect(text.slice(start, end)).not.toContain("REDACTED")
  })

  test("stays within a bound where every search would read to the end of the text", async () => {
    // One search after the other comes back with two characters after reading all of the text.
    const greedy = { id: "greedy", pattern: "xx(x*y)?" }
    const text = "x".repeat(60_000)
    await expect(scan(text, greedy)).rejects.toThrow(AirlockError)
    await expect(scan(text, greedy)).rejects.toThrow('Your rule "greedy" (redact.rules) matches all over')
    expect(await found("x".repeat(600), greedy)).toEqual([])
  })

  test("goes on in windows when its searches have read their share, and still finds dense matches", async () => {
    const pins = Array.from({ length: 9000 }, (_, index) => `P${10_000_000 + index}`)
    const found8 = await found(pins.join("\n"), { id: "pin", pattern: "P[0-9]{8}" })
    expect(found8).toEqual(pins.map((pin) => `pin: ${pin}`))
  })
})

describe("a pattern that cannot be used is said to", () => {
  test.each([
    ["a(?=b)", /^pattern uses look-around, .* secretGroup$/],
    ["(?<=a)b", /^pattern uses look-around/],
    ["(?<!a)b", /^pattern uses look-around/],
    ["(a)\\1", /^pattern uses a back-reference/],
    ["a{1,2000}", /^pattern repeats something more than 1000 times/],
    ["[a-z]{400,900}", /^pattern is too large/],
    ["[a-z", /^pattern is no pattern in RE2 syntax \(missing closing \]\)/],
    ["a*", /^pattern can match the empty text/],
    ["\\b", /^pattern can match the empty text/],
    ["$", /^pattern can match the empty text/],
    ["\bacme", /^pattern holds a backspace; in JSON write \\\\b for the edge of a word$/],
    ["acme\u0001", /^pattern holds a control character; write \\x01 for it, in JSON \\\\x01$/],
    ["/acme-[0-9]+/", /^pattern stands between slashes, .*write it without them/],
    ["/acme-[0-9]+/i", /^pattern stands between slashes, .*"i" into flags/],
    ["abc", /^pattern can match no more than 3 characters/],
    ["\\b[0-9]{1,3}\\b", /^pattern can match no more than 3 characters/],
    ["ab|cd", /^pattern can match no more than 3 characters/],
    ["(?:a)bc", /^pattern can match no more than 3 characters/],
  ])("%s", async (pattern, message) => {
    expect(await problem(pattern)).toMatch(message)
  })

  test.each([
    ["ab|cd|(?P<x>efgh)"],
    ["(?:ab)(?P<x>[c-e]d)"],
    ["[0-9]{3,}"],
    ["a\tbcd\n"],
    ["/api/[a-z]+/x1"],
    ["ab|[|]cde"],
  ])("and %j is not", async (pattern) => {
    expect(await problem(pattern)).toBe("")
  })

  test("for a group that the pattern does not have", async () => {
    expect(await problem("(abc)", { secretGroup: 2 })).toBe(
      "secretGroup names no group of the pattern; use a number from 1 to 1",
    )
    expect(await problem("(?P<key>abc)", { secretGroup: "kee" })).toBe(
      "secretGroup names no group of the pattern; use a number from 1 to 1, or one of the names key",
    )
    expect(await problem("abc", { secretGroup: 1 })).toMatch(/names no group: the pattern has none/)
  })

  test("without repeating any part of it", async () => {
    for (const pattern of [`${token}(`, `${token}{3}{5}++`, `(?=${token})`, `\\q${token}`]) {
      const message = await problem(pattern)
      expect(message).not.toBe("")
      expect(message).not.toContain("zorg")
    }
  })

  test.each([
    [{ pattern: "abcd" }, "Rule 1 of your own has no id."],
    [{ id: "Not Kebab", pattern: "abcd" }, "Rule 1 of your own has an id that is not kebab-case"],
    [{ id: "zorg-token", pattern: "abcd" }, 'has the id "zorg-token" of another one of them'],
    [{ id: "jwt", pattern: "abcd" }, 'has the id "jwt" of a built-in rule'],
    [{ id: "a-b" }, "has no pattern"],
    [{ id: "a-b", pattern: "abcd", flags: "g" }, 'has flags other than "i"'],
    [{ id: "a-b", pattern: "abcd", keywords: "abc" }, "has keywords that are not a list of texts"],
    [{ id: "a-b", pattern: "abcd", minEntropy: "3" }, "has a minEntropy that is not a number"],
    [undefined, "Rule 1 of your own is not an object."],
  ])("when the library is handed %j, as the configuration does", async (broken, message) => {
    const rules: unknown = [rule, broken]
    // @ts-expect-error from JavaScript anything may come
    await expect(loadCustomRules(rules)).rejects.toThrow(message)
  })

  test("naming the rule when rules are loaded unchecked", async () => {
    await expect(loadCustomRules([{ id: "bad-one", pattern: "(" }])).rejects.toThrow(
      "Rule bad-one: its pattern",
    )
  })
})
