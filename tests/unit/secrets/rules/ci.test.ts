import { ciRules } from "../../../../src/secrets/rules/ci.ts"
import {
  ALNUM,
  BASE64URL,
  HEX,
  LETTERS,
  LOWER_ALNUM,
  UPPER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { prefixedAll, testRules } from "./rule-cases.ts"

testRules(ciRules, {
  "circleci-token": {
    finds: [
      `CCIPAT_${fakeToken(ALNUM, 22)}_${fakeToken(HEX, 40)}`,
      `CCIPRJ_${fakeToken(ALNUM, 22)}_${fakeToken(HEX, 40)}`,
    ],
    skips: [`CCIPAT_${fakeToken(ALNUM, 22)}`],
  },
  "circleci-token-plain": {
    finds: [
      [`circleci_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)],
      [`CIRCLECI_KEY: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`circleci_key = "${fakeToken(HEX, 20)}"`, "circleci_key = process.env.KEY"],
  },
  "buildkite-token": prefixedAll([
    ["bkua_", fakeToken(LOWER_ALNUM, 53)],
    ["bkaa_", fakeToken(BASE64URL, 75)],
    ["bkaj_", fakeToken(BASE64URL, 333)],
    ["bkar_", fakeToken(BASE64URL, 73)],
    ["bkat_", fakeToken(ALNUM, 40)],
    ["bkct_", fakeToken(BASE64URL, 73)],
    ["bkpat_", fakeToken(BASE64URL, 54)],
    ["bkpt_", fakeToken(BASE64URL, 199)],
    ["bkps_", fakeToken(BASE64URL, 64)],
  ]),
  "travis-token": {
    finds: [
      [`travis_token_key = "${fakeToken(BASE64URL, 22)}"`, fakeToken(BASE64URL, 22)],
      [`TRAVIS_TOKEN: ${fakeToken(BASE64URL, 22)}`, fakeToken(BASE64URL, 22)],
    ],
    skips: [`travis_token_key = "${fakeToken(BASE64URL, 11)}"`, "travis_token_key = process.env.KEY"],
  },
  "octopus-deploy-key": {
    finds: [`API-${fakeToken(UPPER_ALNUM, 29)}`],
    skips: [`API-${fakeToken(UPPER_ALNUM, 9)}`, "API-REFERENCEDOCUMENTATIONPAGES"],
  },
  "harness-token": {
    finds: [`pat.${fakeToken(ALNUM, 22)}.${fakeToken(HEX, 24)}.${fakeToken(ALNUM, 20)}`],
    skips: [`pat.${fakeToken(ALNUM, 22)}.x`],
  },
  "sonar-token": {
    finds: [
      `sqp_${fakeToken(HEX, 40)}`,
      `squ_${fakeToken(HEX, 40)}`,
      `sqa_${fakeToken(HEX, 40)}`,
      `sqb_${fakeToken(HEX, 40)}`,
    ],
    skips: [`sqp_${fakeToken(HEX, 20)}`, "sqp_"],
  },
  "sonar-token-plain": {
    finds: [
      [`sonar.login_key = "${fakeToken(HEX, 40)}"`, fakeToken(HEX, 40)],
      [`SONAR.LOGIN_KEY: ${fakeToken(HEX, 40)}`, fakeToken(HEX, 40)],
    ],
    skips: [`sonar.login_key = "${fakeToken(HEX, 20)}"`, "sonar.login_key = process.env.KEY"],
  },
  "appveyor-token": {
    finds: [`v2.${fakeToken(LOWER_ALNUM, 20)}`],
    skips: [`v2.${fakeToken(LOWER_ALNUM, 8)}`, "v2.0"],
  },
  "prefect-key": {
    finds: [`pnu_${fakeToken(LOWER_ALNUM, 36)}`, `pnb_${fakeToken(LOWER_ALNUM, 36)}`],
    skips: [`pnu_${fakeToken(LOWER_ALNUM, 18)}`, "pnu_"],
  },
  "snyk-token": {
    finds: [[`snyk_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["snyk_key = none"],
  },
  "codecov-token": {
    finds: [[`codecov_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["codecov_key = none"],
  },
  "coveralls-token": {
    finds: [
      [`coveralls_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)],
      [`COVERALLS_KEY: ${fakeToken(ALNUM, 32)}`, fakeToken(ALNUM, 32)],
    ],
    skips: [`coveralls_key = "${fakeToken(ALNUM, 16)}"`, "coveralls_key = process.env.KEY"],
  },
  "codeclimate-token": {
    finds: [
      [`codeclimate_key = "${fakeToken(HEX, 64)}"`, fakeToken(HEX, 64)],
      [`CODECLIMATE_KEY: ${fakeToken(HEX, 64)}`, fakeToken(HEX, 64)],
    ],
    skips: [`codeclimate_key = "${fakeToken(HEX, 32)}"`, "codeclimate_key = process.env.KEY"],
  },
  "teamcity-token": {
    finds: [`eyJ0eXAiOiAiVENWMiJ9.${fakeToken(BASE64URL, 36)}.${fakeToken(BASE64URL, 48)}`],
    skips: [`eyJ0eXAiOiAiVENWMiJ9.${fakeToken(BASE64URL, 10)}`],
  },
  "pulumi-token": {
    finds: [`pul-${fakeToken(HEX, 40)}`],
    skips: [`pul-${fakeToken(HEX, 20)}`, "pul-"],
  },
  "infracost-key": {
    finds: [`ico-${fakeToken(ALNUM, 32)}`],
    skips: [`ico-${fakeToken(ALNUM, 16)}`, "ico-"],
  },
  "depot-token": {
    finds: [
      `depot_project_${fakeToken(ALNUM, 32)}`,
      `depot_org_${fakeToken(ALNUM, 32)}`,
      `depot_user_${fakeToken(ALNUM, 32)}`,
    ],
    skips: [`depot_project_${fakeToken(ALNUM, 16)}`, "depot_project_"],
  },
  "drone-token": {
    finds: [
      [`drone_token_key = "${fakeToken(ALNUM, 32)}"`, fakeToken(ALNUM, 32)],
      [`DRONE_TOKEN: ${fakeToken(ALNUM, 32)}`, fakeToken(ALNUM, 32)],
    ],
    skips: [`drone_token_key = "${fakeToken(ALNUM, 16)}"`, "drone_token_key = process.env.KEY"],
  },
  "localstack-token": {
    finds: [
      `ls-${fakeToken(LETTERS, 8)}-${fakeToken(ALNUM, 4)}-${fakeToken(ALNUM, 4)}-${fakeToken(ALNUM, 4)}-${fakeToken(ALNUM, 12)}`,
    ],
    skips: [`ls-${fakeToken(LETTERS, 4)}`, "ls-"],
  },
})
