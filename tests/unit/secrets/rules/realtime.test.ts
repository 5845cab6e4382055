import { realtimeRules } from "../../../../src/secrets/rules/realtime.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { prefixedAll, testRules } from "./rule-cases.ts"

testRules(realtimeRules, {
  "pushbullet-token": {
    finds: [`o.${fakeToken(ALNUM, 32)}`],
    skips: [`o.${fakeToken(ALNUM, 12)}`, "o.configurationFromTheEnvironmentDir"],
  },
  "onesignal-key": {
    finds: [`os_v2_app_${fakeToken(LOWER_ALNUM, 60)}`, `os_v2_org_${fakeToken(LOWER_ALNUM, 60)}`],
    skips: [`os_v2_app_${fakeToken(LOWER_ALNUM, 30)}`, "os_v2_app_"],
  },
  "expo-token": {
    finds: [`ExponentPushToken[${fakeToken(BASE64URL, 22)}]`],
    skips: ["ExponentPushToken[abc]"],
  },
  "getstream-secret": {
    finds: [[`getstream_key = "${fakeToken(LOWER_ALNUM, 64)}"`, fakeToken(LOWER_ALNUM, 64)]],
    skips: [`getstream_key = "${fakeToken(LOWER_ALNUM, 31)}"`, "getstream_key = process.env.KEY"],
  },
  "sendbird-token": {
    finds: [
      [`sendbird_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)],
      [`SENDBIRD_KEY: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`sendbird_key = "${fakeToken(HEX, 19)}"`, "sendbird_key = process.env.KEY"],
  },
  "pusher-secret": {
    finds: [[`pusher_key = "${fakeToken(HEX, 20)}"`, fakeToken(HEX, 20)]],
    skips: [`pusher_key = "${fakeToken(HEX, 9)}"`, "pusher_key = process.env.KEY"],
  },
  "ably-key": {
    finds: [
      [
        `ably_key = "${fakeToken(BASE64URL, 6)}.${fakeToken(BASE64URL, 6, 2)}:${fakeToken(BASE64URL, 20)}"`,
        `${fakeToken(BASE64URL, 6)}.${fakeToken(BASE64URL, 6, 2)}:${fakeToken(BASE64URL, 20)}`,
      ],
    ],
    skips: [`ably_key = "${fakeToken(BASE64URL, 2)}"`, "ably_key = process.env.KEY"],
  },
  "pubnub-key": {
    finds: [`pub-c-${fakeUuid()}`, `sub-c-${fakeUuid()}`, `sec-c-${fakeToken(BASE64, 48)}`],
    skips: [`pub-c-${fakeToken(HEX, 8)}`, "sec-c-none"],
  },
  "ntfy-token": prefixedAll([
    ["tk_", fakeToken(LOWER_ALNUM, 29)],
    ["tk_", fakeToken(ALNUM, 29)],
  ]),
  "gotify-token": {
    finds: [
      [`gotify_key = "A${fakeToken(ALNUM, 14)}"`, `A${fakeToken(ALNUM, 14)}`],
      [`GOTIFY: C${fakeToken(ALNUM, 14)}`, `C${fakeToken(ALNUM, 14)}`],
    ],
    skips: [`gotify_key = "A${fakeToken(ALNUM, 6)}"`, "gotify_key = process.env.KEY"],
  },
  "onesignal-legacy-key": {
    finds: [[`onesignal_key = "${fakeToken(ALNUM, 48)}"`, fakeToken(ALNUM, 48)]],
    skips: [`onesignal_key = "${fakeToken(ALNUM, 23)}"`, "onesignal_key = process.env.KEY"],
  },
  "courier-key": {
    finds: [
      `pk_prod_${fakeToken(ALNUM, 24)}`,
      `pk_test_${fakeToken(ALNUM, 24)}`,
      `dk_prod_${fakeToken(ALNUM, 24)}`,
      `dk_test_${fakeToken(ALNUM, 24)}`,
    ],
    skips: [`pk_prod_${fakeToken(ALNUM, 11)}`],
  },
  "novu-key": {
    finds: [[`novu_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`novu_key = "${fakeToken(HEX, 15)}"`, "novu_key = process.env.KEY"],
  },
  "liveblocks-key": {
    finds: [`sk_prod_${fakeToken(BASE64URL, 40)}`, `sk_dev_${fakeToken(BASE64URL, 40)}`],
    skips: [`sk_prod_${fakeToken(BASE64URL, 19)}`],
  },
  "agora-key": {
    finds: [[`agora_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`agora_key = "${fakeToken(HEX, 15)}"`, "agora_key = process.env.KEY"],
  },
  "daily-key": {
    finds: [[`daily_api_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`daily_api_key = "${fakeToken(HEX, 31)}"`, "daily_api_key = process.env.KEY"],
  },
  "zoom-secret": {
    finds: [[`zoom_client_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`zoom_client_key = "${fakeToken(ALNUM, 15)}"`, "zoom_client_key = process.env.KEY"],
  },
})
