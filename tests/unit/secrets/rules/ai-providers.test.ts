import { aiProvidersRules } from "../../../../src/secrets/rules/ai-providers.ts"
import { ALNUM, BASE64URL, DIGITS, HEX, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { prefixed, prefixedAll, testRules } from "./rule-cases.ts"

testRules(aiProvidersRules, {
  "minimax-key": prefixed("sk-api-", fakeToken(BASE64URL, 119)),
  "kimi-code-key": prefixed("sk-kimi-", fakeToken(ALNUM, 64)),
  "hackclub-ai-key": prefixed("sk-hc-v1-", fakeToken(HEX, 64)),
  "digitalocean-gradient-key": prefixed("sk-do-", fakeToken(BASE64URL, 64)),
  "nano-gpt-key": prefixed("sk-nano-", fakeUuid()),
  "zenmux-key": prefixedAll([
    ["sk-ai-v1-", fakeToken(HEX, 64)],
    ["sk-ss-v1-", fakeToken(HEX, 64)],
    ["sk-mg-v1-", fakeToken(HEX, 64)],
  ]),
  "letta-key": prefixed("sk-let-", fakeToken(ALNUM, 90), 15),
  "requesty-key": prefixed("rqsty-sk-", fakeToken(ALNUM, 86), 15),
  "synthetic-key": prefixed("syn_", fakeToken(HEX, 32)),
  "featherless-key": prefixed("rc_", fakeToken(HEX, 64)),
  "inception-key": prefixed("sk_", fakeToken(HEX, 32)),
  "abacus-key": prefixed("s2_", fakeToken(HEX, 32)),
  "parasail-key": prefixed("psk-", fakeToken(ALNUM, 40), 15),
  "modelscope-token": prefixed("ms-", fakeUuid()),
  "llama-api-key": {
    finds: [`LLM|${fakeToken(DIGITS, 15)}|${fakeToken(BASE64URL, 27)}`],
    skips: ["LLM|text|vision", `LLM|${fakeToken(DIGITS, 15)}`],
  },
  "io-intelligence-key": prefixed("io-v2-", fakeToken(BASE64URL, 120), 15),
  "nebius-key": prefixed("v1.Cm", fakeToken(BASE64URL, 150)),
  "venice-key": prefixed("VENICE-INFERENCE-KEY-", fakeToken(ALNUM, 43)),
  "baidu-qianfan-key": {
    finds: [`bce-v3/ALTAK-${fakeToken(ALNUM, 21)}/${fakeToken(HEX, 40)}`],
    skips: [`bce-v3/ALTAK-${fakeToken(ALNUM, 21)}`, "bce-v3/"],
  },
  "github-copilot-token": {
    finds: [`tid=${fakeToken(HEX, 32)};exp=1790000000;sku=monthly_subscriber;8kp=1:${fakeToken(HEX, 64)}`],
    skips: [`tid=${fakeToken(HEX, 32)}&next=1`, "tid=12"],
  },
})
