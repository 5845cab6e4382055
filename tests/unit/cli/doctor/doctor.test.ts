import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { VERSION } from "../../../../src/base/version.ts"
import type { Check, CheckId } from "../../../../src/cli/doctor/check.ts"
import type { Diagnosis } from "../../../../src/cli/doctor/diagnose.ts"
import { isSupported } from "../../../../src/cli/doctor/opencode-version.ts"
import { processStart } from "../../../../src/base/process.ts"
import { createWorld, type RunOptions, type World } from "../world.ts"

let world: World
let plugin = ""

beforeEach(async () => {
  world = await createWorld()
  plugin = join(world.home, "checkout")
  await world.put(join(plugin, "package.json"), {
    name: "opencode-airlock",
    exports: { "./server": { import: "./dist/server.js" } },
  })
  await world.put(join(plugin, "dist/server.js"), "export default {}")
})

afterEach(() => world.remove())

async function configure(...specs: readonly unknown[]): Promise<void> {
  await world.put(join(world.home, ".config/opencode/opencode.json"), { plugin: specs })
}

async function diagnose(options?: RunOptions): Promise<Diagnosis & { exitCode: number }> {
  const { exitCode, out, err } = await world.run(["doctor", "--json"], options)
  expect(err).toBe("")
  const diagnosis: Diagnosis = JSON.parse(out)
  expect(exitCode).toBe(diagnosis.ok ? 0 : 1)
  return { ...diagnosis, exitCode }
}

function only(checks: readonly Check[], id: CheckId): Check {
  const [first, ...others] = checks.filter((check) => check.id === id)
  expect(others, id).toEqual([])
  if (first === undefined) throw new Error(`no check ${id}`)
  return first
}

