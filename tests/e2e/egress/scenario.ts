import type { ProviderDialect } from "../../support/provider/dialect.ts"
import type { ProviderRequest } from "../../support/provider/start-provider.ts"
import type { Planted, Project } from "./half.ts"

/** One path by which text reaches a provider. */
export interface Scenario {
  readonly name: string
  /** The dialects that can take this path at all. @default all */
  readonly dialects?: readonly ProviderDialect[]
  /** Drives OpenCode until the path has been taken; `planted` is what this scenario's canaries are in. */
  run(project: Project, planted: Planted): Promise<void>
  /** Whether a request took this path. Without Airlock the canaries are in at least one of these. */
  took(request: ProviderRequest, planted: Planted): boolean
}
