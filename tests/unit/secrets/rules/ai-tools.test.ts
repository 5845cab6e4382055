import { aiToolsRules } from "../../../../src/secrets/rules/ai-tools.ts"
import { ALNUM, BASE64URL, HEX, UPPER_ALNUM, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { named, prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(aiToolsRules, {
  "llamacloud-key": prefixed("llx-", fakeToken(ALNUM, 48)),
  "cartesia-key": prefixed("sk_car_", fakeToken(ALNUM, 22)),
  "composio-key": prefixedAll([
    ["ak_", fakeToken(ALNUM, 20)],
    ["ck_", fakeToken(ALNUM, 20)],
  ]),
  "mem0-key": prefixed("m0-", fakeToken(ALNUM, 40)),
  "browserbase-key": prefixed("bb_live_", fakeToken(BASE64URL, 27)),
  "browser-use-key": prefixed("bu_", fakeToken(ALNUM, 43)),
  "saladcloud-key": prefixed("salad_cloud_user_", fakeToken(ALNUM, 49)),
  "voiceflow-key": {
    finds: [`VF.DM.${fakeToken(HEX, 24)}.${fakeToken(ALNUM, 16)}`],
    skips: [`VF.DM.${fakeToken(HEX, 24)}`, "VF.DM."],
  },
  "retell-key": prefixed("key_", fakeToken(HEX, 28)),
  "runway-key": prefixed("key_", fakeToken(HEX, 128)),
  "coze-token": prefixed("pat_", fakeToken(ALNUM, 64)),
  "dify-key": prefixedAll([
    ["app-", fakeToken(ALNUM, 24)],
    ["dataset-", fakeToken(ALNUM, 24)],
  ]),
  "devin-user-key": prefixed("apk_user_", fakeToken(ALNUM, 150)),
  "devin-service-key": prefixedAll([
    ["apk_", fakeToken(ALNUM, 90)],
    ["cog_", fakeToken("abcdefghijklmnopqrstuvwxyz234567", 52)],
  ]),
  "coderabbit-key": named("coderabbit", `cr-${fakeToken(HEX, 58)}`),
  "warp-key": prefixed("wk-1.", fakeToken(HEX, 64)),
  "amp-token": prefixed("sgamp_user_01JZ", `${fakeToken(UPPER_ALNUM, 22)}_${fakeToken(HEX, 64)}`),
  "context7-key": prefixed("ctx7sk-", fakeUuid()),
  "you-com-key": prefixed("ydc-sk-", fakeToken(ALNUM, 48)),
  "daytona-key": prefixed("dtn_", fakeToken(HEX, 64)),
  "nomic-key": prefixed("nk-", fakeToken(BASE64URL, 43)),
  "lambda-key": {
    finds: [`secret_ci_${fakeToken(HEX, 32)}.${fakeToken(ALNUM, 32)}`],
    skips: [`secret_ci_${fakeToken(HEX, 32)}`, "secret_ci"],
  },
  "turbopuffer-key": prefixed("tpuf_", fakeToken(ALNUM, 32)),
  "chroma-cloud-key": prefixed("ck-", fakeToken(ALNUM, 44)),
  "supermemory-key": prefixed("sm_", `${fakeToken(ALNUM, 22)}_${fakeToken(ALNUM, 64)}`),
  "neptune-token": prefixed("eyJhcGlfYWRkcmVzcyI6", fakeToken(ALNUM, 120), 15),
  "kaggle-token": prefixed("KGAT_", fakeToken(HEX, 32)),
  "kaggle-key": {
    finds: [[`{"username":"ada","key":"${fakeToken(HEX, 32)}"}`, fakeToken(HEX, 32)]],
    skips: [`{"username":"ada","key":"value"}`, `{"username":"ada"}`],
  },
  "humanloop-key": prefixed("hl_sk_", fakeToken(HEX, 48)),
  "promptlayer-key": prefixed("pl_", fakeToken(HEX, 32)),
  "deepl-free-key": { finds: [`${fakeUuid()}:fx`], skips: ["abc:fx", fakeUuid()] },
  "deepl-pro-key": named("deepl", fakeUuid()),
  "freepik-key": prefixed("FPSX", fakeToken(HEX, 32)),
  "segmind-key": prefixed("SG_", fakeToken(HEX, 16)),
})
