import type { ProviderDialect } from "../provider/dialect.ts"
import type { Provider } from "../provider/start-provider.ts"

/** Provider ids of the test configuration, by the dialect they speak. */
export const PROVIDER_IDS: Readonly<Record<ProviderDialect, string>> = {
  "openai-chat": "compat",
  "openai-responses": "openai",
  "anthropic-messages": "anthropic",
  "google-generate-content": "google",
  "bedrock-converse": "amazon-bedrock",
}

/** All dialects, in a fixed order. */
export const DIALECTS: readonly ProviderDialect[] = [
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "google-generate-content",
  "bedrock-converse",
]

const PACKAGES: Readonly<Record<ProviderDialect, string>> = {
  "openai-chat": "@ai-sdk/openai-compatible",
  "openai-responses": "@ai-sdk/openai",
  "anthropic-messages": "@ai-sdk/anthropic",
  "google-generate-content": "@ai-sdk/google",
  "bedrock-converse": "@ai-sdk/amazon-bedrock",
}

interface ModelIds {
  /** Answers turns. */
  readonly main: string
  /** Answers titles and names. */
  readonly small: string
  /** Named so that OpenCode offers `apply_patch` instead of `edit` and `write` (it does for `gpt-5` and later). */
  readonly patch: string
}

/** Model ids of the test configuration; each SDK accepts its own. */
export const MODEL_IDS: Readonly<Record<ProviderDialect, ModelIds>> = {
  "openai-chat": { main: "scripted", small: "scripted-small", patch: "gpt-5-scripted" },
  "openai-responses": { main: "gpt-4.1-scripted", small: "gpt-4.1-scripted-small", patch: "gpt-5-scripted" },
  "anthropic-messages": { main: "claude-scripted", small: "claude-scripted-small", patch: "gpt-5-scripted" },
  "google-generate-content": {
    main: "gemini-scripted",
    small: "gemini-scripted-small",
    patch: "gpt-5-scripted",
  },
  "bedrock-converse": {
    main: "amazon.scripted-v1",
    small: "amazon.scripted-small-v1",
    patch: "gpt-5-scripted",
  },
}

/** `provider/model` as OpenCode's configuration and CLI write it. */
export function modelName(dialect: ProviderDialect, size: keyof ModelIds = "main"): string {
  return `${PROVIDER_IDS[dialect]}/${MODEL_IDS[dialect][size]}`
}

/** `{providerID, modelID}` as OpenCode's HTTP API writes it. */
export function modelRef(
  dialect: ProviderDialect,
  size: keyof ModelIds = "main",
): { providerID: string; modelID: string } {
  return { providerID: PROVIDER_IDS[dialect], modelID: MODEL_IDS[dialect][size] }
}

/** A key that no provider ever gave out. */
export const FAKE_API_KEY: string = ["not", "a", "key"].join("-")

/**
 * The `provider` section of an OpenCode configuration: all five dialects, each on `lane` of the scripted provider.
 * Put into a project's `opencode.json` it gives that project a lane of its own.
 */
export function providerConfig(provider: Provider, lane: string): Record<string, object> {
  return Object.fromEntries(
    DIALECTS.map((dialect) => {
      const { main, small, patch } = MODEL_IDS[dialect]
      const options = {
        baseURL: provider.baseUrl(lane, dialect),
        apiKey: FAKE_API_KEY,
        ...extraOptions(dialect),
      }
      const models = { [main]: model(main), [small]: model(small), [patch]: model(patch) }
      return [PROVIDER_IDS[dialect], { name: dialect, npm: PACKAGES[dialect], options, models }]
    }),
  )
}

/**
 * A whole configuration on one lane, with `dialect` as the default model. `plugin` as OpenCode wants it.
 * Permissions are all granted: nobody is there to answer.
 */
export function opencodeConfig(
  provider: Provider,
  lane: string,
  dialect: ProviderDialect,
  plugin: readonly (string | readonly [string, object])[] = [],
): Record<string, unknown> {
  return {
    $schema: "https://opencode.ai/config.json",
    autoupdate: false,
    share: "disabled",
    snapshot: false,
    permission: { "*": "allow", external_directory: "allow" },
    model: modelName(dialect),
    small_model: modelName(dialect, "small"),
    provider: providerConfig(provider, lane),
    plugin,
  }
}

function model(name: string): object {
  return {
    name,
    tool_call: true,
    reasoning: true,
    attachment: true,
    limit: { context: 200_000, output: 8_000 },
    modalities: { input: ["text", "image", "pdf"], output: ["text"] },
  }
}

function extraOptions(dialect: ProviderDialect): object {
  // A bearer key keeps the SDK from looking for AWS credentials and from signing.
  return dialect === "bedrock-converse" ? { region: "us-east-1" } : {}
}
