import { describe, expect, test } from "vitest"
import { RedactHooks } from "../../../src/host/redact-hooks.ts"
import type { Audit, AuditEntry } from "../../../src/redact/audit.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import { createScanner } from "../../../src/secrets/scanner.ts"
import { ALNUM, fakeToken } from "../../support/fake-token.ts"

const scanner = createScanner()
const token = `ghp_${fakeToken(ALNUM, 36)}`
const [head, tail] = [`take ${token.slice(0, 17)}`, `${token.slice(17)} now`]

function setUp({ maskLocal = false } = {}) {
  const entries: AuditEntry[] = []
  const audit: Audit = { record: (entry) => void entries.push(entry), flush: () => Promise.resolve() }
  const masker = createMasker({ scanner })
  return { hooks: new RedactHooks({ masker, audit, maskLocal }), entries, masker }
}

const masked = (text: string): boolean =>
  !text.includes(token.slice(4, 17)) && !text.includes(token.slice(17)) && text.includes("<REDACTED:")

describe("a secret split over the parts of a message", () => {
  test("is masked in two texts, also with a step's mark between them, and counted in the audit line", () => {
    const { hooks, entries, masker } = setUp()
    const parts = [{ type: "text", text: head }, { type: "step-start" }, { type: "text", text: tail }]
    hooks.messages([{ info: {}, parts }])
    expect(parts.map(({ text }) => text === undefined || masked(text))).toEqual([true, true, true])
    expect(masker.restore(parts.map(({ text }) => text ?? "").join("")).text).toBe(head + tail)
    expect(entries).toMatchObject([{ parts: 3, partsChanged: 2 }])
    expect(entries[0]?.findings.length).toBeGreaterThanOrEqual(2)
  })

  test("is masked in a text and the answer of the tool behind it", () => {
    const { hooks } = setUp()
    const state = { status: "completed", input: { filePath: "a" }, output: tail }
    const parts = [
      { type: "text", text: head },
      { type: "tool", callID: "c", state },
    ]
    hooks.messages([{ info: {}, parts }])
    expect([masked(String(parts[0]?.text)), masked(state.output)]).toEqual([true, true])
  })

  test("is masked in what OpenCode stores, by choice", () => {
    const { hooks } = setUp({ maskLocal: true })
    const parts = [
      { type: "text", text: head },
      { type: "text", text: tail },
    ]
    hooks.message(parts, {})
    expect(parts.map(({ text }) => masked(text))).toEqual([true, true])
  })

  test("is masked in the texts that an MCP tool answered", () => {
    const { hooks } = setUp()
    const output = {
      content: [
        { type: "text", text: head },
        { type: "text", text: tail },
      ],
      metadata: { lines: [head, tail] },
    }
    hooks.toolAfter("server_tool", output, {})
    expect(output.content.map(({ text }) => masked(text))).toEqual([true, true])
    expect(output.metadata.lines.map(masked)).toEqual([true, true])
  })

  test("is not looked for between messages", () => {
    const { hooks, entries } = setUp()
    const [first, second] = [
      { type: "text", text: "the db_password=" },
      { type: "text", text: "Xk9_mQ2vT7z" },
    ]
    hooks.messages([
      { info: {}, parts: [first] },
      { info: {}, parts: [second] },
    ])
    expect(second.text).toBe("Xk9_mQ2vT7z")
    expect(entries).toEqual([])
    hooks.messages([{ info: {}, parts: [first, second] }])
    expect(second.text).toMatch(/^<REDACTED:/)
  })
})
