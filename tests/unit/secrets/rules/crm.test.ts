import { crmRules } from "../../../../src/secrets/rules/crm.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  HEX,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(crmRules, {
  "intercom-token": {
    finds: [
      [`intercom_key = "${fakeToken(BASE64, 59)}"`, fakeToken(BASE64, 59)],
      [`INTERCOM_KEY: ${fakeToken(BASE64, 59)}`, fakeToken(BASE64, 59)],
    ],
    skips: [`intercom_key = "${fakeToken(BASE64, 29)}"`, "intercom_key = process.env.KEY"],
  },
  "intercom-token-plain": {
    finds: [`dG9rO${fakeToken(ALNUM, 40)}`],
    skips: [`dG9rO${fakeToken(ALNUM, 20)}`, "dG9rO"],
  },
  "hubspot-token": {
    finds: [
      `pat-na1-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: ["pat-na1-none"],
  },
  "hubspot-key": {
    finds: [[`hubspot_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["hubspot_key = none"],
  },
  "salesforce-token": {
    finds: [`00D${fakeToken(ALNUM, 12)}!${fakeToken(ALNUM, 96)}`],
    skips: [`00D${fakeToken(ALNUM, 12)}`],
  },
  "typeform-token": {
    finds: [`tfp_${fakeToken(BASE64URL, 40)}`],
    skips: [`tfp_${fakeToken(BASE64URL, 20)}`, "tfp_"],
  },
  "zendesk-key": {
    finds: [[`zendesk_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)]],
    skips: [`zendesk_key = "${fakeToken(ALNUM, 19)}"`, "zendesk_key = process.env.KEY"],
  },
  "freshdesk-key": {
    finds: [
      [`freshdesk_key = "${fakeToken(ALNUM, 20)}"`, fakeToken(ALNUM, 20)],
      [`FRESHSERVICE_KEY: ${fakeToken(BASE64URL, 22)}`, fakeToken(BASE64URL, 22)],
    ],
    skips: [`freshdesk_key = "${fakeToken(ALNUM, 9)}"`, "freshdesk_key = process.env.KEY"],
  },
  "freshbooks-token": {
    finds: [[`freshbooks_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)]],
    skips: [`freshbooks_key = "${fakeToken(ALNUM, 31)}"`, "freshbooks_key = process.env.KEY"],
  },
  "helpscout-secret": {
    finds: [[`helpscout_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`helpscout_key = "${fakeToken(ALNUM, 15)}"`, "helpscout_key = process.env.KEY"],
  },
  "pipedrive-token": {
    finds: [[`pipedrive_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`pipedrive_key = "${fakeToken(HEX, 19)}"`, "pipedrive_key = process.env.KEY"],
  },
  "close-key": {
    finds: [
      [
        `closecrm_key = "api_${fakeToken(ALNUM, 22)}.${fakeToken(ALNUM, 22)}"`,
        `api_${fakeToken(ALNUM, 22)}.${fakeToken(ALNUM, 22)}`,
      ],
    ],
    skips: [`closecrm_key = "api_${fakeToken(ALNUM, 22)}"`],
  },
  "zoho-token": {
    finds: [`1000.${fakeToken(LOWER_ALNUM, 32)}.${fakeToken(LOWER_ALNUM, 32, 2)}`],
    skips: [`1000.${fakeToken(LOWER_ALNUM, 15)}`],
  },
  "zoho-client-secret": {
    finds: [[`zoho_key = "${fakeToken(HEX, 42)}"`, fakeToken(HEX, 42)]],
    skips: [`zoho_key = "${fakeToken(HEX, 20)}"`, "zoho_key = process.env.KEY"],
  },
  "apollo-io-key": {
    finds: [[`apollo_api_key = "${fakeToken(BASE64URL, 22)}"`, fakeToken(BASE64URL, 22)]],
    skips: [`apollo_api_key = "${fakeToken(BASE64URL, 10)}"`, "apollo_api_key = process.env.KEY"],
  },
  "hunter-key": {
    finds: [[`hunter_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`hunter_key = "${fakeToken(HEX, 19)}"`, "hunter_key = process.env.KEY"],
  },
  "clearbit-key": {
    finds: [
      [`clearbit_key = "sk_${fakeToken(HEX, 32)}"`, `sk_${fakeToken(HEX, 32)}`],
      [`CLEARBIT_KEY: ${fakeToken(LOWER_ALNUM, 35)}`, fakeToken(LOWER_ALNUM, 35)],
      [`clearbit_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
    ],
    skips: [`clearbit_key = "sk_${fakeToken(HEX, 15)}"`, "clearbit_key = process.env.KEY"],
  },
  "clay-key": {
    finds: [[`clay_api_key = "${fakeToken(HEX, 20)}"`, fakeToken(HEX, 20)]],
    skips: [`clay_api_key = "${fakeToken(HEX, 9)}"`, "clay_api_key = process.env.KEY"],
  },
  "salesloft-token": {
    finds: [`v2_ak_${fakeToken(ALNUM, 60)}`, `v2_ak_${fakeToken(DIGITS, 1)}_${fakeToken(HEX, 64)}`],
    skips: [`v2_ak_${fakeToken(ALNUM, 29)}`],
  },
  "calcom-key": {
    finds: [
      `cal_live_${fakeToken(ALNUM, 32)}`,
      `cal_live_${fakeToken(HEX, 64)}`,
      `cal_${fakeToken(HEX, 32)}`,
    ],
    skips: [`cal_live_${fakeToken(ALNUM, 15)}`],
  },
  "teamwork-token": {
    finds: [`tkn.v1_${fakeToken(BASE64, 80)}=`, `twp_${fakeToken(ALNUM, 28)}`],
    skips: [`tkn.v1_${fakeToken(BASE64, 12)}=`],
  },
  "jotform-key": {
    finds: [[`jotform_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`jotform_key = "${fakeToken(HEX, 15)}"`, "jotform_key = process.env.KEY"],
  },
  "docusign-key": {
    finds: [[`docusign_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`docusign_key = "${fakeToken(HEX, 8)}"`, "docusign_key = process.env.KEY"],
  },
  "pandadoc-key": {
    finds: [[`pandadoc_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`pandadoc_key = "${fakeToken(HEX, 19)}"`, "pandadoc_key = process.env.KEY"],
  },
  "dropbox-sign-key": {
    finds: [[`hellosign_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`hellosign_key = "${fakeToken(HEX, 31)}"`, "hellosign_key = process.env.KEY"],
  },
  "besnappy-key": {
    finds: [[`besnappy_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`besnappy_key = "${fakeToken(HEX, 31)}"`, "besnappy_key = process.env.KEY"],
  },
  "centralstationcrm-key": {
    finds: [[`centralstationcrm_key = "${fakeToken(LOWER_ALNUM, 30)}"`, fakeToken(LOWER_ALNUM, 30)]],
    skips: [
      `centralstationcrm_key = "${fakeToken(LOWER_ALNUM, 14)}"`,
      "centralstationcrm_key = process.env.KEY",
    ],
  },
  "leadfeeder-key": {
    finds: [[`leadfeeder_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`leadfeeder_key = "${fakeToken(BASE64URL, 20)}"`, "leadfeeder_key = process.env.KEY"],
  },
  "axonaut-key": {
    finds: [[`axonaut_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`axonaut_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "axonaut_key = process.env.KEY"],
  },
  "canny-key": {
    finds: [[`canny_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`canny_key = "${fakeToken(HEX, 8)}"`, "canny_key = process.env.KEY"],
  },
  "fullcontact-key": {
    finds: [[`fullcontact_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`fullcontact_key = "${fakeToken(ALNUM, 15)}"`, "fullcontact_key = process.env.KEY"],
  },
  "zoho-zapi-key": {
    finds: [`1001.${fakeToken(HEX, 32)}.${fakeToken(HEX, 32, 2)}`, `1003.${fakeToken(HEX, 64)}`],
    skips: [`1001.${fakeToken(HEX, 16)}`, "1003.25"],
  },
  "instantly-key": named("instantly", `${fakeToken(BASE64, 66)}==`),
})
