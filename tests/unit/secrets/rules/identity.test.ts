import { identityRules } from "../../../../src/secrets/rules/identity.ts"
import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(identityRules, {
  "okta-token": {
    finds: [[`Authorization: SSWS 00${fakeToken(BASE64URL, 40)}`, `00${fakeToken(BASE64URL, 40)}`]],
    skips: [`okta_api_token = "00${fakeToken(BASE64URL, 12)}"`],
  },
  "auth0-secret": {
    finds: [
      [`auth0_key = "${fakeToken(BASE64URL, 64)}"`, fakeToken(BASE64URL, 64)],
      [`AUTH0_KEY: ${fakeToken(BASE64URL, 64)}`, fakeToken(BASE64URL, 64)],
    ],
    skips: [`auth0_key = "${fakeToken(BASE64URL, 32)}"`, "auth0_key = process.env.KEY"],
  },
  "supabase-token": {
    finds: [`sbp_${fakeToken(BASE64URL, 31)}`],
    skips: [`sbp_${fakeToken(BASE64URL, 15)}`, "sbp_"],
  },
  "stytch-secret": {
    finds: [`secret-live-${fakeToken(BASE64URL, 36)}`],
    skips: ["secret-live-abc"],
  },
  "ory-token": {
    finds: [
      `ory_at_${fakeToken(BASE64URL, 24)}`,
      `ory_rt_${fakeToken(BASE64URL, 24)}`,
      `ory_st_${fakeToken(BASE64URL, 24)}`,
      `ory_pat_${fakeToken(BASE64URL, 24)}`,
      `ory_apikey_${fakeToken(BASE64URL, 24)}`,
      `ory_wak_${fakeToken(BASE64URL, 24)}`,
    ],
    skips: [`ory_at_${fakeToken(BASE64URL, 12)}`, "ory_at_"],
  },
  "authress-key": {
    finds: [
      `sc_${fakeToken(LOWER_ALNUM, 12)}.${fakeToken(LOWER_ALNUM, 5)}.acc-${fakeToken(LOWER_ALNUM, 12)}.${fakeToken(BASE64URL, 60)}`,
    ],
    skips: [`sc_${fakeToken(LOWER_ALNUM, 12)}`],
  },
  "vault-token": {
    finds: [`hvs.${fakeToken(BASE64URL, 90)}`],
    skips: [`hvs.${fakeToken(BASE64URL, 8)}`],
  },
  "vault-legacy-token": {
    finds: [[`VAULT_TOKEN=s.${fakeToken(ALNUM, 24)}`, `s.${fakeToken(ALNUM, 24)}`]],
    skips: ["vault_token = s.x"],
  },
  "vault-unseal-key": {
    finds: [[`Unseal Key 1: ${fakeToken(BASE64, 44)}`, fakeToken(BASE64, 44)]],
    skips: ["Unseal Key 1: none"],
  },
  "terraform-cloud-token": {
    finds: [`${fakeToken(ALNUM, 14)}.atlasv1.${fakeToken(BASE64URL, 67)}`],
    skips: [`${fakeToken(ALNUM, 14)}.atlasv1.${fakeToken(BASE64URL, 9)}`],
  },
  "doppler-token": {
    finds: [`dp.pt.${fakeToken(ALNUM, 43)}`],
    skips: [`dp.pt.${fakeToken(ALNUM, 9)}`],
  },
  "onepassword-token": {
    finds: [`ops_eyJ${fakeToken(BASE64, 260)}`],
    skips: [`ops_eyJ${fakeToken(BASE64, 9)}`],
  },
  "infisical-token": {
    finds: [`st.${fakeToken(HEX, 24)}.${fakeToken(HEX, 32)}.${fakeToken(HEX, 32)}`],
    skips: [`st.${fakeToken(HEX, 24)}`],
  },
  "bitwarden-token": {
    finds: [
      [
        `0.${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}.${fakeToken(ALNUM, 30)}:${fakeToken(BASE64, 22)}==`,
        `${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}.${fakeToken(ALNUM, 30)}:${fakeToken(BASE64, 22)}==`,
      ],
    ],
    skips: [
      `0.${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
  },
})
