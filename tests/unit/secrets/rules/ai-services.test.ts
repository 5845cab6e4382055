import { aiServicesRules } from "../../../../src/secrets/rules/ai-services.ts"
import { ALNUM, BASE64, HEX, LOWER_ALNUM, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { named, prefixed, testRules } from "./rule-cases.ts"

testRules(aiServicesRules, {
  "stability-key": named("stability_api", `sk-${fakeToken(ALNUM, 48)}`),
  "exa-key": named("exa_api", fakeUuid()),
  "private-ai-key": named("privateai", fakeToken(LOWER_ALNUM, 32)),
  "greptile-key": named("greptile", fakeToken(BASE64, 48)),
  "vast-ai-key": named("vastai", fakeToken(HEX, 64)),
  "kling-key": named("klingai", fakeToken(ALNUM, 32)),
  "vapi-key": named("vapi_api", fakeUuid()),
  "tavus-key": named("tavus", fakeToken(HEX, 32)),
  "scale-key": named("scale_api", `live_${fakeToken(HEX, 32)}`),
  "pollinations-key": named("pollinations", `sk_${fakeToken(ALNUM, 32)}`),
  "elevenlabs-key-plain": named("elevenlabs", fakeToken(HEX, 32)),
  "v0-key": prefixed("v1:", `${fakeToken(ALNUM, 24)}:${fakeToken(ALNUM, 24)}`),
  "luma-key": named("lumaai", `luma-${fakeUuid()}`),
  "sk-key-litellm": named("litellm", `sk-${fakeToken(ALNUM, 22)}`),
  "braintrust-key": named("braintrust", `sk-${fakeToken(ALNUM, 48)}`),
})
