import { gitlabRules } from "../../../../src/secrets/rules/gitlab.ts"
import { BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(gitlabRules, {
  "gitlab-token": {
    finds: [
      `glpat-${fakeToken(BASE64URL, 20)}`,
      `gldt-${fakeToken(BASE64URL, 20)}`,
      `glrt-${fakeToken(BASE64URL, 20)}`,
      `glptt-${fakeToken(BASE64URL, 20)}`,
      `glft-${fakeToken(BASE64URL, 20)}`,
      `glsoat-${fakeToken(BASE64URL, 20)}`,
      `glagent-${fakeToken(BASE64URL, 20)}`,
      `glimt-${fakeToken(BASE64URL, 20)}`,
      `glffct-${fakeToken(BASE64URL, 20)}`,
      `glcbt-ab_${fakeToken(BASE64URL, 20)}`,
      `glpat-${fakeToken(BASE64URL, 27)}.01.${fakeToken(LOWER_ALNUM, 9)}`,
    ],
    skips: [`glpat-${fakeToken(BASE64URL, 9)}`],
  },
  "gitlab-oauth-secret": {
    finds: [`gloas-${fakeToken(HEX, 64)}`],
    skips: [`gloas-${fakeToken(HEX, 32)}`, "gloas-"],
  },
  "gitlab-runner-registration": {
    finds: [`GR1348941${fakeToken(BASE64URL, 20)}`],
    skips: [`GR1348941${fakeToken(BASE64URL, 10)}`, "GR1348941"],
  },
  "gitlab-session": {
    finds: [[`_gitlab_session=${fakeToken(HEX, 32)}; path=/`, fakeToken(HEX, 32)]],
    skips: ["_gitlab_session=none"],
  },
})
