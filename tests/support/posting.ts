import { mkdirSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { IsolatedHome } from "./opencode/home.ts"
import type { PostingOrder } from "./posting-plugin.ts"
import { waitFor } from "./wait.ts"

/** The plugin of `posting-plugin.ts` as it stands in the configuration of a home. */
export function postingPlugin(home: IsolatedHome): readonly [string, object] {
  return [foreign(home, "posting-plugin", "posting"), { portFile: join(home.tmp, "posting.port") }]
}

/** The plugin of `delaying-plugin.ts`; two with different seeds are two plugins. */
export function delayingPlugin(home: IsolatedHome, seed: number): readonly [string, object] {
  return [foreign(home, "delaying-plugin", `delaying-${seed}`), { seed }]
}

/** Has the posting plugin of a home do something, inside OpenCode. Its project must have been opened. */
export async function order(home: IsolatedHome, what: PostingOrder): Promise<unknown> {
  const file = join(home.tmp, "posting.port")
  let port = ""
  await waitFor(async () => {
    port = await readFile(file, "utf8").catch(() => "")
    return port !== ""
  })
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(what) })
  return response.json()
}

/** A plugin of somebody else's lives outside this checkout, or Airlock takes its options for its own. */
function foreign(home: IsolatedHome, source: string, name: string): string {
  const directory = join(home.path, "plugins-of-others")
  const path = join(directory, `${name}.ts`)
  const from = fileURLToPath(new URL(`${source}.ts`, import.meta.url))
  mkdirSync(directory, { recursive: true })
  writeFileSync(path, `export { default } from ${JSON.stringify(from)}\n`)
  return `file://${path}`
}