describe("configuration of OpenCode", () => {
  test("fails where nothing declares Airlock, and says what to add", async () => {
    const { checks, exitCode } = await diagnose()
    expect(only(checks, "configured")).toMatchObject({ status: "fail" })
    // By path: whoever holds the name in a registry need not be us.
    const root = new URL("../../../../", import.meta.url).href.replace(/\/$/, "")
    expect(only(checks, "configured").fix).toContain(`"plugin": ["${root}"]`)
    expect(exitCode).toBe(1)
  })

  test("passes for a declared and built checkout", async () => {
    await configure(`file://${plugin}`)
    const { checks, exitCode, directory, worktree } = await diagnose()
    expect(only(checks, "configured")).toMatchObject({ status: "ok", subject: `file://${plugin}` })
    expect(only(checks, "loadable")).toMatchObject({ status: "ok" })
    expect(only(checks, "loadable").message).toContain(join(plugin, "dist/server.js"))
    expect(exitCode).toBe(0)
    expect([directory, worktree]).toEqual([world.project, world.project])
  })

  const places: readonly [string, (spec: string) => Promise<RunOptions>][] = [
    [
      "a parent directory's opencode.jsonc, from a subdirectory",
      async (spec) => {
        await world.put(join(world.project, "opencode.jsonc"), `{ "plugin": [ "${spec}", ], } // ours`)
        await mkdir(join(world.project, "a/b"), { recursive: true })
        return { cwd: join(world.project, "a/b") }
      },
    ],
    [
      ".opencode/opencode.json",
      async (spec) => {
        await world.put(join(world.project, ".opencode/opencode.json"), { plugin: [spec] })
        return {}
      },
    ],
    [
      "OPENCODE_CONFIG",
      async (spec) => {
        const file = await world.put(join(world.home, "extra.json"), { plugin: [spec] })
        return { env: { OPENCODE_CONFIG: file } }
      },
    ],
    [
      "OPENCODE_CONFIG_DIR",
      async (spec) => {
        await world.put(join(world.home, "extra/opencode.json"), { plugin: [spec] })
        return { env: { OPENCODE_CONFIG_DIR: join(world.home, "extra") } }
      },
    ],
    [
      "OPENCODE_CONFIG_CONTENT",
      async (spec) => ({ env: { OPENCODE_CONFIG_CONTENT: JSON.stringify({ plugin: [spec] }) } }),
    ],
    [
      "~/.opencode",
      async (spec) => {
        await world.put(join(world.home, ".opencode/opencode.json"), { plugin: [spec] })
        return {}
      },
    ],
  ]
  test.each(places)("finds Airlock in %s", async (_, prepare) => {
    const options = await prepare(`file://${plugin}`)
    expect(only((await diagnose(options)).checks, "configured").status).toBe("ok")
  })

  test.each(["plugin", "plugins"])("finds a bundle in .opencode/%s", async (name) => {
    const bundle = await world.put(join(world.project, ".opencode", name, "x.js"), '"opencode-airlock"')
    const { checks } = await diagnose()
    expect(only(checks, "configured")).toMatchObject({ status: "ok", subject: `file://${bundle}` })
    expect(only(checks, "loadable").status).toBe("ok")
  })

  test("does not look at the project where OPENCODE_DISABLE_PROJECT_CONFIG is set", async () => {
    await world.put(join(world.project, "opencode.json"), { plugin: [`file://${plugin}`] })
    const { checks } = await diagnose({ env: { OPENCODE_DISABLE_PROJECT_CONFIG: "1" } })
    expect(only(checks, "configured").status).toBe("fail")
  })

  test("resolves a relative spec against the file that declares it", async () => {
    await world.put(join(world.project, ".opencode/opencode.json"), {
      plugin: ["../vendor/opencode-airlock.js"],
    })
    const { checks } = await diagnose()
    expect(only(checks, "loadable")).toMatchObject({ status: "fail" })
    expect(only(checks, "loadable").message).toContain(
      `${join(world.project, "vendor/opencode-airlock.js")} does not exist`,
    )
    await world.put(join(world.project, "vendor/opencode-airlock.js"), "export default {}")
    expect(only((await diagnose()).checks, "loadable").status).toBe("ok")
  })

  test("warns of two copies, and not of one that is declared twice", async () => {
    await configure(`file://${plugin}`)
    await world.put(join(world.project, "opencode.json"), { plugin: [`file://${plugin}`] })
    expect((await diagnose()).checks.filter(({ id }) => id === "duplicates")).toEqual([])
    await world.put(join(world.project, "opencode.json"), { plugin: ["opencode-airlock@0.1.0"] })
    const { checks } = await diagnose()
    expect(only(checks, "duplicates")).toMatchObject({ status: "warn" })
    expect(checks.filter(({ id }) => id === "loadable")).toHaveLength(2)
  })

  test("takes redactor and interceptor for two halves, and an interceptor alone for no protection", async () => {
    const plugins = join(world.project, ".opencode/plugins")
    await world.put(join(plugins, "interceptor.js"), '"opencode-airlock"')
    const alone = await diagnose()
    expect(alone.checks.filter(({ id }) => id === "configured").map(({ status }) => status)).toEqual([
      "ok",
      "fail",
    ])
    await world.put(join(plugins, "redactor.js"), '"opencode-airlock"')
    const both = await diagnose()
    expect(both.checks.filter(({ id }) => id === "duplicates")).toEqual([])
    expect(both.exitCode).toBe(0)
    await configure(`file://${plugin}`)
    expect(only((await diagnose()).checks, "duplicates").status).toBe("warn")
  })

  test("fails for a configuration that OpenCode cannot read", async () => {
    const file = await world.put(join(world.project, "opencode.json"), '{ "plugin": [ }')
    const { checks } = await diagnose()
    expect(only(checks, "opencode-config")).toMatchObject({ status: "fail", subject: file })
  })
})

