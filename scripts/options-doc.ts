import { readFile, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { configReference } from "./configuration-page.ts"

/** Writes `docs/configuration.md` from the schema. `--check` only compares: exit code 1 if the page is out of date. */
const path = fileURLToPath(new URL("../docs/configuration.md", import.meta.url))
const wanted = configReference()
const check = process.argv.includes("--check")
const present = await readFile(path, "utf8").catch(() => "")

if (present === wanted) {
  console.log("docs/configuration.md is up to date.")
} else if (check) {
  console.error("docs/configuration.md is out of date. Run: bun scripts/options-doc.ts")
  process.exitCode = 1
} else {
  await writeFile(path, wanted)
  console.log("docs/configuration.md written.")
}
