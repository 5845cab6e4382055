import type { ViewedMessage, WireFormat } from "../dialect.ts"
import { anyText, contentText, freshId, object, objects, sse, string } from "../read.ts"
import { chunksOf, type Reply, usageOf } from "../step.ts"
import type { JsonObject } from "../../../../src/base/json.ts"

/** Gemini generateContent and streamGenerateContent (`contents` instead of `messages`). */
export const googleGenerateContent: WireFormat = {
  dialect: "google-generate-content",
  streamType: "text/event-stream",
  matches: (path) => /:(stream)?generateContent$/i.test(path),
  streamed: (path) => path.endsWith(":streamGenerateContent"),
  view: (body) => ({
    system: contentText(object(body.systemInstruction).parts),
    messages: objects(body.contents).map(viewContent),
    tools: objects(body.tools).flatMap((tool) =>
      objects(tool.functionDeclarations).map((declaration) => string(declaration.name)),
    ),
  }),
  json: (reply, model) => chunk(parts(reply), model, reply),
  frames: (reply, model) => {
    const all = parts(reply)
    const last = all.pop() ?? { text: "" }
    return [...all.map((part) => sse(chunk([part], model))), sse(chunk([last], model, reply))]
  },
  error: (status, message) => ({
    error: { code: status, message, status: status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT" },
  }),
}

function parts(reply: Reply): object[] {
  return [
    ...chunksOf(reply.reasoning).map((text) => ({ text, thought: true })),
    ...chunksOf(reply.text).map((text) => ({ text })),
    ...(reply.toolCalls ?? []).map((call) => ({
      functionCall: { name: call.name, args: call.arguments },
      thoughtSignature: "U0lHTkVELUJZLVBST1ZJREVS",
    })),
  ]
}

function chunk(some: readonly object[], model: string, end?: Reply): object {
  const candidate = { content: { parts: some, role: "model" }, index: 0 }
  const head = { modelVersion: model, responseId: freshId("resp") }
  if (end === undefined) return { ...head, candidates: [candidate] }
  const { inputTokens, outputTokens } = usageOf(end)
  return {
    ...head,
    candidates: [{ ...candidate, finishReason: "STOP" }],
    usageMetadata: {
      promptTokenCount: inputTokens,
      candidatesTokenCount: outputTokens,
      totalTokenCount: inputTokens + outputTokens,
    },
  }
}

function viewContent(content: JsonObject): ViewedMessage {
  const all = objects(content.parts)
  const results = all
    .filter((part) => part.functionResponse !== undefined)
    .map((part) => object(part.functionResponse))
  const calls = all.filter((part) => part.functionCall !== undefined).map((part) => object(part.functionCall))
  return {
    role: content.role === "model" ? "assistant" : results.length > 0 ? "tool" : "user",
    text: contentText(content.parts),
    toolCalls: calls.map((call) => ({ id: "", name: string(call.name), arguments: anyText(call.args) })),
    toolResults: results.map((result) => ({ id: "", text: anyText(object(result.response).content) })),
  }
}
