import { webToolsRules } from "../../../../src/secrets/rules/web-tools.ts"
import {
  ALNUM,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, prefixed, testRules } from "./rule-cases.ts"

testRules(webToolsRules, {
  "postman-key": {
    finds: [`PMAK-${fakeToken(HEX, 24)}-${fakeToken(HEX, 34)}`],
    skips: [`PMAK-${fakeToken(HEX, 24)}`],
  },
  "scalingo-token": {
    finds: [`tk-us-${fakeToken(BASE64URL, 40)}`],
    skips: [`tk-us-${fakeToken(BASE64URL, 20)}`, "tk-us-"],
  },
  "apify-token": {
    finds: [`apify_api_${fakeToken(ALNUM, 34)}`],
    skips: [`apify_api_${fakeToken(ALNUM, 16)}`],
  },
  "scrapingant-key": {
    finds: [[`scrapingant_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`scrapingant_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "scrapingant_key = process.env.KEY"],
  },
  "scrapfly-key": {
    finds: [`scp-live-${fakeToken(HEX, 32)}`, `scp-test-${fakeToken(HEX, 32)}`],
    skips: [`scp-live-${fakeToken(HEX, 15)}`],
  },
  "pdfshift-key": {
    finds: [
      [`pdfshift_key = "sk_${fakeToken(HEX, 40)}"`, `sk_${fakeToken(HEX, 40)}`],
      [`PDFSHIFT_KEY: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`pdfshift_key = "sk_${fakeToken(HEX, 19)}"`, "pdfshift_key = process.env.KEY"],
  },
  "cloudmersive-key": {
    finds: [[`cloudmersive_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`cloudmersive_key = "${fakeToken(HEX, 8)}"`, "cloudmersive_key = process.env.KEY"],
  },
  "apitemplate-key": {
    finds: [[`apitemplate_key = "${fakeToken(ALNUM, 39)}"`, fakeToken(ALNUM, 39)]],
    skips: [`apitemplate_key = "${fakeToken(ALNUM, 18)}"`, "apitemplate_key = process.env.KEY"],
  },
  "browshot-key": {
    finds: [[`browshot_key = "${fakeToken(ALNUM, 28)}"`, fakeToken(ALNUM, 28)]],
    skips: [`browshot_key = "${fakeToken(ALNUM, 13)}"`, "browshot_key = process.env.KEY"],
  },
  "blazemeter-key": {
    finds: [[`blazemeter_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`blazemeter_key = "${fakeToken(HEX, 8)}"`, "blazemeter_key = process.env.KEY"],
  },
  "n8n-key": {
    finds: [`n8n_api_${fakeToken(HEX, 80)}`],
    skips: [`n8n_api_${fakeToken(HEX, 39)}`],
  },
  "inngest-signing-key": {
    finds: [`signkey-prod-${fakeToken(HEX, 64)}`],
    skips: [`signkey-prod-${fakeToken(HEX, 12)}`],
  },
  "capsolver-key": {
    finds: [`CAP-${fakeToken(UPPER_ALNUM, 32)}`, `CAP-${fakeToken(HEX, 32)}`],
    skips: [`CAP-${fakeToken(UPPER_ALNUM, 15)}`],
  },
  "bitly-token": {
    finds: [[`bitly_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`bitly_key = "${fakeToken(HEX, 19)}"`, "bitly_key = process.env.KEY"],
  },
  "rebrandly-key": {
    finds: [[`rebrandly_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`rebrandly_key = "${fakeToken(HEX, 15)}"`, "rebrandly_key = process.env.KEY"],
  },
  "dub-key": {
    finds: [`dub_${fakeToken(ALNUM, 24)}`],
    skips: [`dub_${fakeToken(ALNUM, 11)}`],
  },
  "lokalise-token": {
    finds: [[`lokalise_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`lokalise_key = "${fakeToken(HEX, 19)}"`, "lokalise_key = process.env.KEY"],
  },
  "transifex-token": {
    finds: [[`transifex_key = "1/${fakeToken(HEX, 40)}"`, `1/${fakeToken(HEX, 40)}`]],
    skips: [`transifex_key = "1/${fakeToken(HEX, 19)}"`, "transifex_key = process.env.KEY"],
  },
  "weblate-token": {
    finds: [`wlu_${fakeToken(ALNUM, 36)}`, `wlp_${fakeToken(ALNUM, 36)}`],
    skips: [`wlu_${fakeToken(ALNUM, 17)}`],
  },
  "buddyns-key": {
    finds: [[`buddyns_key = "${fakeToken(LOWER_ALNUM, 40)}"`, fakeToken(LOWER_ALNUM, 40)]],
    skips: [`buddyns_key = "${fakeToken(LOWER_ALNUM, 19)}"`, "buddyns_key = process.env.KEY"],
  },
  "apimetrics-key": {
    finds: [[`apimetrics_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`apimetrics_key = "${fakeToken(ALNUM, 15)}"`, "apimetrics_key = process.env.KEY"],
  },
  "detectlanguage-key": {
    finds: [[`detectlanguage_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`detectlanguage_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "detectlanguage_key = process.env.KEY"],
  },
  "diggernaut-key": {
    finds: [[`diggernaut_key = "${fakeToken(LOWER_ALNUM, 40)}"`, fakeToken(LOWER_ALNUM, 40)]],
    skips: [`diggernaut_key = "${fakeToken(LOWER_ALNUM, 19)}"`, "diggernaut_key = process.env.KEY"],
  },
  "kagi-key": named("kagi", `${fakeToken(BASE64URL, 11)}.${fakeToken(BASE64URL, 43)}`),
  "redirect-pizza-token": prefixed("rpa_", fakeToken(ALNUM, 30)),
})
