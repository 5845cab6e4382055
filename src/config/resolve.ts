import { homedir } from "node:os"
import { join } from "node:path"
import * as v from "valibot"
import { AirlockError } from "../base/errors.ts"
import type { JsonValue } from "../base/json.ts"
import type { AirlockPaths, Env } from "../base/paths.ts"
import { isAirlock } from "./airlock-plugin.ts"
import { parseJsonc, readConfigText } from "./config-file.ts"
import { checkPatterns } from "./custom-rules.ts"
import { envLayer } from "./env.ts"
import { type ConfigLayer, type LayerPlace, objectOfLayer, parseLayer, sameValue } from "./layer.ts"
import { projectRoot, upwards } from "./opencode-locations.ts"
import { checkNamedRules, type PlacedLayer } from "./named-rules.ts"
import { readOpenCodePlugins } from "./opencode-plugins.ts"
import { type OptionLeaf, optionLeaves } from "./options.ts"
import { type AirlockConfig, AUDIT_FILE_NAME, configSchema, type StrictSide } from "./schema.ts"
import { addUp, loosens, union } from "./strictness.ts"

export interface ResolveConfigInput {
  /** What OpenCode handed to `server()` as options: unchecked. */
  readonly pluginOptions: unknown
  readonly directory: string
  /** Root of the repository; `/` where there is none. */
  readonly worktree: string
  readonly env: Env
  readonly paths: AirlockPaths
}

/** A place that was read. */
export interface ConfigSource {
  readonly kind: "user-file" | "opencode-config" | "project-file" | "plugin-options" | "environment"
  /** A path, or a name for what is not a file. */
  readonly name: string
  /** Keys that it set, in the schema's order. Ignored ones are not among them. */
  readonly keys: readonly string[]
}

/** Something the person should know about how their configuration was read. Holds no values. */
interface ConfigNotice {
  readonly key: string
  readonly source: string
  readonly message: string
}

export interface ResolvedConfig {
  readonly config: AirlockConfig
  /** In the order in which they were applied: later ones win. */
  readonly sources: readonly ConfigSource[]
  readonly notices: readonly ConfigNotice[]
}

interface NamedLayer extends PlacedLayer {
  readonly kind: ConfigSource["kind"]
  readonly name: string
}

/**
 * Puts the configuration together: defaults, the person's `airlock.jsonc`, the plugin options in the person's own
 * OpenCode configuration, the project's `.opencode/airlock.jsonc`, the plugin options that OpenCode delivered, and the
 * environment. A project may tighten what stands before it and never loosen it. Delivered options may come from the
 * project's own `opencode.json`, so a loosening in them counts only if the person's configuration says the same.
 *
 * @throws AirlockError CONFIG_INVALID or CONFIG_UNREADABLE, naming the place and the key; never a value.
 */
export async function resolveConfig(input: ResolveConfigInput): Promise<ResolvedConfig> {
  const { directory, env, paths } = input
  const userFile = join(paths.opencodeConfig, "airlock.jsonc")
  const [user, personal, projectLayers] = await Promise.all([
    readLayer("user-file", userFile),
    personalOptions(input),
    Promise.all(projectFiles(input).map((path) => readLayer("project-file", path))),
  ])
  const projects = projectLayers.filter((layer) => layer !== undefined)
  const delivered = await checkedLayer("plugin-options", input.pluginOptions, { name: "plugin options" })
  checkNamedRules([...(user === undefined ? [] : [user]), ...personal, ...projects, delivered])

  const merge = new Merge(userFile)
  if (user !== undefined) merge.apply(user)
  const lastPersonal = personal.at(-1)
  if (lastPersonal !== undefined) merge.apply(lastPersonal)
  for (const project of projects) merge.tighten(project)
  merge.tighten(delivered, personal)
  const environment = { name: "environment" }
  merge.apply({ kind: "environment", ...environment, place: environment, layer: envLayer(env, directory) })
  return {
    config: finish(merge.values, paths, env.HOME || homedir()),
    sources: merge.sources,
    notices: merge.notices,
  }
}

/** The configuration of someone who configured nothing. */
export function defaultConfig(paths: AirlockPaths): AirlockConfig {
  return finish(new Map(), paths, "")
}

/** The project's own files, from the root of the repository to the directory. */
function projectFiles(input: ResolveConfigInput): readonly string[] {
  const root = projectRoot(input)
  return upwards(input.directory, root)
    .toReversed()
    .map((dir) => join(dir, ".opencode", "airlock.jsonc"))
}

async function readLayer(kind: ConfigSource["kind"], path: string): Promise<NamedLayer | undefined> {
  const text = await readConfigText(path)
  if (text === undefined) return undefined
  const { value, place } = parseJsonc(text, path)
  return await checkedLayer(kind, value, place)
}

