import { selfHostedRules } from "../../../../src/secrets/rules/self-hosted.ts"
import { ALNUM, BASE64URL, HEX, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(selfHostedRules, {
  "plex-token": {
    finds: [[`x-plex-token_key = "${fakeToken(BASE64URL, 20)}"`, fakeToken(BASE64URL, 20)]],
    skips: [`x-plex-token_key = "${fakeToken(BASE64URL, 9)}"`, "x-plex-token_key = process.env.KEY"],
  },
  "servarr-key": {
    finds: [[`sonarr_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`sonarr_key = "${fakeToken(HEX, 15)}"`, "sonarr_key = process.env.KEY"],
  },
  "jellyfin-key": {
    finds: [[`jellyfin_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)]],
    skips: [`jellyfin_key = "${fakeToken(HEX, 15)}"`, "jellyfin_key = process.env.KEY"],
  },
  "immich-key": {
    finds: [[`immich_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)]],
    skips: [`immich_key = "${fakeToken(ALNUM, 19)}"`, "immich_key = process.env.KEY"],
  },
  "paperless-token": {
    finds: [[`paperless_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`paperless_key = "${fakeToken(HEX, 19)}"`, "paperless_key = process.env.KEY"],
  },
  "uptime-kuma-key": {
    finds: [`uk1_${fakeToken(BASE64URL, 40)}`],
    skips: [`uk1_${fakeToken(BASE64URL, 12)}`],
  },
  "outline-key": {
    finds: [`ol_api_${fakeToken(ALNUM, 38)}`],
    skips: [`ol_api_${fakeToken(ALNUM, 18)}`],
  },
  "openproject-key": {
    finds: [
      [`openproject_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`OPENPROJECT_KEY: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`openproject_key = "${fakeToken(HEX, 31)}"`, "openproject_key = process.env.KEY"],
  },
  "redmine-key": {
    finds: [[`redmine_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`redmine_key = "${fakeToken(HEX, 19)}"`, "redmine_key = process.env.KEY"],
  },
  "bookstack-token": {
    finds: [
      [
        `bookstack_token = "${fakeToken(ALNUM, 32)}:${fakeToken(ALNUM, 32, 2)}"`,
        `${fakeToken(ALNUM, 32)}:${fakeToken(ALNUM, 32, 2)}`,
      ],
      [`BOOKSTACK_KEY: ${fakeToken(ALNUM, 32)}`, fakeToken(ALNUM, 32)],
    ],
    skips: [`bookstack_token = "${fakeToken(ALNUM, 15)}"`, "bookstack_token = process.env.KEY"],
  },
  "zabbix-token": {
    finds: [[`zabbix_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`zabbix_key = "${fakeToken(HEX, 31)}"`, "zabbix_key = process.env.KEY"],
  },
  "grist-key": {
    finds: [[`grist_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`grist_key = "${fakeToken(HEX, 19)}"`, "grist_key = process.env.KEY"],
  },
  "nocodb-token": {
    finds: [[`nocodb_key = "${fakeToken(BASE64URL, 40)}"`, fakeToken(BASE64URL, 40)]],
    skips: [`nocodb_key = "${fakeToken(BASE64URL, 19)}"`, "nocodb_key = process.env.KEY"],
  },
  "baserow-token": {
    finds: [[`baserow_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)]],
    skips: [`baserow_key = "${fakeToken(ALNUM, 15)}"`, "baserow_key = process.env.KEY"],
  },
  "pihole-key": {
    finds: [[`pihole_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`pihole_key = "${fakeToken(HEX, 31)}"`, "pihole_key = process.env.KEY"],
  },
  "netbox-token": {
    finds: [[`netbox_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)]],
    skips: [`netbox_key = "${fakeToken(HEX, 19)}"`, "netbox_key = process.env.KEY"],
  },
  "grocy-key": {
    finds: [[`grocy_key = "${fakeToken(ALNUM, 50)}"`, fakeToken(ALNUM, 50)]],
    skips: [`grocy_key = "${fakeToken(ALNUM, 24)}"`, "grocy_key = process.env.KEY"],
  },
  "healthchecks-ping": {
    finds: [
      [`https://hc-ping.com/${fakeUuid()}`, fakeUuid()],
      [`https://hc-ping.com/${fakeToken(BASE64URL, 22)}/nightly`, fakeToken(BASE64URL, 22)],
    ],
    skips: ["https://hc-ping.com/your-uuid-here"],
  },
})
