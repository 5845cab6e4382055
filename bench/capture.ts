import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AnomalyLog } from "../src/base/anomalies.ts"
import { createInterceptor } from "../src/intercept/interceptor.ts"
import { captureStage } from "../src/pipeline/stages/capture.ts"
import { Traffic } from "../src/pipeline/traffic.ts"
import { createMasker } from "../src/redact/masker.ts"
import { chatHistory } from "./conversation.ts"
import { firstByte, startStream } from "./local-stream.ts"
import { type Figure, median } from "./measure.ts"

/** How a request is sent: by plain fetch, or through a pipeline of capturing alone. */
interface Way {
  readonly send: typeof fetch
  readonly settled: () => Promise<void>
}

interface Case {
  readonly name: string
  readonly messages: number
  readonly charsPerMessage: number
  readonly parallel: number
  readonly rounds: number
  readonly mustOn: number
}

const CASES: readonly Case[] = [
  { name: "30 KB prompt", messages: 8, charsPerMessage: 3800, parallel: 1, rounds: 200, mustOn: 0.5 },
  { name: "5 MB prompt", messages: 1280, charsPerMessage: 4000, parallel: 1, rounds: 24, mustOn: 5 },
  {
    name: "30 KB prompt, 8 streams side by side",
    messages: 8,
    charsPerMessage: 3800,
    parallel: 8,
    rounds: 60,
    mustOn: 0.5,
  },
  {
    name: "5 MB prompt, 8 streams side by side",
    messages: 1280,
    charsPerMessage: 4000,
    parallel: 8,
    rounds: 6,
    mustOn: 5,
  },
]
const MUST_OFF = 0.02
const WARM_UP = 5
const OFF_CALLS = 2000
const OFF_ROUNDS = 7

/**
 * What capturing alone adds to the time to the first byte of a streamed reply, switched on and off, against plain fetch: in
 * turn in one process, medians of the differences of rounds side by side.
 */
export async function benchCapture(): Promise<readonly Figure[]> {
  const provider = await startStream()
  const dir = await mkdtemp(join(tmpdir(), "airlock-bench-capture-"))
  try {
    const figures: Figure[] = [await offFigure(dir)]
    for (const one of CASES) figures.push(...(await measure(one, provider.url, dir)))
    return figures
  } finally {
    await provider.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function measure(one: Case, url: string, dir: string): Promise<readonly Figure[]> {
  const messages = chatHistory(one.messages, one.charsPerMessage)
  const plain: Way = { send: fetch, settled: () => Promise.resolve() }
  const ways = { plain, off: pipeline(dir, "off"), on: pipeline(dir, "on") }
  const times: Record<keyof typeof ways, number[]> = { plain: [], off: [], on: [] }
  const names = ["plain", "off", "on"] as const
  for (let round = 0; round < one.rounds + WARM_UP; round += 1) {
    const body = JSON.stringify({
      model: "m",
      stream: true,
      messages: [...messages, { role: "user", content: `${round}` }],
    })
    // Who goes first changes from round to round.
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + round) % names.length] ?? "plain"
      const way = ways[name]
      const sent = Array.from({ length: one.parallel }, () => firstByte(way.send, url, body))
      const elapsed = median(await Promise.all(sent))
      await way.settled()
      if (round >= WARM_UP) times[name].push(elapsed)
    }
  }
  const added = (name: "off" | "on"): number =>
    median(times[name].map((value, index) => value - (times.plain[index] ?? 0)))
  return [
    { name: `time to first byte, ${one.name}, no plugin`, value: median(times.plain), unit: "ms" },
    { name: `added by capturing, off, ${one.name}`, value: added("off"), unit: "ms" },
    {
      name: `added by capturing, on, ${one.name}`,
      value: added("on"),
      unit: "ms",
      floor: { at: "most", value: one.mustOn },
    },
  ]
}

/** What the pipeline itself costs a call while capturing is off: without a network, whose noise is many times larger. */
async function offFigure(dir: string): Promise<Figure> {
  const answer = new Response(null, { status: 204 })
  const host = (): Promise<Response> => Promise.resolve(answer)
  const { traffic } = pipeline(dir, "off")
  const body = JSON.stringify({ model: "m", stream: true, messages: chatHistory(8, 3800) })
  const init = { method: "POST", body, headers: { "x-session-id": "ses_bench" } }
  const url = "http://127.0.0.1:1/v1/chat/completions"
  const perCall = async (send: () => Promise<Response>): Promise<number> => {
    const startedAt = performance.now()
    for (let call = 0; call < OFF_CALLS; call += 1) await send()
    return (performance.now() - startedAt) / OFF_CALLS
  }
  const differences: number[] = []
  for (let round = 0; round <= OFF_ROUNDS; round += 1) {
    const through = await perCall(() => traffic.handle({ input: url, init }, host))
    const plain = await perCall(host)
    if (round > 0) differences.push(through - plain)
  }
  const value = median(differences)
  return {
    name: "added by capturing, off, per call of 30 KB",
    value,
    unit: "ms",
    floor: { at: "most", value: MUST_OFF },
  }
}

function pipeline(dir: string, state: "on" | "off"): Way & { readonly traffic: Traffic } {
  const anomalies = new AnomalyLog()
  const masker = createMasker()
  const interceptor = createInterceptor({
    root: join(dir, "captures"),
    scrubText: (text) => masker.mask(text).text,
    live: masker,
    anomalies,
  })
  void interceptor.command(state, "ses_bench")
  const traffic = new Traffic()
  traffic.register({
    id: `bench-${state}`,
    directory: dir,
    stages: [captureStage({ interceptor, anomalies })],
    ownsSession: () => true,
  })
  const send: typeof fetch = Object.assign(
    (input: RequestInfo | URL, init?: RequestInit) => traffic.handle({ input, init }, fetch),
    fetch,
  )
  return { send, traffic, settled: () => interceptor.settled() }
}
