import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AirlockError } from "../../../src/base/errors.ts"
import { airlockPaths, type Env } from "../../../src/base/paths.ts"
import { builtinRules, passDetectors } from "../../../src/secrets/index.ts"
import { defaultConfig, type ResolvedConfig, resolveConfig } from "../../../src/config/resolve.ts"

let root = ""
let home = ""
let project = ""

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "airlock-config-")))
  home = join(root, "home")
  project = join(root, "project")
  await mkdir(home, { recursive: true })
  await mkdir(project, { recursive: true })
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function put(path: string, content: unknown): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content))
  return path
}

const userFile = (): string => join(home, ".config/opencode/airlock.jsonc")
const projectFile = (): string => join(project, ".opencode/airlock.jsonc")
const globalOpenCode = (): string => join(home, ".config/opencode/opencode.json")

function resolve(pluginOptions?: unknown, env: Env = {}, directory = project): Promise<ResolvedConfig> {
  const full = { HOME: home, ...env }
  return resolveConfig({
    pluginOptions,
    directory,
    worktree: project,
    env: full,
    paths: airlockPaths(full, home),
  })
}

async function failure(pluginOptions?: unknown, env: Env = {}): Promise<AirlockError> {
  try {
    await resolve(pluginOptions, env)
  } catch (error) {
    if (error instanceof AirlockError) return error
    throw error
  }
  throw new Error("resolveConfig did not fail")
}

describe("defaults and precedence", () => {
  test("answers the documented defaults where nothing is configured", async () => {
    const { config, notices } = await resolve()
    expect(config).toEqual({
      redact: {
        enabled: true,
        pii: ["email"],
        disableRules: [],
        rules: [],
        allow: [],
        maskLocal: false,
        audit: {
          enabled: true,
          path: join(home, ".config/opencode/opencode-redactor.audit.jsonl"),
          maxBytes: 10_485_760,
        },
      },
      intercept: {
        enabled: true,
        retentionHours: 24,
        maxTotalBytes: 1_073_741_824,
        maxCaptures: 10_000,
        maxBodyBytes: 10_485_760,
      },
      allowUnseenTransport: false,
      auth: false,
    })
    expect(notices).toEqual([])
    expect(defaultConfig(airlockPaths({ HOME: home }, home))).toEqual(config)
  })

  test("puts the default audit file where XDG_CONFIG_HOME says", async () => {
    const { config } = await resolve(undefined, { XDG_CONFIG_HOME: join(root, "xdg") })
    expect(config.redact.audit.path).toBe(join(root, "xdg/opencode/opencode-redactor.audit.jsonl"))
  })

  test("lets plugin options win over the project's file, that over the person's, that over defaults", async () => {
    await put(userFile(), {
      intercept: { retentionHours: 20, maxBodyBytes: 9000 },
      redact: { maskLocal: true },
    })
    await put(projectFile(), { intercept: { retentionHours: 10, maxBodyBytes: 8000 } })
    const { config } = await resolve({ intercept: { retentionHours: 5 } })
    expect(config.intercept).toMatchObject({ enabled: true, retentionHours: 5, maxBodyBytes: 8000 })
    expect(config.redact.maskLocal).toBe(true)
  })

  test("takes true and false for a capability as its enabled option", async () => {
    await put(userFile(), { redact: false, intercept: false, auth: false })
    const { config } = await resolve({ redact: true })
    expect(config.redact.enabled).toBe(true)
    expect(config.intercept.enabled).toBe(false)
  })

  test("reads comments, trailing commas, a byte order mark and $schema in airlock.jsonc", async () => {
    await put(userFile(), '\uFEFF{ // mine\n "$schema": "x", "redact": { "disableRules": ["keyword",], }, }')
    expect((await resolve()).config.redact.disableRules).toEqual(["keyword"])
  })

  test("says which places set which keys, in the order in which they apply", async () => {
    await put(userFile(), { redact: { maskLocal: true } })
    await put(projectFile(), { intercept: false, redact: false })
    const { sources } = await resolve(
      { intercept: { retentionHours: 2 } },
      { OPENCODE_REDACTOR_AUDIT_ENABLED: "0" },
    )
    expect(sources).toEqual([
      { kind: "user-file", name: userFile(), keys: ["redact.maskLocal"] },
      { kind: "project-file", name: projectFile(), keys: ["intercept.enabled"] },
      { kind: "plugin-options", name: "plugin options", keys: ["intercept.retentionHours"] },
      { kind: "environment", name: "environment", keys: ["redact.audit.enabled"] },
    ])
  })

  test("applies the files of every directory from the repository's root down", async () => {
    await put(projectFile(), { intercept: { retentionHours: 8 } })
    const inner = join(project, "packages/a")
    await put(join(inner, ".opencode/airlock.jsonc"), { intercept: { retentionHours: 4 } })
    expect((await resolve(undefined, {}, inner)).config.intercept.retentionHours).toBe(4)
    expect((await resolve()).config.intercept.retentionHours).toBe(8)
  })
})

