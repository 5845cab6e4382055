import { afterAll, beforeAll, expect, test } from "vitest"
import { canary } from "../support/canary.ts"
import type { ProviderDialect } from "../support/provider/dialect.ts"
import { type Rig, startRig } from "./intercept/rig.ts"

/* A person pastes a secret in two pieces, as two parts of one message: neither piece may reach the provider. */

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
}, 30_000)
afterAll(() => rig?.stop(), 10_000)

const dialects: readonly ProviderDialect[] = [
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "google-generate-content",
  "bedrock-converse",
]

test.each(dialects)(
  "%s: no piece of a secret that is split over two parts reaches the provider",
  async (dialect) => {
    await rig.prove(async () => {
      const { value } = canary(`split ${dialect}`)
      const pieces = [value.slice(0, 18), value.slice(18)]
      const name = `split-${dialect}`
      const { client } = await rig.project(name, dialect, () => ({ text: "Thanks." }))
      const session = await client.createSession({ title: "Split" })
      const parts = [
        { type: "text", text: `Here is where it begins: ${pieces[0]}` },
        { type: "text", text: `${pieces[1]} is where it ends.` },
      ]
      await client.prompt(session, { parts })
      const sent = rig.provider.lane(name).map(({ text }) => text)
      expect(sent.some((text) => text.includes("where it begins") && text.includes("where it ends"))).toBe(
        true,
      )
      for (const text of sent) for (const piece of pieces) expect(text.includes(piece)).toBe(false)
    })
  },
  15_000,
)
