import type { Command, Example } from "./command.ts"
import type { Paint } from "./paint.ts"

const EXIT_CODES = `0  in order
1  not in order: a check failed, or the configuration is not valid
2  the command could not do its work, or was used wrongly`

/** What `airlock --help` prints. */
export function overview(commands: readonly Command[], version: string, paint: Paint): string {
  const rows = commands.map(({ name, summary }): readonly [string, string] => [name, summary])
  return [
    `${paint.bold("airlock")} ${version}: the boundary between your machine and model providers`,
    `\n${paint.bold("Usage")}\n  airlock <command> [options]`,
    `\n${paint.bold("Commands")}\n${table([...rows, ["help <command>", "Show the help of a command"]])}`,
    `\n${paint.bold("Options")}\n${table([
      ["-h, --help", "Show this help"],
      ["-v, --version", "Show the version"],
    ])}`,
    `\n${paint.bold("Exit codes")}\n${indent(EXIT_CODES)}`,
    `\nColour is used on a terminal only, and not where NO_COLOR is set.`,
  ].join("\n")
}

/** What `airlock <command> --help` prints. */
export function commandHelp(command: Command, paint: Paint): string {
  const options = command.options.map(({ name, value, description }): readonly [string, string] => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    description,
  ])
  return [
    `${paint.bold(`airlock ${command.name}`)}: ${command.summary}`,
    `\n${paint.bold("Usage")}\n  airlock ${command.name} [options]`,
    ...(command.details === "" ? [] : [`\n${command.details}`]),
    `\n${paint.bold("Options")}\n${table([...options, ["-h, --help", "Show this help"]])}`,
    `\n${paint.bold("Examples")}\n${command.examples.map((example) => exampleText(example, paint)).join("\n")}`,
    `\n${paint.bold("Exit codes")}\n${indent(EXIT_CODES)}`,
  ].join("\n")
}

function exampleText({ line, meaning }: Example, paint: Paint): string {
  return `  ${line}\n      ${paint.dim(meaning)}`
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n")
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ")
}
