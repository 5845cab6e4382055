import {
  chmodSync,
  chownSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { basename, dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { pruneCaptures, pruneReplacementRoots } from "../../../src/intercept/retention.ts"
import { trioBaseName } from "../../../src/intercept/trio.ts"
import { asNobody, ExchangeLab } from "./exchange-lab.ts"

const HOUR_MS = 3_600_000
const NOW = Date.parse("2026-11-20T12:00:00Z")
const isRoot = process.getuid?.() === 0

let lab: ExchangeLab
beforeEach(() => {
  lab = new ExchangeLab()
})
afterEach(() => lab.close())

const prune = (retentionHours?: number): Promise<string[]> =>
  pruneCaptures({
    root: lab.root,
    anomalies: lab.anomalies,
    now: () => NOW,
    ...(retentionHours === undefined ? {} : { retentionHours }),
  })

function file(path: string, ageHours: number): string {
  const full = join(lab.root, path)
  mkdirSync(dirname(full), { recursive: true, mode: 0o700 })
  writeFileSync(full, "{}")
  age(full, ageHours)
  return full
}

function age(path: string, hours: number): void {
  const seconds = (NOW - hours * HOUR_MS) / 1000
  utimesSync(path, seconds, seconds)
}

function renameInto(path: string, parent: string): void {
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  renameSync(path, join(parent, basename(path)))
}

const tree = (): string[] => readdirSync(lab.root, { recursive: true }).map(String).sort()

function session(name: string, ageHours: number): string {
  const base = trioBaseName(1, "openai", "2026-11-19T00:00:00.000Z")
  for (const part of ["request", "response", "meta"]) file(`${name}/${base}.${part}.json`, ageHours)
  age(join(lab.root, name), ageHours)
  return join(lab.root, name)
}

describe("pruneCaptures", () => {
  test("deletes expired sessions and keeps fresh ones, at 24 hours by default", async () => {
    session("ses_old", 24.1)
    session("ses_exact", 24)
    session("ses_fresh", 23.9)
    session("ses_future", -5)
    expect((await prune()).sort()).toEqual(["ses_exact", "ses_old"])
    expect(readdirSync(lab.root).sort()).toEqual(["ses_fresh", "ses_future"])
    expect(lab.anomalies.count).toBe(0)
  })

  test("keeps as long as it is told", async () => {
    session("ses_1", 3)
    expect(await prune(4)).toEqual([])
    expect(await prune(2)).toEqual(["ses_1"])
  })

  test("takes the newest file as the age: a long session stays, however old its directory is", async () => {
    session("ses_long", 50)
    file(`ses_long/${trioBaseName(2, "openai", "2026-11-20T11:00:00.000Z")}.meta.json`, 1)
    age(join(lab.root, "ses_long"), 50)
    session("ses_touched", 50)
    age(join(lab.root, "ses_touched"), 0)
    expect(await prune()).toEqual(["ses_touched"])
  })

  test("deletes what killed writers left and empty sessions, too", async () => {
    session("ses_1", 30)
    file("ses_1/.002.reserved", 30)
    file("ses_1/.0f8fad5b-d9cb-469f-a165-70867728950e.tmp", 30)
    mkdirSync(join(lab.root, "ses_empty"))
    age(join(lab.root, "ses_empty"), 30)
    expect((await prune()).sort()).toEqual(["ses_1", "ses_empty"])
    expect(readdirSync(lab.root)).toEqual([])
  })

  test("leaves files, links, strange names and directories with anything unknown in them", async () => {
    mkdirSync(lab.root, { mode: 0o700 })
    file("001-openai-2026.meta.json", 99)
    session("ses_notes", 99)
    file("ses_notes/notes.txt", 99)
    session("ses_nested", 99)
    session("ses_nested/deeper", 99)
    session("has space", 99)
    session(".hidden", 99)
    session("ses_linkfile", 99)
    const secret = join(lab.base, "target.json")
    writeFileSync(secret, "keep")
    const link = join(lab.root, "ses_linkfile", "002-openai-2026.meta.json")
    symlinkSync(secret, link)
    lutimesSync(link, 1, 1)
    session("ses_dirfile", 99)
    mkdirSync(join(lab.root, "ses_dirfile", "003-openai-2026.meta.json"))
    age(join(lab.root, "ses_dirfile", "003-openai-2026.meta.json"), 99)
    const before = tree()
    expect(await prune()).toEqual([])
    expect(tree()).toEqual(before)
    expect(readFileSync(secret, "utf8")).toBe("keep")
    expect(lab.anomalies.count).toBe(0)
  })

  test("never follows a link to a directory, even one full of capture files", async () => {
    const real = session("ses_real", 99)
    const outside = join(lab.base, "outside")
    mkdirSync(outside)
    renameSync(real, join(outside, "ses_real"))
    symlinkSync(join(outside, "ses_real"), join(lab.root, "ses_real"))
    age(join(outside, "ses_real"), 99)
    expect(await prune()).toEqual([])
    expect(readdirSync(join(outside, "ses_real"))).toHaveLength(3)
  })

  test("a missing root is fine and is not made", async () => {
    expect(await prune()).toEqual([])
    expect(lab.anomalies.count).toBe(0)
    expect(existsSync(lab.root)).toBe(false)
  })

  test("a root that is a link to somebody's home deletes nothing there and says so (S3)", async () => {
    const home = join(lab.base, "home")
    const real = session("old_project", 99)
    renameSync(dirname(real), home)
    symlinkSync(home, lab.root)
    expect(await prune()).toEqual([])
    expect(readdirSync(join(home, "old_project"))).toHaveLength(3)
    expect(lab.anomalies.latest?.phase).toBe("cleanup/path-safety")
  })

  test("a root that others can write to is not cleaned", async () => {
    session("ses_1", 99)
    chmodSync(lab.root, 0o777)
    expect(await prune()).toEqual([])
    expect(lab.anomalies.latest?.phase).toBe("cleanup/path-safety")
  })

  test.skipIf(!isRoot)(
    "another user's root, and another user's directory in ours, are not cleaned",
    async () => {
      const theirs = session("ses_theirs", 99)
      chownSync(theirs, 65_534, 65_534)
      expect(await prune()).toEqual([])
      expect(lab.anomalies.count).toBe(0)
      chownSync(lab.root, 65_534, 65_534)
      session("ses_1", 99)
      expect(await prune()).toEqual([])
      expect(lab.anomalies.latest?.phase).toBe("cleanup/path-safety")
    },
  )

  test("a root that is a file is a root-read anomaly", async () => {
    writeFileSync(lab.root, "x")
    expect(await prune()).toEqual([])
    expect(lab.anomalies.latest?.phase).toBe("cleanup/root-read")
    expect(readFileSync(lab.root, "utf8")).toBe("x")
  })

  test("a session that cannot be read or deleted is an anomaly and the pass goes on", async () => {
    const unreadable = session("ses_a", 99)
    const undeletable = session("ses_b", 99)
    chmodSync(unreadable, 0o000)
    chmodSync(undeletable, 0o555)
    chmodSync(lab.root, 0o755)
    chmodSync(lab.base, 0o755)
    // Root may do everything, so it steps down to somebody who may not.
    expect(await (isRoot ? asNobody(() => prune()) : prune())).toEqual([])
    expect(lab.anomalies.recent.map(({ phase }) => phase).sort()).toEqual([
      "cleanup/entry-delete",
      "cleanup/entry-stat",
    ])
    chmodSync(unreadable, 0o700)
    chmodSync(undeletable, 0o700)
    expect((await prune()).sort()).toEqual(["ses_a", "ses_b"])
  })
})

describe("pruneReplacementRoots", () => {
  test("cleans the private roots of earlier processes and nothing else in the temporary directory", async () => {
    const before = process.env.TMPDIR
    process.env.TMPDIR = lab.base
    try {
      const privateRoot = (name: string, ...sessions: [string, number][]): string => {
        for (const [id, hours] of sessions) renameInto(session(id, hours), join(lab.base, name))
        mkdirSync(join(lab.base, name), { recursive: true, mode: 0o700 })
        age(join(lab.base, name), 99)
        return name
      }
      privateRoot("opencode-interceptor-AAAAAA", ["ses_old", 99], ["ses_new", 1])
      privateRoot("opencode-interceptor-BBBBBB", ["ses_old", 99])
      privateRoot("opencode-interceptor-notours", ["ses_old", 99])
      mkdirSync(join(lab.base, "target", "ses_old"), { recursive: true })
      age(join(lab.base, "target", "ses_old"), 99)
      symlinkSync(join(lab.base, "target"), join(lab.base, "opencode-interceptor-CCCCCC"))
      mkdirSync(join(lab.base, "opencode-interceptor-DDDDDD"))
      age(join(lab.base, "opencode-interceptor-DDDDDD"), 1)
      await pruneReplacementRoots({ anomalies: lab.anomalies, now: () => NOW })
      expect(readdirSync(join(lab.base, "opencode-interceptor-AAAAAA"))).toEqual(["ses_new"])
      expect(existsSync(join(lab.base, "opencode-interceptor-BBBBBB"))).toBe(false)
      expect(readdirSync(join(lab.base, "opencode-interceptor-notours"))).toEqual(["ses_old"])
      expect(readdirSync(join(lab.base, "target"))).toEqual(["ses_old"])
      // Empty, but made just now, perhaps by a process that is about to use it.
      expect(existsSync(join(lab.base, "opencode-interceptor-DDDDDD"))).toBe(true)
      expect(lab.anomalies.count).toBe(0)
    } finally {
      if (before === undefined) delete process.env.TMPDIR
      if (before !== undefined) process.env.TMPDIR = before
    }
  })
})
