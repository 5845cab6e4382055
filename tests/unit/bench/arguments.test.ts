import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, test } from "vitest"

const bench = join(import.meta.dirname, "../../../bench")

// Node 20 does not run TypeScript.
describe.skipIf(process.versions.bun === undefined)("the arguments of a bench program", () => {
  const run = (name: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [join(bench, name), ...args], { encoding: "utf8" })

  test.each([
    ["eval.ts", "--nope", "--nope"],
    ["eval.ts", "one two", "one folder at most"],
    ["fuzz-slow.ts", "--nope", "--nope"],
    ["fuzz-slow.ts", "--seed x", "--seed must be a whole number"],
    ["fuzz-slow.ts", "--seconds 0", "--seconds must be a number greater than 0"],
  ])("%s %s: a misuse is told with the usage and exit code 2, without a stack", (name, args, problem) => {
    const { status, stdout, stderr } = run(name, ...args.split(" "))
    expect([status, stdout]).toEqual([2, ""])
    expect(stderr).toContain(problem)
    expect(stderr).toContain("Usage: ")
    expect(stderr).not.toMatch(/^\s+at |TypeError/m)
  })

  test.each(["eval.ts", "fuzz-slow.ts"])("%s explains itself", (name) => {
    const { status, stdout, stderr } = run(name, "--help")
    expect([status, stderr]).toEqual([0, ""])
    expect(stdout).toContain("Exit codes")
  })
})
