import { cloudHostingRules } from "../../../../src/secrets/rules/cloud-hosting.ts"
import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { named, prefixed, testRules } from "./rule-cases.ts"

testRules(cloudHostingRules, {
  "cloudflare-user-token": prefixed("cfut_", fakeToken(ALNUM, 48)),
  "cloudflare-account-token": prefixed("cfat_", fakeToken(ALNUM, 48)),
  "cloudflare-global-key": prefixed("cfk_", fakeToken(ALNUM, 48)),
  "cloudflare-global-key-plain": named("cloudflare", fakeToken(HEX, 37)),
  "cloudflare-tunnel-token": prefixed("eyJhIjoi", fakeToken(ALNUM, 160)),
  "cloudflare-turnstile-secret": prefixed("0x4AAAAAA", fakeToken(BASE64URL, 26)),
  "cloudflare-r2-secret": named("r2_secret", fakeToken(HEX, 64)),
  "digitalocean-oauth-token": prefixed("doo_v1_", fakeToken(HEX, 64)),
  "digitalocean-refresh-token": prefixed("dor_v1_", fakeToken(HEX, 64)),
  "akamai-edgegrid-token": {
    finds: [`akab-${fakeToken(LOWER_ALNUM, 16)}-${fakeToken(LOWER_ALNUM, 16)}`],
    skips: [
      `akab-${fakeToken(LOWER_ALNUM, 16)}`,
      `akab-${fakeToken(LOWER_ALNUM, 16)}-${fakeToken(LOWER_ALNUM, 16)}.luna.akamaiapis.net`,
    ],
  },
  "akamai-edgegrid-secret": named("akamai", `${fakeToken(BASE64, 43)}=`),
  "tencent-secret-key": named("tencent", fakeToken(ALNUM, 32)),
  "alibaba-sts-key-id": prefixed("STS.", fakeToken(ALNUM, 26)),
  "alibaba-sts-token": prefixed("CAIS", fakeToken(BASE64, 300), 15),
  "huawei-secret-key": named("huawei", fakeToken(ALNUM, 40)),
  "oracle-customer-secret": named("oci_secret", `${fakeToken(BASE64, 43)}=`),
  "volcengine-access-key-id": prefixed("AKLT", fakeToken(ALNUM, 44)),
})
