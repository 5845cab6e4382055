import { runCommand } from "./run-command.ts"

/**
 * The full gate (`npm test`, `bun run check`): every step runs even after a failure, so that one run tells
 * everything. `check.ts NAME…` runs the named steps only. Exit code 1 if any step failed.
 */
interface Step {
  readonly name: string
  readonly command: readonly string[]
}

const steps: readonly Step[] = [
  { name: "format", command: ["biome", "format", "."] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "dead-code", command: ["knip"] },
  { name: "docs", command: ["bun", "scripts/options-doc.ts", "--check"] },
  { name: "build", command: ["bun", "scripts/build.ts"] },
  { name: "unit", command: ["bun", "test", "tests/unit"] },
  { name: "unit-node", command: ["vitest", "run", "--dir", "tests/unit"] },
  { name: "package", command: ["bun", "test", "tests/package"] },
  { name: "e2e", command: ["bun", "test", "tests/e2e", "--timeout", "60000"] },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. Steps: ${steps.map((step) => step.name).join(", ")}`)
  process.exit(2)
}

const colour = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name))
const failed: string[] = []
let passedTests = 0
let failedTests = 0

for (const [index, step] of chosen.entries()) {
  console.log(paint(1, `\n[${index + 1}/${chosen.length}] ${step.name}`))
  const startedAt = performance.now()
  const { exitCode, output } = await runCommand(step.command)
  passedTests += countOf(output, "pass")
  failedTests += countOf(output, "fail")
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (exitCode !== 0) failed.push(step.name)
  console.log(exitCode === 0 ? paint(32, `ok (${seconds} s)`) : paint(31, `FAILED (${seconds} s)`))
}

console.log(
  failed.length === 0 ? paint(32, "\nAll steps passed.") : paint(31, `\nFailed: ${failed.join(", ")}`),
)
console.log(`${passedTests} passed, ${failedTests + (failedTests === 0 ? failed.length : 0)} failed`)
process.exit(failed.length === 0 ? 0 : 1)

/** Tests that a runner counted: bun prints " 12 pass", vitest "Tests  12 passed (12)". */
function countOf(output: string, word: "pass" | "fail"): number {
  // oxlint-disable-next-line no-control-regex
  const plain = output.replace(/\u001b\[[0-9;]*m/g, "")
  const bun = plain.match(new RegExp(`^ *(\\d+) ${word}$`, "gm")) ?? []
  const vitest = plain.match(new RegExp(`^ *Tests .*?(\\d+) ${word}ed`, "m"))
  const total = bun.map((line) => Number.parseInt(line, 10)).reduce((sum, count) => sum + count, 0)
  return total + Number(vitest?.[1] ?? 0)
}
