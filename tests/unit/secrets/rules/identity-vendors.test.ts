import { identityVendorsRules } from "../../../../src/secrets/rules/identity-vendors.ts"
import {
  ALNUM,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(identityVendorsRules, {
  "onelogin-secret": named("onelogin", fakeToken(HEX, 64)),
  "keycloak-secret": named("keycloak", fakeToken(ALNUM, 32)),
  "jumpcloud-key": named("jumpcloud", `jca_${fakeToken(ALNUM, 36)}`),
  "duo-secret": named("duo_secret", fakeToken(ALNUM, 40)),
  "descope-key": named("descope", `K2${fakeToken(ALNUM, 40)}`),
  "ping-identity-secret": named("pingone", fakeToken(ALNUM, 64)),
  "clerk-secret-key": named("clerk", ["sk_", "test_", fakeToken(ALNUM, 42)].join("")),
  "workos-key": prefixed(["sk_", "test_a2V5Xz"].join(""), fakeToken(ALNUM, 90), 15),
  "permit-io-key": prefixed("permit_key_", fakeToken(ALNUM, 88), 15),
  "unkey-root-key": prefixed("unkey_", fakeToken(ALNUM, 24)),
  "arcjet-key": prefixed("ajkey_", fakeToken(LOWER_ALNUM, 26)),
  "corbado-secret": prefixed("corbado1_", fakeToken(ALNUM, 30)),
  "pangea-token": prefixed("pts_", fakeToken("abcdefghijklmnopqrstuvwxyz234567", 32)),
  "hcaptcha-secret": prefixed("ES_", fakeToken(HEX, 32)),
  "hcaptcha-secret-plain": named("hcaptcha", `0x${fakeToken(HEX, 40)}`),
  "boundary-token": prefixed("at_", `${fakeToken(ALNUM, 10)}_${fakeToken(ALNUM, 130)}`),
  "consul-token": named("consul_http_token", fakeUuid()),
  "nomad-token": named("nomad_token", fakeUuid()),
  "vault-approle-secret-id": named("secret_id", fakeUuid()),
  "doppler-service-token": prefixed("dp.st.", fakeToken(ALNUM, 43)),
  "doppler-service-account-token": prefixed("dp.sa.", fakeToken(ALNUM, 43)),
  "doppler-cli-token": prefixed("dp.ct.", fakeToken(ALNUM, 43)),
  "doppler-scim-token": prefixedAll([
    ["dp.scim.", fakeToken(ALNUM, 43)],
    ["dp.audit.", fakeToken(ALNUM, 43)],
  ]),
  "onepassword-secret-key": {
    finds: [
      `A3-${fakeToken(UPPER_ALNUM, 6)}-${fakeToken(UPPER_ALNUM, 6)}-${fakeToken(UPPER_ALNUM, 5)}-${fakeToken(UPPER_ALNUM, 5, 2)}-${fakeToken(UPPER_ALNUM, 5, 3)}-${fakeToken(UPPER_ALNUM, 5, 4)}`,
    ],
    skips: [`A3-${fakeToken(UPPER_ALNUM, 6)}-${fakeToken(UPPER_ALNUM, 6)}`, "A3-"],
  },
  "vault-batch-token": prefixed("hvb.", fakeToken(BASE64URL, 140), 15),
  "vault-recovery-token": prefixed("hvr.", fakeToken(BASE64URL, 90), 15),
  "supabase-secret-key": prefixed("sb_secret_", fakeToken(BASE64URL, 31)),
  "anypoint-key": named("anypoint", fakeUuid()),
  "jamf-secret": named("jamf_client", fakeToken(ALNUM, 64)),
  "onfido-token": prefixedAll([
    ["api_live.", fakeToken(BASE64URL, 43)],
    ["api_live_us.", fakeToken(BASE64URL, 43)],
    ["api_live_ca.", fakeToken(BASE64URL, 43)],
    ["api_sandbox.", fakeToken(BASE64URL, 43)],
  ]),
  "persona-key": prefixedAll([
    ["persona_production_", fakeUuid()],
    ["persona_sandbox_", fakeUuid()],
  ]),
  "proof-key": prefixed("prf_", fakeToken(ALNUM, 40)),
})
