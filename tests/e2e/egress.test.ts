import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import { REPOSITORY } from "../support/opencode.ts"
import { DIALECTS } from "../support/opencode/providers.ts"
import type { ProviderDialect } from "../support/provider/dialect.ts"
import { type Half, plant, startHalf } from "./egress/half.ts"
import { possibleFor, travel } from "./egress/journey.ts"
import type { Scenario } from "./egress/scenario.ts"
import { scenarios } from "./egress/scenarios.ts"

/** The checkout, loaded the way a person would who works on it. */
const PLUGIN = `file://${REPOSITORY}/src/server.ts`

function named(dialect: ProviderDialect): readonly (readonly [string, Scenario])[] {
  return possibleFor(scenarios, dialect).map((scenario) => [scenario.name, scenario] as const)
}

describe("with Airlock", () => {
  let half: Half
  let journey: Awaited<ReturnType<typeof travel>>

  beforeAll(async () => {
    half = await startHalf([PLUGIN])
    journey = await travel(half, scenarios)
  }, 90_000)
  afterAll(() => half?.stop(), 20_000)

  test("OpenCode loaded the plugin without a complaint", async () => {
    const log = await half.server.home.log()
    expect(log.split("\n").filter((line) => /failed to load plugin|plugin.*error/i.test(line))).toEqual([])
  })

  describe.each(DIALECTS)("%s", (dialect) => {
    test.each(named(dialect))("%s: placeholders leave instead of canaries", (_name, scenario) => {
      const { requests, taken } = journey(scenario, dialect)
      expect(taken.length, "requests that took this path").toBeGreaterThan(0)
      expect(describeLeaks(findLeaks(requests, plant(scenario.name, dialect).canaries))).toBe("")
      expect(taken.some((request) => PLACEHOLDER.test(request.text))).toBe(true)
    })

    test("an MCP server, which may send things away, gets placeholders too", async () => {
      const received = await readFile(half.project(dialect).mcpRecord, "utf8")
      const { canaries } = plant("MCP arguments re-sent", dialect)
      expect(received).toMatch(/token <REDACTED:[0-9a-f]{14}>/)
      expect(
        canaries.filter((canary) => received.includes(canary.value)).map((canary) => canary.name),
      ).toEqual([])
    })

    test("no request holds a canary of any scenario", () => {
      const canaries = scenarios.flatMap((scenario) => plant(scenario.name, dialect).canaries)
      const requests = half.project(dialect).requests()
      expect(requests.length).toBeGreaterThan(scenarios.length)
      expect(describeLeaks(findLeaks(requests, canaries))).toBe("")
    })
  })

  test("the scripted models were never at a loss", () => {
    expect(half.provider.failures).toEqual([])
  })
})

describe("without Airlock", () => {
  let half: Half
  let journey: Awaited<ReturnType<typeof travel>>

  beforeAll(async () => {
    half = await startHalf([])
    journey = await travel(half, scenarios)
  }, 90_000)
  afterAll(() => half?.stop(), 20_000)

  describe.each(DIALECTS)("%s", (dialect) => {
    test.each(named(dialect))("%s: every canary leaves, so the tests above can fail", (_name, scenario) => {
      const { canaries } = plant(scenario.name, dialect)
      const found = new Set(findLeaks(journey(scenario, dialect).taken, canaries).map((leak) => leak.canary))
      expect([...found].sort()).toEqual(canaries.map((canary) => canary.name).sort())
    })

    test("an MCP server gets the real values", async () => {
      const received = await readFile(half.project(dialect).mcpRecord, "utf8")
      const { canaries } = plant("MCP arguments re-sent", dialect)
      expect(canaries.filter((canary) => received.includes(canary.value))).toHaveLength(canaries.length)
    })
  })

  test("the scripted models were never at a loss", () => {
    expect(half.provider.failures).toEqual([])
  })
})

/** As it stands in a JSON body, where `<` may be escaped. */
const PLACEHOLDER = /(?:<|\\u003c)REDACTED:[0-9a-f]{14}/i
