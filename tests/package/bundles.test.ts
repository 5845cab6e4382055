import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { copyFile, mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { builtInCorpus } from "../../bench/eval/built-in-corpus.ts"
import { createMasker } from "../../src/redact/index.ts"
import { type TemporaryDirectory, temporaryDirectory } from "../support/temp-dir.ts"

const BUNDLES = join(import.meta.dirname, "../../dist/standalone")
// No built-in rule takes it for a secret.
const secret = "zorg-lavender-hill"
const rules = [{ id: "zorg-token", pattern: "zorg-[a-z]+-hill" }]
let directory: TemporaryDirectory

beforeAll(async () => {
  directory = await temporaryDirectory("bare-bundle")
  await mkdir(join(directory.path, "home"))
  for (const name of ["airlock", "redactor"])
    await copyFile(join(BUNDLES, `${name}.js`), join(directory.path, `${name}.mjs`))
})
afterAll(() => directory.remove())

/** What a bundle made of texts, and the scripts inside it that ran: to start, and to mask. */
interface Run {
  readonly texts: readonly string[]
  readonly atStart: readonly string[]
  readonly whileMasking: readonly string[]
}

/** Starts the copied bundle with nothing beside it and masks `texts` in order. */
function maskWith(runtime: string, bundle: string, options: object, texts = [`meet at ${secret}`]): Run {
  writeFileSync(join(directory.path, "texts.json"), JSON.stringify(texts))
  const probe = `
    import { readFileSync } from "node:fs"
    import { syncBuiltinESMExports } from "node:module"
    import vm from "node:vm"
    const run = vm.runInThisContext
    let scripts = []
    vm.runInThisContext = (text, options) => { scripts.push(options.filename); return run(text, options) }
    syncBuiltinESMExports()
    const { default: plugin } = await import("./${bundle}.mjs")
    const client = { app: { log: () => Promise.resolve() } }
    const place = { directory: process.cwd(), worktree: process.cwd(), project: { id: "global" } }
    const hooks = await plugin.server({ client, ...place }, ${JSON.stringify(options)})
    const atStart = scripts
    scripts = []
    const texts = []
    for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) {
      const output = { text }
      await hooks["experimental.text.complete"]({ sessionID: "s", messageID: "m", partID: "p" }, output)
      texts.push(output.text)
    }
    console.log(JSON.stringify({ texts, atStart, whileMasking: scripts }))
    await hooks.dispose?.()
  `
  const args = runtime === "node" ? ["--input-type=module", "-e", probe] : ["-e", probe]
  const env = { ...process.env, HOME: join(directory.path, "home"), XDG_CONFIG_HOME: "" }
  return JSON.parse(execFileSync(runtime, args, { cwd: directory.path, env, encoding: "utf8" }))
}

const unmarked = (text: string): string => text.replaceAll(/<REDACTED:[0-9a-f]{14}>/g, "<REDACTED>")

describe.each(["node", join(import.meta.dirname, "../../node_modules/.bin/bun")])(
  "a bundle alone in %s",
  (runtime) => {
    test.each(["airlock", "redactor"])("runs a person's own rules: %s.js", (bundle) => {
      const { texts } = maskWith(runtime, bundle, { redact: { rules } })
      expect(texts[0]).toMatch(/^meet at <REDACTED:[0-9a-f]{14}>$/)
    })

    test("finds nothing by rules that nobody wrote", () => {
      expect(maskWith(runtime, "airlock", {}).texts).toEqual([`meet at ${secret}`])
    })

    test("masks what the sources mask", () => {
      const { positives, negatives } = builtInCorpus()
      const chosen = [...positives, ...negatives]
        .filter((_, index) => index % 9 === 0)
        .map(({ text }) => text)
      const masker = createMasker()
      const expected = chosen.map((text) => unmarked(masker.mask(text).text))
      expect(expected.filter((text) => text.includes("<REDACTED>")).length).toBeGreaterThan(200)
      expect(maskWith(runtime, "airlock", {}, chosen).texts.map(unmarked)).toEqual(expected)
    })
  },
)

test("what finds secrets runs with the first text, the engine for own patterns only where there are some", () => {
  expect(maskWith("node", "airlock", {})).toMatchObject({
    atStart: [],
    whileMasking: ["airlock-detection.js"],
  })
  expect(maskWith("node", "airlock", { redact: { rules } })).toMatchObject({
    // Whether an id is free is asked of the built-in rules.
    atStart: ["airlock-detection.js", "re2js.js"],
    whileMasking: [],
  })
})

test("the bundle carries the engine's licence", async () => {
  expect(await readFile(join(BUNDLES, "airlock.js"), "utf8")).toContain(
    "re2js, https://github.com/le0pard/re2js",
  )
})
