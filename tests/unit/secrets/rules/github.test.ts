import { githubRules } from "../../../../src/secrets/rules/github.ts"
import { ALNUM, BASE64URL, HEX, UPPER_ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(githubRules, {
  "github-token": {
    finds: [`ghp_${fakeToken(ALNUM, 36)}`],
    skips: [`ghp_${fakeToken(ALNUM, 18)}`, "ghp_"],
  },
  "github-fine-grained-pat": {
    finds: [`github_pat_${fakeToken(ALNUM, 22)}_${fakeToken(ALNUM, 59)}`],
    skips: [`github_pat_${fakeToken(ALNUM, 12)}`],
  },
  "github-oauth-token": prefixed("gho_", fakeToken(ALNUM, 36)),
  "github-user-token": prefixed("ghu_", fakeToken(ALNUM, 36)),
  "github-app-token": prefixedAll([
    ["ghs_", fakeToken(ALNUM, 36)],
    ["ghs_1234_eyJ", `${fakeToken(ALNUM, 40)}.${fakeToken(ALNUM, 90)}.${fakeToken(BASE64URL, 86)}`],
  ]),
  "github-refresh-token": prefixed("ghr_", fakeToken(ALNUM, 76), 15),
  "github-plain-token": named("github_token", fakeToken(HEX, 40)),
  "github-runner-token": {
    finds: [
      [
        `./config.sh --url https://github.com/o/r --token A${fakeToken(UPPER_ALNUM, 28)}`,
        `A${fakeToken(UPPER_ALNUM, 28)}`,
      ],
    ],
    skips: ["./config.sh --token $RUNNER_TOKEN"],
  },
})
