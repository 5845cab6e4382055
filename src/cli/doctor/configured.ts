import { PACKAGE_NAME } from "../../config/airlock-plugin.ts"
import { type ProjectPlace } from "../../config/opencode-locations.ts"
import type { PluginDeclaration } from "../../config/opencode-plugins.ts"
import type { AirlockDeclarations } from "../effective-config.ts"
import type { Check } from "./check.ts"

/** Whether OpenCode's configuration declares Airlock for this project, and once only. */
export function checkConfigured(
  { declarations, broken }: AirlockDeclarations,
  place: ProjectPlace,
): readonly Check[] {
  return [
    ...broken.map(
      ({ path, problem }): Check => ({
        id: "opencode-config",
        subject: path,
        status: "fail",
        message: `OpenCode's configuration cannot be read. ${problem}`,
        fix: `Correct ${path}.`,
      }),
    ),
    ...(declarations.length === 0 ? [notConfigured(place)] : declarations.map(configuredBy)),
    ...duplicates(declarations),
  ]
}

/** What remains after OpenCode has dropped repeated declarations: the last one of each file URL and npm name. */
export function effective(declarations: readonly PluginDeclaration[]): readonly PluginDeclaration[] {
  const byIdentity = new Map<string, PluginDeclaration>()
  for (const declaration of declarations) byIdentity.set(declaration.target ?? PACKAGE_NAME, declaration)
  return [...byIdentity.values()]
}

function configuredBy({ spec, location }: PluginDeclaration): Check {
  const where = location.kind === "plugin-dir" ? `found in ${location.path}` : `declared in ${location.path}`
  return { id: "configured", subject: spec, status: "ok", message: `${spec} is ${where}.` }
}

function notConfigured(place: ProjectPlace): Check {
  return {
    id: "configured",
    status: "fail",
    message: "No OpenCode configuration of this project or of yours declares Airlock: nothing is masked.",
    fix: `Add "plugin": ["${PACKAGE_NAME}"] to ${place.opencodeConfig}/opencode.json.`,
  }
}

function duplicates(declarations: readonly PluginDeclaration[]): readonly Check[] {
  const loaded = effective(declarations)
  if (loaded.length < 2) return []
  return [
    {
      id: "duplicates",
      status: "warn",
      message: `OpenCode loads Airlock ${loaded.length} times: ${loaded.map(({ spec }) => spec).join(", ")}.`,
      fix: "Keep one of them.",
    },
  ]
}
