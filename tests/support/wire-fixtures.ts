import { Buffer } from "node:buffer"
import type { JsonObject } from "../../src/base/json.ts"
import type { DialectId } from "../../src/wire/dialect.ts"

/** Yields the text for a text-bearing place of a request; called once for each place, with a label of its own. */
export type Plant = (label: string) => string

/** A request as OpenCode's providers send it. Every place that may be masked holds a planted text. */
export interface WireRequest {
  readonly name: string
  readonly dialect: DialectId
  /** Places that must stay as they are hold texts that begin with `KEEP`. */
  readonly body: (text: Plant) => JsonObject
}

export const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64")

/** A JSON Schema with a text under every keyword that may carry one. */
function toolSchema(text: Plant, at: string): JsonObject {
  return {
    $schema: "KEEP-dialect",
    $id: "KEEP-schema-id",
    type: "object",
    title: text(`${at} schema title`),
    description: text(`${at} schema description`),
    properties: {
      KEEP_command: {
        type: "string",
        description: text(`${at} schema property description`),
        default: text(`${at} schema default`),
        examples: [text(`${at} schema example`)],
        pattern: "KEEP-pattern",
        format: "KEEP-format",
      },
      mode: { enum: [text(`${at} schema enum`), 3], const: text(`${at} schema const`) },
      list: {
        type: "array",
        items: { $ref: "KEEP-ref" },
        prefixItems: [{ title: text(`${at} schema prefix`) }],
      },
      either: {
        anyOf: [{ description: text(`${at} schema any`) }, { type: "null" }],
        "x-note": text(`${at} schema x`),
      },
    },
    $defs: { KEEP_Def: { description: text(`${at} schema def`) } },
    required: ["KEEP_command"],
    additionalProperties: false,
  }
}

