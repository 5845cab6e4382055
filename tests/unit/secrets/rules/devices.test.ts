import { devicesRules } from "../../../../src/secrets/rules/devices.ts"
import { ALNUM, BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(devicesRules, {
  "ubidots-token": {
    finds: [`BBFF-${fakeToken(ALNUM, 30)}`],
    skips: [`BBFF-${fakeToken(ALNUM, 15)}`, "BBFF-"],
  },
  "adafruit-key": {
    finds: [[`adafruit_key = "${fakeToken(BASE64URL, 32)}"`, fakeToken(BASE64URL, 32)]],
    skips: [`adafruit_key = "${fakeToken(BASE64URL, 15)}"`, "adafruit_key = process.env.KEY"],
  },
  "adafruit-io-key": {
    finds: [`aio_${fakeToken(ALNUM, 28)}`],
    skips: [`aio_${fakeToken(ALNUM, 13)}`],
  },
  "blynk-token": {
    finds: [
      [
        `https://fra1.blynk.cloud/external/api/get?token=${fakeToken(BASE64URL, 32)}&V1`,
        fakeToken(BASE64URL, 32),
      ],
    ],
    skips: ["https://blynk.cloud/external/api/get?token=x"],
  },
  "blynk-client-secret": {
    finds: [
      [`oa2-client-id_${fakeToken(BASE64URL, 32)}:${fakeToken(BASE64URL, 40)}`, fakeToken(BASE64URL, 40)],
    ],
    skips: [`oa2-client-id_${fakeToken(BASE64URL, 32)}:x`],
  },
  "thingsboard-token": {
    finds: [
      [
        `https://thingsboard.cloud/api/v1/${fakeToken(LOWER_ALNUM, 20)}/telemetry`,
        fakeToken(LOWER_ALNUM, 20),
      ],
    ],
    skips: ["https://thingsboard.cloud/api/v1/integrations"],
  },
  "thingsboard-provision-key": {
    finds: [[`provisiondevicekey_key = "${fakeToken(LOWER_ALNUM, 20)}"`, fakeToken(LOWER_ALNUM, 20)]],
    skips: [
      `provisiondevicekey_key = "${fakeToken(LOWER_ALNUM, 9)}"`,
      "provisiondevicekey_key = process.env.KEY",
    ],
  },
  "particle-token": {
    finds: [[`particle_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`particle_key = "${fakeToken(HEX, 19)}"`, "particle_key = process.env.KEY"],
  },
})
