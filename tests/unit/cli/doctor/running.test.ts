import { describe, expect, test } from "vitest"
import { VERSION } from "../../../../src/base/version.ts"
import type { OpenCodeProcess } from "../../../../src/cli/doctor/processes.ts"
import { checkRunning } from "../../../../src/cli/doctor/running.ts"
import type { HeartbeatSighting } from "../../../../src/health/heartbeat-store.ts"

const place = { directory: "/p/a", worktree: "/p", env: {}, opencodeConfig: "/home/me/.config/opencode" }
const quiet = { pure: false, nativeRuntime: false, websockets: false }
const process: OpenCodeProcess = {
  pid: 4,
  cwd: "/p/b",
  command: { name: "opencode", kind: "chat" },
  switches: quiet,
  ageMs: 60_000,
}

const sighting: HeartbeatSighting = {
  alive: true,
  record: {
    schema: 1,
    version: VERSION,
    pid: 4,
    instanceId: "one",
    directory: "/p/b",
    worktree: "/p",
    entry: "file:///plugin.js",
    capabilities: { redact: true, intercept: true },
    wrapper: "installed",
    nativeRuntime: false,
    config: "ok",
    startedAtMs: 0,
    updatedAtMs: 0,
    exchanges: 0,
    refused: 0,
    anomalies: { count: 0 },
  },
}

async function statuses(
  heartbeats: readonly HeartbeatSighting[],
  processes: readonly OpenCodeProcess[] | undefined,
): Promise<readonly string[]> {
  const checks = await checkRunning({ place, heartbeats, processes, now: 100 * 3_600_000 })
  return checks.map(({ id, status }) => `${id} ${status}`)
}

describe("running OpenCode processes", () => {
  test("fails for one that has run for a while without Airlock", async () => {
    expect(await statuses([], [process])).toEqual(["loaded unknown", "process fail"])
  })

  test("is content with one that has Airlock loaded, also for another part of the repository", async () => {
    expect(await statuses([sighting], [process])).toEqual(["loaded ok", "wrapper ok", "last-turn unknown"])
  })

  test("takes a pid with Airlock in another project for loaded, since a server serves many", async () => {
    const elsewhere = { ...sighting, record: { ...sighting.record, directory: "/other" } }
    expect(await statuses([elsewhere], [process])).toEqual(["loaded unknown"])
  })

  test("fails for one with a dead sign of life only", async () => {
    expect(await statuses([{ ...sighting, alive: false }], [process])).toEqual([
      "loaded unknown",
      "process fail",
    ])
  })

  test("tells the past turn of the newest process only, and none while one runs", async () => {
    const turn = (atMs: number, seen: boolean) => ({ atMs, sessionId: "s", seen, provider: "p" })
    const ended = (pid: number, instanceId: string, atMs: number, seen: boolean): HeartbeatSighting => ({
      alive: false,
      record: { ...sighting.record, pid, instanceId, lastTurn: turn(atMs, seen) },
    })
    const past = [ended(9, "a", 10, false), ended(8, "x", 90, false), ended(9, "b", 20, true)]
    expect(await statuses(past, [])).toEqual(["loaded unknown", "last-turn ok"])
    expect(await statuses([...past, sighting], [process])).toEqual([
      "loaded ok",
      "wrapper ok",
      "last-turn unknown",
    ])
  })

  test("is content with an interceptor beside a redactor, and not with an interceptor alone", async () => {
    const interceptor = {
      ...sighting,
      record: { ...sighting.record, instanceId: "two", capabilities: { redact: false, intercept: true } },
    }
    expect(await statuses([interceptor, sighting], [process])).not.toContain("airlock-config fail")
    expect(await statuses([interceptor], [process])).toContain("airlock-config fail")
  })

  test("fails for a native runtime in the environment of the process", async () => {
    const native = { ...process, switches: { ...quiet, nativeRuntime: true } }
    expect(await statuses([sighting], [native])).toContain("native-runtime fail")
  })

  test("says so where the system shows no processes", async () => {
    expect(await statuses([], undefined)).toEqual(["loaded unknown", "process unknown"])
  })

  test.each([
    [30_000, "30 s ago"],
    [10 * 60_000, "10 min ago"],
    [5 * 3_600_000, "5 h ago"],
    [3 * 86_400_000, "3 days ago"],
  ])("says %i ms as %s", async (now, text) => {
    const [loaded] = await checkRunning({ place, heartbeats: [sighting], processes: [], now })
    expect(loaded?.message).toContain(text)
  })
})
