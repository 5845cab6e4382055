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
import { dataPlatformsRules } from "./data-platforms.ts"
import { contentRules } from "./content.ts"
import { productivityRules } from "./productivity.ts"
import { crmRules } from "./crm.ts"
import { telephonyRules } from "./telephony.ts"
import { emailDeliveryRules } from "./email-delivery.ts"
import { communitiesRules } from "./communities.ts"
import { analyticsRules } from "./analytics.ts"
import { commerceRules } from "./commerce.ts"
import { cryptoRules } from "./crypto.ts"
import { marketDataRules } from "./market-data.ts"
import { storageRules } from "./storage.ts"
import { webToolsRules } from "./web-tools.ts"
import { mapsAndWeatherRules } from "./maps-and-weather.ts"
import { publicDataRules } from "./public-data.ts"
import { devicesRules } from "./devices.ts"
import { realtimeRules } from "./realtime.ts"
import { threatIntelRules } from "./threat-intel.ts"
import { selfHostedRules } from "./self-hosted.ts"
import { uptimeRules } from "./uptime.ts"
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
  ...dataPlatformsRules,
  ...contentRules,
  ...productivityRules,
  ...crmRules,
  ...telephonyRules,
  ...emailDeliveryRules,
  ...communitiesRules,
  ...analyticsRules,
  ...commerceRules,
  ...cryptoRules,
  ...marketDataRules,
  ...storageRules,
  ...webToolsRules,
  ...mapsAndWeatherRules,
  ...publicDataRules,
  ...devicesRules,
  ...realtimeRules,
  ...threatIntelRules,
  ...selfHostedRules,
  ...uptimeRules,
  ...sourceHostingRules,
]
