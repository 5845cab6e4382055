import { setTimeout as sleep } from "node:timers/promises"
import type { PluginModule } from "@opencode-ai/plugin"

const MAX_DELAY_MS = 80

/**
 * A plugin that keeps each model call waiting for 0 to 80 ms in `chat.headers`, so that calls of parallel conversations
 * overtake each other between their announcement and their request, and says so in a header. Option `seed` makes the delays
 * repeatable.
 */
const plugin: PluginModule = {
  id: "delaying",
  server: (_input, options) => {
    const seed = Number(options?.seed ?? 1)
    let state = seed
    return Promise.resolve({
      "chat.headers": async (_call, { headers }) => {
        // Linear congruential generator (Numerical Recipes).
        state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
        const delayMs = (state / 2 ** 32) * MAX_DELAY_MS
        await sleep(delayMs)
        headers[`x-delayed-${seed}`] = delayMs.toFixed(1)
      },
    })
  },
}

export default plugin
