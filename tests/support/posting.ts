import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { IsolatedHome } from "./opencode/home.ts"
import type { PostingOrder } from "./posting-plugin.ts"
import { waitFor } from "./wait.ts"

/** The plugin of `posting-plugin.ts` as it stands in OpenCode's configuration; its port file goes into `directory`. */
export function postingPlugin(directory: string): readonly [string, object] {
  return [fileUrl("posting-plugin.ts"), { portFile: join(directory, "posting.port") }]
}

/** The plugin of `delaying-plugin.ts`. */
export function delayingPlugin(seed: number): readonly [string, object] {
  return [fileUrl("delaying-plugin.ts"), { seed }]
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

function fileUrl(name: string): string {
  return `file://${fileURLToPath(new URL(name, import.meta.url))}`
}
