import { createMasker } from "../src/redact/masker.ts"
import { createScanner } from "../src/secrets/scanner.ts"
import { anthropicMessages } from "../src/wire/dialects/anthropic-messages.ts"
import { openaiChat } from "../src/wire/dialects/openai-chat.ts"
import { chatHistory, sourceText } from "./conversation.ts"
import { type Figure, median, timed } from "./measure.ts"

const PARTS = 400
const CHARS = 4096
const TURNS = 40
const STRINGS = 10_000

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
    ...(await benchManyStrings()),
  ]

  function maskParts(parts: readonly { readonly content: string }[]): void {
    for (const part of parts) masker.mask(part.content)
  }
}

/**
 * A tool call whose argument is a list of many short strings, and what the masker that remembers them costs the garbage
 * collector from then on.
 */
async function benchManyStrings(): Promise<readonly Figure[]> {
  const items = Array.from({ length: STRINGS }, (_, index) => `word${index}`)
  const call = { type: "tool_use", id: "a", name: "list", input: { items } }
  const body = { model: "m", messages: [{ role: "assistant", content: [call] }] }
  // Compiled before: this is about the masker.
  const scanner = createScanner()
  scanner.scan("warm")
  const first: number[] = []
  const collections: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const masker = createMasker({ scanner })
    first.push(await timed(() => masker.maskBody(body, anthropicMessages)))
    collections.push(await timed(() => collectGarbage()))
    // Still in use, so that the collection could not take it.
    masker.maskBody(body, anthropicMessages)
  }
  return [
    {
      name: "100 KB body of 10 000 strings, first mask",
      value: median(first),
      unit: "ms",
      floor: { at: "most", value: 150 },
    },
    {
      name: "full collection after it",
      value: median(collections),
      unit: "ms",
      floor: { at: "most", value: 100 },
    },
  ]
}

/** A full collection by the engine that the bench runs in. */
function collectGarbage(): void {
  const bun: unknown = Reflect.get(globalThis, "Bun")
  const collect: unknown = typeof bun === "object" && bun !== null ? Reflect.get(bun, "gc") : undefined
  if (typeof collect !== "function") throw new Error("the bench runs in Bun")
  Reflect.apply(collect, bun, [true])
}
