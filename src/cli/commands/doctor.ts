import { type Command, type CommandContext, EXIT, type OptionValues } from "../command.ts"
import type { Check, CheckStatus } from "../doctor/check.ts"
import { type Diagnosis, diagnose } from "../doctor/diagnose.ts"
import type { Paint } from "../paint.ts"
import { findProject } from "../project.ts"

/** `airlock doctor`: whether secrets of this project are being masked, and if not, why. */
export const doctorCommand: Command = {
  name: "doctor",
  summary: "Check that Airlock is configured, loaded and in the way of every request",
  details: `OpenCode does not show a plugin that failed to load, and without Airlock nothing is masked. This command looks at
OpenCode's configuration, at what OpenCode would load, at the running processes and at the sign of life that each
loaded Airlock leaves. "unknown" means that it cannot be told now; it does not fail the command.`,
  options: [
    {
      name: "dir",
      type: "string",
      value: "DIR",
      description: "The project; the current directory by default",
    },
    { name: "json", type: "boolean", description: "Print JSON with a stable schema" },
  ],
  examples: [
    { line: "airlock doctor", meaning: "Check the project in this directory" },
    { line: "airlock doctor --dir ~/work/shop", meaning: "Check another project" },
    { line: "airlock doctor --json | jq '.checks[] | select(.status == \"fail\")'", meaning: "What failed" },
  ],
  run,
}

async function run(values: OptionValues, context: CommandContext): Promise<number> {
  const dir = typeof values.dir === "string" ? values.dir : undefined
  const diagnosis = await diagnose(await findProject(context.cwd, dir, context.env))
  context.out(values.json === true ? JSON.stringify(diagnosis, null, 2) : describe(diagnosis, context.paint))
  return diagnosis.ok ? EXIT.ok : EXIT.failed
}

function describe({ version, directory, checks }: Diagnosis, paint: Paint): string {
  const lines = checks.map((check) => describeCheck(check, paint))
  return [
    `${paint.bold(`Airlock ${version}`)} in ${directory}\n`,
    ...lines,
    `\n${verdict(checks, paint)}`,
  ].join("\n")
}

const SIGNS: Readonly<Record<CheckStatus, string>> = {
  ok: "ok  ",
  warn: "warn",
  fail: "FAIL",
  unknown: "?   ",
}

function describeCheck({ id, status, subject, message, fix }: Check, paint: Paint): string {
  const sign = colourOf(status, paint)(SIGNS[status])
  const about = subject === undefined || message.includes(subject) ? "" : `${subject}: `
  const advice = fix === undefined ? "" : `\n${" ".repeat(24)}${paint.dim(`-> ${fix}`)}`
  return `${sign}  ${id.padEnd(16)}  ${about}${message}${advice}`
}

function colourOf(status: CheckStatus, paint: Paint): (text: string) => string {
  if (status === "ok") return paint.green
  if (status === "fail") return paint.red
  return status === "warn" ? paint.yellow : paint.dim
}

function verdict(checks: readonly Check[], paint: Paint): string {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length
  const failed = count("fail")
  if (failed > 0) return paint.red(`${failed} of ${checks.length} checks failed: masking is not guaranteed.`)
  const open = [
    count("warn") > 0 ? `${count("warn")} warnings` : "",
    count("unknown") > 0 ? `${count("unknown")} not known yet` : "",
  ].filter((text) => text !== "")
  return paint.green(`No check failed${open.length === 0 ? "." : ` (${open.join(", ")}).`}`)
}
