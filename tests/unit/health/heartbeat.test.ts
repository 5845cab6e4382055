import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { createHeartbeat, type HeartbeatStart } from "../../../src/health/heartbeat.ts"
import { pruneHeartbeats, readHeartbeats } from "../../../src/health/heartbeat-store.ts"
import { isProcessAlive, processStart } from "../../../src/base/process.ts"

const INTERVAL_MS = 60

let root = ""
let dir = ""
let anomalies = new AnomalyLog()

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "airlock-heartbeat-"))
  dir = join(root, "state/heartbeats")
  anomalies = new AnomalyLog()
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

const initial: HeartbeatStart = {
  version: "1.0.0",
  instanceId: "one",
  directory: "/p",
  worktree: "/p",
  entry: "file:///plugin.js",
  capabilities: { redact: true, intercept: true },
  wrapper: "installed",
  nativeRuntime: false,
  config: "ok",
}

function start(now?: () => number) {
  return createHeartbeat({ dir, initial, anomalies, intervalMs: INTERVAL_MS, ...(now ? { now } : {}) })
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await check()) return
    await sleep(20)
  }
  throw new Error("did not happen within two seconds")
}

async function only() {
  const [sighting, ...others] = await readHeartbeats(dir)
  expect(others).toEqual([])
  if (sighting === undefined) throw new Error("no heartbeat")
  return sighting
}

describe("heartbeat of an instance", () => {
  test("is on disk soon after the start, private, and seen as alive", async () => {
    const heartbeat = start(() => 5000)
    await eventually(async () => (await readHeartbeats(dir)).length === 1)
    const { record, alive } = await only()
    expect(alive).toBe(true)
    expect(record).toMatchObject({
      ...initial,
      pid: process.pid,
      startedAtMs: 5000,
      exchanges: 0,
      refused: 0,
    })
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    expect((await stat(join(dir, `${process.pid}-one.json`))).mode & 0o777).toBe(0o600)
    await heartbeat.end()
  })

  test("tells the last turn, the exchanges and the latest anomaly", async () => {
    const heartbeat = start()
    heartbeat.update({ lastTurn: { atMs: 7, sessionId: "ses_1", seen: false, provider: "openai" } })
    heartbeat.countExchange(true)
    heartbeat.countExchange(true)
    heartbeat.countExchange(false)
    anomalies.add("capture/write", "disk full")
    await eventually(async () => (await readHeartbeats(dir))[0]?.record.exchanges === 2)
    expect((await only()).record).toMatchObject({
      lastTurn: { atMs: 7, sessionId: "ses_1", seen: false, provider: "openai" },
      refused: 1,
      anomalies: { count: 1, latestPhase: "capture/write", latestMessage: "disk full" },
    })
    await heartbeat.end()
  })

  test("shares one write among the changes of an interval", async () => {
    let snapshots = 0
    const heartbeat = start(() => {
      snapshots += 1
      return 1
    })
    const before = performance.now()
    for (let index = 0; index < 10_000; index += 1) heartbeat.countExchange(true)
    expect(performance.now() - before).toBeLessThan(250)
    await eventually(async () => (await readHeartbeats(dir))[0]?.record.exchanges === 10_000)
    // One reading of the clock for the start, one for each write.
    expect(snapshots).toBeLessThanOrEqual(5)
    await heartbeat.end()
  })

  test("is marked as ended at once, and no longer counts as alive", async () => {
    const heartbeat = start()
    heartbeat.countExchange(true)
    await heartbeat.end()
    const { record, alive } = await only()
    expect(record.endedAtMs).toBeTypeOf("number")
    expect(record.exchanges).toBe(1)
    expect(alive).toBe(false)
  })

  test("ignores what comes after the end", async () => {
    const heartbeat = start()
    await heartbeat.end()
    heartbeat.countExchange(true)
    heartbeat.update({ wrapper: "missing" })
    await heartbeat.end()
    await sleep(2 * INTERVAL_MS)
    expect((await only()).record).toMatchObject({ exchanges: 0, wrapper: "installed" })
  })

  test("notes a directory it cannot write to once, and goes on", async () => {
    await mkdir(join(root, "state"))
    await writeFile(dir, "a file stands here")
    const heartbeat = start()
    await eventually(async () => anomalies.count > 0)
    heartbeat.countExchange(true)
    await sleep(2 * INTERVAL_MS)
    await heartbeat.end()
    expect(anomalies.count).toBe(1)
    expect(anomalies.latest?.phase).toBe("health/heartbeat")
  })

  test("keeps instances of one process apart", async () => {
    const first = start()
    const second = createHeartbeat({ dir, anomalies, initial: { ...initial, instanceId: "two/../x" } })
    await Promise.all([first.end(), second.end()])
    expect((await readdir(dir)).sort()).toEqual([`${process.pid}-one.json`, `${process.pid}-two____x.json`])
  })
})

