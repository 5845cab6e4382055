import { airlockPaths } from "../base/paths.ts"
import { isAirlock } from "../config/airlock-plugin.ts"
import type { ProjectPlace } from "../config/opencode-locations.ts"
import { type PluginDeclaration, readOpenCodePlugins } from "../config/opencode-plugins.ts"
import { type ResolvedConfig, resolveConfig } from "../config/resolve.ts"

/** Airlock as OpenCode's configuration declares it, in OpenCode's order: the last one's options are delivered. */
export interface AirlockDeclarations {
  readonly declarations: readonly PluginDeclaration[]
  readonly broken: readonly { readonly path: string; readonly problem: string }[]
}

export async function airlockDeclarations(place: ProjectPlace): Promise<AirlockDeclarations> {
  const { declarations, broken } = await readOpenCodePlugins(place)
  const ours = await Promise.all(declarations.map(isAirlock))
  return { declarations: declarations.filter((_, index) => ours[index]), broken }
}

/** The configuration that a plugin loaded for this project would have. Throws as `resolveConfig` does. */
export function effectiveConfig(
  place: ProjectPlace,
  declarations: readonly PluginDeclaration[],
): Promise<ResolvedConfig> {
  const { directory, worktree, env } = place
  const pluginOptions = declarations.findLast(({ location }) => location.kind !== "plugin-dir")?.options
  return resolveConfig({ pluginOptions, directory, worktree, env, paths: airlockPaths(env) })
}
