import { spawnSync } from "node:child_process"
import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { airlockPaths } from "../../src/base/paths.ts"
import { resolveConfig } from "../../src/config/resolve.ts"
import { type TemporaryDirectory, temporaryDirectory } from "../support/temp-dir.ts"

const root = join(import.meta.dirname, "../..")
let consumer: TemporaryDirectory

beforeAll(async () => {
  consumer = await temporaryDirectory("readme")
  await mkdir(join(consumer.path, "node_modules"))
  // What `npm install /path/to/checkout` leaves: a link.
  await symlink(root, join(consumer.path, "node_modules/opencode-airlock"))
})
afterAll(() => consumer.remove())

describe("README's library example", () => {
  test("runs as pasted in plain Node, beside a linked checkout, and prints what it says", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8")
    const code = /## As a library\n\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ""
    const run = spawnSync("node", ["--input-type=module", "-e", code], {
      cwd: consumer.path,
      encoding: "utf8",
    })
    expect(run.stderr).toBe("")
    const [finding, masked, restored] = run.stdout.trimEnd().split("\n")
    expect(code).toContain(`// ${finding?.replaceAll("'", '"')}: where`)
    expect(masked).toMatch(/^the pass is <REDACTED:[0-9a-f]{14}>$/)
    expect(restored).toBe("the pass is correct horse battery")
  })
})

describe("README's further examples", () => {
  test("run as pasted, and print what they say", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8")
    const section = /## As a library\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ""
    const codes = [...section.matchAll(/```ts\n([\s\S]*?)```/g)].slice(1).map(([, code]) => code ?? "")
    expect(codes).toHaveLength(3)
    for (const code of codes) {
      const run = spawnSync("node", ["--input-type=module", "-e", code], {
        cwd: consumer.path,
        encoding: "utf8",
      })
      expect(run.stderr).toBe("")
      const said = /console\.log\(.*\) \/\/ "?(.+?)"?$/m.exec(code)?.[1] ?? "nothing"
      const printed = run.stdout.trimEnd().replaceAll("'", '"')
      expect(printed.replace(/<REDACTED:[0-9a-f]{14}>/, "<REDACTED:…>")).toBe(said)
    }
  })
})

describe("the examples of configurations", () => {
  test.each(["airlock.jsonc", "project.airlock.jsonc"])("%s is valid and is not ignored", async (name) => {
    const home = await temporaryDirectory("example-config")
    const project = join(home.path, "project")
    const file = name.startsWith("project")
      ? join(project, ".opencode/airlock.jsonc")
      : join(home.path, ".config/opencode/airlock.jsonc")
    await mkdir(join(project, ".git"), { recursive: true })
    await mkdir(dirname(file), { recursive: true })
    await copyFile(join(root, "examples/config", name), file)
    const env = { HOME: home.path }
    const { config, notices } = await resolveConfig({
      pluginOptions: undefined,
      directory: project,
      worktree: project,
      env,
      paths: airlockPaths(env, home.path),
    })
    await home.remove()
    expect(notices).toEqual([])
    expect(config.redact.rules).toHaveLength(1)
    expect(config.redact.pii).toContain("iban")
    expect(config.redact.allow).toHaveLength(name.startsWith("project") ? 0 : 2)
  })
})

describe("examples", () => {
  const example = (name: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [`examples/${name}.ts`, ...args], { cwd: root, encoding: "utf8" })

  test("scan.ts finds without printing what it found", async () => {
    const value = ["tr0ub4dor", "and", "3"].join("-")
    const path = join(consumer.path, "settings.ini")
    await writeFile(path, `a = 1\npassword = "${value}"\n`)
    const { status, stdout } = example("scan", path)
    expect(status).toBe(0)
    expect(stdout).toBe(`${path}:2: keyword, ${value.length} characters\n`)
  })

  test("mask.ts masks and restores", () => {
    const { status, stdout } = example("mask")
    expect(status).toBe(0)
    expect(stdout).toMatch(/^to the model: .*<REDACTED:[0-9a-f]{14}>/m)
    expect(stdout).toMatch(/^to your file: .*correct horse battery \(1 restored, 0 unresolved\)$/m)
  })

  test("audit-summary.ts adds up the labels", async () => {
    const path = join(consumer.path, "audit.jsonl")
    const line = (countsByLabel: object): string => `${JSON.stringify({ countsByLabel })}\n`
    await writeFile(path, line({ KeywordDetector: 2 }) + line({ KeywordDetector: 1, MailDetector: 5 }))
    expect(example("audit-summary", path).stdout).toBe("5\tMailDetector\n3\tKeywordDetector\n")
  })

  test.each([
    ["scan", "FILE"],
    ["audit-summary", "FILE.jsonl"],
  ])("%s.ts answers no arguments with its usage", (name, file) => {
    const { status, stdout, stderr } = example(name)
    expect([status, stdout]).toEqual([2, ""])
    expect(stderr).toBe(`Usage: npx bun examples/${name}.ts ${file}\n`)
  })
})
