import { access, readdir, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { parseJsonc } from "../../src/config/config-file.ts"
import { ENV_OPTIONS } from "../../src/config/env.ts"
import { parseLayer } from "../../src/config/layer.ts"
import { optionLeaves } from "../../src/config/options.ts"
import { passDetectors } from "../../src/secrets/index.ts"

const root = join(import.meta.dirname, "../..")
const read = (path: string): Promise<string> => readFile(join(root, path), "utf8")
const inFolder = async (folder: string, ending: string): Promise<string[]> =>
  (await readdir(join(root, folder), { recursive: true }))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))

const documents = ["README.md", "AGENTS.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].concat(
  await inFolder("docs", ".md"),
)

/** The anchor that GitHub gives to a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-")
}

/** What is wrong with one relative link, `undefined` for nothing. */
async function problemOf(document: string, target: string): Promise<string | undefined> {
  const [file = "", anchor] = target.split("#", 2)
  const path = file === "" ? document : join(dirname(document), file)
  const exists = await access(join(root, path)).then(
    () => true,
    () => false,
  )
  if (!exists) return `${document}: ${target} does not exist`
  if (anchor === undefined) return undefined
  const anchors = [...(await read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    anchorOf(heading ?? ""),
  )
  return anchors.includes(anchor) ? undefined : `${document}: ${target} names no heading`
}

describe("the documents", () => {
  test.each(documents)("%s has no broken relative link", async (document) => {
    const links = [...(await read(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "")
    const relative = links.filter((target) => !/^[a-z]+:/.test(target))
    const problems = await Promise.all(relative.map((target) => problemOf(document, target)))
    expect(problems.filter((problem) => problem !== undefined)).toEqual([])
  })

  test("the check of links can fail", async () => {
    expect(await problemOf("README.md", "docs/nowhere.md")).toContain("does not exist")
    expect(await problemOf("README.md", "docs/intercept.md#nowhere")).toContain("names no heading")
  })

  test.each(documents)("%s names only files of this repository", async (document) => {
    // `tests/unit/redact/vault.test.ts`, `src/redact/sinks.ts`; a name with a placeholder is no file.
    const named = [...(await read(document)).matchAll(/`((?:src|tests|scripts|bench)\/[\w./-]+)`/g)]
    const problems = await Promise.all(named.map(([, path]) => problemOf("README.md", path ?? "")))
    expect(problems.filter((problem) => problem !== undefined)).toEqual([])
  })

  test("AGENTS.md fits on a page", async () => {
    expect((await read("AGENTS.md")).trimEnd().split("\n").length).toBeLessThanOrEqual(80)
  })
})

describe("README.md", () => {
  test("names every command of airlock", async () => {
    const readme = await read("README.md")
    const commands = await Promise.all((await inFolder("src/cli/commands", ".ts")).map(read))
    const names = commands.map((source) => /^ {2}name: "([\w-]+)"/m.exec(source)?.[1])
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !readme.includes(`\`airlock ${name ?? "?"}`))).toEqual([])
  })

  test("names every environment variable that sets an option", async () => {
    const readme = await read("README.md")
    const variables = ENV_OPTIONS.map(({ variable }) => variable)
    expect(variables.filter((variable) => !readme.includes(`\`${variable}\``))).toEqual([])
  })

  test("names every option, by itself or in its group", async () => {
    const table = /\| option \| default \|[\s\S]*?\n\n/.exec(await read("README.md"))?.[0] ?? ""
    const missing = optionLeaves().filter(({ key, path }) => {
      const group = path.slice(0, -1).join(".")
      if (path.at(-1) === "enabled") return !table.includes(`\`${group}`)
      return (
        !table.includes(`\`${key}\``) &&
        !(table.includes(`\`${group}.`) && table.includes(`\`.${path.at(-1)}\``))
      )
    })
    // Reserved: it can only be false.
    expect(missing.map(({ key }) => key)).toEqual(["auth"])
  })
})

describe("docs/intercept.md", () => {
  test("lists every anomaly phase in src", async () => {
    const sources = await Promise.all((await inFolder("src", ".ts")).map(read))
    const scopes = "audit|capture|cleanup|health|mask|redact|transport"
    const phases = sources.flatMap((text) => text.match(new RegExp(`"(?:${scopes})/[a-z-]+"`, "g")) ?? [])
    const literals = sources.flatMap((text) => text.match(/anomalies\.add\(\s*"[^"]+"/g) ?? [])
    const added = literals.map((call) => /"[^"]+"/.exec(call)?.[0] ?? "")
    expect(
      added.filter((phase) => !phases.includes(phase)),
      "phases of a scope unknown to this test",
    ).toEqual([])
    const document = await read("docs/intercept.md")
    expect(new Set(phases).size).toBeGreaterThan(10)
    expect(phases.filter((phase) => !document.includes(`| \`${phase.slice(1, -1)}\` |`))).toEqual([])
  })
})

describe("docs/redaction.md", () => {
  test("lists the id of every pass", async () => {
    const document = await read("docs/redaction.md")
    expect(passDetectors.map(({ id }) => id).filter((id) => !document.includes(`\`${id}\``))).toEqual([])
  })
})

describe("docs/dependencies.md", () => {
  test("has a line for every dependency, and for no other package", async () => {
    const { dependencies, devDependencies } = JSON.parse(await read("package.json"))
    const rows = [...(await read("docs/dependencies.md")).matchAll(/^\| `([^`]+)` \|/gm)].map(
      ([, name]) => name,
    )
    expect(new Set(rows)).toEqual(new Set(Object.keys({ ...dependencies, ...devDependencies })))
    expect(rows).toHaveLength(new Set(rows).size)
  })
})

describe("examples/config", () => {
  test.each(["airlock.jsonc", "project.airlock.jsonc"])("%s is a valid configuration", async (name) => {
    const path = join("examples/config", name)
    const { value, place } = parseJsonc(await read(path), path)
    expect(parseLayer(value, place).size).toBeGreaterThan(0)
  })
})
