import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { JsonObject } from "../../src/base/json.ts"
import { canary } from "../support/canary.ts"
import { messageText } from "../support/opencode/client.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import { REPOSITORY } from "../support/opencode.ts"
import { startRig } from "./intercept/rig.ts"
import {
  ADDED_LINE,
  runSecretFileTask,
  type SecretFileOptions,
  type SecretFileOutcome,
  type TaskNumber,
} from "../support/secret-file/scenario.ts"

const PLACEHOLDER = /<REDACTED:[0-9a-f]{14}>/

test(
  "reading a file with a key: the model prints a placeholder, the file and the key stay at home",
  () =>
    withOutcome(1, {}, async ({ run, requests, secret, before, after, audit }) => {
      expect(run.exitCode).toBe(0)
      expect(run.stdout).toMatch(PLACEHOLDER)
      expect(run.stdout).not.toContain(secret.value)
      expect(describeLeaks(findLeaks(requests, [secret]))).toBe("")
      expect(after).toBe(before)

      const { lines, text, mode } = await audit()
      expect(mode).toBe(0o600)
      expect(text).not.toContain(secret.value)
      const read = lineOf(lines, "tool.execute.after", "read")
      expect(read).toMatchObject({ tool: "opencode-airlock", triggered: true })
      expect(Number(read.totalMatches)).toBeGreaterThanOrEqual(1)
      expect(read.countsByLabel).toMatchObject({ AWSKeyDetector: read.totalMatches })
      expect(Number(read.bytesIn)).toBeGreaterThan(0)
      expect(Number(read.bytesOut)).toBeGreaterThan(0)
      expect(Number(read.durationMs)).toBeGreaterThanOrEqual(0)
      expect(read.sessionID).toMatch(/^ses_/)
      expect(read.ts).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
      expect(lines.filter((line) => line.hook === "tool.execute.before")).toEqual([])
    }),
  30_000,
)

test(
  "adding a line to a file with a key: the file holds the real key and the line",
  () =>
    withOutcome(2, {}, async ({ run, requests, secret, before, after, audit }) => {
      expect(run.exitCode).toBe(0)
      expect(describeLeaks(findLeaks(requests, [secret]))).toBe("")
      expect(after).toBe(`${before}${ADDED_LINE}\n`)

      const { lines, text } = await audit()
      expect(text).not.toContain(secret.value)
      const write = lineOf(lines, "tool.execute.before", "write")
      expect(write).toMatchObject({
        tool: "opencode-airlock",
        triggered: true,
        tokensFound: 1,
        tokensRestored: 1,
      })
      // The restored arguments are stored as placeholders, so the next prompt has nothing left to mask.
      expect(lines.filter((line) => line.hook === "provider.request")).toEqual([])
    }),
  30_000,
)

test(
  "without Airlock the same run sends the key, so the tests above can fail",
  () =>
    withOutcome(2, { plugin: [] }, async ({ requests, secret }) => {
      expect(findLeaks(requests, [secret]).length).toBeGreaterThan(0)
    }),
  30_000,
)

describe("the audit log's environment variables", () => {
  test(
    "OPENCODE_REDACTOR_AUDIT_ENABLED=0 writes none",
    () =>
      withOutcome(
        1,
        { env: { OPENCODE_REDACTOR_AUDIT_ENABLED: "0" } },
        async ({ audit, requests, secret }) => {
          await expect(audit()).rejects.toThrow(/ENOENT/)
          expect(describeLeaks(findLeaks(requests, [secret]))).toBe("")
        },
      ),
    30_000,
  )

  test(
    "OPENCODE_REDACTOR_AUDIT_DIR moves the file",
    () =>
      withOutcome(1, { env: { OPENCODE_REDACTOR_AUDIT_DIR: "~/audit" } }, async ({ audit }) => {
        const { lines } = await audit(join("audit", "opencode-redactor.audit.jsonl"))
        lineOf(lines, "tool.execute.after", "read")
        await expect(audit()).rejects.toThrow(/ENOENT/)
      }),
    30_000,
  )

  test(
    "OPENCODE_REDACTOR_AUDIT_PATH names the file",
    () =>
      withOutcome(1, { env: { OPENCODE_REDACTOR_AUDIT_PATH: "~/mine/log.jsonl" } }, async ({ audit }) => {
        lineOf((await audit(join("mine", "log.jsonl"))).lines, "tool.execute.after", "read")
        await expect(audit()).rejects.toThrow(/ENOENT/)
      }),
    30_000,
  )

  test(
    "a path that cannot be written harms nothing else",
    () =>
      withOutcome(2, { env: { OPENCODE_REDACTOR_AUDIT_PATH: "/dev/null/log.jsonl" } }, async (outcome) => {
        expect(outcome.run.exitCode).toBe(0)
        expect(outcome.after).toBe(`${outcome.before}${ADDED_LINE}\n`)
        expect(describeLeaks(findLeaks(outcome.requests, [outcome.secret]))).toBe("")
      }),
    30_000,
  )
})

describe("OPENCODE_REDACTOR_MASK_LOCAL", () => {
  test.each([
    ["1", "is masked"],
    ["0", "stays as typed"],
  ])(
    "%s: what OpenCode stores of the person's message %s",
    async (value) => {
      const rig = await startRig({ env: { OPENCODE_REDACTOR_MASK_LOCAL: value } })
      try {
        const secret = canary(`local ${value}`)
        const { client } = await rig.project("local", "openai-chat", () => ({ text: "Hello." }))
        const session = await client.createSession({ title: "Local" })
        await client.prompt(session, `My token is ${secret.value}.`)
        const stored = (await client.messages(session)).map(messageText).join("\n")
        expect(stored.includes(secret.value)).toBe(value === "0")
        expect(PLACEHOLDER.test(stored)).toBe(value === "1")
        expect(describeLeaks(findLeaks(rig.provider.requests, [secret]))).toBe("")
      } finally {
        await rig.stop()
      }
    },
    30_000,
  )
})

test.each(["test1.sh", "test2.sh"])(
  "%s runs by itself and ends with 0",
  (script) => {
    const path = join(REPOSITORY, "tests", "e2e", script)
    expect(existsSync(path)).toBe(true)
    const run = spawnSync(path, { encoding: "utf8", timeout: 25_000 })
    expect(run.stdout).toMatch(/with the key in them: 0/)
    expect(run.status).toBe(0)
  },
  30_000,
)

async function withOutcome(
  task: TaskNumber,
  options: SecretFileOptions,
  check: (outcome: SecretFileOutcome) => Promise<void>,
): Promise<void> {
  const outcome = await runSecretFileTask(task, options)
  try {
    await check(outcome)
  } finally {
    await outcome.close()
  }
}

/** The line of a hook for a tool; fails where there is none. */
function lineOf(lines: readonly JsonObject[], hook: string, toolName: string): JsonObject {
  const line = lines.find((candidate) => candidate.hook === hook && candidate.toolName === toolName)
  if (line === undefined) throw new Error(`No audit line of ${hook} for ${toolName}`)
  return line
}