const anthropic: WireRequest = {
  name: "Anthropic with tools, results, documents and thinking (@ai-sdk/anthropic)",
  dialect: "anthropic-messages",
  body: (text) => ({
    model: "KEEP-model",
    max_tokens: 32_000,
    temperature: 1,
    stop_sequences: ["KEEP-stop"],
    thinking: { type: "enabled", budget_tokens: 1024, display: "KEEP-display" },
    fallbacks: [{ model: "KEEP-fallback", note: "KEEP-note" }],
    betas: ["KEEP-beta"],
    anthropic_beta: ["KEEP-beta"],
    metadata: { user_id: "KEEP-user" },
    service_tier: "KEEP-tier",
    context_management: { edits: [{ type: "compact_20260112", instructions: text("compact") }] },
    output_config: { effort: "high", format: { type: "json_schema", schema: toolSchema(text, "output") } },
    mcp_servers: [
      { type: "url", name: "KEEP-mcp", url: "KEEP-mcp-url", authorization_token: "KEEP-mcp-token" },
    ],
    container: "KEEP-container",
    system: [{ type: "text", text: text("system"), cache_control: { type: "KEEP-ephemeral" } }],
    messages: [
      { role: "user", content: text("plain message") },
      {
        role: "user",
        content: [
          { type: "text", text: text("user text"), cache_control: { type: "ephemeral" } },
          { type: "image", source: { type: "base64", media_type: "image/png", data: "KEEPimage" } },
          { type: "image", source: { type: "url", url: text("image url") } },
          {
            type: "document",
            title: text("document title"),
            context: text("document context"),
            source: { type: "text", media_type: "text/plain", data: text("document text") },
            citations: { enabled: true, mode: "KEEP-citations" },
          },
          {
            type: "document",
            source: { type: "base64", media_type: "text/csv", data: base64(text("csv document")) },
          },
          {
            type: "document",
            source: { type: "base64", media_type: "application/pdf", data: base64("KEEP pdf") },
          },
          {
            type: "document",
            source: { type: "content", content: [{ type: "text", text: text("document block") }] },
          },
          { type: "document", source: { type: "file", file_id: "KEEP-file" } },
          {
            type: "search_result",
            source: text("search source"),
            title: text("search title"),
            content: [{ type: "text", text: text("search text") }],
            citations: { enabled: true, mode: "KEEP-citations" },
          },
          { type: "container_upload", file_id: "KEEP-upload", note: "KEEP-upload-note" },
          { type: "hologram", caption: text("unknown block"), signature: "KEEP-signature" },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "KEEP-signed-thinking", signature: "KEEP-sig" },
          { type: "redacted_thinking", data: "KEEP-redacted" },
          { type: "thinking", thinking: text("unsigned thinking") },
          {
            type: "text",
            text: text("answer"),
            citations: [{ type: "char_location", cited_text: text("cited"), encrypted_index: "KEEP-index" }],
          },
          { type: "compaction", content: text("compaction") },
          {
            type: "tool_use",
            id: "KEEP-toolu",
            name: "KEEP_bash",
            caller: { type: "code_execution_20260120", tool_id: "KEEP-caller", via: "KEEP-via" },
            input: {
              command: text("command"),
              env: { [text("env name")]: text("env value") },
              edits: [{ id: text("argument named id"), type: text("argument named type") }],
              count: 3,
              deep: [[text("nested")], null, true],
            },
          },
          {
            type: "mcp_tool_use",
            id: "KEEP-mcptoolu",
            name: "KEEP_issue",
            server_name: "KEEP-server",
            input: { title: text("mcp input") },
          },
          {
            type: "server_tool_use",
            id: "KEEP-srvtoolu",
            name: "KEEP_web_search",
            input: { query: text("query") },
          },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "KEEP-toolu", content: text("string result"), is_error: true },
          {
            type: "tool_result",
            tool_use_id: "KEEP-toolu2",
            content: [
              { type: "text", text: text("block result") },
              { type: "image", source: { type: "base64", media_type: "image/jpeg", data: "KEEPjpeg" } },
              { type: "tool_reference", tool_name: "KEEP_tool" },
            ],
          },
          {
            type: "web_search_tool_result",
            tool_use_id: "KEEP-srvtoolu",
            caller: { type: "direct", via: "KEEP-via" },
            content: [
              {
                type: "web_search_result",
                url: text("result url"),
                title: text("result title"),
                encrypted_content: "KEEP-encrypted",
              },
            ],
          },
          {
            type: "code_execution_tool_result",
            tool_use_id: "KEEP-srvtoolu2",
            content: {
              type: "code_execution_result",
              stdout: text("stdout"),
              stderr: text("stderr"),
              return_code: 0,
              content: [{ type: "code_execution_output", file_id: "KEEP-out" }],
            },
          },
          {
            type: "web_fetch_tool_result",
            tool_use_id: "KEEP-srvtoolu3",
            content: {
              type: "web_fetch_result",
              url: text("fetched url"),
              content: {
                type: "document",
                title: text("fetched title"),
                source: { type: "text", media_type: "text/plain", data: text("fetched text") },
              },
            },
          },
        ],
      },
    ],
    tools: [
      {
        name: "KEEP_bash",
        description: text("tool description"),
        input_schema: toolSchema(text, "tool"),
        input_examples: [{ command: text("tool example") }],
        cache_control: { type: "ephemeral" },
        eager_input_streaming: true,
      },
      { type: "KEEP_20250305", name: "KEEP_web_search", max_uses: 3 },
    ],
    tool_choice: { type: "KEEP-choice", name: "KEEP_bash" },
    stream: true,
    future_field: { note: text("unknown field"), session_id: "KEEP-session" },
  }),
}

const anthropicMinimal: WireRequest = {
  name: "Anthropic title request without tools",
  dialect: "anthropic-messages",
  body: (text) => ({
    model: "KEEP-model",
    max_tokens: 32_000,
    system: [{ type: "text", text: text("system") }],
    messages: [{ role: "user", content: [{ type: "text", text: text("user") }] }],
    stream: true,
  }),
}

const anthropicVertex: WireRequest = {
  name: "Anthropic on Vertex, which has no model in the body",
  dialect: "anthropic-messages",
  body: (text) => ({
    anthropic_version: "KEEP-vertex-2023-10-16",
    max_tokens: 100,
    messages: [{ role: "user", content: [{ type: "text", text: text("user") }] }],
  }),
}

