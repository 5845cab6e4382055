import { observabilityRules } from "../../../../src/secrets/rules/observability.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LETTERS,
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
    finds: [`eyJrIjoi${fakeToken(BASE64, 84)}==`],
    skips: [`eyJrIjoi${fakeToken(BASE64, 12)}`],
  },
  "honeycomb-key": {
    finds: [`hcaik_${fakeToken(LOWER_ALNUM, 58)}`],
    skips: [`hcaik_${fakeToken(LOWER_ALNUM, 12)}`],
  },
  "dynatrace-token": {
    finds: [
      `dt0c01.${fakeToken(UPPER_ALNUM, 24)}.${fakeToken(UPPER_ALNUM, 64)}`,
      `dt0c01.${fakeToken(LOWER_ALNUM, 24)}.${fakeToken(LOWER_ALNUM, 64)}`,
    ],
    skips: [`dt0c01.${fakeToken(UPPER_ALNUM, 24)}`],
  },
  "datadog-key": {
    finds: [
      [`datadog_key = "${fakeToken(LOWER_ALNUM, 40)}"`, fakeToken(LOWER_ALNUM, 40)],
      [`DD_API_KEY: ${fakeToken(LOWER_ALNUM, 32)}`, fakeToken(LOWER_ALNUM, 32)],
    ],
    skips: [`datadog_key = "${fakeToken(LOWER_ALNUM, 19)}"`, "datadog_key = process.env.KEY"],
  },
  "axiom-token": {
    finds: [
      `xaat-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: [`xaat-${fakeToken(HEX, 4)}`, "xaat-"],
  },
  "sumologic-key": {
    finds: [
      [`sumologic_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)],
      [`SUMOLOGIC_KEY: ${fakeToken(ALNUM, 64)}`, fakeToken(ALNUM, 64)],
      [`SUMO_ACCESS_KEY=${fakeToken(ALNUM, 64)}`, fakeToken(ALNUM, 64)],
    ],
    skips: [
      `sumologic_key = "${fakeToken(ALNUM, 32)}"`,
      "sumologic_key = process.env.KEY",
      `sumOfExposures = ${fakeToken(ALNUM, 64)}`,
      `"SUMO_ACCESS_KEY: short123",\n\t"sumOfExposures = ${fakeToken(ALNUM, 64)}"`,
    ],
  },
  "rollbar-token": {
    finds: [
      [`rollbar_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`ROLLBAR_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`rollbar_key = "${fakeToken(HEX, 16)}"`, "rollbar_key = process.env.KEY"],
  },
  "logzio-token": {
    finds: [
      [`logzio_key = "${fakeToken(LETTERS, 32)}"`, fakeToken(LETTERS, 32)],
      [`LOGZ_IO_KEY: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`logzio_key = "${fakeToken(LETTERS, 15)}"`, "logzio_key = process.env.KEY"],
  },
  "honeycomb-legacy-key": {
    finds: [
      [`honeycomb_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`HONEYCOMB_KEY: ${fakeToken(ALNUM, 22)}`, fakeToken(ALNUM, 22)],
    ],
    skips: [`honeycomb_key = "${fakeToken(HEX, 15)}"`, "honeycomb_key = process.env.KEY"],
  },
  "sentry-legacy-token": {
    finds: [[`sentry_auth_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`sentry_auth_key = "${fakeToken(HEX, 31)}"`, "sentry_auth_key = process.env.KEY"],
  },
  "newrelic-user-id": {
    finds: [
      [`new-relic_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)],
      [`NEWRELIC_KEY: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`new-relic_key = "${fakeToken(ALNUM, 31)}"`, "new-relic_key = process.env.KEY"],
  },
  "datadog-client-token": {
    finds: [[`datadog_key = "pub${fakeToken(HEX, 32)}"`, `pub${fakeToken(HEX, 32)}`]],
    skips: [`datadog_key = "pub${fakeToken(HEX, 15)}"`, "datadog_key = process.env.KEY"],
  },
  "splunk-hec-token": {
    finds: [[`splunk_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`splunk_key = "${fakeToken(HEX, 8)}"`, "splunk_key = process.env.KEY"],
  },
  "coralogix-key": {
    finds: [`cxtp_${fakeToken(ALNUM, 30)}`, `cxth_${fakeToken(ALNUM, 30)}`],
    skips: [`cxtp_${fakeToken(ALNUM, 14)}`],
  },
  "airbrake-key": {
    finds: [
      [`airbrake_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`AIRBRAKE_KEY: ${fakeToken(ALNUM, 40)}`, fakeToken(ALNUM, 40)],
    ],
    skips: [`airbrake_key = "${fakeToken(HEX, 15)}"`, "airbrake_key = process.env.KEY"],
  },
  "bugsnag-key": {
    finds: [
      [`bugsnag_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`BUGSNAG_KEY: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`bugsnag_key = "${fakeToken(HEX, 15)}"`, "bugsnag_key = process.env.KEY"],
  },
  "appoptics-token": {
    finds: [[`appoptics_key = "${fakeToken(BASE64URL, 71)}"`, fakeToken(BASE64URL, 71)]],
    skips: [`appoptics_key = "${fakeToken(BASE64URL, 34)}"`, "appoptics_key = process.env.KEY"],
  },
})
