/** Finds secrets in a file without printing them. In a checkout: `npx bun examples/scan.ts FILE`. */
import { readFile } from "node:fs/promises"
import { createScanner } from "opencode-airlock/secrets"

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error("Usage: npx bun examples/scan.ts FILE")
  process.exit(2)
}

const text = await readFile(path, "utf8")
for (const { ruleId, start, end } of createScanner({ pii: [] }).scan(text)) {
  const line = text.slice(0, start).split("\n").length
  console.log(`${path}:${line}: ${ruleId}, ${end - start} characters`)
}
