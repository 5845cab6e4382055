import { describe, expect, test } from "vitest"
import { restorePolicy, sinkOf } from "../../../src/redact/sinks.ts"

describe("sinkOf", () => {
  test.each(["write", "edit", "multiedit", "patch", "apply_patch"])(
    "takes %s for a tool that writes local files",
    (tool) => {
      expect(sinkOf(tool)).toBe("file")
      expect(restorePolicy(sinkOf(tool))).toBe("all")
    },
  )

  test.each(["read", "glob", "grep", "list", "lsp"])("takes %s for a local lookup", (tool) => {
    expect(restorePolicy(sinkOf(tool))).toBe("resolvable")
  })

  test.each([
    "bash",
    "webfetch",
    "websearch",
    "execute",
    "task",
    "todowrite",
    "question",
    "skill",
    "plan_exit",
  ])("never restores for %s", (tool) => {
    expect(restorePolicy(sinkOf(tool))).toBe("never")
  })

  test.each([
    // What the substring test of the seed took for file tools.
    "mcp_slack_post",
    "github_create_issue",
    "gmail_create_draft",
    "notion_update_page",
    "scp",
    "tcpdump",
    "credits",
    "filesystem_write",
    "my_edit",
    "Write",
    "write ",
    "write\0",
    "",
    "constructor",
    "__proto__",
    "toString",
  ])("takes %j, which no table names, for the network", (tool) => {
    expect(sinkOf(tool)).toBe("network")
    expect(restorePolicy(sinkOf(tool))).toBe("never")
  })
})