describe("what OpenCode would load", () => {
  async function loadable(spec: string): Promise<Check> {
    await configure(spec)
    return only((await diagnose()).checks, "loadable")
  }

  test.each(["opencode-openai-codex-auth", "opencode-copilot-auth"])(
    "fails below a path with %s",
    async (name) => {
      const dir = join(world.home, `${name}-x`)
      await world.put(join(dir, "package.json"), { name: "opencode-airlock", main: "./server.js" })
      await world.put(join(dir, "server.js"), "")
      const check = await loadable(dir)
      expect(check.status).toBe("fail")
      expect(check.message).toContain(`"${name}"`)
    },
  )

  test("fails where the build is missing", async () => {
    await world.put(join(plugin, "package.json"), { name: "opencode-airlock", main: "./dist/gone.js" })
    const check = await loadable(plugin)
    expect(check.status).toBe("fail")
    expect(check.message).toContain("dist/gone.js, which does not exist")
    expect(check.fix).toContain("npm run build")
  })

  test("fails where the package.json beside a file leads to another module or to none", async () => {
    const dir = join(world.home, "mine")
    const file = await world.put(join(dir, "opencode-airlock.ts"), "export default {}")
    expect((await loadable(file)).status).toBe("ok")
    await world.put(join(dir, "package.json"), { name: "mine", main: "./index.js" })
    const missing = await loadable(file)
    expect(missing.status).toBe("fail")
    expect(missing.message).toContain("index.js, which does not exist")
    expect(missing.message).toContain("the package.json beside")
    await world.put(join(dir, "index.js"), "")
    const other = await loadable(file)
    expect(other.status).toBe("fail")
    expect(other.message).toContain(`OpenCode loads ${join(dir, "index.js")} instead of Airlock`)
  })

  test("follows a directory without a package.json to its index file", async () => {
    const index = await world.put(join(world.home, "mine/index.ts"), "// opencode-airlock")
    const check = await loadable(join(world.home, "mine"))
    expect(check).toMatchObject({ status: "ok", message: `OpenCode loads ${index}.` })
  })

  test("does not mind a package.json one folder up, as OpenCode does not", async () => {
    const check = await loadable(join(plugin, "dist/server.js"))
    expect(check).toMatchObject({ status: "ok" })
  })

  test("warns where a file of the checkout leads to its build instead", async () => {
    await world.put(join(plugin, "plugin.ts"), "")
    const check = await loadable(join(plugin, "plugin.ts"))
    expect(check.status).toBe("warn")
    expect(check.message).toContain(`OpenCode loads ${join(plugin, "dist/server.js")}`)
  })

  test("fails for an entry that OpenCode refuses because it leaves the package", async () => {
    await world.put(join(plugin, "package.json"), { name: "opencode-airlock", main: "../server.js" })
    await world.put(join(world.home, "server.js"), "")
    expect((await loadable(plugin)).message).toContain("outside its directory")
  })

  test("reads no nested conditions, as OpenCode reads none", async () => {
    await world.put(join(plugin, "package.json"), {
      name: "opencode-airlock",
      exports: { "./server": { import: { default: "./dist/server.js" } } },
    })
    expect(await loadable(plugin)).toMatchObject({ status: "fail" })
  })

  test("warns of an npm name that is not installed, and passes for an installed Airlock", async () => {
    const absent = await loadable("opencode-airlock")
    expect(absent.status).toBe("warn")
    expect(absent.message).toContain("not published by us yet")
    const dir = join(
      world.home,
      ".cache/opencode/packages/opencode-airlock@latest/node_modules/opencode-airlock",
    )
    const manifest = { name: "opencode-airlock", version: "9.9.9", main: "./s.js" }
    await world.put(join(dir, "package.json"), { ...manifest, bin: { airlock: "./dist/cli.js" } })
    expect((await loadable("opencode-airlock")).status).toBe("fail")
    await world.put(join(dir, "s.js"), "")
    const check = await loadable("opencode-airlock")
    expect(check.status).toBe("ok")
    expect(check.message).toContain("9.9.9")
    await world.put(join(dir, "package.json"), manifest)
    const foreign = await loadable("opencode-airlock")
    expect(foreign.status).toBe("fail")
    expect(foreign.message).toContain("is not Airlock")
  })

  test("looks for an npm spec below XDG_CACHE_HOME, in the folder of its version", async () => {
    const cache = join(world.home, "cache")
    const folder = "opencode/packages/opencode-airlock@1.2.3/node_modules/opencode-airlock"
    await world.put(join(cache, folder, "package.json"), {
      name: "opencode-airlock",
      main: "./s.js",
      bin: { airlock: "./dist/cli.js" },
    })
    await world.put(join(cache, folder, "s.js"), "")
    await configure("opencode-airlock@1.2.3")
    const { checks } = await diagnose({ env: { XDG_CACHE_HOME: cache } })
    expect(only(checks, "loadable").status).toBe("ok")
    expect((await loadable("opencode-airlock@1.2.3")).status).toBe("warn")
  })

  test("warns of an entry that points to nothing, whatever it was meant to be", async () => {
    const { checks, exitCode } = await diagnoseWith(`file://${plugin}ses`)
    expect(only(checks, "loadable")).toMatchObject({ status: "warn", subject: `file://${plugin}ses` })
    expect(only(checks, "loadable").message).toContain(`points to ${plugin}ses, which does not exist`)
    expect(only(checks, "configured").status).toBe("fail")
    expect(exitCode).toBe(1)
    const beside = await diagnoseWith(`file://${plugin}`, "./gone.js")
    expect(beside.checks.filter(({ id }) => id === "loadable").map(({ status }) => status)).toEqual([
      "warn",
      "ok",
    ])
    await world.put(join(world.home, ".config/opencode/gone.js"), "")
    const all = await diagnoseWith(`file://${plugin}`, "./gone.js", "other-npm-plugin")
    expect(only(all.checks, "loadable").status).toBe("ok")
  })

  async function diagnoseWith(...specs: readonly string[]): Promise<Diagnosis & { exitCode: number }> {
    await configure(...specs)
    return diagnose()
  }
})

