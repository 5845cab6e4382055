import { analyticsRules } from "../../../../src/secrets/rules/analytics.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(analyticsRules, {
  "posthog-key": {
    finds: [
      `phc_${fakeToken(BASE64URL, 32)}`,
      `phx_${fakeToken(BASE64URL, 32)}`,
      `phs_${fakeToken(BASE64URL, 32)}`,
      `pha_${fakeToken(BASE64URL, 32)}`,
      `phr_${fakeToken(BASE64URL, 32)}`,
    ],
    skips: [`phc_${fakeToken(BASE64URL, 16)}`, "phc_"],
  },
  "statsig-key": {
    finds: [`secret-${fakeToken(ALNUM, 44)}`],
    skips: [`secret-${fakeToken(ALNUM, 12)}`],
  },
  "launchdarkly-key": {
    finds: [
      `sdk-${fakeUuid()}`,
      [`LD_API="api-${fakeUuid()}"`, `api-${fakeUuid()}`],
      [`Authorization: api-${fakeUuid()}`, `api-${fakeUuid()}`],
      [`launchDarklyMobileKey: mob-${fakeUuid()}`, `mob-${fakeUuid()}`],
    ],
    skips: [
      `sdk-${fakeToken(HEX, 8)}`,
      `api-${fakeUuid()}`,
      `request mob-${fakeUuid()}`,
      `token: my-api-${fakeUuid()}`,
      `my-sdk-${fakeUuid()}`,
    ],
  },
  "configcat-key": {
    finds: [`configcat-sdk-1/${fakeToken(BASE64URL, 22)}/${fakeToken(BASE64URL, 22)}`],
    skips: [`configcat-sdk-1/${fakeToken(BASE64URL, 11)}`, "configcat-sdk-1/"],
  },
  "langfuse-key": {
    finds: [
      `sk-lf-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: ["sk-lf-none"],
  },
  "langsmith-key": {
    finds: [`lsv2_pt_${fakeToken(HEX, 32)}_${fakeToken(HEX, 10)}`],
    skips: [`lsv2_pt_${fakeToken(HEX, 10)}`],
  },
  "segment-token": {
    finds: [`sgp_${fakeToken(ALNUM, 64)}`],
    skips: [`sgp_${fakeToken(ALNUM, 32)}`, "sgp_"],
  },
  "amplitude-key": {
    finds: [[`amplitude_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`amplitude_key = "${fakeToken(HEX, 15)}"`, "amplitude_key = process.env.KEY"],
  },
  "mixpanel-secret": {
    finds: [[`mixpanel_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`mixpanel_key = "${fakeToken(ALNUM, 15)}"`, "mixpanel_key = process.env.KEY"],
  },
  "launchdarkly-access-token": {
    finds: [[`launchdarkly_key = "${fakeToken(BASE64URL, 40)}"`, fakeToken(BASE64URL, 40)]],
    skips: [`launchdarkly_key = "${fakeToken(BASE64URL, 19)}"`, "launchdarkly_key = process.env.KEY"],
  },
  "segment-write-key": {
    finds: [[`segment_write_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`segment_write_key = "${fakeToken(ALNUM, 15)}"`, "segment_write_key = process.env.KEY"],
  },
  "optimizely-token": {
    finds: [[`optimizely_key = "${fakeToken(BASE64URL, 54)}"`, fakeToken(BASE64URL, 54)]],
    skips: [`optimizely_key = "${fakeToken(BASE64URL, 26)}"`, "optimizely_key = process.env.KEY"],
  },
  "flagsmith-key": {
    finds: [
      [`flagsmith_key = "ser.${fakeToken(ALNUM, 22)}"`, `ser.${fakeToken(ALNUM, 22)}`],
      [
        `FLAGSMITH_KEY: ${fakeToken(ALNUM, 8)}.${fakeToken(ALNUM, 32)}`,
        `${fakeToken(ALNUM, 8)}.${fakeToken(ALNUM, 32)}`,
      ],
      [`flagsmith env key: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`flagsmith_key = "ser.${fakeToken(ALNUM, 10)}"`, "flagsmith_key = process.env.KEY"],
  },
  "devcycle-key": {
    finds: [
      `dvc_server_${fakeToken(BASE64URL, 40)}`,
      `dvc_client_${fakeToken(ALNUM, 16)}`,
      `dvc_mobile_${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`dvc_server_${fakeToken(ALNUM, 6)}`, "dvc_client_connection"],
  },
  "unleash-token": {
    finds: [
      [
        `unleash_token = "default:development.${fakeToken(HEX, 56)}"`,
        `default:development.${fakeToken(HEX, 56)}`,
      ],
    ],
    skips: [`unleash_token = "default:development.${fakeToken(HEX, 12)}"`],
  },
  "branch-key": {
    finds: [`key_live_${fakeToken(ALNUM, 24)}`, `key_test_${fakeToken(ALNUM, 24)}`],
    skips: [`key_live_${fakeToken(ALNUM, 11)}`],
  },
  "matomo-token": {
    finds: [[`matomo_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`matomo_key = "${fakeToken(HEX, 15)}"`, "matomo_key = process.env.KEY"],
  },
  "chartmogul-key": {
    finds: [[`chartmogul_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`chartmogul_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "chartmogul_key = process.env.KEY"],
  },
  "baremetrics-key": {
    finds: [[`baremetrics_key = "${fakeToken(BASE64URL, 23)}"`, fakeToken(BASE64URL, 23)]],
    skips: [`baremetrics_key = "${fakeToken(BASE64URL, 10)}"`, "baremetrics_key = process.env.KEY"],
  },
  "fullstory-key": {
    finds: [`na1.${fakeToken(BASE64, 100)}`],
    skips: [`na1.${fakeToken(BASE64, 20)}`, "eu1.example.com"],
  },
  "survicate-key": {
    finds: [[`survicate_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`survicate_key = "${fakeToken(HEX, 15)}"`, "survicate_key = process.env.KEY"],
  },
  "delighted-key": {
    finds: [[`delighted_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`delighted_key = "${fakeToken(ALNUM, 15)}"`, "delighted_key = process.env.KEY"],
  },
  "refiner-key": {
    finds: [[`refiner_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`refiner_key = "${fakeToken(HEX, 8)}"`, "refiner_key = process.env.KEY"],
  },
  "configcat-key-plain": named("configcat", `${fakeToken(BASE64URL, 22)}/${fakeToken(BASE64URL, 22, 2)}`),
})
