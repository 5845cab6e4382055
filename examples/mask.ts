/**
 * Masks a text with known values, shows what a model would see, and restores its answer. In a checkout:
 * `npx bun examples/mask.ts`.
 */
import { createMasker } from "opencode-airlock/redact"

// A parsed .env, for example.
const masker = createMasker({ known: { PASSPHRASE: "correct horse battery" } })

const prompt = masker.mask("Put the passphrase 'correct horse battery' into config.ini.")
console.log("to the model:   ", prompt.text)
for (const { ruleId, start, end } of prompt.findings)
  console.log(`found:           ${ruleId} at ${start}-${end}`)

// The model answers with the placeholder; nobody but this masker can turn it back.
const answer = `passphrase = ${prompt.placeholders.join("")}`
const { text, restored, unresolved } = masker.restore(answer)
console.log("to your file:   ", text, `(${restored} restored, ${unresolved.length} unresolved)`)
