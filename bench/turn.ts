import { createMasker } from "../src/redact/masker.ts"
import { openaiChat } from "../src/wire/dialects/openai-chat.ts"
import { chatHistory, sourceText } from "./conversation.ts"
import { type Figure, median, timed } from "./measure.ts"

const PARTS = 400
const CHARS = 4096
const TURNS = 40

/** What masking costs per turn of a conversation whose history (1.6 MB in 400 parts) is already known. */
export async function benchTurn(): Promise<readonly Figure[]> {
  const masker = createMasker()
  const history = chatHistory(PARTS, CHARS)
  const cold = await timed(() => maskParts(history))
  const unchanged: number[] = []
  const growing: number[] = []
  const bodies: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    unchanged.push(await timed(() => maskParts(history)))
    const fresh = sourceText(2048, 10_000 + turn)
    growing.push(await timed(() => maskParts([...history, { content: fresh }])))
    // A body's texts come fresh from JSON.parse, so their hashes are not yet known to the engine.
    const body = JSON.parse(JSON.stringify({ model: "m", stream: true, messages: history }))
    bodies.push(await timed(() => masker.maskBody(body, openaiChat)))
  }
  return [
    { name: "first look at a 1.6 MB history", value: cold, unit: "ms" },
    {
      name: "turn over the unchanged 1.6 MB history (hooks)",
      value: median(unchanged),
      unit: "ms",
      floor: { at: "most", value: 1 },
    },
    { name: "turn that adds 2 KB to it (hooks)", value: median(growing), unit: "ms" },
    { name: "the same history as a parsed request body (wire)", value: median(bodies), unit: "ms" },
  ]

  function maskParts(parts: readonly { readonly content: string }[]): void {
    for (const part of parts) masker.mask(part.content)
  }
}
