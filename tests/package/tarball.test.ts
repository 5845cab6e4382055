import { execFileSync, spawnSync } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { VERSION } from "../../src/base/version.ts"
import { installPacked } from "../support/packed-package.ts"
import { type TemporaryDirectory, temporaryDirectory } from "../support/temp-dir.ts"

const root = join(import.meta.dirname, "../..")
let consumer: TemporaryDirectory
let packed = ""
let manifest: {
  version: string
  dependencies: Record<string, string>
  exports: Record<string, string | Record<string, string>>
}

beforeAll(async () => {
  manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"))
  consumer = await temporaryDirectory("consumer")
  packed = await installPacked(consumer.path, Object.keys(manifest.dependencies))
}, 60_000)
afterAll(() => consumer.remove())

/** Runs a module in plain Node, beside the installed package. */
function node(code: string): string {
  return execFileSync("node", ["--input-type=module", "-e", code], {
    cwd: consumer.path,
    encoding: "utf8",
  }).trim()
}

describe("the packed tarball", () => {
  test("holds the build and the documents, and no sources, tests or configuration of ours", async () => {
    const names = await readdir(packed)
    expect(names.toSorted()).toEqual(
      expect.arrayContaining([
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "dist",
        "docs",
        "package.json",
      ]),
    )
    for (const name of ["src", "tests", "scripts", "bench", ".oxlintrc.json"])
      expect(names).not.toContain(name)
  })

  test("loads every public entry in plain Node", () => {
    for (const name of Object.keys(manifest.exports).filter((path) => path !== "./package.json")) {
      const specifier = join("opencode-airlock", name)
      expect(node(`console.log(Object.keys(await import("${specifier}")).length > 0)`)).toBe("true")
    }
  })

  test("has a server entry that exports nothing but the plugin", () => {
    const shape = 'Object.keys(m).join() + " " + m.default.id + " " + typeof m.default.server'
    expect(node(`const m = await import("opencode-airlock/server"); console.log(${shape})`)).toBe(
      "default airlock function",
    )
  })

  test("masks and restores through the library entry", () => {
    const code = `
      import { createMasker } from "opencode-airlock/redact"
      import { createScanner } from "opencode-airlock/secrets"
      const masker = createMasker({ scanner: createScanner(), known: { PASS: "correct horse battery" } })
      const text = "the pass is correct horse battery"
      const masked = masker.mask(text)
      console.log(masked.text.includes("horse"), masker.restore(masked.text).text === text, masked.findings.length)`
    expect(node(code)).toBe("false true 1")
  })

  test("runs the command line tool", () => {
    const run = spawnSync("node", [join(packed, "dist/cli.js"), "--version"], { encoding: "utf8" })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain(manifest.version)
  })

  test("names one version everywhere", () => {
    expect(VERSION).toBe(manifest.version)
  })

  test("passes publint", () => {
    const run = spawnSync(join(root, "node_modules/.bin/publint"), ["--strict", packed], { encoding: "utf8" })
    expect(run.stdout + run.stderr).toContain("All good")
    expect(run.status).toBe(0)
  })
})
