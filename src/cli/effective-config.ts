import { access } from "node:fs/promises"
import { airlockPaths } from "../base/paths.ts"
import { isAirlock } from "../config/airlock-plugin.ts"
import type { ProjectPlace } from "../config/opencode-locations.ts"
import { type PluginDeclaration, readOpenCodePlugins } from "../config/opencode-plugins.ts"
import { type ResolvedConfig, resolveConfig } from "../config/resolve.ts"

/** Airlock as OpenCode's configuration declares it, in OpenCode's order: the last one's options are delivered. */
export interface AirlockDeclarations {
  readonly declarations: readonly PluginDeclaration[]
  readonly broken: readonly { readonly path: string; readonly problem: string }[]
  /** Entries that point to nothing and are not recognised as Airlock: one of them may be Airlock, mistyped. */
  readonly dangling: readonly PluginDeclaration[]
}

export async function airlockDeclarations(place: ProjectPlace): Promise<AirlockDeclarations> {
  const { declarations, broken } = await readOpenCodePlugins(place)
  const ours = await Promise.all(declarations.map(isAirlock))
  const others = declarations.filter((_, index) => !ours[index])
  const missing = await Promise.all(others.map(pointsToNothing))
  return {
    declarations: declarations.filter((_, index) => ours[index]),
    broken,
    dangling: others.filter((_, index) => missing[index]),
  }
}

async function pointsToNothing({ target }: PluginDeclaration): Promise<boolean> {
  if (target === undefined) return false
  return await access(target).then(
    () => false,
    () => true,
  )
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
