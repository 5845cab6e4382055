import { commerceRules } from "../../../../src/secrets/rules/commerce.ts"
import { ALNUM, BASE64URL, HEX, LOWER_ALNUM, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(commerceRules, {
  "lob-key": {
    finds: [`live_${fakeToken(HEX, 35)}`],
    skips: [`live_${fakeToken(HEX, 8)}`],
  },
  "shopify-token": {
    finds: [
      `shpat_${fakeToken(ALNUM, 32)}`,
      `shpca_${fakeToken(ALNUM, 32)}`,
      `shppa_${fakeToken(ALNUM, 32)}`,
      `shpss_${fakeToken(ALNUM, 32)}`,
      `shptka_${fakeToken(ALNUM, 32)}`,
      `shpua_${fakeToken(ALNUM, 32)}`,
      `shpit_${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`shpat_${fakeToken(ALNUM, 16)}`, "shpat_"],
  },
  "easypost-key": {
    finds: [`EZAK${fakeToken(ALNUM, 54)}`, `EZTK${fakeToken(ALNUM, 54)}`],
    skips: [`EZAK${fakeToken(ALNUM, 27)}`, "EZAK"],
  },
  "shippo-token": {
    finds: [`shippo_live_${fakeToken(HEX, 40)}`, `shippo_test_${fakeToken(HEX, 40)}`],
    skips: [`shippo_live_${fakeToken(HEX, 20)}`, "shippo_live_"],
  },
  "duffel-token": {
    finds: [`duffel_test_${fakeToken(BASE64URL, 40)}`, `duffel_live_${fakeToken(BASE64URL, 40)}`],
    skips: [`duffel_test_${fakeToken(BASE64URL, 20)}`, "duffel_test_"],
  },
  "shopify-key": {
    finds: [[`shopify_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`shopify_key = "${fakeToken(HEX, 15)}"`, "shopify_key = process.env.KEY"],
  },
  "etsy-key": {
    finds: [
      [`etsy_key = "${fakeToken(LOWER_ALNUM, 24)}"`, fakeToken(LOWER_ALNUM, 24)],
      [
        `ETSY: ${fakeToken(LOWER_ALNUM, 24)}:${fakeToken(LOWER_ALNUM, 10)}`,
        `${fakeToken(LOWER_ALNUM, 24)}:${fakeToken(LOWER_ALNUM, 10)}`,
      ],
    ],
    skips: [`etsy_key = "${fakeToken(LOWER_ALNUM, 11)}"`, "etsy_key = process.env.KEY"],
  },
  "ebay-secret": {
    finds: [
      `PRD-${fakeToken(HEX, 12)}-${fakeToken(HEX, 8)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4, 2)}`,
    ],
    skips: [`PRD-${fakeToken(HEX, 12)}`],
  },
  "woocommerce-key": {
    finds: [`ck_${fakeToken(HEX, 40)}`, `cs_${fakeToken(HEX, 40)}`],
    skips: [`ck_${fakeToken(HEX, 19)}`],
  },
  "gumroad-token": {
    finds: [
      [`gumroad_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`GUMROAD_KEY: ${fakeToken(BASE64URL, 43)}`, fakeToken(BASE64URL, 43)],
    ],
    skips: [`gumroad_key = "${fakeToken(HEX, 31)}"`, "gumroad_key = process.env.KEY"],
  },
  "squarespace-key": {
    finds: [[`squarespace_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`squarespace_key = "${fakeToken(HEX, 8)}"`, "squarespace_key = process.env.KEY"],
  },
  "snipcart-key": {
    finds: [
      [`snipcart_key = "ST_${fakeToken(ALNUM, 50)}"`, `ST_${fakeToken(ALNUM, 50)}`],
      [`SNIPCART_KEY: ${fakeToken(ALNUM, 75)}`, fakeToken(ALNUM, 75)],
    ],
    skips: [`snipcart_key = "ST_${fakeToken(ALNUM, 24)}"`, "snipcart_key = process.env.KEY"],
  },
  "aftership-key": {
    finds: [
      [`as-api-key: ${fakeToken(HEX, 30)}`, fakeToken(HEX, 30)],
      [`AFTERSHIP_API_KEY="${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
    ],
    skips: [`as-api-key: ${fakeToken(HEX, 15)}`, `aftership tracking ${fakeToken(HEX, 32)}`],
  },
  "samsara-token": {
    finds: [`samsara_api_${fakeToken(ALNUM, 30)}`],
    skips: [`samsara_api_${fakeToken(ALNUM, 14)}`],
  },
  "loyverse-token": {
    finds: [[`loyverse_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`loyverse_key = "${fakeToken(ALNUM, 15)}"`, "loyverse_key = process.env.KEY"],
  },
  "ecwid-token": {
    finds: [
      [`ecwid_key = "secret_${fakeToken(ALNUM, 32)}"`, `secret_${fakeToken(ALNUM, 32)}`],
      [`ECWID: public_${fakeToken(ALNUM, 32)}`, `public_${fakeToken(ALNUM, 32)}`],
    ],
    skips: [`ecwid_key = "secret_${fakeToken(ALNUM, 15)}"`, "ecwid_key = process.env.KEY"],
  },
  "crossmint-key": {
    finds: [
      `sk_staging_${fakeToken(ALNUM, 24)}`,
      `sk_production_${fakeToken(ALNUM, 24)}`,
      `ck_staging_${fakeToken(ALNUM, 24)}`,
      `ck_production_${fakeToken(ALNUM, 24)}`,
    ],
    skips: [`sk_staging_${fakeToken(ALNUM, 11)}`],
  },
  "commercejs-key": {
    finds: [
      [`checio_key = "pk_${fakeToken(LOWER_ALNUM, 45)}"`, `pk_${fakeToken(LOWER_ALNUM, 45)}`],
      [`chec_key = "sk_${fakeToken(LOWER_ALNUM, 45)}"`, `sk_${fakeToken(LOWER_ALNUM, 45)}`],
    ],
    skips: [`checio_key = "pk_${fakeToken(LOWER_ALNUM, 21)}"`, "checio_key = process.env.KEY"],
  },
})
