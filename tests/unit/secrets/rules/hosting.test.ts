import { hostingRules } from "../../../../src/secrets/rules/hosting.ts"
import { ALNUM, BASE64URL, HEX, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(hostingRules, {
  "naver-access-key": prefixed("ncp_iam_", fakeToken(ALNUM, 36)),
  "yandex-static-key": prefixed("YCAJ", fakeToken(ALNUM, 36)),
  "exoscale-secret": named("exoscale", fakeToken(BASE64URL, 43)),
  "infomaniak-token": named("infomaniak", fakeToken(BASE64URL, 70)),
  "civo-key": named("civo", fakeToken(ALNUM, 50)),
  "equinix-metal-token": named("equinix", fakeToken(ALNUM, 32)),
  "gcore-token": named("gcore", `1234$${fakeToken(HEX, 128)}`),
  "bunny-key": named("bunnynet", fakeUuid()),
  "deno-deploy-token": prefixedAll([
    ["ddp_", fakeToken(ALNUM, 36)],
    ["ddo_", fakeToken(ALNUM, 36)],
  ]),
  "val-town-token": prefixed("vtwn_", fakeToken(ALNUM, 32)),
  "supabase-oauth-token": prefixedAll([
    ["sbp_oauth_", fakeToken(HEX, 40)],
    ["sbr_", fakeToken(HEX, 40)],
  ]),
  "vercel-integration-token": prefixed("vci_", fakeToken(ALNUM, 56), 15),
  "vercel-app-token": prefixedAll([
    ["vca_", fakeToken(ALNUM, 56)],
    ["vcr_", fakeToken(ALNUM, 56)],
  ]),
  "vercel-ai-gateway-key": prefixed("vck_", fakeToken(ALNUM, 56), 15),
  "vercel-token-plain": named("vercel_token", fakeToken(ALNUM, 24)),
  "dnsimple-token": named("dnsimple", `dnsimple_a_${fakeToken(ALNUM, 32)}`),
  "godaddy-key": named("godaddy", `${fakeToken(ALNUM, 12)}_${fakeToken(ALNUM, 22)}`),
  "porkbun-key": named("porkbun", `sk1_${fakeToken(HEX, 64)}`),
  "yandex-static-key-named": named("yandex", `YC${fakeToken(ALNUM, 38)}`),
})
