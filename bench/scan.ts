import { gunzipSync } from "node:zlib"
import { readFileSync } from "node:fs"
import { createScanner } from "../src/secrets/index.ts"
import { hotInputs } from "../tests/support/hot-inputs.ts"
import { type Figure, median } from "./measure.ts"
import { syntheticText } from "./synthetic-text.ts"

const TEXT_BYTES = 10 * 1024 * 1024
const CHUNK = 16 * 1024
const RUNS = 7
const HOT_LENGTH = 100_000

function timeMs(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
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
export async function benchScan(): Promise<Figure[]> {
  const first = createScanner()
  const firstMs = timeMs(() => first.scan("nothing to see here"))
  const { text, name } = benchText()
  const chunks = chunksOf(text)
  const scanner = createScanner()
  const scans: number[] = []
  const folds: number[] = []
  let sink = 0
  for (let run = 0; run <= RUNS; run++) {
    const scanMs = timeMs(() => {
      for (const chunk of chunks) scanner.scan(chunk)
    })
    const foldMs = timeMs(() => {
      sink += foldCodes(chunks)
    })
    // The first run warms up the compilers.
    if (run > 0) scans.push(scanMs)
    if (run > 0) folds.push(foldMs)
  }
  const megabytes = text.length / 1e6
  if (sink === 0) throw new Error("The bare loop read nothing")
  const scanSpeed = (megabytes / median(scans)) * 1000
  const foldSpeed = (megabytes / median(folds)) * 1000
  return [
    {
      name: `scan, 16 KiB chunks, all rules, ${name}`,
      value: scanSpeed,
      unit: "MB/s",
      floor: { at: "least", value: 60 },
    },
    { name: "bare loop over the same characters", value: foldSpeed, unit: "MB/s" },
    { name: "first scan of a process", value: firstMs, unit: "ms" },
    ...hotFigures(),
  ]
}

/** Best of five for every hot input, and the sum of these for the full and for half the length. */
function hotFigures(): Figure[] {
  const scanner = createScanner()
  const best = (text: string): number =>
    Math.min(...Array.from({ length: 5 }, () => timeMs(() => scanner.scan(text))))
  const inputs = hotInputs(HOT_LENGTH).map(({ name, text }) => ({
    name,
    full: best(text),
    half: best(text.slice(0, HOT_LENGTH / 2)),
  }))
  const slowest = inputs.reduce((worst, input) => (input.full > worst.full ? input : worst))
  const total = (length: "full" | "half"): number => inputs.reduce((sum, input) => sum + input[length], 0)
  return [
    {
      name: `slowest 100 KB input, ${slowest.name}`,
      value: slowest.full,
      unit: "ms",
      floor: { at: "most", value: 20 },
    },
    {
      name: "growth of all hot inputs from 50 to 100 KB",
      value: total("full") / total("half"),
      unit: "x",
      floor: { at: "most", value: 2.3 },
    },
  ]
}