describe("environment", () => {
  test("overrides mask-local, audit and its path over every other place", async () => {
    await put(userFile(), { redact: { maskLocal: false, audit: { enabled: false, path: "~/a.jsonl" } } })
    const { config } = await resolve(undefined, {
      OPENCODE_REDACTOR_MASK_LOCAL: "1",
      OPENCODE_REDACTOR_AUDIT_ENABLED: "TRUE",
      OPENCODE_REDACTOR_AUDIT_PATH: join(root, "b.jsonl"),
    })
    expect(config.redact.maskLocal).toBe(true)
    expect(config.redact.audit.enabled).toBe(true)
    expect(config.redact.audit.path).toBe(join(root, "b.jsonl"))
  })

  test("puts the audit file into OPENCODE_REDACTOR_AUDIT_DIR unless a path is given as well", async () => {
    const dir = { OPENCODE_REDACTOR_AUDIT_DIR: join(root, "logs") }
    const inDir = await resolve(undefined, dir)
    expect(inDir.config.redact.audit.path).toBe(join(root, "logs/opencode-redactor.audit.jsonl"))
    const byPath = await resolve(undefined, { ...dir, OPENCODE_REDACTOR_AUDIT_PATH: "~/x.jsonl" })
    expect(byPath.config.redact.audit.path).toBe(join(home, "x.jsonl"))
  })

  test.each([
    ["OPENCODE_REDACTOR_AUDIT_DIR", "logs", "logs/opencode-redactor.audit.jsonl"],
    ["OPENCODE_REDACTOR_AUDIT_PATH", "../a.jsonl", "../a.jsonl"],
  ])("counts a relative path in %s from the project's directory", async (variable, value, expected) => {
    const directory = join(project, "packages/a")
    const { config } = await resolve(undefined, { [variable]: value }, directory)
    expect(config.redact.audit.path).toBe(join(directory, expected))
  })

  test("counts an empty variable as unset", async () => {
    const { config } = await resolve(undefined, { OPENCODE_REDACTOR_AUDIT_ENABLED: "" })
    expect(config.redact.audit.enabled).toBe(true)
  })

  test("refuses another word for a flag without repeating it", async () => {
    const error = await failure(undefined, { OPENCODE_REDACTOR_MASK_LOCAL: "maybe-so" })
    expect(error.code).toBe("CONFIG_INVALID")
    expect(error.message).toContain("OPENCODE_REDACTOR_MASK_LOCAL must be 1, 0, true or false")
    expect(error.message).not.toContain("maybe-so")
  })
})

