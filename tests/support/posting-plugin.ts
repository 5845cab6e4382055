import { writeFile } from "node:fs/promises"
import { createServer, type IncomingMessage } from "node:http"
import type { PluginModule } from "@opencode-ai/plugin"
import { makeCalls, type CallTargets } from "./fetch-calls.ts"

/** What the plugin is told to do: one JSON POST, or every call of `fetch-calls.ts`. */
export type PostingOrder =
  | { readonly kind: "post"; readonly url: string; readonly body: unknown }
  | { readonly kind: "calls"; readonly targets: CallTargets }

/**
 * A plugin that calls `fetch` inside OpenCode as the test tells it: it listens on 127.0.0.1 and writes its port into the file
 * of option `portFile`. It answers what the caller of fetch saw.
 */
const plugin: PluginModule = {
  id: "posting",
  server: async (_input, options) => {
    const server = createServer((request, response) => {
      void obey(request)
        .catch((error: unknown) => ({ failed: String(error) }))
        .then((answer) => response.end(JSON.stringify(answer)))
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    server.unref()
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    await writeFile(String(options?.portFile), String(port))
    return {}
  },
}

async function obey(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const order = JSON.parse(Buffer.concat(chunks).toString("utf8")) as PostingOrder
  if (order.kind === "calls") return makeCalls(order.targets)
  const response = await fetch(order.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order.body),
  })
  return { status: response.status, text: await response.text() }
}

export default plugin