describe("settings", () => {
  beforeEach(() => configure(`file://${plugin}`))

  test("fails for an invalid configuration and quotes the mistake, not the value", async () => {
    await world.put(join(world.project, ".opencode/airlock.jsonc"), { redact: { maskLocal: "hunter2" } })
    const check = only((await diagnose()).checks, "airlock-config")
    expect(check.status).toBe("fail")
    expect(check.message).toContain('"redact.maskLocal" must be true or false, got a string')
    expect(check.message).not.toContain("hunter2")
  })

  test("fails where the person switched masking off, and says where", async () => {
    const file = await world.put(join(world.home, ".config/opencode/airlock.jsonc"), { redact: false })
    const check = only((await diagnose()).checks, "airlock-config")
    expect(check).toMatchObject({ status: "fail", message: `Masking is switched off by ${file}.` })
  })

  test("warns where unseen transports are allowed", async () => {
    await world.put(join(world.home, ".config/opencode/airlock.jsonc"), { allowUnseenTransport: true })
    expect(only((await diagnose()).checks, "airlock-config").status).toBe("warn")
  })

  test("warns where a project tried to loosen something", async () => {
    await world.put(join(world.project, ".opencode/airlock.jsonc"), { redact: false })
    const { checks, exitCode } = await diagnose()
    const found = checks.filter(({ id }) => id === "airlock-config")
    expect(found.map(({ status }) => status)).toEqual(["ok", "warn"])
    expect(exitCode).toBe(0)
  })

  test.each([
    ["OPENCODE_PURE", "fail"],
    ["OPENCODE_EXPERIMENTAL_NATIVE_LLM", "fail"],
    ["OPENCODE_EXPERIMENTAL_WEBSOCKETS", "warn"],
  ])("tells that %s is set in this shell", async (name, status) => {
    expect(only((await diagnose({ env: { [name]: "true" } })).checks, "environment")).toMatchObject({
      status,
      subject: name,
    })
    expect(only((await diagnose({ env: { [name]: "0" } })).checks, "environment").status).toBe("ok")
  })

  test("tells an OpenCode that is too old from one that fits", async () => {
    expect(["1.18.0", "1.18.33", "1.20.1-beta.1", "0.0.0-dev-1"].map(isSupported)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(["1.17.9", "2.0.1", "1"].map(isSupported)).toEqual([false, false, false])
    const program = await world.put(join(world.home, "bin/opencode"), "#!/bin/sh\necho 1.2.3\n")
    await chmod(program, 0o755)
    const { checks } = await diagnose({ env: { PATH: `${join(world.home, "bin")}:/usr/bin:/bin` } })
    expect(only(checks, "opencode-version")).toMatchObject({ status: "fail" })
  })
})

describe("signs of life", () => {
  beforeEach(() => configure(`file://${plugin}`))

  async function heartbeat(changes: Record<string, unknown> = {}): Promise<void> {
    const pid = typeof changes.pid === "number" ? changes.pid : process.pid
    const start = processStart(pid)
    await world.put(join(world.heartbeats, `${pid}-one.json`), {
      schema: 1,
      version: VERSION,
      pid,
      ...(start === undefined ? {} : { processStart: start }),
      instanceId: "one",
      directory: world.project,
      worktree: world.project,
      entry: "file:///plugin.js",
      capabilities: { redact: true, intercept: true },
      wrapper: "installed",
      nativeRuntime: false,
      config: "ok",
      startedAtMs: Date.now() - 5000,
      updatedAtMs: Date.now(),
      exchanges: 3,
      refused: 1,
      anomalies: { count: 0 },
      ...changes,
    })
  }

  test("cannot tell before OpenCode was started here", async () => {
    const { checks, exitCode } = await diagnose()
    expect(only(checks, "loaded").status).toBe("unknown")
    expect(exitCode).toBe(0)
  })

  test("names the process, when it loaded Airlock, and that the last turn was seen", async () => {
    await heartbeat({ lastTurn: { atMs: Date.now(), sessionId: "ses_1", seen: true, provider: "openai" } })
    const { checks, exitCode } = await diagnose()
    expect(only(checks, "loaded")).toMatchObject({ status: "ok" })
    expect(only(checks, "loaded").message).toMatch(new RegExp(`pid ${process.pid} \\([56] s ago\\)`))
    expect(only(checks, "wrapper")).toMatchObject({ status: "ok" })
    expect(only(checks, "wrapper").message).toContain("3 requests sent, 1 refused")
    expect(only(checks, "last-turn")).toMatchObject({ status: "ok" })
    expect(exitCode).toBe(0)
  })

  test("warns where it is loaded from something that no configuration declares", async () => {
    await configure("other")
    await heartbeat({ entry: "file:///x/y.js" })
    const { checks, exitCode } = await diagnose()
    expect(only(checks, "configured")).toMatchObject({ status: "warn" })
    expect(only(checks, "configured").message).toContain("file:///x/y.js")
    expect(exitCode).toBe(0)
    await heartbeat({ entry: "file:///x/y.js", endedAtMs: 1 })
    expect((await diagnose()).exitCode).toBe(1)
  })

  test("speaks of one that ran earlier", async () => {
    await heartbeat({ endedAtMs: Date.now() })
    const { checks } = await diagnose()
    expect(only(checks, "loaded")).toMatchObject({ status: "unknown" })
    expect(only(checks, "loaded").message).toContain(`the last one was pid ${process.pid}`)
    expect(checks.filter(({ id }) => id === "wrapper" || id === "last-turn")).toEqual([])
  })

  test.each([
    [true, "ok", "passed the wrapper"],
    [false, "unknown", "did not pass the wrapper"],
  ])("tells of the last turn of one that has ended (seen: %j)", async (seen, status, text) => {
    const lastTurn = { atMs: Date.now() - 600_000, sessionId: "ses_1", seen, provider: "openai" }
    await heartbeat({ endedAtMs: Date.now(), lastTurn })
    const { checks, exitCode } = await diagnose()
    expect(only(checks, "last-turn")).toMatchObject({ status, subject: `pid ${process.pid}` })
    expect(only(checks, "last-turn").message).toContain(
      `(openai, 10 min ago) of the OpenCode that has ended ${text}`,
    )
    expect(exitCode).toBe(0)
  })

  test("does not take another project's for this one's", async () => {
    await heartbeat({ directory: join(world.home, "other") })
    expect(only((await diagnose()).checks, "loaded").message).toContain("not yet been loaded")
  })

  const defects: readonly [string, Record<string, unknown>, CheckId][] = [
    ["the wrapper is missing", { wrapper: "missing" }, "wrapper"],
    [
      "the last turn was not seen",
      { lastTurn: { atMs: 1, sessionId: "s", seen: false, provider: "openai" } },
      "last-turn",
    ],
    ["it uses the native runtime", { nativeRuntime: true }, "native-runtime"],
  ]
  test.each(defects)("fails where %s", async (_, changes, id) => {
    await heartbeat(changes)
    expect(only((await diagnose()).checks, id)).toMatchObject({
      status: "fail",
      subject: `pid ${process.pid}`,
    })
  })

  test("fails where it runs with an invalid configuration or without masking", async () => {
    await heartbeat({ config: "invalid", capabilities: { redact: false, intercept: true } })
    const found = (await diagnose()).checks.filter(({ id }) => id === "airlock-config")
    expect(found.map(({ status }) => status)).toEqual(["ok", "fail", "fail"])
  })

  test("warns of anomalies and of another version", async () => {
    await heartbeat({
      version: "0.0.1",
      anomalies: { count: 2, latestPhase: "capture/write", latestMessage: "disk full" },
    })
    const { checks, exitCode } = await diagnose()
    expect(only(checks, "anomalies")).toMatchObject({ status: "warn" })
    expect(only(checks, "anomalies").message).toContain("2 anomalies, last capture/write: disk full")
    expect(checks.filter(({ id }) => id === "loaded").map(({ status }) => status)).toEqual(["ok", "warn"])
    expect(exitCode).toBe(0)
  })
})

describe.skipIf(process.platform !== "linux")("processes", () => {
  beforeEach(() => configure(`file://${plugin}`))

  /** A real process whose command line looks like OpenCode's; it waits for input that never comes. */
  async function running(
    args: readonly string[],
    env: Record<string, string>,
    use: (pid: number) => Promise<void>,
  ) {
    const child = spawn("/bin/sh", ["-c", "read _", ...args], { argv0: "opencode", cwd: world.project, env })
    try {
      await once(child, "spawn")
      await sleep(50)
      await use(child.pid ?? 0)
    } finally {
      child.kill("SIGKILL")
    }
  }

  test("notices an OpenCode that was started with --pure", async () => {
    await running(["--pure"], {}, async (pid) => {
      const check = only((await diagnose()).checks, "process")
      expect(check).toMatchObject({ status: "fail", subject: `pid ${pid}` })
      expect(check.message).toContain("--pure")
    })
  })

  test("notices OPENCODE_PURE in the environment of the process, and prints nothing else of it", async () => {
    const marker = ["mark", "er"].join("-")
    await running([], { OPENCODE_PURE: "1", SOME_KEY: marker }, async (pid) => {
      const { checks } = await diagnose()
      expect(only(checks, "process")).toMatchObject({ status: "fail", subject: `pid ${pid}` })
      expect(JSON.stringify(checks)).not.toContain(marker)
    })
  })

  test("waits for a server to get its first request, and for a young process to start", async () => {
    await running(["serve"], {}, async () => {
      const check = only((await diagnose()).checks, "process")
      expect(check.status).toBe("unknown")
      expect(check.message).toContain("at the first request")
    })
  })

  test("says that a young process has just started", async () => {
    await running([], {}, async () => {
      const check = only((await diagnose()).checks, "process")
      expect(check.status).toBe("unknown")
      expect(check.message).toContain("just started")
    })
  })

  test("does not speak of commands that never talk to a model", async () => {
    await running(["models"], {}, async () => {
      expect((await diagnose()).checks.filter(({ id }) => id === "process")).toEqual([])
    })
  })

  test("does not speak of an OpenCode elsewhere", async () => {
    await running(["--pure"], {}, async () => {
      const { checks } = await diagnose({ cwd: world.home })
      expect(checks.filter(({ id }) => id === "process")).toEqual([])
    })
  })
})

describe("output", () => {
  test("is readable: sign, id, message, fix, verdict", async () => {
    const failed = await world.run(["doctor"])
    expect(failed.exitCode).toBe(1)
    expect(failed.out).toMatch(/^FAIL {2}configured {8}No OpenCode configuration/m)
    expect(failed.out).toMatch(/^ +-> Add "plugin"/m)
    expect(failed.out).toMatch(/1 of \d+ checks failed: masking is not guaranteed\.$/)
    await configure(`file://${plugin}`)
    const passed = await world.run(["doctor"])
    expect(passed.exitCode).toBe(0)
    expect(passed.out).toMatch(/No check failed \(\d not known yet\)\.$/)
  })
})
