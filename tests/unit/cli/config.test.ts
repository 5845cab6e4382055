import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { configJsonSchema } from "../../../src/config/options.ts"
import { createWorld, type World } from "./world.ts"

let world: World

beforeEach(async () => {
  world = await createWorld()
})

afterEach(() => world.remove())

describe("airlock config", () => {
  test("shows each value and the place it came from", async () => {
    const file = await world.put(join(world.home, ".config/opencode/airlock.jsonc"), {
      redact: { maskLocal: true },
    })
    const { exitCode, out } = await world.run(["config"], { env: { OPENCODE_REDACTOR_AUDIT_ENABLED: "0" } })
    expect(exitCode).toBe(0)
    expect(out).toMatch(new RegExp(`^redact.maskLocal +true +${file}$`, "m"))
    expect(out).toMatch(/^redact\.audit\.enabled +false +environment$/m)
    expect(out).toMatch(/^intercept\.retentionHours +24 +default$/m)
  })

  test("takes the plugin options from the configuration that OpenCode would deliver", async () => {
    await world.put(join(world.home, ".config/opencode/opencode.json"), {
      plugin: [["opencode-airlock", { intercept: { retentionHours: 9 } }]],
    })
    await world.put(join(world.project, "opencode.json"), {
      plugin: [["opencode-airlock", { intercept: { retentionHours: 3 } }]],
    })
    const { out } = await world.run(["config", "--json"])
    expect(JSON.parse(out)).toMatchObject({ config: { intercept: { retentionHours: 3 } } })
  })

  test("names the entries of a list of objects by what tells them apart, never a whole hash", async () => {
    await world.put(join(world.home, ".config/opencode/airlock.jsonc"), {
      redact: {
        rules: [{ id: "zorg-token", pattern: "zorg_[a-z]{20}" }],
        allow: [{ pattern: "xyz-\\d+" }, { rule: "keyword", sha256: "ab".repeat(32) }],
      },
    })
    const { out } = await world.run(["config"])
    expect(out).toMatch(/^redact\.rules +\["zorg-token"\] /m)
    expect(out).toMatch(/^redact\.allow +\[pattern xyz-\\d\+, keyword sha256:abababab…\] /m)
  })

  test("names no place of a list that only repeats what is there, as delivered options do", async () => {
    const opencode = await world.put(join(world.home, ".config/opencode/opencode.json"), {
      plugin: [
        ["opencode-airlock", { redact: { pii: ["iban"], rules: [{ id: "a-b", pattern: "zorg_+" }] } }],
      ],
    })
    const { out } = await world.run(["config"])
    const lines = out.split("\n").filter((line) => /^redact\.(?:pii|rules) /.test(line))
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line.endsWith(`  plugin options in ${opencode}`)).toBe(true)
  })

  test("names every place of a list that adds up", async () => {
    const mine = await world.put(join(world.home, ".config/opencode/airlock.jsonc"), {
      redact: { rules: [{ id: "zorg-token", pattern: "zorg_[a-z]{20}" }], pii: ["phone"] },
    })
    const projects = await world.put(join(world.project, ".opencode/airlock.jsonc"), {
      redact: { rules: [{ id: "acme-token", pattern: "acme_[a-z]{20}" }], pii: ["iban"] },
    })
    const { out } = await world.run(["config"])
    const lines = out.split("\n")
    const line = (key: string): string => lines.find((text) => text.startsWith(key)) ?? ""
    expect(line("redact.rules")).toContain(`["zorg-token", "acme-token"]`)
    expect(line("redact.rules").endsWith(`  ${mine} + ${projects}`)).toBe(true)
    expect(line("redact.pii")).toContain(`["phone","iban"]`)
    expect(line("redact.pii").endsWith(`  ${mine} + ${projects}`)).toBe(true)
    await rm(mine)
    expect((await world.run(["config"])).out).toMatch(
      new RegExp(`^redact\\.pii +\\["email","iban"\\] +default \\+ ${projects}$`, "m"),
    )
  })

  test("shows what was ignored and why", async () => {
    await world.put(join(world.project, ".opencode/airlock.jsonc"), { redact: false })
    const { exitCode, out } = await world.run(["config"])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^redact\.enabled +true +default$/m)
    expect(out).toContain('notice: "redact.enabled" in')
  })

  test("answers 1 and names the mistake where the configuration is not valid", async () => {
    await world.put(join(world.project, ".opencode/airlock.jsonc"), '{ "redakt": true }')
    const problem = 'airlock.jsonc:1:3: "redakt" is not an option; did you mean "redact"?'
    const plain = await world.run(["config"])
    expect([plain.exitCode, plain.out]).toEqual([1, ""])
    expect(plain.err).toContain(problem)
    const json = await world.run(["config", "--json"])
    expect([json.exitCode, json.err]).toEqual([1, ""])
    const { error } = JSON.parse(json.out)
    expect(error.code).toBe("CONFIG_INVALID")
    expect(error.message).toContain(problem)
  })

  test("prints the JSON Schema", async () => {
    const { exitCode, out } = await world.run(["config", "--schema"])
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toEqual(configJsonSchema())
  })

  test("looks at another project with --dir, also from within it", async () => {
    await world.put(join(world.project, ".opencode/airlock.jsonc"), { intercept: false })
    await world.put(join(world.project, "deep/file"), "x")
    const { out } = await world.run(["config", "--dir", "project/deep"], { cwd: join(world.project, "..") })
    expect(out).toMatch(/^intercept\.enabled +false/m)
  })
})
