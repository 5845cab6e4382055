import { aiRules } from "../../../../src/secrets/rules/ai.ts"
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
import { testRules } from "./rule-cases.ts"

testRules(aiRules, {
  "openai-key": {
    finds: [
      `sk-proj-${fakeToken(BASE64URL, 74)}T3BlbkFJ${fakeToken(BASE64URL, 74)}`,
      `sk-${fakeToken(ALNUM, 20)}T3BlbkFJ${fakeToken(ALNUM, 20)}`,
    ],
    skips: [`sk-proj-${fakeToken(ALNUM, 8)}`, "T3BlbkFJ"],
  },
  "openai-admin-key": {
    finds: [`sk-admin-${fakeToken(BASE64URL, 60)}`],
    skips: [`sk-admin-${fakeToken(ALNUM, 8)}`, "sk-admin-"],
  },
  "openai-service-account-key": {
    finds: [`sk-svcacct-${fakeToken(BASE64URL, 120)}`, `sk-service-${fakeToken(ALNUM, 40)}`],
    skips: [`sk-svcacct-${fakeToken(ALNUM, 8)}`, "sk-svcacct-"],
  },
  "anthropic-key": {
    finds: [`sk-ant-api03-${fakeToken(BASE64URL, 93)}AA`, `sk-ant-${fakeToken(BASE64URL, 93)}AA`],
    skips: [`sk-ant-api03-${fakeToken(ALNUM, 4)}`],
  },
  "anthropic-admin-key": {
    finds: [`sk-ant-admin01-${fakeToken(BASE64URL, 93)}AA`],
    skips: [`sk-ant-admin01-${fakeToken(ALNUM, 4)}`],
  },
  "anthropic-oauth-token": {
    finds: [`sk-ant-oat01-${fakeToken(BASE64URL, 80)}`, `sk-ant-sid01-${fakeToken(BASE64URL, 80)}`],
    skips: [`sk-ant-oat01-${fakeToken(ALNUM, 4)}`],
  },
  "openrouter-key": {
    finds: [`sk-or-v1-${fakeToken(HEX, 64)}`],
    skips: [`sk-or-v1-${fakeToken(HEX, 12)}`],
  },
  "sk-key": {
    finds: [`sk-${fakeToken(HEX, 32)}`, `sk-${fakeToken(ALNUM, 48)}`],
    skips: [`sk-${fakeToken(ALNUM, 10)}`, "sk-loading-indicator-container-large"],
  },
  "groq-key": {
    finds: [`gsk_${fakeToken(ALNUM, 40)}`],
    skips: [`gsk_${fakeToken(ALNUM, 20)}`, "gsk_"],
  },
  "xai-key": {
    finds: [`xai-${fakeToken(ALNUM, 60)}`],
    skips: [`xai-${fakeToken(ALNUM, 30)}`, "xai-"],
  },
  "perplexity-key": {
    finds: [`pplx-${fakeToken(ALNUM, 40)}`],
    skips: [`pplx-${fakeToken(ALNUM, 20)}`, "pplx-"],
  },
  "huggingface-token": {
    finds: [`hf_${fakeToken(LETTERS, 34)}`, `api_org_${fakeToken(LETTERS, 34)}`],
    skips: [`hf_${fakeToken(LETTERS, 10)}`, "hf_generatedByHomeAppForDebuggingPurposesKey"],
  },
  "replicate-token": {
    finds: [`r8_${fakeToken(ALNUM, 37)}`],
    skips: [`r8_${fakeToken(ALNUM, 18)}`, "r8_"],
  },
  "fireworks-key": {
    finds: [`fw_${fakeToken(ALNUM, 22)}`, `fw_${fakeToken(ALNUM, 33)}`],
    skips: [`fw_${fakeToken(ALNUM, 11)}`, "fw_"],
  },
  "cerebras-key": {
    finds: [`csk-${fakeToken(LOWER_ALNUM, 48)}`],
    skips: [`csk-${fakeToken(LOWER_ALNUM, 24)}`, "csk-"],
  },
  "nvidia-key": {
    finds: [`nvapi-${fakeToken(BASE64URL, 40)}`],
    skips: [`nvapi-${fakeToken(BASE64URL, 20)}`, "nvapi-"],
  },
  "elevenlabs-key": {
    finds: [`sk_${fakeToken(HEX, 48)}`],
    skips: [`sk_${fakeToken(HEX, 24)}`, "sk_"],
  },
  "voyage-key": {
    finds: [`pa-${fakeToken(BASE64URL, 40)}`],
    skips: [`pa-${fakeToken(BASE64URL, 20)}`, "pa-"],
  },
  "jina-key": {
    finds: [`jina_${fakeToken(BASE64URL, 50)}`],
    skips: [`jina_${fakeToken(BASE64URL, 25)}`, "jina_"],
  },
  "pinecone-key": {
    finds: [`pcsk_${fakeToken(BASE64URL, 40)}`],
    skips: [`pcsk_${fakeToken(BASE64URL, 20)}`, "pcsk_"],
  },
  "pinecone-key-uuid": {
    finds: [[`pinecone_key = "${fakeUuid()}"`, fakeUuid()]],
    skips: ["pinecone_key = none"],
  },
  "tavily-key": {
    finds: [`tvly-${fakeToken(BASE64URL, 28)}`],
    skips: [`tvly-${fakeToken(BASE64URL, 14)}`, "tvly-"],
  },
  "firecrawl-key": {
    finds: [`fc-${fakeToken(HEX, 32)}`],
    skips: [`fc-${fakeToken(HEX, 16)}`, "fc-"],
  },
  "brave-search-key": {
    finds: [`BSA${fakeToken(BASE64URL, 27)}`],
    skips: [`BSA${fakeToken(BASE64URL, 13)}`, "BSA"],
  },
  "anyscale-key": {
    finds: [`esecret_${fakeToken(LOWER_ALNUM, 24)}`],
    skips: [`esecret_${fakeToken(LOWER_ALNUM, 12)}`, "esecret_"],
  },
  "modal-token": {
    finds: [`ak-${fakeToken(ALNUM, 22)}`, `as-${fakeToken(ALNUM, 22)}`],
    skips: [`ak-${fakeToken(ALNUM, 11)}`, "ak-"],
  },
  "cursor-key": {
    finds: [`key_${fakeToken(HEX, 64)}`, `crsr_${fakeToken(HEX, 64)}`],
    skips: [`key_${fakeToken(HEX, 32)}`, "key_"],
  },
  "zhipu-key": {
    finds: [`${fakeToken(HEX, 32)}.${fakeToken(ALNUM, 16)}`],
    skips: [`${fakeToken(HEX, 32)}.js`, `${fakeToken(HEX, 32)}.configurationfile`],
  },
  "e2b-key": {
    finds: [`e2b_${fakeToken(HEX, 40)}`, `sk_e2b_${fakeToken(HEX, 40)}`],
    skips: [`e2b_${fakeToken(HEX, 20)}`, "e2b_"],
  },
  "friendli-token": {
    finds: [`flp_${fakeToken(ALNUM, 40)}`],
    skips: [`flp_${fakeToken(ALNUM, 20)}`, "flp_"],
  },
  "runpod-key": {
    finds: [`rpa_${fakeToken(UPPER_ALNUM, 36)}`],
    skips: [`rpa_${fakeToken(UPPER_ALNUM, 18)}`, "rpa_"],
  },
  "together-key": {
    finds: [`tgp_v1_${fakeToken(BASE64URL, 40)}`],
    skips: [`tgp_v1_${fakeToken(BASE64URL, 20)}`, "tgp_v1_"],
  },
  "helicone-key": {
    finds: [
      `sk-helicone-${fakeToken(LOWER_ALNUM, 7)}-${fakeToken(LOWER_ALNUM, 7)}-${fakeToken(LOWER_ALNUM, 7)}-${fakeToken(LOWER_ALNUM, 7)}`,
    ],
    skips: [`sk-helicone-${fakeToken(LOWER_ALNUM, 3)}`, "sk-helicone-"],
  },
  "wandb-key": {
    finds: [`wandb_v1_${fakeToken(BASE64URL, 40)}`],
    skips: [`wandb_v1_${fakeToken(BASE64URL, 20)}`, "wandb_v1_"],
  },
  "chutes-key": {
    finds: [`cpk_${fakeToken(ALNUM, 32)}`],
    skips: [`cpk_${fakeToken(ALNUM, 16)}`, "cpk_"],
  },
  "fal-key": {
    finds: [
      [
        `FAL_KEY="${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}:${fakeToken(HEX, 32)}"`,
        `${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}:${fakeToken(HEX, 32)}`,
      ],
    ],
    skips: [
      `FAL_KEY="${fakeToken(HEX, 8, 1)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 4)}-${fakeToken(HEX, 12)}"`,
    ],
  },
  "openpipe-key": {
    finds: [`opk_${fakeToken(HEX, 40)}`],
    skips: [`opk_${fakeToken(HEX, 20)}`, "opk_"],
  },
})
