import { frameworksRules } from "../../../../src/secrets/rules/frameworks.ts"
import { ALNUM, BASE64, BASE64URL, HEX, UPPER_HEX, fakeToken } from "../../../support/fake-token.ts"
import { named, prefixed, testRules } from "./rule-cases.ts"

testRules(frameworksRules, {
  "rails-secret": named("rails_master_key", fakeToken(HEX, 32)),
  "laravel-app-key": {
    finds: [[`APP_KEY=base64:${fakeToken(BASE64, 43)}=`, `${fakeToken(BASE64, 43)}=`]],
    skips: [`base64:${fakeToken(BASE64, 20)}`, "base64:"],
  },
  "django-secret-key": prefixed("django-insecure-", fakeToken(ALNUM, 50), 15),
  "aspnet-machine-key": {
    finds: [
      [`validationKey="${fakeToken(UPPER_HEX, 128)}"`, fakeToken(UPPER_HEX, 128)],
      [`decryptionKey="${fakeToken(UPPER_HEX, 64)}"`, fakeToken(UPPER_HEX, 64)],
    ],
    skips: [`validationKey="AutoGenerate,IsolateApps"`],
  },
  "fernet-key": named("fernet", `${fakeToken(BASE64URL, 43)}=`),
  "wordpress-salt": {
    finds: [[`define('AUTH_KEY', '${fakeToken(ALNUM, 64)}');`, fakeToken(ALNUM, 64)]],
    skips: [`define('AUTH_KEY', 'put it here');`, "define('WP_DEBUG', true);"],
  },
  "jupyter-token": {
    finds: [
      [`http://localhost:8888/lab?token=${fakeToken(HEX, 48)}`, fakeToken(HEX, 48)],
      [`http://localhost:8888/lab?reset=1&token=${fakeToken(HEX, 48)}`, fakeToken(HEX, 48)],
      [`jupyter lab --ServerApp.token=${fakeToken(HEX, 48)}`, fakeToken(HEX, 48)],
      [`jupyter is up: token=${fakeToken(HEX, 48)}`, fakeToken(HEX, 48)],
    ],
    skips: [
      "http://localhost:8888/lab?token=none",
      `next_page_token=${fakeToken(HEX, 48)}`,
      `?csrf_token=${fakeToken(HEX, 48)}`,
    ],
  },
  "group-policy-password": {
    finds: [[`cpassword="${fakeToken(BASE64, 43)}"`, fakeToken(BASE64, 43)]],
    skips: [`cpassword=""`],
  },
  "rdp-file-password": {
    finds: [[`password 51:b:${fakeToken(UPPER_HEX, 400)}`, fakeToken(UPPER_HEX, 400)]],
    skips: ["password 51:b:"],
  },
  "windows-unattend-password": {
    finds: [[`<AdministratorPassword><Value>${fakeToken(ALNUM, 12)}</Value>`, fakeToken(ALNUM, 12)]],
    skips: ["<Password><PlainText>true</PlainText>"],
  },
  "filezilla-password": {
    finds: [[`<Pass encoding="base64">${fakeToken(BASE64, 24)}</Pass>`, fakeToken(BASE64, 24)]],
    skips: ["<Pass></Pass>", "<Password>x</Password>"],
  },
  "wifi-psk": {
    finds: [
      [`psk="${fakeToken(ALNUM, 14)}"`, fakeToken(ALNUM, 14)],
      [`wpa_passphrase=${fakeToken(ALNUM, 14)}`, fakeToken(ALNUM, 14)],
    ],
    skips: ["psk=$PSK", "wpa_passphrase="],
  },
})
