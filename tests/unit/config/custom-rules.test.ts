import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AirlockError } from "../../../src/base/errors.ts"
import { airlockPaths } from "../../../src/base/paths.ts"
import { type ResolvedConfig, resolveConfig } from "../../../src/config/resolve.ts"
import { readInstanceConfig } from "../../../src/host/instance-config.ts"
import { builtinRules } from "../../../src/secrets/index.ts"
import { type TemporaryDirectory, temporaryDirectory } from "../../support/temp-dir.ts"

let root: TemporaryDirectory
let project = ""
let userFile = ""
let projectFile = ""

beforeEach(async () => {
  root = await temporaryDirectory("custom-rules")
  project = join(root.path, "project")
  userFile = join(root.path, "home/.config/opencode/airlock.jsonc")
  projectFile = join(project, ".opencode/airlock.jsonc")
  await mkdir(join(project, ".git"), { recursive: true })
})

afterEach(() => root.remove())

const env = (): { HOME: string } => ({ HOME: join(root.path, "home") })

async function put(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content))
}

function resolve(pluginOptions?: unknown): Promise<ResolvedConfig> {
  const paths = airlockPaths(env(), env().HOME)
  return resolveConfig({ pluginOptions, directory: project, worktree: project, env: env(), paths })
}

async function failure(rules: unknown): Promise<string> {
  await put(userFile, { redact: { rules } })
  const error = await resolve().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AirlockError)
  return error instanceof AirlockError ? `${error.code} ${error.message}` : ""
}

const zorg = { id: "zorg-token", pattern: "zorg_[a-z0-9]{24}" }
const door = { id: "door-code", pattern: "[0-9]{4}-[0-9]{4}", keywords: ["door"] }

describe("a person's own rules", () => {
  test("come out as they were written, with every property", async () => {
    const rule = { ...door, title: "Code of a door", secretGroup: 0, minEntropy: 1.5, flags: "i" }
    await put(userFile, { redact: { rules: [rule] } })
    expect((await resolve()).config.redact.rules).toEqual([rule])
  })

  test("add up over the places; a later one of the person's own replaces one of the same id", async () => {
    await put(userFile, { redact: { rules: [zorg, door] } })
    const opencode = join(root.path, "home/.config/opencode/opencode.json")
    const later = { ...door, pattern: "[0-9]{6}" }
    const options = { redact: { rules: [later] } }
    await put(opencode, { plugin: [["opencode-airlock", options]] })
    const { config, notices } = await resolve(options)
    expect(config.redact.rules).toEqual([zorg, later])
    expect(notices).toEqual([])
  })

  test("stay as they are where a project adds some, leaves them out or says something else about one", async () => {
    await put(userFile, { redact: { rules: [zorg] } })
    const weaker = { ...zorg, pattern: "never_[a-z]{9}" }
    await put(projectFile, { redact: { rules: [weaker, door] } })
    const { config, notices } = await resolve({ redact: { rules: [] } })
    expect(config.redact.rules).toEqual([zorg, door])
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatchObject({ key: "redact.rules", source: projectFile })
    expect(notices[0]?.message).toContain("a project may only add")
    expect(notices[0]?.message).not.toContain("never_")
  })

  test("are no loosening where the project repeats them", async () => {
    await put(userFile, { redact: { rules: [zorg] } })
    await put(projectFile, { redact: { rules: [zorg] } })
    const { config, notices } = await resolve()
    expect(config.redact.rules).toEqual([zorg])
    expect(notices).toEqual([])
  })
})

describe("a mistake in a rule", () => {
  test.each([
    [{ ...zorg, pattern: "zorg(?=x)" }, /"redact\.rules\[0\]\.pattern" uses look-around/],
    [{ ...zorg, pattern: "(z)\\1" }, /"redact\.rules\[0\]\.pattern" uses a back-reference/],
    [{ ...zorg, pattern: "z*" }, /"redact\.rules\[0\]\.pattern" can match the empty text/],
    [{ ...zorg, pattern: "" }, /"redact\.rules\[0\]\.pattern" must be a pattern, got an empty text/],
    [{ ...zorg, secretGroup: 3 }, /"redact\.rules\[0\]\.secretGroup" names no group/],
    [
      { ...zorg, secretGroup: true },
      /"redact\.rules\[0\]\.secretGroup" must be the name or the number of a group, got true/,
    ],
    [{ id: "zorg" }, /"redact\.rules\[0\]\.pattern" is missing/],
    [
      { ...zorg, id: "Zorg Token" },
      /"redact\.rules\[0\]\.id" must be kebab-case, for example acme-token, got a string/,
    ],
    [{ ...zorg, id: builtinRules[0]?.id }, /"redact\.rules\[0\]\.id" is the id of a built-in rule; .* my-/],
    [{ ...zorg, id: "keyword" }, /"redact\.rules\[0\]\.id" is the id of a built-in rule/],
    [{ ...zorg, patern: "x" }, /"redact\.rules\[0\]\.patern" is not an option; did you mean "pattern"\?/],
    [{ ...zorg, colour: "x" }, /"redact\.rules\[0\]\.colour" is not an option; there are id, pattern, title/],
    [{ ...zorg, flags: "g" }, /"redact\.rules\[0\]\.flags" must be "i", got/],
    [
      { ...zorg, keywords: ["é"] },
      /"redact\.rules\[0\]\.keywords\[0\]" must be a text of 2 to 64 ASCII characters/,
    ],
    [
      { ...zorg, minEntropy: 9 },
      /"redact\.rules\[0\]\.minEntropy" must be a number of bits from 0 to 8, got 9/,
    ],
  ])("is an error with file, line and key: %j", async (rule, message) => {
    const text = await failure([rule])
    expect(text).toMatch(/^CONFIG_INVALID The Airlock configuration is not valid\. .*airlock\.jsonc:1:\d+: /)
    expect(text).toMatch(message)
  })

  test("is an error where two rules of a place have one id", async () => {
    expect(await failure([zorg, door, zorg])).toMatch(
      /"redact\.rules" holds two rules of one id, \[0\] and \[2\]; give each its own/,
    )
  })

  test("is pointed to by its own line, and every mistake is named", async () => {
    await put(
      userFile,
      '{\n "redact": { "rules": [\n {"id":"a-b","pattern":"("},\n {"id":"c-d","pattern":"["}\n]}}',
    )
    await expect(resolve()).rejects.toThrow(
      /airlock\.jsonc:3:\d+: "redact\.rules\[0\]\.pattern" .*airlock\.jsonc:4:\d+: "redact\.rules\[1\]\.pattern"/,
    )
  })

  test("never repeats the pattern, which may hold a secret", async () => {
    const secret = ["zorg", "k3y", "v4lu3"].join("_")
    for (const pattern of [`${secret}(`, `(?=${secret})`, `${secret}**`]) {
      expect(await failure([{ id: "a-b", pattern }])).not.toContain(secret)
    }
    expect(await failure([{ id: `${secret}!`, pattern: "abc" }])).not.toContain(secret)
  })

  test("is an error in plugin options and in a project's file too", async () => {
    const broken = { redact: { rules: [{ ...zorg, pattern: "(" }] } }
    await expect(resolve(broken)).rejects.toThrow('plugin options: "redact.rules[0].pattern"')
    await put(projectFile, broken)
    await expect(resolve()).rejects.toThrow(`${projectFile}:1:`)
  })
})

