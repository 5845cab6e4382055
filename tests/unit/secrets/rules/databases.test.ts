import { databasesRules } from "../../../../src/secrets/rules/databases.ts"
import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(databasesRules, {
  "planetscale-token": {
    finds: [
      `pscale_tkn_${fakeToken(BASE64URL, 32)}`,
      `pscale_pw_${fakeToken(BASE64URL, 32)}`,
      `pscale_oauth_${fakeToken(BASE64URL, 32)}`,
    ],
    skips: [`pscale_tkn_${fakeToken(BASE64URL, 16)}`, "pscale_tkn_"],
  },
  "neon-key": {
    finds: [`napi_${fakeToken(LOWER_ALNUM, 48)}`],
    skips: [`napi_${fakeToken(LOWER_ALNUM, 24)}`, "napi_"],
  },
  "mongodb-atlas-service-account": {
    finds: [`mdb_sa_sk_${fakeToken(BASE64URL, 40)}`],
    skips: [`mdb_sa_sk_${fakeToken(BASE64URL, 20)}`, "mdb_sa_sk_"],
  },
  "databricks-token": {
    finds: [`dapi${fakeToken(HEX, 32)}`, `dose${fakeToken(HEX, 32)}`, `dkea${fakeToken(HEX, 32)}`],
    skips: [`dapi${fakeToken(HEX, 16)}`, "dapi"],
  },
  "contentful-token": {
    finds: [`CFPAT-${fakeToken(BASE64URL, 43)}`],
    skips: [`CFPAT-${fakeToken(BASE64URL, 21)}`, "CFPAT-"],
  },
  "fauna-key": {
    finds: [`fn${fakeToken(BASE64URL, 38)}`],
    skips: [`fn${fakeToken(BASE64URL, 19)}`, "fn"],
  },
  "airtable-token": {
    finds: [`pat${fakeToken(ALNUM, 14)}.${fakeToken(HEX, 64)}`],
    skips: [`pat${fakeToken(ALNUM, 14)}.x`, "pattern"],
  },
  "airtable-key": {
    finds: [
      [`airtable_key = "${fakeToken(ALNUM, 17)}"`, fakeToken(ALNUM, 17)],
      [`AIRTABLE: ${fakeToken(ALNUM, 17)}`, fakeToken(ALNUM, 17)],
    ],
    skips: [`airtable_key = "${fakeToken(ALNUM, 8)}"`, "airtable_key = process.env.KEY"],
  },
  "airtable-oauth-token": {
    finds: [`oaa${fakeToken(ALNUM, 14)}.v1.${fakeToken(BASE64URL, 80)}.${fakeToken(HEX, 64)}`],
    skips: [`oaa${fakeToken(ALNUM, 14)}.v1.x`],
  },
  "notion-token": {
    finds: [`ntn_${fakeToken(ALNUM, 40)}`],
    skips: [`ntn_${fakeToken(ALNUM, 20)}`, "ntn_"],
  },
  "notion-legacy-token": {
    finds: [`secret_${fakeToken(ALNUM, 43)}`],
    skips: [`secret_${fakeToken(ALNUM, 12)}`],
  },
  "cockroach-key": {
    finds: [`CCDB1_${fakeToken(ALNUM, 22)}_${fakeToken(ALNUM, 40)}`],
    skips: [`CCDB1_${fakeToken(ALNUM, 11)}`, "CCDB1_"],
  },
  "aiven-password": {
    finds: [`AVNS_${fakeToken(BASE64URL, 15)}`, `aivenv1${fakeToken(BASE64URL, 15)}`],
    skips: [`AVNS_${fakeToken(BASE64URL, 7)}`, "AVNS_"],
  },
  "xata-key": {
    finds: [`xau_${fakeToken(ALNUM, 32)}`],
    skips: [`xau_${fakeToken(ALNUM, 16)}`, "xau_"],
  },
  "tinybird-token": {
    finds: [`p.eyJ${fakeToken(BASE64URL, 100)}.${fakeToken(BASE64URL, 43)}`],
    skips: [`p.eyJ${fakeToken(BASE64URL, 9)}`],
  },
  "algolia-key": {
    finds: [
      [`algolia_key = "${fakeToken(HEX, 32)}"`, fakeToken(HEX, 32)],
      [`ALGOLIA: ${fakeToken(HEX, 32)}`, fakeToken(HEX, 32)],
    ],
    skips: [`algolia_key = "${fakeToken(HEX, 16)}"`, "algolia_key = process.env.KEY"],
  },
  "confluent-secret": {
    finds: [
      [`confluent_key = "${fakeToken(BASE64, 64)}"`, fakeToken(BASE64, 64)],
      [`CONFLUENT: ${fakeToken(BASE64, 64)}`, fakeToken(BASE64, 64)],
    ],
    skips: [`confluent_key = "${fakeToken(BASE64, 32)}"`, "confluent_key = process.env.KEY"],
  },
  "confluent-key": {
    finds: [`cflt${fakeToken(BASE64, 50)}`],
    skips: [`cflt${fakeToken(BASE64, 25)}`, "cflt"],
  },
  "odbc-password": {
    finds: [
      [`Server=db;Uid=app;Pwd=${fakeToken(ALNUM, 9)};Database=x`, fakeToken(ALNUM, 9)],
      [`Data Source=db;User ID=app;Password=${fakeToken(ALNUM, 9)};`, fakeToken(ALNUM, 9)],
    ],
    skips: ["Uid=app;Pwd=%PWD%;", `Password=\${DB_PASSWORD};`],
  },
  "elastic-key": {
    finds: [
      [`elastic_key = "${fakeToken(BASE64URL, 60)}"`, fakeToken(BASE64URL, 60)],
      [`ELASTIC: ${fakeToken(BASE64URL, 60)}`, fakeToken(BASE64URL, 60)],
    ],
    skips: [`elastic_key = "${fakeToken(BASE64URL, 30)}"`, "elastic_key = process.env.KEY"],
  },
})
