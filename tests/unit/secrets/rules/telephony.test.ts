import { telephonyRules } from "../../../../src/secrets/rules/telephony.ts"
import {
  ALNUM,
  BASE64,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(telephonyRules, {
  "twilio-key": {
    finds: [`SK${fakeToken(HEX, 32)}`, `AC${fakeToken(HEX, 32)}`],
    skips: [`SK${fakeToken(HEX, 24)}`, "ACCESSIBILITYANDINTERNATIONALIZATION"],
  },
  "twilio-auth-token": {
    finds: [
      [`twilio_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`TWILIO_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`twilio_key = "${fakeToken(HEX, 16)}"`, "twilio_key = process.env.KEY"],
  },
  "telnyx-key": {
    finds: [`KEY0${fakeToken(UPPER_ALNUM, 30)}_${fakeToken(ALNUM, 22)}`],
    skips: [`KEY0${fakeToken(UPPER_ALNUM, 14)}`, "KEY0"],
  },
  "plivo-token": {
    finds: [
      [`plivo_key = "${fakeToken(BASE64, 40)}"`, fakeToken(BASE64, 40)],
      [`PLIVO_KEY: ${fakeToken(BASE64, 54)}`, fakeToken(BASE64, 54)],
    ],
    skips: [`plivo_key = "${fakeToken(BASE64, 19)}"`, "plivo_key = process.env.KEY"],
  },
  "vonage-secret": {
    finds: [[`vonage_key = "${fakeToken(ALNUM, 16)}"`, fakeToken(ALNUM, 16)]],
    skips: [`vonage_key = "${fakeToken(ALNUM, 7)}"`, "vonage_key = process.env.KEY"],
  },
  "messagebird-key": {
    finds: [
      [`messagebird_key = "${fakeToken(ALNUM, 25)}"`, fakeToken(ALNUM, 25)],
      [`MESSAGE_BIRD_KEY: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`messagebird_key = "${fakeToken(ALNUM, 11)}"`, "messagebird_key = process.env.KEY"],
  },
  "sinch-token": {
    finds: [
      [`sinch_key = "${fakeUuid()}"`, fakeUuid()],
      [`SINCH_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`sinch_key = "${fakeToken(HEX, 8)}"`, "sinch_key = process.env.KEY"],
  },
  "infobip-key": {
    finds: [[`infobip_key = "${fakeToken(HEX, 32)}-${fakeUuid()}"`, `${fakeToken(HEX, 32)}-${fakeUuid()}`]],
    skips: [`infobip_key = "${fakeToken(HEX, 15)}"`, "infobip_key = process.env.KEY"],
  },
  "signalwire-token": {
    finds: [[`signalwire_key = "PT${fakeToken(HEX, 48)}"`, `PT${fakeToken(HEX, 48)}`]],
    skips: [`signalwire_key = "PT${fakeToken(HEX, 23)}"`, "signalwire_key = process.env.KEY"],
  },
  "africastalking-key": {
    finds: [`atsk_${fakeToken(HEX, 60)}`],
    skips: [`atsk_${fakeToken(HEX, 29)}`],
  },
  "apifonica-token": {
    finds: [
      [
        `apifonica_key = "${fakeToken(LOWER_ALNUM, 11)}-${fakeToken(LOWER_ALNUM, 4)}-${fakeToken(LOWER_ALNUM, 4, 2)}-${fakeToken(LOWER_ALNUM, 4, 3)}-${fakeToken(LOWER_ALNUM, 12)}"`,
        `${fakeToken(LOWER_ALNUM, 11)}-${fakeToken(LOWER_ALNUM, 4)}-${fakeToken(LOWER_ALNUM, 4, 2)}-${fakeToken(LOWER_ALNUM, 4, 3)}-${fakeToken(LOWER_ALNUM, 12)}`,
      ],
    ],
    skips: [`apifonica_key = "${fakeToken(LOWER_ALNUM, 4)}"`, "apifonica_key = process.env.KEY"],
  },
  "telesign-key": {
    finds: [[`telesign_key = "${fakeToken(BASE64, 86)}=="`, `${fakeToken(BASE64, 86)}==`]],
    skips: [`telesign_key = "${fakeToken(BASE64, 42)}"`, "telesign_key = process.env.KEY"],
  },
  "d7-token": {
    finds: [[`d7network_key = "${fakeToken(BASE64, 22)}=="`, `${fakeToken(BASE64, 22)}==`]],
    skips: [`d7network_key = "${fakeToken(BASE64, 8)}"`],
  },
})
