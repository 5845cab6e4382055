/** One measured figure. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: "ms" | "MB/s" | "x" | "MB"
  /** What the design asks for, where it does. */
  readonly floor?: { readonly at: "most" | "least"; readonly value: number }
}

/** Middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Milliseconds that `run` takes. */
export async function timed(run: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

/** Whether a figure keeps its floor; true where there is none. */
export function keepsFloor({ value, floor }: Figure): boolean {
  if (!floor) return true
  return floor.at === "most" ? value <= floor.value : value >= floor.value
}

/** Figures as a Markdown table. */
export function markdownTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, floor } = figure
    const must = floor ? `${floor.at === "most" ? "<=" : ">="} ${floor.value} ${unit}` : ""
    return `| ${name} | ${value.toFixed(value < 10 ? 2 : 1)} ${unit} | ${must} |`
  })
  return ["| what | median | must |", "|---|---|---|", ...rows].join("\n")
}
