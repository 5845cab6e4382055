import { devtoolsRules } from "../../../../src/secrets/rules/devtools.ts"
import {
  ALNUM,
  BASE64,
  BASE64URL,
  HEX,
  LOWER_ALNUM,
  fakeToken,
  fakeUuid,
} from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(devtoolsRules, {
  "bitrise-token": named("bitrise", fakeToken(BASE64URL, 86)),
  "codacy-token": named("codacy", fakeToken(ALNUM, 20)),
  "jenkins-token": named("jenkins", `11${fakeToken(HEX, 32)}`),
  "codefresh-token": named("codefresh", `${fakeToken(HEX, 24)}.${fakeToken(HEX, 32)}`),
  "nx-cloud-token": named("nxcloudaccesstoken", fakeToken(BASE64, 64)),
  "testkube-key": prefixed("tkcapi_", fakeToken(HEX, 30)),
  "sauce-labs-key": named("saucelabs", fakeUuid()),
  "chromatic-token": prefixed("chpt_", fakeToken(HEX, 15)),
  "argos-token": prefixed("argos_", fakeToken(HEX, 40)),
  "app-center-token": named("appcenter", fakeToken(HEX, 40)),
  "ionic-token": prefixed("ion_", fakeToken(ALNUM, 42)),
  "iterative-token": prefixed("isat_", fakeToken(ALNUM, 48)),
  "thunderstore-token": prefixed("tss_", fakeToken(ALNUM, 34)),
  "gitpod-token": prefixed("gitpod_pat_", fakeToken(ALNUM, 60), 15),
  "coder-token": named("coder_session_token", `${fakeToken(ALNUM, 10)}-${fakeToken(ALNUM, 22)}`),
  "jetbrains-token": prefixed(
    "perm:",
    `${fakeToken(ALNUM, 12)}.${fakeToken(ALNUM, 8)}.${fakeToken(ALNUM, 30)}`,
  ),
  "codesandbox-token": prefixed("csb_v1_", fakeToken(BASE64URL, 43)),
  "temporal-key": prefixed("tmprl_", fakeToken(ALNUM, 60), 15),
  "mintlify-key": prefixed("mint_dsc_", fakeToken(ALNUM, 24)),
  "wakatime-key": prefixedAll([
    ["waka_", fakeUuid()],
    ["waka_", fakeToken(ALNUM, 40)],
  ]),
  "wakatime-key-plain": named("wakatime", fakeUuid()),
  "mergify-key": prefixed("mergify_application_key_", fakeToken(BASE64URL, 60)),
  "zuplo-key": prefixed("zpka_", `${fakeToken(LOWER_ALNUM, 32)}_${fakeToken(HEX, 8)}`),
  "browserstack-key": named("browserstack", fakeToken(ALNUM, 20)),
})
