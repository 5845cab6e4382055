import { spawnSync } from "node:child_process"
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

const root = join(import.meta.dirname, "../..")
let dir = ""

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "airlock-layers-"))
  await cp(join(root, ".oxlintrc.json"), join(dir, ".oxlintrc.json"))
  await symlink(join(root, "node_modules"), join(dir, "node_modules"))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Lints one file that stands at `path` and holds `code`, under the project's own rules. */
async function lint(path: string, code: string): Promise<string> {
  const file = join(dir, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, code)
  const run = spawnSync(join(root, "node_modules/.bin/oxlint"), [path], { cwd: dir, encoding: "utf8" })
  await rm(file)
  return run.status === 0 ? "clean" : run.stdout
}

describe("import layers", () => {
  const violations: [string, string][] = [
    ["src/wire/bad.ts", "../secrets/rule.ts"],
    ["src/secrets/rules/bad.ts", "../../wire/body.ts"],
    ["src/redact/bad.ts", "../pipeline/stage.ts"],
    ["src/intercept/bad.ts", "../redact/masker.ts"],
    ["src/pipeline/stages/bad.ts", "../../config/schema.ts"],
    ["src/config/bad.ts", "../host/v1.ts"],
    ["src/cli/bad.ts", "../host/v1.ts"],
    ["src/base/bad.ts", "../wire/body.ts"],
    ["src/host/bad.ts", "../server.ts"],
    ["src/pipeline/bad.ts", "@opencode-ai/plugin"],
    ["src/host/bad.ts", "bun:sqlite"],
  ]
  test.each(violations)("%s may not import %s", async (path, specifier) => {
    expect(await lint(path, `export { thing } from "${specifier}"\n`)).toContain("no-restricted-imports")
  })

  test("lower layers may be imported", async () => {
    expect(await lint("src/redact/good.ts", 'export { thing } from "../secrets/rule.ts"\n')).toBe("clean")
  })
})