async function checkedLayer(
  kind: ConfigSource["kind"],
  value: unknown,
  place: LayerPlace,
): Promise<NamedLayer> {
  const layer = parseLayer(value, place)
  await checkPatterns(layer, place)
  return { kind, name: place.name, layer, place }
}

/** Options that the person's own OpenCode configuration declares for Airlock. */
async function personalOptions(input: ResolveConfigInput): Promise<readonly NamedLayer[]> {
  const { directory, worktree, env, paths } = input
  const { declarations } = await readOpenCodePlugins(
    { directory, worktree, env, opencodeConfig: paths.opencodeConfig },
    (location) => location.personal && location.kind !== "plugin-dir",
  )
  const ours = await Promise.all(declarations.map(isAirlock))
  return await Promise.all(
    declarations
      .filter((_, index) => ours[index])
      .map(({ options, location }) =>
        checkedLayer("opencode-config", options, { name: `plugin options in ${location.path}` }),
      ),
  )
}

const OF_PROJECTS: Readonly<Partial<Record<StrictSide, string>>> = {
  superset: "it names nothing, and a project may only add",
}

/** Values as they grow from layer to layer. */
class Merge {
  readonly #values: Map<string, JsonValue>
  readonly sources: ConfigSource[] = []
  readonly notices: ConfigNotice[] = []
  readonly #userFile: string

  constructor(userFile: string) {
    this.#userFile = userFile
    this.#values = new Map(optionLeaves().map((leaf) => [leaf.key, leaf.defaultValue]))
  }

  get values(): ConfigLayer {
    return this.#values
  }

  apply({ kind, name, layer }: NamedLayer): void {
    for (const leaf of optionLeaves()) {
      const value = layer.get(leaf.key)
      if (value !== undefined) this.#set(leaf, value, false)
    }
    if (layer.size > 0 || kind === "user-file") this.sources.push({ kind, name, keys: [...layer.keys()] })
  }

  /** @param allowed layers of the person; a loosening that one of them also says is theirs. */
  tighten({ kind, name, layer }: NamedLayer, allowed: readonly NamedLayer[] = []): void {
    const keys: string[] = []
    for (const leaf of optionLeaves()) {
      const value = layer.get(leaf.key)
      if (value === undefined) continue
      const wanted = allowed.some((own) => sameValue(own.layer.get(leaf.key), value))
      if (!wanted && loosens(leaf, this.#values.get(leaf.key), value)) {
        this.notices.push({ key: leaf.key, source: name, message: this.#ignored(leaf, kind, name) })
        if (leaf.strictSide !== "add") continue
      }
      const before = this.#values.get(leaf.key)
      this.#set(leaf, value, true)
      // Of a list that adds up, a place that only repeats what is there is no source; as delivered options mostly are.
      const adds = leaf.strictSide === "add" || leaf.strictSide === "superset"
      if (!adds || !sameValue(before, this.#values.get(leaf.key))) keys.push(leaf.key)
    }
    if (layer.size > 0 || kind === "project-file") this.sources.push({ kind, name, keys })
  }

  #set({ key, strictSide }: OptionLeaf, value: JsonValue, keep: boolean): void {
    const before = this.#values.get(key)
    if (strictSide === "add") this.#values.set(key, addUp(before, value, keep))
    else this.#values.set(key, strictSide === "superset" && keep ? union(before, value) : value)
  }

  #ignored({ key, strictSide }: OptionLeaf, kind: ConfigSource["kind"], name: string): string {
    if (strictSide === "add") {
      return `What "${key}" in ${name} says about an id that your own configuration uses is ignored: a project may only add. Give it another id there.`
    }
    const why =
      kind === "plugin-options"
        ? "it allows more than your own configuration does, and a project's opencode.json could have set it"
        : (OF_PROJECTS[strictSide] ?? "a project may only make this stricter")
    return `"${key}" in ${name} is ignored: ${why}. If you want it, set it in ${this.#userFile}.`
  }
}

function finish(values: ConfigLayer, paths: AirlockPaths, home: string): AirlockConfig {
  const key = "redact.audit.path"
  const written = values.get(key)
  const standard = optionLeaves().find((leaf) => leaf.key === key)?.defaultValue
  const isStandard = written === undefined || sameValue(written, standard)
  const path = isStandard ? join(paths.opencodeConfig, AUDIT_FILE_NAME) : expandHome(written, home)
  const result = v.safeParse(configSchema, objectOfLayer(new Map([...values, [key, path]])))
  if (result.success) return result.output
  const broken = result.issues.map((issue) => v.getDotPath(issue) ?? "").join(", ")
  throw new AirlockError("CONFIG_INVALID", `The Airlock configuration is not valid. Check ${broken}.`)
}

function expandHome(path: JsonValue, home: string): JsonValue {
  return typeof path === "string" && path.startsWith("~/") ? join(home, path.slice(2)) : path
}