describe("an allow-list", () => {
  const entry = { rule: "keyword", pattern: "changeme-[a-z]+" }

  test("is the person's own: a project's is ignored, with a notice", async () => {
    await put(userFile, { redact: { allow: [entry] } })
    await put(projectFile, { redact: { allow: [entry, { pattern: ".+" }] } })
    const { config, notices } = await resolve({ redact: { allow: [{ pattern: ".+" }] } })
    expect(config.redact.allow).toEqual([entry])
    expect(notices.map(({ key }) => key)).toEqual(["redact.allow", "redact.allow"])
  })

  test("names a built-in rule or one of the person's own, of whatever place", async () => {
    await put(userFile, { redact: { allow: [{ rule: "zorg-token", pattern: "zorg_a+" }, entry] } })
    await put(join(root.path, "home/.config/opencode/opencode.json"), {
      plugin: [["opencode-airlock", { redact: { rules: [zorg] } }]],
    })
    expect((await resolve()).config.redact.allow).toHaveLength(2)
  })

  test("that names no rule is an error with line, key and the nearest id", async () => {
    const allow = (rule: string): string =>
      `{\n "redact": {\n  "rules": [${JSON.stringify(zorg)}],\n  "allow": [{ "rule": "${rule}", "pattern": "abcd+" }] } }`
    await put(userFile, allow("keywrod"))
    await expect(resolve()).rejects.toThrow(
      `${userFile}:4:15: "redact.allow[0].rule" is not a rule id; did you mean "keyword"?`,
    )
    await put(userFile, allow("zorg-tokn"))
    await expect(resolve()).rejects.toThrow('is not a rule id; did you mean "zorg-token"?')
    await put(userFile, allow("zorg-token"))
    expect((await resolve()).config.redact.allow).toHaveLength(1)
  })

  test.each([
    [{ rule: "keyword" }, /"redact\.allow\[0\]" says no pattern and no sha256; .* redact\.disableRules/],
    [{ pattern: "a(?=b)" }, /"redact\.allow\[0\]\.pattern" uses look-around/],
    [{ sha256: "abc" }, /"redact\.allow\[0\]\.sha256" must be 64 lower-case hex digits, got a string/],
    [{ value: "x" }, /"redact\.allow\[0\]\.value" is not an option; there are rule, pattern, sha256/],
  ])("with a mistake is an error: %j", async (broken, message) => {
    await put(userFile, { redact: { allow: [broken] } })
    await expect(resolve()).rejects.toThrow(message)
  })
})

describe("an instance", () => {
  const offers = { redact: true, intercept: true }
  const read = (options: unknown): ReturnType<typeof readInstanceConfig> =>
    readInstanceConfig(
      { directory: project, worktree: project, env: env(), offers, options },
      airlockPaths(env(), env().HOME),
    )

  test("has the rules ready for its scanner", async () => {
    const { scanner, configError } = await read({ redact: { rules: [zorg] } })
    expect(configError).toBeUndefined()
    const text = `a zorg_${"a1b2c3".repeat(4)} b`
    expect(scanner.ruleIds).toContain("zorg-token")
    expect(scanner.scan(text)).toEqual([{ ruleId: "zorg-token", start: 2, end: 31 }])
  })

  test("refuses every turn with the mistake, so that nothing leaves without the rule", async () => {
    const { configError, config, scanner } = await read({
      redact: { rules: [{ ...zorg, pattern: "(" }] },
    })
    expect(configError).toMatch(/"redact\.rules\[0\]\.pattern" is no pattern in RE2 syntax/)
    expect(config.redact.enabled).toBe(true)
    expect(scanner.ruleIds).toContain("keyword")
  })
})