describe("mistakes", () => {
  test("names an unknown key, the file, its line, and the nearest key", async () => {
    await put(userFile(), '{\n  "redact": {\n    "maskLocl": true\n  }\n}')
    const error = await failure()
    expect(error.code).toBe("CONFIG_INVALID")
    expect(error.message).toContain(
      `${userFile()}:3:5: "redact.maskLocl" is not an option; did you mean "redact.maskLocal"?`,
    )
  })

  test("points to the right section when a known key stands in the wrong one", async () => {
    expect((await failure({ maskLocal: true })).message).toContain('did you mean "redact.maskLocal"?')
  })

  test("lists the options when nothing is near", async () => {
    expect((await failure({ zzzzzzzz: 1 })).message).toContain(
      "the options here are redact, intercept, allowUnseenTransport, auth",
    )
  })

  test("names key, place, expected and got for a wrong type, and never the value", async () => {
    const value = ["hunter", "2"].join("")
    const error = await failure({ redact: { maskLocal: value, audit: { maxBytes: 12.5 } }, intercept: value })
    expect(error.message).toContain('plugin options: "redact.maskLocal" must be true or false, got a string')
    expect(error.message).toContain(
      '"redact.audit.maxBytes" must be a whole number of bytes from 1024 to 1073741824, got 12.5;',
    )
    expect(error.message).toContain('"intercept" must be true, false or an object, got a string')
    expect(error.message).not.toContain(value)
  })

  test("names the element of a list", async () => {
    const error = await failure({ redact: { pii: ["email", "fax"] } })
    expect(error.message).toMatch(/"redact\.pii\[1\]" must be one of "email", .*"phone".*, got "fax"/)
  })

  test.each([["correct horse battery"], ["t0ken"], ["Secret"], ["s".repeat(25)]])(
    "does not repeat %j where a word was expected",
    async (value) => {
      const { message } = await failure({ redact: { pii: [value], audit: { path: value } } })
      expect(message).toMatch(/"redact\.pii\[0\]" must be one of "email", .*, got a string/)
      expect(message).not.toContain(value)
    },
  )

  test("shows the number or boolean that stood at the wrong place", async () => {
    const { message } = await failure({ redact: { maskLocal: 1 }, intercept: { retentionHours: true } })
    expect(message).toContain('"redact.maskLocal" must be true or false, got 1;')
    expect(message).toMatch(/"intercept\.retentionHours" must be a whole number of hours [^;]*, got true$/)
  })

  test("calls an empty text empty", async () => {
    const { message } = await failure({ redact: { disableRules: [""] } })
    expect(message).toContain('"redact.disableRules[0]" must be a rule id, got an empty text')
    expect(message.match(/disableRules/g)).toHaveLength(1)
  })

  test.each([[["redact"]], ["redact"], [7], [true]])(
    "refuses options that are not an object: %j",
    async (options) => {
      expect((await failure(options)).message).toContain("plugin options: expected an object, got a")
    },
  )

  test("says that sign-in is not part of this release", async () => {
    expect((await failure({ auth: true })).message).toMatch(
      /"auth" must be false \(sign-in is not part of this release\), got true$/,
    )
  })

  test("gives line and column of malformed JSONC", async () => {
    await put(projectFile(), '{\n  "redact": tru\n}')
    const error = await failure()
    expect(error.code).toBe("CONFIG_INVALID")
    expect(error.message).toContain(`${projectFile()}:2:13:`)
  })

  test("refuses an audit path that depends on where OpenCode was started", async () => {
    expect((await failure({ redact: { audit: { path: "audit.jsonl" } } })).message).toContain("absolute path")
  })

  test("reports a configuration file that is not a file as unreadable", async () => {
    await mkdir(userFile(), { recursive: true })
    const error = await failure()
    expect(error.code).toBe("CONFIG_UNREADABLE")
    expect(error.message).toContain(userFile())
  })

  test.skipIf(process.getuid?.() === 0)("reports a file without read permission as unreadable", async () => {
    await chmod(await put(userFile(), {}), 0o000)
    expect((await failure()).code).toBe("CONFIG_UNREADABLE")
  })

  test("does not let a __proto__ key set options", async () => {
    await put(userFile(), '{"__proto__": {"redact": {"enabled": false}}}')
    expect((await failure()).message).toContain('"__proto__" is not an option')
  })

  test("say how JSON writes a backslash, where one stands alone", async () => {
    await put(userFile(), '{ "redact": { "rules": [{ "id": "a-b", "pattern": "\\d{9}" }] } }')
    expect((await failure()).message).toMatch(/Invalid Escape Character; in JSON write \\\\ for a backslash/)
  })
})

