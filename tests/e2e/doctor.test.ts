import { execFile } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Check, CheckId } from "../../src/cli/doctor/check.ts"
import type { Diagnosis } from "../../src/cli/doctor/diagnose.ts"
import { readHeartbeats } from "../../src/health/heartbeat-store.ts"
import { createHome, type IsolatedHome, skipBackgroundInstall } from "../support/opencode/home.ts"
import { startProcess } from "../support/opencode/process.ts"
import { opencodeConfig } from "../support/opencode/providers.ts"
import { OPENCODE_BINARY, type OpencodeServer, REPOSITORY, serveOpencode } from "../support/opencode.ts"
import { type Provider, startProvider } from "../support/provider/start-provider.ts"

const PLUGIN = `file://${REPOSITORY}/src/server.ts`
const REEXPORT = `export { default } from ${JSON.stringify(`${REPOSITORY}/src/server.ts`)} // opencode-airlock\n`

interface Answer extends Diagnosis {
  readonly exitCode: number
}

/** Runs the real command in its own process. */
function doctor(home: IsolatedHome, directory: string): Promise<Answer> {
  const args = [join(REPOSITORY, "src/cli.ts"), "doctor", "--json", "--dir", directory]
  const env = { ...home.env, PATH: `${dirname(OPENCODE_BINARY)}:${home.env.PATH}` }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: home.path, env }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code
      if (typeof exitCode !== "number" || stderr !== "") reject(error ?? new Error(stderr))
      else resolve({ ...JSON.parse(stdout), exitCode })
    })
  })
}

function statusOf({ checks }: Diagnosis, id: CheckId): Check["status"] | undefined {
  return checks.find((check) => check.id === id)?.status
}

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

async function loadedFor(home: IsolatedHome, directory: string): Promise<boolean> {
  const dir = join(home.path, ".local/state/opencode-airlock/heartbeats")
  return (await readHeartbeats(dir)).some(({ record, alive }) => alive && record.directory === directory)
}

async function loadedSoon(home: IsolatedHome, directory: string, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(20)) {
    if (await loadedFor(home, directory)) return true
  }
  return false
}

