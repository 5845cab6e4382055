import { registriesRules } from "../../../../src/secrets/rules/registries.ts"
import {
  ALNUM,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  fakeBase64,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(registriesRules, {
  "npm-token": {
    finds: [`npm_${fakeToken(ALNUM, 36)}`],
    skips: [`npm_${fakeToken(ALNUM, 18)}`, "npm_"],
  },
  "npmrc-auth": {
    finds: [
      [`//registry.example.test/:_authToken=${fakeToken(ALNUM, 30)}`, fakeToken(ALNUM, 30)],
      [`_auth = ${fakeBase64(20)}`, fakeBase64(20)],
    ],
    skips: [`_authToken=\${NPM_TOKEN}`, "_authToken="],
  },
  "pypi-token": {
    finds: [`pypi-AgEIcHlwaS5vcmc${fakeToken(BASE64URL, 70)}`],
    skips: [`pypi-AgEIcHlwaS5vcmc${fakeToken(BASE64URL, 10)}`],
  },
  "rubygems-key": {
    finds: [`rubygems_${fakeToken(HEX, 48)}`],
    skips: [`rubygems_${fakeToken(HEX, 24)}`, "rubygems_"],
  },
  "nuget-key": {
    finds: [`oy2${fakeToken(LOWER_ALNUM, 43)}`],
    skips: [`oy2${fakeToken(LOWER_ALNUM, 21)}`, "oy2"],
  },
  "crates-io-token": {
    finds: [`cio${fakeToken(ALNUM, 32)}`],
    skips: [`cio${fakeToken(ALNUM, 16)}`, "cio"],
  },
  "docker-hub-token": {
    finds: [`dckr_pat_${fakeToken(BASE64URL, 27)}`],
    skips: [`dckr_pat_${fakeToken(BASE64URL, 13)}`, "dckr_pat_"],
  },
  "artifactory-token": {
    finds: [`AKCp${fakeToken(ALNUM, 69)}`, `cmVmdGtu${fakeToken(ALNUM, 56)}`, `AP6${fakeToken(ALNUM, 40)}`],
    skips: [`AKCp${fakeToken(ALNUM, 5)}`, "APPLICATION", "AP"],
  },
  "clojars-token": {
    finds: [`CLOJARS_${fakeToken(LOWER_ALNUM, 60)}`],
    skips: [`CLOJARS_${fakeToken(LOWER_ALNUM, 30)}`, "CLOJARS_"],
  },
  "packagist-token": {
    finds: [
      `packagist_ack_${fakeToken(HEX, 32)}`,
      `packagist_acs_${fakeToken(HEX, 32)}`,
      `packagist_ort_${fakeToken(HEX, 32)}`,
      `packagist_out_${fakeToken(HEX, 32)}`,
      `packagist_uut_${fakeToken(HEX, 32)}`,
    ],
    skips: [`packagist_ack_${fakeToken(HEX, 16)}`, "packagist_ack_"],
  },
  "jfrog-reference-token": {
    finds: [`jfrt@${fakeToken(LOWER_ALNUM, 26)}`],
    skips: [`jfrt@${fakeToken(LOWER_ALNUM, 13)}`, "jfrt@"],
  },
  "jsr-token": {
    finds: [`jsrp_${fakeToken(ALNUM, 20)}`, `jsrd_${fakeToken(ALNUM, 20)}`, `jsrw_${fakeToken(ALNUM, 20)}`],
    skips: [`jsrp_${fakeToken(ALNUM, 10)}`, "jsrp_"],
  },
  "docker-hub-org-token": prefixed("dckr_oat_", fakeToken(BASE64URL, 32)),
  "pyx-token": prefixedAll([
    ["sk-pyx-", fakeToken(ALNUM, 64)],
    ["tp-pyx-", fakeToken(ALNUM, 64)],
  ]),
  "openvsx-token": prefixed("ovsxat_", fakeUuid()),
  "hex-pm-key": named("hexpm", fakeToken(HEX, 32)),
  "packagecloud-token": named("packagecloud", fakeToken(HEX, 48)),
  "gemfury-token": named("gemfury", fakeToken(ALNUM, 20)),
  "anaconda-token": named("anaconda", `ab-${fakeUuid()}`),
  "nuget-key-plain": named("nuget_api", fakeUuid()),
  "npm-legacy-token": named("_authtoken", fakeUuid()),
  "nexus-token": {
    finds: [`NpmToken.${fakeUuid()}`],
    skips: ["NpmToken.create", fakeUuid()],
  },
  "testpypi-token": prefixed("pypi-AgENdGVzdC5weXBpLm9yZ", fakeToken(BASE64URL, 80)),
  "jfrog-key-plain": named("artifactory", fakeToken(ALNUM, 73)),
  "sidekiq-gem-credential": {
    finds: [
      [
        `BUNDLE_ENTERPRISE__CONTRIBSYS__COM=${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}`,
        `${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}`,
      ],
      [
        `bundle config gems.contribsys.com ${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}`,
        `${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}`,
      ],
    ],
    skips: [`gems.contribsys.com ${fakeToken(HEX, 8)}`, "BUNDLE_GEMS__CONTRIBSYS__COM=${SIDEKIQ}"],
  },
  "sidekiq-gem-url": {
    finds: [
      [
        `source "https://${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}@gems.contribsys.com/"`,
        `${fakeToken(HEX, 8)}:${fakeToken(HEX, 8, 2)}`,
      ],
    ],
    skips: ["https://gems.contribsys.com/", `https://${fakeToken(HEX, 8)}@gems.contribsys.com/`],
  },
  "cloudsmith-key": prefixed("csa_", fakeToken(HEX, 30) + fakeToken(ALNUM, 6)),
})
