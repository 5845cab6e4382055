import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AnomalyLog } from "../src/base/anomalies.ts"
import { createInterceptor } from "../src/intercept/interceptor.ts"
import { maskStage } from "../src/pipeline/stages/mask.ts"
import { captureStage } from "../src/pipeline/stages/capture.ts"
import { Traffic } from "../src/pipeline/traffic.ts"
import { createMasker } from "../src/redact/masker.ts"
import { type ChatMessage, chatHistory, sourceText } from "./conversation.ts"
import { firstByte, startStream } from "./local-stream.ts"
import { type Figure, median } from "./measure.ts"

const ROUNDS = 60
const WARM_UP = 6
const MESSAGES = 256
const CHARS = 4096

/**
 * Time from the call of fetch to the first byte of a streamed reply, for a growing conversation of 1 MB: with
 * masking and capture on, against plain fetch, in turn in one process.
 */
export async function benchFirstByte(): Promise<readonly Figure[]> {
  const provider = await startStream()
  const dir = await mkdtemp(join(tmpdir(), "airlock-bench-"))
  try {
    const { traffic, settled } = await pipelineWithCapture(dir)
    const through: typeof fetch = Object.assign(
      (input: RequestInfo | URL, init?: RequestInit) => traffic.handle({ input, init }, fetch),
      fetch,
    )
    const history: ChatMessage[] = chatHistory(MESSAGES, CHARS)
    const plain: number[] = []
    const masked: number[] = []
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      history.push({ role: "user", content: sourceText(512, 50_000 + round) })
      const body = JSON.stringify({ model: "m", stream: true, messages: history })
      // Who goes first alternates: the second call of a pair finds warmer caches.
      const order = round % 2 === 0 ? [fetch, through] : [through, fetch]
      for (const send of order) {
        const elapsed = await firstByte(send, provider.url, body)
        if (round >= WARM_UP) (send === fetch ? plain : masked).push(elapsed)
      }
    }
    await settled()
    return [
      { name: "time to first byte, 1 MB body, no plugin", value: median(plain), unit: "ms" },
      { name: "the same with masking and capture", value: median(masked), unit: "ms" },
      {
        name: "added time to first byte, 1 MB body, capture on",
        value: median(masked.map((value, index) => value - (plain[index] ?? 0))),
        unit: "ms",
        floor: { at: "most", value: 5 },
      },
    ]
  } finally {
    await provider.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function pipelineWithCapture(dir: string): Promise<{ traffic: Traffic; settled: () => Promise<void> }> {
  const anomalies = new AnomalyLog()
  const masker = createMasker()
  const interceptor = createInterceptor({
    root: join(dir, "captures"),
    scrubText: (text) => masker.mask(text).text,
    anomalies,
  })
  await interceptor.command("on", "ses_bench")
  const traffic = new Traffic()
  traffic.register({
    id: "bench",
    directory: dir,
    stages: [maskStage({ masker, anomalies }), captureStage({ interceptor, anomalies })],
    ownsSession: () => true,
  })
  return { traffic, settled: () => interceptor.settled() }
}
