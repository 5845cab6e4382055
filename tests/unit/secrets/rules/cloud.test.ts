import { cloudRules } from "../../../../src/secrets/rules/cloud.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(cloudRules, {
  "alibaba-access-key-id": {
    finds: [`LTAI${fakeToken(ALNUM, 12)}`],
    skips: [`LTAI${fakeToken(ALNUM, 6)}`, "LTAI"],
  },
  "alibaba-access-key-secret": {
    finds: [
      [`aliyun_key = "${fakeToken(ALNUM, 30)}"`, fakeToken(ALNUM, 30)],
      [`ALIYUN_KEY: ${fakeToken(ALNUM, 30)}`, fakeToken(ALNUM, 30)],
    ],
    skips: [`aliyun_key = "${fakeToken(ALNUM, 15)}"`, "aliyun_key = process.env.KEY"],
  },
  "tencent-secret-id": {
    finds: [`AKID${fakeToken(ALNUM, 32)}`],
    skips: [`AKID${fakeToken(ALNUM, 16)}`, "AKID"],
  },
  "digitalocean-token": {
    finds: [`dop_v1_${fakeToken(HEX, 64)}`],
    skips: [`dop_v1_${fakeToken(HEX, 32)}`, "dop_v1_"],
  },
  "digitalocean-spaces-key": {
    finds: [`DO00${fakeToken(UPPER_ALNUM, 16)}`],
    skips: [`DO00${fakeToken(UPPER_ALNUM, 8)}`, "DO00"],
  },
  "cloudflare-origin-ca-key": {
    finds: [`v1.0-${fakeToken(HEX, 24)}-${fakeToken(HEX, 146)}`],
    skips: [`v1.0-${fakeToken(HEX, 24)}`],
  },
  "cloudflare-token": {
    finds: [
      [`cloudflare_key = "${fakeToken(BASE64URL, 40)}"`, fakeToken(BASE64URL, 40)],
      [`CLOUDFLARE_KEY: ${fakeToken(BASE64URL, 40)}`, fakeToken(BASE64URL, 40)],
    ],
    skips: [`cloudflare_key = "${fakeToken(BASE64URL, 20)}"`, "cloudflare_key = process.env.KEY"],
  },
  "heroku-api-key": {
    finds: [
      `HRKU-AA${fakeToken(BASE64URL, 58)}`,
      `HRKU-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: [`HRKU-${fakeToken(HEX, 8)}`],
  },
  "heroku-api-key-uuid": {
    finds: [[`heroku_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["heroku_key = none"],
  },
  "flyio-token": {
    finds: [
      `fo1_${fakeToken(BASE64URL, 43)}`,
      `fm2_${fakeToken(BASE64, 200)}`,
      `FlyV1 fm2_${fakeToken(BASE64, 200)},fm2_${fakeToken(BASE64, 160)}`,
    ],
    skips: [`fo1_${fakeToken(BASE64URL, 20)}`, `FlyV1 ${fakeToken(BASE64, 40)}`],
  },
  "render-api-key": {
    finds: [`rnd_${fakeToken(ALNUM, 28)}`],
    skips: [`rnd_${fakeToken(ALNUM, 14)}`, "rnd_"],
  },
  "netlify-token": {
    finds: [`nfp_${fakeToken(ALNUM, 36)}`],
    skips: [`nfp_${fakeToken(ALNUM, 18)}`, "nfp_"],
  },
  "netlify-token-plain": {
    finds: [
      [`netlify_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)],
      [`NETLIFY_KEY: ${fakeToken(BASE64URL, 43)}`, fakeToken(BASE64URL, 43)],
    ],
    skips: [`netlify_key = "${fakeToken(BASE64URL, 21)}"`, "netlify_key = process.env.KEY"],
  },
  "vercel-token": {
    finds: [`vcp_${fakeToken(BASE64URL, 24)}`],
    skips: [`vcp_${fakeToken(BASE64URL, 12)}`, "vcp_"],
  },
  "vercel-blob-token": {
    finds: [`vercel_blob_rw_${fakeToken(BASE64URL, 30)}`],
    skips: [`vercel_blob_rw_${fakeToken(BASE64URL, 15)}`, "vercel_blob_rw_"],
  },
  "yandex-token": {
    finds: [
      `AQVN${fakeToken(BASE64URL, 36)}`,
      `t1.9${fakeToken(BASE64URL, 150)}.${fakeToken(BASE64URL, 86)}`,
    ],
    skips: [`AQVN${fakeToken(BASE64URL, 12)}`],
  },
  "yandex-oauth-token": {
    finds: [
      `y0_${fakeToken(BASE64URL, 50)}`,
      `y1_${fakeToken(BASE64URL, 50)}`,
      `y2_${fakeToken(BASE64URL, 50)}`,
      `y3_${fakeToken(BASE64URL, 50)}`,
    ],
    skips: [`y0_${fakeToken(BASE64URL, 25)}`, "y0_"],
  },
  "ibm-cloud-iam-key": {
    finds: [
      [`ibm_key = "${fakeToken(BASE64URL, 44)}"`, fakeToken(BASE64URL, 44)],
      [`IBM_KEY: ${fakeToken(BASE64URL, 44)}`, fakeToken(BASE64URL, 44)],
    ],
    skips: [`ibm_key = "${fakeToken(BASE64URL, 22)}"`, "ibm_key = process.env.KEY"],
  },
  "ibm-cos-hmac": {
    finds: [
      [`cos_hmac_key = "${fakeToken(HEX, 48)}"`, fakeToken(HEX, 48)],
      [`COS_HMAC_KEY: ${fakeToken(HEX, 48)}`, fakeToken(HEX, 48)],
    ],
    skips: [`cos_hmac_key = "${fakeToken(HEX, 24)}"`, "cos_hmac_key = process.env.KEY"],
  },
  "softlayer-key": {
    finds: [
      [`softlayer_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`SOFTLAYER_KEY: ${fakeToken(HEX, 64)}`, fakeToken(HEX, 64)],
    ],
    skips: [`softlayer_key = "${fakeToken(HEX, 32)}"`, "softlayer_key = process.env.KEY"],
  },
  "cloudant-credential": {
    finds: [
      [`cloudant_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`CLOUDANT_KEY: ${fakeToken(HEX, 64)}`, fakeToken(HEX, 64)],
    ],
    skips: [`cloudant_key = "${fakeToken(HEX, 32)}"`, "cloudant_key = process.env.KEY"],
  },
  "linode-token": {
    finds: [
      [`linode_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`LINODE_KEY: ${fakeToken(HEX, 64)}`, fakeToken(HEX, 64)],
    ],
    skips: [`linode_key = "${fakeToken(HEX, 32)}"`, "linode_key = process.env.KEY"],
  },
  "hetzner-token": {
    finds: [
      [`hetzner_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)],
      [`HETZNER_KEY: ${fakeToken(ALNUM, 64)}`, fakeToken(ALNUM, 64)],
    ],
    skips: [`hetzner_key = "${fakeToken(ALNUM, 32)}"`, "hetzner_key = process.env.KEY"],
  },
  "vultr-key": {
    finds: [
      [`vultr_key = "${fakeToken(UPPER_ALNUM, 36)}"`, fakeToken(UPPER_ALNUM, 36)],
      [`VULTR_KEY: ${fakeToken(UPPER_ALNUM, 36)}`, fakeToken(UPPER_ALNUM, 36)],
    ],
    skips: [`vultr_key = "${fakeToken(UPPER_ALNUM, 18)}"`, "vultr_key = process.env.KEY"],
  },
  "scaleway-secret-key": {
    finds: [[`scaleway_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["scaleway_key = none"],
  },
  "scaleway-access-key": {
    finds: [`SCW${fakeToken(UPPER_ALNUM, 17)}`],
    skips: [`SCW${fakeToken(UPPER_ALNUM, 8)}`, "SCW"],
  },
  "ovh-secret": {
    finds: [
      [`ovh_application_secret_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)],
      [`OVH_APPLICATION_SECRET: ${fakeToken(ALNUM, 32)}`, fakeToken(ALNUM, 32)],
    ],
    skips: [`ovh_key = "${fakeToken(ALNUM, 9)}"`, "ovh_key = process.env.KEY"],
  },
  "exoscale-key": {
    finds: [`EXO${fakeToken(HEX, 24)}`],
    skips: [`EXO${fakeToken(HEX, 12)}`, "EXO"],
  },
  "upcloud-token": {
    finds: [`ucat_${fakeToken(UPPER_ALNUM, 26)}`],
    skips: [`ucat_${fakeToken(UPPER_ALNUM, 13)}`, "ucat_"],
  },
  "fastly-token": {
    finds: [
      [`fastly_key = "${fakeToken(BASE64URL, 32)}"`, fakeToken(BASE64URL, 32)],
      [`FASTLY_KEY: ${fakeToken(BASE64URL, 32)}`, fakeToken(BASE64URL, 32)],
    ],
    skips: [`fastly_key = "${fakeToken(BASE64URL, 16)}"`, "fastly_key = process.env.KEY"],
  },
  "railway-token": {
    finds: [[`railway_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["railway_key = none"],
  },
})
