import { paymentsRules } from "../../../../src/secrets/rules/payments.ts"
import {
  ALNUM,
  BASE64URL,
  DIGITS,
  HEX,
  LETTERS,
  LOWER_ALNUM,
  fakeToken,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(paymentsRules, {
  "stripe-key": {
    finds: [
      `sk_live_${fakeToken(ALNUM, 24)}`,
      `rk_live_${fakeToken(ALNUM, 24)}`,
      `sk_test_${fakeToken(ALNUM, 24)}`,
      `sk_live_51${fakeToken(ALNUM, 97)}`,
    ],
    skips: [`sk_live_${fakeToken(ALNUM, 5)}`, `pk_live_${fakeToken(ALNUM, 24)}`],
  },
  "stripe-webhook-secret": {
    finds: [`whsec_${fakeToken(ALNUM, 32)}`],
    skips: [`whsec_${fakeToken(ALNUM, 8)}`],
  },
  "square-oauth": {
    finds: [`sq0csp-${fakeToken(BASE64URL, 43)}`, `sq0atp-${fakeToken(BASE64URL, 22)}`],
    skips: [`sq0csp-${fakeToken(BASE64URL, 8)}`],
  },
  "square-access-token": {
    finds: [`EAAA${fakeToken(BASE64URL, 60)}`],
    skips: [`EAAA${fakeToken(BASE64URL, 30)}`, "EAAA"],
  },
  "paypal-braintree-token": {
    finds: [`access_token$production$${fakeToken(LOWER_ALNUM, 16)}$${fakeToken(HEX, 32)}`],
    skips: ["access_token$production$x"],
  },
  "adyen-api-key": {
    finds: [`AQEyhmfu${fakeToken(ALNUM, 80)}`],
    skips: [`AQEyhmfu${fakeToken(ALNUM, 8)}`],
  },
  "razorpay-key": {
    finds: [`rzp_live_${fakeToken(ALNUM, 14)}`, `rzp_test_${fakeToken(ALNUM, 14)}`],
    skips: [`rzp_live_${fakeToken(ALNUM, 7)}`, "rzp_live_"],
  },
  "gocardless-token": {
    finds: [`live_${fakeToken(ALNUM, 40)}`],
    skips: [`live_${fakeToken(ALNUM, 12)}`, "live_region_for_announcements_and_updates_of"],
  },
  "mollie-key": {
    finds: [`live_${fakeToken(ALNUM, 30)}`],
    skips: [`live_${fakeToken(ALNUM, 8)}`, "test_parsesConfigurationFromTheEnvironmentName"],
  },
  "lob-key": {
    finds: [`live_${fakeToken(HEX, 35)}`],
    skips: [`live_${fakeToken(HEX, 8)}`],
  },
  "flutterwave-key": {
    finds: [`FLWSECK_TEST-${fakeToken(HEX, 32)}-X`, `FLWSECK_TEST${fakeToken(HEX, 12)}`],
    skips: ["FLWSECK_TEST-abc"],
  },
  "plaid-token": {
    finds: [
      `access-production-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: ["access-production-none"],
  },
  "plaid-secret": {
    finds: [
      [`plaid_key = "${fakeToken(HEX, 30)}"`, fakeToken(HEX, 30)],
      [`PLAID: ${fakeToken(HEX, 30)}`, fakeToken(HEX, 30)],
    ],
    skips: [`plaid_key = "${fakeToken(HEX, 15)}"`, "plaid_key = process.env.KEY"],
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
  "paddle-key": {
    finds: [`pdl_live_apikey_${fakeToken(LOWER_ALNUM, 26)}_${fakeToken(ALNUM, 22)}_abc`],
    skips: [`pdl_live_apikey_${fakeToken(ALNUM, 13)}`, "pdl_live_apikey_"],
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
  "mercadopago-token": {
    finds: [
      `APP_USR-${fakeToken(DIGITS, 16)}-${fakeToken(DIGITS, 6)}-${fakeToken(HEX, 32)}-${fakeToken(DIGITS, 9)}`,
    ],
    skips: [`APP_USR-${fakeToken(DIGITS, 16)}`],
  },
  "polar-token": {
    finds: [
      `polar_oat_${fakeToken(ALNUM, 32)}`,
      `polar_pat_${fakeToken(ALNUM, 32)}`,
      `polar_whs_${fakeToken(ALNUM, 32)}`,
      `polar_at_${fakeToken(ALNUM, 32)}`,
      `polar_rt_${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`polar_oat_${fakeToken(ALNUM, 16)}`, "polar_oat_"],
  },
  "xendit-key": {
    finds: [`xnd_production_${fakeToken(ALNUM, 40)}`, `xnd_development_${fakeToken(ALNUM, 40)}`],
    skips: [`xnd_production_${fakeToken(ALNUM, 20)}`, "xnd_production_"],
  },
  "midtrans-server-key": {
    finds: [`Mid-server-${fakeToken(BASE64URL, 16)}`, `SB-Mid-server-${fakeToken(BASE64URL, 16)}`],
    skips: [`Mid-server-${fakeToken(BASE64URL, 8)}`, "Mid-server-"],
  },
  "checkout-key": {
    finds: [`sk_sbox_${fakeToken(LETTERS, 27).toLowerCase()}`],
    skips: ["sk_sbox_abc", "sk_"],
  },
  "coinbase-key": {
    finds: [
      [`coinbase_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)],
      [`COINBASE: ${fakeToken(ALNUM, 64)}`, fakeToken(ALNUM, 64)],
    ],
    skips: [`coinbase_key = "${fakeToken(ALNUM, 20)}"`],
  },
})
