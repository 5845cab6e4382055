import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { ROOT } from "../scripts/run-command.ts"

/** Milliseconds from the call of `send` to the first byte of the streamed reply, which is then read to its end. */
export async function firstByte(send: typeof fetch, url: string, body: string): Promise<number> {
  const startedAt = performance.now()
  const response = await send(url, { method: "POST", body, headers: { "x-session-id": "ses_bench" } })
  const reader = response.body?.getReader()
  await reader?.read()
  const elapsed = performance.now() - startedAt
  while (!(await reader?.read())?.done) continue
  return elapsed
}

/** A provider on this machine, in a process of its own, that streams two events to whoever asks. */
export async function startStream(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = spawn(join(ROOT, "node_modules/.bin/bun"), [join(ROOT, "bench/stream-server.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const [line] = await once(server.stdout, "data")
  return {
    url: `http://127.0.0.1:${Number(line)}/v1/chat/completions`,
    close: async () => {
      server.kill()
      await once(server, "exit")
    },
  }
}
