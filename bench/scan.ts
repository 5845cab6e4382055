import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { ROOT } from "../scripts/run-command.ts"
import { createScanner } from "../src/secrets/index.ts"
import { hotInputs } from "../tests/support/hot-inputs.ts"
import { benchText } from "./bench-text.ts"
import { type Figure, median } from "./measure.ts"
import { GITLEAKS_STYLE, scanPeers } from "./scan-peers.ts"
import { denseText } from "./synthetic-text.ts"

const TEXT_BYTES = 10 * 1024 * 1024
const CHUNK = 16 * 1024
const RUNS = 7
const HOT_LENGTH = 100_000
const COLD_RUNS = 7

function timeMs(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** Each decoded for itself, as texts arrive: a part of a text with one wide character is no wide string for that. */
function chunksOf(text: string): string[] {
  const chunks: string[] = []
  for (let from = 0; from < text.length; from += CHUNK)
    chunks.push(Buffer.from(text.slice(from, from + CHUNK)).toString())
  return chunks
}

/**
 * Scan throughput with all rules at 16 KiB chunks; in the same alternation, so that all see the same load, what the text
 * costs otherwise; the first scans of a process, and the slowest 100 KB input.
 */
export async function benchScan(): Promise<Figure[]> {
  return [...throughput(), denseFigure(), ...coldFigures(), ...hotFigures()]
}

function throughput(): Figure[] {
  const { name, text } = benchText(TEXT_BYTES)
  const chunks = chunksOf(text)
  const scanner = createScanner()
  const peers = scanPeers(chunks)
  const scans: number[] = []
  const times = peers.map((): number[] => [])
  for (let run = 0; run <= RUNS; run++) {
    const scanMs = timeMs(() => {
      for (const chunk of chunks) scanner.scan(chunk)
    })
    // The first run warms up the compilers.
    if (run > 0) scans.push(scanMs)
    peers.forEach((peer, index) => {
      const ms = timeMs(() => {
        if (peer.run(chunks) === 0) throw new Error(`${peer.name} read nothing.`)
      })
      if (run > 0) times[index]?.push(ms)
    })
  }
  const speed = (ms: readonly number[]): number => text.length / 1000 / median(ms)
  return [
    {
      name: `scan, 16 KiB chunks, all rules, ${name}`,
      value: speed(scans),
      unit: "MB/s",
      floor: { at: "least", value: 100 },
    },
    ...peers.map(
      (peer, index): Figure => ({ name: peer.name, value: speed(times[index] ?? []), unit: "MB/s" }),
    ),
    ...peers.map((peer, index) => ratio(peer.name, scans, times[index] ?? [])),
  ]
}

/** How much faster the scan is, from pairs of runs beside each other. */
function ratio(name: string, scans: readonly number[], peer: readonly number[]): Figure {
  const value = median(peer.map((ms, run) => ms / (scans[run] ?? ms)))
  const figure: Figure = { name: `scan speed over that of ${name}`, value, unit: "x" }
  return name === GITLEAKS_STYLE ? { ...figure, floor: { at: "least", value: 10 } } : figure
}

function denseFigure(): Figure {
  const scanner = createScanner()
  const text = denseText(TEXT_BYTES / 2)
  const chunks = chunksOf(text)
  const runs = Array.from({ length: RUNS + 1 }, () =>
    timeMs(() => {
      for (const chunk of chunks) scanner.scan(chunk)
    }),
  )
  return {
    name: "scan of made-up code where every other name is a keyword",
    value: text.length / 1000 / median(runs.slice(1)),
    unit: "MB/s",
  }
}

function coldFigures(): Figure[] {
  const runs = Array.from({ length: COLD_RUNS }, coldScan)
  return [
    { name: "cold: first scan of a process, a line", value: median(runs.map(([line]) => line)), unit: "ms" },
    { name: "cold: that and 16 KiB", value: median(runs.map(([, both]) => both)), unit: "ms" },
  ]
}

function coldScan(): readonly [line: number, both: number] {
  const bun = join(ROOT, "node_modules/.bin/bun")
  const run = spawnSync(bun, [join(ROOT, "bench/cold-probe.ts")], { encoding: "utf8" })
  if (run.status !== 0) throw new Error(`The cold probe failed: ${run.stderr.slice(0, 500)}`)
  return JSON.parse(run.stdout)
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
