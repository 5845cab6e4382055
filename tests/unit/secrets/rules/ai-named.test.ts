import { aiNamedRules } from "../../../../src/secrets/rules/ai-named.ts"
import { ALNUM, HEX, LOWER, LOWER_ALNUM, fakeToken, fakeUuid } from "../../../support/fake-token.ts"
import { named, testRules } from "./rule-cases.ts"

testRules(aiNamedRules, {
  "cohere-key": named("cohere", fakeToken(ALNUM, 40)),
  "mistral-key": named("mistral", fakeToken(ALNUM, 32)),
  "together-key-plain": named("togetherai", fakeToken(HEX, 64)),
  "deepgram-key": named("deepgram", fakeToken(HEX, 40)),
  "assemblyai-key": named("assemblyai", fakeToken(LOWER_ALNUM, 32)),
  "wandb-key-plain": named("wandb", fakeToken(HEX, 40)),
  "ai21-key": named("ai21", fakeUuid()),
  "ai71-key": named("ai71", `ai71-api-${fakeUuid()}`),
  "azure-openai-key": named("azure_openai", fakeToken(HEX, 32)),
  "novita-key": named("novita", `sk_${fakeToken(ALNUM, 43)}`),
  "clarifai-key": named("clarifai", fakeToken(HEX, 32)),
  "siliconflow-key": named("siliconflow", `sk-${fakeToken(LOWER, 48)}`),
  "baseten-key": named("baseten", `${fakeToken(ALNUM, 8)}.${fakeToken(ALNUM, 32)}`),
  "moonshot-key": named("moonshot", `sk-${fakeToken(ALNUM, 48)}`),
  "dashscope-key": named("dashscope", `sk-${fakeToken(HEX, 32)}`),
  "deepseek-key": named("deepseek", `sk-${fakeToken(HEX, 32)}`),
  "ollama-key": named("ollama", `${fakeToken(HEX, 32)}.${fakeToken(ALNUM, 24)}`),
  "upstage-key": named("upstage", `up_${fakeToken(ALNUM, 29)}`),
  "lighton-key": named("lighton", fakeToken(ALNUM, 48)),
  "volcengine-ark-key": named("volcengine", fakeUuid()),
})
