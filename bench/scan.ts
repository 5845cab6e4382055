import { gunzipSync } from "node:zlib"
import { readFileSync } from "node:fs"
import { createScanner } from "../src/secrets/index.ts"
import { hotInputs } from "../tests/support/hot-inputs.ts"
import { syntheticText } from "./synthetic-text.ts"

/** One measured value; the runner prints and stores it. */
export interface BenchValue {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const TEXT_BYTES = 10 * 1024 * 1024
const CHUNK = 16 * 1024
const RUNS = 7
const HOT_LENGTH = 100_000

function timeMs(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** The text of `AIRLOCK_BENCH_TEXT` (a file, gzipped or not), else seeded code, logs and JSON. */
function benchText(): { text: string; name: string } {
  const path = process.env.AIRLOCK_BENCH_TEXT
  if (path === undefined || path === "") return { text: syntheticText(TEXT_BYTES), name: "synthetic text" }
  const bytes = readFileSync(path)
  return { text: (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1"), name: "given text" }
}

function chunksOf(text: string): string[] {
  const chunks: string[] = []
  for (let from = 0; from < text.length; from += CHUNK) chunks.push(text.slice(from, from + CHUNK))
  return chunks
}

/** A fold over all char codes: what any per-character pass in JavaScript costs at least. */
function foldCodes(chunks: readonly string[]): number {
  let sum = 0
  for (const chunk of chunks) for (let i = 0; i < chunk.length; i++) sum = (sum + chunk.charCodeAt(i)) | 0
  return sum
}

/**
 * Scan throughput with all rules at 16 KiB chunks, beside a bare loop over the same characters in the same
 * alternation (so that both see the same machine load), the cost of the first scan, and the slowest 100 KB input.
 */
export async function benchScan(): Promise<BenchValue[]> {
  const first = createScanner()
  const firstMs = timeMs(() => first.scan("nothing to see here"))
  const { text, name } = benchText()
  const chunks = chunksOf(text)
  const scanner = createScanner()
  let findings = 0
  const scans: number[] = []
  const folds: number[] = []
  let sink = 0
  for (let run = 0; run <= RUNS; run++) {
    findings = 0
    const scanMs = timeMs(() => {
      for (const chunk of chunks) findings += scanner.scan(chunk).length
    })
    const foldMs = timeMs(() => {
      sink += foldCodes(chunks)
    })
    // The first run warms up the compilers.
    if (run > 0) scans.push(scanMs)
    if (run > 0) folds.push(foldMs)
  }
  const megabytes = text.length / 1e6
  const hot = slowestHotInput()
  return [
    {
      name: `scan, 16 KiB chunks, all rules, ${name}`,
      value: (megabytes / median(scans)) * 1000,
      unit: "MB/s",
    },
    {
      name: `bare loop over the same characters (${sink === 0 ? "empty" : "done"})`,
      value: (megabytes / median(folds)) * 1000,
      unit: "MB/s",
    },
    { name: "findings per MB of that text", value: findings / megabytes, unit: "1/MB" },
    { name: "first scan, automaton built", value: firstMs, unit: "ms" },
    { name: `slowest 100 KB input (${hot.name})`, value: hot.ms, unit: "ms" },
    { name: "its growth for twice the length", value: hot.growth, unit: "x" },
  ]
}

function slowestHotInput(): { name: string; ms: number; growth: number } {
  const scanner = createScanner()
  const best = (text: string): number =>
    Math.min(...Array.from({ length: 5 }, () => timeMs(() => scanner.scan(text))))
  let slowest = { name: "", ms: 0, text: "" }
  for (const { name, text } of hotInputs(HOT_LENGTH)) {
    const ms = best(text)
    if (ms > slowest.ms) slowest = { name, ms, text }
  }
  return {
    name: slowest.name,
    ms: slowest.ms,
    growth: slowest.ms / best(slowest.text.slice(0, HOT_LENGTH / 2)),
  }
}
