import { isJsonArray, isJsonObject, type JsonValue } from "../../base/json.ts"
import { configJsonSchema, optionLeaves } from "../../config/options.ts"
import type { ResolvedConfig } from "../../config/resolve.ts"
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
  const rows = optionLeaves().map(({ key, path }) => {
    const value = JSON.stringify(idsOf(valueAt(config, path)))
    const from = sources.findLast(({ keys }) => keys.includes(key))?.name ?? "default"
    return { key, value, from }
  })
  const keyWidth = Math.max(...rows.map(({ key }) => key.length))
  const valueWidth = Math.max(...rows.map(({ value }) => value.length))
  const lines = rows.map(
    ({ key, value, from }) => `${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${paint.dim(from)}`,
  )
  return [...lines, ...notices.map(({ message }) => `\n${paint.yellow("notice:")} ${message}`)].join("\n")
}

/** Of a list of things with ids the ids: the whole would not fit a line. */
function idsOf(value: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonArray(value) || !value.every(isJsonObject)) return value
  return value.map(({ id }) => id ?? null)
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
