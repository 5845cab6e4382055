import { setTimeout as sleep } from "node:timers/promises"

/** Waits until `condition` holds, looking every 10 ms; throws after `withinMs`. */
export async function waitFor(condition: () => boolean | Promise<boolean>, withinMs = 8000): Promise<void> {
  const endMs = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > endMs)
      throw new Error(`Waited ${withinMs} ms in vain for ${condition.toString()}`)
    await sleep(10)
  }
}
