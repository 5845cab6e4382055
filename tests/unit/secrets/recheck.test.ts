import { check } from "recheck"
import { describe, expect, test } from "vitest"
import { builtinRules } from "../../../src/secrets/index.ts"

/** The engine runs every pattern sticky, so what is checked is the pattern anchored at its start. */
describe("rule patterns", () => {
  test("are linear-time by recheck, anchored as the engine tries them", { timeout: 120_000 }, async () => {
    const bad: string[] = []
    for (const { id, pattern } of builtinRules) {
      const { status } = await check(`^(?:${pattern.source})`, pattern.flags, { timeout: 20_000 })
      if (status !== "safe") bad.push(`${id}: ${status}`)
    }
    expect(bad).toEqual([])
  })

  test("recheck tells a dangerous pattern apart, so the check above can fail", async () => {
    const { status } = await check("^(?:(a+)+$)", "", { timeout: 20_000 })
    expect(status).toBe("vulnerable")
  })
})
