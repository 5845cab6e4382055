import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { isJsonObject } from "../../../src/base/json.ts"
import { MCP_TOOL } from "../../support/mcp-server.ts"
import { MODEL_IDS, modelName, modelRef } from "../../support/opencode/providers.ts"
import type { ApiAnswer } from "../../support/opencode/client.ts"
import { runOpencode } from "../../support/opencode.ts"
import type { ProviderRequest } from "../../support/provider/start-provider.ts"
import { waitFor } from "../../support/wait.ts"
import { callsTool, hasToolResult, lastText, purposeOf } from "../../support/script.ts"
import { type Project, plantedLines } from "./half.ts"
import type { Scenario } from "./scenario.ts"

/** Every path of design invariant 1, and a few more ways to get there. */
export const scenarios: readonly Scenario[] = [
  {
    name: "main turn",
    run: (project, planted) => say(project, planted.text),
    took: (request) => purposeOf(request) === "turn",
  },
  {
    name: "title by the small model",
    run: async (project, planted) => {
      const id = await project.session(() => ({ text: "Hello." }), { titled: false })
      expectAnswered(await project.client.prompt(id, planted.text))
      // The title is made beside the turn and may come after it.
      await waitFor(() => project.requests().some((request) => request.sessionId === id && isTitle(request)))
    },
    took: (request) => isTitle(request) && asksSmallModel(request),
  },
  {
    name: "the model's own words re-sent",
    run: async (project, planted) => {
      const id = await project.session(() => ({ text: ["You could use\n", planted.text, "\nas a value."] }))
      expectAnswered(await project.client.prompt(id, "Make something up."))
      expectAnswered(await project.client.prompt(id, "Thank you."))
    },
    took: (request) => request.view.messages.some((message) => message.role === "assistant"),
  },
  {
    name: "compaction",
    run: async (project, planted) => {
      const id = await project.session(echo)
      expectAnswered(await project.client.prompt(id, planted.text))
      expectAnswered(await project.client.summarize(id, modelRef(project.dialect)))
    },
    took: (request) => purposeOf(request) === "compaction",
  },
  {
    name: "second compaction",
    run: async (project, planted) => {
      const id = await project.session(echo)
      expectAnswered(await project.client.prompt(id, planted.text))
      expectAnswered(await project.client.summarize(id, modelRef(project.dialect)))
      expectAnswered(await project.client.prompt(id, "And now something else."))
      expectAnswered(await project.client.summarize(id, modelRef(project.dialect)))
    },
    took: (request) => purposeOf(request) === "compaction" && /<prior-summary>/.test(request.text),
  },
  {
    name: "subagent",
    run: async (project, planted) => {
      const id = await project.session((request) => {
        if (request.parentSessionId !== undefined || hasToolResult(request)) return { text: "Done." }
        const prompt = `Look into this:\n${plantedLines(lastText(request))}`
        return {
          toolCalls: [{ name: "task", arguments: { description: "Look", prompt, subagent_type: "general" } }],
        }
      })
      expectAnswered(await project.client.prompt(id, planted.text))
    },
    took: (request) => request.parentSessionId !== undefined,
  },
  {
    name: "structured output",
    run: async (project, planted) => {
      const id = await project.session(() => ({
        toolCalls: [{ name: "StructuredOutput", arguments: { answer: "yes" } }],
      }))
      const schema = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] }
      const parts = [{ type: "text", text: planted.text }]
      expectAnswered(await project.client.prompt(id, { parts, format: { type: "json_schema", schema } }))
    },
    took: (request) => request.view.tools.includes("StructuredOutput"),
  },
  {
    name: "agent create",
    run: async (project, planted) => {
      const args = [
        "agent",
        "create",
        "--path",
        join(project.directory, "made"),
        "--description",
        planted.text,
      ]
      const rest = ["--mode", "all", "--permissions", "bash", "--model", modelName(project.dialect)]
      const run = await runOpencode(project.home, project.directory, [...args, ...rest])
      if (run.exitCode !== 0) throw new Error(`opencode agent create ended with ${run.exitCode}`)
    },
    took: (request) => purposeOf(request) === "agent-create",
  },
  {
    name: "project copy name",
    run: async (project, planted) => {
      const current = await project.client.request("GET", "/project/current")
      const id = isJsonObject(current.json) ? current.json.id : undefined
      const path = `/experimental/project/${typeof id === "string" ? id : ""}/copy/generate-name`
      expectAnswered(await project.client.request("POST", path, { context: planted.text }))
    },
    took: (request) => purposeOf(request) === "copy-name",
  },
  {
    name: "AGENTS.md",
    run: (project) => say(project, "Hello."),
    took: (request) => request.view.system.includes("# Rules"),
  },
  {
    name: "system prompt of a request",
    run: async (project, planted) => {
      const id = await project.session(() => ({ text: "Hello." }))
      const parts = [{ type: "text", text: "Hello." }]
      expectAnswered(await project.client.prompt(id, { parts, system: `Extra rule.\n${planted.text}` }))
    },
    took: (request) => request.view.system.includes("Extra rule."),
  },
  {
    name: "agent prompt",
    run: async (project) => {
      const id = await project.session(() => ({ text: "Hello." }))
      const parts = [{ type: "text", text: "Hello." }]
      expectAnswered(await project.client.prompt(id, { parts, agent: "auditor" }))
    },
    took: (request) => request.view.system.trimStart().startsWith("key id"),
  },
  {
    name: "command template",
    run: async (project) => {
      const id = await project.session(() => ({ text: "Hello." }))
      expectAnswered(await project.client.command(id, "say"))
    },
    took: (request) => request.view.messages.some((message) => message.text.startsWith("Look at this:")),
  },
  {
    name: "command arguments",
    run: async (project, planted) => {
      const id = await project.session(() => ({ text: "Hello." }))
      expectAnswered(await project.client.command(id, "say", planted.text))
    },
    took: (request) => request.view.messages.some((message) => message.text.startsWith("Look at this:")),
  },
  {
    name: "command with shell output",
    run: async (project) => {
      const id = await project.session(() => ({ text: "Hello." }))
      expectAnswered(await project.client.command(id, "shell"))
    },
    took: (request) => request.view.messages.some((message) => message.text.includes("The file holds:")),
  },
  {
    name: "MCP tool description",
    run: (project) => say(project, "Hello."),
    took: (request) => request.view.tools.includes(`desk_${MCP_TOOL}`),
  },
  {
    name: "MCP tool result",
    run: (project) => useTool(project, `desk_${MCP_TOOL}`, { query: "all" }),
    took: (request) => calledTool(request, `desk_${MCP_TOOL}`) && hasToolResult(request),
  },
  {
    name: "read result",
    run: (project) => useTool(project, "read", { filePath: join(project.directory, "read.txt") }),
    took: (request) => calledTool(request, "read") && lastText(request).includes("A note."),
  },
  {
    name: "bash result",
    run: (project) => useTool(project, "bash", { command: "cat bash.txt", description: "Show the file" }),
    took: (request) => calledTool(request, "bash") && lastText(request).includes("A note."),
  },
  {
    name: "failed bash result",
    run: (project) => {
      const command = "cat error.txt >&2; exit 3"
      return useTool(project, "bash", { command, description: "Fail with the file on stderr" })
    },
    took: (request) => calledTool(request, "bash") && request.text.includes("exit 3"),
  },
  {
    name: "grep result",
    run: (project) => useTool(project, "grep", { pattern: "key id|token|password", include: "grep.txt" }),
    took: (request) => calledTool(request, "grep") && lastText(request).includes("grep.txt"),
  },
  {
    name: "write arguments re-sent",
    run: async (project, planted) => {
      const written = join(project.directory, "written.txt")
      const id = await project.session((request) => {
        if (writes(request)) return { text: "Done." }
        if (!hasToolResult(request)) {
          return {
            toolCalls: [
              { name: "read", arguments: { filePath: join(project.directory, "write-source.txt") } },
            ],
          }
        }
        const content = `Saved:\n${plantedLines(lastText(request))}\n`
        return { toolCalls: [{ name: "write", arguments: { filePath: written, content } }] }
      })
      expectAnswered(await project.client.prompt(id, "Copy the lines into written.txt."))
      expectAnswered(await project.client.prompt(id, "Thank you."))
      await expectFile(written, `Saved:\n${planted.text}\n`)
    },
    took: (request) => writes(request),
  },
  {
    name: "edit arguments re-sent",
    run: async (project, planted) => {
      const edited = join(project.directory, "edit-target.txt")
      const id = await project.session((request) => {
        if (calledTool(request, "edit")) return { text: "Done." }
        if (!hasToolResult(request)) return { toolCalls: [{ name: "read", arguments: { filePath: edited } }] }
        const oldString = plantedLines(lastText(request))
        const edit = { filePath: edited, oldString, newString: `Again:\n${oldString}\n# edited` }
        return { toolCalls: [{ name: "edit", arguments: edit }] }
      })
      expectAnswered(await project.client.prompt(id, "Edit the file."))
      expectAnswered(await project.client.prompt(id, "Thank you."))
      await expectFile(edited, `A note.\nAgain:\n${planted.text}\n# edited\nEnd of note.\n`)
    },
    took: (request) => calledTool(request, "edit"),
  },
  {
    name: "patch arguments re-sent",
    run: async (project, planted) => {
      const added = join(project.directory, "patched.txt")
      const id = await project.session((request) => {
        if (calledTool(request, "apply_patch")) return { text: "Done." }
        const lines = plantedLines(lastText(request)).split("\n")
        const patch = [
          "*** Begin Patch",
          `*** Add File: ${added}`,
          ...lines.map((line) => `+${line}`),
          "*** End Patch",
        ]
        return { toolCalls: [{ name: "apply_patch", arguments: { patchText: patch.join("\n") } }] }
      })
      const model = modelRef(project.dialect, "patch")
      expectAnswered(
        await project.client.prompt(id, { parts: [{ type: "text", text: planted.text }], model }),
      )
      expectAnswered(
        await project.client.prompt(id, { parts: [{ type: "text", text: "Thank you." }], model }),
      )
      await expectFile(added, `${planted.text}\n`)
    },
    took: (request) => calledTool(request, "apply_patch"),
  },
  {
    name: "attached text file",
    run: async (project) => {
      const url = pathToFileURL(join(project.directory, "attached.txt")).href
      await attach(project, { type: "file", mime: "text/plain", filename: "attached.txt", url })
    },
    took: (request) => request.view.messages.some((message) => message.text.includes("attached")),
  },
  {
    name: "attached text as data URL",
    run: async (project, planted) => {
      const url = `data:text/plain;base64,${Buffer.from(`A note.\n${planted.text}\n`).toString("base64")}`
      await attach(project, { type: "file", mime: "text/plain", filename: "pasted.txt", url })
    },
    took: (request) => request.view.messages.some((message) => message.text.includes("attached")),
  },
  {
    name: "attached CSV as data URL",
    // The SDKs of the other two refuse this media type themselves.
    dialects: ["openai-chat", "google-generate-content", "bedrock-converse"],
    run: async (project, planted) => {
      const url = `data:text/csv;base64,${Buffer.from(`name,value\n${planted.text}\n`).toString("base64")}`
      await attach(project, { type: "file", mime: "text/csv", filename: "table.csv", url })
    },
    took: (request) => request.view.messages.some((message) => message.text.includes("attached")),
  },
  {
    name: "subagent description",
    run: (project) => say(project, "Hello."),
    took: (request) => request.view.tools.includes("task"),
  },
  {
    name: "MCP arguments re-sent",
    run: async (project, planted) => {
      const query = (request: ProviderRequest): string => plantedLines(lastText(request))
      const id = await project.session(
        callsTool((request) => ({ name: `desk_${MCP_TOOL}`, arguments: { query: query(request) } })),
      )
      expectAnswered(await project.client.prompt(id, planted.text))
    },
    took: (request) => calledTool(request, `desk_${MCP_TOOL}`),
  },
  {
    name: "grep arguments re-sent",
    run: async (project, planted) => {
      const id = await project.session((request) => {
        if (calledTool(request, "grep")) return { text: "Done." }
        const pattern = plantedLines(lastText(request)).split("\n")[1]
        return { toolCalls: [{ name: "grep", arguments: { pattern, include: "*.txt" } }] }
      })
      expectAnswered(await project.client.prompt(id, planted.text))
      expectAnswered(await project.client.prompt(id, "Thank you."))
    },
    took: (request) => calledTool(request, "grep"),
  },
]

