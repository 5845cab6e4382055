import { spawnSync } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ROOT } from "../scripts/run-command.ts"
import { type Figure, median } from "./measure.ts"

const RUNS = 15

/**
 * Runs inside a fresh process: imports the built entry, starts one instance, prints the milliseconds of each. Node's
 * own modules are loaded before, because OpenCode itself has them loaded when it comes to plugins.
 */
const PROBE = `
for (const name of ["crypto", "fs", "fs/promises", "os", "path", "timers/promises", "url", "util"]) await import("node:" + name)
const url = process.argv.at(-1)
const client = { app: { log: () => Promise.resolve() } }
const startedAt = performance.now()
const { default: plugin } = await import(url)
const importedAt = performance.now()
const hooks = await plugin.server({ client, directory: process.cwd(), worktree: process.cwd(), project: { id: "global" } })
const readyAt = performance.now()
const config = {}
await hooks.config?.(config)
console.log(JSON.stringify([importedAt - startedAt, readyAt - importedAt]))
await hooks.dispose?.()
`

/** A plugin that does nothing: what any plugin costs. */
const EMPTY = "export default { id: 'empty', server: async () => ({}) }"

/** Time that loading the built plugin and starting an instance add to OpenCode's start, over a plugin that does nothing. */
export async function benchStartUp(): Promise<readonly Figure[]> {
  const home = await mkdtemp(join(tmpdir(), "airlock-bench-home-"))
  try {
    const empty = join(home, "empty.mjs")
    await writeFile(empty, EMPTY)
    const entry = join(ROOT, "dist/standalone/airlock.js")
    const bun = join(ROOT, "node_modules/.bin/bun")
    return [
      {
        name: "added start-up in Bun: import and first instance",
        value: addedMs(home, bun, entry, empty),
        unit: "ms",
        floor: { at: "most", value: 20 },
      },
      { name: "the same in Node", value: addedMs(home, "node", entry, empty), unit: "ms" },
    ]
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Median of the differences between pairs of fresh processes, ours and the empty one in turn. */
function addedMs(home: string, runtime: string, entry: string, empty: string): number {
  const pairs = Array.from(
    { length: RUNS + 1 },
    () => startMs(home, runtime, entry) - startMs(home, runtime, empty),
  )
  return median(pairs.slice(1))
}

function startMs(home: string, runtime: string, entry: string): number {
  const url = pathToFileURL(entry).href
  const args = runtime === "node" ? ["--input-type=module", "-e", PROBE, url] : ["-e", PROBE, url]
  const run = spawnSync(runtime, args, { cwd: home, env: { ...process.env, HOME: home }, encoding: "utf8" })
  if (run.status !== 0)
    throw new Error(`The start-up probe failed in ${runtime}: ${run.stderr.slice(0, 500)}`)
  const parts: number[] = JSON.parse(run.stdout)
  return parts.reduce((sum, part) => sum + part, 0)
}
