/**
 * Recall and false masks over a corpus of labelled texts.
 *
 *   bun bench/eval.ts <directory> [--json]
 *
 * The directory holds `positives.jsonl` (`text`, `secret`, `tier`, `common`) and `negatives.jsonl` (`text`, `cat`).
 * rec: the secret is gone. full: also no fragment of it survives that is longer than max(7, min(11, half)) characters
 * and more than 34 % of it. A false mask: a negative text that is changed at all.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { createScanner, type Scanner } from "../src/secrets/index.ts"

interface Positive {
  readonly text: string
  readonly secret: string | null
  readonly tier: string
  readonly common: boolean
}

interface Negative {
  readonly text: string
  readonly cat: string
}

interface Tally {
  readonly group: string
  texts: number
  rec: number
  full: number
}

function readLines<T>(path: string): T[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T)
}

function mask(scanner: Scanner, text: string): string {
  let masked = ""
  let from = 0
  for (const { start, end } of scanner.scan(text)) {
    masked += `${text.slice(from, start)}\u0000`
    from = end
  }
  return masked + text.slice(from)
}

/** Length of the longest part of `secret` that stands in `text`. */
function longestSurvivor(text: string, secret: string): number {
  let longest = 0
  for (let i = 0; i + longest < secret.length; i++)
    while (i + longest < secret.length && text.includes(secret.slice(i, i + longest + 1))) longest++
  return longest
}

function isFullyGone(masked: string, secret: string): boolean {
  if (masked.includes(secret)) return false
  const survivor = longestSurvivor(masked, secret)
  return survivor <= Math.max(7, Math.min(11, secret.length / 2)) || survivor <= secret.length * 0.34
}

function evaluate(directory: string): Tally[] {
  const scanner = createScanner()
  const tallies = new Map<string, Tally>()
  const count = (group: string, rec: boolean, full: boolean): void => {
    const tally = tallies.get(group) ?? { group, texts: 0, rec: 0, full: 0 }
    tallies.set(group, tally)
    tally.texts++
    tally.rec += rec ? 1 : 0
    tally.full += full ? 1 : 0
  }
  for (const { text, secret, tier, common } of readLines<Positive>(join(directory, "positives.jsonl"))) {
    if (tier === "identifier") continue
    const masked = mask(scanner, text)
    const rec = secret === null ? masked !== text : !masked.includes(secret)
    const full = secret === null ? rec : isFullyGone(masked, secret)
    for (const group of ["all", tier, ...(common ? ["common", `common ${tier}`] : [])])
      count(`secrets, ${group}`, rec, full)
  }
  for (const { text, cat } of readLines<Negative>(join(directory, "negatives.jsonl"))) {
    const isChanged = scanner.scan(text).length > 0
    count(`false masks, ${cat}`, isChanged, isChanged)
  }
  return [...tallies.values()].toSorted((a, b) => a.group.localeCompare(b.group))
}

const [directory, ...flags] = process.argv.slice(2)
if (directory === undefined) {
  console.error("Usage: bun bench/eval.ts <corpus directory> [--json]")
  process.exit(2)
}
const rows = evaluate(directory).map(({ group, texts, rec, full }) => ({
  group,
  texts,
  rec: Number(((100 * rec) / texts).toFixed(2)),
  full: Number(((100 * full) / texts).toFixed(2)),
}))
if (flags.includes("--json")) console.log(JSON.stringify(rows, null, 2))
else console.table(rows)
