import { execFileSync } from "node:child_process"
import { constants } from "node:fs"
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import {
  appendPrivateFile,
  ensurePrivateDir,
  writeNewPrivateFile,
  writePrivateFile,
} from "../../../src/base/files.ts"

let dir = ""
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "airlock-files-"))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

describe("ensurePrivateDir", () => {
  test("creates missing parents and lets only the owner in", async () => {
    await ensurePrivateDir(join(dir, "a/b"))
    expect(await modeOf(join(dir, "a/b"))).toBe(0o700)
  })

  test("tightens a directory of ours that others could enter", async () => {
    await mkdir(join(dir, "open"))
    await chmod(join(dir, "open"), 0o777)
    await ensurePrivateDir(join(dir, "open"))
    expect(await modeOf(join(dir, "open"))).toBe(0o700)
  })

  test("refuses a link, and leaves its target alone", async () => {
    await mkdir(join(dir, "target"), { mode: 0o755 })
    await symlink(join(dir, "target"), join(dir, "link"))
    await expect(ensurePrivateDir(join(dir, "link"))).rejects.toMatchObject({ code: "FILE_UNSAFE" })
    expect(await modeOf(join(dir, "target"))).toBe(0o755)
  })

  test.skipIf(process.getuid?.() !== 0)("refuses a directory of another user", async () => {
    const { chown } = await import("node:fs/promises")
    await mkdir(join(dir, "theirs"))
    await chown(join(dir, "theirs"), 65534, 65534)
    await expect(ensurePrivateDir(join(dir, "theirs"))).rejects.toMatchObject({ code: "FILE_UNSAFE" })
  })
})

describe("writePrivateFile", () => {
  test("replaces a file whole, mode 0600, and leaves no temporary file", async () => {
    const path = join(dir, "file")
    await writeFile(path, "old", { mode: 0o644 })
    await writePrivateFile(path, "new")
    expect(await readFile(path, "utf8")).toBe("new")
    expect(await modeOf(path)).toBe(0o600)
    expect(await readdir(dir)).toEqual(["file"])
  })

  test("replaces a link instead of writing through it", async () => {
    await writeFile(join(dir, "target"), "theirs")
    await symlink(join(dir, "target"), join(dir, "link"))
    await writePrivateFile(join(dir, "link"), "ours")
    expect(await readFile(join(dir, "target"), "utf8")).toBe("theirs")
    expect((await lstat(join(dir, "link"))).isFile()).toBe(true)
  })

  test("leaves nothing behind when the target cannot be replaced", async () => {
    await mkdir(join(dir, "taken"))
    await writeFile(join(dir, "taken/file"), "")
    await expect(writePrivateFile(join(dir, "taken"), "x")).rejects.toThrow()
    expect(await readdir(dir)).toEqual(["taken"])
  })
})

describe("writeNewPrivateFile", () => {
  test("fails where anything stands, also a dangling link", async () => {
    await symlink(join(dir, "nowhere"), join(dir, "link"))
    await expect(writeNewPrivateFile(join(dir, "link"), "x")).rejects.toMatchObject({ code: "EEXIST" })
    expect(await readdir(dir)).toEqual(["link"])
  })
})

describe("appendPrivateFile", () => {
  test("creates with mode 0600 and appends", async () => {
    const path = join(dir, "log")
    await appendPrivateFile(path, "one\n")
    await appendPrivateFile(path, "two\n")
    expect(await readFile(path, "utf8")).toBe("one\ntwo\n")
    expect(await modeOf(path)).toBe(0o600)
  })

  test("never follows a link", async () => {
    await writeFile(join(dir, "target"), "theirs")
    await symlink(join(dir, "target"), join(dir, "link"))
    await expect(appendPrivateFile(join(dir, "link"), "x")).rejects.toMatchObject({ code: "ELOOP" })
    expect(await readFile(join(dir, "target"), "utf8")).toBe("theirs")
  })

  test("writes into neither a pipe that someone reads nor a device", async () => {
    const pipe = join(dir, "pipe")
    execFileSync("mkfifo", [pipe])
    const reader = await open(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      for (const path of [pipe, "/dev/null"]) {
        const refused = expect(appendPrivateFile(path, "x")).rejects
        await refused.toMatchObject({ code: "FILE_UNSAFE" })
        await expect(appendPrivateFile(path, "x")).rejects.toThrow("not a regular file")
      }
      expect(await reader.read(Buffer.alloc(8), 0, 8)).toMatchObject({ bytesRead: 0 })
    } finally {
      await reader.close()
    }
  })
})
