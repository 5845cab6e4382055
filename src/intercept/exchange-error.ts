import { AirlockError, errorMessage } from "../base/errors.ts"

/** Whether a fetch ended because its signal was aborted (DOMException `AbortError`). */
export function isAbortError(error: unknown): boolean {
  return nameOf(error) === "AbortError"
}

/** Whether a time limit ended it: `AbortSignal.timeout`, undici's header, body and connect limits. */
export function isTimeoutError(error: unknown): boolean {
  return causes(error).some((cause) => /Timeout(?:Error)?$/.test(nameOf(cause)))
}

/** What a failed fetch says, with its causes: Node hides the reason (ECONNREFUSED) behind `fetch failed`. */
export function networkMessage(error: unknown): string {
  const messages = causes(error).map((cause) => {
    const message = errorMessage(cause)
    const code = codeOf(cause)
    return code === undefined || message.includes(code) ? message : `${code}: ${message}`
  })
  return [...new Set(messages)].join(": ")
}

const MAX_CAUSES = 4

function causes(error: unknown): unknown[] {
  const found: unknown[] = [error]
  while (found.length < MAX_CAUSES) {
    const last = found.at(-1)
    if (!(last instanceof Error) || last.cause === undefined) break
    found.push(last.cause)
  }
  return found
}

/** The name of an error, which quotes nothing. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ""
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined
}

/** What to report of a capture that could not be written. */
// A failed system call names paths of ours. Whatever else went wrong may quote what it was working on.
export function writeFailure(error: unknown): { phase: string; message: string } {
  if (error instanceof AirlockError) {
    const phase = error.code === "FILE_UNSAFE" ? "capture/path-safety" : "capture/dump-write"
    return { phase, message: error.message }
  }
  const isSystemError = error instanceof Error && "code" in error && "syscall" in error
  const message = isSystemError ? errorMessage(error) : `the capture could not be written (${nameOf(error)})`
  return { phase: "capture/dump-write", message }
}
