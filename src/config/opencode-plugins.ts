import { readdir } from "node:fs/promises"
import { dirname, isAbsolute, join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { errorMessage } from "../base/errors.ts"
import { isJsonArray, isJsonObject, type JsonValue } from "../base/json.ts"
import type { Env } from "../base/paths.ts"
import { parseJsonc, readConfigText } from "./config-file.ts"
import { type ConfigLocation, configLocations, type ProjectPlace } from "./opencode-locations.ts"

/** One plugin as some OpenCode configuration declares it. */
export interface PluginDeclaration {
  /** As written; may hold `{env:NAME}`. */
  readonly spec: string
  /** Second element of `[spec, options]`, with `{env:NAME}` replaced as OpenCode does. */
  readonly options?: JsonValue
  readonly location: ConfigLocation
  /** Absolute path of a file spec; absent for an npm spec. */
  readonly target?: string
}

/** What was found along OpenCode's search order. */
export interface OpenCodePlugins {
  readonly declarations: readonly PluginDeclaration[]
  /** Files that OpenCode cannot read either. `problem` holds no value from the file. */
  readonly broken: readonly { readonly path: string; readonly problem: string }[]
}

/**
 * Every plugin that OpenCode's configuration declares for a project, in OpenCode's order: later ones win.
 * Only reads; a file that is missing is skipped, one that is broken is reported.
 */
export async function readOpenCodePlugins(
  place: ProjectPlace,
  wanted: (location: ConfigLocation) => boolean = () => true,
): Promise<OpenCodePlugins> {
  const locations = configLocations(place).filter(wanted)
  const results = await Promise.all(locations.map((location) => readLocation(location, place)))
  // OpenCode merges the three files of its global directory so that a later plugin list replaces an earlier one; all
  // other places add to the list (measured with 1.18.33).
  const isGlobalFile = ({ kind, origin }: ConfigLocation): boolean => kind === "file" && origin === "global"
  const lastGlobal = locations.findLastIndex(
    (location, index) => isGlobalFile(location) && results[index]?.declarations !== undefined,
  )
  const counts = (location: ConfigLocation, index: number): boolean =>
    !isGlobalFile(location) || index === lastGlobal
  return {
    declarations: locations.flatMap((location, index) =>
      counts(location, index) ? (results[index]?.declarations ?? []) : [],
    ),
    broken: results.flatMap(({ problem }, index) =>
      problem === undefined ? [] : [{ path: locations[index]?.path ?? "", problem }],
    ),
  }
}

interface LocationResult {
  /** Absent where the place has no plugin list, which is not the same as an empty one. */
  readonly declarations?: readonly PluginDeclaration[] | undefined
  readonly problem?: string
}

async function readLocation(location: ConfigLocation, place: ProjectPlace): Promise<LocationResult> {
  try {
    if (location.kind === "plugin-dir") return { declarations: await discovered(location) }
    const inline = location.kind === "inline"
    const text = inline ? place.env.OPENCODE_CONFIG_CONTENT : await readConfigText(location.path)
    if (text === undefined) return {}
    const { value } = parseJsonc(text, location.path)
    const base = inline ? place.directory : dirname(location.path)
    return { declarations: declared(value, location, base, place.env) }
  } catch (error) {
    return { problem: errorMessage(error) }
  }
}

function declared(
  value: unknown,
  location: ConfigLocation,
  base: string,
  env: Env,
): readonly PluginDeclaration[] | undefined {
  if (!isJsonObject(value) || !isJsonArray(value.plugin)) return undefined
  return value.plugin.flatMap((entry) => {
    const [spec, options] = isJsonArray(entry) ? entry : [entry]
    if (typeof spec !== "string") return []
    const target = fileTarget(substituteEnv(spec, env), base)
    return [
      {
        spec,
        location,
        ...(options === undefined ? {} : { options: substituteDeep(options, env) }),
        ...(target === undefined ? {} : { target }),
      },
    ]
  })
}

async function discovered(location: ConfigLocation): Promise<readonly PluginDeclaration[]> {
  const lists = await Promise.all(
    ["plugin", "plugins"].map(async (name) => {
      const dir = join(location.path, name)
      const entries = await readdir(dir).catch(() => [])
      return entries.filter((entry) => /\.[jt]s$/.test(entry)).map((entry) => join(dir, entry))
    }),
  )
  return lists.flat().map((target) => ({ spec: pathToFileURL(target).href, location, target }))
}

/** OpenCode takes `file://`, `.` and absolute specs for files, everything else for npm. */
function fileTarget(spec: string, base: string): string | undefined {
  if (spec.startsWith("file://")) return fromFileUrl(spec)
  if (isAbsolute(spec)) return spec
  return spec.startsWith(".") ? resolve(base, spec) : undefined
}

function fromFileUrl(spec: string): string {
  try {
    return fileURLToPath(spec)
  } catch {
    return spec.slice("file://".length)
  }
}

function substituteEnv(text: string, env: Env): string {
  return text.replace(/\{env:([^}]+)\}/g, (_, name: string) => env[name] || "")
}

function substituteDeep(value: JsonValue, env: Env): JsonValue {
  if (typeof value === "string") return substituteEnv(value, env)
  if (isJsonArray(value)) return value.map((item) => substituteDeep(item, env))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([name, item]): [string, JsonValue | undefined] => [
    name,
    item === undefined ? undefined : substituteDeep(item, env),
  ])
  return Object.fromEntries(entries)
}
