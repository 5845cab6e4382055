import { AirlockError, errorMessage } from "../base/errors.ts"
import type { CommandContext } from "./command.ts"

/** Codes of what goes wrong in the command line itself; stable, since `--json` prints them. */
type FailureCode = "USAGE" | "DIRECTORY_MISSING" | "NOT_A_DIRECTORY"

/** A failure that a person can do something about. */
export class CommandError extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string) {
    super(message)
    this.name = "CommandError"
    this.code = code
  }
}

/**
 * Tells of a failure: a person on standard error, a program (`--json`) as `{ "error": { code, message } }` on standard
 * output, so that what it reads is always JSON.
 *
 * @param help where a person reads on.
 */
export function tellFailure(error: unknown, json: boolean, context: CommandContext, help?: string): void {
  if (json) {
    context.out(JSON.stringify({ error: failureFact(error) }, null, 2))
    return
  }
  const { message } = failureFact(error)
  const hint = help === undefined ? "" : `\n${context.paint.dim(`See ${help}`)}`
  context.err(`${context.paint.red("error:")} ${message}${hint}`)
}

/** What a program is told of a failure. */
export function failureFact(error: unknown): { readonly code: string; readonly message: string } {
  return { code: codeOf(error), message: errorMessage(error) }
}

function codeOf(error: unknown): string {
  return error instanceof AirlockError || error instanceof CommandError ? error.code : "UNEXPECTED"
}