/** A model that repeats the planted lines when it sees them, also as its summary. */
function echo(request: ProviderRequest): { text: string } {
  const text = request.view.messages.map((message) => message.text).join("\n")
  return { text: /key id /.test(text) ? `I have seen\n${plantedLines(text)}` : "I have seen nothing." }
}

async function say(project: Project, text: string): Promise<void> {
  const id = await project.session(() => ({ text: "Hello." }))
  expectAnswered(await project.client.prompt(id, text))
}

async function useTool(project: Project, name: string, args: Record<string, unknown>): Promise<void> {
  const id = await project.session(callsTool(() => ({ name, arguments: args })))
  expectAnswered(await project.client.prompt(id, "Use the tool."))
}

async function attach(project: Project, part: Record<string, string>): Promise<void> {
  const id = await project.session(() => ({ text: "Hello." }))
  const parts = [{ type: "text", text: "Look at the attached file." }, part]
  expectAnswered(await project.client.prompt(id, { parts }))
}

function isTitle(request: ProviderRequest): boolean {
  return purposeOf(request) === "title"
}

function asksSmallModel(request: ProviderRequest): boolean {
  const small = Object.values(MODEL_IDS).map((ids) => ids.small)
  return small.some((id) => request.json.model === id || request.url.includes(id))
}

function calledTool(request: ProviderRequest, name: string): boolean {
  return request.view.messages.some((message) => message.toolCalls.some((call) => call.name === name))
}

function writes(request: ProviderRequest): boolean {
  return calledTool(request, "write")
}

/** Never prints the answer: it may hold a canary. */
function expectAnswered(answer: ApiAnswer): void {
  const info = isJsonObject(answer.json) ? answer.json.info : undefined
  const failed = isJsonObject(info) && info.error !== undefined
  if (answer.status !== 200 || failed)
    throw new Error(`OpenCode answered ${answer.status}${failed ? " with an error" : ""}`)
}

async function expectFile(path: string, text: string): Promise<void> {
  const found = await readFile(path, "utf8")
  if (found !== text)
    throw new Error(`The file does not hold the real values (${found.length} of ${text.length} characters)`)
}
