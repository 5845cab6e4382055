import { type JsonValue, parseJson } from "../base/json.ts"
import type { ReplayToolCall } from "./dialect.ts"

/**
 * What a tool gets for the arguments of a call, parsed as the AI SDK parses them: no text at all is an empty object, free
 * text is itself. `undefined` where the text is no JSON, for example because it was cut off.
 */
export function toolInput(call: Pick<ReplayToolCall, "arguments" | "freeText">): JsonValue | undefined {
  if (call.freeText) return call.arguments
  return call.arguments.trim() === "" ? {} : parseJson(call.arguments)
}
