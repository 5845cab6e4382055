import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../base/json.ts"
import { configJsonSchema, type OptionLeaf, optionLeaves } from "../../config/options.ts"
import type { ConfigSource, ResolvedConfig } from "../../config/resolve.ts"
import { type Command, type CommandContext, EXIT, type OptionValues } from "../command.ts"
import { airlockDeclarations, effectiveConfig } from "../effective-config.ts"
import { tellFailure } from "../failure.ts"
import { findProject } from "../project.ts"

/** `airlock config`: what is in effect for a project, and where it came from. */
export const configCommand: Command = {
  name: "config",
  summary: "Show the configuration in effect and where each value came from",
  details: "Reads the same places as the plugin does: see docs/configuration.md.",
  options: [
    {
      name: "dir",
      type: "string",
      value: "DIR",
      description: "The project; the current directory by default",
    },
    { name: "json", type: "boolean", description: "Print JSON" },
    { name: "schema", type: "boolean", description: "Print the JSON Schema of airlock.jsonc for an editor" },
  ],
  examples: [
    { line: "airlock config", meaning: "What is in effect in this directory" },
    { line: "airlock config --dir ../other --json", meaning: "The same for another project, for a program" },
    { line: "airlock config --schema > airlock.schema.json", meaning: "Completion and checks in an editor" },
  ],
  run,
}

async function run(values: OptionValues, context: CommandContext): Promise<number> {
  if (values.schema === true) {
    context.out(JSON.stringify(configJsonSchema(), null, 2))
    return EXIT.ok
  }
  const dir = typeof values.dir === "string" ? values.dir : undefined
  const place = await findProject(context.cwd, dir, context.env)
  const { declarations } = await airlockDeclarations(place)
  try {
    const resolved = await effectiveConfig(place, declarations)
    context.out(values.json === true ? JSON.stringify(resolved, null, 2) : describe(resolved, context))
    return EXIT.ok
  } catch (error) {
    tellFailure(error, values.json === true, context)
    return EXIT.failed
  }
}

function describe({ config, sources, notices }: ResolvedConfig, { paint }: CommandContext): string {
  const rows = optionLeaves().map((leaf) => ({
    key: leaf.key,
    value: shown(valueAt(config, leaf.path)),
    from: placesOf(leaf, sources).join(" + "),
  }))
  const keyWidth = Math.max(...rows.map(({ key }) => key.length))
  const valueWidth = Math.max(...rows.map(({ value }) => value.length))
  const lines = rows.map(
    ({ key, value, from }) => `${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${paint.dim(from)}`,
  )
  return [...lines, ...notices.map(({ message }) => `\n${paint.yellow("notice:")} ${message}`)].join("\n")
}

/** The places that the value in effect came from: of a list that adds up every one that counts. */
function placesOf({ key, strictSide }: OptionLeaf, sources: readonly ConfigSource[]): readonly string[] {
  const setting = sources.filter(({ keys }) => keys.includes(key))
  if (strictSide === "add") return setting.length === 0 ? ["default"] : setting.map(({ name }) => name)
  // What the person says last replaces what stood before; a project adds to it.
  const own = setting.findLastIndex(({ kind }) => kind !== "project-file" && kind !== "plugin-options")
  if (strictSide === "superset") {
    const names = setting.slice(Math.max(own, 0)).map(({ name }) => name)
    return own === -1 ? ["default", ...names] : names
  }
  return [setting.at(-1)?.name ?? "default"]
}

const MAX_SHOWN_CHARS = 40

/** Of a list of objects what names each: the whole would not fit a line. */
function shown(value: JsonValue | undefined): string {
  if (!isJsonArray(value) || value.length === 0 || !value.every(isJsonObject)) return JSON.stringify(value)
  return `[${value.map(nameOf).join(", ")}]`
}

function nameOf({ id, rule, pattern, sha256 }: JsonObject): string {
  if (typeof id === "string") return JSON.stringify(id)
  const parts = [
    typeof rule === "string" ? rule : "",
    typeof pattern === "string" ? `pattern ${pattern}` : "",
    typeof sha256 === "string" ? `sha256:${sha256.slice(0, 8)}…` : "",
  ]
  const name = parts.filter(Boolean).join(" ")
  return name.length > MAX_SHOWN_CHARS ? `${name.slice(0, MAX_SHOWN_CHARS)}…` : name
}

function valueAt(config: object, path: readonly string[]): JsonValue | undefined {
  let current: unknown = config
  for (const name of path) {
    if (typeof current !== "object" || current === null) return undefined
    current = new Map<string, unknown>(Object.entries(current)).get(name)
  }
  return isPrintable(current) ? current : undefined
}

function isPrintable(value: unknown): value is JsonValue {
  return Array.isArray(value) || ["string", "number", "boolean"].includes(typeof value)
}
