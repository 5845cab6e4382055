import { paymentsRules } from "../../../../src/secrets/rules/payments.ts"
import {
  ALNUM,
  BASE64URL,
  DIGITS,
  HEX,
  LETTERS,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(paymentsRules, {
  "paystack-key": {
    finds: [`sk_live_${fakeToken(HEX, 40)}`, `sk_test_${fakeToken(HEX, 40)}`],
    skips: [`sk_live_${fakeToken(HEX, 19)}`],
  },
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
    finds: [`EAAA${fakeToken(BASE64URL, 60)}`, `EAAA${fakeToken(BASE64URL, 22)}`],
    skips: [`EAAA${fakeToken(BASE64URL, 12)}`, `EAAA${fakeToken(BASE64URL, 90)}`, "EAAA"],
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
      [`plaid_key = "${fakeToken(LOWER_ALNUM, 30)}"`, fakeToken(LOWER_ALNUM, 30)],
      [`PLAID_KEY: ${fakeToken(LOWER_ALNUM, 24)}`, fakeToken(LOWER_ALNUM, 24)],
    ],
    skips: [`plaid_key = "${fakeToken(LOWER_ALNUM, 14)}"`, "plaid_key = process.env.KEY"],
  },
  "paddle-key": {
    finds: [`pdl_live_apikey_${fakeToken(LOWER_ALNUM, 26)}_${fakeToken(ALNUM, 22)}_abc`],
    skips: [`pdl_live_apikey_${fakeToken(ALNUM, 13)}`, "pdl_live_apikey_"],
  },
  "mercadopago-token": {
    finds: [
      `APP_USR-${fakeToken(DIGITS, 16)}-${fakeToken(DIGITS, 6)}-${fakeToken(HEX, 32)}-${fakeToken(DIGITS, 9)}`,
    ],
    skips: [`APP_USR-${fakeToken(DIGITS, 16)}`],
  },
  "polar-token": prefixedAll([
    ["polar_oat_", fakeToken(BASE64URL, 43)],
    ["polar_pat_", fakeToken(BASE64URL, 43)],
    ["polar_whs_", fakeToken(ALNUM, 32)],
    ["polar_at_", fakeToken(BASE64URL, 43)],
    ["polar_rt_", fakeToken(BASE64URL, 43)],
  ]),
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
  "paypal-client-secret": {
    finds: [
      [`paypal_key = "E${fakeToken(BASE64URL, 79)}"`, `E${fakeToken(BASE64URL, 79)}`],
      [`PAYPAL: A${fakeToken(BASE64URL, 79)}`, `A${fakeToken(BASE64URL, 79)}`],
    ],
    skips: [`paypal_key = "E${fakeToken(BASE64URL, 38)}"`, "paypal_key = process.env.KEY"],
  },
  "braintree-key": {
    finds: [[`braintree_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`braintree_key = "${fakeToken(HEX, 15)}"`, "braintree_key = process.env.KEY"],
  },
  "razorpay-secret": {
    finds: [[`razorpay_key = "${fakeToken(ALNUM, 24)}"`, fakeToken(ALNUM, 24)]],
    skips: [`razorpay_key = "${fakeToken(ALNUM, 11)}"`, "razorpay_key = process.env.KEY"],
  },
  "wise-token": {
    finds: [[`transferwise_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`transferwise_key = "${fakeToken(HEX, 8)}"`, "transferwise_key = process.env.KEY"],
  },
  "klarna-key": {
    finds: [`klarna_live_api_${fakeToken(ALNUM, 80)}`],
    skips: [`klarna_live_api_${fakeToken(ALNUM, 12)}`],
  },
  "chargebee-key": {
    finds: [
      [`chargebee_key = "live_${fakeToken(ALNUM, 32)}"`, `live_${fakeToken(ALNUM, 32)}`],
      [`CHARGEBEE: test_${fakeToken(ALNUM, 32)}`, `test_${fakeToken(ALNUM, 32)}`],
    ],
    skips: [`chargebee_key = "live_${fakeToken(ALNUM, 15)}"`, "chargebee_key = process.env.KEY"],
  },
  "dwolla-key": {
    finds: [[`dwolla_key = "${fakeToken(ALNUM, 50)}"`, fakeToken(ALNUM, 50)]],
    skips: [`dwolla_key = "${fakeToken(ALNUM, 24)}"`, "dwolla_key = process.env.KEY"],
  },
  "mercury-token": {
    finds: [`mercury_production_wma_${fakeToken(ALNUM, 44)}_yrucrem`],
    skips: [`mercury_production_wma_${fakeToken(ALNUM, 5)}`],
  },
  "brex-token": {
    finds: [`bxt_${fakeToken(ALNUM, 36)}`],
    skips: [`bxt_${fakeToken(ALNUM, 17)}`],
  },
  "ramp-secret": {
    finds: [
      `ramp_sec_${fakeToken(ALNUM, 40)}`,
      `ramp_tok_${fakeToken(ALNUM, 40)}`,
      `ramp_id_${fakeToken(ALNUM, 40)}`,
    ],
    skips: [`ramp_sec_${fakeToken(ALNUM, 19)}`],
  },
  "finicity-key": {
    finds: [
      [`finicity_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`FINICITY_KEY: ${fakeToken(ALNUM, 20)}`, fakeToken(ALNUM, 20)],
    ],
    skips: [`finicity_key = "${fakeToken(HEX, 15)}"`, "finicity_key = process.env.KEY"],
  },
  "asaas-key": {
    finds: [`$aact_prod_${fakeToken(ALNUM, 120)}`],
    skips: [`$aact_${fakeToken(ALNUM, 12)}`],
  },
  "sumup-key": {
    finds: [`sup_sk_${fakeToken(ALNUM, 32)}`],
    skips: [`sup_sk_${fakeToken(ALNUM, 15)}`],
  },
  "omise-key": {
    finds: [`skey_test_${fakeToken(LOWER_ALNUM, 19)}`, `skey_${fakeToken(LOWER_ALNUM, 19)}`],
    skips: [`skey_${fakeToken(LOWER_ALNUM, 6)}`, "skey_from_the_configuration"],
  },
  "cashfree-secret": {
    finds: [
      `cfsk_ma_prod_${fakeToken(HEX, 32)}_${fakeToken(HEX, 8)}`,
      `cfsk_ma_test_${fakeToken(HEX, 32)}_${fakeToken(HEX, 8)}`,
    ],
    skips: [`cfsk_ma_prod_${fakeToken(HEX, 15)}`],
  },
  "cielo-key": {
    finds: [[`cielo_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`cielo_key = "${fakeToken(ALNUM, 15)}"`, "cielo_key = process.env.KEY"],
  },
  "revenuecat-key": {
    finds: [`sk_${fakeToken(LETTERS, 28)}`],
    skips: [`sk_${fakeToken(LETTERS, 13)}`],
  },
  "freemius-secret-key": {
    finds: [[`'secret_key' => 'sk_${fakeToken(ALNUM, 27)}#]'`, `sk_${fakeToken(ALNUM, 27)}#]`]],
    skips: [`'secret_key' => 'sk_${fakeToken(ALNUM, 10)}'`],
  },
  "sumsub-token": {
    finds: [
      `prd:${fakeToken(ALNUM, 24)}.${fakeToken(ALNUM, 32)}`,
      `sbx:${fakeToken(ALNUM, 24)}.${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`prd:${fakeToken(ALNUM, 11)}`],
  },
  "moonclerk-key": {
    finds: [[`moonclerk_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`moonclerk_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "moonclerk_key = process.env.KEY"],
  },
  "checkout-key-uuid": prefixed("sk_", fakeUuid()),
  "rainforest-pay-key": prefixed("apikey_", fakeToken(HEX, 64)),
})
