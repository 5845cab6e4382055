import { googleRules } from "../../../../src/secrets/rules/google.ts"
import { ALNUM, BASE64URL, HEX, UPPER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(googleRules, {
  "google-api-key": {
    finds: [`AIza${fakeToken(BASE64URL, 35)}`],
    skips: [`AIza${fakeToken(BASE64URL, 17)}`, "AIza"],
  },
  "google-gemini-auth-key": {
    finds: [`AQ.Ab${fakeToken(BASE64URL, 30)}`],
    skips: [`AQ.Ab${fakeToken(BASE64URL, 15)}`, "AQ.Ab"],
  },
  "google-oauth-client-secret": {
    finds: [`GOCSPX-${fakeToken(BASE64URL, 24)}`],
    skips: [`GOCSPX-${fakeToken(BASE64URL, 12)}`, "GOCSPX-"],
  },
  "google-oauth-access-token": {
    finds: [`ya29.${fakeToken(BASE64URL, 120)}`],
    skips: [`ya29.${fakeToken(BASE64URL, 8)}`],
  },
  "google-oauth-refresh-token": {
    finds: [`1//0${fakeToken(BASE64URL, 40)}`],
    skips: [`1//0${fakeToken(BASE64URL, 20)}`, "1//0"],
  },
  "google-storage-hmac": {
    finds: [`GOOG1E${fakeToken(UPPER_ALNUM, 18)}`, `GOOGTS${fakeToken(UPPER_ALNUM, 18)}`],
    skips: [`GOOG1E${fakeToken(UPPER_ALNUM, 9)}`, "GOOG1E"],
  },
  "firebase-cloud-messaging": {
    finds: [`AAAA${fakeToken(BASE64URL, 7)}:APA91b${fakeToken(BASE64URL, 134)}`],
    skips: [`AAAA${fakeToken(BASE64URL, 7)}:APA91b${fakeToken(BASE64URL, 20)}`],
  },
  "google-oauth-authorization-code": {
    finds: [`4/0A${fakeToken(BASE64URL, 70)}`],
    skips: [`4/0A${fakeToken(BASE64URL, 12)}`],
  },
  "google-signed-url": {
    finds: [[`X-Goog-Signature=${fakeToken(HEX, 512)}`, fakeToken(HEX, 512)]],
    skips: ["X-Goog-Signature=abc"],
  },
  "google-oauth-client-secret-plain": named("google_client_secret", fakeToken(ALNUM, 24)),
  "google-recaptcha-secret": named("recaptcha_secret", `6L${fakeToken(ALNUM, 38)}`),
})
