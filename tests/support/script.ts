import type { ProviderRequest, Script } from "./provider/start-provider.ts"
import type { Reply, ScriptedToolCall } from "./provider/step.ts"

/** What OpenCode asks for with a request, told from its own fixed prompts (1.18). */
export type Purpose = "turn" | "title" | "compaction" | "copy-name" | "agent-create"

export function purposeOf(request: ProviderRequest): Purpose {
  const system = request.view.system.trimStart()
  if (system.startsWith("You are a title generator")) return "title"
  if (system.startsWith("You are a context summarization agent")) return "compaction"
  if (system.startsWith("You are an elite AI agent architect")) return "agent-create"
  const first = request.view.messages[0]?.text ?? ""
  return first.startsWith("Generate a short 2-3 word name") ? "copy-name" : "turn"
}

/** Text of the last message: what the person said, or what the last tool answered. */
export function lastText(request: ProviderRequest): string {
  const last = request.view.messages.at(-1)
  if (last === undefined) return ""
  return [last.text, ...last.toolResults.map((result) => result.text)].join("\n").trim()
}

/** Whether the last message brings tool results. */
export function hasToolResult(request: ProviderRequest): boolean {
  return (request.view.messages.at(-1)?.toolResults.length ?? 0) > 0
}

/** A model that calls one tool when the person speaks, and says `done` when the tool has answered. */
export function callsTool(call: (request: ProviderRequest) => ScriptedToolCall, done = "Done."): Script {
  return (request) => (hasToolResult(request) ? { text: done } : { toolCalls: [call(request)] })
}

/** An object reply: through the `json` tool where the SDK asks for one, as JSON text otherwise. */
export function objectReply(request: ProviderRequest, value: Readonly<Record<string, unknown>>): Reply {
  if (request.view.tools.includes("json")) return { toolCalls: [{ name: "json", arguments: value }] }
  return { text: JSON.stringify(value) }
}
