import { dataPlatformsRules } from "../../../../src/secrets/rules/data-platforms.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  UPPER_HEX,
  fakeToken,
} from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(dataPlatformsRules, {
  "databricks-token": {
    finds: [
      `dapi${fakeToken(HEX, 32)}`,
      `dapi${fakeToken(HEX, 32)}-2`,
      `dapi${fakeToken(UPPER_HEX, 32)}`,
      `dkea${fakeToken(HEX, 32)}`,
    ],
    skips: [`dapi${fakeToken(HEX, 16)}`, "dapi"],
  },
  "databricks-oauth-secret": {
    finds: [`dose${fakeToken(HEX, 32)}`],
    skips: [`dose${fakeToken(HEX, 15)}`],
  },
  "tinybird-token": {
    finds: [`p.eyJ${fakeToken(BASE64URL, 100)}.${fakeToken(BASE64URL, 43)}`],
    skips: [`p.eyJ${fakeToken(BASE64URL, 9)}`],
  },
  "algolia-key": {
    finds: [[`algolia_key = "${fakeToken(LOWER_ALNUM, 32)}"`, fakeToken(LOWER_ALNUM, 32)]],
    skips: [`algolia_key = "${fakeToken(LOWER_ALNUM, 15)}"`, "algolia_key = process.env.KEY"],
  },
  "confluent-secret": {
    finds: [
      [`confluent_key = "${fakeToken(BASE64, 64)}"`, fakeToken(BASE64, 64)],
      [`CONFLUENT_KEY: ${fakeToken(BASE64, 64)}`, fakeToken(BASE64, 64)],
    ],
    skips: [`confluent_key = "${fakeToken(BASE64, 32)}"`, "confluent_key = process.env.KEY"],
  },
  "confluent-key": {
    finds: [`cflt${fakeToken(BASE64, 50)}`],
    skips: [`cflt${fakeToken(BASE64, 25)}`, "cflt"],
  },
  "elastic-key": {
    finds: [[`elastic_key = "${fakeToken(BASE64URL, 58)}"`, fakeToken(BASE64URL, 58)]],
    skips: [`elastic_key = "${fakeToken(BASE64URL, 28)}"`, "elastic_key = process.env.KEY"],
  },
  "elastic-cloud-key": {
    finds: [`essu_${fakeToken(BASE64URL, 70)}==`],
    skips: [`essu_${fakeToken(BASE64URL, 20)}`],
  },
  "clickhouse-cloud-key": {
    finds: [`4b1d${fakeToken(ALNUM, 38)}`],
    skips: [`4b1d${fakeToken(ALNUM, 18)}`],
  },
  "confluent-key-id": {
    finds: [[`confluent_key = "${fakeToken(ALNUM, 16)}"`, fakeToken(ALNUM, 16)]],
    skips: [`confluent_key = "${fakeToken(ALNUM, 7)}"`, "confluent_key = process.env.KEY"],
  },
  "meilisearch-key": {
    finds: [[`meili_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)]],
    skips: [`meili_key = "${fakeToken(HEX, 31)}"`, "meili_key = process.env.KEY"],
  },
  "metabase-key": {
    finds: [`mb_${fakeToken(BASE64, 43)}=`],
    skips: [`mb_${fakeToken(BASE64, 12)}=`, "mb_strtolower"],
  },
  "looker-secret": {
    finds: [
      [`looker_key = "${fakeToken(ALNUM, 24)}"`, fakeToken(ALNUM, 24)],
      [`LOOKER_KEY: ${fakeToken(ALNUM, 20)}`, fakeToken(ALNUM, 20)],
    ],
    skips: [`looker_key = "${fakeToken(ALNUM, 11)}"`, "looker_key = process.env.KEY"],
  },
  "dbt-cloud-token": {
    finds: [`dbtc_${fakeToken(BASE64URL, 30)}`, `dbtu_${fakeToken(BASE64URL, 30)}`],
    skips: [`dbtc_${fakeToken(BASE64URL, 14)}`],
  },
  "redash-key": {
    finds: [[`redash_key = "${fakeToken(ALNUM, 40)}"`, fakeToken(ALNUM, 40)]],
    skips: [`redash_key = "${fakeToken(ALNUM, 19)}"`, "redash_key = process.env.KEY"],
  },
  "snowflake-token": named("snowflake", fakeToken(BASE64URL, 150)),
})
