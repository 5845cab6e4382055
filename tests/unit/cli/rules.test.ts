import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { builtinRules, passDetectors, ruleLabel } from "../../../src/secrets/index.ts"
import { createWorld, type World } from "./world.ts"

let world: World

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.remove())

describe("airlock rules", () => {
  test("lists every id that redact.disableRules takes, with title, label and family", async () => {
    const { exitCode, out } = await world.run(["rules", "--json"])
    expect(exitCode).toBe(0)
    const { schema, rules } = JSON.parse(out)
    expect(schema).toBe(1)
    const ids: string[] = rules.map(({ id }: { id: string }) => id)
    expect(ids.toSorted()).toEqual([...builtinRules, ...passDetectors].map(({ id }) => id).toSorted())
    expect(rules).toContainEqual({
      id: "keyword",
      title: "Value of a key that names a secret",
      label: "KeywordDetector",
      family: "general",
    })
    expect(rules).toContainEqual(
      expect.objectContaining({ id: "aws-access-key-id", label: "AWSKeyDetector", family: "vendor" }),
    )
    expect(rules).toContainEqual(expect.objectContaining({ id: "email", family: "personal-data" }))
    const unlabelled = builtinRules.find(({ label }) => label === undefined)?.id ?? ""
    expect(rules).toContainEqual(expect.objectContaining({ id: unlabelled, label: unlabelled }))
  })

  test("prints one line for each rule to a person, so that a label of the audit log can be searched", async () => {
    const { exitCode, out } = await world.run(["rules"])
    expect(exitCode).toBe(0)
    const lines = out.split("\n")
    expect(lines).toHaveLength(builtinRules.length + passDetectors.length)
    const behind = lines.filter((line) => line.includes("AWSKeyDetector")).map((line) => line.split(" ")[0])
    expect(behind).toEqual(
      builtinRules.filter(({ id }) => ruleLabel(id) === "AWSKeyDetector").map(({ id }) => id),
    )
    expect(out).toMatch(/^email +MailDetector +personal-data {2}E-mail address$/m)
  })

  test("lists the person's own rules first, as the configuration of the project has them", async () => {
    const file = join(world.project, ".opencode/airlock.jsonc")
    await world.put(file, {
      redact: { rules: [{ id: "zorg-token", pattern: "zorg_[a-z]{20}", title: "Zorg token" }] },
    })
    const { exitCode, out, err } = await world.run(["rules", "--json"])
    expect([exitCode, err]).toEqual([0, ""])
    const { rules } = JSON.parse(out)
    const own = { id: "zorg-token", title: "Zorg token", label: "zorg-token", family: "custom" }
    expect(rules[0]).toEqual(own)
    expect(rules).toHaveLength(1 + builtinRules.length + passDetectors.length)
    await rm(file)
  })

  test("lists the built-in ones also where the configuration has a mistake that the list helps with", async () => {
    const file = join(world.project, ".opencode/airlock.jsonc")
    await world.put(file, { redact: { disableRules: ["jwtt"] } })
    const { exitCode, out, err } = await world.run(["rules"])
    expect(exitCode).toBe(1)
    expect(err).toMatch(/^Your own rules are not listed\. .*did you mean "jwt"\?/)
    expect(out).toMatch(/^jwt /m)
    const json = await world.run(["rules", "--json"])
    expect([json.exitCode, json.err]).toEqual([1, ""])
    const { rules, error } = JSON.parse(json.out)
    expect(rules).toHaveLength(builtinRules.length + passDetectors.length)
    expect(error.code).toBe("CONFIG_INVALID")
    expect(error.message).toContain('did you mean "jwt"?')
    await rm(file)
  })

  test("says so where the project does not exist", async () => {
    const { exitCode, err } = await world.run(["rules", "--dir", "nowhere"])
    expect(exitCode).toBe(2)
    expect(err).toContain("does not exist")
  })
})
