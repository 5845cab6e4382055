import { lstat, realpath, stat } from "node:fs/promises"
import { join, parse, resolve } from "node:path"
import type { Env } from "../base/paths.ts"
import { airlockPaths } from "../base/paths.ts"
import { type ProjectPlace, upwards } from "../config/opencode-locations.ts"
import { CommandError } from "./failure.ts"

/** The project that a command is about, found as OpenCode finds it. */
export async function findProject(cwd: string, dir: string | undefined, env: Env): Promise<ProjectPlace> {
  const wanted = resolve(cwd, dir ?? ".")
  const stats = await stat(wanted).catch(() => undefined)
  if (stats === undefined)
    throw new CommandError("DIRECTORY_MISSING", `The directory ${wanted} does not exist.`)
  if (!stats.isDirectory()) throw new CommandError("NOT_A_DIRECTORY", `${wanted} is not a directory.`)
  const directory = await realpath(wanted)
  return {
    directory,
    worktree: (await repositoryOf(directory)) ?? parse(directory).root,
    env,
    opencodeConfig: airlockPaths(env).opencodeConfig,
  }
}

async function repositoryOf(directory: string): Promise<string | undefined> {
  for (const dir of upwards(directory, parse(directory).root)) {
    // A directory in a clone, a file in a linked worktree and in a submodule.
    const found = await lstat(join(dir, ".git")).catch(() => undefined)
    if (found !== undefined) return dir
  }
  return undefined
}
