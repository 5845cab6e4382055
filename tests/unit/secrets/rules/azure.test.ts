import { azureRules } from "../../../../src/secrets/rules/azure.ts"
import { ALNUM, BASE64URL, BASE64, HEX, fakeBase64, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(azureRules, {
  "azure-storage-account-key": {
    finds: [[`AccountName=demo;AccountKey=${fakeBase64(64)};`, fakeBase64(64)]],
    skips: [`AccountKey=${fakeToken(BASE64, 40)}==`, `AccountKey=${fakeToken(BASE64, 86)}`],
  },
  "azure-shared-access-key": {
    finds: [
      [`Endpoint=sb://demo/;SharedAccessKeyName=Root;SharedAccessKey=${fakeBase64(32)}`, fakeBase64(32)],
    ],
    skips: ["SharedAccessKey=short"],
  },
  "azure-sas-signature": {
    finds: [
      [`?sv=2024-11-04&sig=${fakeToken(ALNUM, 43)}%3D&se=2030`, `${fakeToken(ALNUM, 43)}%3D`],
      [`&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${fakeToken(BASE64URL, 43)}`, fakeToken(BASE64URL, 43)],
    ],
    skips: ["sig=abc", `&sig=${fakeToken(ALNUM, 12)}`],
  },
  "azure-ad-client-secret": {
    finds: [`${fakeToken(ALNUM, 3)}8Q~${fakeToken(ALNUM, 34)}`],
    skips: [`${fakeToken(ALNUM, 3)}8Q~${fakeToken(ALNUM, 12)}`],
  },
  "azure-annotated-key": {
    finds: [
      `${fakeToken(ALNUM, 52)}JQQJ99${fakeToken(ALNUM, 26)}`,
      `${fakeToken(ALNUM, 76)}AZDO${fakeToken(ALNUM, 4)}`,
    ],
    skips: [`JQQJ99${fakeToken(ALNUM, 26)}`],
  },
  "azure-teams-webhook": {
    finds: [
      `webhook.office.com/webhookb2/${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}@${fakeToken(HEX, 8, 2)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}/IncomingWebhook/${fakeToken(HEX, 32)}/${fakeToken(HEX, 8, 3)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: ["webhook.office.com/webhookb2/none"],
  },
  "azure-devops-pat": {
    finds: [
      [
        `vsts_pat = "${fakeToken("abcdefghijklmnopqrstuvwxyz234567", 52)}"`,
        fakeToken("abcdefghijklmnopqrstuvwxyz234567", 52),
      ],
    ],
    skips: ["vsts_key = short"],
  },
})
