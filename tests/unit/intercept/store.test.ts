import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CaptureRoot } from "../../../src/intercept/capture-root.ts"
import { CaptureStore } from "../../../src/intercept/store.ts"
import { isCaptureFile, sequenceOf, trioBaseName } from "../../../src/intercept/trio.ts"
import { ExchangeLab } from "./exchange-lab.ts"
import { keep, STAMP, trio } from "./stored-trio.ts"

let lab: ExchangeLab
beforeEach(() => {
  lab = new ExchangeLab()
})
afterEach(() => lab.close())

const newStore = (): CaptureStore => new CaptureStore(new CaptureRoot(lab.root, lab.anomalies))
const modeOf = (path: string): number => lstatSync(path).mode & 0o777

describe("names", () => {
  test("are the number, the provider and the time", () => {
    expect(trioBaseName(7, "anthropic", STAMP)).toBe("007-anthropic-2026-04-19T06-15-00-123Z")
    expect(trioBaseName(1234, "generic-llm", STAMP)).toBe("1234-generic-llm-2026-04-19T06-15-00-123Z")
  })

  test("tell capture files from all others", () => {
    for (const provider of ["anthropic", "openai", "google", "bedrock", "generic-llm"] as const) {
      const base = trioBaseName(12, provider, STAMP)
      for (const part of ["request", "response", "meta"]) {
        expect(isCaptureFile(`${base}.${part}.json`)).toBe(true)
        expect(sequenceOf(`${base}.${part}.json`)).toBe(12)
      }
    }
    for (const name of [
      "notes.txt",
      "001-other-x.meta.json",
      "001-openai-T.json",
      "001-openai-T.meta.json.bak",
      ".git",
    ]) {
      expect(isCaptureFile(name)).toBe(false)
      expect(sequenceOf(name)).toBeUndefined()
    }
  })
})

describe("numbers", () => {
  test("follow the order of the calls, per session from 1", async () => {
    const store = newStore()
    const taken = await Promise.all([
      store.reserve("ses_1", "openai", STAMP),
      store.reserve("ses_1", "google", STAMP),
      store.reserve("ses_2", "openai", STAMP),
      store.reserve("ses_1", "bedrock", STAMP),
    ])
    expect(taken.map(({ sequence }) => sequence)).toEqual([1, 2, 1, 3])
    expect(taken.map(({ baseName }) => baseName.split("-")[1])).toEqual([
      "openai",
      "google",
      "openai",
      "bedrock",
    ])
  })

  test("go on after a restart", async () => {
    await keep(newStore())
    await keep(newStore())
    const unfinished = newStore()
    await unfinished.reserve("ses_1", "openai", STAMP)
    expect(await keep(newStore())).toBe(4)
  })

  test("go on after 999 and are found again", async () => {
    mkdirSync(join(lab.root, "ses_1"), { recursive: true, mode: 0o700 })
    writeFileSync(join(lab.root, "ses_1", `${trioBaseName(999, "openai", STAMP)}.meta.json`), "{}")
    expect(await keep(newStore())).toBe(1000)
    expect(await keep(newStore())).toBe(1001)
    expect(lab.files().filter((name) => name.startsWith("1000-openai-"))).toHaveLength(3)
  })

  test("never collide between stores on one root", async () => {
    const stores = [newStore(), newStore(), newStore()]
    const sequences = await Promise.all(
      Array.from({ length: 60 }, (_, index) => keep(stores[index % stores.length] ?? newStore())),
    )
    expect(new Set(sequences).size).toBe(60)
    const names = lab.files()
    expect(names).toHaveLength(180)
    expect(new Set(names.map(sequenceOf)).size).toBe(60)
  })

  test("are not given twice when another store finished a trio in between", async () => {
    const late = newStore()
    expect(await keep(late)).toBe(1)
    const other = newStore()
    expect(await keep(other)).toBe(2)
    expect(await keep(late)).toBe(3)
  })
})

describe("a trio", () => {
  test("is three pretty JSON files and nothing else", async () => {
    await keep(newStore())
    const base = trioBaseName(1, "openai", STAMP)
    expect(lab.files()).toEqual([`${base}.meta.json`, `${base}.request.json`, `${base}.response.json`])
    const text = readFileSync(join(lab.root, "ses_1", `${base}.request.json`), "utf8")
    expect(text).toBe('{\n  "body": {\n    "text": "hi"\n  },\n  "headers": {}\n}')
  })

  test.each([0o000, 0o022, 0o077, 0o277])("is private under umask %i", async (umask) => {
    const before = process.umask(umask)
    try {
      await keep(newStore())
    } finally {
      process.umask(before)
    }
    expect(modeOf(lab.root)).toBe(0o700)
    expect(modeOf(join(lab.root, "ses_1"))).toBe(0o700)
    for (const name of lab.files()) expect(modeOf(join(lab.root, "ses_1", name))).toBe(0o600)
  })

  test("leaves nothing when one of its files cannot appear", async () => {
    const store = newStore()
    const reservation = await store.reserve("ses_1", "openai", STAMP)
    // The last rename meets a directory that is not empty.
    const blocked = join(reservation.directory, `${reservation.baseName}.meta.json`)
    mkdirSync(join(blocked, "x"), { recursive: true })
    await expect(store.write(reservation, trio())).rejects.toMatchObject({ syscall: "rename" })
    await store.release(reservation)
    expect(lab.files()).toEqual([`${reservation.baseName}.meta.json`])
  })

  test("replaces an earlier one of the same reservation, and survives when that fails", async () => {
    const store = newStore()
    const reservation = await store.reserve("ses_1", "openai", STAMP)
    await store.write(reservation, trio("first"))
    await store.write(reservation, trio("second"))
    await store.release(reservation)
    expect(lab.only().response.body).toBe("second")
    const meta = join(reservation.directory, `${reservation.baseName}.meta.json`)
    rmSync(meta)
    mkdirSync(join(meta, "x"), { recursive: true })
    await expect(store.write(reservation, trio("third"))).rejects.toThrow()
    const names = lab.files().filter((name) => !name.endsWith(".meta.json"))
    expect(names).toEqual([`${reservation.baseName}.request.json`, `${reservation.baseName}.response.json`])
  })

  test("stays inside the root whatever the session is called", async () => {
    const store = newStore()
    for (const id of ["ses_x/../../escaped", "../up", "/abs", "..", "a\0b", ".".repeat(300)])
      await keep(store, id)
    expect(readdirSync(lab.base)).toEqual(["captures"])
    const sessions = readdirSync(lab.root).filter((name) => name !== ".writers")
    for (const name of sessions) expect(name).toMatch(/^unsafe-[0-9a-f]{32}$/)
  })

  test("does not follow a link that waits under the name of its marker", async () => {
    mkdirSync(join(lab.root, "ses_1"), { recursive: true, mode: 0o700 })
    symlinkSync(join(lab.base, "victim"), join(lab.root, "ses_1", ".001.reserved"))
    expect(await keep(newStore())).toBe(2)
    expect(existsSync(join(lab.base, "victim"))).toBe(false)
  })
})
