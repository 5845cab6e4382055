/**
 * What a process of another user does: one order a line on stdin, one answer a line on stdout. Victims capture; attackers do
 * to files what files allow.
 */
import * as fs from "node:fs"
import { createInterface } from "node:readline"
import { AnomalyLog } from "../../../../src/base/anomalies.ts"
import { createInterceptor } from "../../../../src/intercept/interceptor.ts"
import { pruneCaptures } from "../../../../src/intercept/retention.ts"
import { openaiChat } from "../../../../src/wire/dialects/openai-chat.ts"

const anomalies = new AnomalyLog()
const root = process.argv[2] ?? ""
const interceptor = createInterceptor({ root, anomalies, scrubText: (text) => text })
let running: { end: () => void; ended: Promise<string> } | undefined

const ORDERS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  whoami: () => [process.getuid?.(), process.getgid?.(), process.getgroups?.()],
  umask: (mask: number) => process.umask(mask),
  command: (args: string, session: string) => interceptor.command(args, session),
  anomalies: () => anomalies.recent.map(({ phase, message }) => `${phase}: ${message}`),
  prune: (retentionHours: number) =>
    pruneCaptures({ root, anomalies, retentionHours, now: () => Date.now() + 1000 }),
  pruneAll: () => interceptor.prune(),
  /** A whole exchange. */
  exchange: async (session: string, said: string) => {
    begin(session, said)
    return finish()
  },
  /** The first and the second half of one. */
  begin: (session: string, said: string) => begin(session, said),
  finish: () => finish(),
  write: (path: string, text: string) => fs.writeFileSync(path, text),
  read: (path: string) => fs.readFileSync(path, "utf8"),
  list: (path: string) => namesIn(path, "").sort(),
  mode: (path: string) => fs.lstatSync(path).mode & 0o7777,
  make: (path: string, mode: number) => {
    fs.mkdirSync(path)
    fs.chmodSync(path, mode)
  },
  link: (target: string, path: string) => fs.symlinkSync(target, path),
  rename: (from: string, to: string) => fs.renameSync(from, to),
  remove: (path: string) => fs.rmSync(path, { recursive: true }),
  age: (path: string, hours: number) => {
    const seconds = Date.now() / 1000 - hours * 3600
    fs.utimesSync(path, seconds, seconds)
  },
}

/** Names below a directory, through no link; of directories that are closed to us only their own. */
function namesIn(path: string, prefix: string): string[] {
  const names: string[] = []
  for (const entry of fs.readdirSync(path, { withFileTypes: true })) {
    const name = `${prefix}${entry.name}`
    names.push(name)
    try {
      if (entry.isDirectory()) names.push(...namesIn(`${path}/${entry.name}`, `${name}/`))
    } catch {
      // Closed.
    }
  }
  return names
}

function begin(sessionId: string, said: string): void {
  const bodyText = JSON.stringify({ model: "m", messages: [{ role: "user", content: said }] })
  const capture = interceptor.begin({
    dialect: openaiChat,
    sessionId,
    attribution: "header",
    url: "http://127.0.0.1/v1",
    method: "POST",
    headers: [],
    bodyText,
  })
  let end = (): void => undefined
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const event = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: said } }] })}\n\n`
      controller.enqueue(new TextEncoder().encode(event))
      end = () => controller.close()
    },
  })
  const response = new Response(body, { headers: { "content-type": "text/event-stream" } })
  const observed = capture?.observe(response) ?? response
  running = { end: () => end(), ended: observed.text() }
}

async function finish(): Promise<string | undefined> {
  running?.end()
  const text = await running?.ended
  await interceptor.settled()
  return text
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...values]: [string, ...never[]] = JSON.parse(line)
  let answer: object
  try {
    answer = { value: (await ORDERS[name]?.(...values)) ?? null }
  } catch (error) {
    answer = { error: error instanceof Error && "code" in error ? error.code : String(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
await interceptor.close()
