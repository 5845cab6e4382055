/**
 * Where a restored value would go: a file on this machine, a lookup on this machine, a process, beyond this
 * machine, or nowhere but back to the model.
 */
export type Sink = "file" | "local-read" | "process" | "network" | "none"

/**
 * - `all`: every placeholder is restored, or the call is stopped.
 * - `resolvable`: what can be restored is; the rest is harmless and stays.
 * - `never`: the tool gets the placeholders.
 */
export type RestorePolicy = "all" | "resolvable" | "never"

/**
 * The built-in tools of OpenCode 1.18.33 (read from its binary), and `multiedit`, `patch`, `list` of earlier
 * versions, by exact name. `execute` is the experimental code mode, whose code calls MCP servers. The MCP resource
 * tools talk to MCP servers.
 */
const SINKS: ReadonlyMap<string, Sink> = new Map<string, Sink>([
  ["write", "file"],
  ["edit", "file"],
  ["multiedit", "file"],
  ["patch", "file"],
  ["apply_patch", "file"],
  ["read", "local-read"],
  ["glob", "local-read"],
  ["grep", "local-read"],
  ["list", "local-read"],
  ["lsp", "local-read"],
  ["bash", "process"],
  ["webfetch", "network"],
  ["websearch", "network"],
  ["execute", "network"],
  ["list_mcp_resources", "network"],
  ["list_mcp_resource_templates", "network"],
  ["read_mcp_resource", "network"],
  ["task", "none"],
  ["todowrite", "none"],
  ["todoread", "none"],
  ["question", "none"],
  ["skill", "none"],
  ["plan_enter", "none"],
  ["plan_exit", "none"],
  ["invalid", "none"],
  ["StructuredOutput", "none"],
])

const POLICIES: Readonly<Record<Sink, RestorePolicy>> = {
  file: "all",
  "local-read": "resolvable",
  process: "never",
  network: "never",
  none: "never",
}

/**
 * The sink of a tool, by its exact name. Whatever is not in the table is taken to send its arguments away: MCP
 * tools (`<server>_<tool>`), tools of other plugins, names that merely contain `edit` or `write`.
 */
export function sinkOf(tool: string): Sink {
  return SINKS.get(tool) ?? "network"
}

/** What is restored for a sink in this release. */
export function restorePolicy(sink: Sink): RestorePolicy {
  return POLICIES[sink]
}