describe("ids in redact.disableRules", () => {
  test("are those of rules and passes", async () => {
    const disableRules = [...builtinRules, ...passDetectors].map(({ id }) => id)
    expect((await resolvePersonal(disableRules)).config.redact.disableRules).toEqual(disableRules)
  })

  test("are an error where no rule has one, with file, line, key and the nearest id", async () => {
    await put(userFile(), '{\n  "redact": {\n    "disableRules": ["jwt", "entropy-hexx"]\n  }\n}')
    const error = await failure()
    expect(error.code).toBe("CONFIG_INVALID")
    expect(error.message).toContain(
      `${userFile()}:3:29: "redact.disableRules[1]" is not a rule id; did you mean "entropy-hex"?`,
    )
  })

  test("are an error in a project's file and in plugin options, too", async () => {
    await put(projectFile(), { redact: { disableRules: ["no-such-rule-at-all"] } })
    const error = await failure()
    expect(error.message).toContain(`${projectFile()}:1:`)
    expect(error.message).toContain("is not a rule id; `airlock rules` lists them")
    expect(error.message).not.toContain("no-such-rule-at-all")
    await rm(projectFile())
    expect((await failure({ redact: { disableRules: ["jwtt"] } })).message).toContain(
      'plugin options: "redact.disableRules[0]" is not a rule id; did you mean "jwt"?',
    )
  })

  test.each([
    ["KeywordDetector", "keyword"],
    ["awskeydetector", "aws-access-key-id"],
  ])("are explained where a label of the audit log stands: %s", async (label, id) => {
    const { message } = await failure({ redact: { disableRules: [label] } })
    expect(message).toMatch(
      /"redact\.disableRules\[0\]" must be a rule id: (?:Keyword|AWSKey)Detector is a label/,
    )
    expect(message).toMatch(new RegExp(`is a label of the audit log; its rule ids are .*\\b${id}\\b`))
  })

  test("are not those of the person's own rules, and the message says so", async () => {
    await put(userFile(), { redact: { rules: [{ id: "zorg-token", pattern: "zorg_[a-z]{9}" }] } })
    const { message } = await failure({ redact: { disableRules: ["zorg-token"] } })
    expect(message).toContain(
      '"redact.disableRules[0]" is the id of one of your own rules; to switch it off, take it out of redact.rules',
    )
  })

  async function resolvePersonal(disableRules: readonly string[]): Promise<ResolvedConfig> {
    await put(userFile(), { redact: { disableRules } })
    return resolve()
  }
})

describe("a project tightens and never loosens", () => {
  test("it adds kinds of personal data to those in effect, in its file and in plugin options", async () => {
    await put(projectFile(), { redact: { pii: ["iban"] } })
    const { config, notices } = await resolve({ redact: { pii: ["phone", "iban"] } })
    expect(config.redact.pii).toEqual(["email", "iban", "phone"])
    expect(notices).toEqual([])
  })

  test("it removes no kind, and is told where its list is empty", async () => {
    await put(userFile(), { redact: { pii: ["email", "phone"] } })
    await put(projectFile(), { redact: { pii: [] } })
    const { config, notices } = await resolve({ redact: { pii: ["phone"] } })
    expect(config.redact.pii).toEqual(["email", "phone"])
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining("it names nothing, and a project may only add"),
    ])
  })

  const loosening = {
    redact: {
      enabled: false,
      pii: [],
      disableRules: ["entropy-hex"],
      audit: { enabled: false, path: "/dev/null", maxBytes: 1024 },
    },
    intercept: { retentionHours: 8760, maxBodyBytes: 1_000_000_000 },
    allowUnseenTransport: true,
  }
  const looseKeys = [
    "redact.enabled",
    "redact.pii",
    "redact.disableRules",
    "redact.audit.enabled",
    "redact.audit.path",
    "redact.audit.maxBytes",
    "intercept.retentionHours",
    "intercept.maxBodyBytes",
    "allowUnseenTransport",
  ]

  test("ignores every loosening in the project's file, each with a notice that says where to put it", async () => {
    await put(projectFile(), loosening)
    const { config, notices } = await resolve()
    expect(config).toEqual((await resolveEmpty()).config)
    expect(notices.map(({ key }) => key)).toEqual(looseKeys)
    for (const notice of notices) {
      expect(notice.source).toBe(projectFile())
      expect(notice.message).toContain(userFile())
    }
  })

  test("ignores every loosening in plugin options that only the project's opencode.json declares", async () => {
    await put(join(project, "opencode.json"), { plugin: [["opencode-airlock", loosening]] })
    await put(join(project, ".opencode/opencode.json"), { plugin: [["opencode-airlock", loosening]] })
    const { config, notices } = await resolve(loosening)
    expect(config).toEqual((await resolveEmpty()).config)
    expect(notices.map(({ key }) => key)).toEqual(looseKeys)
  })

  test("honours the same loosening in the person's own airlock.jsonc", async () => {
    await put(userFile(), loosening)
    const { config, notices } = await resolve()
    expect(config.redact.enabled).toBe(false)
    expect(config.redact.audit.path).toBe("/dev/null")
    expect(config.allowUnseenTransport).toBe(true)
    expect(notices).toEqual([])
  })

  test("keeps what the person switched on when the project switches it off", async () => {
    await put(userFile(), { redact: { maskLocal: true }, intercept: false })
    await put(projectFile(), { redact: { maskLocal: false }, intercept: true })
    const { config, notices } = await resolve()
    expect(config.redact.maskLocal).toBe(true)
    expect(config.intercept.enabled).toBe(false)
    expect(notices.map(({ key }) => key)).toEqual(["redact.maskLocal", "intercept.enabled"])
  })

  test("lets the project tighten what the person loosened", async () => {
    await put(userFile(), { redact: { enabled: false, pii: [], disableRules: ["jwt", "keyword"] } })
    await put(projectFile(), { redact: { enabled: true, pii: ["email"], disableRules: ["jwt"] } })
    const { config, notices } = await resolve()
    expect(config.redact).toMatchObject({ enabled: true, pii: ["email"], disableRules: ["jwt"] })
    expect(notices).toEqual([])
  })

  test("does not take a project named by OPENCODE_CONFIG or OPENCODE_CONFIG_DIR for the person's own", async () => {
    const inside = await put(join(project, "conf/opencode.json"), {
      plugin: [["opencode-airlock", { redact: false }]],
    })
    const env = { OPENCODE_CONFIG: inside, OPENCODE_CONFIG_DIR: dirname(inside) }
    expect((await resolve({ redact: false }, env)).config.redact.enabled).toBe(true)
  })

  function resolveEmpty(): Promise<ResolvedConfig> {
    return resolve(undefined, {}, join(root, "elsewhere"))
  }
})

