import { eventStreamMessage } from "../provider/event-stream.ts"
import type { FixtureEvent, ParityFixture } from "./fixture.ts"
import type { ServedReply } from "./reply-server.ts"

const SSE = { "content-type": "text/event-stream; charset=utf-8" }
const BEDROCK = { "content-type": "application/vnd.amazon.eventstream" }

/** The stream of a fixture as its provider sends it, one event a chunk. */
export function streamReplyOf({ events = [], dialect }: ParityFixture): ServedReply {
  if (dialect === "bedrock-converse") return { headers: BEDROCK, chunks: events.map(bedrockFrame) }
  const done = dialect === "openai-chat" || dialect === "generic-messages" ? ["data: [DONE]\n\n"] : []
  const blocks = [...events.map(sseBlock), ...done]
  return { headers: SSE, chunks: blocks.map((block) => Buffer.from(block)) }
}

/** The document of a fixture. */
export function jsonReplyOf({ json }: ParityFixture): ServedReply {
  return {
    headers: { "content-type": "application/json" },
    chunks: [Buffer.from(JSON.stringify(json))],
  }
}

export function sseBlock({ event, data }: FixtureEvent): string {
  const name = event === undefined ? "" : `event: ${event}\n`
  return `${name}data: ${JSON.stringify(data)}\n\n`
}

export function bedrockFrame({ event = "", data, kind: other }: FixtureEvent): Uint8Array {
  const kind = other ?? "event"
  const headers = {
    [`:${kind}-type`]: event,
    ":content-type": "application/json",
    ":message-type": kind,
  }
  return eventStreamMessage(headers, data)
}
