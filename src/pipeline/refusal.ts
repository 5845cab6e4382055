import type { Dialect } from "../wire/dialect.ts"
import { openaiChat } from "../wire/dialects/openai-chat.ts"
import { AirlockError, type AirlockErrorCode } from "../base/errors.ts"

const REPORT = "run `airlock doctor`, and report this with the version of Airlock, please."

/**
 * The answer to a request that Airlock did not send: HTTP 400 with an error body in the provider's own form, which
 * the provider SDK turns into a readable error and OpenCode does not retry. OpenCode 1.18 also retries any error
 * whose text looks temporary to it ("try again later", "timed out", a bare 429 or 500), so messages hold neither
 * such words nor numbers of ours.
 */
export function refusal(error: unknown, dialect: Dialect | undefined): Response {
  const code: AirlockErrorCode = error instanceof AirlockError ? error.code : "MASK_FAILED"
  // The message of an unexpected error may quote the request, so only its name is told.
  const name = error instanceof Error ? error.name : "unknown error"
  const message =
    error instanceof AirlockError ? error.message : `It could not be masked (${name}); ${REPORT}`
  const text = `Airlock stopped this request before it left your machine. ${message}`
  const form = dialect ?? openaiChat
  return new Response(JSON.stringify(form.errorBody(text, code)), {
    status: 400,
    statusText: "Bad Request",
    headers: { "content-type": "application/json", "x-airlock": code },
  })
}
