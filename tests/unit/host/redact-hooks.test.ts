import { describe, expect, test } from "vitest"
import type { Mutable } from "../../../src/host/part-masker.ts"
import { RedactHooks } from "../../../src/host/redact-hooks.ts"
import type { Audit, AuditEntry } from "../../../src/redact/audit.ts"
import { createMasker } from "../../../src/redact/masker.ts"

const SECRET = ["hunter", "2", "Xy9", "qLmZ"].join("")
const ASSIGNED = `password = "${SECRET}"`

function setUp({ maskLocal = false } = {}) {
  const entries: AuditEntry[] = []
  const audit: Audit = { record: (entry) => void entries.push(entry), flush: () => Promise.resolve() }
  const masker = createMasker()
  const { placeholders } = masker.mask(ASSIGNED)
  return {
    hooks: new RedactHooks({ masker, audit, maskLocal }),
    entries,
    placeholder: placeholders[0] ?? "",
  }
}

describe("tool.execute.before", () => {
  test("restores in place what a file tool writes, and audits every file tool, also without placeholders", () => {
    const { hooks, entries, placeholder } = setUp()
    const args = { filePath: "a", content: `x ${placeholder}` }
    hooks.toolBefore("write", args, { sessionID: "ses" })
    expect(args.content).toBe(`x ${SECRET}`)
    hooks.toolBefore("edit", { filePath: "a", oldString: "b", newString: "c" }, {})
    expect(
      entries.map(({ toolName, tokensFound, tokensRestored }) => [toolName, tokensFound, tokensRestored]),
    ).toEqual([
      ["write", 1, 1],
      ["edit", 0, 0],
    ])
    expect(JSON.stringify(entries)).not.toContain(SECRET)
  })

  test("sends the arguments of a restored call as the model gave them, whatever value stood there", () => {
    const { hooks } = setUp()
    // Common enough not to be looked for elsewhere, secret by its context alone.
    const common = ["post", "gres"].join("")
    const seen = [{ type: "text", text: `db_password = "${common}"` }]
    hooks.messages([{ info: {}, parts: seen }])
    const [placeholder = ""] = seen[0]?.text.match(/<REDACTED:[0-9a-f]{14}>/) ?? []
    const args = { filePath: "a", content: `The value is\n${placeholder}` }
    hooks.toolBefore("write", args, { callID: "call_1" })
    expect(args.content).toBe(`The value is\n${common}`)
    const stored = { type: "tool", callID: "call_1", state: { status: "completed", input: args } }
    const other = {
      type: "tool",
      callID: "call_2",
      state: { status: "completed", input: { content: common } },
    }
    hooks.messages([{ info: {}, parts: [stored, other] }])
    expect(stored.state.input.content).toBe(`The value is\n${placeholder}`)
    expect(other.state.input.content).toBe(common)
  })

  test("hands a tool of an MCP server its placeholders, also one that is named like a file tool", () => {
    const { hooks, placeholder } = setUp()
    hooks.configure(["apply", "my server"])
    for (const tool of ["apply_patch", "my_server_write", "github_create_issue"]) {
      const args = { patchText: `x ${placeholder}` }
      hooks.toolBefore(tool, args, {})
      expect(args.patchText).toBe(`x ${placeholder}`)
    }
  })

  test("stops a write with a placeholder that nobody issued, and changes nothing", () => {
    const { hooks } = setUp()
    const args = { filePath: "keep.txt", content: ["<REDACTED:", "0123456789abcd", ">"].join("") }
    const before = structuredClone(args)
    expect(() => hooks.toolBefore("write", args, {})).toThrow(/keep\.txt/)
    expect(args).toEqual(before)
  })
})

