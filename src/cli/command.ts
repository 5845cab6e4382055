import type { Env } from "../base/paths.ts"
import type { Paint } from "./paint.ts"

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** What was asked about is not in order, for example a check of `doctor` failed. */
  failed: 1,
  /** The command could not do its work, or was not used as it wants to be. */
  unusable: 2,
} as const

/** What a command may touch, so that tests can run it in a world of their own. */
export interface CommandContext {
  readonly env: Env
  readonly cwd: string
  readonly paint: Paint
  /** Writes to standard output; a newline is added. */
  out(text: string): void
  /** Writes to standard error; a newline is added. */
  err(text: string): void
}

interface CommandOption {
  readonly name: string
  readonly type: "boolean" | "string"
  /** Name of the value in the help, for a string option. */
  readonly value?: string
  readonly description: string
}

export interface Example {
  readonly line: string
  readonly meaning: string
}

/** Values of a command's options as given; absent ones are undefined. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** One command of `airlock`. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** What the help says below the usage line; may be empty. */
  readonly details: string
  readonly options: readonly CommandOption[]
  readonly examples: readonly Example[]
  /** Answers the exit code. */
  run(values: OptionValues, context: CommandContext): Promise<number>
}