const chat: WireRequest = {
  name: "OpenAI chat with tools, files and reasoning (@ai-sdk/openai-compatible)",
  dialect: "openai-chat",
  body: (text) => ({
    model: "KEEP-model",
    max_tokens: 32_000,
    user: "KEEP-user",
    prompt_cache_key: "KEEP-cache-key",
    safety_identifier: "KEEP-safety",
    service_tier: "KEEP-tier",
    reasoning_effort: "KEEP-effort",
    verbosity: "KEEP-verbosity",
    modalities: ["KEEP-modality"],
    audio: { voice: "KEEP-voice" },
    prompt_cache_retention: "KEEP-retention",
    prompt_cache_options: { mode: "KEEP-mode" },
    function_call: { name: "KEEP_legacy", mode: "KEEP-mode" },
    stop: ["KEEP-stop"],
    metadata: { note: text("metadata"), trace_id: "KEEP-trace" },
    prediction: { type: "content", content: text("prediction") },
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "KEEP_response",
        description: text("format description"),
        schema: toolSchema(text, "format"),
        strict: true,
      },
    },
    messages: [
      { role: "system", content: text("system"), cache_control: { type: "KEEP-ephemeral" } },
      { role: "developer", content: [{ type: "text", text: text("developer") }] },
      { role: "user", name: "KEEP-name", content: text("user") },
      {
        role: "user",
        content: [
          { type: "text", text: text("part") },
          { type: "image_url", image_url: { url: "data:image/png;base64,KEEPimage", detail: "KEEP-detail" } },
          { type: "image_url", image_url: { url: text("image url") } },
          { type: "input_audio", input_audio: { data: "KEEPaudio", format: "wav" } },
          {
            type: "file",
            file: { filename: text("pdf name"), file_data: "data:application/pdf;base64,KEEPpdf" },
          },
          {
            type: "file",
            file: { file_data: `data:text/plain;base64,${base64(text("attached text"))}` },
          },
          {
            type: "file",
            file: { file_data: `data:application/json,${encodeURIComponent(text("attached json"))}` },
          },
          { type: "file", file: { file_id: "KEEP-file" } },
          { type: "image_url", image_url: text("bare image url") },
          { type: "document_url", document_url: text("unknown part"), cache_control: { type: "KEEP" } },
        ],
      },
      {
        role: "assistant",
        content: text("answer"),
        refusal: text("refusal"),
        reasoning_content: text("reasoning content"),
        reasoning_details: [
          { type: "reasoning.text", text: "KEEP-signed", signature: "KEEP-signature" },
          { type: "reasoning.encrypted", data: "KEEP-encrypted" },
          { type: "reasoning.summary", summary: text("reasoning summary"), format: "KEEP-format" },
          { type: "reasoning.text", text: text("reasoning detail") },
        ],
        tool_calls: [
          {
            id: "KEEP-call",
            type: "function",
            function: { name: "KEEP_bash", arguments: JSON.stringify({ command: text("arguments") }) },
            extra_content: { google: { thought_signature: "KEEP-thought" } },
          },
          { id: "KEEP-call2", type: "custom", custom: { name: "KEEP_custom", input: text("custom") } },
          {
            id: "KEEP-call3",
            type: "function",
            function: { name: "KEEP_bash", arguments: { command: text("object arguments") } },
          },
        ],
      },
      {
        role: "assistant",
        content: null,
        reasoning_text: "KEEP-opaque-reasoning",
        reasoning_opaque: "KEEP-opaque",
        function_call: { name: "KEEP_legacy", arguments: text("legacy arguments") },
      },
      {
        role: "assistant",
        content: [
          { type: "text", text: text("answer part") },
          { type: "refusal", refusal: text("refusal part") },
        ],
        reasoning: text("reasoning"),
        reasoning_text: text("reasoning text"),
        audio: { id: "KEEP-audio", note: "KEEP-audio-note" },
      },
      { role: "tool", tool_call_id: "KEEP-call", content: text("tool result") },
      { role: "tool", tool_call_id: "KEEP-call2", content: [{ type: "text", text: text("tool part") }] },
    ],
    tools: [
      {
        type: "function",
        function: {
          name: "KEEP_bash",
          description: text("tool description"),
          parameters: toolSchema(text, "tool"),
          strict: true,
        },
      },
    ],
    functions: [
      {
        name: "KEEP_legacy",
        description: text("function description"),
        parameters: toolSchema(text, "function"),
      },
    ],
    tool_choice: { type: "function", function: { name: "KEEP_bash" } },
    stream: true,
    stream_options: { include_usage: true, shape: "KEEP-shape" },
    custom_field: [text("unknown field")],
  }),
}

