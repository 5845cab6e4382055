import type { Rule } from "../rule.ts"
import { aiRules } from "./ai.ts"
import { socialRules } from "./social.ts"
import { identityVendorsRules } from "./identity-vendors.ts"
import { frameworksRules } from "./frameworks.ts"
import { passwordHashesRules } from "./password-hashes.ts"
import { networkingRules } from "./networking.ts"
import { securityRules } from "./security.ts"
import { devtoolsRules } from "./devtools.ts"
import { hostingRules } from "./hosting.ts"
import { cloudHostingRules } from "./cloud-hosting.ts"
import { azureIdentifiableRules } from "./azure-identifiable.ts"
import { aiToolsRules } from "./ai-tools.ts"
import { aiProvidersRules } from "./ai-providers.ts"
import { aiServicesRules } from "./ai-services.ts"
import { aiNamedRules } from "./ai-named.ts"
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
  ...aiNamedRules,
  ...aiServicesRules,
  ...aiProvidersRules,
  ...aiToolsRules,
  ...azureIdentifiableRules,
  ...cloudHostingRules,
  ...hostingRules,
  ...devtoolsRules,
  ...securityRules,
  ...networkingRules,
  ...passwordHashesRules,
  ...frameworksRules,
  ...identityVendorsRules,
  ...socialRules,
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
