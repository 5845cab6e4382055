import { execFile, spawn } from "node:child_process"
import { join } from "node:path"
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
  test.each([[[]], [["--help"]], [["-h"]], [["help"]], [["help", "help"]]])(
    "shows the overview for %j",
    async (args) => {
      const { exitCode, out } = await world.run(args)
      expect(exitCode).toBe(0)
      expect(out).toContain("airlock <command> [options]")
      expect(out).toMatch(/doctor +Check that/)
      expect(out).toMatch(/config +Show the/)
      expect(out).toContain("Exit codes")
    },
  )

  test.each([["--version"], ["-v"]])("prints its version for %s", async (flag) => {
    expect(await world.run([flag])).toEqual({ exitCode: 0, out: VERSION, err: "" })
  })

  test.each([["doctor"], ["config"], ["rules"]])(
    "explains %s with options, examples and exit codes",
    async (name) => {
      const byOption = await world.run([name, "--help"])
      expect(byOption.exitCode).toBe(0)
      expect(byOption.out).toContain("--json")
      expect(byOption.out).toContain(`Examples\n  airlock ${name}\n`)
      expect(byOption.out).toContain("Exit codes")
      expect(await world.run(["help", name])).toEqual(byOption)
    },
  )

  test.each([
    [["docter"], '"docter" is not a command; did you mean "doctor"?'],
    [["help", "confg"], 'did you mean "config"?'],
    [["frobnicate"], "the commands are doctor, config, rules, help"],
    [["doctor", "--jsn"], "airlock doctor has no option --jsn; did you mean --json?"],
    [["doctor", "stray"], 'airlock doctor takes no argument "stray", only options'],
    [["doctor", "--dir"], "--dir"],
    [["doctor", "--dir="], "--dir needs a value"],
    [["config", "--dir", ""], "--dir needs a value"],
    [["rules", "more"], 'airlock rules takes no argument "more"'],
    [["help", "doctor", "more"], '"more" is one argument too many'],
    [["--help", "more"], '"more" is one argument too many'],
    [["--version", "more"], '"more" is one argument too many'],
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

  const failures: readonly [readonly string[], number, string][] = [
    [["doctor", "--dir", "nowhere", "--json"], 2, "DIRECTORY_MISSING"],
    [["config", "--dir", "file", "--json"], 2, "NOT_A_DIRECTORY"],
    [["config", "--dir=", "--json"], 2, "USAGE"],
    [["doctor", "--json", "--jsn"], 2, "USAGE"],
  ]
  test.each(failures)("answers %j with exit code %i and a JSON error %s", async (args, code, name) => {
    await world.put(join(world.project, "file"), "")
    const { exitCode, out, err } = await world.run(args)
    expect([exitCode, err]).toEqual([code, ""])
    const plain = await world.run(args.filter((arg) => arg !== "--json"))
    expect(plain.exitCode).toBe(code)
    const { error } = JSON.parse(out)
    expect(Object.keys(error)).toEqual(["code", "message"])
    expect(error.code).toBe(name)
    expect(plain.err).toContain(error.message)
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
  test.skipIf(process.versions.bun === undefined)(
    "ends quietly when its reader has seen enough",
    async () => {
      const program = fileURLToPath(new URL("../../../src/cli.ts", import.meta.url))
      const child = spawn(process.execPath, [program, "rules"], {
        cwd: world.project,
        env: { HOME: world.home },
      })
      const errors: Buffer[] = []
      child.stderr.on("data", (chunk: Buffer) => errors.push(chunk))
      child.stdout.destroy()
      const code = await new Promise((resolve) => child.on("close", resolve))
      expect([code, Buffer.concat(errors).toString()]).toEqual([0, ""])
    },
  )

  test.skipIf(process.versions.bun === undefined)("passes arguments on and exits with the code", async () => {
    const program = fileURLToPath(new URL("../../../src/cli.ts", import.meta.url))
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [program, "--version"])
    expect(stdout).toBe(`${VERSION}\n`)
    const failure = await run(process.execPath, [program, "docter"]).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 2, stdout: "" })
  })
})