describe("loosening plugin options that are the person's own", () => {
  const declared = { plugin: ["other", ["opencode-airlock@1.2.3", { redact: false }]] }

  test.each(["config.json", "opencode.json", "opencode.jsonc"])(
    "honours them in the global %s",
    async (name) => {
      await put(join(home, ".config/opencode", name), declared)
      const { config, notices } = await resolve({ redact: false })
      expect(config.redact.enabled).toBe(false)
      expect(notices).toEqual([])
    },
  )

  test("honours them in the file that OPENCODE_CONFIG names", async () => {
    const path = await put(join(root, "own.json"), declared)
    const { config } = await resolve({ redact: false }, { OPENCODE_CONFIG: path })
    expect(config.redact.enabled).toBe(false)
  })

  test("honours them in OPENCODE_CONFIG_DIR", async () => {
    await put(join(root, "own/opencode.jsonc"), declared)
    const { config } = await resolve({ redact: false }, { OPENCODE_CONFIG_DIR: join(root, "own") })
    expect(config.redact.enabled).toBe(false)
  })

  test("honours them in OPENCODE_CONFIG_CONTENT", async () => {
    const env = { OPENCODE_CONFIG_CONTENT: JSON.stringify(declared) }
    expect((await resolve({ redact: false }, env)).config.redact.enabled).toBe(false)
  })

  test("does not honour another value than the one that the person declared", async () => {
    await put(globalOpenCode(), { plugin: [["opencode-airlock", { redact: { disableRules: ["jwt"] } }]] })
    const { config, notices } = await resolve({
      redact: { disableRules: ["jwt", "keyword"] },
      allowUnseenTransport: true,
    })
    expect(config.redact.disableRules).toEqual(["jwt"])
    expect(config.allowUnseenTransport).toBe(false)
    expect(notices.map(({ key }) => key)).toEqual(["redact.disableRules", "allowUnseenTransport"])
  })

  test("does not take another plugin's options for Airlock's", async () => {
    await put(globalOpenCode(), { plugin: [["some-other-plugin", { redact: false }]] })
    expect((await resolve({ redact: false })).config.redact.enabled).toBe(true)
  })

  test("recognises Airlock by the package that a file spec points into", async () => {
    await put(join(root, "checkout/package.json"), { name: "opencode-airlock" })
    await put(join(root, "checkout/src/server.ts"), "export default {}")
    await put(globalOpenCode(), { plugin: [[`file://${root}/checkout/src/server.ts`, { redact: false }]] })
    expect((await resolve({ redact: false })).config.redact.enabled).toBe(false)
  })

  test("keeps the person's stricter options when the project declares the plugin again without them", async () => {
    await put(globalOpenCode(), { plugin: [["opencode-airlock", { redact: { maskLocal: true } }]] })
    await put(join(project, "opencode.json"), { plugin: [["opencode-airlock", {}]] })
    expect((await resolve({})).config.redact.maskLocal).toBe(true)
  })

  test("names the file when the person's own options are not valid", async () => {
    await put(globalOpenCode(), { plugin: [["opencode-airlock", { redakt: true }]] })
    const error = await failure({})
    expect(error.message).toContain(`plugin options in ${globalOpenCode()}`)
    expect(error.message).toContain('did you mean "redact"?')
  })
})
