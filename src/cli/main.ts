import { parseArgs } from "node:util"
import { errorMessage } from "../base/errors.ts"
import { VERSION } from "../base/version.ts"
import { nearestName } from "../config/nearest.ts"
import { type Command, type CommandContext, EXIT, type OptionValues } from "./command.ts"
import { configCommand } from "./commands/config.ts"
import { doctorCommand } from "./commands/doctor.ts"
import { rulesCommand } from "./commands/rules.ts"
import { CommandError, tellFailure } from "./failure.ts"
import { commandHelp, overview } from "./help.ts"

/** Every command. Adding one is a file in `commands/` and a line here. */
const COMMANDS: readonly Command[] = [doctorCommand, configCommand, rulesCommand]

/** Runs `airlock` with its arguments (without node and script) and answers the exit code. Never throws. */
export async function main(args: readonly string[], context: CommandContext): Promise<number> {
  const [first, ...rest] = args
  if (first === undefined) return show([], context)
  if (first === "--help" || first === "-h")
    return rest.length > 0 ? surplus(rest, context) : show([], context)
  if (first === "--version" || first === "-v") {
    return rest.length > 0 ? surplus(rest, context) : print(VERSION, context)
  }
  if (first === "help") return show(rest, context)
  const command = COMMANDS.find(({ name }) => name === first)
  if (command === undefined) return unknownCommand(first, context)
  return runCommand(command, rest, context)
}

async function runCommand(
  command: Command,
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  let values: OptionValues
  try {
    values = readOptions(command, args)
  } catch (error) {
    const problem = new CommandError("USAGE", usageProblem(command, error))
    tellFailure(problem, args.includes("--json"), context, `airlock ${command.name} --help`)
    return EXIT.unusable
  }
  if (values.help === true) return print(commandHelp(command, context.paint), context)
  try {
    return await command.run(values, context)
  } catch (error) {
    tellFailure(error, values.json === true, context)
    return EXIT.unusable
  }
}

function readOptions(command: Command, args: readonly string[]): OptionValues {
  const options: Record<string, { type: "boolean" | "string"; short?: string }> = {
    help: { type: "boolean", short: "h" },
  }
  for (const { name, type } of command.options) options[name] = { type }
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
  const read: Record<string, string | boolean | undefined> = {}
  for (const [name, value] of Object.entries(values)) {
    if (value === "") throw new Error(`--${name} needs a value.`)
    if (typeof value === "string" || typeof value === "boolean") read[name] = value
  }
  return read
}

function usageProblem(command: Command, error: unknown): string {
  const message = errorMessage(error)
  const extra = /^Unexpected argument '([^']*)'/.exec(message)?.[1]
  if (extra !== undefined) return `airlock ${command.name} takes no argument "${extra}", only options`
  const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1]
  if (unknown === undefined) return message
  const near = nearestName(unknown, ["help", ...command.options.map(({ name }) => name)])
  return `airlock ${command.name} has no option --${unknown}${near === undefined ? "" : `; did you mean --${near}?`}`
}

function show([name, ...others]: readonly string[], context: CommandContext): number {
  if (others.length > 0) return surplus(others, context)
  if (name === undefined || name === "help") return print(overview(COMMANDS, VERSION, context.paint), context)
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (command === undefined) return unknownCommand(name, context)
  return print(commandHelp(command, context.paint), context)
}

function unknownCommand(name: string, context: CommandContext): number {
  const names = COMMANDS.map((command) => command.name)
  const near = nearestName(name, [...names, "help"])
  const hint =
    near === undefined ? `the commands are ${[...names, "help"].join(", ")}` : `did you mean "${near}"?`
  return misuse(`"${name}" is not a command; ${hint}`, "airlock --help", context)
}

function surplus([extra = ""]: readonly string[], context: CommandContext): number {
  return misuse(`"${extra}" is one argument too many`, "airlock --help", context)
}

function misuse(problem: string, help: string, context: CommandContext): number {
  tellFailure(new CommandError("USAGE", problem), false, context, help)
  return EXIT.unusable
}

function print(text: string, context: CommandContext): number {
  context.out(text)
  return EXIT.ok
}
