/**
 * Runs in a process of its own: reads a stream of 100 MB, captured (`on`) or not (`off`), and prints what the
 * process grew by, in MB. Argument 2: a directory for the captures.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises"
import { AnomalyLog } from "../src/base/anomalies.ts"
import { createInterceptor } from "../src/intercept/interceptor.ts"
import { createMasker } from "../src/redact/masker.ts"
import { openaiChat } from "../src/wire/dialects/openai-chat.ts"

/** What the probe prints. */
export interface MemoryUse {
  /** Most that the process grew by until the capture was on disk. */
  readonly peak: number
  /** What it grew by in the end, after a garbage collection. */
  readonly kept: number
  /** Objects alive in the end, more than before. */
  readonly objects: number
  /** Anomalies and captures, to see that the probe measured what it says. */
  readonly captures: number
}

const STREAM_BYTES = 100 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024
const WARM_UP_BYTES = 1024 * 1024
// The allocator gives pages back a moment after they were freed.
const GIVE_BACK_MS = 1500
const MB = 1024 * 1024

const [mode = "on", root = ""] = process.argv.slice(2)
const masker = createMasker()
const interceptor = createInterceptor({
  root,
  scrubText: (text) => masker.mask(text).text,
  anomalies: new AnomalyLog(),
})
if (mode === "on") await interceptor.command("on", "ses_bench")

const chunk = chunkOfFrames()
await exchange(WARM_UP_BYTES, () => undefined)
const before = await settledMemory()
let peak = before.rss
const use = await exchange(STREAM_BYTES, () => {
  peak = Math.max(peak, process.memoryUsage.rss())
})
const after = await settledMemory()
const result: MemoryUse = {
  peak: (peak - before.rss) / MB,
  kept: (after.rss - before.rss) / MB,
  objects: (after.heapUsed - before.heapUsed) / MB,
  captures: use,
}
console.log(JSON.stringify(result))

/** Reads a stream of `bytes` as a provider SDK does, frame by frame; answers how many captures there are then. */
async function exchange(bytes: number, sample: () => void): Promise<number> {
  const headers = { "content-type": "text/event-stream" }
  const provider = new Response(streamOf(bytes), { headers })
  const capture = interceptor.begin({
    dialect: openaiChat,
    sessionId: "ses_bench",
    attribution: "mark",
    url: "http://127.0.0.1/v1/chat/completions",
    method: "POST",
    headers: [],
    bodyText: '{"model":"m","messages":[]}',
  })
  const { body } = capture?.observe(provider) ?? provider
  if (body === null) throw new Error("The probe's response has no body.")
  const decoder = new TextDecoder()
  let received = 0
  for await (const piece of body) {
    received += piece.byteLength
    readFrames(decoder.decode(piece, { stream: true }))
    sample()
    await nextTurn()
  }
  if (received < bytes) throw new Error(`Only ${received} bytes arrived.`)
  await interceptor.settled()
  sample()
  return Number(/- Captures: (\d+)/.exec(await interceptor.command("", "ses_bench"))?.[1])
}

/** What every client of a provider does with what comes: both modes pay for it. Chunks hold whole frames here. */
function readFrames(text: string): void {
  for (const frame of text.split("\n\n")) {
    if (frame !== "") JSON.parse(frame.slice("data: ".length))
  }
}

/** The same chunk again and again: what the process grows by is the capture's, not the source's. */
function streamOf(bytes: number): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes) {
        controller.close()
        return
      }
      controller.enqueue(chunk)
      sent += chunk.byteLength
    },
  })
}

/** Frames as OpenAI sends them, some 250 bytes around a few characters of text. */
function chunkOfFrames(): Uint8Array {
  const frame = `data: ${JSON.stringify({
    id: `chatcmpl-${"0".repeat(24)}`,
    object: "chat.completion.chunk",
    created: 1_750_000_000,
    model: "gpt-4o-mini-2024-07-18",
    service_tier: "default",
    system_fingerprint: "fp_0123456789",
    choices: [{ index: 0, delta: { content: " lorem" }, logprobs: null, finish_reason: null }],
  })}\n\n`
  return new TextEncoder().encode(frame.repeat(Math.ceil(CHUNK_BYTES / frame.length)))
}

async function settledMemory(): Promise<NodeJS.MemoryUsage> {
  globalThis.gc?.()
  await sleep(GIVE_BACK_MS)
  globalThis.gc?.()
  return process.memoryUsage()
}
