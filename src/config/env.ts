import { isAbsolute, join, resolve } from "node:path"
import { AirlockError } from "../base/errors.ts"
import type { JsonValue } from "../base/json.ts"
import type { Env } from "../base/paths.ts"
import type { ConfigLayer } from "./layer.ts"
import { AUDIT_FILE_NAME } from "./schema.ts"

/** An environment variable that overrides an option (seed 004). */
interface EnvOption {
  readonly variable: string
  readonly key: string
  readonly meaning: string
}

const RELATIVE = "A relative path counts from the project's directory"

/** Later entries win over earlier ones for the same option. */
export const ENV_OPTIONS: readonly EnvOption[] = [
  { variable: "OPENCODE_REDACTOR_MASK_LOCAL", key: "redact.maskLocal", meaning: "1, 0, true or false" },
  {
    variable: "OPENCODE_REDACTOR_AUDIT_ENABLED",
    key: "redact.audit.enabled",
    meaning: "1, 0, true or false",
  },
  {
    variable: "OPENCODE_REDACTOR_AUDIT_DIR",
    key: "redact.audit.path",
    meaning: `a directory; the file in it is ${AUDIT_FILE_NAME}. ${RELATIVE}`,
  },
  { variable: "OPENCODE_REDACTOR_AUDIT_PATH", key: "redact.audit.path", meaning: `a file. ${RELATIVE}` },
]

/**
 * Options that the environment sets. Empty variables count as unset.
 *
 * @param directory what a relative path is relative to.
 * @throws AirlockError CONFIG_INVALID naming the variable; its value never appears.
 */
export function envLayer(env: Env, directory: string): ConfigLayer {
  const layer = new Map<string, JsonValue>()
  for (const { variable, key } of ENV_OPTIONS) {
    const text = env[variable]?.trim()
    if (text === undefined || text === "") continue
    layer.set(key, valueOf(variable, text, directory))
  }
  return layer
}

function valueOf(variable: string, text: string, directory: string): JsonValue {
  if (variable.endsWith("_DIR")) return join(absolute(text, directory), AUDIT_FILE_NAME)
  if (variable.endsWith("_PATH")) return absolute(text, directory)
  return flag(variable, text)
}

function absolute(path: string, directory: string): string {
  return isAbsolute(path) || path.startsWith("~/") ? path : resolve(directory, path)
}

function flag(variable: string, text: string): boolean {
  const word = text.toLowerCase()
  if (word === "1" || word === "true") return true
  if (word === "0" || word === "false") return false
  throw new AirlockError(
    "CONFIG_INVALID",
    `The environment variable ${variable} must be 1, 0, true or false. Correct it or unset it.`,
  )
}
