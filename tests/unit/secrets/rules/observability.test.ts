import { observabilityRules } from "../../../../src/secrets/rules/observability.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(observabilityRules, {
  "newrelic-key": {
    finds: [
      `NRAK-${fakeToken(UPPER_ALNUM, 27)}`,
      `NRJS-${fakeToken(HEX, 19)}`,
      `NRII-${fakeToken(BASE64URL, 32)}`,
      `NRRA-${fakeToken(HEX, 42)}`,
    ],
    skips: [`NRAK-${fakeToken(UPPER_ALNUM, 9)}`],
  },
  "newrelic-license-key": {
    finds: [`${fakeToken(HEX, 36)}NRAL`, `eu01xx${fakeToken(HEX, 30)}NRAL`],
    skips: [`${fakeToken(HEX, 12)}NRAL`],
  },
  "sentry-token": {
    finds: [`sntryu_${fakeToken(HEX, 64)}`, `sntrys_eyJ${fakeToken(BASE64, 120)}_${fakeToken(BASE64, 43)}`],
    skips: [`sntryu_${fakeToken(HEX, 12)}`],
  },
  "sentry-dsn": {
    finds: [[`https://${fakeToken(HEX, 32)}@o1.ingest.sentry.io/42`, fakeToken(HEX, 32)]],
    skips: ["https://o1.ingest.sentry.io/42"],
  },
  "grafana-token": {
    finds: [`glsa_${fakeToken(ALNUM, 32)}_${fakeToken(HEX, 8)}`, `glc_eyJ${fakeToken(BASE64, 120)}==`],
    skips: [`glsa_${fakeToken(ALNUM, 12)}`],
  },
  "grafana-legacy-key": {
    finds: [`eyJrIjoi${fakeToken(ALNUM, 84)}==`],
    skips: [`eyJrIjoi${fakeToken(ALNUM, 12)}`],
  },
  "honeycomb-key": {
    finds: [`hcaik_${fakeToken(LOWER_ALNUM, 58)}`],
    skips: [`hcaik_${fakeToken(LOWER_ALNUM, 12)}`],
  },
  "dynatrace-token": {
    finds: [`dt0c01.${fakeToken(UPPER_ALNUM, 24)}.${fakeToken(UPPER_ALNUM, 64)}`],
    skips: [`dt0c01.${fakeToken(UPPER_ALNUM, 24)}`],
  },
  "datadog-key": {
    finds: [
      [`datadog_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`DATADOG: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`datadog_key = "${fakeToken(HEX, 16)}"`, "datadog_key = process.env.KEY"],
  },
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
  "axiom-token": {
    finds: [
      `xaat-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: [`xaat-${fakeToken(HEX, 4)}`, "xaat-"],
  },
  "statsig-key": {
    finds: [`secret-${fakeToken(ALNUM, 44)}`],
    skips: [`secret-${fakeToken(ALNUM, 12)}`],
  },
  "launchdarkly-key": {
    finds: [
      `api-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: [`api-${fakeToken(HEX, 8)}`],
  },
  "configcat-key": {
    finds: [`configcat-sdk-1/${fakeToken(BASE64URL, 22)}/${fakeToken(BASE64URL, 22)}`],
    skips: [`configcat-sdk-1/${fakeToken(BASE64URL, 11)}`, "configcat-sdk-1/"],
  },
  "pagerduty-token": {
    finds: [`u+${fakeToken(ALNUM, 18)}`],
    skips: [`u+${fakeToken(ALNUM, 6)}`],
  },
  "uptimerobot-key": {
    finds: [`ur1234567-${fakeToken(HEX, 24)}`, `m123456789-${fakeToken(HEX, 24)}`],
    skips: [`ur1234567-${fakeToken(HEX, 8)}`],
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
  "sumologic-key": {
    finds: [
      [`sumologic_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)],
      [`SUMOLOGIC: ${fakeToken(ALNUM, 64)}`, fakeToken(ALNUM, 64)],
    ],
    skips: [`sumologic_key = "${fakeToken(ALNUM, 32)}"`, "sumologic_key = process.env.KEY"],
  },
  "rollbar-token": {
    finds: [
      [`rollbar_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`ROLLBAR: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`rollbar_key = "${fakeToken(HEX, 16)}"`, "rollbar_key = process.env.KEY"],
  },
  "logzio-token": {
    finds: [[`logzio_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["logzio_key = none"],
  },
  "segment-token": {
    finds: [`sgp_${fakeToken(ALNUM, 64)}`],
    skips: [`sgp_${fakeToken(ALNUM, 32)}`, "sgp_"],
  },
  "checkly-key": {
    finds: [`cu_${fakeToken(HEX, 32)}`],
    skips: [`cu_${fakeToken(HEX, 10)}`],
  },
})
