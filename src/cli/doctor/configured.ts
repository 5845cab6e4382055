import { basename } from "node:path"
import { PACKAGE_NAME } from "../../config/airlock-plugin.ts"
import { type ProjectPlace } from "../../config/opencode-locations.ts"
import type { PluginDeclaration } from "../../config/opencode-plugins.ts"
import type { AirlockDeclarations } from "../effective-config.ts"
import type { Check } from "./check.ts"

// The package this command belongs to, by path: a name says nothing about whose package a registry would deliver.
const OWN_PACKAGE = new URL("../../../", import.meta.url).href.replace(/\/$/, "")

/**
 * Whether OpenCode's configuration declares Airlock for this project, and once only.
 *
 * @param loadedEntries modules from which a running OpenCode has loaded Airlock for this project
 */
export function checkConfigured(
  { declarations, broken, dangling }: AirlockDeclarations,
  place: ProjectPlace,
  loadedEntries: readonly string[],
): readonly Check[] {
  const loaded = effective(declarations)
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
    ...dangling.map(({ spec, target = "", location }) => pointsNowhere(spec, target, location.path)),
    ...(loaded.length === 0
      ? [notConfigured(place, loadedEntries)]
      : [...declarations.map(configuredBy), ...masksNothing(loaded), ...duplicates(loaded)]),
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

function pointsNowhere(subject: string, target: string, path: string): Check {
  const message = `An entry in ${path} points to ${target}, which does not exist: OpenCode skips it without a word.`
  return {
    id: "loadable",
    subject,
    status: "warn",
    message,
    fix: "Correct the path, above all if it is Airlock.",
  }
}

function notConfigured(place: ProjectPlace, loadedEntries: readonly string[]): Check {
  const [entry] = loadedEntries
  if (entry !== undefined) {
    const message = `OpenCode loaded Airlock from ${entry}, but no configuration found now declares it.`
    return { id: "configured", status: "warn", message, fix: "A restarted OpenCode may not load it again." }
  }
  return {
    id: "configured",
    status: "fail",
    message: "No OpenCode configuration of this project or of yours declares Airlock: nothing is masked.",
    fix: `Add "plugin": ["${OWN_PACKAGE}"] to ${place.opencodeConfig}/opencode.json and restart OpenCode.`,
  }
}

/** The standalone bundles each bring one capability, so that two different ones are no duplicates. */
function capabilityOf({ target }: PluginDeclaration): string {
  const name = target === undefined ? "" : basename(target).replace(/\.[jt]s$/, "")
  return name === "redactor" || name === "interceptor" ? name : "airlock"
}

function duplicates(loaded: readonly PluginDeclaration[]): readonly Check[] {
  const names = loaded.map(capabilityOf)
  if (names.length === new Set(names).size && (names.length === 1 || !names.includes("airlock"))) return []
  return [
    {
      id: "duplicates",
      status: "warn",
      message: `OpenCode loads Airlock ${loaded.length} times: ${loaded.map(({ spec }) => spec).join(", ")}.`,
      fix: "Keep one of them.",
    },
  ]
}

function masksNothing(loaded: readonly PluginDeclaration[]): readonly Check[] {
  if (loaded.some((declaration) => capabilityOf(declaration) !== "interceptor")) return []
  const message = "Only the interceptor is configured: it captures, and nothing is masked."
  return [{ id: "configured", status: "fail", message, fix: "Add redactor.js, or use Airlock as a whole." }]
}
