/** Counts what was masked, by label, from an audit log. In a checkout: `npx bun examples/audit-summary.ts FILE.jsonl`. */
import { readFile } from "node:fs/promises"

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error("Usage: npx bun examples/audit-summary.ts FILE.jsonl")
  process.exit(2)
}

const totals = new Map<string, number>()
for (const line of (await readFile(path, "utf8")).split("\n").filter(Boolean)) {
  const entry: { countsByLabel: Record<string, number> } = JSON.parse(line)
  for (const [label, count] of Object.entries(entry.countsByLabel)) {
    totals.set(label, (totals.get(label) ?? 0) + count)
  }
}
for (const [label, count] of [...totals].toSorted((a, b) => b[1] - a[1])) console.log(`${count}\t${label}`)
