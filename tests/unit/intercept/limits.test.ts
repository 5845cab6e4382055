import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { processStart } from "../../../src/base/process.ts"
import { pruneCaptures } from "../../../src/intercept/retention.ts"
import { lastCapture } from "../../../src/intercept/session-captures.ts"
import { trioBaseName } from "../../../src/intercept/trio.ts"
import { sessionsBeingWritten, WriterMark } from "../../../src/intercept/writers.ts"
import { ExchangeLab } from "./exchange-lab.ts"

const NOW = Date.parse("2026-11-20T12:00:00Z")

let lab: ExchangeLab
beforeEach(() => {
  lab = new ExchangeLab()
  mkdirSync(lab.root, { mode: 0o700 })
})
afterEach(() => lab.close())

/** A session of `count` exchanges, `ageHours` old, each of 3 x `bytes` bytes. */
function session(name: string, ageHours: number, count = 1, bytes = 100): void {
  const directory = join(lab.root, name)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const seconds = NOW / 1000 - ageHours * 3600
  for (let number = 1; number <= count; number++) {
    const base = trioBaseName(number, "openai", "2026-11-19T00:00:00.000Z")
    for (const part of ["request", "response", "meta"]) {
      const path = join(directory, `${base}.${part}.json`)
      writeFileSync(path, "x".repeat(bytes))
      utimesSync(path, seconds, seconds)
    }
  }
}

const prune = (limits: { maxTotalBytes?: number; maxCaptures?: number } = {}): Promise<string[]> =>
  pruneCaptures({ root: lab.root, anomalies: lab.anomalies, now: () => NOW, ...limits })

describe("limits of what is kept", () => {
  test("the oldest sessions go until the size fits", async () => {
    for (const [name, age] of [
      ["ses_old", 9],
      ["ses_new", 1],
      ["ses_middle", 5],
    ] as const)
      session(name, age)
    expect(await prune({ maxTotalBytes: 900 })).toEqual([])
    expect(await prune({ maxTotalBytes: 650 })).toEqual(["ses_old"])
    expect((await prune({ maxTotalBytes: 10 })).sort()).toEqual(["ses_middle", "ses_new"])
  })

  test("the oldest sessions go until the number fits", async () => {
    session("ses_old", 9, 3)
    session("ses_new", 1, 2)
    expect(await prune({ maxCaptures: 5 })).toEqual([])
    expect(await prune({ maxCaptures: 4 })).toEqual(["ses_old"])
  })

  test("what a living process writes stays, whatever its age, and goes once it is dead", async () => {
    session("ses_mine", 100)
    session("ses_theirs", 100)
    const mark = new WriterMark()
    await mark.show(lab.root, "ses_mine")
    const other = spawn("sleep", ["60"])
    writeFileSync(join(lab.root, ".writers", `${other.pid}-${processStart(other.pid ?? 0)}-`), "ses_theirs\n")
    expect(await sessionsBeingWritten(lab.root)).toEqual(new Set(["ses_mine", "ses_theirs"]))
    expect(await prune({ maxTotalBytes: 1 })).toEqual([])
    other.kill()
    await once(other, "exit")
    expect(await prune()).toEqual(["ses_theirs"])
    await mark.remove()
    expect(await prune()).toEqual(["ses_mine"])
  })

  test("a mark with another process's start is a dead one's", async () => {
    mkdirSync(join(lab.root, ".writers"), { mode: 0o700 })
    writeFileSync(join(lab.root, ".writers", `${process.pid}-1-`), "ses_1\n")
    expect(await sessionsBeingWritten(lab.root)).toEqual(new Set())
    expect(readdirSync(join(lab.root, ".writers"))).toEqual([])
  })

  test("an interceptor shows where it writes until it is closed", async () => {
    const interceptor = lab.interceptor()
    await lab.exchange(interceptor, (_request, response) => response.writeHead(200).end("{}"))
    expect(await sessionsBeingWritten(lab.root)).toEqual(new Set(["ses_1"]))
    await interceptor.close()
    expect(await sessionsBeingWritten(lab.root)).toEqual(new Set())
    expect(existsSync(join(lab.root, "ses_1"))).toBe(true)
  })
})

test("captures are ordered by their number, also beyond 999", async () => {
  session("ses_many", 1, 1)
  for (const number of [998, 999, 1000, 10_000]) {
    const path = join(
      lab.root,
      "ses_many",
      `${trioBaseName(number, "openai", "2026-11-19T00:00:00.000Z")}.meta.json`,
    )
    writeFileSync(path, JSON.stringify({ number }))
  }
  expect((await lastCapture(join(lab.root, "ses_many")))?.meta).toEqual({ number: 10_000 })
})
