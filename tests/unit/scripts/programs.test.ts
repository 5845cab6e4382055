import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, test } from "vitest"

const root = join(import.meta.dirname, "../../..")

function run(program: string, ...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}` },
  })
  return { code: status, out: stdout, err: stderr }
}

// Node 20 does not run TypeScript; the programs are run by bun for a person, too.
describe.skipIf(process.versions.bun === undefined)("the programs of a checkout", () => {
  test("scripts/check.ts explains itself and names its steps", () => {
    const { code, out } = run("scripts/check.ts", "--help")
    expect(code).toBe(0)
    expect(out).toContain("Usage: npm test")
    expect(out).toContain("format, lint, types, dead-code, docs, eval, build, unit, unit-node, package, e2e")
  })

  test("scripts/check.ts does not know an unknown step", () => {
    expect(run("scripts/check.ts", "unti")).toMatchObject({ code: 2, out: "" })
  })

  test("scripts/check.ts speaks of no tests where none were to run, and sums a step up on one line", () => {
    const { code, out } = run("scripts/check.ts", "docs")
    expect(code).toBe(0)
    expect(out).toMatch(/^docs ok \(\d+\.\d s\)$/m)
    expect(out).toMatch(/All steps passed\.\n$/)
    expect(out).not.toContain("passed, ")
  })

  test.each(["--bogus", "extra"])("scripts/demo.ts answers %s with a hint and exit code 2", (argument) => {
    const { code, out, err } = run("scripts/demo.ts", argument)
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain(`'${argument}'. The options are --keep, --no-color and --help.`)
    expect(err).toContain("Usage: npm run demo")
    expect(err).not.toContain("    at ")
  })
})
