import type { JsonObject } from "../base/json.ts"

/**
 * The error body of the OpenAI APIs and of everything that imitates them. `type` is fixed: OpenCode retries
 * whatever body names a `server_error` or a `rate_limit`, whatever the status.
 */
export function openAiErrorBody(message: string, code: string): JsonObject {
  return { error: { message, type: "invalid_request_error", param: null, code } }
}
