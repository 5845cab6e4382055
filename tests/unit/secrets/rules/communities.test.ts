import { communitiesRules } from "../../../../src/secrets/rules/communities.ts"
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
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(communitiesRules, {
  "twitch-irc-token": {
    finds: [`oauth:${fakeToken(LOWER_ALNUM, 30)}`],
    skips: [`oauth:${fakeToken(LOWER_ALNUM, 15)}`, "oauth:"],
  },
  "facebook-token": {
    finds: [`EAAG${fakeToken(ALNUM, 120)}`, `EAACEdEose0cBA${fakeToken(ALNUM, 120)}`],
    skips: [`EAAG${fakeToken(ALNUM, 20)}`],
  },
  "twitter-bearer": {
    finds: [`AAAAAAAAAAAAAAAAAAAAAA${fakeToken(ALNUM, 90)}`],
    skips: ["AAAAAAAAAAAAAAAAAAAAAA"],
  },
  "pinterest-token": prefixedAll([
    ["pina_", fakeToken(UPPER_ALNUM, 64)],
    ["pina_", fakeToken(BASE64URL, 64)],
  ]),
  "linkedin-client-secret": {
    finds: [`WPL_AP1.${fakeToken(ALNUM, 16)}.${fakeToken(ALNUM, 8)}==`],
    skips: ["WPL_AP1.x"],
  },
  "facebook-app-token": {
    finds: [
      [
        `facebook_token = "${fakeToken(DIGITS, 15)}|${fakeToken(BASE64URL, 27)}"`,
        `${fakeToken(DIGITS, 15)}|${fakeToken(BASE64URL, 27)}`,
      ],
    ],
    skips: [`facebook_token = "${fakeToken(DIGITS, 15)}"`],
  },
  "instagram-token": {
    finds: [
      `IGQV${fakeToken(BASE64URL, 60)}`,
      `IGAA${fakeToken(BASE64URL, 60)}`,
      `IGQW${fakeToken(BASE64URL, 60)}`,
    ],
    skips: [`IGQV${fakeToken(BASE64URL, 29)}`],
  },
  "steam-key": {
    finds: [[`steam_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`steam_key = "${fakeToken(HEX, 15)}"`, "steam_key = process.env.KEY"],
  },
  "riot-key": {
    finds: [`RGAPI-${fakeUuid()}`],
    skips: [`RGAPI-${fakeToken(HEX, 8)}`],
  },
  "bluesky-app-password": {
    finds: [
      [
        `bluesky_key = "${fakeToken(LOWER_ALNUM, 4)}-${fakeToken(LOWER_ALNUM, 4, 2)}-${fakeToken(LOWER_ALNUM, 4, 3)}-${fakeToken(LOWER_ALNUM, 4, 4)}"`,
        `${fakeToken(LOWER_ALNUM, 4)}-${fakeToken(LOWER_ALNUM, 4, 2)}-${fakeToken(LOWER_ALNUM, 4, 3)}-${fakeToken(LOWER_ALNUM, 4, 4)}`,
      ],
    ],
    skips: [`bluesky_key = "${fakeToken(LOWER_ALNUM, 1)}"`, "bluesky_key = process.env.KEY"],
  },
  "mastodon-token": {
    finds: [[`mastodon_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`mastodon_key = "${fakeToken(BASE64URL, 20)}"`, "mastodon_key = process.env.KEY"],
  },
  "disqus-key": {
    finds: [[`disqus_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)]],
    skips: [`disqus_key = "${fakeToken(ALNUM, 31)}"`, "disqus_key = process.env.KEY"],
  },
  "deviantart-secret": {
    finds: [
      [`deviantart_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`DEVIANTART_KEY: ${fakeToken(HEX, 50)}`, fakeToken(HEX, 50)],
    ],
    skips: [`deviantart_key = "${fakeToken(HEX, 15)}"`, "deviantart_key = process.env.KEY"],
  },
  "discourse-key": {
    finds: [[`discourse_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`discourse_key = "${fakeToken(HEX, 31)}"`, "discourse_key = process.env.KEY"],
  },
  "ayrshare-key": {
    finds: [
      [
        `ayrshare_key = "${fakeToken(UPPER_ALNUM, 8)}-${fakeToken(UPPER_ALNUM, 8, 2)}-${fakeToken(UPPER_ALNUM, 8, 3)}-${fakeToken(UPPER_ALNUM, 8, 4)}"`,
        `${fakeToken(UPPER_ALNUM, 8)}-${fakeToken(UPPER_ALNUM, 8, 2)}-${fakeToken(UPPER_ALNUM, 8, 3)}-${fakeToken(UPPER_ALNUM, 8, 4)}`,
      ],
      [
        `AYRSHARE: ${fakeToken(UPPER_ALNUM, 7)}-${fakeToken(UPPER_ALNUM, 7, 2)}-${fakeToken(UPPER_ALNUM, 7, 3)}-${fakeToken(UPPER_ALNUM, 7, 4)}`,
        `${fakeToken(UPPER_ALNUM, 7)}-${fakeToken(UPPER_ALNUM, 7, 2)}-${fakeToken(UPPER_ALNUM, 7, 3)}-${fakeToken(UPPER_ALNUM, 7, 4)}`,
      ],
    ],
    skips: [`ayrshare_key = "${fakeToken(UPPER_ALNUM, 3)}"`, "ayrshare_key = process.env.KEY"],
  },
  "tiktok-token": {
    finds: [`act.${fakeToken(ALNUM, 60)}`, `rft.${fakeToken(ALNUM, 60)}`],
    skips: [`act.${fakeToken(ALNUM, 29)}`],
  },
  "pinterest-secret": {
    finds: [[`pinterest_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`pinterest_key = "${fakeToken(HEX, 19)}"`, "pinterest_key = process.env.KEY"],
  },
  "flickr-token": named("flickr", fakeToken(LOWER_ALNUM, 32)),
  "lichess-token": prefixed("lip_", fakeToken(ALNUM, 20)),
})
