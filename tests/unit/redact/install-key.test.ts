import { execFile, execFileSync } from "node:child_process"
import { chmod, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { loadInstallKey } from "../../../src/redact/install-key.ts"
import { temporaryDirectory } from "../../support/temp-dir.ts"

let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let dataDir: string

beforeEach(async () => {
  directory = await temporaryDirectory("key")
  dataDir = join(directory.path, "data")
})
afterEach(() => directory.remove())

const keyPath = (): string => join(dataDir, "install-key")

describe("loadInstallKey", () => {
  test("creates a private key once and answers the same one from then on", async () => {
    const first = await loadInstallKey(dataDir)
    expect(first).toMatchObject({ persisted: true })
    expect(first.key).toHaveLength(32)
    expect(new Set(first.key).size).toBeGreaterThan(8)
    expect(await loadInstallKey(dataDir)).toEqual(first)
    expect((await stat(keyPath())).mode & 0o777).toBe(0o600)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    expect(await readdir(dataDir)).toEqual(["install-key"])
  })

  test("gives another installation another key", async () => {
    const first = await loadInstallKey(dataDir)
    const second = await loadInstallKey(join(directory.path, "other"))
    expect(second.key).not.toEqual(first.key)
  })

  test("agrees on one key when many ask at once", async () => {
    const keys = await Promise.all(Array.from({ length: 40 }, () => loadInstallKey(dataDir)))
    expect(new Set(keys.map(({ key }) => Buffer.from(key).toString("hex"))).size).toBe(1)
    expect(keys.every(({ persisted }) => persisted)).toBe(true)
    expect(await readdir(dataDir)).toEqual(["install-key"])
  })

  test("agrees on one key between processes", async () => {
    const script = join(directory.path, "load.ts")
    const module = new URL("../../../src/redact/install-key.ts", import.meta.url).pathname
    await writeFile(
      script,
      `import { loadInstallKey } from ${JSON.stringify(module)}
      const { key, persisted } = await loadInstallKey(process.argv[2])
      console.log(persisted, Buffer.from(key).toString("hex"))`,
    )
    const bun = new URL("../../../node_modules/.bin/bun", import.meta.url).pathname
    const runs = Array.from({ length: 4 }, () => promisify(execFile)(bun, [script, dataDir]))
    const outputs = (await Promise.all(runs)).map(({ stdout }) => stdout)
    expect(new Set(outputs).size).toBe(1)
    expect(outputs[0]).toMatch(/^true [0-9a-f]{64}\n$/)
  }, 20_000)

  test("takes back a key file that others could read", async () => {
    const first = await loadInstallKey(dataDir)
    await chmod(keyPath(), 0o644)
    expect(await loadInstallKey(dataDir)).toEqual(first)
    expect((await stat(keyPath())).mode & 0o777).toBe(0o600)
  })

  test.each([0, 5, 31, 33, 4096])("keeps a file of %i bytes as it is and says so", async (size) => {
    await mkdir(dataDir)
    const damaged = Buffer.alloc(size, 1)
    await writeFile(keyPath(), damaged)
    const loaded = await loadInstallKey(dataDir)
    expect(loaded.persisted).toBe(false)
    expect(loaded.key).toHaveLength(32)
    expect(loaded.reason).toContain(keyPath())
    expect(loaded.reason).toContain(`${size} bytes`)
    expect(await readFile(keyPath())).toEqual(damaged)
  })

  test("refuses a link, a directory and a FIFO in the key's place", async () => {
    const elsewhere = join(directory.path, "elsewhere")
    await writeFile(elsewhere, Buffer.alloc(32, 9))
    const put = [
      () => symlink(elsewhere, keyPath()),
      () => mkdir(keyPath()),
      async () => execFileSync("mkfifo", [keyPath()]),
    ]
    for (const [index, place] of put.entries()) {
      dataDir = join(directory.path, `data-${index}`)
      await mkdir(dataDir)
      await place()
      const loaded = await loadInstallKey(dataDir)
      expect(loaded.persisted).toBe(false)
      expect(Buffer.from(loaded.key)).not.toEqual(Buffer.alloc(32, 9))
      expect(loaded.reason).toContain(keyPath())
    }
  })

  test.skipIf(process.getuid?.() !== 0)("refuses a key that belongs to another user", async () => {
    const first = await loadInstallKey(dataDir)
    await chown(keyPath(), 65534, 65534)
    const loaded = await loadInstallKey(dataDir)
    expect(loaded.reason).toContain("belongs to another user")
    expect(loaded.key).not.toEqual(first.key)
  })

  test("answers an ephemeral key where nothing can be written", async () => {
    const file = join(directory.path, "file")
    await writeFile(file, "")
    for (const unusable of [file, join(file, "data"), "/dev/null/airlock"]) {
      const loaded = await loadInstallKey(unusable)
      expect(loaded.persisted).toBe(false)
      expect(loaded.key).toHaveLength(32)
      expect((await loadInstallKey(unusable)).key).not.toEqual(loaded.key)
    }
  })
})
