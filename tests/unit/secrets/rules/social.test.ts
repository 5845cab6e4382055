import { socialRules } from "../../../../src/secrets/rules/social.ts"
import { ALNUM, BASE64URL, HEX, LOWER_ALNUM, UPPER_HEX, fakeToken } from "../../../support/fake-token.ts"
import { named, prefixed, testRules } from "./rule-cases.ts"

testRules(socialRules, {
  "linkedin-app-secret": named("linkedin", fakeToken(ALNUM, 16)),
  "twitch-app-secret": named("twitch", fakeToken(LOWER_ALNUM, 30)),
  "twitter-app-secret": named("twitter", fakeToken(ALNUM, 45)),
  "facebook-app-secret": named("facebook", fakeToken(HEX, 32)),
  "spotify-client-secret": named("spotify", fakeToken(HEX, 32)),
  "dropbox-app-secret": named("dropbox", fakeToken(LOWER_ALNUM, 15)),
  "salesforce-client-secret": named("salesforce", fakeToken(UPPER_HEX, 64)),
  "strava-token": named("strava", fakeToken(HEX, 40)),
  "vk-token": named("vk_token", `vk1.a.${fakeToken(BASE64URL, 198)}`),
  "intra-42-secret": named("intra42", `s-s4t2ud-${fakeToken(HEX, 64)}`),
  "intra-42-secret-prefixed": prefixed("s-s4t2ud-", fakeToken(HEX, 64)),
})
