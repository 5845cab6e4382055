import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Interceptor } from "../../../src/intercept/interceptor.ts"
import { ExchangeLab } from "./exchange-lab.ts"
import { canMount, TinyDisk } from "./tiny-disk.ts"

const MAY_MOUNT = canMount()
const LARGE = JSON.stringify({ text: "x".repeat(20_000) })

let lab: ExchangeLab
let disk: TinyDisk | undefined
beforeEach(() => {
  lab = new ExchangeLab()
})
afterEach(() => {
  disk?.unmount()
  disk = undefined
  lab.close()
})

/** The same exchange each time; answers what the caller got. */
async function exchange(interceptor: Interceptor): Promise<string> {
  const url = await lab.provider((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(LARGE)
  })
  const capture = lab.begin(interceptor, url)
  const response = capture.observe(await fetch(url, { method: "POST", body: "{}" }))
  const text = await response.text()
  await interceptor.settled()
  return text
}

describe.skipIf(!MAY_MOUNT)("a full temporary directory (ENOSPC)", () => {
  // With room for nothing, for the request file only, and for a part of the response file.
  test.each([0, 4, 12])(
    "with %i KiB free loses no byte of the reply, leaves no part of a trio, and shows it",
    async (free) => {
      disk = new TinyDisk(lab.root, "size=64k,mode=0700")
      const interceptor = lab.interceptor()
      disk.fill(free)
      expect(await exchange(interceptor)).toBe(LARGE)
      expect(readdirSync(join(lab.root, "ses_1"))).toEqual([])
      const status = await interceptor.command("", "ses_1")
      expect(status).toContain("- Captures: 0\n- Total bytes: 0\n- Anomalies: 1\n")
      expect(status).toContain("- Latest anomaly phase: capture/dump-write\n")
      expect(status).toContain("- Latest anomaly message: ENOSPC")
    },
  )

  test("captures work again as soon as there is space, under the next number", async () => {
    disk = new TinyDisk(lab.root, "size=64k,mode=0700")
    const interceptor = lab.interceptor()
    disk.fill(0)
    expect(await exchange(interceptor)).toBe(LARGE)
    disk.empty()
    expect(await exchange(interceptor)).toBe(LARGE)
    expect(lab.only().response.body).toEqual(JSON.parse(LARGE))
    expect(lab.only().baseName).toMatch(/^002-/)
    expect(lab.files()).toHaveLength(3)
    expect(await interceptor.command("", "ses_1")).toContain("- Captures: 1\n")
  })

  test("what was captured before is still whole", async () => {
    disk = new TinyDisk(lab.root, "size=64k,mode=0700")
    const interceptor = lab.interceptor()
    await exchange(interceptor)
    const before = lab.only()
    disk.fill(0)
    await exchange(interceptor)
    expect(lab.only()).toEqual(before)
    expect(lab.anomalies.count).toBe(1)
  })

  test("without room for one more file it is an anomaly too", async () => {
    // The root of the file system, the directory of the captures' session, and nothing else.
    disk = new TinyDisk(lab.root, "size=64k,mode=0700,nr_inodes=2")
    const interceptor = lab.interceptor()
    expect(await exchange(interceptor)).toBe(LARGE)
    expect(lab.files()).toEqual([])
    expect(lab.anomalies.latest).toMatchObject({ phase: "capture/dump-write" })
    expect(lab.anomalies.latest?.message).toContain("ENOSPC")
  })
})

describe.skipIf(!MAY_MOUNT)("a read-only temporary directory (EROFS)", () => {
  test("shows it at `on`, loses no byte of the reply, and works again once it can be written", async () => {
    disk = new TinyDisk(join(lab.base, "disk"), "size=64k,mode=0700")
    disk.remount("ro")
    const root = join(disk.path, "captures")
    const interceptor = lab.interceptor({ root })
    expect(lab.anomalies.latest?.phase).toBe("capture/dump-write")
    expect(lab.anomalies.latest?.message).toContain("EROFS")
    expect(await exchange(interceptor)).toBe(LARGE)
    expect(readdirSync(disk.path)).toEqual([])
    const status = await interceptor.command("", "ses_1")
    expect(status).toContain("- Captures: 0\n- Total bytes: 0\n- Anomalies: 2\n")
    expect(status).toContain(`- Dump root: ${join(root, "ses_1")}\n`)
    disk.remount("rw")
    expect(await exchange(interceptor)).toBe(LARGE)
    expect(readdirSync(join(root, "ses_1"))).toHaveLength(3)
    expect(await interceptor.command("", "ses_1")).toContain("- Captures: 1\n")
  })

  test("that became so while an exchange ran leaves no part of a trio", async () => {
    disk = new TinyDisk(lab.root, "size=64k,mode=0700")
    const interceptor = lab.interceptor()
    await exchange(interceptor)
    const files = lab.files()
    disk.remount("ro")
    expect(await exchange(interceptor)).toBe(LARGE)
    expect(lab.files()).toEqual(files)
    expect(lab.anomalies.latest?.message).toContain("EROFS")
    expect(await interceptor.command("", "ses_1")).toContain("- Captures: 1\n")
  })
})

describe.skipIf(process.platform === "win32")("a file that may not grow any further (EFBIG)", () => {
  test("loses no byte of the reply, leaves no part of a trio, and what fits is captured", async () => {
    const entry = fileURLToPath(new URL("file-limit-child.ts", import.meta.url))
    const program = join(lab.base, "child.mjs")
    // Node 20 does not run TypeScript.
    await build({ entryPoints: [entry], outfile: program, bundle: true, platform: "node", format: "esm" })
    // 8 blocks: 4 or 8 KiB, by shell. Without the trap the kernel may end the process instead.
    const script = 'trap \'\' XFSZ; ulimit -f 8; exec "$0" "$1"'
    const child = spawnSync("/bin/sh", ["-c", script, process.execPath, program], { encoding: "utf8" })
    expect(child.stderr).toBe("")
    const result: unknown = JSON.parse(child.stdout)
    expect(result).toEqual({
      largeIntact: true,
      afterLarge: [],
      status: expect.stringMatching(
        /- Captures: 0\n- Total bytes: 0\n- Anomalies: 1\n.*dump-write\n.*EFBIG/s,
      ),
      smallIntact: true,
      afterSmall: [{ text: "x".repeat(10) }],
    })
  })
})
