import { errorMessage } from "../base/errors.ts"
import type { AirlockPaths, Env } from "../base/paths.ts"
import { defaultConfig, resolveConfig } from "../config/resolve.ts"
import type { AirlockConfig } from "../config/schema.ts"
import { createScanner, loadAllowList, loadCustomRules, type Scanner } from "../secrets/index.ts"

/** What an entry point brings along: the whole plugin, or one capability as a standalone file. */
export interface Capabilities {
  readonly redact: boolean
  readonly intercept: boolean
}

export interface InstanceConfigInput {
  readonly directory: string
  readonly worktree: string
  readonly env: Env
  readonly offers: Capabilities
  readonly options: unknown
}

export interface InstanceConfig {
  readonly config: AirlockConfig
  /** Why the configuration could not be used, if so; then `config` holds the defaults. */
  readonly configError?: string
  /** Looks for what the configuration says. */
  readonly scanner: Scanner
  /** Lines for the person, without values. */
  readonly notices: readonly string[]
}

/**
 * The configuration of an instance. Never rejects: OpenCode drops a plugin whose server() throws and goes on without it,
 * in silence. So an instance with a mistake in its configuration lives, lets no provider request pass, and tells the
 * person at the first turn.
 */
export async function readInstanceConfig(
  { options, directory, worktree, env, offers }: InstanceConfigInput,
  paths: AirlockPaths,
): Promise<InstanceConfig> {
  try {
    const { config, notices } = await resolveConfig({
      pluginOptions: options,
      directory,
      worktree,
      env,
      paths,
    })
    return {
      config: offered(config, offers),
      scanner: await scannerFor(config),
      notices: notices.map((notice) => notice.message),
    }
  } catch (error) {
    const message = errorMessage(error)
    const config = offered(defaultConfig(paths), offers)
    const { disableRules: disable, pii } = config.redact
    return { config, scanner: createScanner({ disable, pii }), configError: message, notices: [message] }
  }
}

async function scannerFor({ redact }: AirlockConfig): Promise<Scanner> {
  const { disableRules: disable, pii, rules, allow } = redact
  const allowing = await loadAllowList(allow)
  return allowing(createScanner({ disable, pii, custom: await loadCustomRules(rules) }))
}

/** The configuration without the capabilities that this entry point does not bring. */
function offered(config: AirlockConfig, offers: Capabilities): AirlockConfig {
  return {
    ...config,
    redact: { ...config.redact, enabled: config.redact.enabled && offers.redact },
    intercept: { ...config.intercept, enabled: config.intercept.enabled && offers.intercept },
  }
}
