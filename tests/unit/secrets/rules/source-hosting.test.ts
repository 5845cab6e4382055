import { sourceHostingRules } from "../../../../src/secrets/rules/source-hosting.ts"
import { ALNUM, BASE64, BASE64URL, HEX, fakeToken } from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(sourceHostingRules, {
  "bitbucket-app-password": {
    finds: [`ATBB${fakeToken(ALNUM, 28)}`],
    skips: [`ATBB${fakeToken(ALNUM, 14)}`, "ATBB"],
  },
  "bitbucket-access-token": {
    finds: [`ATCTT3${fakeToken(BASE64URL, 60)}`],
    skips: [`ATCTT3${fakeToken(BASE64URL, 30)}`, "ATCTT3"],
  },
  "sourcegraph-token": {
    finds: [
      `sgp_${fakeToken(HEX, 40)}`,
      `sgp_${fakeToken(HEX, 16)}_${fakeToken(HEX, 40)}`,
      `sgp_local_${fakeToken(HEX, 40)}`,
    ],
    skips: [`sgp_${fakeToken(HEX, 20)}`],
  },
  "sourcegraph-legacy-token": {
    finds: [
      [`sourcegraph_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)],
      [`SOURCEGRAPH_KEY: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`sourcegraph_key = "${fakeToken(HEX, 20)}"`, "sourcegraph_key = process.env.KEY"],
  },
  "gitea-token": {
    finds: [
      [`gitea_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)],
      [`GITEA_KEY: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`gitea_key = "${fakeToken(HEX, 20)}"`, "gitea_key = process.env.KEY"],
  },
  "bitbucket-client-secret": named("bitbucket", fakeToken(ALNUM, 32)),
  "sourcegraph-license-key": prefixedAll([
    ["slk_", fakeToken(HEX, 64)],
    ["sgd_", fakeToken(HEX, 64)],
    ["sgs_", fakeToken(HEX, 64)],
  ]),
  "gogs-gitee-token": prefixed("gitee_pat_", fakeToken(HEX, 40)),
  "codeberg-token": named("codeberg", fakeToken(HEX, 40)),
  "bitbucket-data-center-token": prefixed("BBDC-", fakeToken(BASE64, 44)),
})
