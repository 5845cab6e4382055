import { gitlabRules } from "../../../../src/secrets/rules/gitlab.ts"
import { BASE64URL, HEX, LOWER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { prefixed, testRules } from "./rule-cases.ts"

testRules(gitlabRules, {
  "gitlab-token": {
    finds: [
      `glpat-${fakeToken(BASE64URL, 20)}`,
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
  "gitlab-deploy-token": prefixed("gldt-", fakeToken(BASE64URL, 20)),
  "gitlab-runner-token": prefixed("glrt-", fakeToken(BASE64URL, 20)),
  "gitlab-runner-registration-token": prefixed("glrtr-", fakeToken(BASE64URL, 20)),
  "gitlab-trigger-token": prefixed("glptt-", fakeToken(BASE64URL, 40), 15),
  "gitlab-job-token": prefixed("glcbt-", fakeToken(BASE64URL, 26)),
  "gitlab-feed-token": prefixed("glft-", fakeToken(BASE64URL, 20)),
  "gitlab-scim-token": prefixed("glsoat-", fakeToken(BASE64URL, 20)),
  "gitlab-agent-token": prefixed("glagent-", fakeToken(BASE64URL, 50), 15),
  "gitlab-incoming-mail-token": prefixed("glimt-", fakeToken(BASE64URL, 25)),
  "gitlab-feature-flags-token": prefixed("glffct-", fakeToken(BASE64URL, 20)),
  "gitlab-workspace-token": prefixed("glwt-", fakeToken(BASE64URL, 30)),
})
