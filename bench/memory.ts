import { spawnSync } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ROOT } from "../scripts/run-command.ts"
import { type Figure, median } from "./measure.ts"
import type { MemoryUse } from "./memory-probe.ts"

const RUNS = 3

/** What capturing a stream of 100 MB costs a process in memory, beside one that only reads it. */
export async function benchMemory(): Promise<readonly Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "airlock-bench-memory-"))
  try {
    const bare = probes("off", directory)
    const captured = probes("on", directory)
    if (captured.some(({ captures }) => captures !== 2)) throw new Error("The memory probe captured nothing.")
    const of = (uses: readonly MemoryUse[], name: "peak" | "kept" | "objects"): number =>
      median(uses.map((use) => use[name]))
    return [
      {
        name: "memory kept after capturing a 100 MB stream (RSS after GC, over before)",
        value: of(captured, "kept"),
        unit: "MB",
        floor: { at: "most", value: 32 },
      },
      { name: "the same, objects on the heap", value: of(captured, "objects"), unit: "MB" },
      {
        name: "peak while a client reads and parses it, captured (RSS over before)",
        value: of(captured, "peak"),
        unit: "MB",
      },
      { name: "peak while a client reads and parses it, not captured", value: of(bare, "peak"), unit: "MB" },
    ]
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function probes(mode: "on" | "off", directory: string): readonly MemoryUse[] {
  return Array.from({ length: RUNS }, (_, run) => {
    const args = ["--expose-gc", join(ROOT, "bench/memory-probe.ts"), mode, join(directory, `${mode}-${run}`)]
    const probe = spawnSync(join(ROOT, "node_modules/.bin/bun"), args, { encoding: "utf8" })
    if (probe.status !== 0) throw new Error(`The memory probe failed: ${probe.stderr.slice(0, 500)}`)
    const use: MemoryUse = JSON.parse(probe.stdout)
    return use
  })
}
