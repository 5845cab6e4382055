import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { VERSION } from "../../../src/base/version.ts"
import { wantsColour } from "../../../src/cli/paint.ts"
import { createWorld, type World } from "./world.ts"

let world: World

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.remove())

describe("airlock", () => {
  test.each([[[]], [["--help"]], [["-h"]], [["help"]]])("shows the overview for %j", async (args) => {
    const { exitCode, out } = await world.run(args)
    expect(exitCode).toBe(0)
    expect(out).toContain("airlock <command> [options]")
    expect(out).toMatch(/doctor +Check that/)
    expect(out).toMatch(/config +Show the/)
    expect(out).toContain("Exit codes")
  })

  test.each([["--version"], ["-v"]])("prints its version for %s", async (flag) => {
    expect(await world.run([flag])).toEqual({ exitCode: 0, out: VERSION, err: "" })
  })

  test.each([["doctor"], ["config"]])("explains %s with options, examples and exit codes", async (name) => {
    const byOption = await world.run([name, "--help"])
    expect(byOption.exitCode).toBe(0)
    expect(byOption.out).toContain("--json")
    expect(byOption.out).toContain(`Examples\n  airlock ${name}\n`)
    expect(byOption.out).toContain("Exit codes")
    expect(await world.run(["help", name])).toEqual(byOption)
  })

  test.each([
    [["docter"], '"docter" is not a command; did you mean "doctor"?'],
    [["help", "confg"], 'did you mean "config"?'],
    [["frobnicate"], "the commands are doctor, config, help"],
    [["doctor", "--jsn"], "airlock doctor has no option --jsn; did you mean --json?"],
    [["doctor", "stray"], "stray"],
    [["doctor", "--dir"], "--dir"],
  ])("answers the misuse %j with a hint and exit code 2", async (args, hint) => {
    const { exitCode, out, err } = await world.run(args)
    expect(exitCode).toBe(2)
    expect(out).toBe("")
    expect(err).toContain(hint)
  })

  test.each([["doctor"], ["config"]])("%s answers 2 for a directory that does not exist", async (name) => {
    const { exitCode, err } = await world.run([name, "--dir", "nowhere"])
    expect(exitCode).toBe(2)
    expect(err).toContain("nowhere does not exist")
  })

  test("colours only on a terminal and never under NO_COLOR", async () => {
    expect(wantsColour(true, undefined)).toBe(true)
    expect(wantsColour(true, "")).toBe(true)
    expect(wantsColour(true, "1")).toBe(false)
    expect(wantsColour(false, undefined)).toBe(false)
    expect(wantsColour(undefined, undefined)).toBe(false)
    expect((await world.run(["--help"])).out).not.toContain("\u001b[")
    expect((await world.run(["--help"], { coloured: true })).out).toContain("\u001b[1m")
  })
})

describe("the airlock program", () => {
  // Node 20 does not run TypeScript; there the tests of the package run the built program.
  test.skipIf(process.versions.bun === undefined)("passes arguments on and exits with the code", async () => {
    const program = fileURLToPath(new URL("../../../src/cli.ts", import.meta.url))
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [program, "--version"])
    expect(stdout).toBe(`${VERSION}\n`)
    const failure = await run(process.execPath, [program, "docter"]).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 2, stdout: "" })
  })
})
