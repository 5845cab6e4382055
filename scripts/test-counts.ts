/** Tests that a runner counted. */
export interface TestCounts {
  readonly passed: number
  readonly failed: number
}

/** Reads the closing lines of a runner: bun prints " 12 pass", vitest "Tests  1 failed | 12 passed (13)". */
export function testCounts(output: string): TestCounts {
  // oxlint-disable-next-line no-control-regex
  const plain = output.replace(/\u001b\[[0-9;]*m/g, "")
  return { passed: countOf(plain, "pass"), failed: countOf(plain, "fail") }
}

function countOf(plain: string, word: "pass" | "fail"): number {
  const bun = plain.match(new RegExp(`^ *(\\d+) ${word}$`, "gm")) ?? []
  const vitest = plain.match(new RegExp(`^ *Tests .*?(\\d+) ${word}ed`, "m"))
  const total = bun.map((line) => Number.parseInt(line, 10)).reduce((sum, count) => sum + count, 0)
  return total + Number(vitest?.[1] ?? 0)
}