const chatMinimal: WireRequest = {
  name: "OpenAI chat with max_tokens, a system message and nothing else",
  dialect: "openai-chat",
  body: (text) => ({
    model: "KEEP-model",
    max_tokens: 32_000,
    messages: [
      { role: "system", content: text("system") },
      { role: "user", content: text("user") },
    ],
    stream: true,
  }),
}

const chatObject: WireRequest = {
  name: "OpenAI chat of generateObject, not streamed (agent create)",
  dialect: "openai-chat",
  body: (text) => ({
    model: "KEEP-model",
    response_format: { type: "json_object" },
    messages: [{ role: "user", content: text("user") }],
  }),
}

const responses: WireRequest = {
  name: "OpenAI Responses with every kind of input item (@ai-sdk/openai)",
  dialect: "openai-responses",
  body: (text) => ({
    model: "KEEP-model",
    previous_response_id: "KEEP-previous",
    conversation: "KEEP-conversation",
    prompt_cache_key: "KEEP-cache-key",
    safety_identifier: "KEEP-safety",
    user: "KEEP-user",
    include: ["KEEP-reasoning.encrypted_content"],
    reasoning: { effort: "KEEP-effort", summary: "auto" },
    service_tier: "KEEP-tier",
    truncation: "KEEP-auto",
    prompt_cache_retention: "KEEP-retention",
    prompt_cache_options: { mode: "KEEP-mode" },
    stream_options: { shape: "KEEP-shape" },
    store: false,
    metadata: { note: text("metadata") },
    instructions: text("instructions"),
    prompt: {
      id: "KEEP-prompt",
      version: "KEEP-2",
      variables: { city: text("variable"), more: { type: "input_text", text: text("part variable") } },
    },
    text: {
      verbosity: "KEEP-low",
      format: {
        type: "json_schema",
        name: "KEEP_response",
        description: text("format description"),
        schema: toolSchema(text, "format"),
      },
    },
    input: [
      { role: "system", content: text("system") },
      { role: "developer", content: [{ type: "input_text", text: text("developer") }] },
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_text", text: text("user"), prompt_cache_breakpoint: "KEEP-breakpoint" },
          { type: "input_image", image_url: "data:image/png;base64,KEEPimage", detail: "KEEP-detail" },
          {
            type: "input_file",
            filename: text("file name"),
            file_data: "data:application/pdf;base64,KEEPpdf",
          },
          { type: "input_file", file_data: `data:text/markdown;base64,${base64(text("markdown file"))}` },
          { type: "input_file", file_data: base64(text("bare base64 file")) },
          { type: "input_file", file_url: text("file url") },
          { type: "input_audio", input_audio: { data: "KEEPaudio" } },
          { type: "text", text: text("text part") },
          { type: "input_mystery", note: text("unknown part"), file_id: "KEEP-file" },
        ],
      },
      {
        role: "assistant",
        id: "KEEP-msg",
        phase: "KEEP-phase",
        content: [
          {
            type: "output_text",
            text: text("answer"),
            logprobs: [{ token: "KEEP-token" }],
            annotations: [{ type: "url_citation", url: text("cited") }],
          },
          { type: "refusal", refusal: text("refusal") },
        ],
      },
      { type: "item_reference", id: "KEEP-reference" },
      {
        type: "reasoning",
        id: "KEEP-rs",
        encrypted_content: "KEEP-encrypted",
        summary: [{ type: "summary_text", text: "KEEP-signed-summary" }],
      },
      {
        type: "reasoning",
        id: "KEEP-rs2",
        summary: [{ type: "summary_text", text: text("summary") }],
        content: [{ type: "reasoning_text", text: text("reasoning") }],
      },
      {
        type: "function_call",
        call_id: "KEEP-call",
        id: "KEEP-fc",
        name: "KEEP_bash",
        namespace: "KEEP-namespace",
        arguments: JSON.stringify({ command: text("arguments") }),
      },
      { type: "function_call_output", call_id: "KEEP-call", output: text("string output") },
      {
        type: "function_call_output",
        call_id: "KEEP-call2",
        output: [
          { type: "input_text", text: text("output part") },
          { type: "input_image", image_url: "data:image/jpeg;base64,KEEPjpeg" },
        ],
      },
      { type: "custom_tool_call", call_id: "KEEP-call3", name: "KEEP_patch", input: text("custom input") },
      { type: "custom_tool_call_output", call_id: "KEEP-call3", output: text("custom output") },
      {
        type: "local_shell_call",
        call_id: "KEEP-call4",
        status: "KEEP-completed",
        action: {
          type: "KEEP-exec",
          command: ["cat", text("shell argument")],
          working_directory: text("directory"),
          env: { [text("env name")]: text("env value") },
        },
      },
      { type: "local_shell_call_output", call_id: "KEEP-call4", output: text("shell output") },
      { type: "shell_call", call_id: "KEEP-call5", action: { commands: [text("shell command")] } },
      {
        type: "shell_call_output",
        call_id: "KEEP-call5",
        output: [
          { stdout: text("shell stdout"), stderr: text("shell stderr"), outcome: { type: "KEEP-exit" } },
        ],
      },
      {
        type: "apply_patch_call",
        call_id: "KEEP-call6",
        operation: { type: "KEEP-update", path: text("patch path"), diff: text("patch diff") },
      },
      {
        type: "web_search_call",
        id: "KEEP-ws",
        action: { type: "KEEP-search", query: text("search query") },
      },
      {
        type: "file_search_call",
        id: "KEEP-fs",
        queries: [text("file query")],
        results: [{ text: text("hit") }],
      },
      {
        type: "code_interpreter_call",
        id: "KEEP-ci",
        code: text("code"),
        outputs: [{ type: "logs", logs: text("logs") }],
      },
      { type: "image_generation_call", id: "KEEP-ig", result: "KEEPimage" },
      {
        type: "mcp_list_tools",
        server_label: "KEEP-label",
        tools: [{ name: "KEEP_tool", description: text("mcp tool"), input_schema: toolSchema(text, "mcp") }],
      },
      {
        type: "mcp_call",
        id: "KEEP-mcp",
        name: "KEEP_tool",
        server_label: "KEEP-label",
        arguments: text("mcp arguments"),
        output: text("mcp output"),
        error: text("mcp error"),
      },
      { type: "mcp_approval_response", approval_request_id: "KEEP-approval", reason: text("reason") },
      {
        type: "tool_search_call",
        id: "KEEP-ts",
        execution: "KEEP-server",
        arguments: { goal: text("search goal") },
      },
      { type: "compaction", id: "KEEP-cmp", encrypted_content: "KEEP-compacted" },
    ],
    tools: [
      {
        type: "function",
        name: "KEEP_bash",
        description: text("tool description"),
        parameters: toolSchema(text, "tool"),
        strict: false,
      },
      {
        type: "mcp",
        server_label: "KEEP",
        server_description: text("server description"),
        server_url: "KEEP-url",
        authorization: "KEEP-auth",
        headers: { a: "KEEP" },
      },
    ],
    tool_choice: { type: "function", name: "KEEP_bash" },
    stream: true,
  }),
}

