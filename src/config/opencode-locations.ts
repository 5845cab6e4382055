import { homedir } from "node:os"
import { dirname, isAbsolute, join, relative, resolve } from "node:path"
import type { Env } from "../base/paths.ts"

/**
 * Where OpenCode 1.18 reads a plugin list from: its global directory, the file in OPENCODE_CONFIG, project files,
 * `.opencode` directories, OPENCODE_CONFIG_DIR, OPENCODE_CONFIG_CONTENT, and what an administrator manages.
 */
type ConfigOrigin = "global" | "named-file" | "project" | "dot-opencode" | "config-dir" | "inline" | "managed"

/** One place in OpenCode's search order, whether it exists or not. */
export interface ConfigLocation {
  readonly kind: "file" | "plugin-dir" | "inline"
  readonly origin: ConfigOrigin
  /** Absolute path, or `OPENCODE_CONFIG_CONTENT`. */
  readonly path: string
  /** Whether it is the person's (or the administrator's) own and not part of the project. */
  readonly personal: boolean
}

export interface ProjectPlace {
  readonly directory: string
  /** Root of the repository; `/` or empty where there is none. */
  readonly worktree: string
  readonly env: Env
  /** OpenCode's own configuration directory. */
  readonly opencodeConfig: string
}

/** Every place, in the order in which OpenCode 1.18.33 merges them: later ones win. */
export function configLocations(place: ProjectPlace): readonly ConfigLocation[] {
  const { env, opencodeConfig } = place
  const named = env.OPENCODE_CONFIG
  const ownDir = env.OPENCODE_CONFIG_DIR
  return [
    ...["config.json", "opencode.json", "opencode.jsonc"].map((name) =>
      file("global", join(opencodeConfig, name), true),
    ),
    ...(named ? [file("named-file", resolve(place.directory, named), outside(place, named))] : []),
    ...projectFiles(place),
    ...directories(place),
    ...(ownDir ? fromDirectory("config-dir", resolve(place.directory, ownDir), outside(place, ownDir)) : []),
    ...(env.OPENCODE_CONFIG_CONTENT
      ? [{ kind: "inline", origin: "inline", path: "OPENCODE_CONFIG_CONTENT", personal: true } as const]
      : []),
    ...["opencode.json", "opencode.jsonc"].map((name) => file("managed", join(managedDir(env), name), true)),
  ]
}

/** Whether `path` is `parent` or lies below it. */
export function isInside(parent: string, path: string): boolean {
  const way = relative(parent, path)
  return way === "" || (!way.startsWith("..") && !isAbsolute(way))
}

/** Root of the project: the worktree, or the directory itself where there is no repository. */
export function projectRoot(place: Pick<ProjectPlace, "directory" | "worktree">): string {
  const { directory, worktree } = place
  return worktree !== "" && dirname(worktree) !== worktree && isInside(worktree, directory)
    ? worktree
    : directory
}

/** `directory` and its parents up to `worktree` (up to the root of the file system without one), nearest first. */
export function upwards(directory: string, worktree: string): readonly string[] {
  const found = [directory]
  for (let current = directory; current !== worktree && dirname(current) !== current; ) {
    current = dirname(current)
    found.push(current)
  }
  return found
}

function projectFiles({ directory, worktree, env }: ProjectPlace): readonly ConfigLocation[] {
  if (isOn(env.OPENCODE_DISABLE_PROJECT_CONFIG)) return []
  return upwards(directory, worktree)
    .toReversed()
    .flatMap((dir) =>
      ["opencode.json", "opencode.jsonc"].map((name) => file("project", join(dir, name), false)),
    )
}

function directories(place: ProjectPlace): readonly ConfigLocation[] {
  const { directory, worktree, env, opencodeConfig } = place
  const home = env.HOME || homedir()
  const parents = isOn(env.OPENCODE_DISABLE_PROJECT_CONFIG) ? [] : upwards(directory, worktree)
  const dotDirs = new Set([...parents, home].map((dir) => join(dir, ".opencode")))
  const global = pluginDir("global", opencodeConfig, true)
  // A home that is itself the project is a project: what a repository brings is not the person's own.
  const homeDir = join(home, ".opencode")
  const personal = (dir: string): boolean => dir === homeDir && !isInside(projectRoot(place), dir)
  return [global, ...[...dotDirs].flatMap((dir) => fromDirectory("dot-opencode", dir, personal(dir)))]
}

function fromDirectory(origin: ConfigOrigin, dir: string, personal: boolean): readonly ConfigLocation[] {
  return [
    file(origin, join(dir, "opencode.json"), personal),
    file(origin, join(dir, "opencode.jsonc"), personal),
    pluginDir(origin, dir, personal),
  ]
}

function file(origin: ConfigOrigin, path: string, personal: boolean): ConfigLocation {
  return { kind: "file", origin, path, personal }
}

function pluginDir(origin: ConfigOrigin, path: string, personal: boolean): ConfigLocation {
  return { kind: "plugin-dir", origin, path, personal }
}

function outside(place: ProjectPlace, path: string): boolean {
  return !isInside(projectRoot(place), resolve(place.directory, path))
}

function managedDir(env: Env): string {
  if (process.platform === "darwin") return "/Library/Application Support/opencode"
  if (process.platform === "win32") return join(env.ProgramData || "C:\\ProgramData", "opencode")
  return "/etc/opencode"
}

/** How OpenCode reads its switches. */
export function isOn(value: string | undefined): boolean {
  const word = value?.toLowerCase()
  return word === "1" || word === "true"
}
