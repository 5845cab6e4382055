import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { isJsonArray, isJsonObject, parseJson } from "../base/json.ts"
import { airlockPaths, type Env } from "../base/paths.ts"
import type { ModelRef } from "./console-commands.ts"
import { CONSOLE_PROVIDER } from "./console-model.ts"

/**
 * The model a person chose last in OpenCode's TUI, which keeps it in `<state>/opencode/model.json` (1.18). `undefined`
 * where the file is missing or of another form.
 */
export async function recentModel(env: Env): Promise<ModelRef | undefined> {
  const path = join(airlockPaths(env).state, "..", "opencode", "model.json")
  const stored = parseJson(await readFile(path, "utf8").catch(() => ""))
  if (!isJsonObject(stored) || !isJsonArray(stored.recent)) return undefined
  for (const entry of stored.recent) {
    if (!isJsonObject(entry) || entry.providerID === CONSOLE_PROVIDER) continue
    const { providerID, modelID } = entry
    if (typeof providerID === "string" && typeof modelID === "string") return { providerID, modelID }
  }
  return undefined
}
