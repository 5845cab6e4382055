import { contentRules } from "../../../../src/secrets/rules/content.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  DIGITS,
  HEX,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(contentRules, {
  "contentful-token": {
    finds: [`CFPAT-${fakeToken(BASE64URL, 43)}`],
    skips: [`CFPAT-${fakeToken(BASE64URL, 21)}`, "CFPAT-"],
  },
  "readme-key": {
    finds: [`rdme_${fakeToken(LOWER_ALNUM, 60)}`],
    skips: [`rdme_${fakeToken(LOWER_ALNUM, 30)}`, "rdme_"],
  },
  "frameio-token": {
    finds: [`fio-u-${fakeToken(BASE64URL, 56)}`],
    skips: [`fio-u-${fakeToken(BASE64URL, 28)}`, "fio-u-"],
  },
  "adobe-secret": {
    finds: [`p8e-${fakeToken(BASE64URL, 28)}`],
    skips: [`p8e-${fakeToken(BASE64URL, 14)}`, "p8e-"],
  },
  "beamer-token": {
    finds: [`b_${fakeToken(BASE64URL, 44)}`],
    skips: [`b_${fakeToken(BASE64URL, 22)}`, "b_"],
  },
  "gitbook-token": {
    finds: [`gb_api_${fakeToken(ALNUM, 40)}`],
    skips: ["gb_api_abc"],
  },
  "contentful-delivery-token": {
    finds: [[`contentful_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`contentful_key = "${fakeToken(BASE64URL, 20)}"`, "contentful_key = process.env.KEY"],
  },
  "sanity-token": {
    finds: [[`sanity_key = "sk${fakeToken(ALNUM, 60)}"`, `sk${fakeToken(ALNUM, 60)}`]],
    skips: [`sanity_key = "sk${fakeToken(ALNUM, 29)}"`, "sanity_key = process.env.KEY"],
  },
  "prismic-token": {
    finds: [[`prismic_key = "MC5${fakeToken(BASE64URL, 30)}"`, `MC5${fakeToken(BASE64URL, 30)}`]],
    skips: [`prismic_key = "MC5${fakeToken(BASE64URL, 14)}"`, "prismic_key = process.env.KEY"],
  },
  "storyblok-token": {
    finds: [
      [`storyblok_key = "${fakeToken(ALNUM, 22)}tt"`, `${fakeToken(ALNUM, 22)}tt`],
      [`STORYBLOK_KEY: ${fakeToken(BASE64URL, 60)}`, fakeToken(BASE64URL, 60)],
    ],
    skips: [`storyblok_key = "${fakeToken(ALNUM, 10)}"`, "storyblok_key = process.env.KEY"],
  },
  "strapi-token": {
    finds: [[`strapi_key = "${fakeToken(HEX, 256)}"`, fakeToken(HEX, 256)]],
    skips: [`strapi_key = "${fakeToken(HEX, 127)}"`, "strapi_key = process.env.KEY"],
  },
  "ghost-admin-key": {
    finds: [
      [
        `GHOST_ADMIN_API_KEY=${fakeToken(HEX, 24)}:${fakeToken(HEX, 64)}`,
        `${fakeToken(HEX, 24)}:${fakeToken(HEX, 64)}`,
      ],
    ],
    skips: [`GHOST_ADMIN_API_KEY=${fakeToken(HEX, 24)}`],
  },
  "ghost-content-key": {
    finds: [[`ghost_content_key = "${fakeToken(HEX, 26)}"`, fakeToken(HEX, 26)]],
    skips: [`ghost_content_key = "${fakeToken(HEX, 12)}"`, "ghost_content_key = process.env.KEY"],
  },
  "buttercms-token": {
    finds: [[`buttercms_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`buttercms_key = "${fakeToken(HEX, 19)}"`, "buttercms_key = process.env.KEY"],
  },
  "builder-io-key": {
    finds: [`bpk-${fakeToken(HEX, 32)}`],
    skips: [`bpk-${fakeToken(HEX, 15)}`],
  },
  "webflow-token": {
    finds: [[`webflow_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`webflow_key = "${fakeToken(HEX, 31)}"`, "webflow_key = process.env.KEY"],
  },
  "canva-secret": {
    finds: [`cnvca${fakeToken(BASE64URL, 51)}`],
    skips: [`cnvca${fakeToken(BASE64URL, 24)}`],
  },
  "unsplash-key": {
    finds: [[`unsplash_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`unsplash_key = "${fakeToken(BASE64URL, 20)}"`, "unsplash_key = process.env.KEY"],
  },
  "pixabay-key": {
    finds: [
      [
        `pixabay_key = "${fakeToken(DIGITS, 7)}-${fakeToken(LOWER_ALNUM, 25)}"`,
        `${fakeToken(DIGITS, 7)}-${fakeToken(LOWER_ALNUM, 25)}`,
      ],
    ],
    skips: [`pixabay_key = "${fakeToken(DIGITS, 2)}"`, "pixabay_key = process.env.KEY"],
  },
  "bannerbear-key": {
    finds: [
      [`bannerbear_key = "${fakeToken(ALNUM, 22)}tt"`, `${fakeToken(ALNUM, 22)}tt`],
      [`BANNERBEAR: bb_pr_${fakeToken(HEX, 30)}`, `bb_pr_${fakeToken(HEX, 30)}`],
      [`bannerbear_key = "bb_ma_${fakeToken(HEX, 30)}"`, `bb_ma_${fakeToken(HEX, 30)}`],
    ],
    skips: [`bannerbear_key = "${fakeToken(ALNUM, 10)}"`, "bannerbear_key = process.env.KEY"],
  },
  "wistia-token": {
    finds: [[`wistia_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`wistia_key = "${fakeToken(HEX, 31)}"`, "wistia_key = process.env.KEY"],
  },
  "mux-secret": {
    finds: [
      [`mux_token_key = "${fakeToken(BASE64, 75)}"`, fakeToken(BASE64, 75)],
      [`MUX_SECRET: ${fakeUuid()}`, fakeUuid()],
    ],
    skips: [`mux_token_key = "${fakeToken(BASE64, 36)}"`, "mux_token_key = process.env.KEY"],
  },
  "lastfm-key": {
    finds: [[`lastfm_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`lastfm_key = "${fakeToken(HEX, 15)}"`, "lastfm_key = process.env.KEY"],
  },
  "audd-token": {
    finds: [[`audd_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`audd_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "audd_key = process.env.KEY"],
  },
  "adobe-client-id": {
    finds: [[`adobe_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`adobe_key = "${fakeToken(HEX, 15)}"`, "adobe_key = process.env.KEY"],
  },
  "cloudimage-key": {
    finds: [[`cloudimage_key = "${fakeToken(ALNUM, 30)}"`, fakeToken(ALNUM, 30)]],
    skips: [`cloudimage_key = "${fakeToken(ALNUM, 14)}"`, "cloudimage_key = process.env.KEY"],
  },
  "happyscribe-key": {
    finds: [[`happyscribe_key = "${fakeToken(ALNUM, 24)}"`, fakeToken(ALNUM, 24)]],
    skips: [`happyscribe_key = "${fakeToken(ALNUM, 11)}"`, "happyscribe_key = process.env.KEY"],
  },
  "contentstack-token": {
    finds: [[`contentstack_key = "cs${fakeToken(HEX, 16)}"`, `cs${fakeToken(HEX, 16)}`]],
    skips: [`contentstack_key = "cs${fakeToken(HEX, 7)}"`, "contentstack_key = process.env.KEY"],
  },
})
