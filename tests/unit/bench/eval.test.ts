import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, describe, expect, test } from "vitest"
import { builtInCorpus } from "../../../bench/eval/built-in-corpus.ts"
import { type Corpus, readCorpus } from "../../../bench/eval/corpus.ts"
import { evaluate } from "../../../bench/eval/evaluate.ts"
import { readFloors, verdicts } from "../../../bench/eval/floors.ts"
import { markdownReport } from "../../../bench/eval/report.ts"
import { samplePattern } from "../../../bench/eval/sample-pattern.ts"
import { ALNUM, fakeToken, seededRandom } from "../../support/fake-token.ts"

const TOKEN = `ghp_${fakeToken(ALNUM, 36)}`
const OTHER = `blorp/${"weird".repeat(4)}`
const ALL = { brief: false, misses: true }

const positive = (secret: string | null, text: string, tier = "structured"): Corpus["positives"][number] => ({
  text,
  secret,
  tier,
  source: "made up",
  provider: secret === OTHER ? "Blorp" : "GitHub",
  common: true,
})

const corpus: Corpus = {
  name: "small corpus",
  positives: [
    positive(TOKEN, `use ${TOKEN}`),
    positive(TOKEN, `again ${TOKEN}`),
    positive(OTHER, `see ${OTHER} there`),
    positive(OTHER, `an id ${OTHER}`, "identifier"),
  ],
  negatives: [
    { text: "nothing to see", cat: "plain", kind: "prose" },
    { text: `not so clean ${TOKEN}`, cat: "plain", kind: "prose" },
  ],
  adversarial: [
    { transform: "plain", parts: [TOKEN], forbidden: [TOKEN] },
    { transform: "unknown", parts: [OTHER], forbidden: [OTHER] },
  ],
  knownValues: [
    { env: { PASS: "hunter2" }, text: "with hunter2", secret: "hunter2", must_mask: true },
    { env: { PORT: "3000" }, text: "port 3000", secret: "3000", must_mask: false },
  ],
  cleanText: `${"calm ".repeat(4000)}${TOKEN} end`,
}

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

describe("evaluation", () => {
  const evaluation = evaluate(corpus)

  test("counts what is gone by tier and provider, and leaves identifiers out", () => {
    const { tiers, providers } = evaluation.recall
    expect(tiers.find(({ group }) => group === "common structured")).toEqual({
      group: "common structured",
      of: 3,
      rec: 66.67,
      full: 66.67,
    })
    expect(providers.map(({ group, full }) => [group, full])).toEqual([
      ["Blorp", 0],
      ["GitHub", 100],
    ])
  })

  test("counts false masks, disguises and known values", () => {
    expect(evaluation.falseMasks).toEqual([{ group: "plain", of: 2, percent: 50 }])
    expect(evaluation.adversarial).toEqual([
      { group: "all", of: 2, percent: 50 },
      { group: "plain", of: 1, percent: 100 },
      { group: "unknown", of: 1, percent: 0 },
    ])
    expect(evaluation.knownValues).toEqual([
      { group: "masked", of: 1, percent: 100 },
      { group: "touched", of: 1, percent: 0 },
    ])
  })

  test("lists every mask in clean text with its place and surroundings", () => {
    expect(evaluation.masks).toEqual([
      {
        ruleId: "github-token",
        offset: 20_000,
        length: 40,
        around: expect.stringMatching(/calm \[github-token\] end$/),
      },
    ])
  })

  test("shows around a mask nothing that could be the rest of a secret", () => {
    const cut = evaluate({ ...corpus, cleanText: `calm ${TOKEN} release-2026-11-20 calm` })
    expect(cut.masks.map(({ around }) => around)).toEqual(["calm [github-token] …"])
  })

  test("lists providers and masks unless asked to be brief", () => {
    const held = verdicts(evaluation, readFloors())
    expect(markdownReport(evaluation, held, ALL)).toContain("| Blorp | 1 | 0 | 0 |")
    expect(markdownReport(evaluation, held, ALL)).toContain("[github-token] end")
    const brief = markdownReport(evaluation, held, { brief: true, misses: false })
    expect(brief).not.toContain("| Blorp |")
    expect(brief).not.toContain("[github-token] end")
  })

  test("reports no secret, neither found nor missed", () => {
    const report = markdownReport(evaluation, verdicts(evaluation, readFloors()), ALL)
    expect(report).toContain("Blorp (made up)")
    for (const printed of [report, JSON.stringify(evaluation)]) {
      expect(printed).not.toContain(TOKEN)
      expect(printed).not.toContain(OTHER)
    }
  })
})

