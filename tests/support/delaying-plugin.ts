import { setTimeout as sleep } from "node:timers/promises"
import type { PluginModule } from "@opencode-ai/plugin"

const MAX_DELAY_MS = 80

/**
 * A plugin that keeps each model call waiting for 0 to 80 ms in `chat.headers`, so that calls of parallel conversations
 * overtake each other between their announcement and their request. Option `seed` makes the delays repeatable.
 */
const plugin: PluginModule = {
  id: "delaying",
  server: (_input, options) => {
    let state = Number(options?.seed ?? 1)
    return Promise.resolve({
      "chat.headers": async () => {
        // Linear congruential generator (Numerical Recipes).
        state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
        await sleep((state / 2 ** 32) * MAX_DELAY_MS)
      },
    })
  },
}

export default plugin
