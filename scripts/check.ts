import { runCommand } from "./run-command.ts"
import { type TestCounts, testCounts } from "./test-counts.ts"

interface Step {
  readonly name: string
  readonly command: readonly string[]
  /** Whether it runs tests, whose numbers count. */
  readonly tests?: true
}

const steps: readonly Step[] = [
  { name: "format", command: ["biome", "format", "."] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "dead-code", command: ["knip"] },
  { name: "docs", command: ["bun", "scripts/options-doc.ts", "--check"] },
  { name: "eval", command: ["bun", "bench/eval.ts", "--brief"] },
  { name: "build", command: ["bun", "scripts/build.ts"] },
  { name: "unit", command: [...bunTest("tests/unit"), "--timeout", "30000"], tests: true },
  {
    name: "unit-node",
    command: ["vitest", "run", "--dir", "tests/unit", "--reporter=dot", "--testTimeout=30000"],
    tests: true,
  },
  { name: "package", command: bunTest("tests/package"), tests: true },
  { name: "e2e", command: [...bunTest("tests/e2e"), "--timeout", "60000"], tests: true },
]

const HELP = `Usage: npm test, or bun scripts/check.ts [STEP…]

The full gate, about five minutes on two cores. Every step runs even after a failure, so that one run tells everything.
With names, only those steps run, in this order:

  ${steps.map(({ name }) => name).join(", ")}

Exit codes: 0 every step passed, 1 a step failed, 2 used wrongly.
Examples: npm test
          bun scripts/check.ts format lint types
`

function bunTest(folder: string): readonly string[] {
  return ["bun", "test", folder, "--only-failures"]
}

const wanted = process.argv.slice(2)
if (wanted.includes("--help") || wanted.includes("-h")) {
  console.log(HELP)
  process.exit(0)
}
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
  const { exitCode, output } = await runCommand(step.command, colour ? {} : { NO_COLOR: "1" })
  const counts = step.tests ? testCounts(output) : undefined
  passedTests += counts?.passed ?? 0
  failedTests += counts?.failed ?? 0
  if (exitCode !== 0) failed.push(step.name)
  const seconds = (performance.now() - startedAt) / 1000
  console.log(paint(exitCode === 0 ? 32 : 31, summary(step.name, exitCode === 0, seconds, counts)))
}

console.log(
  failed.length === 0 ? paint(32, "\nAll steps passed.") : paint(31, `\nFailed: ${failed.join(", ")}`),
)
// Alone on its line, and only where there were tests: continuous integration reads it.
if (chosen.some((step) => step.tests)) {
  console.log(`${passedTests} passed, ${failedTests + (failedTests === 0 ? failed.length : 0)} failed`)
}
process.exit(failed.length === 0 ? 0 : 1)

function summary(name: string, ok: boolean, seconds: number, counts: TestCounts | undefined): string {
  const tests = counts === undefined ? "" : `, ${counts.passed} passed, ${counts.failed} failed`
  return `${name} ${ok ? "ok" : "FAILED"} (${seconds.toFixed(1)} s${tests})`
}
