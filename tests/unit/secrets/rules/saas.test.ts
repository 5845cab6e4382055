import { saasRules } from "../../../../src/secrets/rules/saas.ts"
import {
  ALNUM,
  BASE64URL,
  DIGITS,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(saasRules, {
  "asana-token": {
    finds: [
      `1/${fakeToken(DIGITS, 16)}:${fakeToken(HEX, 32)}`,
      `2/${fakeToken(DIGITS, 16)}/${fakeToken(DIGITS, 16, 2)}:${fakeToken(HEX, 32)}`,
    ],
    skips: [`1/${fakeToken(DIGITS, 20)}:x`],
  },
  "linear-key": {
    finds: [
      `lin_api_${fakeToken(ALNUM, 32)}`,
      `lin_oauth_${fakeToken(ALNUM, 32)}`,
      `lin_wh_${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`lin_api_${fakeToken(ALNUM, 16)}`, "lin_api_"],
  },
  "atlassian-token": {
    finds: [`ATATT3${fakeToken(BASE64URL, 100)}`],
    skips: [`ATATT3${fakeToken(BASE64URL, 50)}`, "ATATT3"],
  },
  "atlassian-token-plain": {
    finds: [
      [`atlassian_key = "${fakeToken(ALNUM, 24)}"`, fakeToken(ALNUM, 24)],
      [`ATLASSIAN: ${fakeToken(ALNUM, 24)}`, fakeToken(ALNUM, 24)],
    ],
    skips: [`atlassian_key = "${fakeToken(ALNUM, 12)}"`, "atlassian_key = process.env.KEY"],
  },
  "trello-token": {
    finds: [`ATTA${fakeToken(ALNUM, 64)}`],
    skips: [`ATTA${fakeToken(ALNUM, 32)}`, "ATTA"],
  },
  "figma-token": {
    finds: [
      `figd_${fakeToken(BASE64URL, 38)}`,
      `figu_${fakeToken(BASE64URL, 38)}`,
      `figdr_${fakeToken(BASE64URL, 38)}`,
      `figor_${fakeToken(BASE64URL, 38)}`,
      `figuh_${fakeToken(BASE64URL, 38)}`,
      `figoh_${fakeToken(BASE64URL, 38)}`,
    ],
    skips: [`figd_${fakeToken(BASE64URL, 19)}`, "figd_"],
  },
  "clickup-token": {
    finds: [`pk_1234567_${fakeToken(UPPER_ALNUM, 32)}`],
    skips: ["pk_1234567_abc"],
  },
  "hubspot-token": {
    finds: [
      `pat-na1-${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}`,
    ],
    skips: ["pat-na1-none"],
  },
  "hubspot-key": {
    finds: [[`hubspot_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["hubspot_key = none"],
  },
  "salesforce-token": {
    finds: [`00D${fakeToken(ALNUM, 12)}!${fakeToken(ALNUM, 96)}`],
    skips: [`00D${fakeToken(ALNUM, 12)}`],
  },
  "dropbox-token": {
    finds: [`sl.${fakeToken(BASE64URL, 140)}`],
    skips: [`sl.${fakeToken(BASE64URL, 12)}`],
  },
  "typeform-token": {
    finds: [`tfp_${fakeToken(BASE64URL, 40)}`],
    skips: [`tfp_${fakeToken(BASE64URL, 20)}`, "tfp_"],
  },
  "postman-key": {
    finds: [`PMAK-${fakeToken(HEX, 24)}-${fakeToken(HEX, 34)}`],
    skips: [`PMAK-${fakeToken(HEX, 24)}`],
  },
  "readme-key": {
    finds: [`rdme_${fakeToken(LOWER_ALNUM, 60)}`],
    skips: [`rdme_${fakeToken(LOWER_ALNUM, 30)}`, "rdme_"],
  },
  "scalingo-token": {
    finds: [`tk-us-${fakeToken(BASE64URL, 40)}`],
    skips: [`tk-us-${fakeToken(BASE64URL, 20)}`, "tk-us-"],
  },
  "frameio-token": {
    finds: [`fio-u-${fakeToken(BASE64URL, 56)}`],
    skips: [`fio-u-${fakeToken(BASE64URL, 28)}`, "fio-u-"],
  },
  "mapbox-token": {
    finds: [`sk.eyJ${fakeToken(BASE64URL, 80)}.${fakeToken(BASE64URL, 22)}`],
    skips: [`sk.eyJ${fakeToken(BASE64URL, 9)}`],
  },
  "mapbox-token-named": {
    finds: [
      [
        `mapbox_token = "pk.${fakeToken(LOWER_ALNUM, 60)}.${fakeToken(LOWER_ALNUM, 22)}"`,
        `pk.${fakeToken(LOWER_ALNUM, 60)}.${fakeToken(LOWER_ALNUM, 22)}`,
      ],
    ],
    skips: ["mapbox_key = none"],
  },
  "klaviyo-key": {
    finds: [`pk_${fakeToken(HEX, 34)}`],
    skips: [`pk_${fakeToken(HEX, 17)}`, "pk_"],
  },
  "adobe-secret": {
    finds: [`p8e-${fakeToken(BASE64URL, 28)}`],
    skips: [`p8e-${fakeToken(BASE64URL, 14)}`, "p8e-"],
  },
  "facebook-token": {
    finds: [`EAAC${fakeToken(ALNUM, 150)}`],
    skips: [`EAAC${fakeToken(ALNUM, 12)}`],
  },
  "twitter-bearer": {
    finds: [`AAAAAAAAAAAAAAAAAAAAAA${fakeToken(ALNUM, 90)}`],
    skips: ["AAAAAAAAAAAAAAAAAAAAAA"],
  },
  "pinterest-token": {
    finds: [`pina_${fakeToken(UPPER_ALNUM, 32)}`],
    skips: [`pina_${fakeToken(UPPER_ALNUM, 16)}`, "pina_"],
  },
  "beamer-token": {
    finds: [`b_${fakeToken(BASE64URL, 44)}`],
    skips: [`b_${fakeToken(BASE64URL, 22)}`, "b_"],
  },
  "linkedin-client-secret": {
    finds: [`WPL_AP1.${fakeToken(ALNUM, 16)}.${fakeToken(ALNUM, 8)}==`],
    skips: ["WPL_AP1.x"],
  },
  "gitbook-token": {
    finds: [`gb_api_${fakeToken(ALNUM, 40)}`],
    skips: ["gb_api_abc"],
  },
  "ubidots-token": {
    finds: [`BBFF-${fakeToken(ALNUM, 30)}`],
    skips: [`BBFF-${fakeToken(ALNUM, 15)}`, "BBFF-"],
  },
  "rapidapi-key": {
    finds: [
      `${fakeToken(LOWER_ALNUM, 10)}msh${fakeToken(LOWER_ALNUM, 15)}p1${fakeToken(LOWER_ALNUM, 6)}jsn${fakeToken(LOWER_ALNUM, 12)}`,
    ],
    skips: [`${fakeToken(LOWER_ALNUM, 10)}msh${fakeToken(LOWER_ALNUM, 15)}`],
  },
  "maxmind-key": {
    finds: [
      [`maxmind_key = "${fakeToken(ALNUM, 16)}"`, fakeToken(ALNUM, 16)],
      [`MAXMIND: ${fakeToken(ALNUM, 16)}`, fakeToken(ALNUM, 16)],
    ],
    skips: [`maxmind_key = "${fakeToken(ALNUM, 8)}"`, "maxmind_key = process.env.KEY"],
  },
})
