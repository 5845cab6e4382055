import { execFileSync } from "node:child_process"
import { copyFile, mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
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

/** Starts the copied bundle with nothing beside it; answers a masked text and how many scripts it ran to get there. */
function maskWith(runtime: string, bundle: string, options: object): { text: string; scripts: number } {
  const probe = `
    import { syncBuiltinESMExports } from "node:module"
    import vm from "node:vm"
    const run = vm.runInThisContext
    let scripts = 0
    vm.runInThisContext = (...given) => { scripts += 1; return run(...given) }
    syncBuiltinESMExports()
    const { default: plugin } = await import("./${bundle}.mjs")
    const client = { app: { log: () => Promise.resolve() } }
    const place = { directory: process.cwd(), worktree: process.cwd(), project: { id: "global" } }
    const hooks = await plugin.server({ client, ...place }, ${JSON.stringify(options)})
    const output = { text: "meet at ${secret}" }
    await hooks["experimental.text.complete"]({ sessionID: "s", messageID: "m", partID: "p" }, output)
    console.log(JSON.stringify({ text: output.text, scripts }))
    await hooks.dispose?.()
  `
  const args = runtime === "node" ? ["--input-type=module", "-e", probe] : ["-e", probe]
  const env = { ...process.env, HOME: join(directory.path, "home"), XDG_CONFIG_HOME: "" }
  return JSON.parse(execFileSync(runtime, args, { cwd: directory.path, env, encoding: "utf8" }))
}

describe.each(["node", join(import.meta.dirname, "../../node_modules/.bin/bun")])(
  "a bundle alone in %s",
  (runtime) => {
    test.each(["airlock", "redactor"])("runs a person's own rules: %s.js", (bundle) => {
      const { text } = maskWith(runtime, bundle, { redact: { rules } })
      expect(text).toMatch(/^meet at <REDACTED:[0-9a-f]{14}>$/)
    })

    test("finds nothing by rules that nobody wrote", () => {
      expect(maskWith(runtime, "airlock", {}).text).toBe(`meet at ${secret}`)
    })
  },
)

test("the engine for a person's own rules runs only where there are some", () => {
  expect(maskWith("node", "airlock", {}).scripts).toBe(0)
  expect(maskWith("node", "airlock", { redact: { rules } }).scripts).toBe(1)
})

test("the bundle carries the engine's licence", async () => {
  expect(await readFile(join(BUNDLES, "airlock.js"), "utf8")).toContain(
    "re2js, https://github.com/le0pard/re2js",
  )
})
