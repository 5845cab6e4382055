import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import {
  type AllowEntry,
  allowListProblems,
  createScanner,
  loadAllowList,
} from "../../../../src/secrets/index.ts"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"

const scanner = createScanner()
const token = `ghp_${fakeToken(ALNUM, 36)}`
const other = `ghp_${fakeToken(ALNUM, 36, 2)}`
const text = `${token} and ${other}`

async function found(...entries: readonly AllowEntry[]): Promise<readonly string[]> {
  const allowing = await loadAllowList(entries)
  return allowing(scanner)
    .scan(text)
    .map(({ start, end }) => text.slice(start, end))
}

const sha256 = (value: string): string => createHash("sha256").update(value).digest("hex")
const ruleId = scanner.scan(token)[0]?.ruleId ?? ""

describe("an allow-list", () => {
  test("leaves out the one value that it names by its hash", async () => {
    expect(await found({ sha256: sha256(token) })).toEqual([other])
  })

  test("leaves out values that its pattern matches as a whole", async () => {
    expect(await found({ pattern: "ghp_[A-Za-z0-9]{36}" })).toEqual([])
    expect(await found({ pattern: "ghp_[A-Za-z0-9]{30}" })).toEqual([token, other])
  })

  test("asks for all that an entry says", async () => {
    expect(await found({ rule: ruleId, sha256: sha256(token) })).toEqual([other])
    expect(await found({ rule: "keyword", sha256: sha256(token) })).toEqual([token, other])
    expect(await found({ pattern: "x+", sha256: sha256(token) })).toEqual([token, other])
  })

  test("leaves the scanner as it is where it is empty, and keeps its rule ids", async () => {
    expect((await loadAllowList([]))(scanner)).toBe(scanner)
    expect((await loadAllowList([{ sha256: sha256(token) }]))(scanner).ruleIds).toEqual(scanner.ruleIds)
  })

  test("has no groups, so that it does not advise one where a pattern uses look-around", async () => {
    const [problem] = await allowListProblems([{ pattern: "acme(?=x)" }])
    expect(problem?.message).toMatch(/^uses look-around, .* matched against the whole value/)
    expect(problem?.message).not.toContain("secretGroup")
  })

  test("says which pattern it cannot use, without repeating it", async () => {
    const [problem] = await allowListProblems([{ sha256: sha256(token) }, { pattern: `(?=${token})` }])
    expect(problem).toMatchObject({ index: 1, key: "pattern" })
    expect(problem?.message).not.toContain(token)
    await expect(loadAllowList([{ pattern: "(" }])).rejects.toThrow("Entry 0 of the allow-list: its pattern")
  })
})