describe("tool.execute.after", () => {
  test("masks built-in output, title and metadata", () => {
    const { hooks, entries } = setUp()
    const output: Mutable = { title: ASSIGNED, output: ASSIGNED, metadata: { output: ASSIGNED, exit: 0 } }
    hooks.toolAfter("bash", output, { sessionID: "ses" })
    expect(JSON.stringify(output)).not.toContain(SECRET)
    expect(entries[0]).toMatchObject({ hook: "tool.execute.after", toolName: "bash", sessionID: "ses" })
  })

  test("masks raw MCP results and leaves their media alone", () => {
    const { hooks } = setUp()
    const data = Buffer.from(ASSIGNED).toString("base64")
    const output: Mutable = {
      content: [
        { type: "text", text: ASSIGNED },
        { type: "image", data, mimeType: "image/png" },
        { type: "resource", resource: { uri: "file:///a", text: ASSIGNED } },
      ],
      structuredContent: { password: SECRET },
    }
    hooks.toolAfter("server_tool", output, {})
    expect(JSON.stringify(output)).not.toContain(SECRET)
    expect(JSON.stringify(output)).toContain(data)
  })

  test("tells the model that a command got placeholders, once, for that call alone", () => {
    const { hooks, placeholder } = setUp()
    hooks.toolBefore("bash", { command: `echo ${placeholder} > .env` }, { callID: "call_1" })
    const outputs: Mutable[] = [{ output: "done" }, { output: "done" }, { output: "done" }]
    hooks.toolAfter("bash", outputs[0] ?? {}, { callID: "call_1" })
    hooks.toolAfter("bash", outputs[1] ?? {}, { callID: "call_1" })
    hooks.toolAfter("bash", outputs[2] ?? {}, { callID: "call_2" })
    expect(outputs.map(({ output }) => String(output).includes("[Airlock]"))).toEqual([true, false, false])
  })

  test("writes no audit line when nothing was masked", () => {
    const { hooks, entries } = setUp()
    hooks.toolAfter("bash", { output: "nothing here" }, {})
    expect(entries).toHaveLength(0)
  })
})

describe("chat.message", () => {
  test("counts what the person sent and changes nothing, unless told to mask what is stored", () => {
    const seen = setUp()
    const part: Mutable = { type: "text", text: ASSIGNED }
    seen.hooks.message([part], { messageID: "msg" })
    expect(part.text).toBe(ASSIGNED)
    expect(seen.entries[0]).toMatchObject({
      hook: "chat.message",
      parts: 1,
      partsChanged: 1,
      messageID: "msg",
    })
    const local = setUp({ maskLocal: true })
    local.hooks.message([part], {})
    expect(part.text).not.toContain(SECRET)
  })
})

describe("event", () => {
  test("masks finished tools and diffs before the first await, and nothing that still runs", () => {
    const { hooks } = setUp()
    const finished = {
      part: { type: "tool", sessionID: "ses", state: { status: "completed", output: ASSIGNED } },
    }
    const running = { part: { type: "tool", state: { status: "running", output: ASSIGNED } } }
    const diff = { diff: [{ file: "a", before: ASSIGNED, after: ASSIGNED, patch: ASSIGNED }] }
    hooks.event("message.part.updated", finished)
    hooks.event("message.part.updated", running)
    hooks.event("session.diff", diff)
    expect(JSON.stringify([finished, diff])).not.toContain(SECRET)
    expect(JSON.stringify(running)).toContain(SECRET)
  })

  test("observes what the person types in the TUI without changing it", () => {
    const { hooks, entries } = setUp()
    const typed = { text: ASSIGNED }
    hooks.event("tui.prompt.append", typed)
    expect(typed.text).toBe(ASSIGNED)
    expect(entries[0]).toMatchObject({ hook: "event:tui.prompt.append", fields: 2, fieldsChanged: 1 })
  })

  test("copes with events of any shape", () => {
    const { hooks } = setUp()
    for (const properties of [undefined, null, 1, [], {}, { part: null }, { diff: "x" }]) {
      hooks.event("message.part.updated", properties)
      hooks.event("session.diff", properties)
    }
  })
})

describe("prompts", () => {
  test("masks history and system prompt in place", () => {
    const { hooks, entries } = setUp()
    const parts = [{ type: "text", text: ASSIGNED }]
    const messages = [{ info: { role: "user", system: ASSIGNED }, parts }]
    const system = ["plain", ASSIGNED]
    hooks.messages(messages)
    hooks.system(system, {})
    const output = { text: ASSIGNED }
    hooks.textComplete(output, {})
    expect(JSON.stringify([messages, system, output])).not.toContain(SECRET)
    expect(messages[0]?.parts).toBe(parts)
    expect(entries[0]).toMatchObject({ parts: 1, partsChanged: 1 })
    expect(entries.map(({ hook }) => hook)).toEqual([
      "experimental.chat.messages.transform",
      "experimental.chat.system.transform",
      "experimental.text.complete",
    ])
  })
})