const responsesString: WireRequest = {
  name: "OpenAI Responses with one string as input",
  dialect: "openai-responses",
  body: (text) => ({ model: "KEEP-model", input: text("input") }),
}

const gemini: WireRequest = {
  name: "Gemini with tools, inline data and thoughts (@ai-sdk/google)",
  dialect: "google-generate-content",
  body: (text) => geminiRequest(text),
}

function geminiRequest(text: Plant): JsonObject {
  return {
    generationConfig: {
      maxOutputTokens: 100,
      stopSequences: ["KEEP-stop"],
      responseModalities: ["KEEP-TEXT"],
      responseMimeType: "KEEP-application/json",
      responseSchema: toolSchema(text, "response"),
      thinkingConfig: { includeThoughts: true },
    },
    systemInstruction: { parts: [{ text: text("system") }] },
    contents: [
      {
        role: "user",
        parts: [
          { text: text("user") },
          { inlineData: { mimeType: "image/png", data: "KEEPimage" } },
          { inlineData: { mimeType: "text/plain", data: base64(text("inline text")) } },
          { inline_data: { mime_type: "application/json", data: base64(text("snake text")) } },
          { fileData: { mimeType: "KEEP/type", fileUri: "KEEP-uri" } },
          { file_data: { mime_type: "KEEP/type", uri: "KEEP-snake-uri" } },
          { novelPart: { caption: text("unknown part") } },
        ],
      },
      {
        role: "model",
        parts: [
          { text: "KEEP-signed-thought", thought: true, thoughtSignature: "KEEP-signature" },
          { text: text("unsigned thought"), thought: true },
          { text: text("answer"), thoughtSignature: "KEEP-signature" },
          {
            functionCall: {
              id: "KEEP-call",
              name: "KEEP_bash",
              args: { command: text("command"), env: { [text("env name")]: text("env value") } },
            },
            thoughtSignature: "KEEP-signature",
          },
          { executableCode: { language: "KEEP-PYTHON", code: text("code") } },
          { codeExecutionResult: { outcome: "KEEP-OK", output: text("code output") } },
        ],
      },
      {
        role: "user",
        parts: [
          {
            functionResponse: {
              id: "KEEP-call",
              name: "KEEP_bash",
              response: { content: text("string response"), list: [{ value: text("nested response") }] },
              parts: [
                { inlineData: { mimeType: "image/png", data: "KEEPpng" } },
                { inlineData: { mimeType: "text/html", data: base64(text("response part")) } },
              ],
            },
          },
        ],
      },
    ],
    tools: [
      {
        functionDeclarations: [
          { name: "KEEP_bash", description: text("tool description"), parameters: toolSchema(text, "tool") },
        ],
      },
      { googleSearch: {} },
    ],
    toolConfig: { functionCallingConfig: { mode: "KEEP-ANY", allowedFunctionNames: ["KEEP_bash"] } },
    safetySettings: [{ category: "KEEP-HARM", threshold: "KEEP-NONE" }],
    cachedContent: "KEEP-cached",
    serviceTier: "KEEP-tier",
    tool_config: { mode: "KEEP-any" },
    safety_settings: [{ threshold: "KEEP-none" }],
    cached_content: "KEEP-snake-cached",
    generation_config: {
      stop_sequences: ["KEEP-snake-stop"],
      response_schema: { title: text("snake schema") },
    },
    labels: { team: text("label") },
  }
}

