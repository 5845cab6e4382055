import { readFile, stat } from "node:fs/promises"
import { dirname, join, relative, resolve } from "node:path"
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../../base/json.ts"
import type { Env } from "../../base/paths.ts"
import { INDEX_FILES, PACKAGE_NAME } from "../../config/airlock-plugin.ts"
import { isInside } from "../../config/opencode-locations.ts"
import type { PluginDeclaration } from "../../config/opencode-plugins.ts"
import type { Check, CheckStatus } from "./check.ts"

// OpenCode 1.18 skips every spec that contains one of these, without a word.
const BLOCKED_NAMES = ["opencode-openai-codex-auth", "opencode-copilot-auth"]

interface Verdict {
  readonly status: CheckStatus
  readonly message: string
  readonly fix?: string
}

/** Whether OpenCode 1.18 would load what a declaration names, by the rules of its plugin loader. */
export async function checkLoadable(
  { spec, target }: PluginDeclaration,
  env: Env,
  home: string,
): Promise<Check> {
  const blocked = BLOCKED_NAMES.find((name) => spec.includes(name) || target?.includes(name))
  const verdict =
    blocked !== undefined
      ? fail(
          `OpenCode silently skips every plugin whose name or path contains "${blocked}".`,
          "Move or rename the directory so that the path does not contain it.",
        )
      : target === undefined
        ? await npmVerdict(spec, env, home)
        : await fileVerdict(target)
  return { id: "loadable", subject: spec, ...verdict }
}

async function fileVerdict(target: string): Promise<Verdict> {
  const isDirectory = await isA("directory", target)
  if (!isDirectory && !(await isA("file", target))) {
    return fail(`${target} does not exist.`, "Build Airlock there (npm run build) or correct the path.")
  }
  const packageDir = isDirectory ? target : dirname(target)
  const manifest = await readManifest(packageDir)
  if (manifest === undefined) return withoutManifest(target, isDirectory)
  const entry = serverEntry(manifest)
  if (entry === undefined) return withoutEntry(target, isDirectory, manifest)
  return await manifestEntryVerdict(target, isDirectory, packageDir, manifest, entry)
}

async function withoutManifest(target: string, isDirectory: boolean): Promise<Verdict> {
  if (!isDirectory) return { status: "ok", message: `OpenCode loads ${target}.` }
  const index = await indexOf(target)
  if (index !== undefined) return { status: "ok", message: `OpenCode loads ${index}.` }
  return fail(`${target} has neither a package.json nor an index file.`, "Correct the path.")
}

async function withoutEntry(target: string, isDirectory: boolean, manifest: JsonObject): Promise<Verdict> {
  if (!isDirectory) return { status: "ok", message: `OpenCode loads ${target}.` }
  const index = await indexOf(target)
  if (index !== undefined) return { status: "ok", message: `OpenCode loads ${index}.` }
  const lacks = isJsonObject(manifest.exports) ? 'neither exports["./server"] nor main' : "no main"
  return fail(`${join(target, "package.json")} has ${lacks}.`, "Correct the path.")
}

async function manifestEntryVerdict(
  target: string,
  isDirectory: boolean,
  packageDir: string,
  manifest: JsonObject,
  entry: string,
): Promise<Verdict> {
  const path = resolve(packageDir, entry)
  const manifestPath = join(packageDir, "package.json")
  const beside = isDirectory
    ? ""
    : ` OpenCode follows the package.json beside ${target}, not the file itself.`
  if (!isInside(packageDir, path)) {
    return fail(
      `${manifestPath} names an entry outside its directory.${beside}`,
      "Correct that package.json.",
    )
  }
  if (!(await isA("file", path))) {
    return fail(
      `${manifestPath} names ${relative(packageDir, path)}, which does not exist.${beside}`,
      "Build it (npm run build), or put the file where no package.json lies beside it.",
    )
  }
  if (isDirectory || path === target) return { status: "ok", message: `OpenCode loads ${path}.` }
  if (manifest.name === PACKAGE_NAME) {
    return { status: "warn", message: `OpenCode loads ${path}.${beside}`, fix: `Name ${packageDir} instead.` }
  }
  return fail(
    `OpenCode loads ${path} instead of Airlock.${beside}`,
    "Put the file where no package.json lies beside it.",
  )
}

/** An npm spec is installed by OpenCode itself, once, under its cache directory. */
async function npmVerdict(spec: string, env: Env, home: string): Promise<Verdict> {
  const cache = join(env.XDG_CACHE_HOME || join(home, ".cache"), "opencode", "packages")
  const folder = spec === PACKAGE_NAME ? `${PACKAGE_NAME}@latest` : spec
  const packageDir = join(cache, folder, "node_modules", PACKAGE_NAME)
  const manifest = await readManifest(packageDir)
  if (manifest === undefined) {
    return {
      status: "warn",
      message: `${spec} is a name of npm, under which Airlock is not published by us yet: what OpenCode would install is not Airlock.`,
      fix: "Name the directory of your checkout instead.",
    }
  }
  if (!isOurs(manifest)) {
    return fail(
      `The package installed in ${packageDir} is not Airlock.`,
      `Remove ${spec} and delete ${join(cache, folder)}.`,
    )
  }
  const entry = serverEntry(manifest)
  const path = entry === undefined ? undefined : resolve(packageDir, entry)
  const version = typeof manifest.version === "string" ? manifest.version : "unknown"
  if (path !== undefined && (await isA("file", path))) {
    return { status: "ok", message: `OpenCode loads version ${version} from ${packageDir}.` }
  }
  return fail(`The installed package in ${packageDir} is incomplete.`, `Delete ${join(cache, folder)}.`)
}

/** A registry delivers whatever holds the name; our package also brings our command. */
function isOurs({ name, bin }: JsonObject): boolean {
  return name === PACKAGE_NAME && isJsonObject(bin) && typeof bin.airlock === "string"
}

/** `exports["./server"]` as a string or one flat object, else `main`: OpenCode reads nothing deeper. */
function serverEntry(manifest: JsonObject): string | undefined {
  const exported = isJsonObject(manifest.exports) ? manifest.exports["./server"] : undefined
  const conditions: readonly (JsonValue | undefined)[] = isJsonObject(exported)
    ? [exported.import, exported.default]
    : [exported]
  const entry = conditions.find((value) => typeof value === "string")
  if (typeof entry === "string") return entry
  const main = typeof manifest.main === "string" ? manifest.main.trim() : ""
  return main === "" ? undefined : main
}

async function readManifest(dir: string): Promise<JsonObject | undefined> {
  const text = await readFile(join(dir, "package.json"), "utf8").catch(() => "")
  const value = parseJson(text)
  return isJsonObject(value) ? value : undefined
}

async function indexOf(dir: string): Promise<string | undefined> {
  for (const name of INDEX_FILES) {
    const path = join(dir, name)
    if (await isA("file", path)) return path
  }
  return undefined
}

async function isA(kind: "file" | "directory", path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined)
  return kind === "file" ? stats?.isFile() === true : stats?.isDirectory() === true
}

function fail(message: string, fix: string): Verdict {
  return { status: "fail", message, fix }
}
