import { builtinRules, createScanner, type Detector, passDetectors, ruleLabel } from "../../secrets/index.ts"
import { type Command, type CommandContext, EXIT, type OptionValues } from "../command.ts"

/** What a rule looks for: the format of a vendor, secrets of any origin, or what `redact.pii` names. */
type RuleFamily = "vendor" | "general" | "personal-data"

interface RuleEntry {
  readonly id: string
  readonly title: string
  /** Name in the audit log. */
  readonly label: string
  readonly family: RuleFamily
}

/** `airlock rules`: the ids that `redact.disableRules` takes. */
export const rulesCommand: Command = {
  name: "rules",
  summary: "List the rules that find secrets, with the ids that redact.disableRules takes",
  details: `Each line holds the id, the label that the audit log prints, the family and what is found. Families: "vendor" for
the format of one vendor, "general" for secrets of any origin, "personal-data" for what redact.pii names.`,
  options: [{ name: "json", type: "boolean", description: "Print JSON with a stable schema" }],
  examples: [
    { line: "airlock rules", meaning: "Every rule" },
    { line: "airlock rules | grep AWSKeyDetector", meaning: "The ids behind a label of the audit log" },
    { line: "airlock rules --json | jq -r '.rules[].id'", meaning: "The ids alone" },
  ],
  run,
}

function run(values: OptionValues, context: CommandContext): Promise<number> {
  const rules = ruleEntries()
  context.out(values.json === true ? JSON.stringify({ schema: 1, rules }, null, 2) : describe(rules, context))
  return Promise.resolve(EXIT.ok)
}

function ruleEntries(): readonly RuleEntry[] {
  const secretPasses = new Set(createScanner({ rules: [], pii: [] }).ruleIds)
  const entry = ({ id, title }: Detector, family: RuleFamily): RuleEntry => {
    return { id, title, label: ruleLabel(id), family }
  }
  return [
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