describe("floors", () => {
  const evaluation = evaluate(corpus)

  test("tell kept from missed, on both sides", () => {
    const held = verdicts(evaluation, {
      "recall all": { atLeast: 60 },
      "recall common": { atLeast: 97 },
      "false masks plain": { atMost: 0.3 },
      "known values touched": { atMost: 0 },
    })
    expect(held.map(({ figure, keeps }) => [figure, keeps])).toEqual([
      ["recall all", true],
      ["recall common", false],
      ["false masks plain", false],
      ["known values touched", true],
    ])
  })

  test("count a figure that was not measured as missed", () => {
    const [verdict] = verdicts(evaluation, { "false masks ids": { atMost: 0.5 } })
    expect(verdict).toEqual({ figure: "false masks ids", value: undefined, must: "<= 0.5", keeps: false })
  })

  test("name figures that the built-in corpus has", () => {
    const { adversarial, negatives } = builtInCorpus()
    const measured = new Set([
      ...adversarial.map(({ transform }) => transform),
      ...negatives.map(({ cat }) => cat),
    ])
    const asked = Object.keys(readFloors()).flatMap(
      (name) => /^(?:adversarial|false masks) (?!all)(.*)/.exec(name)?.[1] ?? [],
    )
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.filter((name) => !measured.has(name))).toEqual([])
  })
})

describe("a corpus", () => {
  test("is read from a folder, and a missing or broken file is named", () => {
    const folder = mkdtempSync(join(tmpdir(), "airlock-corpus-"))
    folders.push(folder)
    expect(() => readCorpus(folder)).toThrow(/positives\.jsonl is missing/)
    for (const name of ["positives", "negatives", "adversarial", "known-values"])
      writeFileSync(join(folder, `${name}.jsonl`), `${JSON.stringify({ text: "x" })}\n`)
    writeFileSync(join(folder, "bench10mb.txt.gz"), gzipSync("clean"))
    expect(readCorpus(folder)).toMatchObject({ positives: [{ text: "x" }], cleanText: "clean" })
    writeFileSync(join(folder, "negatives.jsonl"), "{}\n{broken\n")
    expect(() => readCorpus(folder)).toThrow(/negatives\.jsonl:2 is no JSON/)
  })

  test("is made of the rules' formats: at least two thirds of the rules have samples", () => {
    const sampled = builtInCorpus().positives.filter(({ source }) => source === "rule")
    expect(sampled.length).toBeGreaterThan(600)
  })
})

describe("samples of a pattern", () => {
  const patterns = [
    /ab[c-e]{3}\d{2,4}/,
    /(?:sk|pk)_(?<kind>live|test)_[A-Za-z0-9]{24}(?![A-Za-z0-9])/,
    /x[^a-z\d]{4}\.\w?\x41B/,
    /[\w-]{2,}~[-.]\s/,
  ]

  test.each(patterns.map((pattern) => [pattern.source, pattern] as const))("match it: %s", (_, pattern) => {
    const write = samplePattern(pattern)
    const random = seededRandom(3)
    for (let i = 0; i < 50; i++) expect(write(random)).toMatch(new RegExp(`^(?:${pattern.source})$`))
  })
})