describe("reading heartbeats", () => {
  async function record(name: string, changes: Record<string, unknown> = {}): Promise<string> {
    await start().end()
    const own = join(dir, `${process.pid}-one.json`)
    const value: unknown = JSON.parse(await readFile(own, "utf8"))
    if (typeof value !== "object") throw new Error("no record")
    await rm(own)
    const { endedAtMs: _, ...living } = value as Record<string, unknown>
    const path = join(dir, name)
    await writeFile(path, JSON.stringify({ ...living, ...changes }))
    return path
  }

  test("answers nothing where nothing was ever written", async () => {
    expect(await readHeartbeats(join(root, "missing"))).toEqual([])
  })

  test("skips torn, foreign, newer, linked and oversized files", async () => {
    const good = await record("1-good.json")
    await writeFile(join(dir, "2-torn.json"), (await readFile(good, "utf8")).slice(0, 80))
    await writeFile(join(dir, "3-foreign.json"), '{"hello":1}')
    await writeFile(
      join(dir, "4-newer.json"),
      (await readFile(good, "utf8")).replace('"schema":1', '"schema":2'),
    )
    await symlink(good, join(dir, "5-link.json"))
    await writeFile(join(dir, "6-big.json"), `${await readFile(good, "utf8")}${" ".repeat(70_000)}`)
    await writeFile(join(dir, "notes.txt"), "x")
    expect((await readHeartbeats(dir)).map(({ record }) => record.instanceId)).toEqual(["one"])
  })

  test("sees that a process has gone, and that its pid was given to another", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" })
    await once(child, "spawn")
    const pid = child.pid ?? 0
    const begun = processStart(pid)
    await record(`${pid}-one.json`, { pid, ...(begun === undefined ? {} : { processStart: begun }) })
    expect((await only()).alive).toBe(true)
    expect(isProcessAlive(pid, begun)).toBe(true)
    if (begun !== undefined) expect(isProcessAlive(pid, `${begun}0`)).toBe(false)
    child.kill("SIGKILL")
    await once(child, "exit")
    expect((await only()).alive).toBe(false)
  })

  test("prunes old files of the dead, and keeps young ones and those of the living", async () => {
    const dead = { pid: 2 ** 22 + 1 }
    await record("10-young.json", dead)
    const old = [await record("11-old-dead.json", dead), await record("12-old-alive.json")]
    await writeFile(join(dir, "13-old-torn.json"), "{")
    old.push(join(dir, "13-old-torn.json"))
    const longAgo = Date.now() / 1000 - 8 * 24 * 60 * 60
    for (const path of old) await utimes(path, longAgo, longAgo)
    await pruneHeartbeats(dir)
    expect((await readdir(dir)).sort()).toEqual(["10-young.json", "12-old-alive.json"])
  })

  test("prunes when an instance starts", async () => {
    const path = await record("14-old-dead.json", { pid: 2 ** 22 + 1 })
    const longAgo = Date.now() / 1000 - 8 * 24 * 60 * 60
    await utimes(path, longAgo, longAgo)
    const heartbeat = start()
    await eventually(async () => !(await readdir(dir)).includes("14-old-dead.json"))
    await heartbeat.end()
  })
})
