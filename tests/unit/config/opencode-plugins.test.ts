import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Env } from "../../../src/base/paths.ts"
import { readOpenCodePlugins } from "../../../src/config/opencode-plugins.ts"
import { temporaryDirectory } from "../../support/temp-dir.ts"

let root = ""
let remove = async (): Promise<void> => undefined

beforeEach(async () => {
  const directory = await temporaryDirectory("plugins")
  root = directory.path
  remove = () => directory.remove()
})

afterEach(() => remove())

async function put(path: string, content: unknown): Promise<void> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(content))
}

async function specs(env: Env = {}, directory = "repo/a"): Promise<readonly string[]> {
  const { declarations } = await readOpenCodePlugins({
    directory: join(root, directory),
    worktree: join(root, "repo"),
    env: { HOME: join(root, "home"), ...env },
    opencodeConfig: join(root, "config"),
  })
  return declarations.map(({ spec }) => spec.replace(`file://${root}`, ""))
}

describe("plugins that OpenCode's configuration declares", () => {
  test("come in OpenCode's order: global, named, project from the root down, .opencode, own directory, inline", async () => {
    await put("config/opencode.json", { plugin: ["global"] })
    await put("named.json", { plugin: ["named"] })
    await put("repo/opencode.jsonc", { plugin: ["root-jsonc"] })
    await put("repo/opencode.json", { plugin: ["root-json"] })
    await put("repo/a/opencode.json", { plugin: ["inner"] })
    await put("repo/a/.opencode/opencode.json", { plugin: ["dot-inner"] })
    await put("repo/a/.opencode/plugin/found.ts", "")
    await put("repo/.opencode/opencode.jsonc", { plugin: ["dot-root"] })
    await put("home/.opencode/opencode.json", { plugin: ["home"] })
    await put("config/plugins/global-found.js", "")
    await put("own/opencode.json", { plugin: ["own"] })
    const env = {
      OPENCODE_CONFIG: join(root, "named.json"),
      OPENCODE_CONFIG_DIR: join(root, "own"),
      OPENCODE_CONFIG_CONTENT: '{"plugin":["inline"]}',
    }
    const found =
      "global named root-json root-jsonc inner /config/plugins/global-found.js dot-inner " +
      "/repo/a/.opencode/plugin/found.ts dot-root home own inline"
    expect(await specs(env)).toEqual(found.split(" "))
  })

  test("a later list of the global directory replaces an earlier one, even an empty list", async () => {
    await put("config/config.json", { plugin: ["one"] })
    await put("config/opencode.json", { plugin: ["two"] })
    await put("config/opencode.jsonc", { model: "x" })
    expect(await specs()).toEqual(["two"])
    await put("config/opencode.jsonc", { plugin: [] })
    expect(await specs()).toEqual([])
  })

  test("environment variables in specs and options are replaced as OpenCode does", async () => {
    await put("repo/opencode.json", {
      plugin: [["{env:WHERE}/x.js", { a: ["{env:WHAT}"], b: "{env:NONE}" }]],
    })
    const { declarations } = await readOpenCodePlugins({
      directory: join(root, "repo"),
      worktree: join(root, "repo"),
      env: { HOME: join(root, "home"), WHERE: "/opt", WHAT: "v" },
      opencodeConfig: join(root, "config"),
    })
    expect(declarations).toMatchObject([
      { spec: "{env:WHERE}/x.js", target: "/opt/x.js", options: { a: ["v"], b: "" } },
    ])
  })

  test("entries of a wrong type are skipped, and a broken file is reported", async () => {
    await put("repo/opencode.json", { plugin: [7, [], [{}], null, "good"] })
    await put("repo/a/opencode.json", { plugin: "not-a-list" })
    expect(await specs()).toEqual(["good"])
    await writeFile(join(root, "repo/a/opencode.json"), "{")
    const { broken, declarations } = await readOpenCodePlugins({
      directory: join(root, "repo/a"),
      worktree: join(root, "repo"),
      env: { HOME: join(root, "home") },
      opencodeConfig: join(root, "config"),
    })
    expect(declarations.map(({ spec }) => spec)).toEqual(["good"])
    expect(broken.map(({ path }) => path)).toEqual([join(root, "repo/a/opencode.json")])
  })
})
