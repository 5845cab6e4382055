import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { spawnSync } from "node:child_process"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { trioBaseName } from "../../../src/intercept/trio.ts"
import { waitFor } from "../../support/wait.ts"
import { Actor, buildProgram, type User } from "./second-user/actor.ts"

/** The attacks on captures under `/tmp`, each made by a process of another real user. */

const ATTACKER: User = { uid: 65_534, gid: 65_534 }
const VICTIM: User = { uid: 1001, gid: 1001 }
const SHARED_GROUP = 2000
const PROMPT = "a prompt of mine that is nobody else's business"
const STAMP = "2026-01-01T00:00:00.000Z"

const isRoot = process.getuid?.() === 0
const isWindows = process.platform === "win32"

/** Whether this process may become other users: root, and not in a container that has no others. */
const canSwitch =
  isRoot &&
  spawnSync(process.execPath, ["-e", "process.setgroups([]);process.setgid(65534);process.setuid(65534)"])
    .status === 0
/** Part of the names of tests that cannot be run, or not as they should. */
const needsTwoUsers = canSwitch ? "" : " [not run: only root can run as two other users]"
const asOneUser = canSwitch ? "" : " [as one user: only root can run as two others]"

let base = ""
let program = ""
let tmp = ""
let root = ""
let stages = 0
const actors: Actor[] = []

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "airlock-users-")))
  chmodSync(base, 0o755)
  program = await buildProgram(base)
}, 30_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

beforeEach(() => {
  stages += 1
  const stage = join(base, `stage-${stages}`)
  mkdirSync(stage, { mode: 0o755 })
  tmp = join(stage, "tmp")
  mkdirSync(tmp)
  setMode(tmp, "1777")
  root = join(tmp, "opencode-interceptor")
  for (const user of [VICTIM, ATTACKER]) {
    mkdirSync(homeOf(user))
    if (canSwitch) chownSync(homeOf(user), user.uid, user.gid)
  }
})
afterEach(async () => {
  await Promise.all(actors.splice(0).map((actor) => actor.end()))
})

// Bun's chmod drops the sticky bit.
function setMode(path: string, mode: string): void {
  spawnSync("chmod", [mode, path])
}

function homeOf(user: User): string {
  return join(tmp, "..", user.uid === VICTIM.uid ? "victim" : "attacker")
}

function start(user: User): Actor {
  const actor = new Actor({ program, root, tmp, home: homeOf(user) }, canSwitch ? user : undefined)
  actors.push(actor)
  return actor
}

/** The directory that `/intercept` names for a session. */
async function dumpRoot(victim: Actor, session = "ses_1"): Promise<string> {
  const [status = ""] = await victim.texts("command", "", session)
  return /^- Dump root: (.*)$/m.exec(status)?.[1] ?? ""
}

/** A project in the victim's home, with files that only look like captures. */
async function makeProject(victim: Actor): Promise<string> {
  const project = join(homeOf(VICTIM), "project")
  const session = join(project, "old_project")
  await victim.do("make", project, 0o755)
  await victim.do("make", session, 0o755)
  const file = join(session, `${trioBaseName(1, "openai", STAMP)}.meta.json`)
  await victim.do("write", file, "mine")
  for (const path of [file, session, project]) await victim.do("age", path, 99)
  return project
}

const PROJECT_FILES = ["old_project", `old_project/${trioBaseName(1, "openai", STAMP)}.meta.json`]

test.skipIf(!isRoot || (!canSwitch && process.env.CI === undefined))(
  "as root, two processes become two other users for good",
  async () => {
    expect(await start(VICTIM).do("whoami")).toEqual([1001, 1001, expect.anything()])
    expect(await start(ATTACKER).do("whoami")).toEqual([65_534, 65_534, expect.anything()])
  },
)

