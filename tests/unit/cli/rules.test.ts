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
})
