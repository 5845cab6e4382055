import { githubRules } from "../../../../src/secrets/rules/github.ts"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { testRules } from "./rule-cases.ts"

testRules(githubRules, {
  "github-token": {
    finds: [
      `ghp_${fakeToken(ALNUM, 36)}`,
      `gho_${fakeToken(ALNUM, 36)}`,
      `ghu_${fakeToken(ALNUM, 36)}`,
      `ghs_${fakeToken(ALNUM, 36)}`,
      `ghr_${fakeToken(ALNUM, 36)}`,
    ],
    skips: [`ghp_${fakeToken(ALNUM, 18)}`, "ghp_"],
  },
  "github-fine-grained-pat": {
    finds: [`github_pat_${fakeToken(ALNUM, 22)}_${fakeToken(ALNUM, 59)}`],
    skips: [`github_pat_${fakeToken(ALNUM, 12)}`],
  },
})