describe.skipIf(isWindows)("S1, readable prompts", () => {
  test.each(["000", "022", "077", "277", "777"])(
    `captures are private under umask %s, while they are written and afterwards${asOneUser}`,
    async (umask) => {
      const victim = start(VICTIM)
      await victim.do("umask", Number.parseInt(umask, 8))
      await victim.do("command", "on", "ses_1")
      await victim.do("begin", "ses_1", PROMPT)
      await waitFor(async () =>
        (await victim.texts("list", root)).some((name) => name.endsWith(".request.json")),
      )
      const during = await victim.texts("list", root)
      expect(await victim.do("finish")).toContain(PROMPT)
      const after = await victim.texts("list", root)
      expect(
        after.filter((name) => /\.(?:request|response|meta)\.json$|\.events\.jsonl$/.test(name)),
      ).toHaveLength(4)
      for (const name of ["", ...after]) {
        const mode = await victim.do("mode", join(root, name))
        expect([name, mode]).toEqual([name, /\.jsonl?$|writers\//.test(name) ? 0o600 : 0o700])
      }
      if (!canSwitch) return
      const attacker = start(ATTACKER)
      for (const name of new Set([...during, ...after])) {
        expect(await attacker.fails("read", join(root, name))).toBe("EACCES")
      }
      expect(await attacker.fails("list", root)).toBe("EACCES")
      expect(await attacker.fails("list", join(root, "ses_1"))).toBe("EACCES")
      expect(await attacker.fails("write", join(root, "ses_1", "x"), "x")).toBe("EACCES")
    },
  )
})

describe.skipIf(!canSwitch)(`S2, a root that somebody else has made${needsTwoUsers}`, () => {
  const traps: Readonly<Record<string, (attacker: Actor, project: string) => Promise<unknown>>> = {
    "open to everybody": (attacker) => attacker.do("make", root, 0o777),
    closed: (attacker) => attacker.do("make", root, 0o700),
    "with a session that is a link to a project": async (attacker, project) => {
      await attacker.do("make", root, 0o777)
      await attacker.do("link", project, join(root, "ses_1"))
    },
    "that is a link to a project": (attacker, project) => attacker.do("link", project, root),
    "that is a link to nothing yet": (attacker, project) => attacker.do("link", join(project, "new"), root),
    "that is a file": (attacker) => attacker.do("write", root, "in the way"),
  }

  test.each(Object.keys(traps))("%s is refused, and a private one is used and named", async (trap) => {
    const [victim, attacker] = [start(VICTIM), start(ATTACKER)]
    const project = await makeProject(victim)
    await traps[trap]?.(attacker, project)
    const [reply = ""] = await victim.texts("command", "on", "ses_1")
    const used = await dumpRoot(victim)
    expect(reply).toContain(`- Dump root: ${used}\n`)
    expect(reply).toContain("- Latest anomaly phase: capture/path-safety\n")
    expect(used).not.toContain(`${root}/`)
    expect(used.startsWith(`${root}-`)).toBe(true)
    await victim.do("exchange", "ses_1", PROMPT)
    expect((await victim.texts("list", used)).filter((name) => name.includes("-openai-"))).toHaveLength(4)
    expect(await victim.texts("list", project)).toEqual(PROJECT_FILES)
    // What the attacker can see holds nothing, and what holds something it can neither see nor move.
    for (const name of await attacker.texts("list", tmp)) {
      expect(name.includes("-openai-")).toBe(false)
    }
    expect(await attacker.fails("list", used)).toBe("EACCES")
    expect(await attacker.fails("list", dirname(used))).toBe("EACCES")
    expect(await attacker.fails("rename", dirname(used), `${dirname(used)}-away`)).toMatch(/EPERM|EACCES/)
  })

  test("after a clean-up, in the middle of an exchange, gets nothing, and neither does the project behind it", async () => {
    const [victim, attacker] = [start(VICTIM), start(ATTACKER)]
    const project = await makeProject(victim)
    await victim.do("command", "on", "ses_1")
    expect(await dumpRoot(victim)).toBe(join(root, "ses_1"))
    await victim.do("begin", "ses_1", PROMPT)
    await waitFor(async () =>
      (await victim.texts("list", root)).some((name) => name.endsWith(".request.json")),
    )
    expect(await attacker.fails("rename", root, `${root}-away`)).toMatch(/EPERM|EACCES/)
    expect(await attacker.fails("rename", join(root, "ses_1"), join(root, "x"))).toBe("EACCES")

    await victim.do("remove", root)
    await attacker.do("make", root, 0o777)
    await attacker.do("link", project, join(root, "ses_1"))
    expect(await victim.do("finish")).toContain(PROMPT)
    expect(await victim.texts("list", project)).toEqual(PROJECT_FILES)
    expect(await attacker.texts("list", root)).toEqual(["ses_1"])
    expect((await victim.texts("anomalies")).at(-1)).toMatch(
      /^capture\/path-safety: .* belongs to another user/,
    )

    await victim.do("exchange", "ses_1", PROMPT)
    const used = await dumpRoot(victim)
    expect(dirname(used)).not.toBe(root)
    expect((await victim.texts("list", used)).filter((name) => name.includes("-openai-"))).toHaveLength(4)
    expect(await victim.texts("list", project)).toEqual(PROJECT_FILES)
  })

  test.each([
    ["that everybody may change", "0777", []],
    ["that a group may change", "0770", [SHARED_GROUP]],
  ])("in a temporary directory %s is not used at all", async (_, mode, groups) => {
    setMode(tmp, mode)
    chownSync(tmp, 0, SHARED_GROUP)
    const [victim, attacker] = [start({ ...VICTIM, groups }), start({ ...ATTACKER, groups })]
    const project = await makeProject(victim)
    await victim.do("command", "on", "ses_1")
    await victim.do("begin", "ses_1", PROMPT)
    // It may well make what OpenCode would have used.
    await attacker.do("make", root, 0o777)
    await attacker.do("link", project, join(root, "ses_1"))
    await victim.do("finish")
    const used = await dumpRoot(victim)
    expect(used).toContain(join(homeOf(VICTIM), "state"))
    expect((await victim.texts("list", used)).filter((name) => name.includes("-openai-"))).toHaveLength(4)
    expect(await victim.texts("list", project)).toEqual(PROJECT_FILES)
    expect(await attacker.fails("list", used)).toBe("EACCES")
    expect((await victim.texts("anomalies")).at(-1)).toMatch(
      /^capture\/path-safety: .* other users can change/,
    )
  })
})

describe.skipIf(isWindows)("S3, a root that leads into a home", () => {
  const traps: Readonly<Record<string, (attacker: Actor, project: string) => Promise<unknown>>> = {
    "the root is a link": (attacker, project) => attacker.do("link", project, root),
    "a private root is a link": (attacker, project) => attacker.do("link", project, `${root}-AAAAAA`),
    ...(canSwitch && {
      "a session of a foreign root is a link": async (attacker: Actor, project: string) => {
        await attacker.do("make", root, 0o777)
        await attacker.do("link", join(project, "old_project"), join(root, "old_project"))
      },
    }),
  }

  test.each(Object.keys(traps))(
    `neither cleaning nor purging deletes anything where %s${asOneUser}`,
    async (trap) => {
      const [victim, attacker] = [start(VICTIM), start(ATTACKER)]
      const project = await makeProject(victim)
      await traps[trap]?.(attacker, project)
      await victim.do("pruneAll")
      await victim.do("prune", 0)
      for (const args of ["purge", "purge all", "last", "open"])
        await victim.do("command", args, "old_project")
      expect(await victim.texts("list", project)).toEqual(PROJECT_FILES)
      expect(await victim.do("read", join(project, PROJECT_FILES[1] ?? ""))).toBe("mine")
      if (trap === "a private root is a link") return
      expect((await victim.texts("anomalies")).join("\n")).toContain("cleanup/path-safety: ")
    },
  )
})

describe.skipIf(isWindows)("S4, ids of sessions", () => {
  const ids = [
    "ses_x/../../escaped2",
    "../../victim/project/old_project",
    "/etc/airlock",
    "..",
    ".",
    "./",
    "a\u0000b",
    "nul\u0000/../x",
    "a".repeat(5000),
    `${"../".repeat(200)}tmp/x`,
    "sës_ünï\u202ecode\u2066",
    "..\\..\\x",
    "C:\\Windows\\x",
    "\\\\server\\share",
    "CON",
    "nul",
    "com1.txt",
    "LPT9",
    ".writers",
    ".git",
    "-rf",
    "~",
    "$HOME",
    "%2e%2e%2f",
    "a\nb",
    " ",
    "",
    "__proto__",
  ]

  test(`lead nowhere but into the root${asOneUser}`, async () => {
    const victim = start(VICTIM)
    const project = await makeProject(victim)
    const stage = join(tmp, "..")
    const outside = async (): Promise<readonly string[]> =>
      (await victim.texts("list", stage)).filter((name) => !name.startsWith("tmp/opencode-interceptor"))
    const before = await outside()
    await victim.do("command", "on all", "ses_1")
    for (const id of ids) {
      await victim.do("exchange", id, PROMPT)
      for (const args of ["last", "purge"]) await victim.do("command", args, id)
      await victim.do("exchange", id, PROMPT)
    }
    expect(await outside()).toEqual(before)
    expect(await victim.texts("list", project)).toEqual(PROJECT_FILES)
    const sessions = (await victim.texts("list", root)).filter((name) => !name.includes("/"))
    for (const name of sessions) {
      expect(name).toMatch(/^(?:unsafe-[0-9a-f]{32}|unknown-session|-rf|__proto__|\.writers)$/)
    }
    // Blank ids share one directory; every other id has its own.
    expect(sessions).toHaveLength(ids.length - 1 + 1)
    expect(await victim.texts("anomalies")).toEqual([])
  })
})

describe.skipIf(isWindows)("S8, several processes at one root", () => {
  test(`of one user share numbers and delete nothing that the other writes${asOneUser}`, async () => {
    const [one, two] = [start(VICTIM), start(VICTIM)]
    for (const actor of [one, two]) await actor.do("command", "on", "ses_1")
    await one.do("begin", "ses_1", PROMPT)
    for (let round = 0; round < 8; round += 1) {
      await two.do("exchange", "ses_1", PROMPT)
      expect(await two.do("prune", 0)).toEqual([])
    }
    await one.do("finish")
    const names = (await one.texts("list", join(root, "ses_1"))).filter((name) => name.endsWith(".meta.json"))
    expect(new Set(names.map((name) => name.slice(0, 3)))).toHaveProperty("size", 9)
    expect(names).toHaveLength(9)
    await one.end()
    await two.end()
    // Nobody writes any more.
    const three = start(VICTIM)
    expect(await three.do("prune", 0)).toEqual(["ses_1"])
    expect(await three.texts("list", root)).not.toContain("ses_1")
  })

  test.skipIf(!canSwitch)(
    `of two users have a root each, and clean only their own${needsTwoUsers}`,
    async () => {
      const [first, second] = [start(ATTACKER), start(VICTIM)]
      for (const actor of [first, second]) {
        await actor.do("command", "on", "ses_1")
        await actor.do("exchange", "ses_1", PROMPT)
      }
      const roots = await Promise.all([first, second].map((actor) => dumpRoot(actor)))
      expect(roots[0]).toBe(join(root, "ses_1"))
      expect(dirname(roots[1] ?? "")).toMatch(/\/opencode-interceptor-[A-Za-z0-9]{6}$/)
      for (const actor of [first, second]) {
        await actor.do("prune", 0)
        await actor.do("pruneAll")
      }
      for (const [index, actor] of [first, second].entries()) {
        expect(await actor.texts("list", roots[index] ?? "")).toHaveLength(4)
      }
    },
  )
})
