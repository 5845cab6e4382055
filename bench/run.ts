import { parseArgs } from "node:util"
import { benchCapture } from "./capture.ts"
import { benchFirstByte } from "./first-byte.ts"
import { benchFirstDelta } from "./first-delta.ts"
import { type Figure, keepsFloor, markdownTable } from "./measure.ts"
import { benchMemory } from "./memory.ts"
import { benchScan } from "./scan.ts"
import { benchStartUp } from "./start-up.ts"
import { benchTurn } from "./turn.ts"

const SUITES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  scan: benchScan,
  turn: benchTurn,
  "first-byte": benchFirstByte,
  capture: benchCapture,
  "first-delta": benchFirstDelta,
  "start-up": benchStartUp,
  memory: benchMemory,
}

const HELP = `Usage: bun run bench [suite …] [--json]

Suites: ${Object.keys(SUITES).join(", ")} (default: all). Prints a Markdown table, or JSON with --json.
Exit code 1 when a figure misses what the design asks for, 2 for an unknown suite.

Example: bun run bench scan turn
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
})
const unknown = positionals.filter((name) => !(name in SUITES))
if (values.help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `No such suite: ${unknown.join(", ")}\n\n${HELP}` : HELP)
  process.exit(unknown.length > 0 ? 2 : 0)
}

const figures: Figure[] = []
for (const [name, suite] of Object.entries(SUITES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.error(`measuring ${name} …`)
  figures.push(...(await suite()))
}
console.log(values.json ? JSON.stringify(figures, null, 2) : markdownTable(figures))
const missed = figures.filter((figure) => !keepsFloor(figure))
for (const figure of missed)
  console.error(`missed: ${figure.name} is ${figure.value.toFixed(2)} ${figure.unit}`)
process.exit(missed.length > 0 ? 1 : 0)
