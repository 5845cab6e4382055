import { databasesRules } from "../../../../src/secrets/rules/databases.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(databasesRules, {
  "planetscale-token": {
    finds: [`pscale_tkn_${fakeToken(BASE64URL, 32)}`],
    skips: [`pscale_tkn_${fakeToken(BASE64URL, 16)}`, "pscale_tkn_"],
  },
  "planetscale-password": {
    finds: [`pscale_pw_${fakeToken(BASE64URL, 32)}`],
    skips: [`pscale_pw_${fakeToken(BASE64URL, 16)}`, "pscale_pw_"],
  },
  "planetscale-oauth-token": {
    finds: [`pscale_oauth_${fakeToken(BASE64URL, 32)}`],
    skips: [`pscale_oauth_${fakeToken(BASE64URL, 16)}`, "pscale_oauth_"],
  },
  "neon-key": {
    finds: [`napi_${fakeToken(LOWER_ALNUM, 48)}`],
    skips: [`napi_${fakeToken(LOWER_ALNUM, 24)}`, "napi_"],
  },
  "mongodb-atlas-service-account": {
    finds: [`mdb_sa_sk_${fakeToken(BASE64URL, 40)}`],
    skips: [`mdb_sa_sk_${fakeToken(BASE64URL, 20)}`, "mdb_sa_sk_"],
  },
  "fauna-key": {
    finds: [`fn${fakeToken(BASE64URL, 38)}`],
    skips: [`fn${fakeToken(BASE64URL, 19)}`, "fn"],
  },
  "cockroach-key": {
    finds: [`CCDB1_${fakeToken(ALNUM, 22)}_${fakeToken(ALNUM, 40)}`],
    skips: [`CCDB1_${fakeToken(ALNUM, 11)}`, "CCDB1_"],
  },
  "aiven-password": {
    finds: [`AVNS_${fakeToken(BASE64URL, 15)}`],
    skips: [`AVNS_${fakeToken(BASE64URL, 6)}`],
  },
  "aiven-token": {
    finds: [`aivenv1${fakeToken(BASE64URL, 40)}`],
    skips: [`aivenv1${fakeToken(BASE64URL, 19)}`],
  },
  "xata-key": {
    finds: [`xau_${fakeToken(ALNUM, 32)}`],
    skips: [`xau_${fakeToken(ALNUM, 16)}`, "xau_"],
  },
  "odbc-password": {
    finds: [
      [`Server=db;Uid=app;Pwd=${fakeToken(ALNUM, 9)};Database=x`, fakeToken(ALNUM, 9)],
      [`Data Source=db;User ID=app;Password=${fakeToken(ALNUM, 9)};`, fakeToken(ALNUM, 9)],
    ],
    skips: [
      "Uid=app;Pwd=%PWD%;",
      `Password=\${DB_PASSWORD};`,
      "char *password = nothing;",
      "let pwd = current;",
    ],
  },
  "mongodb-atlas-key": {
    finds: [[`mongodb_atlas_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`mongodb_atlas_key = "${fakeToken(HEX, 8)}"`, "mongodb_atlas_key = process.env.KEY"],
  },
  "upstash-token": {
    finds: [
      [`upstash_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)],
      [`UPSTASH: A${fakeToken(BASE64URL, 50)}`, `A${fakeToken(BASE64URL, 50)}`],
    ],
    skips: [`upstash_key = "${fakeToken(ALNUM, 15)}"`, "upstash_key = process.env.KEY"],
  },
  "upstash-management-key": {
    finds: [[`upstash_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: [`upstash_key = "${fakeToken(HEX, 8)}"`, "upstash_key = process.env.KEY"],
  },
  "datastax-token": {
    finds: [`AstraCS:${fakeToken(ALNUM, 24)}:${fakeToken(HEX, 64)}`],
    skips: [`AstraCS:${fakeToken(ALNUM, 11)}`],
  },
  "convex-deploy-key": {
    finds: [`prod:happy-otter-123|${fakeToken(BASE64, 80)}`],
    skips: [`prod:happy-otter-123|${fakeToken(BASE64, 8)}`, "dev: yes | no"],
  },
  "couchbase-capella-key": {
    finds: [[`couchbase_key = "${fakeToken(BASE64, 60)}"`, fakeToken(BASE64, 60)]],
    skips: [`couchbase_key = "${fakeToken(BASE64, 29)}"`, "couchbase_key = process.env.KEY"],
  },
  "influxdb-token": {
    finds: [
      [`influx_key = "${fakeToken(BASE64URL, 86)}=="`, `${fakeToken(BASE64URL, 86)}==`],
      [`INFLUXDB_V2_TOKEN=${fakeToken(BASE64, 86)}==`, `${fakeToken(BASE64, 86)}==`],
    ],
    skips: [`influx_key = "${fakeToken(BASE64URL, 42)}"`, "influx_key = process.env.KEY"],
  },
  "rockset-key": {
    finds: [[`rockset_key = "${fakeToken(ALNUM, 64)}"`, fakeToken(ALNUM, 64)]],
    skips: [`rockset_key = "${fakeToken(ALNUM, 31)}"`, "rockset_key = process.env.KEY"],
  },
  "neo4j-aura-password": {
    finds: [[`neo4j_key = "${fakeToken(BASE64URL, 43)}"`, fakeToken(BASE64URL, 43)]],
    skips: [`neo4j_key = "${fakeToken(BASE64URL, 20)}"`, "neo4j_key = process.env.KEY"],
  },
  "materialize-app-password": {
    finds: [
      `mzp_${fakeToken(HEX, 64)}`,
      `mzp_${fakeToken(BASE64URL, 43)}`,
      `mzp_${fakeUuid()}:${fakeUuid()}`,
    ],
    skips: [`mzp_${fakeToken(HEX, 31)}`, `mzp_${fakeUuid()}`],
  },
  "aiven-token-plain": named("aiven", fakeToken(BASE64, 372)),
})
