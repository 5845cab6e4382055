import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A file system of its own, kept in memory, that can really be full or read-only. Only where `canMount`. */
export class TinyDisk {
  readonly path: string
  readonly #ballast: string

  /** @param path created; must not exist. @param options of mount(8) for a tmpfs. */
  constructor(path: string, options: string) {
    mkdirSync(path, { mode: 0o700 })
    run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path)
    this.path = path
    this.#ballast = join(path, "ballast")
  }

  /** Fills it up but for `free` KiB. */
  fill(free: number): void {
    this.empty()
    const room = join(this.path, "room")
    writeFileSync(room, "x".repeat(free * 1024))
    for (let kilobytes = 4; ; kilobytes += 4) {
      try {
        writeFileSync(this.#ballast, "x".repeat(kilobytes * 1024))
      } catch {
        // What of the last attempt found room stays: the disk is full.
        break
      }
    }
    rmSync(room)
  }

  empty(): void {
    rmSync(this.#ballast, { force: true })
  }

  remount(options: string): void {
    run("mount", "-o", `remount,${options}`, this.path)
  }

  unmount(): void {
    spawnSync("umount", [this.path])
  }
}

/** Whether this process may mount: root, and not in a container that forbids it. */
export function canMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const path = mkdtempSync(join(tmpdir(), "airlock-mount-"))
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path]).status === 0
  if (mounted) spawnSync("umount", [path])
  rmdirSync(path)
  return mounted
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`)
}
