import type { Rule } from "../rule.ts"

/** Microsoft Azure and Microsoft 365. */
export const azureRules: readonly Rule[] = [
  {
    id: "azure-storage-account-key",
    vendor: "Microsoft Azure",
    title: "Azure storage account key",
    source: "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage",
    label: "AzureStorageKeyDetector",
    keywords: ["accountkey", "account_key", "account-key", "storage_key", "storagekey", "access_key"],
    pattern: /[A-Za-z0-9/+]{86}==(?![A-Za-z0-9_+/-])/,
    beside: true,
    validate: "base64-of-64-bytes",
  },
  {
    id: "azure-shared-access-key",
    vendor: "Microsoft Azure",
    title: "Azure Service Bus, Event Hubs or IoT Hub shared access key",
    source: "https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas",
    keywords: ["sharedaccesskey=", "sharedsecretvalue="],
    pattern: /Shared(?:AccessKey|SecretValue)=([A-Za-z0-9+/]{42,88}={0,2})/i,
    secretGroup: 1,
  },
  {
    id: "azure-sas-signature",
    vendor: "Microsoft Azure",
    title: "Signature of an Azure shared access signature",
    source: "https://learn.microsoft.com/rest/api/storageservices/create-service-sas",
    keywords: ["sig="],
    pattern: /sig=([A-Za-z0-9%+/]{40,90}(?:=|%3[dD])?)/,
    secretGroup: 1,
    validate: "random",
  },
  {
    id: "azure-ad-client-secret",
    vendor: "Microsoft Azure",
    title: "Microsoft Entra application secret",
    source: "https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials",
    keywords: ["q~"],
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/,
    reach: 4,
  },
  {
    id: "azure-annotated-key",
    vendor: "Microsoft Azure",
    title: "Azure key with an embedded signature (Cognitive Services, DevOps, Batch and others)",
    source: "https://learn.microsoft.com/azure/devops/release-notes/2024/general/sprint-241-update",
    keywords: [],
    pattern:
      /[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}(?![A-Za-z0-9])|[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/,
  },
  {
    id: "azure-teams-webhook",
    vendor: "Microsoft",
    title: "Microsoft Teams incoming webhook",
    source:
      "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    keywords: ["webhook.office.com/", "outlook.office.com/webhook/"],
    pattern:
      /(?:webhook\.office\.com\/webhookb2|outlook\.office\.com\/webhook)\/[A-Za-z0-9@-]{36,90}\/IncomingWebhook\/[A-Za-z0-9-]{20,64}(?:\/[A-Za-z0-9_-]{20,80}){0,2}/,
    glued: true,
  },
  {
    id: "azure-devops-pat",
    vendor: "Microsoft",
    title: "Azure DevOps personal access token beside its name",
    source:
      "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
    keywords: [
      "azure_devops",
      "azuredevops",
      "devops_pat",
      "ado_pat",
      "vsts",
      "personalaccesstoken",
      "personal_access_token",
      "pat_token",
    ],
    pattern: /[a-z0-9]{52}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
]
