/**
 * Stable codes of every error that Airlock itself raises. Callers may switch over them exhaustively.
 */
export type AirlockErrorCode =
  | "CONFIG_INVALID"
  | "CONFIG_UNREADABLE"
  | "FILE_UNSAFE"
  | "MASK_FAILED"
  | "MASK_BODY_UNREADABLE"
  | "MASK_BODY_SIGNED"
  | "MASK_BODY_UNKNOWN"
  | "RESTORE_UNRESOLVED"
  | "TRANSPORT_UNSEEN"

/**
 * Base of every error Airlock raises on purpose. `message` says what failed and what to do; neither it nor any
 * other field ever carries a secret, a header value or a request body.
 */
export class AirlockError extends Error {
  readonly code: AirlockErrorCode

  constructor(code: AirlockErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "AirlockError"
    this.code = code
  }
}

/** Text of whatever was thrown, on one line, without a stack. */
export function errorMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, " ").trim() || "unknown error"
}
