import { existsSync } from "node:fs"
import { join } from "node:path"
import { argumentsOr, misuse } from "./arguments.ts"
import { builtInCorpus } from "./eval/built-in-corpus.ts"
import { type Corpus, readCorpus } from "./eval/corpus.ts"
import { evaluate } from "./eval/evaluate.ts"
import { readFloors, verdicts } from "./eval/floors.ts"
import { markdownReport } from "./eval/report.ts"

const HELP = `Usage: npx bun run eval [folder] [--misses] [--brief] [--json]

Measures what detection finds and what it masks wrongly, and holds it against bench/eval/floors.json.

folder       a corpus: positives.jsonl, negatives.jsonl, adversarial.jsonl, known-values.jsonl, bench10mb.txt.gz.
             Without it: the corpus of AIRLOCK_CORPUS or in ../shared/corpus, if there is one, and the built-in one,
             which is made from the rules' formats, made-up services and the sources of installed packages
--misses     list also what was missed or masked wrongly: provider or kind and rule
--brief      leave out recall by provider and the list of masks in clean text
--json       everything as JSON

Nothing that is printed holds a secret. Exit codes: 0 all floors are kept, 1 one is missed, 2 used wrongly.
Examples: npx bun run eval
          npx bun run eval corpus --misses
`

const { values, positionals } = argumentsOr(HELP, {
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    misses: { type: "boolean", default: false },
    brief: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
if (positionals.length > 1) misuse(HELP, "Give one folder at most.")

const evaluations = corpora(positionals[0]).map((corpus) => {
  console.error(`evaluating the ${corpus.name} …`)
  return evaluate(corpus)
})
const floors = readFloors()
const results = evaluations.map((evaluation) =>
  Object.assign({ floors: verdicts(evaluation, floors) }, evaluation),
)
if (values.json) console.log(JSON.stringify(results, null, 2))
else for (const result of results) console.log(markdownReport(result, result.floors, values))
const missed = results.flatMap(({ corpus, floors: held }) =>
  held.filter(({ keeps }) => !keeps).map(({ figure, value, must }) => ({ corpus, figure, value, must })),
)
for (const { corpus, figure, value, must } of missed)
  console.error(`missed: ${figure} is ${value ?? "not measured"}, must be ${must} (${corpus})`)
process.exit(missed.length > 0 ? 1 : 0)

function corpora(folder: string | undefined): Corpus[] {
  if (folder !== undefined) return [given(folder)]
  const named = process.env.AIRLOCK_CORPUS
  if (named !== undefined) return [given(named), builtInCorpus()]
  const beside = join(import.meta.dirname, "../../shared/corpus")
  return existsSync(beside) ? [given(beside), builtInCorpus()] : [builtInCorpus()]
}

function given(folder: string): Corpus {
  try {
    return readCorpus(folder)
  } catch (error) {
    console.error(error instanceof Error ? error.message : `${folder} cannot be read`)
    return process.exit(2)
  }
}
