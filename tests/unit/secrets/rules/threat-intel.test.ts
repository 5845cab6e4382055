import { threatIntelRules } from "../../../../src/secrets/rules/threat-intel.ts"
import { HEX, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(threatIntelRules, {
  "hibp-key": {
    finds: [[`haveibeenpwned_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`haveibeenpwned_key = "${fakeToken(HEX, 15)}"`, "haveibeenpwned_key = process.env.KEY"],
  },
  "veracode-secret": {
    finds: [[`veracode_key = "${fakeToken(HEX, 128)}"`, fakeToken(HEX, 128)]],
    skips: [`veracode_key = "${fakeToken(HEX, 63)}"`, "veracode_key = process.env.KEY"],
  },
})
