import type { ProjectPlace } from "../../config/opencode-locations.ts"
import {
  builtinRules,
  createScanner,
  CUSTOM_TITLE,
  type CustomRule,
  type Detector,
  passDetectors,
  ruleLabel,
} from "../../secrets/index.ts"
import { type Command, type CommandContext, EXIT, type OptionValues } from "../command.ts"
import { airlockDeclarations, effectiveConfig } from "../effective-config.ts"
import { failureFact } from "../failure.ts"
import { findProject } from "../project.ts"

/** What a rule looks for: the format of a vendor, secrets of any origin, what `redact.pii` or what `redact.rules` names. */
type RuleFamily = "vendor" | "general" | "personal-data" | "custom"

interface RuleEntry {
  readonly id: string
  readonly title: string
  /** Name in the audit log. */
  readonly label: string
  readonly family: RuleFamily
}

/** `airlock rules`: the ids that `redact.disableRules` takes, and the person's own rules. */
export const rulesCommand: Command = {
  name: "rules",
  summary: "List the rules that find secrets, with the ids that redact.disableRules takes",
  details: `Each line holds the id, the label that the audit log prints, the family and what is found. Families: "vendor" for
the format of one vendor, "general" for secrets of any origin, "personal-data" for what redact.pii names, "custom" for your
own rules (redact.rules), which disableRules does not take. With a configuration that is not valid the list holds the
built-in rules alone, since the mistake may be a rule id that it shows, and the exit code is 1.`,
  options: [
    {
      name: "dir",
      type: "string",
      value: "DIR",
      description: "The project whose own rules are listed too; the current directory by default",
    },
    { name: "json", type: "boolean", description: "Print JSON with a stable schema" },
  ],
  examples: [
    { line: "airlock rules", meaning: "Every rule" },
    { line: "airlock rules | grep AWSKeyDetector", meaning: "The ids behind a label of the audit log" },
    { line: "airlock rules --json | jq -r '.rules[].id'", meaning: "The ids alone" },
  ],
  run,
}

async function run(values: OptionValues, context: CommandContext): Promise<number> {
  const isJson = values.json === true
  const dir = typeof values.dir === "string" ? values.dir : undefined
  const { custom, failure } = await customRules(await findProject(context.cwd, dir, context.env))
  const rules = ruleEntries(custom)
  const error = failure === undefined ? {} : { error: failure }
  context.out(isJson ? JSON.stringify({ schema: 1, rules, ...error }, null, 2) : describe(rules, context))
  if (failure === undefined) return EXIT.ok
  if (!isJson) context.err(`Your own rules are not listed. ${failure.message}`)
  return EXIT.failed
}

interface OwnRules {
  readonly custom: readonly CustomRule[]
  /** Why they cannot be told, if so. */
  readonly failure?: ReturnType<typeof failureFact>
}

async function customRules(place: ProjectPlace): Promise<OwnRules> {
  try {
    const { declarations } = await airlockDeclarations(place)
    return { custom: (await effectiveConfig(place, declarations)).config.redact.rules }
  } catch (error) {
    return { custom: [], failure: failureFact(error) }
  }
}

function ruleEntries(custom: readonly CustomRule[]): readonly RuleEntry[] {
  const secretPasses = new Set(createScanner({ rules: [], pii: [] }).ruleIds)
  const entry = ({ id, title }: Pick<Detector, "id" | "title">, family: RuleFamily): RuleEntry => {
    return { id, title, label: ruleLabel(id), family }
  }
  return [
    ...custom.map(({ id, title = CUSTOM_TITLE }) => entry({ id, title }, "custom")),
    ...passDetectors.map((rule) => entry(rule, secretPasses.has(rule.id) ? "general" : "personal-data")),
    ...builtinRules.map((rule) => entry(rule, "vendor")),
  ]
}

function describe(rules: readonly RuleEntry[], { paint }: CommandContext): string {
  const width = (text: (rule: RuleEntry) => string): number => Math.max(...rules.map((r) => text(r).length))
  const ids = width(({ id }) => id)
  const labels = width(({ label }) => label)
  const families = width(({ family }) => family)
  return rules
    .map(({ id, label, family, title }) =>
      [id.padEnd(ids), label.padEnd(labels), paint.dim(family.padEnd(families)), title].join("  "),
    )
    .join("\n")
}