describe("airlock doctor and a real OpenCode", () => {
  let home: IsolatedHome
  let provider: Provider
  let server: OpencodeServer

  beforeAll(async () => {
    provider = await startProvider()
    home = await createHome()
    await home.configure({ autoupdate: false, share: "disabled" })
    server = await serveOpencode(home)
  }, 30_000)

  afterAll(async () => {
    await server?.stop()
    await provider?.stop()
    await home?.remove()
  }, 10_000)

  async function project(name: string, plugin: readonly string[]): Promise<string> {
    provider.script(name, () => ({ text: "Hello." }))
    const config = opencodeConfig(provider, name, "openai-chat", plugin)
    return home.project(name, { "opencode.json": JSON.stringify(config) })
  }

  test("cannot tell before the first session, then names the process and sees the turn", async () => {
    const directory = await project("watched", [PLUGIN])
    const before = await doctor(home, directory)
    expect(before.exitCode, JSON.stringify(before.checks)).toBe(0)
    expect(statusOf(before, "loaded")).toBe("unknown")
    expect(statusOf(before, "loadable")).toBe("ok")
    expect(statusOf(before, "opencode-version")).toBe("ok")

    const client = server.client(directory)
    const session = await client.createSession()
    expect((await client.prompt(session, "hello")).status).toBe(200)
    // The heartbeat is written at most once a second.
    let after = await doctor(home, directory)
    for (let attempt = 0; statusOf(after, "last-turn") === "unknown" && attempt < 10; attempt += 1) {
      await sleep(300)
      after = await doctor(home, directory)
    }
    expect(after.exitCode, JSON.stringify(after.checks)).toBe(0)
    expect(after.checks.find(({ id }) => id === "loaded")?.message).toContain(`pid ${server.process.pid} `)
    expect(statusOf(after, "wrapper")).toBe("ok")
    expect(statusOf(after, "last-turn")).toBe("ok")
  })

  test("fails for a project that does not have Airlock", async () => {
    const directory = await project("bare", [])
    await server.client(directory).createSession()
    const answer = await doctor(home, directory)
    expect(answer.exitCode).toBe(1)
    expect(statusOf(answer, "configured")).toBe("fail")
  })

  // Each lays out a plugin directory and answers the spec to declare.
  const layouts: readonly [string, (dir: string) => Promise<string>, boolean][] = [
    [
      "a package with a ./server entry",
      async (dir) => {
        await put(join(dir, "package.json"), '{"name":"opencode-airlock","exports":{"./server":"./s.ts"}}')
        await put(join(dir, "s.ts"), REEXPORT)
        return dir
      },
      true,
    ],
    [
      "a directory with an index file",
      async (dir) => {
        await put(join(dir, "index.ts"), REEXPORT)
        return dir
      },
      true,
    ],
    [
      "a file with a package.json one folder up",
      async (dir) => {
        await put(join(dir, "package.json"), '{"name":"x","main":"./gone.js"}')
        await put(join(dir, "inner/opencode-airlock.ts"), REEXPORT)
        return join(dir, "inner/opencode-airlock.ts")
      },
      true,
    ],
    [
      "a package whose build is missing",
      async (dir) => {
        await put(join(dir, "package.json"), '{"name":"opencode-airlock","main":"./dist/gone.js"}')
        await put(join(dir, "index.ts"), REEXPORT)
        return dir
      },
      false,
    ],
    [
      "a file beside a package.json whose main is missing",
      async (dir) => {
        await put(join(dir, "package.json"), '{"name":"x","main":"./gone.js"}')
        await put(join(dir, "opencode-airlock.ts"), REEXPORT)
        return join(dir, "opencode-airlock.ts")
      },
      false,
    ],
    [
      "a file beside a package.json that leads elsewhere",
      async (dir) => {
        await put(join(dir, "package.json"), '{"name":"x","main":"./other.ts"}')
        await put(join(dir, "other.ts"), 'export default { id: "other", server: async () => ({}) }\n')
        await put(join(dir, "opencode-airlock.ts"), REEXPORT)
        return join(dir, "opencode-airlock.ts")
      },
      false,
    ],
    [
      "a path that the block list names",
      async (dir) => {
        await put(join(dir, "opencode-copilot-auth", "opencode-airlock.ts"), REEXPORT)
        return join(dir, "opencode-copilot-auth", "opencode-airlock.ts")
      },
      false,
    ],
    [
      "nested conditions in exports",
      async (dir) => {
        await put(
          join(dir, "package.json"),
          '{"name":"opencode-airlock","exports":{"./server":{"import":{"default":"./s.ts"}}}}',
        )
        await put(join(dir, "s.ts"), REEXPORT)
        return dir
      },
      false,
    ],
    ["a path that does not exist", async (dir) => join(dir, "opencode-airlock.js"), false],
  ]

  test.each(layouts)("agrees with OpenCode about %s", async (title, lay, loads) => {
    const name = title.replaceAll(/\W+/g, "-")
    const directory = await project(name, [await lay(join(home.path, "plugins", name))])
    await server.client(directory).createSession()
    const loaded = await loadedSoon(home, directory, loads ? 5000 : 500)
    const answer = await doctor(home, directory)
    expect(loaded).toBe(loads)
    expect(statusOf(answer, "loadable")).toBe(loads ? "ok" : "fail")
    expect(answer.exitCode).toBe(loads ? 0 : 1)
  })

  test("agrees with OpenCode about a file in .opencode/plugins", async () => {
    const directory = await project("discovered", [])
    await skipBackgroundInstall(join(directory, ".opencode"))
    await put(join(directory, ".opencode/plugins/mask.ts"), REEXPORT)
    await server.client(directory).createSession()
    expect(await loadedSoon(home, directory, 5000)).toBe(true)
    const answer = await doctor(home, directory)
    expect(answer.exitCode, JSON.stringify(answer.checks)).toBe(0)
    expect(statusOf(answer, "configured")).toBe("ok")
    expect(statusOf(answer, "loaded")).toBe("ok")
  })

  test("notices an OpenCode that was started with --pure in the project", async () => {
    const directory = await project("pure", [PLUGIN])
    const env = { ...home.env, PWD: directory }
    const pure = startProcess(OPENCODE_BINARY, ["serve", "--pure", "--port", "0"], { cwd: directory, env })
    try {
      let answer = await doctor(home, directory)
      for (let attempt = 0; statusOf(answer, "process") === undefined && attempt < 10; attempt += 1) {
        await sleep(100)
        answer = await doctor(home, directory)
      }
      const check = answer.checks.find(({ id }) => id === "process")
      expect(check).toMatchObject({ status: "fail", subject: `pid ${pure.pid}` })
      expect(check?.message).toContain("--pure")
      expect(answer.exitCode).toBe(1)
    } finally {
      await pure.stop()
    }
  })
})

describe("airlock doctor and the native runtime", () => {
  test("fails for a running OpenCode that uses it", async () => {
    const home = await createHome({ OPENCODE_EXPERIMENTAL_NATIVE_LLM: "1" })
    await home.configure({ autoupdate: false, share: "disabled", plugin: [PLUGIN] })
    const server = await serveOpencode(home)
    try {
      const directory = await home.project("native")
      await server.client(directory).createSession()
      expect(await loadedSoon(home, directory, 5000)).toBe(true)
      const answer = await doctor(home, directory)
      expect(statusOf(answer, "native-runtime")).toBe("fail")
      expect(answer.exitCode).toBe(1)
    } finally {
      await server.stop()
      await home.remove()
    }
  })
})
