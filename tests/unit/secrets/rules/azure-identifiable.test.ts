import { azureIdentifiableRules } from "../../../../src/secrets/rules/azure-identifiable.ts"
import { ALNUM, BASE64URL, HEX, fakeToken } from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(azureIdentifiableRules, {
  "azure-functions-key": {
    finds: [`${fakeToken(ALNUM, 44)}AzFu${fakeToken(ALNUM, 5)}A==`],
    skips: [`${fakeToken(ALNUM, 24)}AzFu${fakeToken(ALNUM, 5)}A==`, "AzFu"],
  },
  "azure-search-key": {
    finds: [`${fakeToken(ALNUM, 42)}AzSeA${fakeToken(ALNUM, 5)}`],
    skips: [`${fakeToken(ALNUM, 22)}AzSeA${fakeToken(ALNUM, 5)}`, "AzSe"],
  },
  "azure-cosmos-key": {
    finds: [`${fakeToken(ALNUM, 76)}ACDb${fakeToken(ALNUM, 5)}A==`],
    skips: [`${fakeToken(ALNUM, 56)}ACDb${fakeToken(ALNUM, 5)}A==`, "ACDb"],
  },
  "azure-storage-key": {
    finds: [`${fakeToken(ALNUM, 76)}+ASt${fakeToken(ALNUM, 5)}A==`],
    skips: [`${fakeToken(ALNUM, 56)}+ASt${fakeToken(ALNUM, 5)}A==`, "+ASt"],
  },
  "azure-batch-key": {
    finds: [`${fakeToken(ALNUM, 76)}+ABa${fakeToken(ALNUM, 5)}A==`],
    skips: [`${fakeToken(ALNUM, 56)}+ABa${fakeToken(ALNUM, 5)}A==`, "+ABa"],
  },
  "azure-ml-key": {
    finds: [`${fakeToken(ALNUM, 76)}+AMC${fakeToken(ALNUM, 5)}A==`],
    skips: [`${fakeToken(ALNUM, 56)}+AMC${fakeToken(ALNUM, 5)}A==`, "+AMC"],
  },
  "azure-api-management-key": {
    finds: [`${fakeToken(ALNUM, 76)}APIM${fakeToken(ALNUM, 5)}A==`],
    skips: [`${fakeToken(ALNUM, 56)}APIM${fakeToken(ALNUM, 5)}A==`, "APIM"],
  },
  "azure-container-registry-key": {
    finds: [`${fakeToken(ALNUM, 42)}+ACRA${fakeToken(ALNUM, 5)}`],
    skips: [`${fakeToken(ALNUM, 22)}+ACRA${fakeToken(ALNUM, 5)}`, "+ACR"],
  },
  "azure-service-bus-key": {
    finds: [`${fakeToken(ALNUM, 33)}+ASbA${fakeToken(ALNUM, 5)}=`],
    skips: [`${fakeToken(ALNUM, 13)}+ASbA${fakeToken(ALNUM, 5)}=`, "+ASb"],
  },
  "azure-event-hubs-key": {
    finds: [`${fakeToken(ALNUM, 33)}+AEhA${fakeToken(ALNUM, 5)}=`],
    skips: [`${fakeToken(ALNUM, 13)}+AEhA${fakeToken(ALNUM, 5)}=`, "+AEh"],
  },
  "azure-relay-key": {
    finds: [`${fakeToken(ALNUM, 33)}+ARmA${fakeToken(ALNUM, 5)}=`],
    skips: [`${fakeToken(ALNUM, 13)}+ARmA${fakeToken(ALNUM, 5)}=`, "+ARm"],
  },
  "azure-iot-key": {
    finds: [`${fakeToken(ALNUM, 33)}AIoTA${fakeToken(ALNUM, 5)}=`],
    skips: [`${fakeToken(ALNUM, 13)}AIoTA${fakeToken(ALNUM, 5)}=`, "AIoT"],
  },
  "azure-redis-key": {
    finds: [`${fakeToken(ALNUM, 33)}AzCaA${fakeToken(ALNUM, 5)}=`],
    skips: [`${fakeToken(ALNUM, 13)}AzCaA${fakeToken(ALNUM, 5)}=`, "AzCa"],
  },
  "azure-event-grid-key": {
    finds: [`${fakeToken(ALNUM, 33)}AZEGA${fakeToken(ALNUM, 5)}=`],
    skips: [`${fakeToken(ALNUM, 13)}AZEGA${fakeToken(ALNUM, 5)}=`, "AZEG"],
  },
  "azure-app-configuration-secret": {
    finds: [
      [
        `Endpoint=https://shop.azconfig.io;Id=a-l0-s0:b;Secret=${fakeToken(ALNUM, 43)}=`,
        `${fakeToken(ALNUM, 43)}=`,
      ],
    ],
    skips: ["https://shop.azconfig.io;Id=a-l0-s0:b"],
  },
  "azure-endpoint-access-key": {
    finds: [
      [
        `Endpoint=https://chat.service.signalr.net;AccessKey=${fakeToken(ALNUM, 43)}=;Version=1.0;`,
        `${fakeToken(ALNUM, 43)}=`,
      ],
    ],
    skips: [";AccessKey=none"],
  },
  "azure-function-url-code": {
    finds: [
      [`https://shop.azurewebsites.net/api/pay?code=${fakeToken(ALNUM, 54)}==`, `${fakeToken(ALNUM, 54)}==`],
    ],
    skips: ["https://shop.azurewebsites.net/api/pay?code=200"],
  },
  "azure-ai-services-key": named("ocp-apim-subscription-key", fakeToken(HEX, 32)),
  "azure-publish-profile-password": {
    finds: [[`userPWD="${fakeToken(ALNUM, 60)}"`, fakeToken(ALNUM, 60)]],
    skips: [`userPWD=""`],
  },
  "azure-refresh-token": {
    finds: [`0.AAAA${fakeToken(BASE64URL, 60)}.${fakeToken(BASE64URL, 300)}`],
    skips: ["0.AAAA", "version 1.A"],
  },
  "azure-functions-key-plain": named("x-functions-key", fakeToken(ALNUM, 54)),
  "azure-search-key-plain": named("azure_search", fakeToken(ALNUM, 52)),
})
