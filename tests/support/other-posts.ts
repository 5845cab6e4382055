import type { JsonObject } from "../../src/base/json.ts"

/** A JSON POST that calls no model, though many look like one. */
export interface OtherPost {
  readonly name: string
  readonly path: string
  readonly body: JsonObject
}

const said = [{ role: "user", content: "hello" }]
const blocks = [{ role: "user", content: [{ type: "text", text: "hello" }] }]

/** What plugins, tools and OpenCode itself send beside model calls. Paths are those of the services, without their host. */
export const OTHER_POSTS: readonly OtherPost[] = [
  {
    name: "a webhook with messages",
    path: "/hooks/1",
    body: { channel: "ops", messages: [{ content: "up" }] },
  },
  { name: "a webhook with model and messages", path: "/hooks/chat", body: { model: "m", messages: said } },
  {
    name: "a bot's message in Converse's shape",
    path: "/bot/send",
    body: { messages: [{ content: [{ text: "hi" }] }] },
  },
  { name: "a page of contents", path: "/cms/pages", body: { contents: [{ parts: [{ text: "hi" }] }] } },
  {
    name: "Slack chat.postMessage",
    path: "/api/chat.postMessage",
    body: { channel: "C1", text: "hi", blocks: [{ type: "section", text: { type: "mrkdwn", text: "hi" } }] },
  },
  { name: "a Discord webhook", path: "/api/webhooks/1/x", body: { content: "hi", embeds: [{ title: "t" }] } },
  { name: "a Discord message", path: "/api/v10/channels/1/messages", body: { content: "hi", tts: false } },
  {
    name: "MCP initialize",
    path: "/mcp",
    body: {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {} },
    },
  },
  {
    name: "MCP tools/call",
    path: "/mcp",
    body: {
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "search", arguments: { messages: said } },
    },
  },
  {
    name: "MCP sampling, answered",
    path: "/mcp",
    body: {
      jsonrpc: "2.0",
      id: 3,
      method: "sampling/createMessage",
      params: { messages: said, systemPrompt: "s", maxTokens: 10 },
    },
  },
  {
    name: "JSON-RPC with messages at the top",
    path: "/messages",
    body: { jsonrpc: "2.0", id: 4, model: "m", max_tokens: 5, messages: said },
  },
  {
    name: "OpenCode's session prompt",
    path: "/session/ses_1/message",
    body: { parts: [{ type: "text", text: "hi" }], model: { providerID: "p", modelID: "m" } },
  },
  {
    name: "OpenCode's command",
    path: "/session/ses_1/command",
    body: { command: "intercept", arguments: "on" },
  },
  { name: "OpenCode's TUI control", path: "/tui/append-prompt", body: { text: "hi" } },
  { name: "OpenCode's log", path: "/log", body: { service: "s", level: "info", message: "hi" } },
  { name: "OpenAI embeddings", path: "/v1/embeddings", body: { model: "m", input: ["hello", "there"] } },
  { name: "OpenAI moderations", path: "/v1/moderations", body: { model: "m", input: "hello" } },
  {
    name: "OpenAI speech",
    path: "/v1/audio/speech",
    body: { model: "m", input: "hello", voice: "alloy", instructions: "Slowly." },
  },
  {
    name: "speech of somebody else's",
    path: "/tts",
    body: { model: "m", input: "hello", voice: "v", stream: true },
  },
  { name: "OpenAI images", path: "/v1/images/generations", body: { model: "m", prompt: "a cat", n: 1 } },
  {
    name: "OpenAI's count of input tokens",
    path: "/v1/responses/input_tokens",
    body: { model: "m", input: "hello" },
  },
  { name: "rerank", path: "/v2/rerank", body: { model: "m", query: "q", documents: ["a", "b"] } },
  {
    name: "rerank in the shape of Responses",
    path: "/v1/rerank",
    body: { model: "m", input: ["a", "b"], instructions: "Prefer short." },
  },
  {
    name: "Anthropic count_tokens",
    path: "/v1/messages/count_tokens",
    body: {
      model: "m",
      system: "s",
      messages: blocks,
      tools: [{ name: "t", input_schema: { type: "object" } }],
    },
  },
  {
    name: "Gemini countTokens",
    path: "/v1beta/models/g:countTokens",
    body: { contents: [{ role: "user", parts: [{ text: "hi" }] }], generationConfig: { temperature: 0 } },
  },
  {
    name: "Gemini embedContent",
    path: "/v1beta/models/g:embedContent",
    body: { content: { parts: [{ text: "hi" }] } },
  },
  {
    name: "GraphQL",
    path: "/graphql",
    body: { query: "query { messages { id } }", variables: { messages: ["a"] } },
  },
  {
    name: "an OAuth token request",
    path: "/oauth/token",
    body: { grant_type: "refresh_token", client_id: "c", refresh_token: "r" },
  },
  {
    name: "a telemetry batch",
    path: "/batch",
    body: { batch: [{ type: "event", properties: { model: "m", messages: said } }], sent_at: "now" },
  },
  {
    name: "a report of a call that was made",
    path: "/api/generations",
    body: { model: "m", input: [{ role: "user", content: "hi" }], output: "hello", stream: true },
  },
  {
    name: "a report with the reply of chat completions",
    path: "/log/chat/completions",
    body: {
      model: "m",
      messages: said,
      stream: true,
      choices: [{ message: { role: "assistant", content: "hi" } }],
    },
  },
]
