import { threatIntelRules } from "../../../../src/secrets/rules/threat-intel.ts"
import { ALNUM, HEX, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(threatIntelRules, {
  "greynoise-key": {
    finds: [[`greynoise_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)]],
    skips: [`greynoise_key = "${fakeToken(ALNUM, 31)}"`, "greynoise_key = process.env.KEY"],
  },
  "hibp-key": {
    finds: [[`haveibeenpwned_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`haveibeenpwned_key = "${fakeToken(HEX, 15)}"`, "haveibeenpwned_key = process.env.KEY"],
  },
  "otx-key": {
    finds: [[`alienvault_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`alienvault_key = "${fakeToken(HEX, 31)}"`, "alienvault_key = process.env.KEY"],
  },
  "ipqualityscore-key": {
    finds: [[`ipqualityscore_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`ipqualityscore_key = "${fakeToken(ALNUM, 15)}"`, "ipqualityscore_key = process.env.KEY"],
  },
  "veracode-secret": {
    finds: [[`veracode_key = "${fakeToken(HEX, 128)}"`, fakeToken(HEX, 128)]],
    skips: [`veracode_key = "${fakeToken(HEX, 63)}"`, "veracode_key = process.env.KEY"],
  },
  "fossa-key": {
    finds: [[`fossa_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`fossa_key = "${fakeToken(HEX, 15)}"`, "fossa_key = process.env.KEY"],
  },
})
