import type { Rule } from "../rule.ts"
import { aiRules } from "./ai.ts"
import { awsRules } from "./aws.ts"
import { azureRules } from "./azure.ts"
import { ciRules } from "./ci.ts"
import { cloudRules } from "./cloud.ts"
import { databasesRules } from "./databases.ts"
import { githubRules } from "./github.ts"
import { gitlabRules } from "./gitlab.ts"
import { googleRules } from "./google.ts"
import { identityRules } from "./identity.ts"
import { infrastructureRules } from "./infrastructure.ts"
import { messagingRules } from "./messaging.ts"
import { observabilityRules } from "./observability.ts"
import { paymentsRules } from "./payments.ts"
import { registriesRules } from "./registries.ts"
import { saasRules } from "./saas.ts"
import { sourceHostingRules } from "./source-hosting.ts"

/** Every vendor rule. A new family adds its file and its line here. */
export const builtinRules: readonly Rule[] = [
  ...aiRules,
  ...awsRules,
  ...azureRules,
  ...ciRules,
  ...cloudRules,
  ...databasesRules,
  ...githubRules,
  ...gitlabRules,
  ...googleRules,
  ...identityRules,
  ...infrastructureRules,
  ...messagingRules,
  ...observabilityRules,
  ...paymentsRules,
  ...registriesRules,
  ...saasRules,
  ...sourceHostingRules,
]
