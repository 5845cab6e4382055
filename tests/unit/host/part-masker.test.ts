import { describe, expect, test } from "vitest"
import { MaskTally } from "../../../src/host/mask-tally.ts"
import { maskPart, type Mutable } from "../../../src/host/part-masker.ts"
import { createMasker } from "../../../src/redact/masker.ts"

const SECRET = ["hunter", "2", "Xy9", "qLmZ"].join("")
const ASSIGNED = `password = "${SECRET}"`

function mask(part: Mutable, scope: "prompt" | "display" = "prompt"): MaskTally {
  const tally = new MaskTally(createMasker())
  maskPart(part, tally, scope)
  return tally
}

describe("maskPart", () => {
  const texts: [string, Mutable][] = [
    ["text", { type: "text", id: "prt_1", text: ASSIGNED }],
    ["reasoning", { type: "reasoning", text: ASSIGNED }],
    ["tool output", { type: "tool", state: { status: "completed", output: ASSIGNED } }],
    ["tool error", { type: "tool", state: { status: "error", error: ASSIGNED } }],
    ["tool title", { type: "tool", state: { title: ASSIGNED } }],
    ["tool input by property name", { type: "tool", state: { input: { nested: [{ password: SECRET }] } } }],
    ["an object key of tool input", { type: "tool", state: { input: { [ASSIGNED]: 1 } } }],
    [
      "text attached to a tool result",
      { type: "tool", state: { attachments: [{ type: "text", text: ASSIGNED }] } },
    ],
    ["file source", { type: "file", source: { text: { value: ASSIGNED } } }],
    ["agent source", { type: "agent", source: { value: ASSIGNED } }],
    ["subtask prompt", { type: "subtask", prompt: ASSIGNED }],
  ]
  test.each(texts)("masks %s in place", (_name, part) => {
    const tally = mask(part)
    expect(JSON.stringify(part)).not.toContain(SECRET)
    expect(JSON.stringify(part)).toContain("<REDACTED:")
    expect(tally.textsChanged).toBe(1)
    expect(tally.findings.length).toBeGreaterThan(0)
    expect(tally.bytesIn).toBeGreaterThan(0)
  })

  const untouched: [string, Mutable][] = [
    ["signed reasoning", { type: "reasoning", text: ASSIGNED, metadata: { anthropic: { signature: "s" } } }],
    ["a part without text", { type: "step-start", id: ASSIGNED }],
    [
      "metadata of a tool in a prompt, which is never sent",
      { type: "tool", state: { metadata: { a: ASSIGNED } } },
    ],
  ]
  test.each(untouched)("leaves %s alone", (_name, part) => {
    const before = structuredClone(part)
    expect(mask(part).textsChanged).toBe(0)
    expect(part).toEqual(before)
  })

  test("masks a tool's metadata where the person sees it", () => {
    const part: Mutable = { type: "tool", state: { metadata: { output: ASSIGNED, exit: 0, when: null } } }
    mask(part, "display")
    expect(JSON.stringify(part)).not.toContain(SECRET)
    expect(JSON.stringify(part)).toContain('"exit":0,"when":null')
  })

  test("answers the same nested values when there is nothing to mask", () => {
    const input = { filePath: "a.txt", edits: [{ from: 1 }] }
    const part: Mutable = { type: "tool", state: { input } }
    mask(part)
    expect((part.state as Mutable).input).toBe(input)
  })
})
