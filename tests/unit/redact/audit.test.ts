import { existsSync } from "node:fs"
import { execFileSync } from "node:child_process"
import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { type Audit, type AuditEntry, createAudit } from "../../../src/redact/audit.ts"
import { temporaryDirectory } from "../../support/temp-dir.ts"

const entry: AuditEntry = { hook: "chat.message", findings: [], durationMs: 1.5, bytesIn: 10, bytesOut: 12 }

let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let anomalies: AnomalyLog

beforeEach(async () => {
  directory = await temporaryDirectory("audit")
  anomalies = new AnomalyLog()
})
afterEach(() => directory.remove())

function auditAt(path: string, options: { maxBytes?: number; enabled?: boolean } = {}): Audit {
  return createAudit({ path, enabled: true, anomalies, now: () => 0, ...options })
}

async function linesOf(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path, "utf8")
  expect(text.endsWith("\n")).toBe(true)
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe("createAudit", () => {
  test("writes the seed's fields in their order and leaves out what does not apply", async () => {
    const path = join(directory.path, "audit.jsonl")
    const labels: Record<string, string> = {
      "github-pat": "GitHubTokenDetector",
      "github-app": "GitHubTokenDetector",
    }
    const audit = createAudit({
      path,
      enabled: true,
      anomalies,
      now: () => 0,
      labelOf: (id) => labels[id] ?? id,
    })
    audit.record({
      ...entry,
      findings: [
        { ruleId: "github-pat", count: 2 },
        { ruleId: "github-app", count: 1 },
        { ruleId: "known-value", count: 4 },
      ],
      parts: 3,
      partsChanged: 1,
      fields: 5,
      fieldsChanged: 2,
      toolName: "read",
      sessionID: "ses_1",
      messageID: "msg_1",
      tokensFound: 6,
      tokensRestored: 5,
    })
    audit.record({ ...entry, sessionID: undefined })
    await audit.flush()
    const [full, sparse] = await linesOf(path)
    expect(full).toEqual({
      ts: "1970-01-01T00:00:00.000Z",
      tool: "opencode-airlock",
      triggered: true,
      totalMatches: 7,
      countsByLabel: { GitHubTokenDetector: 3, "known-value": 4 },
      hook: "chat.message",
      durationMs: 1.5,
      bytesIn: 10,
      bytesOut: 12,
      parts: 3,
      partsChanged: 1,
      fields: 5,
      fieldsChanged: 2,
      toolName: "read",
      sessionID: "ses_1",
      messageID: "msg_1",
      tokensFound: 6,
      tokensRestored: 5,
    })
    expect(Object.keys(full!).join(" ")).toBe(
      "ts tool triggered totalMatches countsByLabel hook durationMs bytesIn bytesOut parts partsChanged fields fieldsChanged toolName sessionID messageID tokensFound tokensRestored",
    )
    expect(Object.keys(sparse!)).toEqual([
      "ts",
      "tool",
      "triggered",
      "totalMatches",
      "countsByLabel",
      "hook",
      "durationMs",
      "bytesIn",
      "bytesOut",
    ])
    expect(sparse!.triggered).toBe(false)
  })

  test("keeps the order of records and loses none, however fast they come", async () => {
    const path = join(directory.path, "audit.jsonl")
    const audit = auditAt(path)
    for (let index = 0; index < 500; index += 1) {
      audit.record({ ...entry, parts: index })
      if (index % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await audit.flush()
    expect((await linesOf(path)).map(({ parts }) => parts)).toEqual(
      Array.from({ length: 500 }, (_, index) => index),
    )
    expect(anomalies.count).toBe(0)
  })

  test("creates a private file, and private directories, and leaves the mode of one that exists", async () => {
    const existing = join(directory.path, "existing")
    await mkdir(existing, { mode: 0o755 })
    await chmod(existing, 0o755)
    const path = join(existing, "new", "audit.jsonl")
    const audit = auditAt(path)
    audit.record(entry)
    await audit.flush()
    const modeOf = async (of: string): Promise<number> => (await stat(of)).mode & 0o777
    expect(await modeOf(path)).toBe(0o600)
    expect(await modeOf(join(existing, "new"))).toBe(0o700)
    expect(await modeOf(existing)).toBe(0o755)
  })

  test("moves a full file aside and goes on in a new one", async () => {
    const path = join(directory.path, "audit.jsonl")
    const audit = auditAt(path, { maxBytes: 1000 })
    for (let index = 0; index < 20; index += 1) {
      audit.record({ ...entry, parts: index })
      await audit.flush()
      expect((await stat(path)).size).toBeLessThanOrEqual(1000)
    }
    const kept = [...(await linesOf(`${path}.1`)), ...(await linesOf(path))].map(({ parts }) => parts)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 20 - kept.length + index))
    expect((await stat(`${path}.1`)).mode & 0o777).toBe(0o600)
  })

  test("does nothing when it is switched off", async () => {
    const path = join(directory.path, "audit.jsonl")
    const audit = auditAt(path, { enabled: false })
    audit.record(entry)
    await audit.flush()
    await expect(stat(path)).rejects.toThrow("ENOENT")
  })

  test("turns a path it cannot write to into one anomaly and throws nothing", async () => {
    const file = join(directory.path, "file")
    await writeFile(file, "kept")
    const link = join(directory.path, "link")
    await symlink(file, link)
    const dangling = join(directory.path, "dangling")
    await symlink(join(directory.path, "nowhere"), dangling)
    const fifo = join(directory.path, "fifo")
    execFileSync("mkfifo", [fifo])
    const paths = [
      directory.path,
      link,
      dangling,
      fifo,
      join(file, "audit.jsonl"),
      "/dev/null/audit.jsonl",
      "/dev/full",
    ]
    for (const path of paths) {
      anomalies = new AnomalyLog()
      const audit = auditAt(path)
      for (let round = 0; round < 3; round += 1) {
        audit.record(entry)
        await audit.flush()
      }
      expect(anomalies.recent.map(({ phase }) => phase)).toEqual(["audit/append"])
      expect(anomalies.latest?.message).toContain(path)
    }
    expect(await readFile(file, "utf8")).toBe("kept")
    await expect(stat(join(directory.path, "nowhere"))).rejects.toThrow("ENOENT")
  })

  test("moves aside nothing but a file, however large what stands at the path", async () => {
    const folder = join(directory.path, "folder")
    await mkdir(folder)
    await writeFile(join(folder, "kept"), "kept")
    const link = join(directory.path, "link")
    await symlink(join(folder, "kept"), link)
    for (const path of [folder, link]) {
      const audit = auditAt(path, { maxBytes: 1 })
      audit.record(entry)
      await audit.flush()
      await expect(stat(`${path}.1`)).rejects.toThrow("ENOENT")
      expect(anomalies.latest?.message).toContain("it is a link, a directory or a device")
    }
    expect(await readFile(link, "utf8")).toBe("kept")
  })

  test("writes again as soon as the path is usable", async () => {
    const blocker = join(directory.path, "blocked")
    await writeFile(blocker, "")
    const audit = auditAt(join(blocker, "audit.jsonl"))
    audit.record(entry)
    await audit.flush()
    expect(anomalies.count).toBe(1)
    execFileSync("rm", [blocker])
    audit.record({ ...entry, parts: 2 })
    await audit.flush()
    expect(await linesOf(join(blocker, "audit.jsonl"))).toMatchObject([{ parts: 2 }])
    expect(anomalies.count).toBe(1)
  })

  test("returns before anything is written, and writes what has queued up at once", async () => {
    const path = join(directory.path, "audit.jsonl")
    const audit = auditAt(path)
    for (let index = 0; index < 2000; index += 1) audit.record(entry)
    expect(existsSync(path)).toBe(false)
    await audit.flush()
    expect(await linesOf(path)).toHaveLength(2000)
  })
})
