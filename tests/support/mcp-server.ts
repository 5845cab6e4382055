import { appendFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js"
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js"

/** Name of the one tool. OpenCode shows it as `<server>_lookup`. */
export const MCP_TOOL = "lookup"

/** What the server says and where it writes down what it was told. */
export interface McpServerSettings {
  readonly description: string
  readonly result: string
  /** One JSON line of arguments per call. */
  readonly recordPath: string
}

/** OpenCode's `mcp.<name>` entry that starts this file as a real local server over stdio. */
export function mcpServerConfig(settings: McpServerSettings): object {
  return {
    type: "local",
    enabled: true,
    command: [process.execPath, fileURLToPath(import.meta.url)],
    environment: { MCP_TEST_SETTINGS: JSON.stringify(settings) },
  }
}

async function main(settings: McpServerSettings): Promise<void> {
  const server = new Server({ name: "airlock-test", version: "1.0.0" }, { capabilities: { tools: {} } })
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [
      {
        name: MCP_TOOL,
        description: settings.description,
        inputSchema: {
          type: "object" as const,
          properties: { query: { type: "string", description: settings.description } },
        },
      },
    ],
  }))
  server.setRequestHandler(CallToolRequestSchema, (request) => {
    appendFileSync(settings.recordPath, `${JSON.stringify(request.params.arguments ?? {})}\n`)
    return { content: [{ type: "text" as const, text: settings.result }] }
  })
  await server.connect(new StdioServerTransport())
}

const settings = process.env.MCP_TEST_SETTINGS
if (settings !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(parseSettings(settings))
}

function parseSettings(text: string): McpServerSettings {
  return JSON.parse(text) as McpServerSettings
}
