import { emailDeliveryRules } from "../../../../src/secrets/rules/email-delivery.ts"
import {
  ALNUM,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  UPPER_HEX,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { prefixedAll, testRules } from "./rule-cases.ts"

testRules(emailDeliveryRules, {
  "sendgrid-key": {
    finds: [`SG.${fakeToken(BASE64URL, 22)}.${fakeToken(BASE64URL, 43)}`],
    skips: [`SG.${fakeToken(BASE64URL, 22)}`],
  },
  "mailgun-key": {
    finds: [`key-${fakeToken(HEX, 32)}`],
    skips: [`key-${fakeToken(HEX, 16)}`],
  },
  "mailgun-signing-key": {
    finds: [`${fakeToken(HEX, 32)}-${fakeToken(HEX, 8)}-${fakeToken(HEX, 8, 2)}`],
    skips: [`${fakeToken(HEX, 32)}-${fakeToken(HEX, 8)}`],
  },
  "mailchimp-key": {
    finds: [`${fakeToken(HEX, 32)}-us12`],
    skips: [`${fakeToken(HEX, 20)}-us12`, `${fakeToken(HEX, 32)}-usa`],
  },
  "brevo-key": {
    finds: [`xkeysib-${fakeToken(HEX, 64)}-${fakeToken(ALNUM, 16)}`],
    skips: [`xkeysib-${fakeToken(HEX, 31)}`],
  },
  "brevo-smtp-key": {
    finds: [`xsmtpsib-${fakeToken(HEX, 64)}-${fakeToken(ALNUM, 16)}`],
    skips: [`xsmtpsib-${fakeToken(HEX, 31)}`],
  },
  "mandrill-key": {
    finds: [`md-${fakeToken(BASE64URL, 22)}`],
    skips: [`md-${fakeToken(BASE64URL, 11)}`, "md-"],
  },
  "resend-key": {
    finds: [`re_${fakeToken(ALNUM, 8)}_${fakeToken(ALNUM, 24)}`],
    skips: [`re_${fakeToken(ALNUM, 8)}`, "re_validate_configurationFromEnvironment"],
  },
  "postmark-token": {
    finds: [[`postmark_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["postmark_key = none"],
  },
  "klaviyo-key": {
    finds: [`pk_${fakeToken(HEX, 34)}`],
    skips: [`pk_${fakeToken(HEX, 17)}`, "pk_"],
  },
  "mailjet-key": {
    finds: [[`mailjet_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`mailjet_key = "${fakeToken(ALNUM, 15)}"`, "mailjet_key = process.env.KEY"],
  },
  "sparkpost-key": {
    finds: [[`sparkpost_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`sparkpost_key = "${fakeToken(HEX, 19)}"`, "sparkpost_key = process.env.KEY"],
  },
  "mailersend-token": {
    finds: [`mlsn.${fakeToken(ALNUM, 30)}`],
    skips: [`mlsn.${fakeToken(ALNUM, 14)}`],
  },
  "mailerlite-key": {
    finds: [[`mailerlite_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`mailerlite_key = "${fakeToken(HEX, 15)}"`, "mailerlite_key = process.env.KEY"],
  },
  "loops-key": {
    finds: [[`loops_api_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`loops_api_key = "${fakeToken(HEX, 15)}"`, "loops_api_key = process.env.KEY"],
  },
  "customerio-key": {
    finds: [
      [`customerio_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`CUSTOMER.IO_KEY: ${fakeToken(HEX, 20)}`, fakeToken(HEX, 20)],
    ],
    skips: [`customerio_key = "${fakeToken(HEX, 15)}"`, "customerio_key = process.env.KEY"],
  },
  "elasticemail-key": {
    finds: [[`elasticemail_key = "${fakeToken(UPPER_HEX, 96)}"`, fakeToken(UPPER_HEX, 96)]],
    skips: [`elasticemail_key = "${fakeToken(UPPER_HEX, 47)}"`, "elasticemail_key = process.env.KEY"],
  },
  "smtp2go-key": {
    finds: [`api-${fakeToken(UPPER_HEX, 32)}`],
    skips: [`api-${fakeToken(UPPER_HEX, 15)}`],
  },
  "klaviyo-key-named": {
    finds: [
      [`klaviyo_key = "pk_${fakeToken(ALNUM, 34)}"`, `pk_${fakeToken(ALNUM, 34)}`],
      [`KLAVIYO_KEY: ${fakeToken(HEX, 34)}`, fakeToken(HEX, 34)],
    ],
    skips: [`klaviyo_key = "pk_${fakeToken(ALNUM, 16)}"`, "klaviyo_key = process.env.KEY"],
  },
  "iterable-key": {
    finds: [[`iterable_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`iterable_key = "${fakeToken(HEX, 15)}"`, "iterable_key = process.env.KEY"],
  },
  "getresponse-key": {
    finds: [[`getresponse_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`getresponse_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "getresponse_key = process.env.KEY"],
  },
  "moosend-key": {
    finds: [[`moosend_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`moosend_key = "${fakeToken(HEX, 8)}"`, "moosend_key = process.env.KEY"],
  },
  "pepipost-key": {
    finds: [[`pepipost_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`pepipost_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "pepipost_key = process.env.KEY"],
  },
  "mailmodo-key": {
    finds: [
      [
        `mailmodo_key = "${fakeToken(UPPER_ALNUM, 7)}-${fakeToken(UPPER_ALNUM, 7, 2)}-${fakeToken(UPPER_ALNUM, 7, 3)}-${fakeToken(UPPER_ALNUM, 7, 4)}"`,
        `${fakeToken(UPPER_ALNUM, 7)}-${fakeToken(UPPER_ALNUM, 7, 2)}-${fakeToken(UPPER_ALNUM, 7, 3)}-${fakeToken(UPPER_ALNUM, 7, 4)}`,
      ],
    ],
    skips: [`mailmodo_key = "${fakeToken(UPPER_ALNUM, 2)}"`, "mailmodo_key = process.env.KEY"],
  },
  "nylas-key": prefixedAll([
    ["nyk_v0_", fakeToken(ALNUM, 64)],
    ["nyk_", fakeToken(ALNUM, 67)],
  ]),
  "omnisend-key": {
    finds: [
      [
        `omnisend_key = "${fakeToken(HEX, 24)}-${fakeToken(ALNUM, 40)}"`,
        `${fakeToken(HEX, 24)}-${fakeToken(ALNUM, 40)}`,
      ],
    ],
    skips: [`omnisend_key = "${fakeToken(HEX, 11)}"`, "omnisend_key = process.env.KEY"],
  },
  "neverbounce-key": {
    finds: [
      [`neverbounce_key = "secret_${fakeToken(HEX, 32)}"`, `secret_${fakeToken(HEX, 32)}`],
      [`NEVERBOUNCE: private_${fakeToken(HEX, 32)}`, `private_${fakeToken(HEX, 32)}`],
      [`neverbounce_key = "public_${fakeToken(HEX, 32)}"`, `public_${fakeToken(HEX, 32)}`],
    ],
    skips: [`neverbounce_key = "secret_${fakeToken(HEX, 15)}"`, "neverbounce_key = process.env.KEY"],
  },
  "zerobounce-key": {
    finds: [[`zerobounce_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`zerobounce_key = "${fakeToken(HEX, 15)}"`, "zerobounce_key = process.env.KEY"],
  },
  "kickbox-key": {
    finds: [
      [`kickbox_key = "live_${fakeToken(ALNUM, 40)}"`, `live_${fakeToken(ALNUM, 40)}`],
      [`KICKBOX: test_${fakeToken(ALNUM, 40)}`, `test_${fakeToken(ALNUM, 40)}`],
    ],
    skips: [`kickbox_key = "live_${fakeToken(ALNUM, 19)}"`, "kickbox_key = process.env.KEY"],
  },
  "mailsac-key": {
    finds: [
      [`mailsac_key = "k_${fakeToken(ALNUM, 36)}"`, `k_${fakeToken(ALNUM, 36)}`],
      [`MAILSAC_KEY: ${fakeToken(BASE64URL, 64)}`, fakeToken(BASE64URL, 64)],
    ],
    skips: [`mailsac_key = "k_${fakeToken(ALNUM, 17)}"`, "mailsac_key = process.env.KEY"],
  },
  "mailgun-key-named": {
    finds: [
      [
        `mailgun_signing_key = "${fakeToken(LOWER_ALNUM, 32)}-${fakeToken(LOWER_ALNUM, 8)}-${fakeToken(LOWER_ALNUM, 8, 2)}"`,
        `${fakeToken(LOWER_ALNUM, 32)}-${fakeToken(LOWER_ALNUM, 8)}-${fakeToken(LOWER_ALNUM, 8, 2)}`,
      ],
      [`MAILGUN_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`mailgun_key = "${fakeToken(HEX, 15)}"`, "mailgun_key = process.env.KEY"],
  },
  "campayn-key": {
    finds: [[`campayn_key = "${fakeToken(LOWER_ALNUM, 64)}"`, fakeToken(LOWER_ALNUM, 64)]],
    skips: [`campayn_key = "${fakeToken(LOWER_ALNUM, 31)}"`, "campayn_key = process.env.KEY"],
  },
  "autoklose-token": {
    finds: [[`autoklose_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`autoklose_key = "${fakeToken(ALNUM, 15)}"`, "autoklose_key = process.env.KEY"],
  },
})