const geminiEnvelope: WireRequest = {
  name: "Gemini inside Cloud Code Assist's envelope",
  dialect: "google-generate-content",
  body: (text) => ({ model: "KEEP-model", project: "KEEP-project", request: geminiRequest(text) }),
}

const bedrock: WireRequest = {
  name: "Bedrock Converse with tools, documents and reasoning (@ai-sdk/amazon-bedrock)",
  dialect: "bedrock-converse",
  body: (text) => ({
    system: [{ text: text("system") }, { cachePoint: { type: "KEEP-default" } }],
    messages: [
      {
        role: "user",
        content: [
          { text: text("user") },
          { image: { format: "png", source: { bytes: "KEEPimage" } } },
          { video: { format: "KEEP-mp4", source: { bytes: "KEEPvideo" } } },
          { audio: { format: "KEEP-mp3", source: { bytes: "KEEPaudio" } } },
          { document: { format: "pdf", name: text("pdf name"), source: { bytes: base64("KEEP pdf") } } },
          {
            document: {
              format: "txt",
              name: text("txt name"),
              source: { bytes: base64(text("txt document")) },
            },
          },
          {
            document: {
              format: "md",
              name: text("md name"),
              context: text("context"),
              citations: { mode: "KEEP-citations" },
              source: { text: text("text document") },
            },
          },
          {
            document: {
              format: "txt",
              name: text("list"),
              source: { content: [{ text: text("document part") }] },
            },
          },
          {
            guardContent: {
              text: { text: text("guarded"), qualifiers: ["KEEP-query"] },
              image: { format: "KEEP-png" },
            },
          },
          { cachePoint: { type: "KEEP-default" } },
        ],
      },
      {
        role: "assistant",
        content: [
          { reasoningContent: { reasoningText: { text: "KEEP-signed", signature: "KEEP-signature" } } },
          { reasoningContent: { redactedContent: "KEEP-redacted" } },
          { reasoningContent: { reasoningText: { text: text("unsigned reasoning") } } },
          { text: text("answer") },
          {
            toolUse: {
              toolUseId: "KEEP-tooluse",
              name: "KEEP_bash",
              input: { command: text("command"), env: { [text("env name")]: text("env value") } },
            },
          },
        ],
      },
      {
        role: "user",
        content: [
          {
            toolResult: {
              toolUseId: "KEEP-tooluse",
              status: "KEEP-success",
              content: [
                { text: text("text result") },
                { json: { [text("result key")]: [text("json result")] } },
                { image: { format: "png", source: { bytes: "KEEPpng" } } },
                {
                  document: { format: "csv", name: text("csv name"), source: { bytes: base64(text("csv")) } },
                },
              ],
            },
          },
          {
            searchResult: {
              source: text("source"),
              title: text("title"),
              citations: { mode: "KEEP-citations" },
              content: [{ text: text("found") }],
            },
          },
        ],
      },
    ],
    inferenceConfig: { maxTokens: 100, stopSequences: ["KEEP-stop"] },
    toolConfig: {
      tools: [
        {
          toolSpec: {
            name: "KEEP_bash",
            description: text("tool description"),
            inputSchema: { json: toolSchema(text, "tool") },
          },
        },
        { cachePoint: { type: "KEEP-default" } },
      ],
      toolChoice: { tool: { name: "KEEP_bash" } },
    },
    guardrailConfig: { guardrailIdentifier: "KEEP-guardrail", guardrailVersion: "KEEP-1" },
    additionalModelRequestFields: {
      anthropic_beta: ["KEEP-beta"],
      tool_choice: { type: "tool", mode: "KEEP-mode" },
      thinking: { type: "enabled", budget_tokens: 1024, display: "KEEP-display" },
      output_config: { format: { type: "json_schema", schema: toolSchema(text, "output") } },
    },
    additionalModelResponseFieldPaths: ["KEEP-/delta/stop_sequence"],
    performanceConfig: { latency: "KEEP-latency" },
    serviceTier: { type: "KEEP-tier", level: "KEEP-level" },
    requestMetadata: { note: text("metadata") },
    promptVariables: { KEEP_variable: { text: text("variable") } },
  }),
}

