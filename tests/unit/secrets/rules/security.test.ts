import { securityRules } from "../../../../src/secrets/rules/security.ts"
import { ALNUM, BASE64, BASE64URL, HEX, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(securityRules, {
  "snyk-service-token": prefixed("snyk_uat.", `${fakeToken(HEX, 8)}.${fakeToken(BASE64URL, 120)}`, 15),
  "socket-token": prefixed("sktsec_", `${fakeToken(ALNUM, 44)}_api`),
  "endor-labs-key": prefixed("endr+", fakeToken(ALNUM, 16)),
  "aikido-ci-token": prefixed("AIK_CI_", fakeToken(ALNUM, 24)),
  "aikido-client-secret": prefixed("AIK_SECRET_", fakeToken(ALNUM, 64)),
  "stackhawk-key": prefixed("hawk.", `${fakeToken(ALNUM, 20)}.${fakeToken(ALNUM, 20)}`),
  "dependency-track-key": prefixedAll([
    ["odt_", fakeToken(ALNUM, 32)],
    ["odt_", `${fakeToken(ALNUM, 8)}_${fakeToken(ALNUM, 32)}`],
  ]),
  "detectify-key": named("detectify", fakeToken(HEX, 32)),
  "veracode-key": prefixed("vera01eis-", fakeToken(HEX, 128)),
  "tenable-key": named("tenable", fakeToken(HEX, 64)),
  "trend-micro-key": prefixed("tmc1", `${fakeToken(ALNUM, 28)}:${fakeToken(ALNUM, 64)}`),
  "trend-micro-deep-security-key": {
    finds: [
      [
        `api-secret-key: ${fakeUuid()}:${fakeUuid()}:${fakeToken(BASE64, 43)}=`,
        `${fakeUuid()}:${fakeUuid()}:${fakeToken(BASE64, 43)}=`,
      ],
    ],
    skips: [`api-secret-key: ${fakeUuid()}`],
  },
  "lacework-secret": named("lacework", `_${fakeToken(HEX, 31)}`),
  "nightfall-key": prefixed("NF-", fakeToken(ALNUM, 32)),
  "virustotal-key": named("virustotal", fakeToken(HEX, 64)),
  "shodan-key": named("shodan", fakeToken(ALNUM, 32)),
  "abuseipdb-key": named("abuseipdb", fakeToken(HEX, 80)),
  "urlscan-key": named("urlscan", fakeUuid()),
  "censys-secret": named("censys", fakeToken(ALNUM, 32)),
  "sslmate-key": named("sslmate", fakeToken(ALNUM, 36)),
  "wiz-client-secret": named("wiz_client", fakeToken(ALNUM, 64)),
})
