import { uptimeRules } from "../../../../src/secrets/rules/uptime.ts"
import { ALNUM, BASE64URL, HEX, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(uptimeRules, {
  "pagerduty-token": {
    finds: [`u+${fakeToken(ALNUM, 18)}`],
    skips: [`u+${fakeToken(ALNUM, 6)}`],
  },
  "uptimerobot-key": {
    finds: [`ur1234567-${fakeToken(HEX, 24)}`, `m123456789-${fakeToken(HEX, 24)}`],
    skips: [`ur1234567-${fakeToken(HEX, 8)}`],
  },
  "checkly-key": {
    finds: [`cu_${fakeToken(HEX, 32)}`],
    skips: [`cu_${fakeToken(HEX, 10)}`],
  },
  "pingdom-token": {
    finds: [[`pingdom_key = "${fakeToken(BASE64URL, 75)}"`, fakeToken(BASE64URL, 75)]],
    skips: [`pingdom_key = "${fakeToken(BASE64URL, 36)}"`, "pingdom_key = process.env.KEY"],
  },
  "statuspage-key": {
    finds: [
      [`statuspage_key = "${fakeUuid()}"`, fakeUuid()],
      [`STATUSPAGE_KEY: ${fakeToken(HEX, 64)}`, fakeToken(HEX, 64)],
    ],
    skips: [`statuspage_key = "${fakeToken(HEX, 8)}"`, "statuspage_key = process.env.KEY"],
  },
  "opsgenie-key": {
    finds: [[`opsgenie_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`opsgenie_key = "${fakeToken(HEX, 8)}"`, "opsgenie_key = process.env.KEY"],
  },
  "betterstack-token": {
    finds: [[`betterstack_key = "${fakeToken(ALNUM, 24)}"`, fakeToken(ALNUM, 24)]],
    skips: [`betterstack_key = "${fakeToken(ALNUM, 11)}"`, "betterstack_key = process.env.KEY"],
  },
  "rootly-key": {
    finds: [`rootly_${fakeToken(HEX, 64)}`],
    skips: [`rootly_${fakeToken(HEX, 31)}`],
  },
  "firehydrant-token": {
    finds: [`fhb-${fakeToken(HEX, 32)}`, `fhb-${fakeToken(ALNUM, 40)}`],
    skips: [`fhb-${fakeToken(HEX, 15)}`],
  },
  "statuscake-key": {
    finds: [[`statuscake_key = "${fakeToken(ALNUM, 20)}"`, fakeToken(ALNUM, 20)]],
    skips: [`statuscake_key = "${fakeToken(ALNUM, 9)}"`, "statuscake_key = process.env.KEY"],
  },
  "pagerduty-key-named": {
    finds: [
      [`pagerduty_key = "${fakeToken(ALNUM, 20)}"`, fakeToken(ALNUM, 20)],
      [`PAGERDUTY_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`pagerduty_key = "${fakeToken(ALNUM, 10)}"`, "pagerduty_key = process.env.KEY"],
  },
  "checkly-key-named": {
    finds: [
      [`checkly_key = "cu_${fakeToken(HEX, 32)}"`, `cu_${fakeToken(HEX, 32)}`],
      [`CHECKLY_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`checkly_key = "cu_${fakeToken(HEX, 15)}"`, "checkly_key = process.env.KEY"],
  },
})
