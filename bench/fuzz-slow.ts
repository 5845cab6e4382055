/**
 * Looks for slow inputs by the clock: random ones of 100 KB, and changes to the worst so far.
 *
 *   npx bun bench/fuzz-slow.ts [--seed n] [--seconds n]
 *
 * Prints the worst, and exits with 1 where one takes more than 20 ms or grows by more than 2.3 from 50 to 100 KB.
 */
import { argumentsOr, misuse } from "./arguments.ts"
import { createScanner } from "../src/secrets/index.ts"
import { hotInputs } from "../tests/support/hot-inputs.ts"
import { describeSlowInput, searchSlowInputs, slowText } from "../tests/support/slow-inputs.ts"

const LENGTH = 100_000
const MAX_MS = 20
const MAX_GROWTH = 2.3
/** Shorter times are noise, and grow by anything. */
const LEAST_MS = 4
const CONFIRMATIONS = 7

const USAGE = `Usage: npx bun bench/fuzz-slow.ts [--seed n] [--seconds n]

Looks for slow inputs of 100 KB by the clock and prints the worst.

--seed n     whole number that the random inputs come from (1)
--seconds n  how long to look (60)

Exit codes: 0 nothing is too slow, 1 something is, 2 used wrongly.
`

const { values } = argumentsOr(USAGE, {
  options: {
    seed: { type: "string" },
    seconds: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const seed = Number(values.seed ?? 1)
const seconds = Number(values.seconds ?? 60)
if (!Number.isInteger(seed)) misuse(USAGE, "--seed must be a whole number.")
if (!(seconds > 0 && Number.isFinite(seconds))) misuse(USAGE, "--seconds must be a number greater than 0.")

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
