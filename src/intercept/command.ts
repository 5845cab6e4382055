/** What a subcommand may do. */
export interface CommandTarget {
  enable(): void
  disable(): void
}

/** One form of `/intercept`. */
interface CommandForm {
  /** The arguments, separated by one space; `""` for none. Case matters. */
  readonly args: string
  /** Last word of the reply's heading. */
  readonly heading: string
  readonly run?: (target: CommandTarget) => void
}

const FORMS: readonly CommandForm[] = [
  { args: "", heading: "Status" },
  { args: "on", heading: "Enabled", run: (target) => target.enable() },
  { args: "off", heading: "Disabled", run: (target) => target.disable() },
]

/**
 * Runs `/intercept <args>` and answers the reply (seed 000). Anything but the known forms answers usage and changes
 * nothing.
 *
 * @param status called after the form ran, so that the reply shows the new state.
 */
export function runCommand(args: string, target: CommandTarget, status: () => readonly string[]): string {
  const given = args.trim().split(/\s+/).join(" ")
  const form = FORMS.find((candidate) => candidate.args === given)
  if (form === undefined) return reply("Usage", [usageLine(), "", ...status()])
  form.run?.(target)
  return reply(form.heading, status())
}

function reply(heading: string, lines: readonly string[]): string {
  return [`## Interceptor ${heading}`, "", ...lines].join("\n")
}

function usageLine(): string {
  const forms = FORMS.map(({ args }) => `\`${`/intercept ${args}`.trim()}\``)
  return `Usage: ${forms.slice(0, -1).join(", ")}, or ${forms.at(-1) ?? ""}.`
}
