import { DIALECTS } from "../../support/opencode/providers.ts"
import type { ProviderDialect } from "../../support/provider/dialect.ts"
import type { ProviderRequest } from "../../support/provider/start-provider.ts"
import { type Half, plant } from "./half.ts"
import type { Scenario } from "./scenario.ts"

/** What one scenario in one dialect led to. */
export interface Journey {
  /** Every request it caused. */
  readonly requests: readonly ProviderRequest[]
  /** Those that took the scenario's path. */
  readonly taken: readonly ProviderRequest[]
  readonly error: Error | undefined
}

/** The scenarios that `dialect` can take. */
export function possibleFor(scenarios: readonly Scenario[], dialect: ProviderDialect): readonly Scenario[] {
  return scenarios.filter((scenario) => scenario.dialects?.includes(dialect) ?? true)
}

/** Takes a half through all scenarios: dialects side by side, the scenarios of one dialect in turn. */
export async function travel(
  half: Half,
  scenarios: readonly Scenario[],
): Promise<(scenario: Scenario, dialect: ProviderDialect) => Journey> {
  const journeys = new Map<string, Journey>()
  const key = (scenario: Scenario, dialect: ProviderDialect): string => `${dialect}/${scenario.name}`
  await Promise.all(
    DIALECTS.map(async (dialect) => {
      for (const scenario of scenarios)
        journeys.set(key(scenario, dialect), await drive(half, scenario, dialect))
    }),
  )
  return (scenario, dialect) => {
    const journey = journeys.get(key(scenario, dialect))
    if (journey === undefined) throw new Error(`${scenario.name} was not driven`)
    if (journey.error !== undefined) throw journey.error
    return journey
  }
}

async function drive(half: Half, scenario: Scenario, dialect: ProviderDialect): Promise<Journey> {
  const project = half.project(dialect)
  const planted = plant(scenario.name, dialect)
  const before = project.requests().length
  const error = await failureOf(scenario.run(project, planted))
  const requests = project.requests().slice(before)
  return { requests, taken: requests.filter((request) => scenario.took(request, planted)), error }
}

async function failureOf(run: Promise<void>): Promise<Error | undefined> {
  try {
    await run
    return undefined
  } catch (reason) {
    return reason instanceof Error ? reason : new Error(String(reason))
  }
}