const bedrockMinimal: WireRequest = {
  name: "Bedrock Converse without tools or limits",
  dialect: "bedrock-converse",
  body: (text) => ({
    system: [{ text: text("system") }],
    messages: [{ role: "user", content: [{ text: text("user") }] }],
  }),
}

const generic: WireRequest = {
  name: "an unknown API with a messages array",
  dialect: "generic-messages",
  body: (text) => ({
    channel: text("channel"),
    session_id: "KEEP-session",
    messages: [
      { role: "user", content: text("content") },
      { role: "bot", id: "KEEP-id", parts: [{ type: "KEEP-card", body: text("card") }] },
      text("bare message"),
      {
        call: { name: "KEEP_tool", arguments: JSON.stringify({ a: text("arguments") }) },
        input: { id: text("input argument") },
        attachment: { mime_type: "text/plain", data: base64(text("attachment")) },
        picture: { mime_type: "image/png", data: "KEEPimage" },
        link: `data:text/plain;base64,${base64(text("data url"))}`,
      },
    ],
    tools: [
      { name: "KEEP_tool", description: text("tool description"), parameters: toolSchema(text, "tool") },
    ],
  }),
}

export const wireRequests: readonly WireRequest[] = [
  anthropic,
  anthropicMinimal,
  anthropicVertex,
  chat,
  chatMinimal,
  chatObject,
  responses,
  responsesString,
  gemini,
  geminiEnvelope,
  bedrock,
  bedrockMinimal,
  generic,
]
