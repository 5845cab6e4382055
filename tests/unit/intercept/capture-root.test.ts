import { spawnSync } from "node:child_process"
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CaptureRoot, replacementRoots } from "../../../src/intercept/capture-root.ts"
import { CaptureStore } from "../../../src/intercept/store.ts"
import { trioBaseName } from "../../../src/intercept/trio.ts"
import { asNobody, ExchangeLab } from "./exchange-lab.ts"
import { keep, STAMP, trio } from "./stored-trio.ts"

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

let lab: ExchangeLab
beforeEach(() => {
  lab = new ExchangeLab()
})
afterEach(() => lab.close())

const newStore = (): CaptureStore => new CaptureStore(new CaptureRoot(lab.root, lab.anomalies))
const modeOf = (path: string): number => lstatSync(path).mode & 0o777

describe("the root", () => {
  const refused = async (): Promise<string> => {
    const root = new CaptureRoot(lab.root, lab.anomalies)
    const used = root.secure()
    expect(used).not.toBe(lab.root)
    expect(root.path).toBe(used)
    expect(dirname(used)).toBe(tmpdir())
    expect(modeOf(used)).toBe(0o700)
    expect(lab.anomalies.latest?.phase).toBe("capture/path-safety")
    expect(lab.anomalies.latest?.message).toContain(used)
    await keep(new CaptureStore(root))
    expect(readdirSync(join(used, "ses_1"))).toHaveLength(3)
    expect(lab.anomalies.count).toBe(1)
    return used
  }

  test("is refused when it is a link, also a dangling one (S3)", async () => {
    mkdirSync(join(lab.base, "home"))
    symlinkSync(join(lab.base, "home"), lab.root)
    rmSync(await refused(), { recursive: true })
    expect(readdirSync(join(lab.base, "home"))).toEqual([])
  })

  test("is refused when it is a link to nothing", async () => {
    symlinkSync(join(lab.base, "nothing"), lab.root)
    rmSync(await refused(), { recursive: true })
    expect(existsSync(join(lab.base, "nothing"))).toBe(false)
  })

  test.each([0o777, 0o775, 0o722])("is refused when others can write to it (mode %i)", async (mode) => {
    mkdirSync(lab.root)
    chmodSync(lab.root, mode)
    rmSync(await refused(), { recursive: true })
    expect(readdirSync(lab.root)).toEqual([])
  })

  test.skipIf(!isRoot)("is refused when somebody else made it (S2)", async () => {
    mkdirSync(lab.root, { mode: 0o700 })
    chownSync(lab.root, NOBODY, NOBODY)
    rmSync(await refused(), { recursive: true })
    expect(readdirSync(lab.root)).toEqual([])
  })

  test("is refused where others can swap it in its parent", async () => {
    chmodSync(lab.base, 0o777)
    rmSync(await refused(), { recursive: true })
    // Bun's chmod drops the sticky bit.
    spawnSync("chmod", ["1777", lab.base])
    expect(new CaptureRoot(lab.root, lab.anomalies).secure()).toBe(lab.root)
  })

  test("gets one replacement, in our own state directory, where the temporary directory itself is open", () => {
    chmodSync(lab.base, 0o777)
    const home = realpathSync(mkdtempSync(join(tmpdir(), "airlock-state-")))
    const before = { TMPDIR: process.env.TMPDIR, XDG_STATE_HOME: process.env.XDG_STATE_HOME }
    Object.assign(process.env, { TMPDIR: lab.base, XDG_STATE_HOME: join(home, "state") })
    try {
      const root = new CaptureRoot(lab.root, lab.anomalies)
      const first = root.secure()
      expect(dirname(first)).toBe(join(home, "state", "opencode-airlock"))
      expect(modeOf(first)).toBe(0o700)
      expect(root.secure()).toBe(first)
      expect(lab.anomalies.count).toBe(1)
      expect(replacementRoots()).toEqual([first])
      // Where that is open, too, nothing is captured at all.
      chmodSync(join(home, "state"), 0o777)
      expect(() => new CaptureRoot(lab.root, lab.anomalies).secure()).toThrow(/other users can change/)
      expect(lab.anomalies.count).toBe(1)
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      rmSync(home, { recursive: true })
    }
  })

  test.skipIf(!isRoot)("is refused where a group with members can swap it in its parent", async () => {
    chmodSync(lab.base, 0o770)
    chownSync(lab.base, 0, 2000)
    rmSync(await refused(), { recursive: true })
    chownSync(lab.base, 0, 0)
    expect(new CaptureRoot(lab.root, lab.anomalies).secure()).toBe(lab.root)
  })

  test.skipIf(!isRoot)("is refused when it is a file of somebody else's", async () => {
    writeFileSync(lab.root, "in the way")
    chownSync(lab.root, NOBODY, NOBODY)
    rmSync(await refused(), { recursive: true })
    expect(readFileSync(lab.root, "utf8")).toBe("in the way")
  })

  test("reached through a link is used by a path that the link cannot change any more", async () => {
    mkdirSync(join(lab.base, "real"), { mode: 0o700 })
    mkdirSync(join(lab.base, "project"), { mode: 0o700 })
    symlinkSync(join(lab.base, "real"), join(lab.base, "link"))
    const root = new CaptureRoot(join(lab.base, "link", "captures"), lab.anomalies)
    const store = new CaptureStore(root)
    const reservation = await store.reserve("ses_1", "openai", STAMP)
    expect(reservation.directory).toBe(join(lab.base, "real", "captures", "ses_1"))
    rmSync(join(lab.base, "link"))
    symlinkSync(join(lab.base, "project"), join(lab.base, "link"))
    await store.write(reservation, trio())
    expect(readdirSync(join(lab.base, "project"))).toEqual([])
  })

  test("that was swapped while an exchange ran gets no file, and nothing behind it is touched", async () => {
    const store = newStore()
    const reservation = await store.reserve("ses_1", "openai", STAMP)
    const project = join(lab.base, "project")
    mkdirSync(project)
    writeFileSync(join(project, ".001.reserved"), "mine")
    writeFileSync(join(project, `${reservation.baseName}.meta.json`), "mine")
    for (const swap of [join(lab.root, "ses_1"), lab.root]) {
      renameSync(swap, `${swap}-away`)
      symlinkSync(project, swap)
      for (const touch of [
        () => store.write(reservation, trio()),
        () => store.openEvents(reservation),
        () => store.note(reservation, trio().meta),
      ]) {
        await expect(touch()).rejects.toMatchObject({ code: "FILE_UNSAFE" })
      }
      await store.discard(reservation)
      await store.release(reservation)
      rmSync(swap)
      renameSync(`${swap}-away`, swap)
    }
    expect(readdirSync(project).sort()).toEqual([".001.reserved", `${reservation.baseName}.meta.json`])
    await store.write(reservation, trio())
    expect(lab.files().filter((name) => name.endsWith(".json"))).toHaveLength(3)
  })

  test.skipIf(!isRoot)("is refused in somebody else's directory", async () => {
    chownSync(lab.base, NOBODY, NOBODY)
    rmSync(await refused(), { recursive: true })
  })

  test("of ours that others can only read is closed", () => {
    mkdirSync(lab.root)
    chmodSync(lab.root, 0o755)
    expect(new CaptureRoot(lab.root, lab.anomalies).secure()).toBe(lab.root)
    expect(modeOf(lab.root)).toBe(0o700)
    expect(lab.anomalies.count).toBe(0)
  })

  test("that is swapped for a link while the store works is noticed at the next exchange", async () => {
    const root = new CaptureRoot(lab.root, lab.anomalies)
    const store = new CaptureStore(root)
    await keep(store)
    mkdirSync(join(lab.base, "project"))
    renameSync(lab.root, join(lab.base, "moved"))
    symlinkSync(join(lab.base, "project"), lab.root)
    await keep(store)
    expect(readdirSync(join(lab.base, "project"))).toEqual([])
    expect(lab.anomalies.latest?.phase).toBe("capture/path-safety")
    rmSync(root.path, { recursive: true })
  })

  test("whose session directory is a link is left, and nothing lands behind the link (S2)", async () => {
    mkdirSync(lab.root, { mode: 0o700 })
    mkdirSync(join(lab.base, "project"))
    symlinkSync(join(lab.base, "project"), join(lab.root, "ses_1"))
    const root = new CaptureRoot(lab.root, lab.anomalies)
    await keep(new CaptureStore(root))
    expect(readdirSync(join(lab.base, "project"))).toEqual([])
    expect(lab.anomalies.latest?.phase).toBe("capture/path-safety")
    expect(readdirSync(join(root.path, "ses_1"))).toHaveLength(3)
    rmSync(root.path, { recursive: true })
  })

  test.skipIf(!isRoot)("lets no other user read a capture (S1)", async () => {
    await keep(newStore())
    const file = join(lab.root, "ses_1", `${trioBaseName(1, "openai", STAMP)}.request.json`)
    chmodSync(lab.base, 0o755)
    const asOther = await asNobody(() => readFile(file, "utf8").catch((error: unknown) => error))
    expect(asOther).toMatchObject({ code: "EACCES" })
    expect(await readFile(file, "utf8")).toContain('"body"')
  })

  test("that is a file is an error of the file system", async () => {
    writeFileSync(lab.root, "in the way")
    await expect(newStore().reserve("ses_1", "openai", STAMP)).rejects.toMatchObject({ code: "ENOTDIR" })
    expect(readFileSync(lab.root, "utf8")).toBe("in the way")
  })
})
