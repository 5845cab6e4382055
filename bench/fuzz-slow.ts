/**
 * Looks for slow inputs by the clock: random ones of 100 KB, and changes to the worst so far.
 *
 *   bun bench/fuzz-slow.ts [--seed n] [--seconds n]
 *
 * Prints the worst, and exits with 1 where one takes more than 20 ms or grows by more than 2.3 from 50 to 100 KB.
 */
import { parseArgs } from "node:util"
import { createScanner } from "../src/secrets/index.ts"
import { hotInputs } from "../tests/support/hot-inputs.ts"
import { describeSlowInput, searchSlowInputs, slowText } from "../tests/support/slow-inputs.ts"

const LENGTH = 100_000
const MAX_MS = 20
const MAX_GROWTH = 2.3
/** Shorter times are noise, and grow by anything. */
const LEAST_MS = 4
const CONFIRMATIONS = 7

const { values } = parseArgs({ options: { seed: { type: "string" }, seconds: { type: "string" } } })
const seed = Number(values.seed ?? 1)
const seconds = Number(values.seconds ?? 60)
if (!Number.isInteger(seed) || !(seconds > 0)) {
  console.error("Usage: bun bench/fuzz-slow.ts [--seed n] [--seconds n]")
  process.exit(2)
}

const scanner = createScanner()

function bestMs(text: string, times: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < times; run++) {
    const startedAt = performance.now()
    scanner.scan(text)
    best = Math.min(best, performance.now() - startedAt)
  }
  return best
}

for (const { text } of hotInputs(LENGTH / 10)) scanner.scan(text)
const endAt = performance.now() + seconds * 1000
let tried = 0
const worst = searchSlowInputs(
  seed,
  (pieces) => {
    tried++
    return bestMs(slowText(pieces, LENGTH), 3)
  },
  () => performance.now() < endAt,
)
const rows = worst.map((input) => {
  const ms = bestMs(slowText(input.pieces, LENGTH), CONFIRMATIONS)
  const growth = ms / bestMs(slowText(input.pieces, LENGTH / 2), CONFIRMATIONS)
  return { ms, growth, unit: describeSlowInput(input) }
})
console.log(`seed ${seed}, ${tried} inputs of 100 KB`)
for (const { ms, growth, unit } of rows)
  console.log(`${ms.toFixed(1)} ms, growth ${growth.toFixed(2)}: ${unit}`)
const isMissed = rows.some(({ ms, growth }) => ms > MAX_MS || (ms > LEAST_MS && growth > MAX_GROWTH))
if (isMissed) console.error(`missed: at most ${MAX_MS} ms, growth at most ${MAX_GROWTH}`)
process.exit(isMissed ? 1 : 0)
